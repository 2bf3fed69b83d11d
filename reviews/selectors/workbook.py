"""Reading and writing the bureau's own workbooks (.xlsx): one sheet, a bold head, one thing a row."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

Columns = Sequence[tuple[str, str, int]]
"""Key, label and width of each column."""


@dataclass(frozen=True)
class Layout:
    """What a workbook holds. `needed` labels must stand in its head; `source` says where a right one comes from.

    `unit` counts its rows (人, 行), `empty` is said where none is filled in; sizes are bytes and rows.
    """

    title: str
    columns: Columns
    needed: Sequence[str]
    source: str
    unit: str
    empty: str
    most_bytes: int
    most_rows: int

    def write(self, rows: Iterable[Sequence[Any]]) -> bytes:
        """Return a workbook of rows in the order of the columns."""
        book = Workbook()
        book.remove(book.worksheets[0])
        sheet = book.create_sheet(self.title)
        sheet.append([label for _, label, _ in self.columns])
        for row in rows:
            sheet.append(list(row))
        for at, (_, _, width) in enumerate(self.columns, start=1):
            sheet.cell(row=1, column=at).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.freeze_panes = "A2"
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def read(self, workbook: BinaryIO) -> tuple[list[tuple[int, dict[str, str]]], str]:
        """Return the filled rows with their numbers, and what is wrong with the workbook as a whole (empty: nothing)."""
        content = workbook.read(self.most_bytes + 1)
        if len(content) > self.most_bytes:
            return [], f"文件超过 {self.most_bytes // 1024**2} MB，请拆分后导入"
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
            return [], f"不是可以识别的 .xlsx 文件，请用{self.source}填写后导入"
        lines = book.worksheets[0].iter_rows(max_row=self.most_rows + 2, max_col=30, values_only=True)
        head = [str(cell or "").strip() for cell in next(lines, ())]
        if missing := [label for label in self.needed if label not in head]:
            return [], f"缺少“{'”“'.join(missing)}”列，请用{self.source}填写后导入"
        places = {key: head.index(label) for key, label, _ in self.columns if label in head}
        rows = []
        for number, line in enumerate(lines, start=2):
            values = {key: _text(line[at]) if at < len(line) else "" for key, at in places.items()}
            if any(values.values()):
                rows.append((number, values))
        book.close()
        if len(rows) > self.most_rows:
            return [], f"一次最多导入 {self.most_rows:,} {self.unit}，请拆分后导入"
        return rows, "" if rows else self.empty


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a telephone number that a spreadsheet took for a quantity
    return "" if cell is None else str(cell).strip()
