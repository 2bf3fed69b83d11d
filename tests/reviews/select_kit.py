"""Makers for scoring and selection under real policies: the place, a call, reviewed files with scores, the level above."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django_scopes import scope

from applications.models import Application, ApplicationVersion, Call
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy.procedure import StageKind
from portal.policy.sample import SampleUnit, samples_of
from portal.policy.validation import evaluate_all, facts_for
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Expert, Opinion, Panel, PanelMember, Selection
from reviews.services import selecting
from tests.factories import make_actor, make_call, make_unit
from tests.reviews import kit, sample_kit

MONDAY = datetime(2024, 9, 2, 10, tzinfo=clock.SHANGHAI)
ON = date(2024, 7, 10)
_serial = count(1)
_built: dict[str, Mapping[str, Any]] = {}


@dataclass
class Desk:
    """A place with the people of its bureau."""

    place: Jurisdiction
    bureau: Organisation
    officer: Actor
    approver: Actor
    call: Call


@contextmanager
def desk(code: str, **settings: Any) -> Iterator[Desk]:
    """Enter the scope of a place at `MONDAY`; `settings` (dots as __) change its call's."""
    place = Jurisdiction.objects.get(code=code)
    with scope(jurisdiction=place), clock.travel(MONDAY):
        offices = Organisation.objects.filter(jurisdiction=place).select_related("parent").order_by("id")
        bureau = next(each for each in offices if each.tier is Tier.BUREAU)
        call = make_call(place, closes_at=MONDAY - timedelta(hours=1), opens_at=MONDAY - timedelta(days=30))
        call.settings = call.settings | {key.replace("__", "."): value for key, value in settings.items()}
        call.save()
        yield Desk(place, bureau, make_actor("bureau_officer", bureau), make_actor("bureau_approver", bureau), call)


def sample(code: str, **asked: Any) -> SampleUnit:
    """Return the first sample unit with these attributes."""
    found = samples_of(code)
    assert found is not None
    return next(unit for unit in found.units if all(getattr(unit, key) == value for key, value in asked.items()))


def file_of(
    call: Call, unit: SampleUnit, *, status: str = "reviewed", organisation: Organisation | None = None,
    desk: str = "bureau", **changed: Any,
) -> Application:  # fmt: skip
    """Return a file with a sample unit's answers, another unit's name, and `changed` answers by section."""
    place, edition, now = call.jurisdiction, call.edition, clock.now()
    unit_of = organisation or make_unit(name=f"测试单位{next(_serial):03d}", nature=unit.nature, district=unit.district)
    person = make_actor("unit_admin", unit_of)
    answers = {**_answers(unit)}
    answers |= {section: {**answers.get(section, {}), **values} for section, values in changed.items()}
    results = [each.as_data() for each in evaluate_all(edition, facts_for(edition, unit.track, answers, on=ON))]
    recommender = sample_kit.office_of(place, unit.recommender) if unit.recommender else None
    made = Application.objects.create(
        jurisdiction=place, call=call, track_key=unit.track, organisation=unit_of, status="draft", desk=desk,
        recommender=recommender, route=unit.route, created_by=person.user, created_at=now, updated_at=now,
    )  # fmt: skip
    made.current = ApplicationVersion.objects.create(
        application=made, number=1, answers=answers, manifest=[], declaration="", settings=call.settings, results=results,
        sha256=f"{made.pk:064d}", submitted_by=person.user, submitted_at=now,
    )  # fmt: skip
    made.status, made.submitted_at, made.number = status, now, f"{place.receipt_prefix}-2024-01-{made.pk:04d}-X"
    made.save()
    return Application.objects.select_related("organisation", "call", "current").get(pk=made.pk)


def _answers(unit: SampleUnit) -> Mapping[str, Any]:
    if unit.name not in _built:  # a sample's answers are long to build, and three hundred files share them
        _built[unit.name] = unit.answers(ON)
    return _built[unit.name]


def scored(application: Application, by: Actor, totals: Sequence[str], against: int = 0) -> Panel:
    """Give a reviewed file a closed panel whose experts gave these totals; the last `against` of them advise against."""
    place, now = application.jurisdiction, clock.now()
    panel = Panel.objects.create(
        jurisdiction=place, application=application, stage=StageKind.EXPERT_REVIEW.value, state="closed", created_by=by.user,
        created_at=now, convened_at=now, unsealed_at=now, unsealed_by=by.user, conclusion="同意", closed_at=now,
    )  # fmt: skip
    for at, total in enumerate(totals):
        expert = Expert.objects.create(jurisdiction=place, name=f"专家{at + 1}", unit_name="测试大学")
        member = PanelMember.objects.create(
            panel=panel, expert=expert, chair=at == 0, state="declared", declared_at=now
        )
        Opinion.objects.create(
            member=member, conclusion="recommend" if at < len(totals) - against else "against", text=kit.LONG,
            scores={"1": total} if total else {}, saved_at=now, submitted_at=now, sha256="0" * 64,
        )  # fmt: skip
    return panel


def municipal(
    desk: Desk, *totals: str, category: str = "digital", support: str = "funded", **options: Any
) -> Application:
    """Return a reviewed municipal file of a category and support with one score an expert."""
    unit = sample("chongqing", track="municipal")
    changed = {"municipal": {"category": category, "support": support, "adjust": "yes"}}
    made = file_of(desk.call, unit, **changed, **options)
    scored(made, desk.officer, totals)
    return made


def national(desk: Desk, *totals: str, tier: str = "A", adjust: str = "no", **options: Any) -> Application:
    """Return a reviewed national file of a tier."""
    unit = sample("chongqing", track="national")
    made = file_of(desk.call, unit, national={"tier": tier, "adjust": adjust}, **options)
    scored(made, desk.officer, totals)
    return made


def drawn_up(desk: Desk) -> Selection:
    """Draw the selection up."""
    return selecting.draw_up_selection(call=desk.call, by=desk.officer)


def fixed(desk: Desk) -> Selection:
    """Draw it up and fix it."""
    return selecting.fix_selection(selection=drawn_up(desk), by=desk.approver)
