"""Who may be drawn: an expert's facts held against the file they would judge, every reason in words.

Dates are ISO texts (`2024-09-01`): they compare as they stand, and a record holds them unchanged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from portal.policy.draw import EXCLUSION_LABELS, Exclusion
from portal.policy.text import plain_name

Reason = tuple[Exclusion, str]


@dataclass(frozen=True)
class Service:
    """Employment or service elsewhere; an empty `until` means it goes on."""

    unit: str
    since: str
    until: str = ""


@dataclass(frozen=True)
class Absence:
    """Days on which the expert cannot come, both included."""

    since: str
    until: str


@dataclass(frozen=True)
class Candidate:
    """What the pool says of one expert on the day of the snapshot.

    `state` is empty for one who can be called upon, otherwise the word for why not. `limit` 0 means any number of reviews
    at once. `rival`: their unit applies in the same call. `objection` is the applicant's upheld reason.
    """

    id: int
    name: str
    unit: str
    code: str = ""
    group: str = ""
    region: str = ""
    fields: tuple[str, ...] = ()
    state: str = ""
    load: int = 0
    limit: int = 0
    services: tuple[Service, ...] = ()
    absences: tuple[Absence, ...] = ()
    rival: bool = False
    seated: bool = False
    objection: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as a record holds it."""
        return asdict(self)


@dataclass(frozen=True)
class Occasion:
    """What experts are drawn for: the applicant, the days of the review, and which exclusions hold.

    `related` names the applicant's group and the units above and below it; `on` is the day of the snapshot, from which
    `years` are counted back.
    """

    unit: str
    code: str
    related: tuple[str, ...]
    regions: tuple[str, ...]
    since: str
    until: str
    on: str
    years: int
    checked: tuple[Exclusion, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as a record holds it."""
        return asdict(self)


def candidate_from(raw: Mapping[str, Any]) -> Candidate:
    """Read a candidate out of a record. Raise KeyError, TypeError or ValueError where it is none."""
    values = {each.name: raw[each.name] for each in fields(Candidate)}
    return Candidate(
        **values
        | {
            "fields": tuple(raw["fields"]),
            "services": tuple(Service(**each) for each in raw["services"]),
            "absences": tuple(Absence(**each) for each in raw["absences"]),
        }
    )


def occasion_from(raw: Mapping[str, Any]) -> Occasion:
    """Read an occasion out of a record. Raise KeyError, TypeError or ValueError where it is none."""
    values = {each.name: raw[each.name] for each in fields(Occasion)}
    return Occasion(
        **values
        | {
            "related": tuple(raw["related"]),
            "regions": tuple(raw["regions"]),
            "checked": tuple(Exclusion(each) for each in raw["checked"]),
        }
    )


def reasons_against(candidate: Candidate, occasion: Occasion) -> tuple[Reason, ...]:
    """Return every reason why this expert may not be drawn, in the order of `Exclusion`; empty when they may."""
    found = [
        (kind, sentence) for kind, sentence in _findings(candidate, occasion) if kind in occasion.checked and sentence
    ]
    return tuple(sorted(found, key=lambda reason: list(Exclusion).index(reason[0])))


def years_back(day: str, years: int) -> str:
    """Return the same day so many years earlier; 29 February becomes 28 February where there is none."""
    moment = date.fromisoformat(day)
    try:
        return moment.replace(year=moment.year - years).isoformat()
    except ValueError:
        return moment.replace(year=moment.year - years, day=28).isoformat()


def _findings(candidate: Candidate, occasion: Occasion) -> Iterator[Reason]:
    yield Exclusion.SAME_UNIT, _same_unit(candidate, occasion)
    yield Exclusion.SAME_GROUP, _same_group(candidate, occasion)
    yield Exclusion.RECENT_SERVICE, _recent_service(candidate, occasion)
    yield Exclusion.SAME_REGION, _same_region(candidate, occasion)
    yield Exclusion.UNAVAILABLE, _unavailable(candidate, occasion)
    yield Exclusion.OBJECTED, candidate.objection and f"申请单位申请回避，理由成立：{candidate.objection}"
    yield Exclusion.INACTIVE, candidate.state and f"专家目前为“{candidate.state}”"
    full = candidate.limit and candidate.load >= candidate.limit
    yield Exclusion.OVERLOADED, f"在评 {candidate.load} 件，已达上限 {candidate.limit} 件" if full else ""
    yield Exclusion.RIVAL, f"{EXCLUSION_LABELS[Exclusion.RIVAL]}（{candidate.unit}）" if candidate.rival else ""
    yield Exclusion.SEATED, EXCLUSION_LABELS[Exclusion.SEATED] if candidate.seated else ""


def _same_unit(candidate: Candidate, occasion: Occasion) -> str:
    if candidate.code and candidate.code.upper() == occasion.code.upper():
        return f"工作单位与申请单位统一社会信用代码相同（{occasion.code}）"
    if plain_name(candidate.unit) == plain_name(occasion.unit):
        return f"工作单位与申请单位相同（{occasion.unit}）"
    return ""


def _same_group(candidate: Candidate, occasion: Occasion) -> str:
    theirs = {plain_name(name): name for name in (candidate.unit, candidate.group) if name}
    ours = {plain_name(name) for name in (*occasion.related, occasion.unit) if name}
    own = plain_name(occasion.unit)
    for plain, name in theirs.items():
        # the same unit itself is told as such, not as its group
        if plain in ours and not (plain == own and name == candidate.unit):
            return f"与申请单位属同一集团或上下级单位（{name}）"
    return ""


def _recent_service(candidate: Candidate, occasion: Occasion) -> str:
    first = years_back(occasion.on, occasion.years)
    for service in candidate.services:
        recent = not service.until or service.until >= first
        if recent and plain_name(service.unit) == plain_name(occasion.unit):
            until = _shown(service.until) if service.until else "今"
            return f"{_shown(service.since)}至{until}在{service.unit}任职或为其服务，未满 {occasion.years} 年"
    return ""


def _same_region(candidate: Candidate, occasion: Occasion) -> str:
    if candidate.region and plain_name(candidate.region) in {plain_name(each) for each in occasion.regions}:
        return f"与申请单位同属{candidate.region}"
    return ""


def _unavailable(candidate: Candidate, occasion: Occasion) -> str:
    for absence in candidate.absences:
        if absence.since <= occasion.until and absence.until >= occasion.since:
            return f"{_shown(absence.since)}至{_shown(absence.until)}不能参加"
    return ""


def _shown(day: str) -> str:
    """An ISO date as pages write it; what is no date stands as it is."""
    year, _, rest = day.partition("-")
    month, _, date_ = rest.partition("-")
    return f"{year}年{int(month)}月{int(date_)}日" if month.isdigit() and date_.isdigit() else day
