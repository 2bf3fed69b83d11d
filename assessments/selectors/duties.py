"""The reports many bases owe, period by period, with the day each is due; what bases have in common is worked out once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assessments.models import Base
from portal.calendars import working_days
from portal.calendars.selectors import load_days
from portal.calendars.working_days import Days, MissingCalendarYear
from portal.policy.ledger import Due, Every, Period, ReportForm
from portal.policy.term import months_later

ROLL_SETTING = "deadline.roll_to_workday"
ONE_DAY = timedelta(days=1)
A_BREAK = timedelta(days=40)  # longer than any break between two working days


@dataclass(frozen=True)
class Duty:
    """One report about one period. `due_on` is None while it cannot be told, and `problem` says why."""

    form: ReportForm
    period: Period
    due_on: date | None
    problem: str
    opens_on: date  # from this day it can be handed in
    complete_on: date  # the day on which what it is about is there
    last_day: date  # the due day, or the last one it can be


def due_day(due: Due, period: Period, settings: Mapping[str, Any], days: Days) -> date:
    """Return the last day for a report about `period`. Raises MissingCalendarYear where it takes a calendar not loaded."""
    first, wanted = due.month_of(period), due.day_of(settings)
    last = months_later(first, 1) - ONE_DAY
    if due.working:
        return _nth_working_day(days, first, last, wanted)
    day = first.replace(day=min(wanted, last.day))
    return working_days.roll_to_working_day(days, day) if _rolls(settings) else day


def opens_on(form: ReportForm, period: Period) -> date:
    """Return the day from which a report can be handed in."""
    return period.start if form.due.from_start else period.end + ONE_DAY


def year_of(period: Period, form: ReportForm) -> int:
    """Return the year a report is counted in: that of its period; of its period's end where it comes once."""
    return period.end.year if form.every is Every.ONCE else period.start.year


class DutyBook:
    """What bases owe for the periods begun by `today`, of some kinds and one year if given; bases come `with_terms`."""

    def __init__(
        self, bases: Sequence[Base], today: date, *, keys: Iterable[str] = (), year: int | None = None
    ) -> None:
        self.today, self.keys, self.year = today, frozenset(keys), year
        self._settings: dict[int, Mapping[str, Any]] = {}
        self._lines: dict[tuple[Any, ...], list[Duty]] = {}
        self._forms: dict[tuple[str, str], list[ReportForm]] = {}
        self._days = self._calendar(bases)

    def of(self, base: Base) -> Iterator[Duty]:
        """Yield what one base owes: nothing due before it had to report, nothing complete only after its title ended."""
        for form in self._forms_of(base):
            for duty in self._duties(form, base):
                if duty.last_day >= base.owes_from and (base.ended_on is None or duty.complete_on <= base.ended_on):
                    yield duty

    def _forms_of(self, base: Base) -> list[ReportForm]:
        key = (base.edition_code, base.track_key)
        if key not in self._forms:
            asked = [each for each in base.edition.reports if not each.tracks or base.track_key in each.tracks]
            self._forms[key] = [each for each in asked if not self.keys or each.key in self.keys]
        return self._forms[key]

    def _settings_of(self, base: Base) -> Mapping[str, Any]:
        call = base.source.application.call_id
        if call not in self._settings:
            self._settings[call] = base.setting_values
        return self._settings[call]

    def _duties(self, form: ReportForm, base: Base) -> list[Duty]:
        settings = self._settings_of(base)
        first = _anchor(form, base.recognised_on)
        key = (form.key, base.edition_code, first, form.due.day_of(settings), _rolls(settings))
        if key not in self._lines:
            periods = form.periods(first, self.today)
            if self.year is not None:
                periods = (each for each in periods if year_of(each, form) == self.year)
            self._lines[key] = [self._duty(form, each, settings) for each in periods]
        return self._lines[key]

    def _duty(self, form: ReportForm, period: Period, settings: Mapping[str, Any]) -> Duty:
        due_on, problem = None, ""
        try:
            due_on = due_day(form.due, period, settings, self._days)
        except MissingCalendarYear as missing:
            problem = f"缺少{missing.year}年工作日历，报送期限待定"
        complete = period.start if form.due.from_start else period.end
        last_day = due_on or months_later(form.due.month_of(period), 1) - ONE_DAY
        return Duty(form, period, due_on, problem, opens_on(form, period), complete, last_day)

    def _calendar(self, bases: Sequence[Base]) -> Days:
        """Load the days of every month in which something is due by the calendar; one query, none where nothing is."""
        months: set[date] = set()
        known: set[tuple[str, date]] = set()
        for base in bases:
            for form in self._forms_of(base):
                first = _anchor(form, base.recognised_on)
                if (form.due.working or _rolls(self._settings_of(base))) and (form.key, first) not in known:
                    known.add((form.key, first))
                    months |= {form.due.month_of(period) for period in form.periods(first, self.today)}
        return load_days(min(months), months_later(max(months), 1) + A_BREAK) if months else {}


def _anchor(form: ReportForm, recognised_on: date) -> date:
    """Return the first day from which the periods run: bases of one month or year have them in common."""
    if form.every is Every.ONCE:
        return recognised_on
    return recognised_on.replace(day=1, month=1) if form.every is Every.YEAR else recognised_on.replace(day=1)


def _rolls(settings: Mapping[str, Any]) -> bool:
    return settings.get(ROLL_SETTING) is True


def _nth_working_day(days: Days, first: date, last: date, wanted: int) -> date:
    """Return the n-th working day of a month; its last one where it has fewer."""
    day, found, counted = first, last, 0
    while day <= last and counted < wanted:
        if working_days.is_working_day(days, day):
            counted, found = counted + 1, day
        day += ONE_DAY
    return found
