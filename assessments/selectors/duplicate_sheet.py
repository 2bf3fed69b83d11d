"""The rows more than one base claims, as a workbook."""

import io
from collections.abc import Iterable, Mapping

from openpyxl import Workbook

from assessments.models import LedgerRow
from assessments.selectors.ledgers import Claims

HEADS = ("重复内容", "基地", "台账", "日期", "人员", "证书编号", "状态", "其他申报基地")


def duplicates_workbook(rows: Iterable[LedgerRow], claims: Mapping[int, Claims]) -> bytes:
    """Return an .xlsx of the rows, everything personal masked."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("重复核查")
    sheet.append(HEADS)
    for row in rows:
        claim = claims.get(row.pk)
        sheet.append(
            [
                claim.what if claim else "",
                row.base.name,
                row.declared.title,
                row.on.isoformat(),
                " ".join(row.masked.values()),
                row.data.get(row.declared.certificate, ""),
                row.get_state_display(),
                claim.whose if claim else "",
            ]
        )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
