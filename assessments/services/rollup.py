"""Figures follow rows: which rows count, and the monthly sums, made anew in the transaction of every write.

Both steps look at rows and nothing else, so running them again changes nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from assessments.enums import ReportState, RowState
from assessments.models import Base, Figure, LedgerRow, Report
from assessments.selectors.figures import month_of, quantity
from portal.accounts.actor import Actor
from portal.policy.ledger import Ledger, Once, Tally
from portal.policy.term import months_later

CHUNK = 500
Totals = dict[tuple[str, date], tuple[Decimal, Decimal]]


def locked_base(pk: int) -> Base:
    """Return a base under lock with its terms: whoever writes rows of a base waits here for the others."""
    rows = Base.objects.select_for_update(of=("self",))
    found: Base = rows.select_related("jurisdiction", "organisation", "source__application__call").get(pk=pk)
    return found


class Counting:
    """Which rows of one ledger count in which tallies. `months` gathers the months whose sums may have changed."""

    def __init__(self, base: Base, ledger: Ledger) -> None:
        self.base, self.ledger = base, ledger
        self.tallies = [tally for tally in base.edition.tallies if tally.ledger == ledger.key]
        settings = base.setting_values if any(tally.once_setting for tally in self.tallies) else {}
        self.once = {tally.key: tally.counts_once(settings) for tally in self.tallies}
        self.months: set[date] = set()

    def assign(self, rows: Collection[LedgerRow], before: Iterable[LedgerRow] = ()) -> list[LedgerRow]:
        """Set `counted` of the rows, saved or not, and return the other rows of the same keys whose `counted` changed.

        `before` are the rows as they were: what they no longer hold may count elsewhere now.
        """
        keys = {once: _keys(once, (*rows, *before)) for once in (Once.PERSON, Once.CERTIFICATE)}
        own = {row.pk for row in rows if row.pk}
        others = [row for row in self._same(keys) if row.pk not in own]
        counted = {id(row): set(row.counted.split()) for row in others} | {id(row): set() for row in rows}
        for tally in self.tallies:
            self._tally(tally, rows, others, counted, keys.get(self.once[tally.key], set()))
        changed = []
        for row in (*rows, *others):
            text = _text(counted[id(row)])
            self.months.add(month_of(row.on)) if text != row.counted or row.pk in own or not row.pk else None
            if text != row.counted:
                row.counted = text
                changed.append(row)
        self.months |= {month_of(row.on) for row in before}
        return [row for row in changed if row.pk and row.pk not in own]

    def _tally(
        self,
        tally: Tally,
        rows: Collection[LedgerRow],
        others: list[LedgerRow],
        counted: dict[int, set[str]],
        touched: set[str],
    ) -> None:
        once = self.once[tally.key]
        groups: dict[tuple[Any, ...], LedgerRow] = {}
        fresh = {id(row) for row in rows}
        for row in (*others, *rows):
            key = _key(once, row)
            if key not in touched and id(row) not in fresh:
                continue  # it came along for another key: this tally's group of it is not complete here
            counted[id(row)].discard(tally.key)
            if not row.holds or not tally.takes(row.data):
                continue
            group = (key, row.on.year if tally.within_year else 0) if key else (id(row),)
            if group not in groups or _order(row) < _order(groups[group]):
                groups[group] = row
        for row in groups.values():
            counted[id(row)].add(tally.key)

    def _same(self, keys: dict[Once, set[str]]) -> Iterator[LedgerRow]:
        used = set(self.once.values())
        wanted = Q()
        if Once.PERSON in used and keys[Once.PERSON]:
            wanted |= Q(person_hash__in=keys[Once.PERSON])
        if Once.CERTIFICATE in used and keys[Once.CERTIFICATE]:
            wanted |= Q(certificate__in=keys[Once.CERTIFICATE])
        if wanted:
            rows = self.rows.filter(wanted, withdrawn_at=None)
            yield from rows.only("on", "data", "person_hash", "certificate", "state", "counted", "withdrawn_at")

    @property
    def rows(self) -> QuerySet[LedgerRow]:
        """The rows of this ledger of this base."""
        return LedgerRow.objects.filter(base=self.base, ledger=self.ledger.key).order_by("on", "id")

    def chunks(self) -> Iterator[list[LedgerRow]]:
        """Yield all rows, so many at a time."""
        last = 0
        while rows := list(self.rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            last = rows[-1].pk
            yield rows

    def roll_up(self) -> None:
        """Make the sums of the gathered months anew."""
        if self.months:
            write_figures(self.base, [tally.key for tally in self.tallies], self.months, self.totals(self.months))

    def totals(self, months: Collection[date] | None = None) -> Totals:
        """Return the sums of the rows by tally and month, of all months if none are named."""
        rows = self.rows.exclude(counted="")
        if months is not None:
            rows = rows.filter(_days(sorted(months)))
        found: Totals = {}
        values = rows.order_by().values_list("on", "data", "counted", "state")
        for on, data, counted, state in values.iterator(2_000):
            month = month_of(on)
            for tally in self.tallies:
                if f" {tally.key} " in counted:
                    number = quantity(tally, data)
                    reported, verified = found.get((tally.key, month), (Decimal(0), Decimal(0)))
                    add = number if state == RowState.VERIFIED else 0
                    found[tally.key, month] = (reported + number, verified + add)
        return found


def save_counted(rows: Collection[LedgerRow]) -> None:
    """Write `counted` of rows: one statement for all rows of the same text."""
    by_text: dict[str, list[int]] = {}
    for row in rows:
        by_text.setdefault(row.counted, []).append(row.pk)
    for text, pks in by_text.items():
        for at in range(0, len(pks), CHUNK):
            LedgerRow.objects.filter(pk__in=pks[at : at + CHUNK]).update(counted=text)


def write_figures(base: Base, tallies: Collection[str], months: Collection[date], totals: Totals) -> None:
    """Replace the figures of some tallies in some months."""
    Figure.objects.filter(base=base, tally__in=tallies, month__in=months).delete()
    Figure.objects.bulk_create(
        [
            Figure(base=base, tally=tally, month=month, reported=reported, verified=verified)
            for (tally, month), (reported, verified) in sorted(totals.items())
            if reported and month in months
        ]
    )


def reported_totals(base: Base, key: str, reports: Iterable[Report]) -> Totals:
    """Return what periodic reports add to the tallies taken from them: only what is handed in, verified once accepted."""
    found: Totals = {}
    for report in reports:
        if report.state not in (ReportState.SUBMITTED, ReportState.ACCEPTED):
            continue
        said = {name: value for section in report.answers.values() for name, value in section.items()}
        for tally in base.edition.tallies:
            if tally.report == key:
                number = quantity(tally, said)
                verified = number if report.state == ReportState.ACCEPTED else Decimal(0)
                found[tally.key, month_of(report.period_end)] = (number, verified)
    return found


@transaction.atomic
def put_reported(*, report: Report, by: Actor) -> None:
    """Take a report's numbers over into the figures of its last month, or out of them; call it at each change of state."""
    base = locked_base(report.base_id)
    keys = [tally.key for tally in base.edition.tallies if tally.report == report.key]
    if keys:
        month = month_of(report.period_end)
        write_figures(base, keys, {month}, reported_totals(base, report.key, [report]))


@transaction.atomic
def rebuild_figures(*, base_pk: int) -> list[str]:
    """Make all figures of a base anew from its rows and reports; return what was different, in words for the operator."""
    base = locked_base(base_pk)
    for ledger in base.edition.ledgers:
        _recount_all(Counting(base, ledger))
    wanted, stored = wanted_totals(base), stored_totals(base)
    Figure.objects.filter(base=base).delete()
    months = {month for _, month in wanted}
    write_figures(base, {tally for tally, _ in wanted}, months, wanted)
    return differences(wanted, stored)


def check_figures(*, base_pk: int) -> list[str]:
    """Compare what is stored of a base with its rows and reports, and change nothing; return the differences."""
    base = Base.objects.select_related("source__application__call").get(pk=base_pk)
    found = differences(wanted_totals(base), stored_totals(base))
    for ledger in base.edition.ledgers:
        counting = Counting(base, ledger)
        for rows in counting.chunks():
            before = {row.pk: row.counted for row in rows}
            counting.assign(rows)
            found += [f"row {row.pk}: counted differs" for row in rows if row.counted != before[row.pk]]
    return found


def wanted_totals(base: Base) -> Totals:
    """Return every figure of a base as its rows and reports have it."""
    found: Totals = {}
    for ledger in base.edition.ledgers:
        found |= Counting(base, ledger).totals()
    for key in {tally.report for tally in base.edition.tallies if tally.report}:
        found |= reported_totals(base, key, Report.objects.filter(base=base, key=key))
    return {place: amounts for place, amounts in found.items() if amounts[0]}


def stored_totals(base: Base) -> Totals:
    """Return every figure of a base as it is stored."""
    rows = Figure.objects.filter(base=base).values_list("tally", "month", "reported", "verified")
    return {(tally, month): (reported, verified) for tally, month, reported, verified in rows}


def differences(wanted: Totals, stored: Totals) -> list[str]:
    """Tell where stored figures are not the sums of their rows."""
    nothing = (Decimal(0), Decimal(0))
    return [
        f"{tally} {month:%Y-%m}: rows {wanted.get(place, nothing)[0]}/{wanted.get(place, nothing)[1]}, "
        f"stored {stored.get(place, nothing)[0]}/{stored.get(place, nothing)[1]}"
        for place in sorted(wanted.keys() | stored.keys())
        for tally, month in [place]
        if wanted.get(place, nothing) != stored.get(place, nothing)
    ]


def _recount_all(counting: Counting) -> None:
    """Set `counted` of every row of a ledger."""
    for rows in counting.chunks():
        others = counting.assign(rows)
        save_counted([*rows, *others])


def _keys(once: Once, rows: Iterable[LedgerRow]) -> set[str]:
    return {key for row in rows if (key := _key(once, row))}


def _key(once: Once, row: LedgerRow) -> str:
    if once is Once.PERSON:
        return row.person_hash
    return row.certificate if once is Once.CERTIFICATE else ""


def _order(row: LedgerRow) -> tuple[bool, date, int]:
    """Verified rows come first, then the earliest; a row not saved yet comes after those of its day."""
    return (row.state != RowState.VERIFIED, row.on, row.pk or 2**62)


def _text(keys: set[str]) -> str:
    return f" {' '.join(sorted(keys))} " if keys else ""


def _days(months: list[date]) -> Q:
    """Choose the days of some months, one span for months that follow one another."""
    chosen, at = Q(), 0
    while at < len(months):
        end = at
        while end + 1 < len(months) and months[end + 1] == months_later(months[end], 1):
            end += 1
        chosen |= Q(on__range=(months[at], months_later(months[end], 1) - timedelta(days=1)))
        at = end + 1
    return chosen
