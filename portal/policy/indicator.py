"""What a base is measured by after recognition: indicators over its records, targets over a span of its life."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from portal.policy.condition import Measure
from portal.policy.ledger import Period
from portal.policy.term import BuildPeriod


@dataclass(frozen=True)
class Indicator:
    """A tally, or the exact ratio of two in percent. `least_share` guards a ratio: the denominator must be at least the
    percentage a setting holds of another tally (a survey of 30 % of the trainees), otherwise it is not evaluable."""

    key: str
    title: str
    unit: str
    tally: str
    over: str = ""
    least_share: tuple[str, str] = ("", "")  # (tally, setting)
    over_if: tuple[str, Any, str] = ("", None, "")  # (setting, value, tally): the other denominator a bureau may choose
    default: str = ""

    @property
    def is_ratio(self) -> bool:
        """Whether it is a share in percent."""
        return bool(self.over)

    @property
    def tallies(self) -> tuple[str, ...]:
        """Every tally it reads."""
        return tuple(key for key in (self.tally, self.over, self.least_share[0], self.over_if[2]) if key)

    def denominator(self, settings: Mapping[str, Any]) -> str:
        """Return the tally a ratio is formed over, under these settings."""
        setting, value, tally = self.over_if
        return tally if setting and settings.get(setting) == value else self.over

    def value(self, sums: Mapping[str, Fraction], settings: Mapping[str, Any]) -> Fraction | None:
        """Return the quantity, or the share in percent; None where a ratio cannot be formed (G-02)."""
        top = sums.get(self.tally, Fraction(0))
        if not self.over:
            return top
        below = sums.get(self.denominator(settings), Fraction(0))
        if not below or self.too_few(sums, settings):
            return None
        return top * 100 / below

    def too_few(self, sums: Mapping[str, Fraction], settings: Mapping[str, Any]) -> bool:
        """Say whether the denominator is smaller than the guard asks."""
        whole, setting = self.least_share
        if not whole:
            return False
        least = sums.get(whole, Fraction(0)) * Fraction(str(settings.get(setting, 0)))
        return sums.get(self.denominator(settings), Fraction(0)) * 100 < least


class Span(StrEnum):
    """Over which time a target is reached."""

    FIRST_YEAR = "first_year"  # of building
    SECOND_YEAR = "second_year"  # of building: from the first year's end to the end of the term
    TERM = "term"  # of building
    CALENDAR_YEAR = "calendar_year"  # each calendar year


def span_of(
    span: Span, recognised_on: date, build: BuildPeriod | None, settings: Mapping[str, Any], year: int
) -> Period:
    """Return the days of a span in a base's life; `year` is the calendar year asked about. ValueError without a term.

    A period of months ends on the corresponding day (民法典 202), which is included.
    """
    if span is Span.CALENDAR_YEAR:
        return Period(date(year, 1, 1), date(year, 12, 31))
    if build is None:
        raise ValueError("本政策没有建设期，不能按建设期计算指标")
    first = build.first_year_end(recognised_on, str(settings.get(build.first_year_setting, "12m")))
    if span is Span.FIRST_YEAR:
        return Period(recognised_on, first)
    if span is Span.SECOND_YEAR:
        return Period(first + timedelta(days=1), build.end(recognised_on))
    return Period(recognised_on, build.end(recognised_on))


@dataclass(frozen=True)
class Target:
    """`at_least` so much of an indicator over a span. `condition` is the code of the condition whose words it carries.

    Without an `indicator` it is a person's finding only. `planned` is what the unit itself wrote into its application: the
    base line beside the target.

    `tolerated` is the lesser figure that suffices with a written reason once a setting holds the value beside it. A target
    over an improvement year is judged on the term's figures prolonged by that year. `judged` targets need a person's
    finding (an established training system) beside any figure.
    """

    code: str
    title: str
    indicator: str
    at_least: int
    span: Span
    clause: str
    condition: str = ""
    planned: Measure | None = None
    tracks: tuple[str, ...] = ()
    tolerated: int | None = None
    tolerance: tuple[str, Any] = ("", None)
    judged: bool = False
    default: str = ""

    def met(self, value: Fraction | None) -> bool | None:
        """Compare exactly; None when there is nothing to compare."""
        return None if value is None else value >= self.at_least

    def tolerable(self, value: Fraction | None, settings: Mapping[str, Any]) -> bool:
        """Say whether a miss may be accepted with a written reason."""
        setting, wanted = self.tolerance
        allowed = self.tolerated is not None and settings.get(setting) == wanted
        return allowed and value is not None and self.tolerated is not None and value >= self.tolerated
