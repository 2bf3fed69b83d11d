"""The table of all bases' indicators as a workbook: exactly the rows that are shown, and their sums."""

import io
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessments.selectors.overview import Overview

HEAD = ("基地", "单位", "类别", "状态", "认定日期")


def overview_workbook(found: Overview, title: str) -> bytes:
    """Return an .xlsx of the table: for each column what is reported, verified, aimed at and how it stands."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("指标")
    sheet.append([title])
    head = list(HEAD)
    for column in found.columns:
        name = f"{column.title}{f'（{column.note}）' if column.note else ''}"
        head += [f"{name} 自报（{column.unit}）", f"{name} 已核（{column.unit}）", f"{name} 目标", f"{name} 进度"]
    sheet.append(head)
    for row in found.rows:
        base = row.base
        line: list[object] = [
            base.name,
            base.organisation.name,
            base.track.title,
            base.get_state_display(),
            f"{base.recognised_on:%Y-%m-%d}",
        ]
        for cell in row.cells:
            line += [_number(cell.value.reported), _number(cell.value.verified), cell.least, cell.words]
        sheet.append(line)
    foot: list[object] = [f"合计 {len(found.rows)} 家", "", "", "", ""]
    for value in found.foot():
        foot += [_number(value.reported), _number(value.verified), None, None]
    sheet.append(foot)
    for at in range(1, len(head) + 1):
        sheet.cell(row=2, column=at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = 34 if at <= 2 else 14
    sheet.freeze_panes = "B3"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _number(value: Fraction | None) -> int | float | None:
    """A number a spreadsheet can add up; what is not whole is cut off after two decimals, never rounded up."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else int(value * 100) / 100
