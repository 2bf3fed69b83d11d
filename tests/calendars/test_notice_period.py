from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars import clock, notice_period, wording
from portal.calendars.working_days import MissingCalendarYear
from tests.calendars.years import official_days

DAYS = official_days()
PUBLISHED = datetime(2024, 9, 12, 10, 0, tzinfo=clock.SHANGHAI)
MIDNIGHT = datetime(2024, 9, 21, tzinfo=clock.SHANGHAI)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.SHANGHAI)


@pytest.mark.rule("G-07")
@pytest.mark.parametrize(
    ("published", "end", "text"),
    [
        (at(2024, 8, 5, 9), at(2024, 8, 13), "8月12日（周一）24:00"),
        (at(2024, 9, 12, 9), at(2024, 9, 21), "9月20日（周五）24:00"),
        (at(2024, 9, 27, 9), at(2024, 10, 11), "10月10日（周四）24:00"),
        (at(2025, 9, 26, 9), at(2025, 10, 11), "10月10日（周五）24:00"),
    ],
)
def test_a_notice_of_five_working_days(published, end, text):
    period = notice_period.notice_period(DAYS, published, 5)
    assert period.ends_at == end
    assert wording.period_end(period.ends_at) == text


def test_the_end_is_exclusive_midnight_in_utc():
    ends_at = notice_period.notice_period(DAYS, PUBLISHED, 5).ends_at
    assert ends_at == datetime(2024, 9, 20, 16, tzinfo=UTC)
    assert clock.local_date(ends_at - timedelta(microseconds=1)) == date(2024, 9, 20)


def test_the_period_in_words_begins_with_the_first_counted_day():
    period = notice_period.notice_period(DAYS, PUBLISHED, 5)
    assert period.text == "2024年9月13日至2024年9月20日，共5个工作日"


@pytest.mark.rule("G-07")
def test_the_switch_counts_the_day_of_publication():
    period = notice_period.notice_period(DAYS, PUBLISHED, 5, count_publication_day=True)
    assert (period.first_day, period.last_day) == (date(2024, 9, 12), date(2024, 9, 19))


@pytest.mark.parametrize(
    ("published", "last"),
    [(at(2024, 8, 5, 23, 59, 59), date(2024, 8, 12)), (at(2024, 8, 6, 0, 0, 0), date(2024, 8, 13))],
)
def test_the_day_of_publication_is_the_shanghai_date(published, last):
    assert notice_period.notice_period(DAYS, published.astimezone(UTC), 5).last_day == last


def test_a_notice_into_a_year_not_loaded_is_refused():
    with pytest.raises(MissingCalendarYear, match="缺少2027年工作日历"):
        notice_period.notice_period(DAYS, at(2026, 12, 28, 9), 5)


def test_the_strip_of_the_mid_autumn_notice():
    cells = notice_period.strip(DAYS, date(2024, 9, 12), date(2024, 9, 20), today=date(2024, 9, 18))
    assert [(c.weekday, c.date.day, c.kind, c.label, c.note) for c in cells] == [
        ("周四", 12, "published", "发布日", "不计入"),
        ("周五", 13, "past", "第 1 日", ""),
        ("周六", 14, "past", "第 2 日", "调休上班"),
        ("周日", 15, "rest", "休", "中秋休"),
        ("周一", 16, "rest", "休", "中秋休"),
        ("周二", 17, "rest", "休", "中秋休"),
        ("周三", 18, "today", "第 3 日", "今天"),
        ("周四", 19, "future", "第 4 日", ""),
        ("周五", 20, "last", "第 5 日", "24:00 截止"),
    ]
    assert [c.number for c in cells] == [None, 1, 2, None, None, None, 3, 4, 5]
    assert [c.date.day for c in cells if c.is_today] == [18]
    assert [c.date.day for c in cells if c.is_last] == [20]


def test_the_strip_on_its_last_day_and_after():
    first, last = date(2024, 9, 12), date(2024, 9, 20)
    on_the_day = notice_period.strip(DAYS, first, last, today=last)[-1]
    assert (on_the_day.kind, on_the_day.note) == ("today", "今天 24:00 截止")
    after = notice_period.strip(DAYS, first, last, today=date(2024, 9, 21))[-1]
    assert (after.kind, after.note, after.is_today) == ("past", "24:00 截止", False)


def test_the_strip_on_a_rest_day_and_on_the_day_of_publication():
    first, last = date(2024, 9, 12), date(2024, 9, 20)
    resting = notice_period.strip(DAYS, first, last, today=date(2024, 9, 16))[4]
    assert (resting.kind, resting.label, resting.note) == ("rest", "休", "今天")
    published = notice_period.strip(DAYS, first, last, today=first)[0]
    assert (published.kind, published.label, published.note) == ("published", "发布日", "今天")


def test_the_strip_counts_the_day_of_publication_where_the_switch_says_so():
    cells = notice_period.strip(
        DAYS, date(2024, 9, 12), date(2024, 9, 19), today=date(2024, 9, 10), count_publication_day=True
    )
    assert (cells[0].label, cells[0].note, cells[0].number) == ("第 1 日", "发布日", 1)
    assert cells[-1].number == 5


def test_the_strip_shows_a_year_not_loaded_as_unknown():
    cells = notice_period.strip(DAYS, date(2026, 12, 31), date(2027, 1, 2), today=date(2026, 12, 31))
    assert [(c.kind, c.label, c.note) for c in cells[1:]] == [
        ("unknown", "", "日历未导入"),
        ("unknown", "", "24:00 截止"),
    ]


INSTANTS = st.builds(datetime.combine, st.dates(date(2021, 1, 2), date(2026, 6, 30)), st.times(), st.just(UTC))


@given(INSTANTS, st.integers(1, 30))
def test_the_strip_numbers_exactly_the_days_of_the_period(published, count):
    period = notice_period.notice_period(DAYS, published, count)
    cells = notice_period.strip(DAYS, period.published_on, period.last_day, today=period.published_on)
    assert [c.number for c in cells if c.number] == list(range(1, count + 1))
    assert [c.date for c in cells if c.number == 1] == [period.first_day]
    assert cells[-1].number == count


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("中秋节", "中秋"),
        ("春节", "春节"),
        ("元旦", "元旦"),
        ("劳动节", "五一"),
        ("国庆节、中秋节", "国庆"),
        ("清明节", "清明"),
    ],
)
def test_holidays_in_a_narrow_cell(name, short):
    assert notice_period.short_name(name) == short
