"""Handing a sheet in, and photos, from an expert's device: each once, however often it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from applications.selectors.characters import refuse_undrawable
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy.text import normalise
from reviews.enums import Conclusion, EntryOutcome, MemberState, VisitState
from reviews.models import Opinion, OpinionVersion, PanelMember, SheetEntry, Visit, VisitPhoto
from reviews.selectors.kept import standing
from reviews.selectors.scores import score_problems, sheet_lines, with_given
from reviews.services.entries import NO_SEAT, RECUSED, Sending, seats_held
from reviews.services.opinions import opinion_of, refuse_unsaid, submit_opinion
from reviews.services.panels import locked_panel
from reviews.services.refusal import Refused
from reviews.services.visits import add_photo

SUBMIT = "submit"
REOPENED = "评估意见已退回修改，这次提交是退回前作出的，请核对后重新签名提交"
TWICE = "此操作号已用于其他内容，请重新提交"
OFF = "您已不是该专家组成员，照片未上传"


@dataclass(frozen=True)
class Submission:
    """What a device hands in: the values are those the server holds, `revisions` those of them the device has seen."""

    operation: UUID
    seat: int
    round: int
    revisions: Mapping[str, int]
    signature: str


@dataclass(frozen=True)
class Handed:
    """What became of it: `written` or `same` with time and hash, `conflict` with what is newer, `refused` with problems."""

    outcome: EntryOutcome
    submitted_at: datetime | None = None
    sha256: str = ""
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    round: int = 0


@dataclass(frozen=True)
class Shot:
    """A photo as a device sends it; `position` is {latitude, longitude, accuracy}, or empty."""

    operation: UUID
    seat: int
    content: BinaryIO
    caption: str = ""
    item: int = 0
    taken_at: datetime | None = None
    position: Mapping[str, float] = field(default_factory=dict)


def submit_from_device(*, submission: Submission, sending: Sending, by: Actor) -> Handed:
    """Hand in what the server holds, unless it holds something the device has not seen. The second time changes nothing."""
    by.require("review.score")
    seat = seats_held([submission.seat], by).get(submission.seat)
    if seat is None:
        return Handed(EntryOutcome.REFUSED, problems={"seat": NO_SEAT})
    return _submit(seat=seat, submission=submission, sending=sending, by=by)


@transaction.atomic
def _submit(*, seat: PanelMember, submission: Submission, sending: Sending, by: Actor) -> Handed:
    locked_panel(seat.panel)
    opinion = opinion_of(seat)
    earlier = SheetEntry.objects.filter(member=seat, operation=submission.operation).first()
    if earlier is not None and earlier.key != SUBMIT:
        return Handed(EntryOutcome.REFUSED, problems={"operation": TWICE}, round=opinion.round)
    if earlier is not None and earlier.outcome == EntryOutcome.WRITTEN:
        return _first_result(opinion, earlier)
    handed = _hand_in(seat, opinion, submission, by)
    said = "；".join([*handed.problems.values(), *(each["key"] for each in handed.conflicts)])
    SheetEntry.objects.update_or_create(
        member=seat, operation=submission.operation,
        defaults={
            "device": sending.device, "sequence": 0, "round": submission.round, "key": SUBMIT,
            "value": submission.signature, "outcome": handed.outcome, "stood": handed.sha256, "message": said[:300],
            "sent_at": sending.sent_at, "received_at": clock.now(),
        },
    )  # fmt: skip
    return handed


def _hand_in(seat: PanelMember, opinion: Opinion, submission: Submission, by: Actor) -> Handed:
    if opinion.submitted_at is not None:
        return Handed(EntryOutcome.SAME, opinion.submitted_at, opinion.sha256, round=opinion.round)
    if seat.state == MemberState.RECUSED:
        return Handed(EntryOutcome.REFUSED, problems={"seat": RECUSED}, round=opinion.round)
    if submission.round != opinion.round:
        return Handed(EntryOutcome.REFUSED, problems={"round": REOPENED}, round=opinion.round)
    values = standing(opinion)
    newer = [
        {"key": key, "revision": revision, "value": values.get(key, "")}
        for key, revision in opinion.revisions.items()
        if revision > submission.revisions.get(key, 0)
    ]
    if newer:
        return Handed(EntryOutcome.CONFLICT, conflicts=newer, round=opinion.round)
    try:
        done = submit_opinion(
            member=seat, conclusion=opinion.conclusion, text=opinion.text, signature=submission.signature,
            scores=opinion.scores, remarks=opinion.score_remarks, by=by,
        )  # fmt: skip
    except Refused as refusal:
        return Handed(EntryOutcome.REFUSED, problems=_problems(seat, opinion, refusal), round=opinion.round)
    except WrongState as refusal:
        return Handed(EntryOutcome.REFUSED, problems={"seat": str(refusal)}, round=opinion.round)
    return Handed(EntryOutcome.WRITTEN, done.submitted_at, done.sha256, round=done.round)


def _first_result(opinion: Opinion, earlier: SheetEntry) -> Handed:
    """The answer that was perhaps lost on its way; of a sheet that was reopened since, what was handed in then."""
    if opinion.round == earlier.round:
        return Handed(EntryOutcome.SAME, opinion.submitted_at, opinion.sha256, round=opinion.round)
    then = OpinionVersion.objects.get(opinion=opinion, round=earlier.round)
    return Handed(EntryOutcome.SAME, then.submitted_at, then.sha256, round=opinion.round)


def _problems(seat: PanelMember, opinion: Opinion, refusal: Refused) -> dict[str, str]:
    """Everything that is missing or wrong, where the service stops at the first."""
    panel = locked_panel(seat.panel)
    lines = sheet_lines(panel)
    found = score_problems(lines, with_given(lines, opinion.scores), opinion.score_remarks)
    for conclusion in (opinion.conclusion, Conclusion.RECOMMEND.value):  # the second time for the text alone
        try:
            refuse_unsaid(conclusion, opinion.text, asked=panel.asks_conclusion)
        except Refused as unsaid:
            found[unsaid.field] = unsaid.message
    return {refusal.field: refusal.message, **found}


def photo_from_device(*, shot: Shot, by: Actor) -> tuple[EntryOutcome, VisitPhoto]:
    """Keep a photo with the visit of the seat's panel; one that came before is returned as it is. Raise `Refused`."""
    by.require("review.score")
    seat = seats_held([shot.seat], by).get(shot.seat)
    if seat is None:
        raise Refused(NO_SEAT, "seat")
    if seat.state != MemberState.DECLARED:
        raise Refused(OFF, "seat")
    visit = Visit.objects.filter(panel=seat.panel).first()
    word = seat.panel.rule.visit_word
    if visit is None or visit.state == VisitState.CANCELLED:
        raise Refused(f"本件评审没有已安排的{word}，照片不能上传；请联系受理处室安排后重新发送", "seat")
    earlier = VisitPhoto.objects.filter(visit=visit, operation=shot.operation, added_by=by.person).first()
    if earlier is not None:
        return EntryOutcome.SAME, earlier
    caption = normalise(shot.caption).strip()
    if odd := refuse_undrawable(caption):
        raise Refused(f"照片说明{odd}", "caption")
    try:
        photo = add_photo(
            visit=visit, content=shot.content, name=f"{shot.operation}.jpg", caption=caption, by=by,
            operation=shot.operation, item=shot.item, taken_at=shot.taken_at, position=shot.position,
        )  # fmt: skip
    except WrongState as refusal:
        raise Refused(str(refusal), "seat") from refusal
    return EntryOutcome.WRITTEN, photo
