"""Two officers plan the same expert at the same instant: one visit stands, the other is refused with the reason.

On PostgreSQL the acts really run at once, each in a transaction of its own (`.ci/run` runs the suite there).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews.models import Visit
from reviews.services import panels, visits
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office
from tests.reviews.kit import BY_HAND, a_call, make_application, officer, seat, working_panel
from tests.reviews.recommend_kit import NOON, at_once

TRIES = 5 if connection.vendor == "postgresql" else 1  # a race is run more than once


@pytest.fixture
def place(transactional_db: Any) -> Iterator[Jurisdiction]:
    """A tenant, committed, so that other connections see it."""
    found = Jurisdiction.objects.get(code="hangzhou")
    with clock.travel(NOON), scope(jurisdiction=found):
        yield found


@pytest.mark.parametrize("turn", range(TRIES))
def test_one_expert_is_planned_twice_at_once(place: Jurisdiction, turn: int) -> None:
    by, colleague = officer(place), make_actor("bureau_officer", make_office(place))
    call = a_call(place)
    first, people = working_panel(make_application(call), by)
    second, others = working_panel(make_application(call), by)
    for one, panel in ((people[1], second), (others[1], first)):
        home = second if panel is first else first
        panels.add_member(panel=panel, expert=seat(home, one).expert, by=by, reason=BY_HAND)
    start = NOON + timedelta(days=1)

    def plan(panel: Any, who: Any, hours: int) -> Any:
        begin = start + timedelta(hours=hours)
        return lambda: visits.plan_visit(
            panel=panel, by=who, starts_at=begin, ends_at=begin + timedelta(hours=3), place="测试路 1 号"
        )

    outcomes = at_once(place, plan(first, by, 0), plan(second, colleague, 1))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "Visit"]
    refusal = next(each for each in outcomes if isinstance(each, Refused))
    assert refusal.field == "starts_at"
    assert "在该时段另有现场考察" in refusal.message
    assert Visit.objects.count() == 1
    assert Event.objects.filter(action="visit.plan").count() == 1
