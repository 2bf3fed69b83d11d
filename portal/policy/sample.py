"""Sample material for a demonstration: invented units with complete answers, and invented experts.

A policy app registers it beside its edition, since only the policy knows what a plausible answer is. Nothing of it is real.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.policy.values import complete_id_number

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class SampleUnit:
    """An invented applicant. `answers` builds a complete form as of a day; `core` is the core of a granted name."""

    key: str
    name: str
    credit_code: str
    nature: str
    district: str
    address: str
    postcode: str
    track: str
    core_mode: str
    core: str
    answers: Callable[[date], Answers]
    recommender: str = ""  # key of the recommending office in the profile, where the policy has one
    route: str = ""
    also: Mapping[str, Callable[[date], Answers]] = field(default_factory=dict)  # forms for further tracks, by track


@dataclass(frozen=True)
class SampleExpert:
    """An invented expert."""

    key: str
    name: str
    unit_name: str
    title: str
    fields: tuple[str, ...]
    district: str


@dataclass(frozen=True)
class SampleOffice:
    """The invented person who works at a recommending office: `office` is its key in the profile."""

    office: str
    username: str
    name: str


@dataclass(frozen=True)
class SampleMap:
    """Where a place's districts lie: (longitude, latitude) of each seat, to a hundredth of a degree.

    `pace` is kilometres an hour as the crow flies (towns are near and slow, leagues far and fast), `inside` the minutes on
    the road within one district.
    """

    pace: float
    inside: int
    seats: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class SampleBase:
    """A base of earlier years: of which unit, recognised when (as of the day of the demonstration), how well it does.

    `pace` is what it achieves in percent of what is asked; `under` an older policy it was recognised under.
    """

    unit: str
    core: str  # of its name
    document: str  # `{year}` is the year of recognition
    recognised: Callable[[date], date]
    pace: int
    track: str = ""  # empty: the unit's
    under: str = ""


@dataclass(frozen=True)
class SampleAfter:
    """What bases of earlier years kept and reported.

    `rows` are a base's rows of a ledger in the month that begins on a day, by column; `answers` those of a report, by
    question; `stated` its self-assessment.
    """

    bases: tuple[SampleBase, ...]
    rows: Callable[[SampleBase, str, date], Sequence[Answers]]
    answers: Callable[[str], Answers]
    stated: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Samples:
    """What the demonstration of one jurisdiction is made of. `document_series` numbers its demo documents.

    `scene` names the stage at which its calls are shown (see `portal.desk.demo.story`); without one the procedure decides.
    `verification` is what an office finds about a unit, on the form its policy asks for; `chapters` are the texts of
    reports by key. `prefixed` says whether usernames begin with the jurisdiction's letters.
    """

    units: tuple[SampleUnit, ...]
    experts: tuple[SampleExpert, ...]
    document_series: str
    offices: tuple[SampleOffice, ...] = ()
    verification: Callable[[SampleUnit, date], Answers] | None = None
    chapters: Mapping[str, str] = field(default_factory=dict)
    scene: str = ""
    map: SampleMap | None = None
    prefixed: bool = True
    after: SampleAfter | None = None


FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安北辰德恩帆歌禾佳可朗敏宁乔然思桐文希彦一卓子云舟"


def invented_person(number: int) -> tuple[str, str]:
    """Return an invented trainee: a name and an identity number of a region that does not exist (000000)."""
    name = FAMILY[number % 32] + GIVEN[number // 32 % 25] + GIVEN[(number * 7 + number // 800) % 25]
    born = date(1978, 1, 1) + timedelta(days=number * 13 % 9000)
    return name, complete_id_number(f"000000{born:%Y%m%d}{number % 1000:03d}")


_samples: dict[str, Samples] = {}


def register_samples(jurisdiction: str, samples: Samples) -> Samples:
    """Offer sample material for a jurisdiction."""
    _samples[jurisdiction] = samples
    return samples


def samples_of(jurisdiction: str) -> Samples | None:
    """Return a jurisdiction's sample material, or None."""
    return _samples.get(jurisdiction)
