"""Conflicts that come up later: an alarm locks the member's writing until the bureau rules on it with a reason."""

from collections.abc import Iterable

from django.db import transaction

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from reviews.enums import AlarmRuling, MemberState, PanelState
from reviews.models import ConflictAlarm, Panel, PanelMember
from reviews.selectors.conflicts import conflicts_of, lock_of, open_alarms
from reviews.services.news import tell_alarm
from reviews.services.panels import close_file, complete_if_all_in, locked_panel
from reviews.services.refusal import Refused

LOCKED = "发现可能影响公正评审的情形（{}），您的评审已暂时锁定，请等待受理处室处理"


@transaction.atomic
def raise_alarms(*, members: Iterable[PanelMember], by: Actor) -> int:
    """Raise an alarm for each new conflict of these declared members; return how many. Twice raises nothing."""
    raised = 0
    for member in members:
        for kind, text in conflicts_of(member):
            alarm, new = ConflictAlarm.objects.get_or_create(
                member=member, kind=str(kind), detail=text[:300], defaults={"found_at": clock.now()}
            )
            if not new:
                continue
            raised += 1
            record(
                by=by, action="conflict.raise", obj=member.panel, jurisdiction_id=member.panel.jurisdiction_id,
                reason=alarm.detail, data={"member": member.pk, "kind": alarm.kind},
            )  # fmt: skip
            tell_alarm(alarm)
    return raised


@transaction.atomic
def rule_on_alarm(*, alarm: ConflictAlarm, recuse: bool, reason: str, by: Actor) -> ConflictAlarm:
    """Let the member go on, or recuse them; either with a reason.

    A recused member's opinion no longer counts and their file closes; a panel that was complete may be at work again.
    """
    panel = locked_panel(alarm.member.panel)
    by.require("review.run", panel.jurisdiction_id)
    row = ConflictAlarm.objects.select_for_update().get(pk=alarm.pk)
    if row.ruling != AlarmRuling.OPEN:
        raise WrongState("该警示已经处理")
    if not reason.strip():
        raise Refused("请写明处理理由", "reason")
    if panel.state == PanelState.CLOSED:
        raise WrongState("评审已经办结，不能再处理")
    rows = [row]
    if recuse:
        rows = list(ConflictAlarm.objects.select_for_update().filter(member=row.member_id, ruling=AlarmRuling.OPEN))
    for each in rows:
        each.ruling = AlarmRuling.RECUSED if recuse else AlarmRuling.KEPT
        each.reason, each.ruled_by, each.ruled_at = reason.strip(), by.person, clock.now()
        each.save(update_fields=["ruling", "reason", "ruled_by", "ruled_at"])
    record(
        by=by, action="conflict.rule", obj=panel, jurisdiction_id=panel.jurisdiction_id, reason=reason,
        data={"member": row.member_id, "recused": recuse},
    )  # fmt: skip
    if recuse:
        _recuse(panel, row)
    row.refresh_from_db()
    return row


def refuse_if_conflicted(member: PanelMember) -> None:
    """Raise `WrongState` while there is a conflict of this member's on which nobody has ruled, alarm or not."""
    if found := lock_of(member):
        raise WrongState(LOCKED.format(found))


def refuse_open_alarms(panel: Panel) -> None:
    """Raise `WrongState` while the panel has an alarm to rule on."""
    if open_alarms([panel]).exists():
        raise WrongState("有利害关系警示尚未处理，请先处理")


def _recuse(panel: Panel, alarm: ConflictAlarm) -> None:
    member: PanelMember = panel.members.select_related("expert__user", "panel__application").get(pk=alarm.member_id)
    close_file(member)
    member.state, member.chair = MemberState.RECUSED, False
    member.reason = f"{alarm.detail}；{alarm.reason}"[:300]
    member.save(update_fields=["state", "chair", "reason"])
    if panel.state == PanelState.COMPLETE:
        panel.state = PanelState.WORKING
        panel.save(update_fields=["state"])
    complete_if_all_in(panel)
