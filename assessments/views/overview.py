"""Indicators of all bases of a jurisdiction: filtered, sorted, summed, exported."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessments.enums import BaseState
from assessments.models import Base
from assessments.permissions import readable_bases
from assessments.selectors.bases import with_terms
from assessments.selectors.due import missing_of_bases
from assessments.selectors.overview import Overview, narrowed, overview
from assessments.selectors.overview_sheet import overview_workbook
from portal.accounts.guards import capability
from portal.calendars import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50
TERM = "term"


@capability("base.read")
def indicators(request: Any) -> HttpResponse:
    """The table of all bases for a year, or for their terms of building."""
    every, found = _found(request)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    missing = missing_of_bases([row.base for row in page], clock.today())
    export = reverse("assessments:indicators_export", kwargs={"jurisdiction": request.jurisdiction.code})
    context = {
        "found": found,
        "page": page,
        "lines": [(row, missing.get(row.base.pk, 0)) for row in page],
        "foot": found.foot(),
        "title": _title(request, every),
        "filters": _filters(request, every),
        "keep": [("sort", request.GET["sort"])] if request.GET.get("sort") else [],
        "exports": [("导出 .xlsx", f"{export}?{request.GET.urlencode()}")],
    }
    return render(request, "assessments/overview.html", context)


@capability("base.read")
def indicators_export(request: HttpRequest) -> HttpResponse:
    """The table exactly as filtered."""
    every, found = _found(request)
    response = HttpResponse(overview_workbook(found, _title(request, every)), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="indicators.xlsx"'
    return response


def _found(request: Any) -> tuple[list[Base], Overview]:
    """Return all bases of the register, and the table of those asked for."""
    every = list(with_terms(readable_bases(Base.objects.all(), request.actor)).order_by("-recognised_on", "id"))
    track, state = request.GET.get("track", ""), request.GET.get("state", BaseState.ACTIVE)
    asked = [base for base in every if track in ("", base.track_key) and state in ("all", base.state)]
    period = _period(request, every)
    found = overview(asked, year=None if period == TERM else int(period), today=clock.today())
    return every, narrowed(found, behind=bool(request.GET.get("behind")), sort=request.GET.get("sort", ""))


def _period(request: Any, every: list[Base]) -> str:
    """Return the year asked for, or `term`; by default the term where a policy has one."""
    asked, builds = request.GET.get("period", ""), any(base.edition.build_period for base in every)
    if asked in _years(every) or (asked == TERM and builds):
        return str(asked)
    return TERM if builds else str(clock.today().year)


def _years(every: list[Base]) -> list[str]:
    today = clock.today()
    first = min((base.recognised_on.year for base in every), default=today.year)
    return [str(year) for year in range(today.year, max(first, today.year - 9) - 1, -1)]


def _title(request: Any, every: list[Base]) -> str:
    period = _period(request, every)
    over = "建设期" if period == TERM else f"{period} 年"
    return f"{request.jurisdiction.name}基地指标（{over}，截至 {clock.today():%Y-%m-%d}）"


def _filters(request: Any, every: list[Base]) -> list[dict[str, Any]]:
    tracks = {base.track_key: base.track.title for base in every}
    terms = [(TERM, "建设期")] if any(base.edition.build_period for base in every) else []
    states = [(BaseState.ACTIVE.value, "正常"), ("all", "全部状态")]
    states += [(key, label) for key, label in BaseState.choices if key != BaseState.ACTIVE]

    def choice(name: str, label: str, options: list[tuple[str, str]], value: str) -> dict[str, Any]:
        return {"name": name, "label": label, "value": value, "options": options}

    return [
        choice("period", "期间", [*terms, *((year, f"{year} 年") for year in _years(every))], _period(request, every)),
        choice("track", "类别", [("", "全部类别"), *tracks.items()], request.GET.get("track", "")),
        choice("state", "状态", states, request.GET.get("state", BaseState.ACTIVE.value)),
        choice("behind", "进度", [("", "全部进度"), ("1", "落后和未达到")], request.GET.get("behind", "")),
    ]
