"""Declaring recusal: nothing of a file opens before it (P3-10)."""

from django.db import transaction

from applications.permissions import READ_FILE
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.accounts.grants import grant
from portal.audit.services import record
from portal.calendars import clock
from reviews.enums import MemberState, PanelState
from reviews.models import Panel, PanelMember
from reviews.permissions import own_memberships
from reviews.selectors.agreement import agreement_sha256
from reviews.selectors.conflicts import seats_of_expert
from reviews.selectors.eligibility import one_of_theirs
from reviews.selectors.judged import units_judged
from reviews.services.conflicts import raise_alarms
from reviews.services.panels import locked_panel
from reviews.services.refusal import Refused


@transaction.atomic
def declare(
    *, member: PanelMember, conflicts: list[str], explanation: str, undertaking: bool, by: Actor
) -> PanelMember:
    """Take an expert's declaration, once.

    With `conflicts` (sentences of the edition's list) or an explanation of another interest the member is recused and sees
    nothing. Without any, and with the confidentiality agreement accepted (`undertaking`), the file opens to them. The
    system's own finding (same unit) recuses whatever was declared; a conflict it finds beyond that raises an alarm.
    """
    panel, row = own_seat(member, by)
    if row.state != MemberState.INVITED:
        raise WrongState(f"您已作过声明，目前为“{row.get_state_display()}”，不能更改；如有变化请联系受理处室")
    if panel.state != PanelState.WORKING:
        raise WrongState(f"专家组目前为“{panel.get_state_display()}”，不能再作声明")
    known = [text for text in panel.rule.recusals if text in conflicts]
    found = one_of_theirs(row.expert, units_judged(panel))
    reasons = [*known, *([explanation.strip()] if explanation.strip() else []), *([found] if found else [])]
    if not reasons and not undertaking:
        raise Refused("请阅读并接受保密协议；如存在回避情形，请选择相应情形", "undertaking")
    row.declared_at = clock.now()
    row.state = MemberState.RECUSED if reasons else MemberState.DECLARED
    row.reason = "；".join(reasons)[:300]
    row.chair = row.chair and not reasons
    row.agreement_sha256 = "" if reasons else agreement_sha256(panel)
    row.save(update_fields=["declared_at", "state", "reason", "chair", "agreement_sha256"])
    if not reasons:
        grant(user=by.person, permission=READ_FILE, to=panel.application)
    record(
        by=by, action="panel.recuse" if reasons else "panel.declare", obj=panel, jurisdiction_id=panel.jurisdiction_id,
        reason=row.reason, data={"member": row.pk, "agreement": row.agreement_sha256},
    )  # fmt: skip
    if not reasons:
        raise_alarms(members=seats_of_expert(row.expert).filter(pk=row.pk), by=by)
    return row


def own_seat(member: PanelMember, by: Actor) -> tuple[Panel, PanelMember]:
    """Return panel and member under lock, when it is the actor's own seat in this jurisdiction."""
    panel = locked_panel(member.panel)
    by.require("review.score", panel.jurisdiction_id)
    seats = own_memberships(PanelMember.objects.filter(panel=panel), by)
    row: PanelMember | None = (
        seats.select_for_update(of=("self",)).select_related("expert").filter(pk=member.pk).first()
    )
    if row is None:
        raise WrongState("您不是该专家组的现任成员")
    row.panel = panel  # the one that is locked, with its application: nobody reads it a second time
    return panel, row
