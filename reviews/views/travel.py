"""The minutes on the road between districts: seen as a table, entered district by district or by a workbook."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.guards import capability
from portal.audit.models import Event
from portal.audit.services import chain_key
from reviews.forms.road_rows import preview_of
from reviews.forms.visits import TravelForm, TravelImportForm
from reviews.selectors import travel_sheet
from reviews.selectors.travel import districts_of, matrix, roads_of
from reviews.selectors.visit_words import visit_short
from reviews.services.travel import set_travel
from reviews.views.acts import tell, write
from reviews.views.experts import XLSX


@capability("review.run", methods=("GET", "POST"))
def travel(request: HttpRequest) -> HttpResponse:
    """The whole table, and the roads of one district to fill in."""
    place = request.jurisdiction
    districts, roads = districts_of(place), roads_of(place.pk)
    wanted = request.GET.get("from", "")
    origin = wanted if wanted in districts else districts[0] if districts else ""
    form = TravelForm(request.POST or None, origin=origin, districts=districts, known=roads.known)
    if request.method == "POST" and form.is_valid():
        changed = write(form, set_travel, jurisdiction=place, minutes=form.minutes(), by=request.actor)
        if changed is not None:
            tell(request, f"已保存，{changed} 段路程有变化" if changed else "没有变化", lambda: None)
            return redirect(f"{_address(request)}?{request.GET.urlencode()}")
    last = Event.objects.filter(chain__key=chain_key(place), action="travel.change").order_by("-id").first()
    context = {
        "districts": districts, "origin": origin, "form": form, "matrix": matrix(districts, roads), "last": last,
        "short": visit_short(place.code), "known": len(roads.known), "possible": len(districts) * (len(districts) + 1) // 2,
    }  # fmt: skip
    return render(request, "reviews/travel.html", context, status=422 if form.errors else 200)


@capability("review.run")
def travel_sheet_file(request: HttpRequest) -> HttpResponse:
    """Every road as a workbook, to fill in and bring back."""
    content = travel_sheet.export(districts_of(request.jurisdiction), roads_of(request.jurisdiction.pk))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="travel.xlsx"'
    return response


@capability("review.run", methods=("GET", "POST"))
def travel_import(request: HttpRequest) -> HttpResponse:
    """Read a workbook, show what it would change, and change it when asked once more."""
    place = request.jurisdiction
    if "rows" in request.POST:
        preview = _preview(request, _confirmed(request.POST["rows"]))
        if tell(
            request, f"已导入，{len(preview.changes)} 段路程有变化", set_travel,
            jurisdiction=place, minutes=preview.minutes, by=request.actor,
        ):  # fmt: skip
            return redirect(_address(request))
    form = TravelImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and "rows" not in request.POST and form.is_valid():
        rows, problem = travel_sheet.LAYOUT.read(form.cleaned_data["workbook"])
        if problem:
            form.add_error("workbook", problem)
        else:
            preview = _preview(request, rows)
            bad = dict(preview.problems)
            raw = [values for number, values in rows if number not in bad]
            context |= {"preview": preview, "rows_json": json.dumps(raw, ensure_ascii=False)}
    return render(request, "reviews/travel_import.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, rows: list[tuple[int, dict[str, str]]]) -> Any:
    return preview_of(rows, districts_of(request.jurisdiction), roads_of(request.jurisdiction.pk))


def _confirmed(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a preview as a browser sends them back: read again, checked again, not trusted."""
    try:
        given = json.loads(text)
        rows = [(at, {key: str(value) for key, value in row.items()}) for at, row in enumerate(given)]
    except (ValueError, AttributeError, TypeError):
        return []
    return rows[: travel_sheet.LAYOUT.most_rows]


def _address(request: HttpRequest) -> str:
    return reverse("reviews:travel", kwargs={"jurisdiction": request.jurisdiction.code})
