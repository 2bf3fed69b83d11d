from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars import clock, deadlines, wording
from portal.calendars.working_days import MissingCalendarYear


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.SHANGHAI)


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(
    ("received", "in_time"),
    [
        (at(2024, 7, 17, 17, 59, 59), True),
        (at(2024, 7, 17, 18, 0, 0), True),
        (at(2024, 7, 17, 18, 0, 0, 999999), True),
        (at(2024, 7, 17, 18, 0, 1), False),
        (at(2024, 7, 18, 0, 0, 0), False),
    ],
)
def test_a_deadline_with_an_hour_accepts_that_second(received, in_time):
    closing = deadlines.deadline(date(2024, 7, 17), time(18, 0))
    assert deadlines.is_in_time(received, closing) is in_time


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(
    ("received", "in_time"),
    [
        (at(2024, 8, 31, 0, 0, 0), True),
        (at(2024, 8, 31, 23, 59, 59), True),
        (at(2024, 8, 31, 23, 59, 59, 999999), True),
        (at(2024, 9, 1, 0, 0, 0), False),
    ],
)
def test_a_date_includes_its_whole_day_even_a_saturday(received, in_time):
    closing = deadlines.deadline(date(2024, 8, 31))
    assert deadlines.is_in_time(received, closing) is in_time


def test_a_deadline_is_stored_in_utc_and_read_in_shanghai():
    closing = deadlines.deadline(date(2024, 7, 17), time(18, 0))
    assert closing == datetime(2024, 7, 17, 10, tzinfo=UTC)
    assert closing.utcoffset() == timedelta(0)
    assert wording.deadline(closing) == "2024年7月17日（周三）18:00"
    assert wording.deadline(deadlines.deadline(date(2024, 8, 31))) == "2024年8月31日（周六）23:59:59"


def test_midnight_as_the_hour_is_the_start_of_the_day():
    closing = deadlines.deadline(date(2024, 7, 17), time(0, 0))
    assert deadlines.is_in_time(at(2024, 7, 17, 0, 0, 0), closing)
    assert not deadlines.is_in_time(at(2024, 7, 17, 0, 0, 1), closing)


@pytest.mark.parametrize("moment", [time(18, 0, 0, 1), time(18, 0, tzinfo=UTC)])
def test_a_deadline_is_a_whole_second_in_shanghai(moment):
    with pytest.raises(ValueError, match="whole second"):
        deadlines.deadline(date(2024, 7, 17), moment)


@pytest.mark.rule("G-06")
@pytest.mark.django_db
def test_the_switch_rolls_a_rest_day_and_nothing_else():
    assert deadlines.deadline(date(2024, 8, 31), roll_to_workday=True) == deadlines.deadline(date(2024, 9, 2))
    assert deadlines.deadline(date(2024, 8, 30), roll_to_workday=True) == deadlines.deadline(date(2024, 8, 30))
    assert deadlines.deadline(date(2024, 10, 1), time(18, 0), roll_to_workday=True) == deadlines.deadline(
        date(2024, 10, 8), time(18, 0)
    )


@pytest.mark.django_db
def test_rolling_needs_the_calendar_and_a_fixed_date_does_not():
    with pytest.raises(MissingCalendarYear, match="缺少2027年工作日历"):
        deadlines.deadline(date(2027, 8, 31), roll_to_workday=True)
    assert deadlines.deadline(date(2027, 8, 31)) == at(2027, 8, 31, 23, 59, 59)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.times().map(lambda t: t.replace(microsecond=0)))
def test_the_last_microsecond_is_in_and_the_next_is_not(day, moment):
    closing = deadlines.deadline(day, moment)
    closes_at = deadlines.closes_at(closing)
    assert deadlines.is_in_time(closing, closing)
    assert deadlines.is_in_time(closes_at - timedelta(microseconds=1), closing)
    assert not deadlines.is_in_time(closes_at, closing)
    assert clock.local(closing).replace(tzinfo=None) == datetime.combine(day, moment)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_date_closes_at_midnight(day):
    assert deadlines.closes_at(deadlines.deadline(day)) == clock.end_of_day(day)
