"""One line of events out of every room's rows, and what of it a unit has not been told."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from assessments.enums import AssessmentState, PlaqueState, ReportState
from assessments.models import Assessment, Report
from assessments.selectors.history import Happening, events_of
from assessments.services.case_effects import carry_out
from assessments.services.register import record_plaque
from portal.calendars import clock
from portal.policy import registry
from tests.assessments.cases_kit import Bureau, bureau, decided, proposed, served
from tests.assessments.money_kit import line_of, make_base, pay
from tests.factories import make_actor, make_office

NOW = datetime(2026, 1, 20, 10, tzinfo=clock.SHANGHAI)


@pytest.fixture
def home(db: Any) -> Any:
    with bureau("shunyi") as found, clock.travel(NOW):
        yield found


def labels(events: list[Happening]) -> list[str]:
    return [event.label for event in events]


def test_money_plaques_and_cases_stand_in_one_line_newest_first(home: Bureau) -> None:
    base = make_base(home.place)
    record_plaque(base=base, state=PlaqueState.HANDED_OVER, on=date(2024, 11, 1), receiver="王经办", by=home.officer)
    first = base.account.grants.get().lines.order_by("id")[0]
    pay(line_of(base, first.key), make_actor("finance", make_office(home.place)))
    carry_out(case=decided(proposed(base, "improve", home.officer), home.approver), by=home.officer)
    served(base, "misconduct", home.officer)
    told = events_of(base, inside=True)
    assert [event.on for event in told] == sorted((event.on for event in told), reverse=True)
    words = labels(told)
    assert {"告知拟作“撤销资格”处置", "决定改进", "改进期开始", "铭牌已授牌", "认定"} <= set(words)
    [payment] = [event for event in told if event.label.startswith("拨付")]
    assert payment.amount == Decimal(400_000)
    assert set(words) == set(labels(events_of(base, inside=False)))


def test_a_unit_does_not_read_what_it_has_not_been_told(home: Bureau) -> None:
    base = make_base(home.place)
    proposed(base, "misconduct", home.officer)
    kept = Assessment.objects.create(
        jurisdiction=home.place, base=base, scheme_key="year1", starts_on=date(2024, 10, 18), ends_on=date(2025, 10, 18),
        state=AssessmentState.DECIDED, outcome="missed", decided_at=NOW, decided_by=home.approver.person,
        proposed_by=home.officer.person, created_at=NOW,
    )  # fmt: skip
    inside, outside = events_of(base, inside=True), events_of(base, inside=False)
    assert not any("撤销资格" in label for label in labels(inside))  # proposed, not yet told: nothing has happened
    assert [event.note for event in inside if "核验" in event.label] == ["结果：未达到"]
    assert not any("核验" in label for label in labels(outside))
    kept.told_at = NOW
    kept.save()
    assert any("核验" in label for label in labels(events_of(base, inside=False)))


@pytest.mark.django_db
def test_reports_of_a_year_are_milestones() -> None:
    with bureau("kunshan") as home, clock.travel(NOW):
        base = make_base(home.place, registry.current("kunshan").tracks[0].key)
        for key, late in (("summary", True), ("plan", False)):
            Report.objects.create(
                base=base, key=key, period_start=date(2025, 1, 1), period_end=date(2025, 12, 31), state=ReportState.SUBMITTED,
                first_submitted_at=NOW, submitted_at=NOW, saved_by=home.officer.person, saved_at=NOW, late=late, version=1, sha256="0" * 64,
            )  # fmt: skip
        filed = [event for event in events_of(base, inside=False) if event.label.startswith("报送")]
    assert sorted((event.shape, event.note, event.on) for event in filed) == [
        ("attention", "迟报", NOW.date()),
        ("done", "", NOW.date()),
    ]
