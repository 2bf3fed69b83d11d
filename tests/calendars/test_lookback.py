from datetime import date

import pytest

from portal.calendars import lookback


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 8, 31), 3, date(2021, 8, 31)),
        (date(2024, 2, 29), 3, date(2021, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
    ],
)
def test_the_same_day_some_years_earlier(day, years, expected):
    assert lookback.years_before(day, years) == expected


@pytest.mark.rule("G-09")
def test_recent_years_end_on_the_day_of_submission():
    assert lookback.recent_years(date(2024, 8, 31), 3) == (date(2021, 8, 31), date(2024, 8, 31))


@pytest.mark.rule("G-09")
@pytest.mark.parametrize("submitted", [date(2024, 1, 1), date(2024, 12, 31)])
def test_complete_years_leave_out_the_year_of_submission(submitted):
    assert lookback.complete_years(submitted, 3) == (2021, 2022, 2023)
    assert lookback.previous_year(submitted) == 2023
