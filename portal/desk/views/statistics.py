"""Figures of a jurisdiction: what was filed, where it stands, from where it came, and how far each call has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.enums import BUREAU_LABELS
from applications.models import Application
from applications.permissions import readable_applications
from applications.selectors.board import statistics as counted
from portal.accounts.actor import Actor
from portal.accounts.guards import capability
from portal.desk import selectors
from portal.desk.charts import bars
from portal.policy import registry
from portal.policy.procedure import Status


@capability("statistics.read")
def statistics(request: HttpRequest) -> HttpResponse:
    """Show charts of the files a person may read; each has its table."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    figures = counted(readable_applications(Application.objects.all(), actor))
    edition = registry.current(request.jurisdiction.code)  # type: ignore[attr-defined]
    tracks = {track.key: track.title for track in edition.tracks}
    charts = [
        bars("by-call", "各批次申报", "批次", figures["call"]),
        bars(
            "by-status", "办理状态", "状态", [(BUREAU_LABELS[Status(key)], number) for key, number in figures["status"]]
        ),
        bars("by-track", "申报类别", "类别", [(tracks.get(key, key), number) for key, number in figures["track"]]),
        bars("by-district", "所在地区", "地区", figures["district"]),
        bars("bases", "已认定基地", "地区", selectors.bases_by_district(), "家"),
    ]
    return render(request, "desk/statistics.html", {"charts": [chart for chart in charts if chart.rows]})
