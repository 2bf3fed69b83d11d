"""The indicators tab of a base: targets with their curves, every indicator month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.models import Base
from assessments.selectors import figures
from assessments.selectors.drawing import Bars, Curve, bars, curve
from assessments.selectors.progress import Measured, TargetLine, measure, target_lines
from portal.policy.indicator import Indicator
from portal.policy.ledger import Period
from portal.policy.term import months_later

MOST_MONTHS = 24


@dataclass(frozen=True)
class Progress:
    """A target's line with its curve; a ratio and a person's finding have none."""

    line: TargetLine
    curve: Curve | None


def progress_of(base: Base, today: date) -> list[Progress]:
    """Return every target with how it has come together; the figures of a span are read once."""
    lines = target_lines(base, today)
    drawn = [line for line in lines if line.indicator and not line.indicator.is_ratio and line.pace.elapsed]
    months: dict[Period, dict[date, dict[str, figures.Amount]]] = {}
    for period in {line.period for line in drawn}:
        tallies = {key for line in drawn if line.period == period and line.indicator for key in line.indicator.tallies}
        months[period] = figures.sums_by_month(base, tallies, period.start, min(period.end, today))
    found = []
    for line in lines:
        if line in drawn and line.indicator:
            by_month = _measured(base, line.indicator, months[line.period])
            found.append(Progress(line, curve(line, by_month, today)))
        else:
            found.append(Progress(line, None))
    return found


def monthly(base: Base, today: date) -> list[Bars]:
    """Return every indicator month by month, over the last two years at most."""
    until = min(today, base.ended_on or today)
    first = max(base.recognised_on, months_later(until.replace(day=1), 1 - MOST_MONTHS))
    shown = [each for each in base.edition.indicators if _concerns(base, each)]
    sums = figures.sums_by_month(base, _tallies(shown), first.replace(day=1), _month_end(until))
    return [bars(each.title, each.unit, _measured(base, each, sums)) for each in shown]


def _concerns(base: Base, indicator: Indicator) -> bool:
    """Whether a base of this track keeps what an indicator is rolled up from."""
    kept = {each.key for each in base.edition.ledgers if not each.tracks or base.track_key in each.tracks}
    tally = {each.key: each for each in base.edition.tallies}[indicator.tally]
    return not tally.ledger or tally.ledger in kept


def _tallies(indicators: Iterable[Indicator]) -> set[str]:
    return {key for each in indicators for key in each.tallies}


def _measured(base: Base, indicator: Indicator, months: dict[date, dict[str, figures.Amount]]) -> dict[date, Measured]:
    return {month: measure(base, indicator, sums) for month, sums in months.items()}


def _month_end(day: date) -> date:
    return months_later(day.replace(day=1), 1) - timedelta(days=1)
