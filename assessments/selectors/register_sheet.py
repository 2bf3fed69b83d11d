"""The register as a workbook: exactly the rows that are shown."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessments.models import Base

COLUMNS = (
    ("名称", 44),
    ("单位", 34),
    ("统一社会信用代码", 22),
    ("所在区（县、市）", 16),
    ("认定文号", 24),
    ("认定日期", 14),
    ("证书编号", 20),
    ("铭牌", 10),
    ("状态", 10),
    ("终止日期", 14),
    ("认定依据", 26),
)


def register_workbook(bases: Iterable[Base]) -> bytes:
    """Return an .xlsx of the bases."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("基地名册")
    sheet.append([label for label, _ in COLUMNS])
    for base in bases:
        sheet.append(_row(base))
    for at, (_, width) in enumerate(COLUMNS, start=1):
        sheet.cell(row=1, column=at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _row(base: Base) -> list[str]:
    return [
        base.name,
        base.organisation.name,
        base.organisation.credit_code,
        base.district,
        base.document_number,
        f"{base.recognised_on:%Y-%m-%d}",
        base.certificate_number,
        base.get_plaque_state_display(),
        base.get_state_display(),
        f"{base.ended_on:%Y-%m-%d}" if base.ended_on else "",
        base.recognised_under,
    ]
