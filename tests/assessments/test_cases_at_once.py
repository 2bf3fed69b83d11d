"""Two people act on one case at the same instant: it is decided once, carried out once, and its number given once.

On PostgreSQL the acts really run at once, each in a transaction of its own (`.ci/run` runs the suite there).
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope

from applications.models import IssuedNumber, LostTitle
from assessments.models import Announcement
from assessments.services import case_effects, case_hearings
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from tests.assessments.cases_kit import base_of, bureau, decided, served, unit_of
from tests.factories import make_actor, make_office
from tests.reviews.recommend_kit import NOON, at_once


@pytest.fixture
def place(transactional_db: Any) -> Iterator[Jurisdiction]:
    """A tenant, committed, so that other connections see it."""
    found = Jurisdiction.objects.get(code="hangzhou")
    with clock.travel(NOON), scope(jurisdiction=found):
        yield found


def test_a_case_is_decided_once_and_carried_out_once(place: Jurisdiction) -> None:
    with bureau("hangzhou") as home, clock.travel(NOON):
        colleague = make_actor("bureau_approver", make_office(place))
        first, second = (served(base_of(home), "revoke", home.officer) for _ in range(2))
        for case in (first, second):
            case_hearings.waive(case=case, by=unit_of(case.base))
        outcomes = at_once(
            place, lambda: decided(first, home.approver), lambda: decided(first, colleague, number=2)
        )  # fmt: skip
        assert sorted(type(each).__name__ for each in outcomes) == ["Case", "WrongState"]
        number = IssuedNumber.objects.get().serial
        outcomes = at_once(
            place,
            lambda: decided(second, colleague, number=number),
            lambda: case_effects.carry_out(case=first, by=home.approver),
            lambda: case_effects.carry_out(case=first, by=home.officer),
        )
        assert sorted(type(each).__name__ for each in outcomes) == ["Case", "Case", "Refused"]
    assert (Announcement.objects.count(), LostTitle.objects.count()) == (1, 1)
    assert Event.objects.filter(action="case.carry_out").count() == 1
