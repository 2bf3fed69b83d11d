"""What a base has done, summed over a span of days: from the monthly figures, and from the rows of months not wholly inside.

Every amount is exact. `reported` holds whatever stands (verified or not), `verified` only what a bureau has verified.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet, Sum

from assessments.enums import RowState
from assessments.models import Base, Figure, LedgerRow
from portal.policy.indicator import Indicator
from portal.policy.ledger import Period, Tally
from portal.policy.term import months_later


@dataclass(frozen=True)
class Amount:
    """A quantity as the base says, and as far as it is verified."""

    reported: Fraction = Fraction(0)
    verified: Fraction = Fraction(0)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.reported + other.reported, self.verified + other.verified)


NOTHING = Amount()


def month_of(day: date) -> date:
    """Return the first day of its month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """Return the last day of its month."""
    return months_later(month_of(day), 1) - timedelta(days=1)


def months_between(since: date, until: date) -> Iterator[date]:
    """Yield the first day of every month touched by the span."""
    month = month_of(since)
    while month <= until:
        yield month
        month = months_later(month, 1)


def declared(base: Base, keys: Iterable[str]) -> list[Tally]:
    """Return the tallies so called of a base's policy; unknown keys are left out."""
    wanted = set(keys)
    return [tally for tally in base.edition.tallies if tally.key in wanted]


def quantity(tally: Tally, data: Mapping[str, Any]) -> Decimal:
    """Return what one row adds to a tally: itself, or the number in the tally's column."""
    return Decimal(str(data.get(tally.column) or 0)) if tally.column else Decimal(1)


def decimal_of(number: Fraction) -> Decimal:
    """Return a sum of decimals as it is written: 12, 12.5."""
    return (Decimal(number.numerator) / number.denominator).normalize() + 0


def counts_in(tally: str) -> Q:
    """Choose the rows that count in a tally."""
    return Q(counted__contains=f" {tally} ")


def sums(base: Base, tallies: Iterable[str], period: Period) -> dict[str, Amount]:
    """Return each tally over a span, both days included; at most two queries."""
    found = dict.fromkeys(tallies, NOTHING)
    for amounts in sums_by_month(base, found, period.start, period.end).values():
        for key, amount in amounts.items():
            found[key] += amount
    return found


def sums_by_month(base: Base, tallies: Iterable[str], since: date, until: date) -> dict[date, dict[str, Amount]]:
    """Return each tally in each month of a span by the month's first day, months without rows included; at most two queries."""
    keys = tuple(tallies)
    found = {month: dict.fromkeys(keys, NOTHING) for month in months_between(since, until)}
    # A report's number belongs to the last day of its period, which is a month's last day.
    ended = [month for month in found if month_end(month) <= until]
    whole = [month for month in ended if month >= since]
    of_reports = {tally.key for tally in declared(base, keys) if tally.report}
    chosen = Q(month__in=whole) | Q(month__in=ended, tally__in=of_reports)
    for figure in Figure.objects.filter(chosen, base=base, tally__in=keys):
        found[figure.month][figure.tally] = _amount(figure.reported, figure.verified)
    if cut := [month for month in found if month not in whole]:
        days = Q()
        for month in cut:
            days |= Q(on__range=(max(month, since), min(month_end(month), until)))
        _add_rows(base, keys, days, found)
    return found


def sums_of_bases(
    base_pks: Iterable[int], tallies: Iterable[str], since: date, until: date
) -> dict[int, dict[str, Amount]]:
    """Return each tally of many bases over the months touched by a span; one query."""
    keys = tuple(tallies)
    found = {pk: dict.fromkeys(keys, NOTHING) for pk in base_pks}
    rows = (
        Figure.objects.filter(base__in=list(found), tally__in=keys, month__range=(month_of(since), until))
        .values_list("base", "tally")
        .annotate(reported=Sum("reported"), verified=Sum("verified"))
        .order_by()
    )
    for pk, key, reported, verified in rows:
        found[pk][key] = _amount(reported, verified)
    return found


def source_rows(base: Base, tally: str, period: Period) -> QuerySet[LedgerRow]:
    """Return the rows a tally is the sum of; none for a tally taken from a report."""
    return LedgerRow.objects.filter(counts_in(tally), base=base, on__range=(period.start, period.end))


def indicator_value(base: Base, indicator: Indicator, period: Period, *, verified: bool) -> Fraction | None:
    """Return an indicator over a span, from verified figures alone or from all that stand; None where it has no value."""
    found = sums(base, indicator.tallies, period)
    plain = {key: amount.verified if verified else amount.reported for key, amount in found.items()}
    return indicator.value(plain, base.setting_values)


def _add_rows(base: Base, keys: tuple[str, ...], days: Q, found: dict[date, dict[str, Amount]]) -> None:
    tallies = [tally for tally in declared(base, keys) if not tally.report]
    rows = LedgerRow.objects.filter(days, base=base, ledger__in={tally.ledger for tally in tallies}).exclude(counted="")
    for ledger, on, counted, state, data in rows.values_list("ledger", "on", "counted", "state", "data").order_by():
        for tally in tallies:
            if tally.ledger == ledger and f" {tally.key} " in counted:
                number = Fraction(quantity(tally, data))
                in_month = found[month_of(on)]
                in_month[tally.key] += Amount(number, number if state == RowState.VERIFIED else Fraction(0))


def _amount(reported: Decimal, verified: Decimal) -> Amount:
    return Amount(Fraction(reported), Fraction(verified))
