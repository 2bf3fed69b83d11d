"""Calendars for the tests: the official days, read from the shipped files without a database, and a made-up year."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from portal.calendars import services
from portal.calendars.holiday_file import dates_of, read_holiday_file
from portal.calendars.working_days import Day, Days

SHIPPED_YEARS = (2021, 2022, 2023, 2024, 2025, 2026)


def shipped_file(year: int) -> dict:
    path: Path = services.DATA_DIR / f"{year}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def official_days(years: Iterable[int] = SHIPPED_YEARS) -> Days:
    days: dict[date, Day] = {}
    for year in years:
        named = {a.date: a for a in read_holiday_file(shipped_file(year), year)}
        for day in dates_of(year):
            adjustment = named.get(day)
            works = adjustment.is_workday if adjustment else day.weekday() < 5
            days[day] = Day(works, adjustment.name if adjustment else "")
    return days


def made_up_file(year: int) -> dict:
    """A sound arrangement of a year for which no notice is out: 13 days off, all on weekdays."""
    runs = [
        ("元旦", date(year, 1, 1), 1),
        ("春节", date(year, 2, 8), 4),
        ("清明节", date(year, 4, 5), 1),
        ("劳动节", date(year, 5, 1), 2),
        ("端午节", date(year, 6, 9), 1),
        ("中秋节", date(year, 9, 15), 1),
        ("国庆节", date(year, 10, 1), 3),
    ]
    days, gained = [], 0
    for name, first, length in runs:
        for offset in range(length):
            day = first + timedelta(days=offset)
            gained += day.weekday() < 5
            days.append({"name": name, "date": day.isoformat(), "isOffDay": True})
    extra = date(year, 10, 4)
    while gained < 13:
        if extra.weekday() < 5:
            gained += 1
        days.append({"name": "国庆节", "date": extra.isoformat(), "isOffDay": True})
        extra += timedelta(days=1)
    return {"year": year, "papers": [], "days": days}
