from datetime import date, datetime

import pytest

from portal.calendars import clock, selectors, services
from portal.calendars.models import CalendarDay, CalendarYear
from portal.calendars.working_days import MissingCalendarYear
from tests.calendars.years import SHIPPED_YEARS, made_up_file

pytestmark = pytest.mark.django_db


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("published", "end"),
    [
        (at(2024, 8, 5, 9), at(2024, 8, 13)),
        (at(2024, 9, 12, 9), at(2024, 9, 21)),
        (at(2024, 9, 27, 9), at(2024, 10, 11)),
        (at(2025, 9, 26, 9), at(2025, 10, 11)),
    ],
)
def test_the_worked_examples_from_the_stored_calendar(published, end):
    assert selectors.notice_end(published, 5) == end
    assert selectors.end_of_working_days(published, 5) == end


def test_the_switch_reaches_the_stored_calendar():
    assert selectors.notice_end(at(2024, 9, 12, 9), 5, count_publication_day=True) == at(2024, 9, 20)


def test_a_period_into_2027_is_refused_until_2027_is_loaded():
    with pytest.raises(MissingCalendarYear, match="缺少2027年工作日历"):
        selectors.notice_end(at(2026, 12, 25, 9), 5)
    services.import_calendar(
        year=2027, content=made_up_file(2027), source_document="国办发明电〔2026〕9号", by="系统管理员"
    )
    assert selectors.notice_end(at(2026, 12, 25, 9), 5) == at(2027, 1, 5)


def test_a_gap_inside_a_year_is_refused_too():
    CalendarDay.objects.filter(date=date(2024, 9, 18)).delete()
    with pytest.raises(MissingCalendarYear, match="缺少2024年工作日历"):
        selectors.notice_end(at(2024, 9, 12, 9), 5)


def test_production_does_not_count_in_a_demo_year(settings):
    services.ensure_demo_year(year=2027, by="演示")
    assert selectors.is_working_day(date(2027, 1, 1))
    assert not selectors.load_days(date(2027, 1, 1), date(2027, 1, 1))[date(2027, 1, 1)].is_official
    settings.PORTAL_ALLOW_DEMO_CALENDAR = False
    with pytest.raises(MissingCalendarYear):
        selectors.is_working_day(date(2027, 1, 1))


@pytest.mark.parametrize("count", [1, 5, 30, 250, 700])
def test_any_count_is_one_query(count, django_assert_num_queries):
    with django_assert_num_queries(1):
        last = selectors.add_working_days(date(2022, 1, 4), count)
    assert selectors.working_days_between(date(2022, 1, 4), last) == count


def test_each_reading_is_one_query_and_none_with_the_days_at_hand(django_assert_num_queries):
    published, now = at(2024, 9, 12, 9), at(2024, 9, 18, 10)
    with django_assert_num_queries(1):
        ends_at = selectors.notice_end(published, 5)
    with django_assert_num_queries(1):
        alone = selectors.remaining(now, ends_at)
    with django_assert_num_queries(1):
        strip = selectors.notice_strip(published, ends_at, now=now)
    days = selectors.load_days(date(2024, 9, 1), date(2024, 9, 30))
    with django_assert_num_queries(0):
        assert [selectors.remaining(now, ends_at, days=days) for _ in range(300)] == [alone] * 300
        assert selectors.notice_strip(published, ends_at, now=now, days=days) == strip
    assert (alone.text, [cell.date.day for cell in strip]) == ("还剩2个工作日", list(range(12, 21)))


def test_the_strip_asks_the_clock_for_today():
    with clock.travel(at(2024, 9, 18, 10)):
        cells = selectors.notice_strip(at(2024, 9, 12, 9), at(2024, 9, 21))
    assert [cell.date.day for cell in cells if cell.is_today] == [18]


def test_a_countdown_is_shown_even_without_a_calendar():
    CalendarYear.objects.filter(year=2024).delete()
    left = selectors.remaining(at(2024, 9, 18, 10), at(2024, 9, 21))
    assert (left.is_natural, left.text) == (True, "还剩2天（自然日）")


def test_the_list_of_years_counts_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = [(row.year, row.day_count, row.workday_count) for row in selectors.calendar_years()]
    assert rows == [
        (2026, 365, 248),
        (2025, 365, 248),
        (2024, 366, 251),
        (2023, 365, 249),
        (2022, 365, 249),
        (2021, 365, 250),
    ]


def test_the_rows_of_a_year_are_its_dates():
    assert len(selectors.calendar_days(2024)) == 366
    assert not selectors.calendar_days(2027)


@pytest.mark.rule("P3-20")
@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), [2027]),
        (date(2027, 1, 1), [2027]),
        (date(2027, 11, 1), [2027, 2028]),
    ],
)
def test_the_next_year_is_asked_for_from_november(today, wanted):
    assert selectors.years_to_import(today) == wanted


def test_a_demo_year_is_still_to_be_imported():
    services.ensure_demo_year(year=2027, by="演示")
    assert selectors.years_to_import(date(2026, 11, 1)) == [2027]
    assert len(SHIPPED_YEARS) == CalendarYear.objects.exclude(year=2027).count()
