"""The bureau's calendar of visits: a week or a month of them, who waits for one, and when a panel could go."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.calendars import clock
from portal.calendars.selectors import load_days
from portal.calendars.working_days import Days
from reviews.enums import PanelState, VisitState
from reviews.models import Expert, Panel, PanelMember, Visit
from reviews.selectors.availability import Span, Trouble, trouble
from reviews.selectors.travel import Roads
from reviews.selectors.visits import A_DAY, acting_of, with_members

HALVES = (("am", "上午", time(9), time(12)), ("pm", "下午", time(14), time(17)))
"""What a click on a half day proposes; the officer may change it in the form."""
NOON = time(12)
Engaged = Mapping[int, list[Visit]]


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty means all."""

    call: int | None = None
    expert: int | None = None
    district: str = ""

    def admits(self, visit: Visit) -> bool:
        """Say whether a visit is among what is asked for."""
        return (
            self.call in (None, visit.panel.application.call_id)
            and self.district in ("", visit.district)
            and (self.expert is None or any(seat.expert_id == self.expert for seat in acting_of(visit)))
        )


@dataclass(frozen=True)
class Entry:
    """A visit on the calendar with what has come in its way since it was planned."""

    visit: Visit
    troubles: list[Trouble]


@dataclass(frozen=True)
class Slot:
    """A half day: its visits and, for a chosen panel, who cannot come. `offered` says whether it may be planned at all."""

    key: str
    label: str
    starts_at: datetime
    entries: list[Entry]
    offered: bool = False
    past: bool = False
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def free(self) -> bool:
        """Whether everybody could come."""
        return self.offered and not self.past and not self.troubles


@dataclass(frozen=True)
class Day:
    """A date of the calendar; `working` is None where no calendar of its year is loaded, `name` the holiday's."""

    date: date
    slots: list[Slot]
    today: bool
    inside: bool
    working: bool | None
    name: str

    @property
    def entries(self) -> list[Entry]:
        """The visits of the day in order."""
        return [entry for slot in self.slots for entry in slot.entries]


@dataclass(frozen=True)
class Row:
    """One member of a chosen panel over the week: `cells` are (half-day label, trouble or None), `minutes` from their own district."""

    member: PanelMember
    minutes: int | None
    cells: list[tuple[str, Trouble | None]]


def visits_between(own: QuerySet[Panel], since: date, until: date) -> list[Visit]:
    """Every planned or made visit of the tenant that touches these days or the next to them, in order; two queries.

    `own` says whether the panel is among those the reader runs (`visit.own`); the others still claim their experts.
    """
    rows = Visit.objects.exclude(state=VisitState.CANCELLED).filter(
        starts_at__lt=clock.end_of_day(until) + A_DAY, ends_at__gt=clock.start_of_day(since) - A_DAY
    )
    return list(with_members(rows.annotate(own=Exists(own.filter(pk=OuterRef("panel"))))).order_by("starts_at", "pk"))


def engaged_of(visits: Iterable[Visit]) -> dict[int, list[Visit]]:
    """The planned visits of each expert."""
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.state == VisitState.PLANNED:
            for seat in acting_of(visit):
                found[seat.expert_id].append(visit)
    return found


def troubles_of(experts: Iterable[Expert], span: Span, engaged: Engaged, roads: Roads, panel: int) -> list[Trouble]:
    """Return which of these experts could not come, visits of the panel itself aside."""
    found = (
        trouble(expert, [each for each in engaged.get(expert.pk, ()) if each.panel_id != panel], span, roads)
        for expert in experts
    )
    return [each for each in found if each is not None]


@dataclass
class Board:
    """What is drawn up from one load of visits, roads and days: asked day by day, it queries nothing."""

    visits: list[Visit]
    roads: Roads
    days: Days
    filters: Filters
    chosen: Panel | None = None
    members: list[PanelMember] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engaged = engaged_of(self.visits)
        self.by_half: dict[tuple[date, str], list[Entry]] = defaultdict(list)
        for visit in self.visits:
            if visit.own and self.filters.admits(visit):  # type: ignore[attr-defined]  # annotated by `visits_between`
                starts = clock.local(visit.starts_at)
                half = "am" if starts.time() < NOON else "pm"
                self.by_half[starts.date(), half].append(Entry(visit, self._since(visit)))

    def day(self, on: date, *, inside: bool = True) -> Day:
        """One date."""
        known = self.days.get(on)
        return Day(
            on,
            [self._slot(on, *half) for half in HALVES],
            on == clock.today(),
            inside,
            known.is_workday if known else None,
            known.name if known else "",
        )

    def rows(self, days: Iterable[Day]) -> list[Row]:
        """The chosen panel's members over the days."""
        slots = [(day, slot) for day in days for slot in day.slots]
        home = self._district()
        return [
            Row(
                member,
                self.roads.minutes(member.expert.district, home) if member.expert.district and home else None,
                [
                    (
                        f"{day.date.month}月{day.date.day}日{slot.label}",
                        next((each for each in slot.troubles if each.expert.pk == member.expert_id), None),
                    )
                    for day, slot in slots
                ],
            )
            for member in self.members
        ]

    def _since(self, visit: Visit) -> list[Trouble]:
        if visit.state != VisitState.PLANNED:
            return []
        span = Span(visit.starts_at, visit.ends_at, visit.district)
        experts = [seat.expert for seat in acting_of(visit)]
        return troubles_of(experts, span, self.engaged, self.roads, visit.panel_id)

    def _slot(self, on: date, key: str, label: str, opens: time, closes: time) -> Slot:
        starts_at, ends_at = (datetime.combine(on, at, tzinfo=clock.SHANGHAI) for at in (opens, closes))
        entries = self.by_half.get((on, key), [])
        if self.chosen is None:
            return Slot(key, label, starts_at, entries)
        span = Span(starts_at, ends_at, self._district())
        experts = [member.expert for member in self.members]
        found = troubles_of(experts, span, self.engaged, self.roads, self.chosen.pk)
        return Slot(key, label, starts_at, entries, True, starts_at <= clock.now(), found)

    def _district(self) -> str:
        if self.chosen is None:
            return ""
        visit = getattr(self.chosen, "visit", None)
        return (visit.district if visit else "") or self.chosen.application.organisation.district


def week_of(on: date) -> list[date]:
    """The Monday to Sunday that hold a date."""
    monday = on - timedelta(days=on.weekday())
    return [monday + timedelta(days=each) for each in range(7)]


def month_of(on: date) -> list[list[date]]:
    """The weeks, Monday first, that hold a date's month."""
    return calendar.Calendar().monthdatescalendar(on.year, on.month)


def days_between(since: date, until: date) -> Days:
    """The official calendar of these days; one query."""
    return load_days(since, until)


def waiting_for_visit(panels: QuerySet[Panel], order: list[str], filters: Filters) -> list[tuple[str, list[Panel]]]:
    """Panels at work without a visit, or whose visit was called off, by district in the order of `order`; one query.

    Only those whose policy has the experts meet the unit. A panel's `called_off` says whether it had a visit.
    """
    rows = panels.filter(state__in=(PanelState.WORKING, PanelState.COMPLETE)).filter(
        Q(visit__isnull=True) | Q(visit__state=VisitState.CANCELLED)
    )
    rows = rows.select_related("application__call", "application__organisation", "visit")
    if filters.call is not None:
        rows = rows.filter(application__call=filters.call)
    if filters.expert is not None:
        rows = rows.filter(members__in=PanelMember.objects.filter(expert=filters.expert).exclude(state="removed"))
    if filters.district:
        rows = rows.filter(application__organisation__district=filters.district)
    found: dict[str, list[Panel]] = defaultdict(list)
    for panel in rows.order_by("convened_at", "pk"):
        if panel.rule.visits(panel.application.call.setting_values):
            panel.called_off = hasattr(panel, "visit")  # type: ignore[attr-defined]  # for the page
            found[panel.application.organisation.district].append(panel)
    places = {name: at for at, name in enumerate(order)}
    return sorted(found.items(), key=lambda group: (places.get(group[0], len(places)), group[0]))
