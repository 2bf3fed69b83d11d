"""The invented jurisdiction as a tenant: its package imported the way the entry point imports it, its offices and people."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django_scopes import scope

from applications.models import Application, Call
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy import registry, sample
from portal.policy.sample import SampleUnit
from portal.tenancy.models import Jurisdiction, Organisation
from portal.tenancy.services import install_jurisdiction
from tests.factories import make_actor, make_unit

HERE = Path(__file__).resolve().parent
CODE = "riverland"


def at(month: int, day: int, hour: int = 10) -> datetime:
    """Return an instant of the policy's one call, in the summer of 2024."""
    return datetime(2024, month, day, hour, tzinfo=clock.SHANGHAI)


@contextmanager
def registered() -> Iterator[Any]:
    """Import the package, which registers its edition and samples; forget all of it at the end."""
    sys.path.insert(0, str(HERE))
    try:
        yield import_module(f"{CODE}.editions").RL_2024
    finally:
        sys.path.remove(str(HERE))
        registry.registry._editions.pop("RL-2024", None)
        sample._samples.pop(CODE, None)
        for name in [name for name in sys.modules if name.split(".")[0] == CODE]:
            del sys.modules[name]


@dataclass
class World:
    """The tenant with a person of each office, and its one published call."""

    place: Jurisdiction
    call: Call
    officer: Actor
    approver: Actor
    towns: dict[str, Actor]  # the recommender of each town, by the office's key
    units: dict[str, tuple[SampleUnit, Actor]]  # the sample units with their administrators


@contextmanager
def riverland() -> Iterator[World]:
    """Register the policy, install its tenant with everybody in it, publish its call; stand in its scope."""
    with registered() as edition:
        place = install_jurisdiction(profile=edition.profile)
        with scope(jurisdiction=place):
            yield _peopled(place, edition)


def _peopled(place: Jurisdiction, edition: Any) -> World:
    offices = {each.name: each for each in Organisation.objects.filter(jurisdiction=place)}
    by_key = {office.key: offices[office.name] for office in edition.profile.offices}
    samples = sample.samples_of(CODE)
    assert samples is not None
    return World(
        place,
        _call(place, edition),
        officer=make_actor("bureau_officer", by_key["bureau"]),
        approver=make_actor("bureau_approver", by_key["bureau"]),
        towns={key: make_actor("recommender", by_key[key]) for key in ("upper", "lower")},
        units={unit.key: (unit, _administrator(unit)) for unit in samples.units},
    )


def _call(place: Jurisdiction, edition: Any) -> Call:
    (official,) = edition.official_calls
    call = Call.objects.create(
        jurisdiction=place, edition_code=edition.code, title=official.title, year=official.year, batch=official.batch,
        opens_at=official.opens_at, closes_at=official.closes_at, state="published",
        published_at=official.opens_at - timedelta(days=1), settings=edition.setting_values(),
    )  # fmt: skip
    for window in official.windows:
        call.windows.create(stage=window.stage, opens_at=window.opens_at, closes_at=window.closes_at)
    return call


def _administrator(unit: SampleUnit) -> Actor:
    organisation = make_unit(
        name=unit.name, credit_code=unit.credit_code, nature=unit.nature, district=unit.district, address=unit.address
    )
    return make_actor("unit_admin", organisation)


def town_of(world: World, key: str) -> Actor:
    """Return the recommender of the town a sample unit belongs to."""
    return world.towns[world.units[key][0].recommender]


def typed(unit: SampleUnit) -> dict[str, Any]:
    """Return what a sample unit fills in."""
    return dict(unit.answers(date(2024, 7, 10)))


def fresh(application: Application) -> Application:
    """Return an application as it stands in the database."""
    return Application.objects.select_related("call", "organisation").get(pk=application.pk)
