"""The bureau's reports: every base by period, for one kind of report and one year; export, and chasing of what is late."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.models import Base
from assessments.permissions import readable_bases
from assessments.selectors.bases import districts_of
from assessments.selectors.report_matrix import FILTERS, Matrix, figure_sheet, kinds_of, late_bases, matrix, years_of
from assessments.selectors.report_sheet import reports_workbook
from assessments.services.report_chasing import chase_late
from portal.accounts.guards import capability
from portal.calendars import clock

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _bases(request: Any) -> QuerySet[Base]:
    return readable_bases(Base.objects.all(), request.actor)


def _asked(request: Any) -> tuple[Matrix | None, dict[str, Any]]:
    """Return the table an address asks for, and what it asked; None where no policy of the place asks for reports."""
    kinds, today = kinds_of(request.jurisdiction.code), clock.today()
    years = years_of(_bases(request), today)
    given = request.GET.get("year", "")
    asked: dict[str, Any] = {
        "kinds": kinds,
        "years": years,
        "year": int(given) if given.isdigit() and int(given) in years else today.year,
        "words": request.GET.get("q", ""),
        "state": request.GET.get("state", ""),
        "district": request.GET.get("district", ""),
    }
    if not kinds:
        return None, asked
    asked["form"] = next((each for each in kinds if each.key == request.GET.get("kind")), kinds[0])
    table = matrix(
        _bases(request),
        asked["form"],
        asked["year"],
        today,
        words=asked["words"],
        state=asked["state"],
        district=asked["district"],
    )
    return table, asked


@capability("base.read")
def reports(request: HttpRequest) -> HttpResponse:
    """The table, filtered by its address."""
    table, asked = _asked(request)
    if table is None:
        return render(request, "assessments/reports.html", {"none": True})
    place = request.jurisdiction.code  # type: ignore[attr-defined]
    here = {
        "kind": asked["form"].key,
        "year": asked["year"],
        "q": asked["words"],
        "state": asked["state"],
        "district": asked["district"],
    }
    tabs = [(each.title, "?" + urlencode(here | {"kind": each.key}), each == asked["form"]) for each in asked["kinds"]]
    export = reverse("assessments:reports_export", kwargs={"jurisdiction": place})
    context = {
        "table": table,
        "page": Paginator(table.rows, A_PAGE).get_page(request.GET.get("page")),
        "form": asked["form"],
        "year": asked["year"],
        "kinds": tabs,
        "keep": [("kind", asked["form"].key)],
        "figures": [(label, table.counts.get(key, 0), "份") for key, label in FILTERS],
        "late": table.counts.get("late", 0),
        "filters": [
            {
                "name": "year",
                "label": "年度",
                "value": str(asked["year"]),
                "options": [(str(each), f"{each} 年") for each in asked["years"]],
            },
            {
                "name": "district",
                "label": "区域",
                "value": asked["district"],
                "options": [("", "全部区域"), *((each, each) for each in districts_of(_bases(request)))],
            },
            {"name": "state", "label": "状态", "value": asked["state"], "options": [("", "全部状态"), *FILTERS]},
        ],
        "exports": [("导出 .xlsx", f"{export}?{urlencode(here)}")],
        "chase_url": f"{reverse('assessments:reports_chase', kwargs={'jurisdiction': place})}?{urlencode(here)}",
        "may_chase": request.actor.can("base.keep"),  # type: ignore[attr-defined]
        "today": clock.today(),
    }
    return render(request, "assessments/reports.html", context)


@capability("base.read")
def export(request: HttpRequest) -> HttpResponse:
    """The table exactly as filtered, and the figures of the reports in it."""
    table, asked = _asked(request)
    if table is None:
        return redirect("assessments:reports", jurisdiction=request.jurisdiction.code)  # type: ignore[attr-defined]
    shown = Base.objects.filter(pk__in=[row.base.pk for row in table.rows])
    content = reports_workbook(table, figure_sheet(shown, asked["form"], asked["year"]))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="reports.xlsx"'
    return response


@capability("base.keep", methods=("POST",))
def chase(request: HttpRequest) -> HttpResponse:
    """Remind the units of everything of this kind that their bases are late with."""
    table, asked = _asked(request)
    if table is not None:
        count = chase_late(bases=late_bases(table), keys=[asked["form"].key], by=request.actor)  # type: ignore[attr-defined]
        if count:
            messages.success(request, f"已催报 {count} 份，单位将收到消息")
        else:
            messages.info(request, "没有需要催报的报告，或今天均已催报")
    address = reverse("assessments:reports", kwargs={"jurisdiction": request.jurisdiction.code})  # type: ignore[attr-defined]
    return redirect(f"{address}?{request.GET.urlencode()}")
