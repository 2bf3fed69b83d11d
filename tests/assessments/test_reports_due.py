"""What a base owes and when: boundaries of the due day, working days, missing calendars, recognition, the end of a title."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django_scopes import scope

from assessments.models import Base, Report
from assessments.selectors.bases import with_terms
from assessments.selectors.due import DueState, Expected, expected, filed_in, missing_of_bases
from assessments.selectors.duties import due_day
from portal.calendars import clock
from portal.calendars.models import CalendarYear
from portal.calendars.selectors import load_days
from portal.calendars.working_days import MissingCalendarYear
from portal.policy.ledger import Due, Period
from portal.tenancy.models import Jurisdiction
from tests.assessments.ledger_kit import make_base

MARCH = Period(date(2024, 3, 1), date(2024, 3, 31))


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place):
        yield place


def entry(base: Base, key: str, start: date, today: date) -> Expected:
    return next(each for each in expected(base, today) if (each.report.key, each.period.start) == (key, start))


def filed(base: Base, key: str, period: Period, **fields: Any) -> Report:
    at = datetime(2024, 4, 3, tzinfo=clock.SHANGHAI)
    values = {
        "saved_at": at, "state": "submitted", "version": 1, "submitted_at": at, "first_submitted_at": at, "sha256": "0" * 64,
        "late": False,
    }  # fmt: skip
    return Report.objects.create(
        base=base, key=key, period_start=period.start, period_end=period.end, **(values | fields)
    )


def test_a_fixed_day_is_clipped_to_its_month_and_stays_on_a_rest_day() -> None:
    february = Period(date(2024, 1, 1), date(2024, 1, 31))
    assert due_day(Due(31), february, {}, {}) == date(2024, 2, 29)
    assert due_day(Due(10, setting="d"), MARCH, {"d": 13}, {}) == date(2024, 4, 13)  # a Saturday
    assert due_day(Due(31, months=0, from_start=True), Period(date(2024, 1, 1), date(2024, 12, 31)), {}, {}) == date(
        2024, 1, 31
    )


def test_the_switch_rolls_a_fixed_day_to_the_next_working_day(shunyi: Any) -> None:
    days = load_days(date(2024, 4, 1), date(2024, 5, 31))
    assert due_day(Due(13), MARCH, {"deadline.roll_to_workday": True}, days) == date(2024, 4, 15)


@pytest.mark.rule("G-07")
def test_the_fifth_working_day_counts_over_holidays_and_made_up_days(shunyi: Any) -> None:
    base, today = make_base(shunyi, "ts"), date(2024, 10, 1)
    assert entry(base, "monthly", date(2024, 3, 1), today).due_on == date(
        2024, 4, 8
    )  # 清明: 4 to 6 April, 7 April worked
    assert entry(base, "monthly", date(2024, 9, 1), today).due_on == date(
        2024, 10, 12
    )  # 国庆: 8 to 11, and Saturday 12
    days = load_days(date(2024, 2, 1), date(2024, 2, 29))
    assert due_day(Due(30, working=True), Period(date(2024, 1, 1), date(2024, 1, 31)), {}, days) == date(2024, 2, 29)


@pytest.mark.rule("G-08")
def test_without_a_calendar_the_day_is_unknown_and_never_guessed(shunyi: Any) -> None:
    base = make_base(shunyi, "ts")
    CalendarYear.objects.filter(year=2024).delete()
    found = entry(base, "monthly", date(2024, 3, 1), date(2024, 6, 1))
    assert (found.due_on, found.state, found.problem) == (None, DueState.OPEN, "缺少2024年工作日历，报送期限待定")
    with pytest.raises(MissingCalendarYear):
        due_day(Due(5, working=True), MARCH, {}, {})


def test_what_was_handed_in_while_the_day_was_unknown_is_judged_once_it_is_known(shunyi: Any) -> None:
    base = make_base(shunyi, "ts")
    filed(base, "monthly", MARCH, late=None, first_submitted_at=datetime(2024, 4, 10, tzinfo=clock.SHANGHAI))
    assert entry(base, "monthly", MARCH.start, date(2024, 6, 1)).state is DueState.LATE_SUBMITTED


def test_a_report_is_open_after_its_period_and_late_after_its_day(hangzhou: Any) -> None:
    base = make_base(hangzhou, "school")
    states = [entry(base, "monthly", MARCH.start, day).state for day in (
        date(2024, 3, 31), date(2024, 4, 1), date(2024, 4, 10), date(2024, 4, 11)
    )]  # fmt: skip
    assert states == [DueState.NOT_DUE, DueState.OPEN, DueState.OPEN, DueState.LATE]
    filed(base, "monthly", MARCH, state="draft", version=0, submitted_at=None, first_submitted_at=None, sha256="")
    assert entry(base, "monthly", MARCH.start, date(2024, 4, 10)).state is DueState.DRAFT
    assert entry(base, "monthly", MARCH.start, date(2024, 4, 11)).state is DueState.LATE


def test_what_was_due_before_recognition_is_not_owed(hangzhou: Any) -> None:
    owed = expected(make_base(hangzhou, "school", recognised_on=date(2024, 3, 1)), date(2025, 2, 1))
    assert [each.period.title for each in owed if each.report.key == "plan"] == ["2025 年"]  # due 31 January 2024
    assert [each.period.title for each in owed if each.report.key == "summary"] == ["2024 年", "2025 年"]
    early = expected(make_base(hangzhou, "school", recognised_on=date(2024, 1, 31)), date(2024, 2, 1))
    assert "plan" in {each.report.key for each in early}  # the day itself


def test_an_ended_base_owes_nothing_that_became_complete_after(hangzhou: Any) -> None:
    base = make_base(hangzhou, "school", state="revoked", ended_on=date(2024, 5, 15))
    owed = expected(base, date(2025, 6, 1))
    assert [each.period.title for each in owed] == ["2024 年 3 月", "2024 年 4 月"]
    assert missing_of_bases(with_terms(Base.objects.all()), date(2025, 6, 1)) == {base.pk: 2}


def test_reports_due_once_and_reports_of_a_track(db: Any) -> None:
    place = Jurisdiction.objects.get(code="chongqing")
    with scope(jurisdiction=place):
        base = make_base(place, "nat_a", recognised_on=date(2024, 1, 31))
        owed = {each.report.key: each for each in expected(base, date(2024, 2, 1))}
        assert owed["outputs12"].period == Period(date(2024, 1, 31), date(2025, 1, 31))
        assert owed["outputs12"].due_on == date(2025, 2, 28)
        assert owed["outputs24"].state is DueState.NOT_DUE
        assert entry(base, "outputs12", date(2024, 1, 31), date(2025, 2, 1)).state is DueState.OPEN


def test_filed_in_counts_what_is_filed_of_what_is_owed(hangzhou: Any) -> None:
    base, year = make_base(hangzhou, "school"), Period(date(2024, 1, 1), date(2025, 12, 31))
    filed(base, "monthly", MARCH)
    filed(base, "monthly", Period(date(2024, 4, 1), date(2024, 4, 30)), state="accepted")
    filed(base, "monthly", Period(date(2024, 5, 1), date(2024, 5, 31)), state="returned")
    filed(base, "summary", Period(date(2024, 1, 1), date(2024, 12, 31)), state="accepted")
    with clock.travel(datetime(2025, 3, 1, tzinfo=clock.SHANGHAI)):
        assert filed_in(base, ("monthly", "plan", "summary"), year) == {
            "monthly": (2, 22), "plan": (0, 1), "summary": (1, 2),
        }  # fmt: skip


def test_missing_of_many_bases_costs_two_queries(hangzhou: Any, django_assert_num_queries: Any) -> None:
    bases = [make_base(hangzhou, "school") for _ in range(4)]
    today = date(2024, 4, 10) + timedelta(days=1)
    with django_assert_num_queries(2):  # the bases, and their reports; fixed days need no calendar
        assert missing_of_bases(with_terms(Base.objects.all()), today) == {base.pk: 1 for base in bases}
