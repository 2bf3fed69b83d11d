"""The table of reports as a workbook: how each stands, and the numbers of those handed in."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessments.models import ReportVersion
from assessments.selectors.due import Expected
from assessments.selectors.report_matrix import FigureSheet, Matrix
from assessments.selectors.reports import FigureLine
from portal.calendars import clock
from portal.policy.facts import to_number


def reports_workbook(table: Matrix, figures: FigureSheet) -> bytes:
    """Return an .xlsx of the table as it is shown, with a second sheet of figures."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(
        book.create_sheet("报送情况"),
        ["基地", "单位", "区域", "认定日期", *table.columns],
        [
            [row.base.name, row.base.organisation.name, row.base.district, f"{row.base.recognised_on:%Y-%m-%d}"]
            + [_cell(each) for each in row.cells]
            for row in table.rows
        ],
    )
    heads = ["基地", "单位", "期间", "状态", "报送时间", "迟报"]
    for tally in figures.tallies:
        heads += [f"{tally.title}（{tally.unit}）自报", f"{tally.title}（{tally.unit}）已核"]
    heads += [f"{asked.label}（{asked.unit}）" if asked.unit else asked.label for _, asked in figures.questions]
    _write(book.create_sheet("汇总数据"), heads, [_figures(figures, *row) for row in figures.rows])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(each: Expected | None) -> str:
    if each is None:
        return ""
    if each.submitted_at:
        return f"{each.word} {clock.local(each.submitted_at):%Y-%m-%d}"
    return f"{each.word}（{each.due_on:%Y-%m-%d} 到期）" if each.due_on else f"{each.word}（{each.problem}）"


def _figures(sheet: FigureSheet, version: ReportVersion, lines: list[FigureLine]) -> list[Any]:
    report, found = version.report, {line.tally.key: line for line in lines}
    late = "" if report.late is None else "是" if report.late else "否"
    row: list[Any] = [
        report.base.name, report.base.organisation.name, report.period.title, report.get_state_display(),
        f"{clock.local(version.submitted_at):%Y-%m-%d %H:%M:%S}", late,
    ]  # fmt: skip
    for tally in sheet.tallies:
        line = found.get(tally.key)
        row += [float(line.reported), float(line.verified)] if line else ["", ""]
    for section, asked in sheet.questions:
        number = to_number((version.answers.get(section) or {}).get(asked.key))
        row.append("" if number is None else float(number))
    return row


def _write(sheet: Any, heads: list[str], rows: list[list[Any]]) -> None:
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    for at, head in enumerate(heads, start=1):
        sheet.cell(row=1, column=at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = min(44, max(12, len(head) * 2 + 4))
    sheet.freeze_panes = "B2"
