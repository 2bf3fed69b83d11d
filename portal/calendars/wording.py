"""How dates and instants are written for a reader: official Chinese, Asia/Shanghai."""

from datetime import date, datetime, timedelta

from portal.calendars import clock

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def weekday(day: date) -> str:
    """周一 … 周日."""
    return WEEKDAYS[day.weekday()]


def chinese_date(day: date, *, with_year: bool = True, with_weekday: bool = False) -> str:
    """2024年9月20日, without the year 9月20日, with the weekday 9月20日（周五）."""
    year = f"{day.year}年" if with_year else ""
    suffix = f"（{weekday(day)}）" if with_weekday else ""
    return f"{year}{day.month}月{day.day}日{suffix}"


def chinese_time(at: datetime) -> str:
    """18:00, with seconds only where there are any: 23:59:59."""
    moment = clock.local(at)
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def period_end(ends_at: datetime, *, with_year: bool = False) -> str:
    """An exclusive end, as people write it: 9月20日（周五）24:00 for the instant 00:00 of the 21st.

    An end that is not at midnight is written with its own hour.
    """
    moment = clock.local(ends_at)
    if moment.time().isoformat() != "00:00:00":
        day = chinese_date(moment.date(), with_year=with_year, with_weekday=True)
        return f"{day}{chinese_time(ends_at)}"
    day = chinese_date(moment.date() - timedelta(days=1), with_year=with_year, with_weekday=True)
    return f"{day}24:00"


def deadline(deadline_at: datetime, *, with_year: bool = True) -> str:
    """A fixed deadline, whose last second still counts: 2024年7月17日（周三）18:00, 2024年8月31日（周六）23:59:59."""
    moment = clock.local(deadline_at)
    return f"{chinese_date(moment.date(), with_year=with_year, with_weekday=True)}{chinese_time(deadline_at)}"
