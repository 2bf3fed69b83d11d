"""Where a quantity should stand today, and where it is heading: exact arithmetic over the days of a period."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.policy.ledger import Period

TOO_EARLY = 30  # days: in the first month a rate says nothing

# What a line of progress is called, with the shape that is shown beside the word.
NOT_BEGUN, MET, AHEAD, BEHIND, MISSED, OPEN = "not_begun", "met", "ahead", "behind", "missed", "open"
WORDS = {
    NOT_BEGUN: ("未到期间", "todo"),
    MET: ("已达到", "done"),
    AHEAD: ("进度正常", "doing"),
    BEHIND: ("进度落后", "attention"),
    MISSED: ("未达到", "failed"),
    OPEN: ("待认定", "judged"),
}


@dataclass(frozen=True)
class Pace:
    """How much of a period has gone by on a day; the day itself counts as gone."""

    days: int
    elapsed: int

    @property
    def left(self) -> int:
        """How many days are left."""
        return self.days - self.elapsed

    @property
    def over(self) -> bool:
        """Whether the period has ended."""
        return self.elapsed >= self.days

    def line(self, at_least: Fraction) -> Fraction:
        """Where the straight line to the target stands."""
        return at_least * self.elapsed / self.days

    def forecast(self, value: Fraction | None, *, ratio: bool) -> Fraction | None:
        """Where the quantity will be at the end at the present rate; a ratio stays as it is, and the first month says nothing."""
        if value is None or ratio or self.over:
            return value
        return None if self.elapsed <= TOO_EARLY else value * self.days / self.elapsed


def pace_of(period: Period, today: date) -> Pace:
    """Return how much of a period has gone by; both its days are included."""
    days = (period.end - period.start).days + 1
    return Pace(days, min(max((today - period.start).days + 1, 0), days))


def state_of(
    pace: Pace, at_least: Fraction, verified: Fraction | None, reported: Fraction | None, *, ratio: bool
) -> str:
    """Say how a target stands: met by what is verified, otherwise ahead of the straight line or behind it by what is reported.

    A ratio has no straight line: it is met or not from the first figure, and until the end it may still change.
    """
    if not pace.elapsed:
        return NOT_BEGUN
    if verified is not None and verified >= at_least and (pace.over or not ratio):
        return MET
    if pace.over:
        return OPEN if verified is None else MISSED
    if reported is None:
        return OPEN
    return AHEAD if reported >= (at_least if ratio else pace.line(at_least)) else BEHIND
