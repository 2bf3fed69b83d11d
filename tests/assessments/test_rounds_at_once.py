"""Two approvers at the same instant: a result is decided once, and what it leads to is proposed once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope

from assessments.models import Assessment, Case
from assessments.services import rounds_checks, rounds_results
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from tests.assessments import rounds_kit as kit
from tests.factories import make_actor
from tests.reviews.recommend_kit import NOON, at_once


@pytest.fixture
def place(transactional_db: Any) -> Iterator[Jurisdiction]:
    """A tenant, committed, so that other connections see it."""
    found = Jurisdiction.objects.get(code="kunshan")
    with clock.travel(NOON), scope(jurisdiction=found):
        yield found


def test_a_result_is_decided_once_and_its_consequence_proposed_once(place: Jurisdiction) -> None:
    with kit.at("kunshan", NOON) as here:
        colleague = make_actor("bureau_approver", here.desk.bureau)
        base = kit.make_base(here, on=kit.RECOGNISED)
        both = at_once(
            place, *[lambda: rounds_checks.begin_check(base=base, scheme_key="agreement", by=here.officer)] * 2
        )
        assert both[0] == both[1]
        row = rounds_results.propose_outcome(
            assessment=both[0], outcome="rectify", reason="未按协议开班", by=here.officer
        )  # fmt: skip
        outcomes = at_once(
            place,
            lambda: rounds_results.approve_result(assessment=row, by=here.approver),
            lambda: rounds_results.approve_result(assessment=row, by=colleague),
        )
        assert sorted(type(each).__name__ for each in outcomes) == ["Assessment", "WrongState"]
        assert (Assessment.objects.count(), Case.objects.count()) == (1, 1)
        assert Event.objects.filter(action="assessment.decide").count() == 1
