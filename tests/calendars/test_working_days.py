from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars import working_days
from portal.calendars.working_days import MissingCalendarYear
from tests.calendars.years import official_days

DAYS = official_days()
A_DAY = st.dates(date(2021, 1, 1), date(2026, 6, 30))
A_COUNT = st.integers(1, 60)


@pytest.mark.parametrize(
    ("published", "last"),
    [
        (date(2024, 8, 5), date(2024, 8, 12)),
        (date(2024, 9, 12), date(2024, 9, 20)),
        (date(2024, 9, 27), date(2024, 10, 10)),
        (date(2025, 9, 26), date(2025, 10, 10)),
        (date(2024, 2, 8), date(2024, 2, 21)),  # 春节 10th–17th off; Sunday the 18th is worked
        (date(2026, 2, 13), date(2026, 2, 27)),  # 春节 15th–23rd off; Saturday the 14th is worked
        (date(2026, 12, 24), date(2026, 12, 31)),  # the last five working days of the last loaded year
        (date(2025, 12, 30), date(2026, 1, 7)),  # across the year: 1st–3rd off, Sunday the 4th worked
    ],
)
def test_five_working_days_without_the_day_of_publication(published, last):
    assert working_days.add_working_days(DAYS, published, 5) == last


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2024, 8, 5), 5, date(2024, 8, 9)),
        (date(2024, 8, 5), 1, date(2024, 8, 5)),
        (date(2024, 9, 12), 5, date(2024, 9, 19)),
        (date(2024, 9, 15), 1, date(2024, 9, 18)),  # a rest day is no first day even where the switch is on
        (date(2024, 9, 14), 1, date(2024, 9, 14)),  # a Saturday that is worked is one
    ],
)
def test_counting_the_first_day(start, count, last):
    assert working_days.add_working_days(DAYS, start, count, count_start=True) == last


@pytest.mark.parametrize("start", [date(2024, 9, 14), date(2024, 9, 15), date(2024, 9, 16), date(2024, 9, 17)])
def test_from_any_day_of_a_break_the_next_working_day_is_the_same(start):
    assert working_days.add_working_days(DAYS, start, 1) == date(2024, 9, 18)


@pytest.mark.rule("G-08")
def test_a_year_without_a_calendar_is_refused_by_name():
    with pytest.raises(MissingCalendarYear) as refused:
        working_days.add_working_days(DAYS, date(2026, 12, 25), 5)
    assert refused.value.year == 2027
    assert str(refused.value) == (
        "缺少2027年工作日历，无法计算工作日期限。请由系统管理员导入国务院办公厅公布的2027年节假日安排后再办理。"
    )


@pytest.mark.parametrize("start", [date(2020, 12, 31), date(2027, 1, 1)])
def test_a_first_day_in_a_missing_year_is_refused_though_it_does_not_count(start):
    with pytest.raises(MissingCalendarYear) as refused:
        working_days.add_working_days(DAYS, start, 1)
    assert refused.value.year == start.year


@pytest.mark.rule("G-08")
def test_an_empty_calendar_never_falls_back_to_monday_to_friday():
    with pytest.raises(MissingCalendarYear):
        working_days.is_working_day({}, date(2024, 8, 5))
    with pytest.raises(MissingCalendarYear):
        working_days.working_days_between({}, date(2024, 8, 5), date(2024, 8, 6))
    with pytest.raises(MissingCalendarYear):
        working_days.roll_to_working_day({}, date(2024, 8, 5))


@pytest.mark.parametrize("count", [0, -1])
def test_a_period_has_at_least_one_day(count):
    with pytest.raises(ValueError, match="at least one"):
        working_days.add_working_days(DAYS, date(2024, 8, 5), count)


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        (date(2024, 8, 30), date(2024, 8, 30)),
        (date(2024, 8, 31), date(2024, 9, 2)),
        (date(2024, 9, 14), date(2024, 9, 14)),
        (date(2024, 10, 1), date(2024, 10, 8)),
    ],
)
def test_rolling_to_a_working_day(day, rolled):
    assert working_days.roll_to_working_day(DAYS, day) == rolled


@given(A_DAY, A_COUNT, st.booleans())
def test_adding_and_counting_are_inverse(start, count, count_start):
    end = working_days.add_working_days(DAYS, start, count, count_start=count_start)
    assert working_days.working_days_between(DAYS, start, end, count_start=count_start) == count


@given(A_DAY, A_COUNT, st.booleans())
def test_a_period_ends_on_a_working_day(start, count, count_start):
    assert DAYS[working_days.add_working_days(DAYS, start, count, count_start=count_start)].is_workday


@given(A_DAY, A_COUNT)
def test_a_longer_period_ends_later(start, count):
    shorter = working_days.add_working_days(DAYS, start, count)
    assert shorter < working_days.add_working_days(DAYS, start, count + 1)


@given(A_DAY, A_COUNT)
def test_a_later_start_never_ends_earlier(start, count):
    first = working_days.add_working_days(DAYS, start, count)
    assert first <= working_days.add_working_days(DAYS, start + timedelta(days=1), count)


@given(A_DAY, A_COUNT, A_COUNT)
def test_periods_in_a_row_are_one_long_period(start, first, second):
    middle = working_days.add_working_days(DAYS, start, first)
    whole = working_days.add_working_days(DAYS, start, first + second)
    assert working_days.add_working_days(DAYS, middle, second) == whole


@given(A_DAY, st.integers(0, 90), st.integers(0, 90))
def test_counting_splits_at_any_day(start, first, second):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    parts = working_days.working_days_between(DAYS, start, middle) + working_days.working_days_between(
        DAYS, middle, end
    )
    assert parts == working_days.working_days_between(DAYS, start, end)


@given(A_DAY, A_COUNT)
def test_not_counting_the_first_day_is_the_longer_reading(start, count):
    counted = working_days.add_working_days(DAYS, start, count, count_start=True)
    assert counted <= working_days.add_working_days(DAYS, start, count)


@given(A_DAY)
def test_rolling_is_idempotent_and_never_goes_back(day):
    rolled = working_days.roll_to_working_day(DAYS, day)
    assert rolled >= day
    assert working_days.roll_to_working_day(DAYS, rolled) == rolled
    assert not any(DAYS[day + timedelta(days=n)].is_workday for n in range((rolled - day).days))
