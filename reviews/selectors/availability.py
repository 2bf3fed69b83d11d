"""Whether an expert can be somewhere: absences, other visits, and the road between. Pure: over rows loaded before.

A road that nobody has entered hinders nothing; it is told as a caution.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.calendars import clock, wording
from reviews.models import Expert, Visit
from reviews.selectors.travel import Pair, Roads, pair
from reviews.selectors.visit_words import spoken


class Kind(StrEnum):
    """Why somebody cannot come."""

    ABSENT = "absent"
    BUSY = "busy"
    NEAR = "near"


WORDS = {Kind.ABSENT: "不能参加", Kind.BUSY: "另有安排", Kind.NEAR: "赶不及"}


@dataclass(frozen=True)
class Span:
    """When and where somebody is wanted. Both instants are aware; `district` may be empty."""

    starts_at: datetime
    ends_at: datetime
    district: str = ""


@dataclass(frozen=True)
class Trouble:
    """Why one expert cannot come at a time; `text` names them and the reason."""

    expert: Expert
    kind: Kind
    text: str

    @property
    def word(self) -> str:
        """The reason in one word."""
        return WORDS[self.kind]


def trouble(expert: Expert, others: Iterable[Visit], wanted: Span, roads: Roads) -> Trouble | None:
    """Return why the expert cannot come, an absence before another visit before the road; None when they can.

    `others` are the visits they are expected at, the wanted one not among them.
    """
    if away := absence(expert, wanted):
        return Trouble(expert, Kind.ABSENT, f"专家{expert.name}{_said(away)}不能参加（专家库登记）")
    near: Trouble | None = None
    for visit in others:
        if visit.starts_at < wanted.ends_at and visit.ends_at > wanted.starts_at:
            return Trouble(expert, Kind.BUSY, f"专家{expert.name}在该时段另有{spoken(visit)}")
        needed, between = roads.minutes(visit.district, wanted.district), _between(visit, wanted)
        if near is None and needed is not None and between < timedelta(minutes=needed):
            left = int(between.total_seconds() // 60)
            text = f"专家{expert.name}另有{spoken(visit)}，{_road(visit.district, wanted.district)}约 {needed} 分钟，间隔只有 {left} 分钟"
            near = Trouble(expert, Kind.NEAR, text)
    return near


def absence(expert: Expert, wanted: Span) -> dict[str, str] | None:
    """Return the entry of the expert list that keeps them away on a day of the span."""
    first, last = _days(wanted)
    found: Iterable[dict[str, str]] = expert.absences
    return next(
        (each for each in found if each["since"] <= last.isoformat() and first.isoformat() <= each["until"]), None
    )


def unknown_roads(others: Iterable[Visit], wanted: Span, roads: Roads) -> set[Pair]:
    """Return the roads to visits of the same day that nobody has entered."""
    days = _days(wanted)
    return {
        pair(visit.district, wanted.district)
        for visit in others
        if clock.local_date(visit.starts_at) <= days[1] and days[0] <= clock.local_date(visit.ends_at)
        if roads.minutes(visit.district, wanted.district) is None
    }


def road_name(road: Pair) -> str:
    """西湖区至余杭区, 余杭区内."""
    return _road(*road)


def _road(one: str, other: str) -> str:
    if not (one and other):
        return f"{one or other}至未填写地区的一处" if one or other else "未填写地区的两处之间"
    return f"{one}内路程" if one == other else f"{one}至{other}路程"


def _said(away: dict[str, str]) -> str:
    """2024年9月4日至9月5日."""
    since, until = date.fromisoformat(away["since"]), date.fromisoformat(away["until"])
    last = "" if since == until else f"至{wording.chinese_date(until, with_year=until.year != since.year)}"
    return f"{wording.chinese_date(since)}{last}"


def _between(visit: Visit, wanted: Span) -> timedelta:
    if visit.ends_at <= wanted.starts_at:
        return wanted.starts_at - visit.ends_at
    return visit.starts_at - wanted.ends_at


def _days(wanted: Span) -> tuple[date, date]:
    return clock.local_date(wanted.starts_at), clock.local_date(wanted.ends_at)
