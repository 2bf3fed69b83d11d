"""The route of one day: who goes where in what order, and how long the road between takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.calendars import clock
from reviews.models import PanelMember, Visit
from reviews.selectors.travel import Roads
from reviews.selectors.visits import acting_of


@dataclass(frozen=True)
class Stop:
    """A visit on a route. `road` is the minutes from where one was before, None if nobody has entered them.

    `gap` is the time there is for it in minutes, None for the first stop of the day.
    """

    visit: Visit
    origin: str
    road: int | None
    gap: int | None

    @property
    def short_of_time(self) -> bool:
        """Whether the road takes longer than there is time."""
        return self.road is not None and self.gap is not None and self.gap < self.road


@dataclass(frozen=True)
class Group:
    """The same people over a day: members, the chair first, and their stops in order."""

    members: list[PanelMember]
    stops: list[Stop]


def groups_of(visits: Iterable[Visit], roads: Roads) -> list[Group]:
    """Return the routes of a day, visits of the very same members together, in the order they set out."""
    found: dict[frozenset[int], list[Visit]] = {}
    for visit in sorted(visits, key=lambda each: (each.starts_at, each.pk)):
        found.setdefault(frozenset(seat.expert_id for seat in acting_of(visit)), []).append(visit)
    return [Group(acting_of(rows[0]), stops_of(rows, roads)) for rows in found.values()]


def stops_of(visits: Iterable[Visit], roads: Roads, *, home: str = "") -> list[Stop]:
    """Return visits in order with the road to each; the first one's is from `home`, where that is known."""
    stops: list[Stop] = []
    for visit in sorted(visits, key=lambda each: (each.starts_at, each.pk)):
        before = stops[-1].visit if stops else None
        origin = before.district if before else home
        road = roads.minutes(origin, visit.district) if origin and visit.district else None
        gap = int((visit.starts_at - before.ends_at).total_seconds() // 60) if before else None
        stops.append(Stop(visit, origin, road, gap))
    return stops


def on_day(visits: Iterable[Visit], day: date) -> list[Visit]:
    """Those of the visits that begin on the day."""
    return [visit for visit in visits if clock.local_date(visit.starts_at) == day]
