"""Writing a list to .csv or .xlsx, exactly as shown."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import chain
from typing import Any, TypeVar
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Response = TypeVar("Response", HttpResponse, StreamingHttpResponse)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, whatever an applicant called himself."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """Stream a .csv that spreadsheets open as UTF-8."""
    response = StreamingHttpResponse(_csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    return _named(response, f"{name}.csv")


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Write an .xlsx with a frozen head; every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for place, label in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, 2 * len(label) + 4)
    sheet.append([_bold(sheet, label) for label in head])
    for row in rows:
        sheet.append([harmless(text) for text in row])
    stream = BytesIO()
    book.save(stream)
    return _named(HttpResponse(stream.getvalue(), content_type=XLSX), f"{name}.xlsx")


def _bold(sheet: Any, label: str) -> Any:
    cell = WriteOnlyCell(sheet, value=label)
    cell.font = Font(bold=True)
    return cell


def _csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    for row in chain([head], rows):
        writer.writerow([harmless(text) for text in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _named(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
