"""The calendar of visits and what is taken along: route sheets of a day, everybody's own .ics."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from applications.models import Call
from portal.accounts.guards import capability
from portal.calendars import clock
from reviews.enums import VisitState
from reviews.models import Expert, Panel, PanelMember, Visit
from reviews.permissions import readable_panels, readable_visits
from reviews.selectors import schedule
from reviews.selectors.calendar_file import visit_calendar
from reviews.selectors.day_sheet import groups_of, on_day, stops_of
from reviews.selectors.panels import ACTING
from reviews.selectors.travel import districts_of, roads_of
from reviews.selectors.visit_words import visit_short, visit_word
from reviews.selectors.visits import visits_in_list, visits_of_expert, with_members

VIEWS = ("week", "month")
YEARS = range(2000, 2100)


@capability("review.read")
def visit_calendar_desk(request: HttpRequest) -> HttpResponse:
    """The week or month of all visits, the files that wait for one, and when a chosen file's panel could go."""
    place, own = request.jurisdiction, readable_panels(Panel.objects.all(), request.actor)
    on = _day(request.GET.get("on", "")) or clock.today()
    filters, chosen = _filters(request), _chosen(request, own)
    view = request.GET.get("view", "")
    view = "week" if chosen or view not in VIEWS else view
    weeks = schedule.month_of(on) if view == "month" else [schedule.week_of(on)]
    since, until = weeks[0][0], weeks[-1][-1]
    members = (
        list(PanelMember.objects.filter(panel=chosen, state__in=ACTING).select_related("expert")) if chosen else []
    )
    board = schedule.Board(
        schedule.visits_between(own, since, until), roads_of(place.pk), schedule.days_between(since, until), filters,
        chosen, members,
    )  # fmt: skip
    days = [[board.day(day, inside=view == "week" or day.month == on.month) for day in week] for week in weeks]
    districts = districts_of(place)
    context = {
        "view": view, "on": on, "weeks": days, "since": since, "until": until, "chosen": chosen, "filters": filters,
        "rows": board.rows(days[0]) if chosen else [], "waiting": schedule.waiting_for_visit(own, districts, filters),
        "word": visit_word(place.code), "short": visit_short(place.code), "may_run": request.actor.can("review.run"),
        "choices": _choices(own, districts, filters), "kept": _kept(filters), "total": _total(days),
        **_neighbours(on, view),
    }  # fmt: skip
    return render(request, "reviews/visit_calendar.html", context)


@capability("review.read")
def visit_day(request: HttpRequest, day: str) -> HttpResponse:
    """The bureau's route sheet of a day: every group in the order it sets out."""
    on = _wanted(day)
    visits = with_members(readable_visits(Visit.objects.all(), request.actor)).exclude(state=VisitState.CANCELLED)
    rows = visits.filter(
        panel__in=readable_panels(Panel.objects.all(), request.actor),
        starts_at__gte=clock.start_of_day(on), starts_at__lt=clock.end_of_day(on),
    )  # fmt: skip
    context = {"groups": groups_of(rows, roads_of(request.jurisdiction.pk)), "own": False}
    return render(request, "reviews/visit_day.html", context | _sheet(request, on))


@capability("review.score")
def expert_day(request: HttpRequest, day: str) -> HttpResponse:
    """An expert's own route sheet of a day."""
    on = _wanted(day)
    mine = visits_of_expert(request.actor.user).filter(panel__jurisdiction=request.jurisdiction)
    rows = on_day(with_members(mine), on)
    home = Expert.objects.filter(user=request.actor.user).values_list("district", flat=True).first() or ""
    context = {"stops": stops_of(rows, roads_of(request.jurisdiction.pk), home=home), "home": home, "own": True}
    return render(request, "reviews/visit_day.html", context | _sheet(request, on))


@capability("application.edit")
def unit_calendar(request: HttpRequest) -> HttpResponse:
    """All visits to one's own unit as one calendar file, those called off included: whoever holds them takes them out."""
    mine = readable_visits(Visit.objects.filter(panel__jurisdiction=request.jurisdiction), request.actor)
    return calendar_response(visit_calendar(visits_in_list(mine), host=request.get_host(), method=False), "visits.ics")


def calendar_response(content: bytes, name: str) -> HttpResponse:
    """A calendar file to keep."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _wanted(text: str) -> date:
    day = _day(text)
    if day is None:
        raise Http404("日期应写成 2024-09-03")
    return day


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _filters(request: HttpRequest) -> schedule.Filters:
    said = request.GET
    return schedule.Filters(_number(said.get("call", "")), _number(said.get("expert", "")), said.get("district", ""))


def _chosen(request: HttpRequest, own: Any) -> Panel | None:
    """The panel whose times are asked for, while it may be planned; nothing for any other number."""
    number = _number(request.GET.get("file", ""))
    if number is None:
        return None
    rows = own.filter(pk=number, state__in=("working", "complete")).exclude(visit__state=VisitState.DONE)
    found: Panel | None = rows.select_related("application__call", "application__organisation", "visit").first()
    return found


def _choices(own: Any, districts: list[str], filters: schedule.Filters) -> list[dict[str, Any]]:
    calls = (
        Call.objects.filter(applications__panels__in=own).distinct().order_by("-opens_at").values_list("pk", "title")
    )
    seats = PanelMember.objects.filter(panel__in=own, state__in=ACTING)
    experts = Expert.objects.filter(pk__in=seats.values("expert")).order_by("name").values_list("pk", "name")
    given = (
        ("call", "批次", [(str(pk), title) for pk, title in calls], filters.call),
        ("expert", "专家", [(str(pk), name) for pk, name in experts], filters.expert),
        ("district", "地区", [(each, each) for each in districts], filters.district),
    )
    return [
        {"name": name, "label": label, "value": str(value or ""), "options": [("", f"全部{label}"), *options]}
        for name, label, options, value in given
    ]


def _kept(filters: schedule.Filters) -> dict[str, str]:
    said = {"call": filters.call, "expert": filters.expert, "district": filters.district}
    return {name: str(value) for name, value in said.items() if value}


def _total(weeks: list[list[schedule.Day]]) -> int:
    return sum(len(day.entries) for week in weeks for day in week if day.inside)


def _neighbours(on: date, view: str) -> dict[str, date]:
    if view == "week":
        return {"previous": on - timedelta(days=7), "next": on + timedelta(days=7), "now_on": clock.today()}
    first = on.replace(day=1)
    return {
        "previous": (first - timedelta(days=1)).replace(day=1), "next": (first + timedelta(days=32)).replace(day=1),
        "now_on": clock.today(),
    }  # fmt: skip


def _sheet(request: HttpRequest, on: date) -> dict[str, Any]:
    return {
        "on": on, "previous": on - timedelta(days=1), "next": on + timedelta(days=1),
        "short": visit_short(request.jurisdiction.code), "may_run": request.actor.can("review.run"),
    }  # fmt: skip
