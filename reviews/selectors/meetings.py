"""Reading meetings: whose files they may deal with, who is expected, what is still missing before the minutes can be settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from applications.models import Call
from portal.accounts.models import User
from portal.policy.meeting import QUORUM_WORDS, Quorum, least_present
from portal.policy.procedure import PanelRule, StageKind
from portal.tenancy.enums import Tier
from reviews.enums import MeetingDecision, MeetingState, MemberState, PanelState
from reviews.models import Attendance, Meeting, MeetingItem, Panel, PanelMember
from reviews.selectors.panels import ACTING

STAGE_AT = {Tier.BUREAU: StageKind.EXPERT_REVIEW.value, Tier.SUPERIOR: StageKind.RECHECK.value}
"""Which review the meetings of an office belong to: the bureau's own, or the re-check of the level above."""
MEETABLE = (PanelState.WORKING, PanelState.COMPLETE, PanelState.CLOSED)
MOST_FILES = 60


@dataclass(frozen=True)
class Gap:
    """What is missing before the minutes can be settled, and the id of what on the page mends it."""

    message: str
    anchor: str


def meetings_in_list(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with their call and counts: files, experts present, signatures."""
    there = Q(attendance__present=True)
    return (
        meetings.select_related("call")
        .defer("snapshot")
        .annotate(
            file_count=Count("items", distinct=True),
            present_count=Count("attendance", filter=there, distinct=True),
            signed_count=Count("attendance", filter=there & Q(attendance__signed_at__isnull=False), distinct=True),
        )
        .order_by("-starts_at", "-id")
    )


def meetings_of_expert(meetings: QuerySet[Meeting], user: User) -> QuerySet[Meeting]:
    """An expert's meetings with `own_signed_at`, those to sign first."""
    own = Attendance.objects.filter(meeting=OuterRef("pk"), expert__user=user)
    found = (
        meetings.select_related("call").defer("snapshot").annotate(own_signed_at=Subquery(own.values("signed_at")[:1]))
    )
    return found.order_by(F("own_signed_at").asc(nulls_first=True), "-starts_at", "-id")


def calls_with_panels(calls: QuerySet[Call], stage: str) -> QuerySet[Call]:
    """The calls that have a file a meeting of this stage may deal with, the latest first."""
    panels = Panel.objects.filter(application__call=OuterRef("pk"), stage=stage, state__in=MEETABLE)
    return calls.filter(Exists(panels)).order_by("-opens_at", "-id")


def meetable_panels(call: Call, stage: str) -> QuerySet[Panel]:
    """The panels at work, or done, of a call's files, with `decided`: whether a closed meeting has decided on the file."""
    return (
        Panel.objects.filter(application__call=call, stage=stage, state__in=MEETABLE)
        .select_related("application__organisation", "application__call")
        .annotate(decided=Exists(_decisions(OuterRef("application"), stage)))
        .order_by("application__number", "id")
    )


def has_decision(panel: Panel) -> bool:
    """Say whether a meeting whose minutes all have signed has decided on the panel's file; putting off is no decision."""
    return _decisions(panel.application_id, panel.stage).exists()


def _decisions(application: Any, stage: str) -> QuerySet[MeetingItem]:
    return MeetingItem.objects.filter(
        application=application, meeting__stage=stage, meeting__state=MeetingState.CLOSED
    ).exclude(decision=MeetingDecision.ADJOURNED)


def rule_of(meeting: Meeting) -> PanelRule:
    """Return the edition's rule for the experts of the meeting's stage."""
    rule: PanelRule = meeting.call.edition.panel_of(StageKind(meeting.stage))
    return rule


def votes(meeting: Meeting) -> bool:
    """Say whether votes are counted."""
    return rule_of(meeting).votes(meeting.call.setting_values)


def quorum_of(meeting: Meeting) -> Quorum:
    """Return the share of the members that must be present."""
    return Quorum(rule_of(meeting).quorum(meeting.call.setting_values))


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Everybody expected, with the expert."""
    return list(Attendance.objects.filter(meeting=meeting).select_related("expert").order_by("id"))


def items_of(meeting: Meeting) -> list[MeetingItem]:
    """The files in their order, with unit and call."""
    rows = MeetingItem.objects.filter(meeting=meeting)
    return list(rows.select_related("application__organisation", "application__call").order_by("position", "id"))


def seats_of(applications: Iterable[int], stage: str) -> dict[int, list[PanelMember]]:
    """Return the acting and the recused members of the panels of these files, by application, the chair first."""
    found: dict[int, list[PanelMember]] = {}
    wanted = (*ACTING, MemberState.RECUSED)
    rows = PanelMember.objects.filter(panel__application__in=list(applications), panel__stage=stage, state__in=wanted)
    for member in rows.select_related("expert", "panel").order_by("panel__application__number", "-chair", "id"):
        found.setdefault(member.panel.application_id, []).append(member)
    return found


def recused_members(seats: Sequence[PanelMember]) -> list[dict[str, Any]]:
    """Return the members of a panel who recused themselves, as a meeting's item keeps them."""
    return [
        {"expert": each.expert_id, "name": each.expert.name, "reason": each.reason}
        for each in seats
        if each.state == MemberState.RECUSED
    ]


def entitled(item: MeetingItem, attendance: Sequence[Attendance]) -> int:
    """Return how many may vote on a file: who is present and has not recused themselves."""
    gone = recused_experts(item)
    return sum(each.present and each.expert_id not in gone for each in attendance)


def recused_experts(item: MeetingItem) -> set[int]:
    """Return the experts who left the room for a file."""
    return {each["expert"] for each in item.recused if each.get("expert")}


def gaps(meeting: Meeting, now: datetime) -> list[Gap]:
    """Return everything that is missing before the minutes can be settled; settling asks the same under its lock."""
    attendance, items = attendance_of(meeting), items_of(meeting)
    seats = seats_of([item.application_id for item in items], meeting.stage)
    counted = votes(meeting)
    return [
        *_meeting_gaps(meeting, attendance, items, now),
        *_quorum_gaps(meeting, attendance, items, seats),
        *(gap for item in items for gap in _item_gaps(item, attendance, counted=counted)),
    ]


def _meeting_gaps(
    meeting: Meeting, attendance: Sequence[Attendance], items: Sequence[MeetingItem], now: datetime
) -> Iterator[Gap]:
    if meeting.ends_at > now:
        yield Gap("会议结束时间晚于现在，请在会议结束后定稿，或按实际结束时间更正", "id_ends_at")
    if not items:
        yield Gap("会议没有申报，请选择要议的申报", "files")
    there = {each.expert_id for each in attendance if each.present}
    if meeting.chair_id not in there:
        yield Gap(f"主持人{meeting.chair.name}未到会，请由到会专家主持", "id_chair")
    for each in attendance:
        if not each.present and not each.reason:
            yield Gap(f"{each.expert.name}未到会，请写明缺席原因", f"id_a{each.pk}-reason")


def _quorum_gaps(
    meeting: Meeting,
    attendance: Sequence[Attendance],
    items: Sequence[MeetingItem],
    seats: Mapping[int, Sequence[PanelMember]],
) -> Iterator[Gap]:
    """The whole meeting, and for each file its own panel without who is recused from it."""
    quorum = quorum_of(meeting)
    there = {each.expert_id for each in attendance if each.present}
    if message := _too_few("会议", quorum, len(attendance), len(there)):
        yield Gap(message, "attendance")
        return
    for item in items:
        gone = recused_experts(item)
        members = {
            each.expert_id for each in seats.get(item.application_id, ()) if each.state in ACTING and each.expert_id not in gone
        }  # fmt: skip
        name = f"“{item.application.organisation.name}”专家组"
        if not members & there:
            yield Gap(f"{name}没有成员到会并参加议决，不能议决该申报", f"file-{item.pk}")
        elif message := _too_few(name, quorum, len(members), len(members & there)):
            yield Gap(message, f"file-{item.pk}")


def _too_few(who: str, quorum: Quorum, members: int, present: int) -> str:
    least = least_present(quorum, members)
    if present >= least:
        return ""
    return f"{who}应到 {members} 人，实到 {present} 人，未达到{QUORUM_WORDS[quorum]}（至少 {least} 人），不能定稿"


def _item_gaps(item: MeetingItem, attendance: Sequence[Attendance], *, counted: bool) -> Iterator[Gap]:
    name = f"“{item.application.organisation.name}”"
    if not item.decision:
        yield Gap(f"{name}尚未填写决定", f"id_f{item.pk}-decision")
        return
    if item.decision == MeetingDecision.CONDITIONAL and not item.conditions:
        yield Gap(f"{name}为附条件同意，请写明条件", f"id_f{item.pk}-conditions")
    if item.decision != MeetingDecision.CONDITIONAL and item.conditions:
        yield Gap(
            f"{name}写有附带条件，决定却是“{item.get_decision_display()}”，请更正其一", f"id_f{item.pk}-conditions"
        )
    cast = item.votes_for + item.votes_against + item.votes_abstained
    may = entitled(item, attendance)
    put_off = item.decision == MeetingDecision.ADJOURNED and cast == 0
    if counted and cast != may and not put_off:
        yield Gap(
            f"{name}同意、不同意、弃权共 {cast} 票，与到会且未回避的 {may} 人不符，请核对票数",
            f"id_f{item.pk}-votes_for",
        )
