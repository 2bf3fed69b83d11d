"""Handing a sheet back to its expert: by the chair alone, with a reason, what had been handed in kept for good (P3-11)."""

import json
from datetime import datetime

from django.db import transaction

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.chain import canonical
from portal.audit.services import record
from portal.calendars import clock
from reviews.enums import PanelState
from reviews.models import Opinion, OpinionVersion, Panel, PanelMember
from reviews.selectors.reopening import chair_seats, late_reopening_allowed
from reviews.services.conflicts import refuse_if_conflicted
from reviews.services.declarations import own_seat
from reviews.services.news import tell_reopen_asked, tell_reopened
from reviews.services.opinions import said_in
from reviews.services.panels import locked_panel
from reviews.services.refusal import Refused

MAXIMUM_REASON = 300


@transaction.atomic
def reopen_opinion(*, member: PanelMember, reason: str, by: Actor) -> Opinion:
    """Hand an opinion back to be changed; a complete panel is at work again.

    The chair of the panel does it without having seen what it says; the chair's own is handed back by who runs the review.
    Once the seal is open everybody has seen the scores: then only where the edition's setting lets them, and it is marked.
    Raise `PermissionDenied`, `Refused` (field `reason`) or `WrongState`.
    """
    panel = locked_panel(member.panel)
    rows = PanelMember.objects.select_for_update(of=("self",)).select_related("expert")
    row: PanelMember = rows.get(pk=member.pk, panel=panel)
    _require_the_right_one(panel, row, by)
    words = reason.strip()
    if not words:
        raise Refused("请写明退回理由", "reason")
    if len(words) > MAXIMUM_REASON:
        raise Refused(f"退回理由已填 {len(words)} 字，最多 {MAXIMUM_REASON} 字", "reason")
    opinion, since = _open_for_it(panel, row)
    version = _keep(opinion, since, words, by)
    opinion.submitted_at, opinion.sha256, opinion.signature = None, "", ""
    opinion.paper = opinion.entered_by = opinion.checked_by = opinion.reopen_asked_at = None
    opinion.round += 1
    opinion.save()
    if panel.state == PanelState.COMPLETE:
        panel.state = PanelState.WORKING
        panel.save(update_fields=["state"])
    record(
        by=by, action="opinion.reopen", obj=panel, jurisdiction_id=panel.jurisdiction_id, reason=words,
        data={"member": row.pk, "round": version.round, "sha256": version.sha256, "unsealed": bool(panel.unsealed_at)},
    )  # fmt: skip
    tell_reopened(version)
    return opinion


@transaction.atomic
def ask_to_reopen(*, member: PanelMember, by: Actor) -> Opinion:
    """Let an expert ask for their own sheet back. Why is not asked here: it might tell the chair what the sheet says."""
    panel, row = own_seat(member, by)
    opinion, _ = _open_for_it(panel, row)
    if opinion.reopen_asked_at is not None:
        return opinion
    opinion.reopen_asked_at = clock.now()
    opinion.save(update_fields=["reopen_asked_at"])
    record(
        by=by, action="opinion.reopen_ask", obj=panel, jurisdiction_id=panel.jurisdiction_id,
        data={"member": row.pk, "round": opinion.round},
    )  # fmt: skip
    tell_reopen_asked(opinion)
    return opinion


def _require_the_right_one(panel: Panel, row: PanelMember, by: Actor) -> None:
    if row.chair:
        by.require("review.run", panel.jurisdiction_id)
        return
    by.require("review.score", panel.jurisdiction_id)
    seat = chair_seats(by).filter(panel=panel).first()
    if seat is None:
        raise WrongState("评估意见由本专家组已作声明的组长退回，您不是该专家组的组长")
    refuse_if_conflicted(seat)


def _open_for_it(panel: Panel, row: PanelMember) -> tuple[Opinion, datetime]:
    """Return the member's opinion under lock and when it was handed in, if it was and may still be handed back."""
    opinion: Opinion | None = (
        Opinion.objects.select_for_update(of=("self",)).select_related("paper").filter(member=row).first()
    )
    if opinion is None or opinion.submitted_at is None:
        raise WrongState(f"{row.expert.name}尚未提交评估意见，无须退回")
    if panel.state not in (PanelState.WORKING, PanelState.COMPLETE):
        raise WrongState(f"专家组目前为“{panel.get_state_display()}”，评估意见不能再退回")
    if panel.unsealed_at is not None and not late_reopening_allowed(panel):
        raise WrongState("意见已启封，按本批次设置不能再退回")
    return opinion, opinion.submitted_at


def _keep(opinion: Opinion, since: datetime, reason: str, by: Actor) -> OpinionVersion:
    """Keep what was handed in exactly as its hash has it."""
    return OpinionVersion.objects.create(
        opinion=opinion, round=opinion.round, said=json.loads(canonical(said_in(opinion))), sha256=opinion.sha256,
        submitted_at=since, reopened_at=clock.now(), reopened_by=by.person, reason=reason,
    )  # fmt: skip
