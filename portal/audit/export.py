"""The log as a file. Cells that a spreadsheet would take for a formula are kept as text."""

import csv
import io
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from portal.audit.labels import action_label
from portal.audit.models import Event
from portal.calendars import clock

HEAD = (
    "时间",
    "操作人",
    "来源地址",
    "动作",
    "动作代码",
    "对象",
    "对象编号",
    "理由",
    "变更前摘要",
    "变更后摘要",
    "事件摘要",
    "辖区",
)
MOST = 50_000


def rows(events: Iterable[Event]) -> Iterator[list[str]]:
    """Yield one row an event, all of it text."""
    for event in events:
        yield [
            clock.local(event.at).strftime("%Y-%m-%d %H:%M:%S"),
            event.actor_label,
            event.ip or "",
            action_label(event.action),
            event.action,
            event.object_label,
            f"{event.chain.key}#{event.sequence}",
            event.reason,
            event.old_hash,
            event.new_hash,
            event.hash,
            event.jurisdiction.name if event.jurisdiction else "",
        ]


def as_csv(events: Iterable[Event]) -> bytes:
    """Return UTF-8 with a byte order mark, as spreadsheets expect Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([_harmless(cell) for cell in row] for row in rows(events))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(events: Iterable[Event]) -> bytes:
    """Return a workbook of text cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("审计日志")
    for row in (HEAD, *rows(events)):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=_printable(value))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _printable(cell: str) -> str:
    return "".join(char for char in cell if char >= " " or char in "\n\t")
