"""The register of bases: the list, and the list as a workbook."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessments.enums import BaseState, PlaqueState
from assessments.models import Base
from assessments.permissions import readable_bases
from assessments.selectors.bases import bases_in_list, districts_of
from assessments.selectors.register_sheet import register_workbook
from portal.accounts.guards import capability

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _own(request: HttpRequest) -> Any:
    return readable_bases(Base.objects.all(), request.actor)


def _filtered(request: HttpRequest) -> Any:
    names = ("district", "state", "plaque", "sort")
    return bases_in_list(
        _own(request), words=request.GET.get("q", ""), **{name: request.GET.get(name, "") for name in names}
    )


@capability("base.read")
def bases(request: HttpRequest) -> HttpResponse:
    """The register, filtered by its address."""
    places = districts_of(_own(request))
    page = Paginator(_filtered(request), 50).get_page(request.GET.get("page"))

    def choice(name: str, label: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        return {
            "name": name,
            "label": label,
            "value": request.GET.get(name, ""),
            "options": [("", f"全部{label}"), *options],
        }

    export_url = reverse("assessments:bases_export", kwargs={"jurisdiction": request.jurisdiction.code})
    context = {
        "page": page,
        "filters": [
            choice("state", "状态", BaseState.choices),
            choice("plaque", "铭牌", PlaqueState.choices),
            choice("district", "区域", [(place, place) for place in places]),
        ],
        "exports": [("导出 .xlsx", f"{export_url}?{request.GET.urlencode()}")],
    }
    return render(request, "assessments/bases.html", context)


@capability("base.read")
def bases_export(request: HttpRequest) -> HttpResponse:
    """The register exactly as filtered."""
    response = HttpResponse(register_workbook(_filtered(request)), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="bases.xlsx"'
    return response
