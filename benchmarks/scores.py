"""A call whose review is over: three hundred files scored by seven experts on a sheet of fourteen items, its list drawn up."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import Any

from applications.models import Application, ApplicationVersion, Call
from benchmarks import data
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy import registry
from portal.policy.sample import SampleUnit, samples_of
from portal.policy.scoring import ScoreItem
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Expert, Opinion, Panel, PanelMember
from reviews.selectors.scores import PanelSheet, SheetLine, frozen
from reviews.services import selecting

FILES, EXPERTS, ITEMS = 300, 7, 14
MAXIMA = tuple(Decimal(10 if number in (1, 2) else 8 if number <= 6 else 6) for number in range(1, ITEMS + 1))  # 100


@dataclass(frozen=True)
class Scored:
    """The call, and where it is."""

    place: Jurisdiction
    call: Call


def a_place_with_quotas() -> Jurisdiction:
    """Return the first place whose policy ranks within cells, so that the matrix also works out what trimming would change."""
    codes = (each.code for each in registry.profiles() if registry.current(each.code).cells)
    return Jurisdiction.objects.get(code=next(codes))


def bureau_of(place: Jurisdiction) -> Organisation:
    """Return the office that runs the calls of a place."""
    offices = Organisation.objects.filter(jurisdiction=place).select_related("parent").order_by("id")
    return next(each for each in offices if each.tier is Tier.BUREAU)


def fill(place: Jurisdiction, officer: Actor, scale: int) -> Scored:
    """Make the call with `FILES` // scale files, its sheets, and its list."""
    edition = registry.current(place.code)
    call = data.make_call(place, edition, 1)
    samples = samples_of(place.code)
    if samples is None:
        raise LookupError(f"{place.code} offers no samples")
    files = _files(call, samples.units, officer, FILES // scale)
    _score(call, files, officer)
    selecting.draw_up_selection(call=call, by=officer)
    return Scored(place, call)


def _files(call: Call, units: tuple[SampleUnit, ...], by: Actor, count: int) -> list[Application]:
    now = clock.now()
    answers = {unit.key: unit.answers(clock.today()) for unit in units}
    made = [
        (unit, Application(jurisdiction=call.jurisdiction, call=call, track_key=unit.track, organisation=organisation,
                           created_by=by.person, created_at=now, updated_at=now, status="draft"))
        for unit, organisation in zip(cycle(units), data.units(900_000, count), strict=False)
    ]  # fmt: skip
    rows = Application.objects.bulk_create([row for _, row in made], batch_size=500)
    versions = ApplicationVersion.objects.bulk_create(
        [
            ApplicationVersion(
                application=row, number=1, answers=answers[unit.key], manifest=[], results=[], settings=call.settings,
                declaration="", sha256=f"{row.pk:064d}", submitted_by=by.person, submitted_at=now,
            )
            for unit, row in made
        ],
        batch_size=100,
    )  # fmt: skip
    for row, version in zip(rows, versions, strict=True):
        row.current, row.submitted_at, row.status, row.number = version, now, "reviewed", f"BENCH-S-{row.pk:08d}"
    Application.objects.bulk_update(rows, ["current", "submitted_at", "status", "number"], batch_size=200)
    return rows


def _score(call: Call, files: list[Application], by: Actor) -> None:
    now, draw = clock.now(), Random(1)  # noqa: S311 - made-up scores
    experts = Expert.objects.bulk_create(
        [Expert(jurisdiction=call.jurisdiction, name=f"专家{at}", unit_name="测量大学") for at in range(EXPERTS)]
    )
    panels = Panel.objects.bulk_create(
        [
            Panel(jurisdiction=call.jurisdiction, application=file, state="closed", created_by=by.person, created_at=now,
                  convened_at=now, unsealed_at=now, unsealed_by=by.person, closed_at=now, sheet=_sheet())
            for file in files
        ],
        batch_size=100,
    )  # fmt: skip
    seats = PanelMember.objects.bulk_create(
        [
            PanelMember(panel=panel, expert=expert, chair=at == 0, state="declared", declared_at=now)
            for panel in panels
            for at, expert in enumerate(experts)
        ],
        batch_size=500,
    )
    Opinion.objects.bulk_create(
        [
            Opinion(
                member=seat, conclusion="recommend", text="测量", scores=_points(draw), saved_at=now, submitted_at=now
            )
            for seat in seats
        ],
        batch_size=500,
    )


def _sheet() -> dict[str, Any]:
    rule = "按申报材料和现场考察情况评分；" * 6
    lines = (
        SheetLine(ScoreItem(number, "组", f"评分项目{number}", maximum, rule), maximum)
        for number, maximum in enumerate(MAXIMA, start=1)
    )
    return frozen(PanelSheet("bench", "测量评分表", "测量", tuple(lines)))


def _points(draw: Random) -> dict[str, str]:
    share = draw.uniform(0.5, 1)
    return {str(number): str(round(float(most) * 2 * share) / 2) for number, most in enumerate(MAXIMA, start=1)}
