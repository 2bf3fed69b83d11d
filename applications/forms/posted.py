"""Reading a page of the form out of a plain POST, for browsers without scripts and for the button to the next page."""

from typing import Any

from django.http import QueryDict

from applications.forms.sheet import BLANK_ROW
from portal.policy.facts import filled
from portal.policy.form import Field, FieldKind, Section, Table


def posted_answers(section: Section, posted: QueryDict) -> dict[str, Any]:
    """Return the section's answers as posted; a table's rows in the order of its `order` values."""
    answers: dict[str, Any] = {}
    for item in section.items:
        if isinstance(item, Table):
            if f"{item.key}.order" in posted:
                answers[item.key] = _rows(item, posted)
        else:
            answers |= _single(item, posted, item.key)
    return answers


def _rows(table: Table, posted: QueryDict) -> list[dict[str, Any]]:
    rows = []
    for row_id in posted.getlist(f"{table.key}.order"):
        row: dict[str, Any] = {}
        for column in table.columns:
            found = _single(column, posted, f"{table.key}.{row_id}.{column.key}")
            row |= {key.rpartition(".")[2]: value for key, value in found.items()}
        if row_id != BLANK_ROW or any(filled(value) for value in row.values()):
            rows.append({"_id": "" if row_id == BLANK_ROW else row_id, **row})
    return rows


def _single(asked: Field, posted: QueryDict, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if asked.kind is FieldKind.MULTIPLE:
        if f"{name}.asked" in posted:  # boxes that are all unticked post nothing
            found[name] = posted.getlist(name)
    elif name in posted:
        found[name] = posted[name]
    elif f"{name}.asked" in posted:
        found[name] = ""
    if f"{name}_other" in posted:
        found[f"{name}_other"] = posted[f"{name}_other"]
    return found
