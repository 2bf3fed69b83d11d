"""Tables as .xlsx: a template to fill in, an export, and reading what comes back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from portal.policy.facts import filled
from portal.policy.form import Field, FieldKind, Table
from portal.policy.text import normalise
from portal.policy.values import YES_NO, show

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 5 * 1024**2
MOST_LOOKED_AT = 20_000  # rows after which reading stops, whatever the file claims to hold
# A spreadsheet takes these for quantities and drops their last digits, unless the column says that it holds text.
_DIGITS_OF_A_TEXT = (FieldKind.TEXT, FieldKind.ID_NUMBER, FieldKind.ACCOUNT, FieldKind.CREDIT_CODE, FieldKind.UNIT_CODE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(ValueError):
    """The file cannot be taken as it is; the message is Chinese and says how to mend it."""


@dataclass(frozen=True)
class Sheet:
    """What a workbook holds for a table: rows as typed, heads that are no column, columns that are missing."""

    rows: list[dict[str, str]]
    unknown: list[str]
    absent: list[str]


def write(table: Table, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a workbook with the table's heads and rows; with no rows it is the template, example and lists included."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_title(table.label))
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(10, column.width * 1.4)
        if column.kind in _DIGITS_OF_A_TEXT:
            sheet.column_dimensions[get_column_letter(place)].number_format = "@"
        if choices := _choices(column):
            sheet.data_validations.append(
                _list_of(choices, get_column_letter(place), table.max_rows)
            )  # a write-only sheet has no adder
    sheet.freeze_panes = "A2"
    sheet.append([_head(sheet, column) for column in table.columns])
    for row in rows:
        sheet.append([_safe(sheet, column, row) for column in table.columns])
    notes = book.create_sheet("填写说明")
    for line in _notes(table):
        notes.append([line])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _title(label: str) -> str:
    return "".join("_" if char in "[]:*?/\\" else char for char in label)[:31]


def _head(sheet: Any, column: Field) -> Any:
    cell = WriteOnlyCell(sheet, value=column.label)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E7F1F2")
    cell.alignment = Alignment(wrap_text=True)
    return cell


def _safe(sheet: Any, column: Field, row: Mapping[str, Any]) -> Any:
    """A cell never becomes a formula in the reader's program: what looks like one is stored as text and quoted."""
    text = (
        show(column, row.get(column.key)).replace(",", "") if _is_number(column) else show(column, row.get(column.key))
    )
    cell = WriteOnlyCell(sheet, value=text)
    if _is_number(column) and _plain_number(text):
        cell.value = float(text) if "." in text else int(text)
        return cell
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _plain_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdigit() and len(text) < 16


def _is_number(column: Field) -> bool:
    return column.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


def _choices(column: Field) -> list[str]:
    if column.kind is FieldKind.YES_NO:
        return list(YES_NO.values())
    return [option.label for option in column.options] if column.kind is FieldKind.CHOICE else []


def _list_of(choices: list[str], letter: str, most_rows: int) -> DataValidation:
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False)
    rule.add(f"{letter}2:{letter}{max(2000, most_rows + 1)}")
    return rule


def _notes(table: Table) -> Iterator[str]:
    yield f"{table.label}：请勿改动首行各列名称；一行填一{table.noun.removeprefix('个')}，最多 {table.max_rows:,} 行。"
    for column in table.columns:
        words = [column.label, "" if column.required else "（选填）", f"：{column.hint}" if column.hint else ""]
        words.append(f"；例如 {column.example}" if column.example else "")
        words.append(f"；可选：{'、'.join(_choices(column))}" if _choices(column) else "")
        yield "".join(words)


def read(table: Table, content: BinaryIO) -> Sheet:
    """Read a workbook made from the template; only values are taken, a formula gives the value it last showed.

    Raise `Unreadable` for what is no workbook, is encrypted or damaged, has no known column, or holds too many rows.
    """
    try:
        book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(values_only=True, max_col=200)
        return _sheet(table, lines)
    except Unreadable:
        raise
    except (
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        OSError,
        IndexError,
        TypeError,
        EOFError,
    ) as trouble:
        raise Unreadable("未能读取该文件：请上传未加密的 Excel 工作簿（.xlsx），可先下载模板再填写") from trouble


def _sheet(table: Table, lines: Iterator[tuple[Any, ...]]) -> Sheet:
    heads = [_words(value) for value in next(iter(lines), ())]
    labels = {normalise(column.label).strip(): column for column in table.columns}
    places = {place: labels[head] for place, head in enumerate(heads) if head in labels}
    if not places:
        raise Unreadable(f"首行没有找到“{table.columns[0].label}”等列名，请用下载的模板填写，不要改动首行")
    rows: list[dict[str, str]] = []
    for number, line in enumerate(lines, start=1):
        row = {column.key: _words(line[place]) for place, column in places.items() if place < len(line)}
        if any(filled(value) for value in row.values()):
            rows.append(row)
        if number >= MOST_LOOKED_AT:
            raise Unreadable(f"该表最多填 {table.max_rows:,} 行，文件超过 {MOST_LOOKED_AT:,} 行，请删减后再导入")
    if len(rows) > table.max_rows:
        raise Unreadable(
            f"该表最多填 {table.max_rows:,} 行，文件有 {len(rows):,} 行，请删减 {len(rows) - table.max_rows:,} 行后再导入"
        )
    found = {column.key for column in places.values()}
    absent = [column.label for column in table.columns if column.required and column.key not in found]
    return Sheet(rows, [head for head in heads if head and head not in labels], absent)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return normalise(str(value)).strip()[:5000]
