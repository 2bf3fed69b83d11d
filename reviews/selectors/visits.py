"""Reading visits: who is expected where, what stands in the way of a plan, what to mind about it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Prefetch, QuerySet

from portal.accounts.models import User
from portal.calendars import clock, wording
from portal.calendars.selectors import load_days
from reviews.enums import MemberState, VisitState
from reviews.models import Expert, Panel, PanelMember, Visit
from reviews.selectors.availability import Span, Trouble, road_name, trouble, unknown_roads
from reviews.selectors.panels import ACTING
from reviews.selectors.travel import roads_of

A_DAY = timedelta(days=1)  # no road takes longer, so nobody's visit of the day before yesterday is in the way


def experts_of(panel: Panel) -> QuerySet[Expert]:
    """The acting members' experts, in the one order in which they are ever locked."""
    seats = PanelMember.objects.filter(panel=panel, state__in=ACTING)
    return Expert.objects.filter(pk__in=seats.values("expert")).order_by("pk")


def engagements(experts: Iterable[Expert], wanted: Span, *, but: Panel | None = None) -> dict[int, list[Visit]]:
    """Return by expert the planned visits they are expected at, within a day of the span, in order; one query."""
    seats = PanelMember.objects.filter(
        expert__in=[each.pk for each in experts],
        state__in=ACTING,
        panel__visit__state=VisitState.PLANNED,
        panel__visit__starts_at__lt=wanted.ends_at + A_DAY,
        panel__visit__ends_at__gt=wanted.starts_at - A_DAY,
    )
    if but is not None:
        seats = seats.exclude(panel=but)
    found: dict[int, list[Visit]] = defaultdict(list)
    rows = seats.select_related("panel__visit", "panel__application__call").order_by("panel__visit__starts_at")
    for seat in rows:
        found[seat.expert_id].append(seat.panel.visit)
    return found


def troubles(panel: Panel, wanted: Span, experts: list[Expert]) -> list[Trouble]:
    """Return who of the panel cannot come at that time, with the reason."""
    engaged, roads = engagements(experts, wanted, but=panel), roads_of(panel.jurisdiction_id)
    found = (trouble(expert, engaged.get(expert.pk, ()), wanted, roads) for expert in experts)
    return [each for each in found if each is not None]


def hindered(panel: Panel, expert: Expert) -> Trouble | None:
    """Return why somebody who is to join the panel cannot come to the visit it has planned; None when they can, or it has none."""
    visit = Visit.objects.filter(panel=panel, state=VisitState.PLANNED).first()
    if visit is None:
        return None
    found = troubles(panel, Span(visit.starts_at, visit.ends_at, visit.district), [expert])
    return found[0] if found else None


def cautions(panel: Panel, wanted: Span) -> list[str]:
    """Return what does not forbid the plan and ought to be known: a day off, a year without a calendar, unknown roads."""
    day = clock.local_date(wanted.starts_at)
    known = load_days(day, day).get(day)
    said = []
    if known is None:
        said.append(f"缺少{day.year}年工作日历，无法判断{wording.chinese_date(day)}是否为工作日")
    elif not known.is_workday:
        name = f"（{known.name}）" if known.name else ""
        said.append(f"{wording.chinese_date(day, with_weekday=True)}为休息日{name}，请确认专家和单位均可安排")
    experts = list(experts_of(panel))
    engaged, roads = engagements(experts, wanted, but=panel), roads_of(panel.jurisdiction_id)
    unknown = set().union(*(unknown_roads(each, wanted, roads) for each in engaged.values()))
    said += [f"未登记两地路程：{road_name(road)}，请自行核对成员是否赶得及" for road in sorted(unknown)]
    return said


def visits_in_list(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits with everything a line shows."""
    return visits.select_related("panel__application__organisation", "panel__application__call", "panel__jurisdiction")


def with_members(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits with everything a line shows and, as `panel.acting`, the acting members with their experts, chair first."""
    seats = PanelMember.objects.filter(state__in=ACTING).select_related("expert").order_by("-chair", "id")
    return visits_in_list(visits).prefetch_related(Prefetch("panel__members", seats, to_attr="acting"))


def acting_of(visit: Visit) -> list[PanelMember]:
    """The acting members of a visit that `with_members` has loaded."""
    found: list[PanelMember] = visit.panel.acting  # type: ignore[attr-defined]  # put there by the prefetch
    return found


def visits_of_expert(user: User, *, cancelled: bool = False) -> QuerySet[Visit]:
    """The visits a person is expected at, as a member who has declared; with those called off if a calendar must hear it."""
    mine = Visit.objects.filter(panel__members__expert__user=user, panel__members__state=MemberState.DECLARED)
    return visits_in_list(mine if cancelled else mine.exclude(state=VisitState.CANCELLED))
