"""Periods as people write them, one a line: “某某公司 2020-03 至 2023-06”, “2024-09-01 至 2024-09-15”."""

import re
from calendar import monthrange
from datetime import date

from django import forms

_DAY = r"\d{4}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)?"
_PERIOD = rf"(?P<since>{_DAY})\s*(?:至|到|~|～|—+)\s*(?P<until>{_DAY}|今)"
_SERVICE = re.compile(rf"(?P<unit>.*?\S)[\s,，:：（(]+{_PERIOD}\s*[）)]?")
_ABSENCE = re.compile(_PERIOD)
_LINES = re.compile(r"[\n;；]+")
MOST_LINES = 30


def read_services(text: str) -> list[dict[str, str]]:
    """Return `{unit, since, until}` for each line; `until` is empty for 至今. Raise `ValidationError` naming the line."""
    return [
        {"unit": match["unit"], **_days(match, line)}
        for match, line in _matches(_SERVICE, text, "单位名称 2020-03 至 2023-06")
    ]


def read_absences(text: str) -> list[dict[str, str]]:
    """Return `{since, until}` for each line. Raise `ValidationError` naming the line."""
    found = [_days(match, line) for match, line in _matches(_ABSENCE, text, "2024-09-01 至 2024-09-15")]
    if any(not each["until"] for each in found):
        raise forms.ValidationError("不能参加的时段须写明结束日期；长期不能参加的，请将状态调整为“暂停”")
    return found


def services_text(services: list[dict[str, str]]) -> str:
    """Return the lines that read back as these."""
    return "\n".join(f"{each['unit']} {each['since']} 至 {each['until'] or '今'}" for each in services)


def absences_text(absences: list[dict[str, str]]) -> str:
    """Return the lines that read back as these."""
    return "\n".join(f"{each['since']} 至 {each['until']}" for each in absences)


def _matches(pattern: re.Pattern[str], text: str, example: str) -> list[tuple[re.Match[str], str]]:
    lines = [line.strip() for line in _LINES.split(text) if line.strip()]
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(f"最多填写 {MOST_LINES} 行")
    found = []
    for line in lines:
        match = pattern.fullmatch(line)
        if match is None:
            raise forms.ValidationError(f"“{line}”应写成“{example}”")
        found.append((match, line))
    return found


def _days(match: re.Match[str], line: str) -> dict[str, str]:
    since = _day(match["since"], line, last=False)
    until = "" if match["until"] == "今" else _day(match["until"], line, last=True)
    if until and until < since:
        raise forms.ValidationError(f"“{line}”的结束早于开始")
    return {"since": since, "until": until}


def _day(text: str, line: str, *, last: bool) -> str:
    """The ISO date of a text; a month alone counts from its first, or until its last, day."""
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    try:
        year, month = numbers[0], numbers[1]
        day = numbers[2] if len(numbers) > 2 else monthrange(year, month)[1] if last else 1
        return date(year, month, day).isoformat()
    except ValueError as error:  # no such day; `monthrange` raises a subclass of it
        raise forms.ValidationError(f"“{line}”中的“{text}”不是日期") from error
