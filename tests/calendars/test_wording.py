from datetime import UTC, date, datetime

import pytest

from portal.calendars import clock, wording


def test_dates_in_words():
    day = date(2024, 9, 20)
    assert wording.chinese_date(day) == "2024年9月20日"
    assert wording.chinese_date(day, with_weekday=True) == "2024年9月20日（周五）"
    assert wording.chinese_date(day, with_year=False) == "9月20日"


@pytest.mark.parametrize(
    ("ends_at", "text"),
    [
        (datetime(2024, 9, 20, 16, tzinfo=UTC), "9月20日（周五）24:00"),
        (datetime(2024, 12, 31, 16, tzinfo=UTC), "12月31日（周二）24:00"),
        (datetime(2024, 9, 20, 18, tzinfo=clock.SHANGHAI), "9月20日（周五）18:00"),
    ],
)
def test_an_exclusive_end_in_words(ends_at, text):
    assert wording.period_end(ends_at) == text


def test_an_exclusive_end_with_its_year():
    assert wording.period_end(datetime(2024, 12, 31, 16, tzinfo=UTC), with_year=True) == "2024年12月31日（周二）24:00"


def test_seconds_are_written_only_where_there_are_any():
    assert wording.chinese_time(datetime(2024, 9, 20, 10, 0, tzinfo=UTC)) == "18:00"
    assert wording.chinese_time(datetime(2024, 9, 20, 10, 0, 5, tzinfo=UTC)) == "18:00:05"
