"""How values read in Chinese: dates, money, sizes, masked numbers. Pure functions; the template library wraps them.

Every aware datetime is shown in the current time zone (Asia/Shanghai); a naive one is taken as already local.
An empty value (None or "") gives an empty string, so that a template needs no condition around it.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WAN = Decimal(10000)


def local(moment: datetime) -> datetime:
    """The moment as a wall clock in the current time zone shows it."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def chinese_date(value: date | datetime | None) -> str:
    """2024年7月17日."""
    if not value:
        return ""
    day = local(value) if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(value: datetime | None, *, seconds: bool = False) -> str:
    """2024年7月17日 18:00, or 18:00:05 with seconds."""
    if not value:
        return ""
    return f"{chinese_date(value)} {local(value):{'%H:%M:%S' if seconds else '%H:%M'}}"


def without_year(value: datetime | None) -> str:
    """7月17日 18:00, for places where the year is plain."""
    return chinese_moment(value).partition("年")[2]


def weekday(value: date | datetime | None) -> str:
    """周三."""
    if not value:
        return ""
    return WEEKDAYS[(local(value) if isinstance(value, datetime) else value).weekday()]


def end_of_window(value: datetime | None) -> str:
    """A last moment as official texts write it: midnight belongs to the day that ends, 2024年9月20日 24:00.

    Both ways of storing it (00:00:00 of the next day, 23:59:59 of the last one) read the same.
    """
    if not value:
        return ""
    wall = local(value)
    if (wall.hour, wall.minute, wall.second) == (0, 0, 0):
        return f"{chinese_date((wall - timedelta(days=1)).date())} 24:00"
    if (wall.hour, wall.minute, wall.second) == (23, 59, 59):
        return f"{chinese_date(wall.date())} 24:00"
    return chinese_moment(value)


def to_decimal(value: object) -> Decimal | None:
    """A finite decimal, or None for what is not a number."""
    try:
        number = Decimal(str(value).strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def thousands(value: object, places: int | None = None) -> str:
    """1,204; with places, rounded half up to so many decimals. What is not a number comes back as it was."""
    if value is None or value == "":
        return ""
    number = to_decimal(value)
    if number is None:
        return str(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{number:,f}"


def yuan(value: object) -> str:
    """Yuan in full: 1,000,000.00 元."""
    text = thousands(value, 2)
    return f"{text} 元" if text else ""


def wan_yuan(value: object) -> str:
    """An amount in yuan, told in 万元 without idle zeros: 1000000 gives 100 万元, 1234500 gives 123.45 万元."""
    if value is None or value == "":
        return ""
    number = to_decimal(value)
    if number is None:
        return str(value)
    text = f"{number / WAN:,f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} 万元"


def percent(value: object, places: int = 2) -> str:
    """A ratio (0.9726) as 97.26%."""
    if value is None or value == "":
        return ""
    number = to_decimal(value)
    return str(value) if number is None else f"{thousands(number * 100, places)}%"


def masked_phone(value: object) -> str:
    """138****0001 for a mobile, 0571-****0001 for a landline: enough to recognise, not enough to dial."""
    text = "" if value is None else str(value).strip()
    digits = [place for place, character in enumerate(text) if character.isdigit()]
    if len(digits) < 7:
        return "*" * len(text)
    shown = set(digits[:3] if len(digits) == 11 and text[digits[0]] == "1" else digits[: max(0, len(digits) - 8)])
    shown |= set(digits[-4:])
    return "".join("*" if at in digits and at not in shown else mark for at, mark in enumerate(text))


def file_size(value: object) -> str:
    """186 kB, 1.4 MB (decimal units, as file managers show them)."""
    number = to_decimal(value)
    if number is None or number < 0:
        return ""
    if number < 1000:
        return f"{number:f} B"
    for unit in ("kB", "MB", "GB"):
        number /= 1000
        if number < 1000 or unit == "GB":
            break
    return f"{thousands(number, 0 if unit == 'kB' or number >= 100 else 1)} {unit}"


def grouped(value: object, size: int = 8) -> str:
    """A long code in groups, so that two people can compare it: 9368a7d2 1e018f64 …"""
    text = "" if value is None else str(value)
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def time_left(deadline: datetime, now: datetime, workdays: int | None = None) -> str:
    """What a countdown says: 4 个工作日, under 24 hours 9 小时, under one hour 35 分钟, then 已截止.

    `workdays` comes from the official calendar; without it, from 24 hours on, calendar days are told (3 天).
    """
    seconds = int((deadline - now).total_seconds())
    if seconds <= 0:
        return "已截止"
    if seconds < 3600:
        return f"{max(1, seconds // 60)} 分钟"
    if seconds < 86400:
        return f"{seconds // 3600} 小时"
    if workdays is None:
        return f"{seconds // 86400} 天"
    return f"{workdays} 个工作日"
