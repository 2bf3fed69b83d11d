"""How far a base has come with its targets: figures, the straight line, the forecast, and the check line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from assessments.models import Base
from assessments.selectors import figures
from assessments.selectors.pace import WORDS, Pace, pace_of, state_of
from portal.calendars import clock
from portal.policy.facts import to_number
from portal.policy.indicator import Indicator, Span, Target, span_of
from portal.policy.ledger import Period
from portal.policy.measures import show_number


@dataclass(frozen=True)
class Measured:
    """A quantity as reported and as verified; None where a ratio cannot be formed."""

    reported: Fraction | None
    verified: Fraction | None


@dataclass(frozen=True)
class TargetLine:
    """One target of a base: what was promised and planned, what is there, and whether it keeps pace."""

    target: Target
    indicator: Indicator | None  # None: a person's finding only
    period: Period
    reported: Fraction | None
    verified: Fraction | None
    met: bool | None  # by what is verified (G-14)
    planned: Fraction | None  # what the unit put down in its application
    straight: Fraction | None
    forecast: Fraction | None
    pace: Pace
    state: str

    @property
    def days_left(self) -> int:
        """How many days of its span are left."""
        return self.pace.left

    @property
    def words(self) -> str:
        """What the state is called."""
        return WORDS[self.state][0]

    @property
    def shape(self) -> str:
        """The shape beside the word."""
        return WORDS[self.state][1]


@dataclass(frozen=True)
class CheckLine:
    """One target checked: `value` is what is verified, the figure that counts. `words` say the rule and the figures."""

    target: Target
    period: Period
    value: Fraction | None
    reported: Fraction | None
    met: bool | None
    tolerable: bool
    words: str

    @property
    def needs_finding(self) -> bool:
        """Whether a person has to find something beside the figure, or without one."""
        return self.target.judged or self.met is None


def targets_of(base: Base) -> tuple[Target, ...]:
    """Return the targets a base of its kind has."""
    return tuple(each for each in base.edition.targets if not each.tracks or base.track_key in each.tracks)


def indicator_of(base: Base, key: str) -> Indicator | None:
    """Return an indicator of the base's edition, or None."""
    return next((each for each in base.edition.indicators if each.key == key), None)


def target_period(base: Base, target: Target, year: int, settings: Mapping[str, Any] | None = None) -> Period:
    """Return the days over which a target counts in this base's life; `settings` are the base's, where they are at hand."""
    values = base.setting_values if settings is None else settings
    return span_of(target.span, base.recognised_on, base.edition.build_period, values, year)


def target_lines(base: Base, today: date) -> list[TargetLine]:
    """Return the progress of every target on a day; a target of each calendar year is that of the day's year."""
    asked = [(target, target_period(base, target, today.year)) for target in targets_of(base)]
    values = _measured(base, asked)
    return [_line(base, target, period, values[target.code], today) for target, period in asked]


def check_targets(
    base: Base,
    codes: Iterable[str],
    *,
    until: date | None = None,
    year: int | None = None,
    prolonged_to: date | None = None,
) -> list[CheckLine]:
    """Check targets line by line by what is verified. `until`: figures after that day do not count.

    `year` is the calendar year asked about. A base in an improvement period is judged on the term's figures up to
    `prolonged_to`; what counts over one year of building then counts over the last such year.
    """
    wanted, in_year = set(codes), year or (until or clock.today()).year
    asked = []
    for target in targets_of(base):
        if target.code in wanted:
            period = _prolonged(base, target, target_period(base, target, in_year), prolonged_to)
            asked.append((target, _cut(period, until)))
    values = _measured(base, asked)
    return [_check(base, target, period, values[target.code]) for target, period in asked]


def measure(
    base: Base, indicator: Indicator, sums: Mapping[str, figures.Amount], settings: Mapping[str, Any] | None = None
) -> Measured:
    """Return an indicator over sums, as reported and as verified; `settings` are the base's, where they are at hand."""
    values = base.setting_values if settings is None else settings
    kept = {key: sums[key] for key in indicator.tallies if key in sums}
    reported = {key: amount.reported for key, amount in kept.items()}
    verified = {key: amount.verified for key, amount in kept.items()}
    return Measured(indicator.value(reported, values), indicator.value(verified, values))


def show(value: Fraction | None, unit: str) -> str:
    """Write a figure with its unit; a ratio that cannot be formed says so."""
    if value is None:
        return "无法计算"
    return f"{show_number(value)}{unit}" if unit == "%" else f"{show_number(value)} {unit}"


def _measured(base: Base, asked: Iterable[tuple[Target, Period]]) -> dict[str, Measured]:
    """Measure targets, with one reading of the figures for each span they share."""
    by_period: dict[Period, list[Target]] = {}
    for target, period in asked:
        by_period.setdefault(period, []).append(target)
    found: dict[str, Measured] = {}
    for period, targets in by_period.items():
        indicators = {target.code: indicator_of(base, target.indicator) for target in targets}
        tallies = {key for each in indicators.values() if each for key in each.tallies}
        sums = figures.sums(base, tallies, period) if tallies and period.start <= period.end else {}
        for code, indicator in indicators.items():
            found[code] = measure(base, indicator, sums) if indicator else Measured(None, None)
    return found


def _line(base: Base, target: Target, period: Period, value: Measured, today: date) -> TargetLine:
    indicator, pace, least = indicator_of(base, target.indicator), pace_of(period, today), Fraction(target.at_least)
    ratio = indicator is not None and indicator.is_ratio
    planned = to_number(base.baseline.get(target.code))
    if indicator is None:
        state = state_of(pace, least, None, None, ratio=True)
        return TargetLine(target, None, period, None, None, None, planned, None, None, pace, state)
    return TargetLine(
        target=target,
        indicator=indicator,
        period=period,
        reported=value.reported,
        verified=value.verified,
        met=target.met(value.verified),
        planned=planned,
        straight=least if ratio else pace.line(least),
        forecast=pace.forecast(value.reported, ratio=ratio),
        pace=pace,
        state=state_of(pace, least, value.verified, value.reported, ratio=ratio),
    )


def _prolonged(base: Base, target: Target, period: Period, prolonged_to: date | None) -> Period:
    if prolonged_to is None or target.span is Span.CALENDAR_YEAR or prolonged_to <= period.end:
        return period
    if target.span is Span.SECOND_YEAR:
        return Period(prolonged_to - (period.end - period.start), prolonged_to)
    return Period(base.recognised_on, prolonged_to)


def _cut(period: Period, until: date | None) -> Period:
    if until is None or until >= period.end:
        return period
    return Period(period.start, max(until, period.start - timedelta(days=1)))


def _check(base: Base, target: Target, period: Period, value: Measured) -> CheckLine:
    indicator = indicator_of(base, target.indicator)
    met = target.met(value.verified) if indicator else None
    tolerable = met is False and target.tolerable(value.verified, base.setting_values)
    words = _words(base, target, indicator, period, value, met=met, tolerable=tolerable)
    return CheckLine(target, period, value.verified, value.reported, met, tolerable, words)


def _words(
    base: Base, target: Target, indicator: Indicator | None, period: Period, value: Measured, **found: Any
) -> str:
    """`两年内取证总人数：应不少于 1,800 人次（三（一）），2024-10-10 至 2026-10-10 已核 1,750 人次，自报 1,790 人次；未达到`."""
    if indicator is None:
        return f"{target.title}（{target.clause}）：由核验人员认定"
    when = period.title if period.title.endswith("年") else f"{period.title} "
    said = (
        f"{target.title}：应不少于 {show(Fraction(target.at_least), indicator.unit)}（{target.clause}），"
        f"{when}已核 {show(value.verified, indicator.unit)}，自报 {show(value.reported, indicator.unit)}；"
    )
    said += {True: "达到", False: "未达到", None: "缺少数据，无法核对"}[found["met"]]
    if found["tolerable"] and target.tolerated is not None:
        said += f"，但不低于 {show(Fraction(target.tolerated), indicator.unit)}，可以书面说明理由后认可"
    return said + ("；另须由核验人员认定" if target.judged else "")
