"""Terms that run out are told once: late, twice or after weeks without workers; nothing is told of what is settled."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from assessments.services import case_hearings, improvements
from assessments.tasks import sweep_terms
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.notifications.models import Message
from tests.assessments.cases_kit import Bureau, at, base_of, bureau, served, unit_of
from tests.assessments.test_cases_improvement import improving
from tests.factories import make_actor, make_office

pytestmark = pytest.mark.django_db
HEARING, OVER, ENDS = "陈述申辩期满，请作出决定", "改进（整改）期满，请复核", "改进（整改）期将满"
DECIDED = at("2026-11-02T10:00")  # the period to mend ends on 2026-12-31, by the policy's cap
CASES = (HEARING, OVER, ENDS)


@pytest.fixture
def home(db: Any) -> Iterator[Bureau]:
    with bureau("shunyi") as found:
        yield found


def titles(by: Actor, day: datetime) -> list[str]:
    """Return what the sweep of a day, run twice, adds for a person."""
    known = set(Message.objects.filter(user=by.user).values_list("pk", flat=True))
    with clock.travel(day):
        sweep_terms()
        sweep_terms()
    mine = Message.objects.filter(user=by.user, title__in=CASES).exclude(pk__in=known)
    return [each.title for each in mine.order_by("pk")]


def test_the_desk_hears_once_that_a_hearing_is_over(home: Bureau) -> None:
    stranger = make_actor("bureau_officer", make_office(home.place.__class__.objects.get(code="kunshan")))
    with clock.travel(DECIDED):
        base = base_of(home, "ts", on=date(2024, 10, 15))
        unit, case = unit_of(base), served(base, "misconduct", home.officer)
    until = case.hearing_until
    assert until is not None
    assert titles(home.officer, until - timedelta(minutes=1)) == []
    assert titles(home.officer, until) == [HEARING]
    told = Message.objects.get(user=home.approver.user, title=HEARING)
    assert (told.link, base.name in told.body, told.urgent) == (f"/shunyi/desk/cases/{case.pk}/", True, True)
    assert [titles(by, until + timedelta(days=40)) for by in (home.officer, home.approver, unit, stranger)] == [[]] * 4


def test_a_unit_that_has_answered_or_waived_is_told_of_by_its_answer_alone(home: Bureau) -> None:
    with clock.travel(DECIDED):
        base = base_of(home, "ts", on=date(2024, 10, 15))
        case = served(base, "misconduct", home.officer)
        case_hearings.waive(case=case, by=unit_of(base))
    assert case.hearing_until is not None
    assert titles(home.officer, case.hearing_until) == []


def test_the_unit_is_reminded_once_and_the_desk_told_once_when_a_period_to_mend_ends(home: Bureau) -> None:
    with clock.travel(DECIDED):
        base = base_of(home, "ts", on=date(2024, 10, 15))
        unit, period = unit_of(base), improving(home, base, first_year=False)
    days = [at(f"{day}T09:00") for day in ("2026-12-27", "2026-12-28", "2026-12-29", "2026-12-31", "2027-01-01")]
    assert [titles(unit, day) for day in days] == [[], [ENDS], [], [], []]
    body = Message.objects.get(user=unit.user, title=ENDS).body
    assert ("2026-12-31" in body, "还有 3 天" in body) == (True, True)
    told = Message.objects.filter(user=home.officer.user, title=OVER)
    assert (told.count(), told[0].link) == (1, f"/shunyi/desk/cases/{period.case_id}/")
    assert titles(home.officer, at("2027-03-01T09:00")) == []


def test_after_weeks_without_workers_only_what_is_over_is_told(home: Bureau) -> None:
    with clock.travel(DECIDED):
        base = base_of(home, "ts", on=date(2024, 10, 15))
        unit, _ = unit_of(base), improving(home, base, first_year=False)
    assert titles(home.officer, at("2027-02-20T09:00")) == [OVER]
    assert not Message.objects.filter(user=unit.user, title=ENDS).exists()


def test_a_prolonged_period_is_told_of_anew_and_a_closed_one_not_at_all(home: Bureau) -> None:
    with clock.travel(DECIDED):
        base = base_of(home, "ts", on=date(2024, 10, 15))
        unit, period = unit_of(base), improving(home, base, first_year=False)
    assert titles(unit, at("2026-12-30T09:00")) == [ENDS]
    with clock.travel(at("2026-12-30T10:00")):
        improvements.extend(improvement=period, to=date(2027, 1, 20), basis="京人社函〔2026〕9号", by=home.officer)
    assert titles(home.officer, at("2027-01-10T09:00")) == []
    assert titles(unit, at("2027-01-18T09:00")) == [ENDS]
    with clock.travel(at("2027-01-19T10:00")):
        improvements.close_improvement(improvement=period, passed=True, result="已达到", by=home.officer)
    assert titles(home.officer, at("2027-01-25T09:00")) == []
