"""How long a base is built, when its years end, and how far an improvement period may reach."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


def months_later(day: date, months: int) -> date:
    """Return the corresponding day so many months on, or that month's last day (a period ends on it, inclusive)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Ending:
    """The last day of a period; `cut` when a cap shortened it."""

    on: date
    cut: bool = False


@dataclass(frozen=True)
class BuildPeriod:
    """`months` of building from the day the recognition is issued, checked after the first year and at the end.

    `first_year_setting` holds `12m` (the first twelve months) or `calendar` (to the end of the calendar year). Missing the
    first year's target makes the rest of the period the improvement; missing the total adds `improvement_months`, but not
    beyond the day in `cap_setting` (`YYYY-MM-DD`).
    """

    months: int
    improvement_months: int
    first_year_setting: str  # empty: twelve months
    cap_setting: str  # empty: no cap
    text: str
    clause: str
    default: str = ""

    def first_year_end(self, start: date, mode: str) -> date:
        """Return the last day of the first year of building."""
        return date(start.year, 12, 31) if mode == "calendar" else months_later(start, 12)

    def end(self, start: date) -> date:
        """Return the last day of building."""
        return months_later(start, self.months)

    def improvement_end(self, start: date, cap: date | None, *, first_year_missed: bool) -> Ending:
        """Return the last day of the one improvement period a base may have."""
        if first_year_missed:
            return Ending(self.end(start))
        wanted = months_later(start, self.months + self.improvement_months)
        if cap is None or wanted <= cap:
            return Ending(wanted)
        return Ending(max(cap, self.end(start)), cut=True)
