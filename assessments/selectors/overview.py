"""All bases of a jurisdiction beside one another: their targets and indicators over a year or over their terms of building.

Read from the monthly figures alone, so that the number of queries does not grow with the bases. A span that begins or ends
inside a month is taken by whole months here; a base's own page cuts it to the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q, Sum

from assessments.models import Base, Figure
from assessments.selectors.figures import NOTHING, Amount, month_of
from assessments.selectors.pace import BEHIND, MISSED, WORDS, Pace, pace_of, state_of
from assessments.selectors.progress import Measured, indicator_of, measure, target_period, targets_of
from portal.policy import registry
from portal.policy.indicator import Indicator, Span, Target
from portal.policy.ledger import Period

MOST_SPANS = 300  # alternatives in one query; a database reads only so deep
UNKNOWN = Measured(None, None)
Sums = dict[int, dict[str, Amount]]


@dataclass(frozen=True)
class Column:
    """An indicator over the asked year, or the targets of one title over one span of building."""

    key: str
    title: str
    unit: str
    indicator: str
    span: Span = Span.CALENDAR_YEAR

    @property
    def note(self) -> str:
        """Over which part of the term."""
        return {Span.FIRST_YEAR: "建设第一年", Span.SECOND_YEAR: "建设第二年", Span.TERM: "建设期"}.get(self.span, "")


@dataclass(frozen=True)
class Cell:
    """One base's figure; `least` and `state` where the base has a target there. `known` is whether the base has the figure at all."""

    value: Measured = UNKNOWN
    least: int | None = None
    state: str = ""
    known: bool = False

    @property
    def words(self) -> str:
        """What the state is called."""
        return WORDS[self.state][0] if self.state else ""

    @property
    def shape(self) -> str:
        """The shape beside it."""
        return WORDS[self.state][1] if self.state else ""

    @property
    def order(self) -> Fraction:
        """What it is sorted by; nothing comes first."""
        return Fraction(-1) if self.value.reported is None else self.value.reported


@dataclass(frozen=True)
class Row:
    """A base with its cells, one for each column."""

    base: Base
    cells: tuple[Cell, ...]

    @property
    def behind(self) -> bool:
        """Whether any target is behind the straight line, or was missed."""
        return any(cell.state in (BEHIND, MISSED) for cell in self.cells)


@dataclass(frozen=True)
class Overview:
    """The table, and the sums of what is shown at its foot."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    tallies: Mapping[Span, Sums] = field(default_factory=dict)

    def foot(self) -> list[Measured]:
        """Return each column summed over the rows; a share is formed anew from what it consists of."""
        return [self._sum(place, column) for place, column in enumerate(self.columns)]

    def _sum(self, place: int, column: Column) -> Measured:
        rows = [row for row in self.rows if row.cells[place].known]
        found = next((each for row in rows if (each := indicator_of(row.base, column.indicator))), None)
        if found is None:
            return UNKNOWN
        total = dict.fromkeys(found.tallies, NOTHING)
        for row in rows:
            for key in found.tallies:
                total[key] += self.tallies[column.span].get(row.base.pk, {}).get(key, NOTHING)
        return measure(rows[0].base, found, total)


def overview(bases: Sequence[Base], *, year: int | None, today: date) -> Overview:
    """Return the table of bases (with their terms) for a calendar year, or for their terms of building when `year` is None."""
    columns = _columns(bases, by_year=year is not None)
    in_year = year or today.year
    book = _Book(bases, columns, in_year, today)
    rows = [Row(base, tuple(book.cell(base, column) for column in columns)) for base in bases]
    return Overview(columns, tuple(rows), book.tallies)


def narrowed(found: Overview, *, behind: bool, sort: str) -> Overview:
    """Return the rows asked for: those behind alone, in the order of a column (`certified`, `-certified`)."""
    rows = [row for row in found.rows if row.behind] if behind else list(found.rows)
    key, places = sort.removeprefix("-"), {column.key: place for place, column in enumerate(found.columns)}
    if key in places:
        rows.sort(key=lambda row: row.cells[places[key]].order, reverse=sort.startswith("-"))
    return Overview(found.columns, tuple(rows), found.tallies)


def sums_over(periods: Mapping[int, Period], tallies: Iterable[str]) -> Sums:
    """Return tallies of bases, each over the whole months of its own span; one query for every 300 different spans."""
    keys = tuple(tallies)
    found: Sums = {pk: dict.fromkeys(keys, NOTHING) for pk in periods}
    spans: dict[tuple[date, date], list[int]] = {}
    for pk, period in periods.items():
        spans.setdefault((month_of(period.start), month_of(period.end)), []).append(pk)
    listed = list(spans.items())
    for start in range(0, len(listed), MOST_SPANS):
        chosen = Q()
        for span, pks in listed[start : start + MOST_SPANS]:
            chosen |= Q(base__in=pks, month__range=span)
        rows = Figure.objects.filter(chosen, tally__in=keys).values_list("base", "tally")
        for pk, key, reported, verified in rows.annotate(r=Sum("reported"), v=Sum("verified")).order_by():
            found[pk][key] = Amount(Fraction(reported), Fraction(verified))
    return found


def _columns(bases: Sequence[Base], *, by_year: bool) -> tuple[Column, ...]:
    """Return the columns of every policy that occurs, each title once."""
    found: dict[str, Column] = {}
    for code in dict.fromkeys(base.edition_code for base in bases):
        edition = registry.get(code)
        units = {each.key: each.unit for each in edition.indicators}
        if by_year:
            for each in edition.indicators:
                found.setdefault(each.key, Column(each.key, each.title, each.unit, each.key))
            continue
        for target in edition.targets:
            if target.indicator and target.span is not Span.CALENDAR_YEAR:
                key = f"{target.indicator}.{target.span}"
                found.setdefault(key, Column(key, target.title, units[target.indicator], target.indicator, target.span))
    return tuple(found.values())


class _Book:
    """What every cell is read from, looked up once for each policy, kind, call and day rather than for each base."""

    def __init__(self, bases: Sequence[Base], columns: Sequence[Column], year: int, today: date) -> None:
        self.year, self.today = year, today
        self._settings: dict[int, Mapping[str, Any]] = {}
        self._asked: dict[tuple[str, str, str], tuple[Indicator | None, Target | None]] = {}
        self._paces: dict[tuple[int, date, Span], Pace] = {}
        self.tallies = {span: self._sums(bases, columns, span) for span in {column.span for column in columns}}

    def cell(self, base: Base, column: Column) -> Cell:
        """Return a base's figure in a column."""
        indicator, target = self._asked_of(base, column)
        if indicator is None or (target is None and column.span is not Span.CALENDAR_YEAR):
            return Cell()
        value = measure(base, indicator, self.tallies[column.span].get(base.pk, {}), self._settings_of(base))
        if target is None:
            return Cell(value, known=True)
        pace, least = self._pace(base, target), Fraction(target.at_least)
        state = state_of(pace, least, value.verified, value.reported, ratio=indicator.is_ratio)
        return Cell(value, target.at_least, state, known=True)

    def _sums(self, bases: Sequence[Base], columns: Iterable[Column], span: Span) -> Sums:
        asked = [column for column in columns if column.span is span]
        periods, tallies = {}, set()
        for base in bases:
            for column in asked:
                indicator, target = self._asked_of(base, column)
                if indicator is not None and (target is not None or span is Span.CALENDAR_YEAR):
                    tallies |= set(indicator.tallies)
                    periods[base.pk] = self._period(base, target)
        return sums_over(periods, tallies)

    def _period(self, base: Base, target: Target | None) -> Period:
        if target is None:
            return Period(date(self.year, 1, 1), date(self.year, 12, 31))
        return target_period(base, target, self.year, self._settings_of(base))

    def _pace(self, base: Base, target: Target) -> Pace:
        key = (base.source.application.call_id, base.recognised_on, target.span)
        if key not in self._paces:
            self._paces[key] = pace_of(self._period(base, target), self.today)
        return self._paces[key]

    def _settings_of(self, base: Base) -> Mapping[str, Any]:
        call = base.source.application.call_id
        if call not in self._settings:
            self._settings[call] = base.setting_values
        return self._settings[call]

    def _asked_of(self, base: Base, column: Column) -> tuple[Indicator | None, Target | None]:
        """Return the indicator of a column in the base's policy, and the target a base of its kind has on it."""
        key = (base.edition_code, base.track_key, column.key)
        if key not in self._asked:
            targets = (
                each for each in targets_of(base) if each.indicator == column.indicator and each.span is column.span
            )
            self._asked[key] = (indicator_of(base, column.indicator), next(targets, None))
        return self._asked[key]
