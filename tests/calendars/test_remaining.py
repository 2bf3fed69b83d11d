from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars import clock, notice_period
from tests.calendars.years import official_days

DAYS = official_days()
ENDS = datetime(2024, 9, 21, tzinfo=clock.SHANGHAI)
SECOND = timedelta(seconds=1)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("now", "working", "natural", "text"),
    [
        (at(2024, 9, 12, 9), 5, 8, "还剩5个工作日"),
        (at(2024, 9, 15, 9), 3, 5, "还剩3个工作日"),
        (at(2024, 9, 18, 10), 2, 2, "还剩2个工作日"),
        (at(2024, 9, 19, 23, 59, 59), 1, 1, "还剩1个工作日"),
        (at(2024, 9, 20, 0, 0, 0), 0, 0, "还剩24小时0分"),
        (at(2024, 9, 20, 18, 48), 0, 0, "还剩5小时12分"),
        (at(2024, 9, 20, 23, 59, 59), 0, 0, "还剩1分"),
        (at(2024, 9, 21, 0, 0, 0), 0, 0, "已截止"),
        (at(2024, 12, 1), 0, 0, "已截止"),
    ],
)
def test_the_countdown_of_a_notice(now, working, natural, text):
    left = notice_period.remaining(DAYS, now, ENDS)
    assert (left.working_days, left.natural_days, left.text) == (working, natural, text)


def test_the_last_second_is_not_over_and_the_next_is():
    last, over = (notice_period.remaining(DAYS, now, ENDS) for now in (ENDS - SECOND, ENDS))
    assert (last.time_left, last.is_over, last.is_last_day) == (SECOND, False, True)
    assert (over.time_left, over.is_over, over.is_last_day) == (timedelta(0), True, False)


def test_without_a_calendar_natural_days_are_shown_and_said_to_be():
    left = notice_period.remaining(DAYS, at(2026, 12, 30, 9), at(2027, 1, 6))
    assert (left.working_days, left.natural_days, left.is_natural) == (None, 6, True)
    assert left.text == "还剩6天（自然日）"


def test_a_countdown_with_a_calendar_is_not_natural():
    assert not notice_period.remaining(DAYS, at(2024, 9, 18), ENDS).is_natural


@given(st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 40))
def test_the_countdown_never_grows(earlier, later):
    start = at(2024, 9, 1)
    first, second = sorted((earlier, later))
    before = notice_period.remaining(DAYS, start + timedelta(minutes=first), ENDS)
    after = notice_period.remaining(DAYS, start + timedelta(minutes=second), ENDS)
    assert before.time_left >= after.time_left
    assert (before.working_days or 0) >= (after.working_days or 0)
    assert before.natural_days >= after.natural_days
