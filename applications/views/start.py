"""Beginning an application: choose track and recommending office; a live one is offered before a second one is made."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.models import Application, Call
from applications.permissions import visible_calls
from applications.selectors.cross import offer_of
from applications.selectors.live import live_applications
from applications.selectors.lost_titles import standing_bars
from applications.selectors.routes import (
    RouteChoice,
    closed_routes,
    fixed_route,
    open_routes,
    together_note,
    track_problem,
)
from applications.selectors.stage_periods import stage_periods
from applications.services.draft import ExistingDraft, NotOpen, start_application
from applications.views.cross import cross_line
from applications.views.panels import address
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.policy.recommendation import Route
from portal.tenancy.models import Organisation

Through = tuple[Route, Organisation]


@capability("application.edit", methods=("GET", "POST"))
def start(request: HttpRequest, call_pk: int) -> HttpResponse:
    """Show the tracks and the recommending offices of a call with what the unit has already; begin on POST."""
    actor = request.actor  # type: ignore[attr-defined]
    call = get_object_or_404(visible_calls(Call.objects.select_related("jurisdiction"), actor), pk=call_pk)
    live = list(live_applications(actor.organisation).filter(call=call).select_related("recommender", "call"))
    fixed = fixed_route(call, live)
    choices = [] if fixed else open_routes(call, actor.organisation)
    problem = ""
    if request.method == "POST":
        track_key = request.POST.get("track", "")
        through = fixed or _chosen(choices, request.POST.get("through", ""))
        if track_key not in {track.key for track in call.edition.tracks}:
            problem = "请选择申报类别"
        else:
            route, office = (through[0].key, through[1]) if through else ("", None)
            try:
                made = start_application(call=call, track_key=track_key, by=actor, recommender=office, route=route)
                return redirect(address(made, "tasklist"))
            except ExistingDraft as existing:
                return redirect(address(existing.application, "tasklist"))
            except NotOpen as refusal:
                problem = str(refusal)
    tracks = _tracks(call, live)
    context = {
        "call": call,
        "tracks": tracks,
        "live": [each for each in tracks if each["live"]],
        "fixed": fixed,
        "choices": choices,
        "closed": closed_routes(call, actor.organisation),
        "tier": rule.tier if (rule := call.edition.recommendation()) else "",
        "open": call.is_open(clock.now()),
        "problem": problem,
        "typed": {"track": request.POST.get("track", ""), "through": request.POST.get("through", "")},
        "edition": call.edition,
        "periods": stage_periods(call),
        "bars": standing_bars(actor.organisation, call.jurisdiction, clock.today()),
    }
    return render(request, "applications/start.html", context, status=422 if problem else 200)


def _chosen(choices: list[RouteChoice], through: str) -> Through | None:
    """Read `route:office` as the page sends it; None for what was not offered."""
    offered = {f"{each.route.key}:{office.pk}": (each.route, office) for each in choices for office in each.offices}
    return offered.get(through)


def _tracks(call: Call, live: list[Application]) -> list[dict[str, Any]]:
    held = {each.track_key: each for each in live}
    return [
        {
            "track": track,
            "live": held.get(track.key),
            "url": address(held[track.key], "tasklist") if track.key in held else "",
            "barred": track_problem(call.edition, track.key, live),
            "note": together_note(call.edition, track.key),
            "cross": cross_line(offer_of(held[track.key], live)) if track.key in held else None,
        }
        for track in call.edition.tracks
    ]
