"""Reading the calendar. `load_days` is one query, whatever the range; everything else here loads what it needs by it.

There is no copy of the calendar in the process: a range is some tens of rows, and an import takes effect in every
worker at the same moment. A page that lists many notices loads the days once and hands them to each call as `days=`.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from portal.calendars import clock, notice_period, working_days
from portal.calendars.enums import CalendarState
from portal.calendars.models import CalendarDay, CalendarYear
from portal.calendars.notice_period import NoticePeriod, Remaining, StripDay
from portal.calendars.working_days import Day, Days

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

NOVEMBER = 11


class YearCounts(TypedDict):
    """What `calendar_years` adds to each row."""

    workday_count: int
    day_count: int


def demo_is_allowed() -> bool:
    """Whether made-up years count as loaded (setting PORTAL_ALLOW_DEMO_CALENDAR; never in production)."""
    return bool(getattr(settings, "PORTAL_ALLOW_DEMO_CALENDAR", False))


def calendar_years() -> "QuerySet[WithAnnotations[CalendarYear, YearCounts]]":
    """Every loaded year with `workday_count` and `day_count`, the newest first: for the administrator's page."""
    workdays = Count("days", filter=Q(days__is_workday=True))
    return CalendarYear.objects.annotate(workday_count=workdays, day_count=Count("days")).order_by("-year")


def calendar_days(year: int) -> QuerySet[CalendarDay]:
    """The rows of one year in order."""
    return CalendarDay.objects.filter(calendar_year__year=year).order_by("date")


def load_days(start: date, end: date) -> Days:
    """The known days from `start` to `end`, both included, in one query. Days of years not loaded are absent."""
    rows = CalendarDay.objects.filter(date__range=(start, end))
    if not demo_is_allowed():
        rows = rows.filter(calendar_year__state=CalendarState.OFFICIAL)
    fields = rows.values_list("date", "is_workday", "name", "calendar_year__state")
    return {day: Day(works, name, state == CalendarState.OFFICIAL) for day, works, name, state in fields}


def load_days_for(start: date, count: int) -> Days:
    """Days enough to count `count` working days from `start`: a year has some 250, a break rarely over ten days."""
    return load_days(start, start + timedelta(days=2 * max(count, 0) + 60))


def is_working_day(day: date) -> bool:
    """Whether people work on `day`. Raises MissingCalendarYear."""
    return working_days.is_working_day(load_days(day, day), day)


def add_working_days(start: date, count: int, *, count_start: bool = False) -> date:
    """The `count`-th working day after `start`; see `working_days.add_working_days`."""
    return working_days.add_working_days(load_days_for(start, count), start, count, count_start=count_start)


def working_days_between(start: date, end: date, *, count_start: bool = False) -> int:
    """Working days after `start` up to and including `end`. Raises MissingCalendarYear."""
    return working_days.working_days_between(load_days(start, end), start, end, count_start=count_start)


def roll_to_working_day(day: date) -> date:
    """`day` or the next working day. Raises MissingCalendarYear."""
    return working_days.roll_to_working_day(load_days_for(day, 1), day)


def end_of_working_days(start_at: datetime, count: int) -> datetime:
    """24:00 of the `count`-th working day after the day of `start_at`, as the exclusive instant (G-07)."""
    return clock.end_of_day(add_working_days(clock.local_date(start_at), count))


def plan_notice(published_at: datetime, count: int, *, count_publication_day: bool = False) -> NoticePeriod:
    """The period of a notice published at `published_at`. Raises MissingCalendarYear."""
    days = load_days_for(clock.local_date(published_at), count)
    return notice_period.notice_period(days, published_at, count, count_publication_day=count_publication_day)


def notice_end(published_at: datetime, count: int, *, count_publication_day: bool = False) -> datetime:
    """The exclusive end of that period: 24:00 of the `count`-th working day. Raises MissingCalendarYear."""
    return plan_notice(published_at, count, count_publication_day=count_publication_day).ends_at


def notice_strip(
    published_at: datetime,
    ends_at: datetime,
    *,
    now: datetime | None = None,
    count_publication_day: bool = False,
    days: Days | None = None,
) -> list[StripDay]:
    """The cells of the notice calendar, publication to last day. Never raises MissingCalendarYear."""
    first, last = clock.local_date(published_at), clock.local_date(ends_at - timedelta(microseconds=1))
    known = load_days(first, last) if days is None else days
    today = clock.local_date(now or clock.now())
    return notice_period.strip(known, first, last, today=today, count_publication_day=count_publication_day)


def remaining(now: datetime, ends_at: datetime, *, days: Days | None = None) -> Remaining:
    """What is left until the exclusive end. Falls back to natural days where a year is not loaded (display only)."""
    known = load_days(clock.local_date(now), clock.local_date(ends_at)) if days is None else days
    return notice_period.remaining(known, now, ends_at)


def years_to_import(today: date) -> list[int]:
    """Years the administrator should import now: this year, and from November the next (the notice appears then)."""
    wanted = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
    loaded = set(CalendarYear.objects.filter(state=CalendarState.OFFICIAL).values_list("year", flat=True))
    return [year for year in wanted if year not in loaded]
