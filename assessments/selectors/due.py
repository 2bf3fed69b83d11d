"""What reports a base owes, when each is due, and how it stands. Worked out from rows and the clock at every reading.

A report is open once what it is about is over (one that is due from the start of its period: once that has begun). Not
owed is what was due before the base was recognised, and what became complete only after its title had ended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q

from assessments.enums import ReportState
from assessments.models import Base, Report
from assessments.selectors.duties import Duty, DutyBook, year_of
from portal.calendars import clock
from portal.policy.ledger import Period, ReportForm


class DueState(StrEnum):
    """How an owed report stands."""

    NOT_DUE = "not_due"
    OPEN = "open"
    DRAFT = "draft"
    LATE = "late"
    SUBMITTED = "submitted"
    LATE_SUBMITTED = "late_submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


WAITING_FOR_UNIT = (DueState.OPEN, DueState.DRAFT, DueState.LATE, DueState.RETURNED)
FILED = (DueState.SUBMITTED, DueState.LATE_SUBMITTED, DueState.ACCEPTED)
WORDS = {
    DueState.NOT_DUE: ("todo", "未到期"),
    DueState.OPEN: ("open", "待报"),
    DueState.DRAFT: ("doing", "填报中"),
    DueState.LATE: ("failed", "缺报"),
    DueState.SUBMITTED: ("attention", "待审"),
    DueState.LATE_SUBMITTED: ("attention", "迟报待审"),
    DueState.RETURNED: ("attention", "已退回"),
    DueState.ACCEPTED: ("done", "已报"),
}


@dataclass(frozen=True)
class Expected:
    """One report a base owes. `due_on` is None while it cannot be told, and `problem` says why.

    `late` says whether it was handed in late (or is missing past its day); None where that cannot be told either.
    """

    report: ReportForm
    period: Period
    due_on: date | None
    state: DueState
    report_pk: int | None = None
    problem: str = ""
    late: bool | None = False
    submitted_at: datetime | None = None
    opens_on: date = date.min
    returned_at: datetime | None = None

    @property
    def word(self) -> str:
        """The state in words."""
        return "迟报" if self.state is DueState.ACCEPTED and self.late else WORDS[self.state][1]

    @property
    def shape(self) -> str:
        """The shape shown beside the word."""
        return "judged" if self.state is DueState.ACCEPTED and self.late else WORDS[self.state][0]

    @property
    def waits(self) -> bool:
        """Whether the unit has something to do."""
        return self.state in WAITING_FOR_UNIT

    @property
    def overdue(self) -> int:
        """How many days it is late, 0 if it is not."""
        return (clock.today() - self.due_on).days if self.state is DueState.LATE and self.due_on else 0

    def days_left(self, today: date) -> int | None:
        """How many days are left, negative once it is late; None where the due day is unknown."""
        return (self.due_on - today).days if self.due_on else None


def expected(base: Base, today: date) -> list[Expected]:
    """Return every report the base owes for the periods begun by `today`, the oldest due first."""
    return expectations([base], today)[base.pk]


def filed_in(base: Base, report_keys: Iterable[str], period: Period) -> dict[str, tuple[int, int]]:
    """Return, for each kind of report, how many of those owed within the period are filed, and how many are owed.

    Filed is what has been handed in and not returned. The part of a period before recognition is no part of it.
    """
    counts = dict.fromkeys(report_keys, (0, 0))
    for each in expected(base, max(period.end, clock.today())):
        start = max(each.period.start, base.recognised_on)
        if each.report.key in counts and period.start <= start and each.period.end <= period.end:
            filed, due = counts[each.report.key]
            counts[each.report.key] = (filed + (each.state in FILED), due + 1)
    return counts


def missing_of_bases(bases: Iterable[Base], today: date) -> dict[int, int]:
    """Return how many reports each base is late with, in a constant number of queries; bases come `with_terms`."""
    rooms = list(bases)
    counts = dict.fromkeys((base.pk for base in rooms), 0)
    for pk, _, _ in late_reports(rooms, today):
        counts[pk] += 1
    return counts


def late_reports(bases: Iterable[Base], today: date) -> Iterator[tuple[int, str, int]]:
    """Yield every report bases are late with as (base, kind, year), quickly: a home page counts those of 500 bases."""
    rooms = list(bases)
    book = DutyBook(rooms, today)
    handed_in = Report.objects.filter(base__in=[base.pk for base in rooms]).exclude(state=ReportState.DRAFT)
    filed = set(handed_in.order_by().values_list("base", "key", "period_start"))
    for base in rooms:
        for duty in book.of(base):
            if duty.due_on and duty.due_on < today and (base.pk, duty.form.key, duty.period.start) not in filed:
                yield base.pk, duty.form.key, year_of(duty.period, duty.form)


@dataclass(frozen=True)
class UnitDuty:
    """What one base of a unit has to hand in: how many reports, how many of them late."""

    base: Base
    waiting: int
    late: int


def duties_of_unit(bases: Iterable[Base], today: date) -> list[UnitDuty]:
    """Return the bases for which reports wait, in a constant number of queries; bases come `with_terms`."""
    rooms = list(bases)
    owed = expectations(rooms, today)
    found = [
        UnitDuty(
            base, sum(each.waits for each in owed[base.pk]), sum(each.state is DueState.LATE for each in owed[base.pk])
        )
        for base in rooms
    ]
    return [each for each in found if each.waiting]


def expectations(
    bases: Iterable[Base], today: date, *, keys: Iterable[str] = (), year: int | None = None
) -> dict[int, list[Expected]]:
    """Return `expected` of many bases in three queries at most, of some kinds and one year if given; bases come `with_terms`."""
    rooms, kinds = list(bases), frozenset(keys)
    book = DutyBook(rooms, today, keys=kinds, year=year)
    rows = _rows(rooms, kinds, year)
    return {
        base.pk: sorted(
            (_stands(duty, rows.get((base.pk, duty.form.key, duty.period.start)), today) for duty in book.of(base)),
            key=lambda each: (each.due_on or each.opens_on, each.period.start, each.report.key),
        )
        for base in rooms
    }


def _rows(bases: Sequence[Base], keys: frozenset[str], year: int | None) -> dict[tuple[int, str, date], Any]:
    rows = Report.objects.filter(base__in=[base.pk for base in bases]).order_by()
    if keys:
        rows = rows.filter(key__in=keys)
    if year is not None:
        rows = rows.filter(Q(period_start__year=year) | Q(period_end__year=year))
    names = (
        "pk", "base_id", "key", "period_start", "state", "late", "due_on", "first_submitted_at", "submitted_at", "returned_at"
    )  # fmt: skip
    return {(row.base_id, row.key, row.period_start): row for row in rows.values_list(*names, named=True)}


def _stands(duty: Duty, row: Any, today: date) -> Expected:
    if row is None or row.state == ReportState.DRAFT:
        state = _unfiled(duty, today, begun=row is not None)
        late = state is DueState.LATE
        return Expected(
            duty.form,
            duty.period,
            duty.due_on,
            state,
            row.pk if row else None,
            duty.problem,
            late,
            opens_on=duty.opens_on,
        )
    due_on, problem = (row.due_on, "") if row.due_on else (duty.due_on, duty.problem)
    late = row.late
    if late is None and due_on and row.first_submitted_at:
        late = clock.local_date(row.first_submitted_at) > due_on
    return Expected(
        duty.form, duty.period, due_on, _filed(row.state, late=bool(late)), row.pk, problem, late, row.submitted_at,
        duty.opens_on, row.returned_at,
    )  # fmt: skip


def _unfiled(duty: Duty, today: date, *, begun: bool) -> DueState:
    if duty.due_on and today > duty.due_on:
        return DueState.LATE
    if today < duty.opens_on:
        return DueState.NOT_DUE
    return DueState.DRAFT if begun else DueState.OPEN


def _filed(state: str, *, late: bool) -> DueState:
    if state == ReportState.SUBMITTED:
        return DueState.LATE_SUBMITTED if late else DueState.SUBMITTED
    return DueState.RETURNED if state == ReportState.RETURNED else DueState.ACCEPTED
