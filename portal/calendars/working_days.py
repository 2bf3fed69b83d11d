"""The arithmetic of working days (G-07, G-08): pure, over a mapping of dates.

A date that is not in the mapping belongs to a year without a calendar, and the computation is refused; Monday to
Friday is never assumed.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Day(NamedTuple):
    """One date of a calendar. `name` is the holiday that moved it (empty on an ordinary day)."""

    is_workday: bool
    name: str = ""
    is_official: bool = True


Days = Mapping[date, Day]


class MissingCalendarYear(Exception):
    """A day of the computation falls in a year whose calendar is not loaded. `str()` is the sentence for the user."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.message = (
            f"缺少{year}年工作日历，无法计算工作日期限。"
            f"请由系统管理员导入国务院办公厅公布的{year}年节假日安排后再办理。"
        )
        super().__init__(self.message)


def is_working_day(days: Days, day: date) -> bool:
    """Whether people work on `day`. Raises MissingCalendarYear."""
    try:
        return days[day].is_workday
    except KeyError:
        raise MissingCalendarYear(day.year) from None


def add_working_days(days: Days, start: date, count: int, *, count_start: bool = False) -> date:
    """The `count`-th working day after `start` (民法典 201: the first day is not counted).

    With `count_start` the day itself is the first, if it is a working day. Raises MissingCalendarYear when `start` or
    any later day of the count is in a year that is not loaded; ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError(f"a period has at least one working day, not {count}")
    day, counted = start, 0
    if is_working_day(days, start) and count_start:
        counted = 1
    while counted < count:
        day += ONE_DAY
        counted += is_working_day(days, day)
    return day


def working_days_between(days: Days, start: date, end: date, *, count_start: bool = False) -> int:
    """How many working days lie after `start` up to and including `end` (with `count_start`, from `start` on).

    The inverse of `add_working_days`. 0 when `end` is not after `start`. Raises MissingCalendarYear.
    """
    day = start if count_start else start + ONE_DAY
    counted = 0
    while day <= end:
        counted += is_working_day(days, day)
        day += ONE_DAY
    return counted


def roll_to_working_day(days: Days, day: date) -> date:
    """`day` itself if people work then, else the next working day (民法典 203). Raises MissingCalendarYear."""
    while not is_working_day(days, day):
        day += ONE_DAY
    return day
