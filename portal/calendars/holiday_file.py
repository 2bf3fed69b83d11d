"""Reading a year's holiday arrangement in the holiday-cn shape, and refusing what cannot be one (G-08).

Shape: `{"year": 2026, "papers": ["…"], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}, …]}`.
Only the days that the notice names are listed; every other day is an ordinary weekday or weekend. `isOffDay: false` is
a weekend on which people work (调休上班).
"""

import calendar
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
SATURDAY = 5
DECEMBER = 12


class CalendarFileInvalid(Exception):
    """The file cannot be a year's arrangement; `errors` are Chinese sentences, all of them at once."""

    def __init__(self, errors: list[str]) -> None:
        self.errors = errors
        super().__init__("；".join(errors))


@dataclass(frozen=True)
class Adjustment:
    """One day that the notice names."""

    date: date
    is_workday: bool
    name: str


def read_holiday_file(
    content: str | bytes | dict[str, Any], year: int, *, accept_total: bool = False
) -> list[Adjustment]:
    """The adjustments of `year`, by date; the last December of the year before may be among them.

    Raises CalendarFileInvalid: no JSON, empty, another year, a date twice, a weekday declared a make-up day, a festival
    missing, or a total of days off that is not the legal one (`accept_total` lets the last pass, for a changed law).
    """
    payload = _parse(content)
    entries = payload.get("days")
    if not isinstance(entries, list) or not entries:
        raise CalendarFileInvalid([f"文件中没有{year}年的任何放假安排（空文件），视为未导入。"])
    errors: list[str] = []
    if payload.get("year") != year:
        errors.append(f"文件写的是“{payload.get('year')}”年，要导入的是{year}年。")
    adjustments = [read for entry in entries if (read := _read_entry(entry, errors)) is not None]
    if not errors:
        errors = _day_errors(adjustments, year) or _year_errors(adjustments, year, accept_total=accept_total)
    if errors:
        raise CalendarFileInvalid(errors)
    return sorted(adjustments, key=lambda adjustment: adjustment.date)


def year_of(content: str | bytes | dict[str, Any]) -> int:
    """The year that the file says it is for. Raises CalendarFileInvalid."""
    year = _parse(content).get("year")
    if not isinstance(year, int):
        raise CalendarFileInvalid(["文件没有写明年度（year）。"])
    return year


def _parse(content: str | bytes | dict[str, Any]) -> dict[str, Any]:
    if isinstance(content, dict):
        return content
    try:
        payload = json.loads(content.decode("utf-8-sig") if isinstance(content, bytes) else content)
    except ValueError:
        raise CalendarFileInvalid(["文件不是有效的 JSON，请使用 holiday-cn 格式的年度文件（UTF-8）。"]) from None
    if not isinstance(payload, dict):
        raise CalendarFileInvalid(["文件结构不对：最外层应有 year 和 days 两项。"])
    return payload


def _read_entry(entry: Any, errors: list[str]) -> Adjustment | None:
    try:
        day, off, name = date.fromisoformat(entry["date"]), entry["isOffDay"], entry["name"].strip()
    except (KeyError, TypeError, ValueError, AttributeError):
        errors.append(f"无法识别的一行：{str(entry)[:80]}。每行应有 name、date（如 2026-01-01）、isOffDay。")
        return None
    if not isinstance(off, bool) or not 0 < len(name) <= 40:
        errors.append(f"{day.isoformat()}：isOffDay 应为 true 或 false，name 应为 1 至 40 字的节日名称。")
        return None
    return Adjustment(day, not off, name)


def _day_errors(adjustments: list[Adjustment], year: int) -> list[str]:
    errors = [
        f"{day.isoformat()} 重复出现 {times} 次。"
        for day, times in Counter(adjustment.date for adjustment in adjustments).items()
        if times > 1
    ]
    for adjustment in adjustments:
        day = adjustment.date
        if day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
            errors.append(f"{day.isoformat()} 不在{year}年（或上年12月）内。")
        if adjustment.is_workday and day.weekday() < SATURDAY:
            errors.append(f"{day.isoformat()} 不是周末，不能是调休上班日。")
    return errors


def _year_errors(adjustments: list[Adjustment], year: int, *, accept_total: bool) -> list[str]:
    off = {adjustment.date for adjustment in adjustments if not adjustment.is_workday}
    names = {part for adjustment in adjustments for part in adjustment.name.split("、") if not adjustment.is_workday}
    errors = [f"安排不完整：没有“{festival}”放假。" for festival in FESTIVALS if festival not in names]
    errors += [
        f"安排不完整：{month}月{day}日是法定节假日，文件中不放假。"
        for month, day in FIXED_HOLIDAYS
        if date(year, month, day) not in off
    ]
    total, legal = days_off_gained(adjustments), legal_holidays(year)
    if not errors and total != legal and not accept_total:
        errors.append(
            f"放假与调休的天数对不上：工作日放假减去周末上班应为{legal}天（法定节假日天数），文件为{total}天。"
            "请核对是否漏了放假日或调休上班日。"
        )
    return errors


def days_off_gained(adjustments: list[Adjustment]) -> int:
    """Weekdays off minus weekend days worked: the legal days, as a holiday on a weekend is made up for."""
    weekdays_off = sum(not a.is_workday and a.date.weekday() < SATURDAY for a in adjustments)
    return weekdays_off - sum(a.is_workday for a in adjustments)


def legal_holidays(year: int) -> int:
    """Legal holidays a year (全国年节及纪念日放假办法): 11 days, from 2025 on 13."""
    return 13 if year >= 2025 else 11


def dates_of(year: int) -> list[date]:
    """Every date of the year."""
    length = 366 if calendar.isleap(year) else 365
    return [date(year, 1, 1) + timedelta(days=offset) for offset in range(length)]
