"""Writing the calendar. `by` is the actor's label: this layer stands below the accounts and the event log."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.calendars import clock, selectors
from portal.calendars.enums import CalendarState
from portal.calendars.holiday_file import SATURDAY, Adjustment, CalendarFileInvalid, dates_of, read_holiday_file
from portal.calendars.models import CalendarDay, CalendarYear
from portal.calendars.signals import calendar_imported
from portal.calendars.working_days import MissingCalendarYear

DATA_DIR = Path(__file__).parent / "data"
SHIPPED_BY = "平台内置"
DEMO_SOURCE = "演示日历（非官方）"
DayFacts = tuple[bool, str, str]  # is_workday, name, source document
DOCUMENT_NUMBER = re.compile(r"\S{2,20}〔\d{4}〕\d{1,4}号")


class DemoCalendarRefused(Exception):
    """A made-up year was asked for where only official ones may be used."""


@dataclass(frozen=True)
class ImportResult:
    """What an import did: `changed_dates` rows differ from before, 0 when the same file comes again."""

    year: int
    changed_dates: int
    replaced_demo: bool = False


def import_calendar(
    *, year: int, content: str | bytes | dict[str, Any], source_document: str, by: str, accept_total: bool = False
) -> ImportResult:
    """Load the official arrangement of `year` (holiday-cn JSON), replacing what was there, in one transaction.

    The same file again changes nothing. What the notice says of last December is applied to the year before, now or
    when that year is loaded. Sends `calendar_imported` after commit if anything changed. Raises CalendarFileInvalid.
    """
    source = _checked_source(source_document)
    adjustments = read_holiday_file(content, year, accept_total=accept_total)
    with transaction.atomic():
        result = _store_official(year, adjustments, source, by)
        if result.changed_dates or result.replaced_demo:
            _announce(year, source, by, "import", result.changed_dates)
    return result


def correct_day(*, day: date, is_workday: bool, name: str, source_document: str, by: str) -> CalendarDay:
    """Change one date after a later official document; importing the year again drops the correction.

    Raises MissingCalendarYear, and CalendarFileInvalid for something that is no document number.
    """
    source = _checked_source(source_document)
    with transaction.atomic():
        year = CalendarYear.objects.select_for_update().filter(year=day.year).first()
        if year is None or (year.state == CalendarState.DEMO and not selectors.demo_is_allowed()):
            raise MissingCalendarYear(day.year)
        year.arrangement.append(_entry(day, is_workday=is_workday, name=name.strip()[:40], source=source))
        year.save(update_fields=["arrangement"])
        if changed := _rebuild(day.year):
            _announce(day.year, source, by, "correction", changed)
    return CalendarDay.objects.get(date=day)


def ensure_demo_year(*, year: int, by: str) -> CalendarYear:
    """Make sure `year` can be counted in a demonstration: Monday to Friday, marked as not official.

    A year that is already loaded is left alone. Raises DemoCalendarRefused unless PORTAL_ALLOW_DEMO_CALENDAR is on.
    """
    if not selectors.demo_is_allowed():
        raise DemoCalendarRefused("正式环境不得使用演示日历，请导入国务院办公厅公布的节假日安排。")
    with transaction.atomic():
        row, created = CalendarYear.objects.get_or_create(
            year=year, defaults=_year_fields(CalendarState.DEMO, DEMO_SOURCE, by)
        )
        if created:
            _rebuild(year)
    return row


def load_shipped_calendars() -> list[int]:
    """Load the official years that ship with the portal and are not loaded yet; returns them. A demo year gives way."""
    loaded = set(CalendarYear.objects.filter(state=CalendarState.OFFICIAL).values_list("year", flat=True))
    added = []
    for path in sorted(DATA_DIR.glob("*.json")):
        year = int(path.stem)
        if year in loaded:
            continue
        payload = json.loads(path.read_text(encoding="utf-8"))
        with transaction.atomic():
            _store_official(year, read_holiday_file(payload, year), payload["papers"][0], SHIPPED_BY)
        added.append(year)
    return added


def _checked_source(source_document: str) -> str:
    source = source_document.strip()
    if not DOCUMENT_NUMBER.fullmatch(source):
        raise CalendarFileInvalid(["请填写来源文号，例如“国办发明电〔2025〕7号”。"])
    return source


def _year_fields(state: CalendarState, source: str, by: str) -> dict[str, Any]:
    return {"state": state, "source_document": source, "imported_by": by, "imported_at": clock.now()}


def _store_official(year: int, adjustments: list[Adjustment], source: str, by: str) -> ImportResult:
    """Keep the arrangement, then derive from it the rows of the year and of the December before it."""
    fields = _year_fields(CalendarState.OFFICIAL, source, by)
    row, created = CalendarYear.objects.select_for_update().get_or_create(year=year, defaults=fields)
    was_demo = row.state == CalendarState.DEMO
    arrangement = [_entry(a.date, is_workday=a.is_workday, name=a.name, source=source) for a in adjustments]
    same = row.arrangement == arrangement and row.source_document == source and not was_demo and not created
    if not same:
        for name, value in fields.items():
            setattr(row, name, value)
        row.arrangement = arrangement
        row.save()
    return ImportResult(year, _rebuild(year) + _rebuild(year - 1), replaced_demo=was_demo)


def _entry(day: date, *, is_workday: bool, name: str, source: str) -> dict[str, Any]:
    return {"date": day.isoformat(), "is_workday": is_workday, "name": name, "source": source}


def _rebuild(year: int) -> int:
    """Make the rows of `year` what its arrangement and the one of the year after say; returns how many were written.

    Nothing is written for a year that is not loaded, nor for a date that already reads so.
    """
    years = {row.year: row for row in CalendarYear.objects.select_for_update().filter(year__in=(year, year + 1))}
    row = years.get(year)
    if row is None:
        return 0
    wanted = _wanted_days(row, years.get(year + 1))
    fields = row.days.values_list("date", "is_workday", "name", "source_document")
    present = {day: (works, name, source) for day, works, name, source in fields}
    changed = [day for day, value in wanted.items() if present.get(day) != value]
    row.days.filter(date__in=changed).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar_year=row, date=day, is_workday=works, name=name, source_document=source)
        for day, (works, name, source) in wanted.items()
        if present.get(day) != (works, name, source)
    )
    return len(changed)


def _wanted_days(row: CalendarYear, following: CalendarYear | None) -> dict[date, DayFacts]:
    """Every date of the year: by its weekday, unless a document names it; the later document wins."""
    days: dict[date, DayFacts] = {
        day: (day.weekday() < SATURDAY, "", row.source_document) for day in dates_of(row.year)
    }
    for entry in [*row.arrangement, *(following.arrangement if following else [])]:
        day = date.fromisoformat(entry["date"])
        if day in days:
            days[day] = (entry["is_workday"], entry["name"], entry["source"])
    return days


def _announce(year: int, source: str, by: str, reason: str, changed: int) -> None:
    transaction.on_commit(
        lambda: calendar_imported.send(
            CalendarYear, year=year, source_document=source, by=by, reason=reason, changed_dates=changed
        )
    )
