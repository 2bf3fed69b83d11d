"""Anonymous leads: taken without asking who, looked into by an officer. They are no objections and hold nothing up (P3-12)."""

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from reviews.enums import TipState
from reviews.models import PublicNotice, Tip
from reviews.services.refusal import Refused

MINIMUM_TEXT = 20
MAXIMUM_TEXT = 3000
MAXIMUM_NOTE = 1000
AN_HOUR = 3600
MOST_AN_HOUR = 5
"""So many leads are taken within an hour from one address; whole offices stand behind some."""

NOBODY = Actor(user=None, membership=None, ip="")


@transaction.atomic
def receive_tip(*, notice: PublicNotice, text: str, by: Actor) -> Tip:
    """Keep a lead about a notice. Of `by` the address alone is looked at, to limit how many come from it, and not kept.

    Raise `Refused` for one too short or too long, or when too many came from there within the hour.
    """
    said = text.replace("\r\n", "\n").strip()
    if len(said) < MINIMUM_TEXT:
        raise Refused(f"请写明时间、地点和具体情况，至少 {MINIMUM_TEXT} 字，已填 {len(said)} 字", "text")
    if len(said) > MAXIMUM_TEXT:
        raise Refused(
            f"已填 {len(said):,} 字，超过 {MAXIMUM_TEXT:,} 字，请删减 {len(said) - MAXIMUM_TEXT:,} 字", "text"
        )
    if not _takes_a_turn(by.ip or ""):
        raise Refused("来自同一网络的线索较多，请一小时后再提交，或按公示页面的联系方式反映。填写的内容仍保留在本页")
    tip: Tip = Tip.objects.create(jurisdiction=notice.jurisdiction, notice=notice, text=said, received_at=clock.now())
    record(by=NOBODY, action="tip.receive", obj=tip, jurisdiction_id=tip.jurisdiction_id, data={"notice": notice.pk})
    return tip


@transaction.atomic
def check_tip(*, tip: Tip, note: str, by: Actor) -> Tip:
    """Write down what came of a lead, once. Raise `Refused` without a note, `WrongState` when somebody else was first."""
    row: Tip = Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)
    by.require("objection.handle", row.jurisdiction_id)
    if row.state != TipState.RECEIVED:
        raise WrongState("该线索已登记核实情况，请刷新页面查看")
    said = note.replace("\r\n", "\n").strip()
    if not said:
        raise Refused("请填写核实情况；无法核实的，写明原因", "note")
    if len(said) > MAXIMUM_NOTE:
        raise Refused(f"已填 {len(said):,} 字，超过 {MAXIMUM_NOTE:,} 字，请删减", "note")
    row.note, row.state, row.handled_by, row.handled_at = said, TipState.CHECKED, by.person, clock.now()
    row.save(update_fields=["note", "state", "handled_by", "handled_at"])
    record(by=by, action="tip.check", obj=row, jurisdiction_id=row.jurisdiction_id, after=said)
    return row


def _takes_a_turn(address: str) -> bool:
    """Take one of the turns an address has within the hour; each comes back an hour after it was taken."""
    sender = salted_hmac("reviews.tips", address).hexdigest()[:32]
    return any(cache.add(f"tip:{sender}:{turn}", True, AN_HOUR) for turn in range(MOST_AN_HOUR))
