"""What a place calls the meeting of experts and unit, and how a change of it is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.calendars import clock, wording
from portal.policy import registry
from reviews.models import Visit

TOLD = (("place", "地点"), ("meeting_point", "集合地点"), ("contact", "现场联系人"), ("route", "路线安排"))


def visit_word(place: str) -> str:
    """Return the word for pages that show files of several policies: that of the place's current one."""
    return registry.current(place).panel.visit_word


def visit_short(place: str) -> str:
    """Return the same word for labels, without 现场."""
    return registry.current(place).panel.visit_short


def moment(at: datetime) -> str:
    """9月3日（周二）10:00."""
    return f"{wording.chinese_date(clock.local_date(at), with_year=False, with_weekday=True)}{wording.chinese_time(at)}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """9月3日（周二）10:00—13:00; the day is told again only where it is another one."""
    same = clock.local_date(starts_at) == clock.local_date(ends_at)
    return f"{moment(starts_at)}—{wording.chinese_time(ends_at) if same else moment(ends_at)}"


def spoken(visit: Visit) -> str:
    """现场考察（9月3日（周二）10:00—13:00，余杭区), as a reason names a visit."""
    where = f"，{visit.district}" if visit.district else ""
    return f"{visit.panel.rule.visit_word}（{span(visit.starts_at, visit.ends_at)}{where}）"


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Say what a change of plan changed, before and after; empty when nothing a reader would notice.

    Both hold `starts_at`, `ends_at` and the texts named in `TOLD`.
    """
    said = []
    times = [span(each["starts_at"], each["ends_at"]) for each in (before, after)]
    if times[0] != times[1]:
        said.append(f"时间由{times[0]}改为{times[1]}")
    for name, label in TOLD:
        old, new = str(before[name]).strip(), str(after[name]).strip()
        if old == new:
            continue
        if name == "route":
            said.append("路线安排有调整，详见路线单")
        else:
            said.append(
                f"{label}由“{old}”改为“{new}”" if old and new else f"{label}{f'定为“{new}”' if new else '取消'}"
            )
    return "；".join(said)
