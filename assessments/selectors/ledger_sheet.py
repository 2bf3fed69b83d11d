"""Ledgers as workbooks: a template to fill in, an export with everything personal masked, and reading what comes back."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from typing import Any, BinaryIO
from zipfile import BadZipFile

from django.conf import settings
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from applications.forms.workbook import Unreadable, write
from assessments.models import LedgerRow
from assessments.selectors.row_reading import LOST_DIGITS
from portal.policy.form import Field, Table
from portal.policy.ledger import Ledger
from portal.policy.text import normalise

PROBLEM = Field("problem", "问题", limit=2000, width=40)
_STATE = (
    Field("state", "状态", width=8),
    Field("reason", "不予采信的理由", limit=300, width=20),
    Field("source", "来源", width=14),
)
_BROKEN = (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, IndexError, TypeError, EOFError)


def template(ledger: Ledger) -> bytes:
    """Return the workbook to fill in: heads, choices, and a second sheet that says how."""
    return write(_table(ledger), [])


def export(ledger: Ledger, rows: Iterable[LedgerRow]) -> bytes:
    """Return rows as pages show them."""
    return write(_table(ledger, _STATE), (_line(row) for row in rows))


def with_problems(ledger: Ledger, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as they were brought in, each with what is wrong with it, to be mended and brought in again."""
    return write(_table(ledger, (PROBLEM,)), rows)


def lines_of(ledger: Ledger, content: BinaryIO) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the filled rows of a workbook with their numbers, one at a time.

    Raise `Unreadable` for what is no workbook, lacks a column that must be filled, or holds too many rows.
    """
    try:
        book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        with closing(book):
            lines = book.worksheets[0].iter_rows(values_only=True, max_col=100)
            yield from _lines(ledger, lines)
    except Unreadable:
        raise
    except _BROKEN as trouble:
        raise Unreadable("未能读取该文件，请上传未加密的 Excel 工作簿（.xlsx），可先下载模板再填写") from trouble


def _lines(ledger: Ledger, lines: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, dict[str, str]]]:
    heads = [_words(cell) for cell in next(lines, ())]
    places = {column.key: heads.index(column.label) for column in ledger.columns if column.label in heads}
    if missing := [column.label for column in ledger.columns if column.required and column.key not in places]:
        raise Unreadable(f"首行缺少“{'”“'.join(missing)}”列，请用下载的模板填写，不要改动首行")
    most = settings.PORTAL_LEDGER_ROWS
    found = 0
    for number, line in enumerate(lines, start=2):
        values = {key: _words(line[at]) if at < len(line) else "" for key, at in places.items()}
        if any(values.values()):
            found += 1
            yield number, values
        if found > most or number > most + 2_000:
            raise Unreadable(f"一次最多导入 {most:,} 行，该文件超过 {most:,} 行，请按月份或按季度拆分后分次导入")
    if not found:
        raise Unreadable("该文件没有填写任何记录，请从第二行起填写，一行填一条")


def _words(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float) and abs(cell) >= 10**15:
        return LOST_DIGITS
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    return normalise(str(cell)).strip()[:2000]


def _line(row: LedgerRow) -> dict[str, Any]:
    source = f"导入文件第 {row.source_row} 行" if row.source_row else "逐条填报"
    state = "已撤回" if row.withdrawn_at else row.get_state_display()
    return {**row.shown, "state": state, "reason": row.reason or row.withdrawn_reason, "source": source}


def _table(ledger: Ledger, more: tuple[Field, ...] = ()) -> Table:
    return Table(
        ledger.key, ledger.title, (*ledger.columns, *more),
        max_rows=settings.PORTAL_LEDGER_ROWS, noun=ledger.noun, hint=ledger.hint,
    )  # fmt: skip
