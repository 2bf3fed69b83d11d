"""The words of the messages about periodic reports; each reaches a person once, however often it is asked for."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from assessments.models import Base, Report
from assessments.selectors.due import Expected
from portal.accounts.selectors import members_of
from portal.calendars import wording
from portal.notifications.services import notify

SHOWN = 6  # reports named one by one in a message


def tell_unit(report: Report, news: str) -> None:
    """Tell a unit that its report was accepted, or returned for correction."""
    title, body = {
        "accepted": ("报告审核通过", "{report}已审核通过。"),
        "returned": ("报告被退回更正", "{report}已退回，请更正后重新报送。退回原因：{reason}"),
    }[news]
    _send(
        report.base,
        f"report:{report.pk}:{news}:{report.version}",
        title,
        body.format(report=report, reason=report.returned_reason),
        report_address(report.base, report.key, report.period_start),
        urgent=news == "returned",
    )


def remind_before(base: Base, entry: Expected, left: int, stage: int) -> None:
    """Remind of a report that runs out in some days; once for each distance."""
    if entry.due_on is None:
        return
    when = f"还有 {left} 天" if left else "就在今天"
    _send(
        base,
        f"report-due:{base.pk}:{entry.report.key}:{entry.period.start:%Y%m%d}:{entry.due_on:%Y%m%d}:{stage}",
        "报告报送提醒",
        f"{base.name}的{_name(entry)}尚未报送，期限为{wording.chinese_date(entry.due_on)}，{when}。",
        report_address(base, entry.report.key, entry.period.start),
        urgent=stage == 1,
    )


def remind_late(base: Base, entries: Sequence[Expected], newest: date, week: int) -> None:
    """Tell a unit of all its base is late with, in one message: the day after the newest became late, then weekly."""
    _send(
        base,
        f"report-late:{base.pk}:{newest:%Y%m%d}:{week}",
        "报告逾期未报",
        f"{base.name}有 {len(entries)} 份报告逾期未报：{_names(entries)}。请尽快报送，逾期报送将记为迟报。",
        reverse("assessments:my_reports", kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk}),
        urgent=True,
    )


def remind_returned(base: Base, entry: Expected, week: int) -> None:
    """Remind of a report returned for correction and not handed in again."""
    _send(
        base,
        f"report-returned:{base.pk}:{entry.report.key}:{entry.period.start:%Y%m%d}:{entry.returned_at:%Y%m%d%H%M}:{week}",
        "退回的报告尚未重新报送",
        f"{base.name}的{_name(entry)}已退回，请更正后重新报送。",
        report_address(base, entry.report.key, entry.period.start),
    )


def chase_key(base: Base, entry: Expected, today: date) -> str:
    """Return the key of an office's reminder of one report: it can be sent once a day."""
    return f"report-chase:{base.pk}:{entry.report.key}:{entry.period.start:%Y%m%d}:{today:%Y%m%d}"


def chase(base: Base, entry: Expected, today: date) -> None:
    """Send an office's own reminder (催报) of one report."""
    due = f"，报送期限为{wording.chinese_date(entry.due_on)}" if entry.due_on else ""
    _send(
        base,
        chase_key(base, entry, today),
        f"{base.jurisdiction.issuer}催报",
        f"请尽快报送{base.name}的{_name(entry)}{due}。",
        report_address(base, entry.report.key, entry.period.start),
        urgent=True,
    )


def report_address(base: Base, key: str, start: date) -> str:
    """Return the page on which the unit writes a report."""
    names = {"jurisdiction": base.jurisdiction.code, "pk": base.pk, "key": key, "start": f"{start:%Y-%m-%d}"}
    return reverse("assessments:my_report", kwargs=names)


def _name(entry: Expected) -> str:
    return f"{entry.report.title}（{entry.period.title}）"


def _names(entries: Sequence[Expected]) -> str:
    more = f"等 {len(entries)} 份" if len(entries) > SHOWN else ""
    return "、".join(map(_name, entries[:SHOWN])) + more


def _send(base: Base, key: str, title: str, body: str, link: str, *, urgent: bool = False) -> None:
    people = members_of(base.organisation)
    notify(
        memberships=people, key=key, title=title, body=body, link=link, jurisdiction=base.jurisdiction, urgent=urgent
    )
