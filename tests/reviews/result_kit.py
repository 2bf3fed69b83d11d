"""Makers for results that hold: sheets with their true hashes and events, reviews closed with what they came to."""

from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection

from applications.models import Application
from portal.audit import triggers
from portal.audit.models import Event
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import StageKind
from reviews.models import Expert, Opinion, Panel, PanelMember
from reviews.selectors.panel_result import panel_result
from reviews.services.opinions import opinion_hash
from tests.reviews import kit
from tests.reviews.select_kit import Desk, file_of, sample

Sheet = dict[str, str]


def municipal(desk: Desk, *sheets: Sheet, support: str = "funded", closed: bool = True) -> Application:
    """Return a municipal digital file judged by as many experts as there are sheets (points by item number)."""
    changed = {"municipal": {"category": "digital", "support": support, "adjust": "yes"}}
    status = "reviewed" if closed else "in_review"
    made = file_of(desk.call, sample("chongqing", track="municipal"), status=status, **changed)
    judged(made, desk, sheets, closed=closed)
    return made


def national(desk: Desk, *sheets: Sheet, **options: Any) -> Application:
    """Return a national file of tier A."""
    made = file_of(desk.call, sample("chongqing", track="national"), national={"tier": "A", "adjust": "no"}, **options)
    judged(made, desk, sheets)
    return made


def judged(application: Application, desk: Desk, sheets: Sequence[Sheet], *, closed: bool = True) -> Panel:
    """Give a file a panel whose sheets were handed in, hashed and logged as the service does it, unsealed and closed."""
    now = clock.now()
    panel = Panel.objects.create(
        jurisdiction=application.jurisdiction, application=application, stage=StageKind.EXPERT_REVIEW.value,
        state="complete", created_by=desk.officer.user, created_at=now, convened_at=now,
    )  # fmt: skip
    opinions = []
    for at, points in enumerate(sheets):
        expert = Expert.objects.create(jurisdiction=desk.place, name=f"测试评审人{at + 1}", unit_name="测试大学")
        member = PanelMember.objects.create(
            panel=panel, expert=expert, chair=at == 0, state="declared", declared_at=now
        )
        opinion = Opinion(member=member, conclusion="recommend", text=kit.LONG, scores=points)
        opinion.saved_at = opinion.submitted_at = now
        opinion.sha256 = opinion_hash(opinion)
        opinion.save()
        opinions.append(opinion)
        record(
            by=desk.officer, action="opinion.submit", obj=panel, jurisdiction_id=desk.place.pk,
            data={"member": member.pk, "sha256": opinion.sha256, "paper": ""},
        )  # fmt: skip
    panel.unsealed_at, panel.unsealed_by = now, desk.officer.user
    if closed:
        panel.state, panel.closed_at, panel.conclusion = "closed", now, "同意"
        panel.result = panel_result(panel, opinions)
    panel.save()
    return panel


def points(*items: str) -> Sheet:
    """Return a sheet with these points for items 1, 2, 3…"""
    return {str(number): item for number, item in enumerate(items, start=1)}


def verified(*targets: object) -> tuple[bool, str]:
    """Run `manage.py results verify`; return whether it ended with OK, and what it wrote."""
    written = StringIO()
    try:
        call_command("results", "verify", *map(str, targets), stdout=written, no_color=True)
    except CommandError:
        return False, written.getvalue()
    return True, written.getvalue()


def differences(output: str) -> list[str]:
    """Return the lines that name a difference."""
    return [line.partition("[不一致] ")[2] for line in output.splitlines() if "[不一致]" in line]


def delete_event(**which: Any) -> None:
    """Take an event out of the log behind its triggers' back."""
    triggers.remove(connection)
    try:
        Event.objects.filter(**which).delete()
    finally:
        triggers.install(connection)
