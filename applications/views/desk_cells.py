"""The rows of the inbox as HTML. They are written here and not cell by cell in the template: four hundred cells with their
conditions took four fifths of the request there.
"""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from applications.selectors.inbox_columns import Column, Row
from applications.views.desk_reach import address

NOWRAP = frozenset({"number", "submitted", "received", "updated", "district"})
STATE = '<span class="state state--{}">{}</span>'


def table_rows(
    request: HttpRequest, rows: Sequence[Row], columns: Sequence[Column], listed: str
) -> list[tuple[Row, SafeString]]:
    """Return each row with its cells, the number leading to the file and `listed` leading back to this list."""
    pattern = address(request, "reading", pk=0)
    query = f"?{listed}" if listed else ""
    return [
        (
            row,
            format_html_join(
                "",
                '<td data-label="{}" class="{}">{}</td>',
                (
                    (column.label, _css(column, text), _cell(row, column, text, (pattern, query)))
                    for column, text in ((column, column.text(row)) for column in columns)
                ),
            ),
        )
        for row in rows
    ]


def _css(column: Column, text: str) -> str:
    if not text:
        return "hide-small"
    return "nowrap" if column.key in NOWRAP else ""


def _cell(row: Row, column: Column, text: str, link: tuple[str, str]) -> SafeString | str:
    if column.key == "number":
        pattern, query = link
        url = pattern.replace("/0/", f"/{row.application.pk}/") + query
        return format_html('<a class="mono" href="{}">{}</a>', url, text)
    if column.key == "status":
        return format_html(STATE, row.application.shape, text)
    if column.key == "due" and row.overdue:
        return format_html(STATE, "failed", text)
    if column.key == "due" and row.time and row.time.left == 1:
        return format_html(STATE, "attention", text)
    return text
