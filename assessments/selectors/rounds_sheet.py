"""The results of a round as a workbook: exactly the rows that are shown, with the points of every item."""

import io
from collections.abc import Iterable
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessments.models import Assessment, Round
from assessments.selectors.rounds_pages import state_word
from portal.calendars import clock

HEAD = (("基地名称", 40), ("单位", 34), ("统一社会信用代码", 22), ("认定日期", 14), ("状态", 14))
TOTALS = (("基础部分", 10), ("加分部分", 10), ("总分", 10))
TAIL = (("结果", 14), ("不参评理由或说明", 40), ("拟定人", 12), ("审批人", 12), ("确定日期", 14))


def results_workbook(found: Round, rows: Iterable[Assessment]) -> bytes:
    """Return an .xlsx of a round's assessments."""
    sheet_of = found.edition.assessment
    items = sheet_of.items if sheet_of and found.scheme.method == "scored" else ()
    columns = [*HEAD, *((f"{each.number}．{each.title}", 14) for each in items), *(TOTALS if items else ()), *TAIL]
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("考核结果")
    sheet.append([label for label, _ in columns])
    for row in rows:
        sheet.append(_row(row, [str(each.number) for each in items]))
    for at, (_, width) in enumerate(columns, start=1):
        sheet.cell(row=1, column=at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _row(row: Assessment, numbers: list[str]) -> list[str | Decimal | None]:
    base, result = row.base, row.result or {}
    points: list[str | Decimal | None] = [_number(row.scores.get(number)) for number in numbers]
    totals = [_number(result.get(key)) if result.get("scored") else None for key in ("base", "bonus", "total")]
    return [
        base.name,
        base.organisation.name,
        base.organisation.credit_code,
        f"{base.recognised_on:%Y-%m-%d}",
        state_word(row),
        *points,
        *(totals if numbers else ()),
        row.outcome_title,
        row.exempt_reason or row.reason,
        row.proposed_by.name if row.proposed_by else "",
        row.decided_by.name if row.decided_by else "",
        f"{clock.local_date(row.decided_at):%Y-%m-%d}" if row.decided_at else "",
    ]


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text not in (None, "") else None
