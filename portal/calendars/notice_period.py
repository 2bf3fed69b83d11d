"""The period of a public notice, its day-by-day strip and its countdown: pure, over a mapping of dates (G-07).

`ends_at` is everywhere the exclusive instant: 24:00 of the last day, that is 00:00 of the day after. Something received
is in time iff `received_at < ends_at`. For a reader write it with `wording.period_end`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.calendars import clock, wording
from portal.calendars.working_days import (
    ONE_DAY,
    Day,
    Days,
    MissingCalendarYear,
    add_working_days,
    working_days_between,
)


@dataclass(frozen=True)
class NoticePeriod:
    """From the first counted working day to 24:00 of the last one."""

    published_on: date
    first_day: date
    last_day: date
    working_days: int

    @property
    def ends_at(self) -> datetime:
        """The exclusive end, aware."""
        return clock.end_of_day(self.last_day)

    @property
    def text(self) -> str:
        """2024年9月13日至2024年9月20日，共5个工作日."""
        first, last = wording.chinese_date(self.first_day), wording.chinese_date(self.last_day)
        return f"{first}至{last}，共{self.working_days}个工作日"


def notice_period(
    days: Days, published_at: datetime, count: int, *, count_publication_day: bool = False
) -> NoticePeriod:
    """The period of a notice published at the aware instant `published_at`.

    The day of publication is not counted unless the switch `notice.count_publication_day` says so (and it is a working
    day). Raises MissingCalendarYear, ValueError for a count below 1 or a naive instant.
    """
    published_on = clock.local_date(published_at)
    first = add_working_days(days, published_on, 1, count_start=count_publication_day)
    last = add_working_days(days, published_on, count, count_start=count_publication_day)
    return NoticePeriod(published_on, first, last, count)


@dataclass(frozen=True)
class StripDay:
    """One cell of the notice calendar.

    `kind` is one of published, past, today, future, last, rest, unknown (a year that is not loaded); `number` is the
    n of 第n日, None on a day that does not count; `label` and `note` are the two small lines under the date.
    """

    date: date
    weekday: str
    kind: str
    number: int | None
    label: str
    note: str
    name: str
    is_today: bool
    is_last: bool


def strip(
    days: Days, published_on: date, last_day: date, *, today: date, count_publication_day: bool = False
) -> list[StripDay]:
    """One cell per calendar day from publication to the last day, both included. For display: never raises."""
    cells: list[StripDay] = []
    counted, day = 0, published_on
    while day <= last_day:
        known = days.get(day)
        counts = known is not None and known.is_workday and (day > published_on or count_publication_day)
        counted += counts
        number = counted if counts else None
        is_published, is_last, is_today = day == published_on, day == last_day, day == today
        kind = _kind(known, number, is_published=is_published, is_last=is_last, is_today=is_today, is_past=day < today)
        note = _note(known, number, is_published=is_published, is_last=is_last, is_today=is_today)
        label = LABELS.get(kind, f"第 {number} 日")
        name = known.name if known else ""
        cells.append(StripDay(day, wording.weekday(day), kind, number, label, note, name, is_today, is_last))
        day += ONE_DAY
    return cells


LABELS = {"unknown": "", "published": "发布日", "rest": "休"}


def _kind(
    known: Day | None, number: int | None, *, is_published: bool, is_last: bool, is_today: bool, is_past: bool
) -> str:
    if known is None:
        return "unknown"
    if number is None:
        return "published" if is_published else "rest"
    if is_today:
        return "today"
    if is_past:
        return "past"
    return "last" if is_last else "future"


def _note(known: Day | None, number: int | None, *, is_published: bool, is_last: bool, is_today: bool) -> str:
    """The most telling thing about the day: its end, that it is today, whether it counts, why it differs."""
    if is_last:
        return "今天 24:00 截止" if is_today else "24:00 截止"
    if is_today:
        return "今天"
    if known is None:
        return "日历未导入"
    if is_published:
        return "不计入" if number is None else "发布日"
    if not known.name:
        return ""
    return "调休上班" if known.is_workday else f"{short_name(known.name)}休"


def short_name(name: str) -> str:
    """A holiday in a narrow cell: 中秋节 → 中秋, 春节 → 春节, 劳动节 → 五一, 国庆节、中秋节 → 国庆."""
    first = name.split("、", maxsplit=1)[0]
    if first == "劳动节":
        return "五一"
    return first.removesuffix("节") if len(first) > 2 else first


@dataclass(frozen=True)
class Remaining:
    """What is left until `ends_at`.

    `working_days` are those after today up to the last day (today is not counted), None when a year in between is not
    loaded: then `natural_days` is shown, and `is_natural` says so. `time_left` is exact, never negative.
    """

    time_left: timedelta
    natural_days: int
    working_days: int | None

    @property
    def is_over(self) -> bool:
        """Whether the period has ended."""
        return self.time_left == timedelta(0)

    @property
    def is_natural(self) -> bool:
        """Whether only natural days can be shown."""
        return self.working_days is None

    @property
    def is_last_day(self) -> bool:
        """Whether the period ends within today."""
        return not self.is_over and self.natural_days == 0

    @property
    def text(self) -> str:
        """还剩2个工作日 / 还剩3天（自然日） / 还剩5小时12分 / 已截止."""
        if self.is_over:
            return "已截止"
        if self.natural_days == 0:
            return f"还剩{self.clock_text}"
        if self.working_days is None:
            return f"还剩{self.natural_days}天（自然日）"
        return f"还剩{self.working_days}个工作日"

    @property
    def clock_text(self) -> str:
        """5小时12分, for the last hours; the begun minute counts, so that it never says 0分 before the end."""
        minutes = -(-self.time_left // timedelta(minutes=1))
        hours, rest = divmod(minutes, 60)
        return f"{hours}小时{rest}分" if hours else f"{rest}分"


def remaining(days: Days, now: datetime, ends_at: datetime) -> Remaining:
    """What is left at `now` until the exclusive end `ends_at`. For display: never raises MissingCalendarYear."""
    time_left = max(clock.in_utc(ends_at) - clock.in_utc(now), timedelta(0))
    today, last_day = clock.local_date(now), clock.local_date(ends_at - timedelta(microseconds=1))
    natural = max((last_day - today).days, 0)
    try:
        working: int | None = working_days_between(days, today, last_day)
    except MissingCalendarYear:
        working = None
    return Remaining(time_left, natural, working)
