"""Makers for cases: a place in its scope, its people, a base of any day, a case on its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django_scopes import scope

from assessments.models import Base, Case
from assessments.services import case_hearings, cases
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy import registry
from portal.tenancy.models import Jurisdiction
from tests.assessments.money_kit import make_base, pdf
from tests.factories import make_actor, make_office

FACTS = "经现场核查和调取资料，该单位存在所述情形，事实清楚。"
REASON = "事实清楚，证据充分，单位的意见不影响认定。"


def at(text: str) -> datetime:
    """Return an instant on a Shanghai clock."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


@dataclass(frozen=True)
class Bureau:
    """A place with one officer and one approver."""

    place: Jurisdiction
    officer: Actor
    approver: Actor


@contextmanager
def bureau(code: str) -> Iterator[Bureau]:
    """Enter the scope of a place with its people."""
    place = Jurisdiction.objects.get(code=code)
    with scope(jurisdiction=place):
        office = make_office(place)
        yield Bureau(place, make_actor("bureau_officer", office), make_actor("bureau_approver", office))


def base_of(home: Bureau, track: str = "", on: date = date(2024, 3, 1), **settings: Any) -> Base:
    """Return a base recognised on a day."""
    return make_base(home.place, track or registry.current(home.place.code).tracks[0].key, on=on, **settings)


def proof(name: str = "核查记录.pdf") -> tuple[str, Any]:
    """Return a piece of evidence."""
    return name, pdf()


def proposed(base: Base, consequence: str, by: Actor, **more: Any) -> Case:
    """Return a case proposed with one piece of evidence."""
    said = {"facts": FACTS, "evidence": [proof()]}
    return cases.propose(base=base, consequence=consequence, by=by, **(said | more))


def served(base: Base, consequence: str, by: Actor) -> Case:
    """Return a case whose unit has been told."""
    return case_hearings.serve(case=proposed(base, consequence, by), by=by)


def decided(case: Case, by: Actor, number: int = 1, **more: Any) -> Case:
    """Return a case decided today."""
    today = clock.today()
    said = {"reason": REASON, "document_number": f"测人社决〔{today.year}〕{number}号", "issued_on": today}
    return cases.decide(case=case, by=by, **(said | more))


def unit_of(base: Base) -> Actor:
    """Return a person of the base's unit."""
    return make_actor("unit_operator", base.organisation)
