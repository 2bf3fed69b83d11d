"""What a recognised base keeps and reports: ledgers of dated rows, the quantities rolled up from them, periodic reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from portal.policy.form import Field, Section
from portal.policy.material import Material
from portal.policy.term import months_later


@dataclass(frozen=True)
class Ledger:
    """A list of dated rows a base keeps for years, typed one by one or brought in from a workbook.

    `dated` names the column of the day a row belongs to; `person` the column of an identity number (with `named`, that of
    the name beside it), stored encrypted and compared by a keyed hash only; `certificate` the column of a certificate
    number, which counts once however often it is reported. `outsider` names a column and the values of it that say the
    row served somebody else than the base's own unit. `proofs` are yes/no columns that together make a row complete.
    A ledger with `spending` holds what was paid out of the dedicated account: that column, in yuan.
    """

    key: str
    title: str
    columns: tuple[Field, ...]
    dated: str
    clause: str
    noun: str = "条"
    person: str = ""
    named: str = ""
    certificate: str = ""
    outsider: tuple[str, tuple[str, ...]] = ("", ())
    proofs: tuple[str, ...] = ()
    spending: str = ""
    tracks: tuple[str, ...] = ()  # empty: all
    hint: str = ""
    default: str = ""

    def column(self, key: str) -> Field:
        """Return the column called `key`; KeyError if there is none."""
        return {column.key: column for column in self.columns}[key]

    @property
    def personal(self) -> tuple[str, ...]:
        """The columns never stored in clear."""
        return tuple(column.key for column in self.columns if column.personal)


class Once(StrEnum):
    """What of several rows counts only the first time."""

    EVERY = ""
    CERTIFICATE = "certificate"
    PERSON = "person"


@dataclass(frozen=True)
class Tally:
    """A quantity kept by month: rows of a ledger (or the sum of `column`) whose columns have the values of `where`.

    `once_setting` names a setting that holds `person_times` (a certificate counts once) or `persons` (a person does) and
    goes before `once`. Instead of a ledger, `report` and `column` name a number in a periodic report; it belongs to the
    last month of the report's period.
    """

    key: str
    title: str
    unit: str
    ledger: str = ""
    column: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    once: Once = Once.EVERY
    once_setting: str = ""
    within_year: bool = False  # what counts once counts once in each calendar year
    report: str = ""

    def counts_once(self, settings: Mapping[str, Any]) -> Once:
        """Return what counts only the first time, under these settings."""
        if not self.once_setting:
            return self.once
        return Once.PERSON if settings.get(self.once_setting) == "persons" else Once.CERTIFICATE

    def takes(self, row: Mapping[str, Any]) -> bool:
        """Say whether a row is one that is counted."""
        return all(row.get(column) in values for column, values in self.where)


class Every(StrEnum):
    """How often a report is due."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


@dataclass(frozen=True)
class Due:
    """When a report is due: a `day` of the month that lies `months` after the period's end, or after its first month's start.

    With `working` it is that month's n-th working day. `setting` names a setting that holds the day.
    """

    day: int
    months: int = 1
    from_start: bool = False
    working: bool = False
    setting: str = ""

    def day_of(self, settings: Mapping[str, Any]) -> int:
        """Return the day, the bureau's own if there is one."""
        return int(settings.get(self.setting, self.day)) if self.setting else self.day

    def month_of(self, period: "Period") -> date:
        """Return the first day of the month in which the report is due."""
        anchor = period.start if self.from_start else period.end
        return months_later(anchor.replace(day=1), self.months)


@dataclass(frozen=True)
class Period:
    """What a report is about, both days included."""

    start: date
    end: date

    @property
    def title(self) -> str:
        """2024 年 3 月, 2024 年, or the two days."""
        start, end = self.start, self.end
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return f"{start.year} 年" if start.year == end.year else f"{start.year}—{end.year} 年"
        if start.day == 1 and months_later(start, 1) - timedelta(days=1) == end:
            return f"{start.year} 年 {start.month} 月"
        return f"{start:%Y-%m-%d} 至 {end:%Y-%m-%d}"


@dataclass(frozen=True)
class ReportForm:
    """A report a base owes. `sections` are asked in the browser, `tallies` are filled in from the ledgers, `materials` uploaded.

    `breakdowns` name tallies that are told by the values of a column with options as well (certificates by level). A report
    due once (`after_months` after recognition) covers the time since recognition.
    """

    key: str
    title: str
    every: Every
    due: Due
    clause: str
    sections: tuple[Section, ...] = ()
    tallies: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    after_months: int = 0
    tracks: tuple[str, ...] = ()
    text: str = ""
    default: str = ""
    breakdowns: tuple[tuple[str, str], ...] = ()

    def periods(self, recognised_on: date, until: date) -> Iterator[Period]:
        """Yield every period that has begun by `until`, from the one in which the base was recognised."""
        if self.every is Every.ONCE:
            end = months_later(recognised_on, self.after_months)
            yield Period(recognised_on, end)
            return
        start = recognised_on.replace(day=1, month=1) if self.every is Every.YEAR else recognised_on.replace(day=1)
        step = 12 if self.every is Every.YEAR else 1
        while start <= until:
            following = months_later(start, step)
            yield Period(start, following - timedelta(days=1))
            start = following
