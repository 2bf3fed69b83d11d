"""The papers of a recommendation to take away: a PDF to print and stamp, the 汇总表 as a workbook."""

from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from portal.accounts.guards import capability
from reviews.models import Recommendation
from reviews.permissions import readable_recommendations
from reviews.selectors.recommendations import full
from reviews.selectors.summaries import Summary, as_number, summary_of
from reviews.services.recommendation_papers import issue_paper, note_summary_export
from reviews.services.refusal import Refused

WORK = ("recommendation.work", "recommendation.report")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _own(request: HttpRequest, pk: int) -> Recommendation:
    actor = request.actor  # type: ignore[attr-defined]
    mine = readable_recommendations(full(Recommendation.objects.all()), actor)
    return get_object_or_404(mine.filter(office=actor.organisation), pk=pk)


@capability(*WORK, methods=("POST",))
def recommend_paper(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """Issue a paper as it reads now and lead to its PDF; `application` names the file where each has its own."""
    found, raw = _own(request, pk), request.POST.get("application", "")
    entry = next((each for each in found.entries.all() if str(each.application_id) == raw), None)
    if raw and entry is None:
        raise Http404
    try:
        document = issue_paper(
            recommendation=found,
            paper=paper,
            application=entry.application if entry else None,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        code = request.jurisdiction.code  # type: ignore[attr-defined]
        return redirect(reverse("reviews:recommend", kwargs={"jurisdiction": code, "pk": pk}) + "#papers")
    return redirect("documents:document", pk=document.pk)


@capability(*WORK, methods=("POST",))
def recommend_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The 汇总表 as a workbook, with the columns as declared."""
    found = _own(request, pk)
    summary = summary_of(found)
    note_summary_export(recommendation=found, by=request.actor)  # type: ignore[attr-defined]
    response = HttpResponse(workbook(summary, found.office.name), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(summary.title)}.xlsx"
    return response


def workbook(summary: Summary, office: str) -> bytes:
    """Write the 汇总表 for A4 landscape: title, heads repeated on each page, a row a file, the places to sign."""
    book = Workbook()
    sheet: Any = book.active  # a new workbook has one worksheet; the library's type knows of charts, too
    sheet.title = "汇总表"
    last = len(summary.columns)
    _line(sheet, [summary.title], last, Font(bold=True, size=16), "center")
    _line(sheet, [f"报送单位：{office}"], last, Font(), "left")
    sheet.append([column.title for column in summary.columns])
    for row in summary.rows:
        sheet.append([_value(text) for text in row])
    _frame(sheet, summary)
    footer = summary.footer or ("盖章", "日期")
    sheet.append([])
    _line(sheet, ["　　　　　　　　".join(f"{word}：" for word in footer)], last, Font(), "left")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows, sheet.freeze_panes = "3:3", "A4"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _line(sheet: Any, values: list[str], last: int, font: Font, align: str) -> None:
    sheet.append(values)
    at = sheet.max_row
    sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=last)
    sheet.cell(at, 1).font, sheet.cell(at, 1).alignment = font, Alignment(horizontal=align)


def _frame(sheet: Any, summary: Summary) -> None:
    for place, column in enumerate(summary.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(6, column.width * 1.3)
    for row in sheet.iter_rows(min_row=3, max_row=3 + len(summary.rows), max_col=len(summary.columns)):
        for cell in row:
            cell.border = _BOX
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            cell.font = Font(bold=cell.row == 3)
            if isinstance(cell.value, str):
                _as_text(cell)


def _as_text(cell: Any) -> None:
    """A cell never becomes a formula in the reader's program."""
    cell.data_type = "s"
    cell.quotePrefix = cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))


def _value(text: str) -> Any:
    number = as_number(text)
    return text if number is None else number
