"""Panel meetings: called for files of a call, minuted, settled under a hash and sent round to be signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.models import Call
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.enums import MeetingDecision, MeetingState
from reviews.models import Attendance, Expert, Meeting, MeetingItem, Panel
from reviews.selectors.meetings import (
    MOST_FILES,
    STAGE_AT,
    attendance_of,
    gaps,
    items_of,
    meetable_panels,
    recused_members,
    seats_of,
    votes,
)
from reviews.selectors.minutes import content, content_hash
from reviews.selectors.panels import ACTING
from reviews.services.meeting_news import tell_reopened, tell_settled
from reviews.services.minutes import issue_minutes, locked_meeting
from reviews.services.refusal import Refused

BY_NAME = "会上申请回避"


@dataclass(frozen=True)
class Presence:
    """Whether an expert came; `reason` when not."""

    present: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Decided:
    """What was decided on a file: votes for, against and abstained; who left the room, experts by number, others by name."""

    decision: str = ""
    conditions: str = ""
    note: str = ""
    votes: tuple[int, int, int] = (0, 0, 0)
    recused: frozenset[int] = frozenset()
    recused_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """When, where and under whom a meeting was held, and what was said."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: Expert | None = None
    discussion: str = ""


@transaction.atomic
def open_meeting(*, call: Call, panels: Sequence[Panel], facts: Facts, by: Actor) -> Meeting:
    """Open the minutes of a meeting on files of a call, at the stage of the actor's office.

    The acting members of the files' panels are taken over as present, who recused themselves as recused. The chair of the
    first panel leads unless `facts` names another.
    """
    stage = _own_stage(call.jurisdiction_id, by)
    _check(facts)
    meeting = Meeting(
        jurisdiction_id=call.jurisdiction_id, call=call, stage=stage, minuted_by=by.person, created_at=clock.now()
    )
    _write(meeting, facts)
    chosen = _chosen(meeting, panels)
    seats = seats_of([panel.application_id for panel in chosen], stage)
    expected = [member.expert for members in seats.values() for member in members if member.state in ACTING]
    if not expected:
        raise Refused("所选申报的专家组没有成员，不能开会", "panels")
    meeting.chair = facts.chair or expected[0]
    meeting.save()
    _take_over(meeting, chosen)
    record(
        by=by, action="meeting.open", obj=meeting, jurisdiction_id=meeting.jurisdiction_id,
        data={"panels": [panel.pk for panel in chosen]},
    )  # fmt: skip
    return meeting


@transaction.atomic
def choose_files(*, meeting: Meeting, panels: Sequence[Panel], by: Actor) -> Meeting:
    """Change which files the meeting deals with; attendance follows their panels, what was decided on the others stays."""
    row = drafting(meeting, by)
    chosen = _chosen(row, panels)
    _take_over(row, chosen)
    record(
        by=by, action="meeting.files", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"panels": [panel.pk for panel in chosen]},
    )  # fmt: skip
    return row


@transaction.atomic
def keep_minutes(
    *, meeting: Meeting, facts: Facts, attendance: Mapping[int, Presence], files: Mapping[int, Decided], by: Actor
) -> Meeting:
    """Keep the minutes as far as they are written; `attendance` and `files` go by the numbers of their rows."""
    row = drafting(meeting, by)
    _check(facts)
    people = attendance_of(row)
    if facts.chair is not None and facts.chair.pk not in {each.expert_id for each in people}:
        raise Refused("主持人应为参会专家", "chair")
    _write(row, facts)
    row.chair = facts.chair or row.chair
    row.save()
    for each in people:
        if each.pk in attendance:
            presence = attendance[each.pk]
            each.present, each.reason = presence.present, "" if presence.present else presence.reason.strip()[:200]
            each.save(update_fields=["present", "reason"])
    _keep_files(row, people, files)
    record(
        by=by, action="meeting.keep", obj=row, jurisdiction_id=row.jurisdiction_id, after=content(row, row.created_at)
    )
    return row


@transaction.atomic
def settle_minutes(*, meeting: Meeting, by: Actor) -> Meeting:
    """Fix what the minutes say: hashed, issued, and sent round to everybody present to be signed.

    Raise `Refused` with every gap when something is missing: time, files, quorum, decisions, conditions, votes.
    """
    row = drafting(meeting, by)
    if found := gaps(row, clock.now()):
        raise Refused("；".join(gap.message for gap in found))
    row.settled_at, row.state = clock.now(), MeetingState.SIGNING
    row.snapshot = content(row, row.settled_at)
    row.sha256 = content_hash(row.snapshot)
    row.save()
    record(
        by=by, action="meeting.settle", obj=row, jurisdiction_id=row.jurisdiction_id, after=row.snapshot,
        data={"sha256": row.sha256},
    )  # fmt: skip
    issue_minutes(meeting=row, by=by)
    tell_settled(row)
    return row


@transaction.atomic
def reopen_minutes(*, meeting: Meeting, reason: str, by: Actor) -> Meeting:
    """Take settled minutes back to be changed, with a reason, before all have signed; signatures given so far are void."""
    row = locked_meeting(meeting)
    _require(row, by)
    if row.state == MeetingState.CLOSED:
        raise WrongState("会议纪要已签齐，不能再修改；确需更正的，请另行召开会议")
    if row.state != MeetingState.SIGNING:
        raise WrongState("会议纪要尚未定稿，可以直接修改")
    if not reason.strip():
        raise Refused("请写明退回修改的理由", "reason")
    void = list(row.attendance.filter(signed_at__isnull=False).values_list("pk", flat=True))
    old = row.sha256
    row.attendance.update(signature="", signed_at=None)
    row.state, row.settled_at, row.snapshot, row.sha256 = MeetingState.DRAFT, None, None, ""
    row.save()
    record(
        by=by, action="meeting.reopen", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason.strip(),
        data={"sha256": old, "void": void},
    )  # fmt: skip
    tell_reopened(row, old)
    return row


@transaction.atomic
def drop_meeting(*, meeting: Meeting, reason: str, by: Actor) -> None:
    """Strike out a meeting that was opened by mistake: never settled, so nothing was issued and nobody has signed."""
    row = drafting(meeting, by)
    if documents_of(row, "minutes").exists():
        raise WrongState("会议纪要曾经定稿，不能撤销；请修改后重新定稿")
    if not reason.strip():
        raise Refused("请写明撤销的理由", "reason")
    record(
        by=by, action="meeting.drop", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason.strip(),
        before=content(row, row.created_at),
    )  # fmt: skip
    row.items.all().delete()
    row.attendance.all().delete()
    row.delete()


def drafting(meeting: Meeting, by: Actor) -> Meeting:
    """Return the meeting under lock, when it is the actor's office's own and its minutes may still change."""
    row = locked_meeting(meeting)
    _require(row, by)
    if row.state != MeetingState.DRAFT:
        raise WrongState(f"会议纪要目前为“{row.get_state_display()}”，不能修改；签齐之前可以退回修改")
    return row


def _require(meeting: Meeting, by: Actor) -> None:
    if _own_stage(meeting.jurisdiction_id, by) != meeting.stage:
        raise PermissionDenied("评审会议由组织评审的部门记录")


def _own_stage(jurisdiction_id: int, by: Actor) -> str:
    by.require("review.run", jurisdiction_id)
    if by.tier not in STAGE_AT:
        raise PermissionDenied("评审会议由组织评审的部门记录")
    return STAGE_AT[by.tier]


def _check(facts: Facts) -> None:
    for name, label in (("title", "会议名称"), ("place", "地点")):
        if not getattr(facts, name).strip():
            raise Refused(f"请填写{label}", name)
    if facts.ends_at <= facts.starts_at:
        raise Refused("结束时间应晚于开始时间", "ends_at")


def _write(meeting: Meeting, facts: Facts) -> None:
    meeting.title, meeting.place = facts.title.strip()[:100], facts.place.strip()[:200]
    meeting.starts_at, meeting.ends_at = facts.starts_at, facts.ends_at
    meeting.discussion = facts.discussion.strip()


def _chosen(meeting: Meeting, panels: Sequence[Panel]) -> list[Panel]:
    """Return the panels as the database has them, in the order of their files' numbers."""
    wanted = {panel.pk for panel in panels}
    found = [panel for panel in meetable_panels(meeting.call, meeting.stage) if panel.pk in wanted]
    if not wanted:
        raise Refused("请选择要议的申报", "panels")
    if len(found) != len(wanted):
        raise Refused("所选申报中有不属于本批次、本环节，或专家评审尚未开始的，请重新选择", "panels")
    if len(found) > MOST_FILES:
        raise Refused(f"一次会议最多议 {MOST_FILES} 件，已选 {len(found)} 件，请分次开会", "panels")
    return found


def _take_over(meeting: Meeting, panels: Sequence[Panel]) -> None:
    """Let files and attendance follow the panels chosen; what is there already stays as it was written."""
    files = [panel.application_id for panel in panels]
    meeting.items.exclude(application__in=files).delete()
    seats = seats_of(files, meeting.stage)
    known = {item.application_id: item for item in items_of(meeting)}
    for position, application in enumerate(files, start=1):
        item = known.get(application) or MeetingItem(meeting=meeting, application_id=application)
        item.recused = _recused(item.recused, recused_members(seats.get(application, ())))
        item.position = position
        item.save()
    expected = {each.expert_id: each for members in seats.values() for each in members if each.state in ACTING}
    meeting.attendance.exclude(expert__in=list(expected)).delete()
    there = set(meeting.attendance.values_list("expert", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, expert=each.expert) for pk, each in expected.items() if pk not in there
    )
    if expected and meeting.chair_id not in expected:
        meeting.chair = next(iter(expected.values())).expert
        meeting.save(update_fields=["chair"])


def _recused(kept: Sequence[Mapping[str, Any]], own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who recused themselves on the panel stays so; what was added at the meeting is kept behind them."""
    bound = {each["expert"] for each in own}
    return [*own, *(dict(each) for each in kept if each.get("reason") == BY_NAME and each.get("expert") not in bound)]


def _keep_files(meeting: Meeting, people: Sequence[Attendance], files: Mapping[int, Decided]) -> None:
    items = items_of(meeting)
    seats = seats_of([item.application_id for item in items], meeting.stage)
    names = {each.expert_id: each.expert.name for each in people}
    counted = votes(meeting)
    for item in items:
        if item.pk not in files:
            continue
        said = files[item.pk]
        if said.decision and said.decision not in MeetingDecision.values:
            raise Refused("请选择列出的决定", "decision")
        if min(said.votes) < 0:
            raise Refused("票数不能为负数", "votes_for")
        item.decision, item.note = said.decision, said.note.strip()[:500]
        item.conditions = said.conditions.strip()[:500]
        item.votes_for, item.votes_against, item.votes_abstained = said.votes if counted else (0, 0, 0)
        added: list[dict[str, Any]] = [
            *({"expert": pk, "name": names[pk], "reason": BY_NAME} for pk in names if pk in said.recused),
            *({"expert": None, "name": name[:30], "reason": BY_NAME} for name in said.recused_names if name.strip()),
        ]
        item.recused = _recused(added, recused_members(seats.get(item.application_id, ())))
        item.save()
