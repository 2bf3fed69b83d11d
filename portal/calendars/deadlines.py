"""Fixed calendar deadlines (G-06), and the switch that moves one off a rest day.

A deadline is kept as its last accepted second: "8月31日前" is 23:59:59 of that day, "18:00" is 18:00:00. What is
received counts as in time until that second is over: 18:00:00.999 is in, 18:00:01 is late.
"""

from datetime import UTC, date, datetime, time, timedelta

from portal.calendars import clock, selectors

LAST_SECOND = time(23, 59, 59)
ONE_SECOND = timedelta(seconds=1)


def deadline(day: date, at: time | None = None, *, roll_to_workday: bool = False) -> datetime:
    """The last accepted second, aware, in UTC. Without `at` the whole of `day` counts.

    A fixed date stays where it is on a rest day; `roll_to_workday` (switch `deadline.roll_to_workday`) moves it to the
    next working day, and then MissingCalendarYear may be raised. ValueError for a time finer than a second.
    """
    moment = LAST_SECOND if at is None else at
    if moment.microsecond or moment.tzinfo is not None:
        raise ValueError(f"a deadline is a whole second on the Shanghai clock, not {at!r}")
    if roll_to_workday:
        day = selectors.roll_to_working_day(day)
    return datetime.combine(day, moment, tzinfo=clock.SHANGHAI).astimezone(UTC)


def is_in_time(received_at: datetime, deadline_at: datetime) -> bool:
    """Whether what the server received at `received_at` meets the deadline (both aware)."""
    return clock.in_utc(received_at) < closes_at(deadline_at)


def closes_at(deadline_at: datetime) -> datetime:
    """The first instant that is too late, in UTC; for queries: open iff now < closes_at."""
    return clock.in_utc(deadline_at) + ONE_SECOND
