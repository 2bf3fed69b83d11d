"""Experts' opinions: sealed from everybody until all are in, then opened by one recorded act (P3-11)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from applications.models import Application
from applications.services.moves import WrongState, locked, move
from portal.accounts.actor import SYSTEM, Actor
from portal.accounts.models import User
from portal.audit.chain import canonical
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.procedure import StageKind
from reviews.enums import Conclusion, MemberState, PanelState
from reviews.models import Opinion, Panel, PanelMember
from reviews.selectors.kept import counted, standing
from reviews.selectors.outliers import find_outliers, unexplained
from reviews.selectors.panel_result import panel_result
from reviews.selectors.panels import acting_members, unsealed_opinions
from reviews.selectors.scores import frozen, panel_sheet, plain, read_points, score_problems, sheet_lines, with_given
from reviews.services.closing import refuse_unready
from reviews.services.conflicts import refuse_if_conflicted, refuse_open_alarms
from reviews.services.declarations import own_seat
from reviews.services.news import tell_complete
from reviews.services.outlier_news import tell_outliers
from reviews.services.panels import close_file, complete_if_all_in, locked_panel
from reviews.services.papers import issue_panel_record
from reviews.services.refusal import Refused
from reviews.services.signatures import checked_signature
from reviews.signals import panel_closed

FINISH = {StageKind.EXPERT_REVIEW: "finish_review", StageKind.RECHECK: "finish_recheck"}
MINIMUM_TEXT = 20
MAXIMUM_TEXT = 3000
MAXIMUM_POINTS, MAXIMUM_REMARK = 10, 200
NOTHING: Mapping[str, str] = {}


@transaction.atomic
def save_opinion(
    *,
    member: PanelMember,
    conclusion: str,
    text: str,
    by: Actor,
    scores: Mapping[str, str] = NOTHING,
    remarks: Mapping[str, str] = NOTHING,
) -> Opinion:
    """Keep a draft, however unfinished: points by item number as typed, remarks by item number."""
    panel, row = seat_at_work(member, by)
    opinion = opinion_of(row)
    before = standing(opinion)
    keys = [line.key for line in sheet_lines(panel)]
    opinion.scores = {key: str(scores[key]).strip()[:MAXIMUM_POINTS] for key in keys if scores.get(key)}
    opinion.score_remarks = _remarks(keys, remarks)
    if opinion.scores:
        freeze_sheet(panel)
    opinion.conclusion = conclusion_of(panel, conclusion)
    opinion.text, opinion.saved_at = text[:MAXIMUM_TEXT], clock.now()
    opinion.revisions = counted(opinion.revisions, before, standing(opinion))  # a device that holds older ones notices
    opinion.save()
    return opinion


@transaction.atomic
def submit_opinion(
    *,
    member: PanelMember,
    conclusion: str,
    text: str,
    signature: str,
    by: Actor,
    scores: Mapping[str, str] = NOTHING,
    remarks: Mapping[str, str] = NOTHING,
) -> Opinion:
    """Hand in an opinion: it is hashed and locked for good; the panel is complete with the last one.

    `signature` is a PNG as a data URL, or `typed:` and the expert's own name. Where the policy scores, every item of the
    sheet needs points within its range, and a computed proposal that is not followed needs a remark.
    """
    panel, row = seat_at_work(member, by)
    return hand_in(
        panel=panel,
        row=row,
        conclusion=conclusion,
        text=text,
        signature=signature,
        scores=scores,
        remarks=remarks,
        by=by,
    )


def hand_in(
    *,
    panel: Panel,
    row: PanelMember,
    conclusion: str,
    text: str,
    signature: str,
    scores: Mapping[str, str],
    remarks: Mapping[str, str],
    by: Actor,
    paper: StoredFile | None = None,
    entered_by: User | None = None,
) -> Opinion:
    """Check a whole opinion and lock it, under the panel's lock.

    `paper` is the scan of a sheet that `entered_by` typed in and `by` has held against it.
    """
    refuse_unsaid(conclusion, text, asked=panel.asks_conclusion)
    opinion = opinion_of(row)
    freeze_sheet(panel)
    opinion.scores, opinion.score_remarks = checked_scores(panel, scores, remarks)
    opinion.conclusion, opinion.text = conclusion_of(panel, conclusion), text.strip()
    if paper is None:
        opinion.signature = checked_signature(signature, row.expert.name)
    else:
        opinion.paper, opinion.entered_by, opinion.checked_by = paper, entered_by, by.person
        opinion.signature = ""  # it stands on the scan
    opinion.saved_at = opinion.submitted_at = clock.now()
    opinion.sha256 = opinion_hash(opinion)
    opinion.save()
    record(
        by=by, action="opinion.submit", obj=panel, jurisdiction_id=panel.jurisdiction_id,
        data={"member": row.pk, "sha256": opinion.sha256, "paper": paper.sha256 if paper else ""},
    )  # fmt: skip
    complete_if_all_in(panel)
    if panel.state == PanelState.COMPLETE:
        tell_complete(panel)
    return opinion


@transaction.atomic
def unseal(*, panel: Panel, by: Actor) -> Panel:
    """Open the opinions of a complete panel, once; who did it and when is recorded."""
    row = locked_panel(panel)
    by.require("review.run", row.jurisdiction_id)
    if row.unsealed_at is not None:
        return row
    if row.state != PanelState.COMPLETE:
        raise WrongState("尚有成员未提交评估意见，全部提交后方可启封")
    refuse_open_alarms(row)
    row.unsealed_at, row.unsealed_by = clock.now(), by.person
    row.save(update_fields=["unsealed_at", "unsealed_by"])
    record(by=by, action="panel.unseal", obj=row, jurisdiction_id=row.jurisdiction_id)
    if unexplained(find_outliers(row)):
        tell_outliers(row)
    return row


@transaction.atomic
def finish_review(*, panel: Panel, conclusion: str, by: Actor) -> Panel:
    """Close the review with the panel's opinion: file access ends, the record is issued, the application moves on.

    A panel that assesses a base moves no application; whoever asked for it hears of `panel_closed`.
    """
    application = locked(panel.application)
    row = locked_panel(panel)
    by.require("review.run", row.jurisdiction_id)
    if row.state != PanelState.COMPLETE or row.unsealed_at is None:
        raise WrongState("全部意见提交并启封后，方可办结评审")
    refuse_open_alarms(row)
    if not conclusion.strip():
        raise Refused("请填写专家组意见", "conclusion")
    opinions = list(unsealed_opinions(row))
    refuse_unready(row, opinions)
    row.conclusion, row.state, row.closed_at = conclusion.strip(), PanelState.CLOSED, clock.now()
    row.result = panel_result(row, opinions)
    row.save(update_fields=["conclusion", "state", "closed_at", "result"])
    for member in acting_members(row).select_related("expert__user", "panel__application"):
        close_file(member)
    _tell_close(application, row, by)
    issue_panel_record(panel=row, by=by)
    panel_closed.send(sender=Panel, panel=row, by=by)
    return row


def conclusion_of(panel: Panel, said: str) -> str:
    """Return what an expert advises as it is kept: nothing that is no choice, and nothing where none is asked."""
    return said if panel.asks_conclusion and said in Conclusion.values else ""


def refuse_unsaid(conclusion: str, text: str, *, asked: bool = True) -> None:
    """Refuse an opinion without a conclusion where one is `asked`, or whose text is too short or too long."""
    if asked and conclusion not in Conclusion.values:
        raise Refused("请选择评估结论", "conclusion")
    words = len(text.strip())
    if words < MINIMUM_TEXT:
        raise Refused(f"评估意见已填 {words} 字，至少应填 {MINIMUM_TEXT} 字", "text")
    if words > MAXIMUM_TEXT:
        raise Refused(
            f"评估意见已填 {words:,} 字，超过 {MAXIMUM_TEXT:,} 字，请删减 {words - MAXIMUM_TEXT:,} 字", "text"
        )


def _tell_close(application: Application, panel: Panel, by: Actor) -> None:
    """Let the application move on; an assessment moves none, so that the panel's own log has it."""
    after = {"conclusion": panel.conclusion}
    data = {"panel": panel.pk, "result": _fingerprint(panel.result) if panel.result else ""}
    if panel.assesses:
        record(
            by=by, action="panel.close", obj=panel, jurisdiction_id=panel.jurisdiction_id, after=after, data=data
        )  # fmt: skip
    else:
        move(application=application, action=FINISH[StageKind(panel.stage)], by=by, after=after, data=data)


def _fingerprint(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def freeze_sheet(panel: Panel) -> None:
    """Write the score sheet down as it stands, once, at the first saved score; call it under the panel's lock.

    What changes afterwards, a setting, a verdict or the edition, does not reach a sheet that has been begun.
    """
    if panel.sheet:
        return
    sheet = panel_sheet(panel)
    if sheet is None:
        return
    panel.sheet = frozen(sheet)
    panel.save(update_fields=["sheet"])
    record(
        by=SYSTEM, action="panel.freeze", obj=panel, jurisdiction_id=panel.jurisdiction_id,
        data={"sheet": _fingerprint(panel.sheet)},
    )  # fmt: skip


def opinion_hash(opinion: Opinion) -> str:
    """Return the SHA-256 of what an opinion says, who says it and when."""
    return hashlib.sha256(canonical(said_in(opinion)).encode()).hexdigest()


def said_in(opinion: Opinion) -> dict[str, Any]:
    """Return what an opinion's hash is of."""
    said: dict[str, Any] = {
        "member": opinion.member_id,
        "conclusion": opinion.conclusion,
        "text": opinion.text,
        "signature": opinion.signature,
        "submitted_at": opinion.submitted_at,
    }
    if opinion.scores:
        said |= {"scores": opinion.scores, "score_remarks": opinion.score_remarks}
    if opinion.paper is not None:
        said |= {"paper": opinion.paper.sha256}
        said |= {"entered_by": opinion.entered_by_id, "checked_by": opinion.checked_by_id}
    return said


def seat_at_work(member: PanelMember, by: Actor) -> tuple[Panel, PanelMember]:
    """Return panel and member under lock, when it is the actor's own seat and its opinion may still be written."""
    panel, row = own_seat(member, by)
    if row.state != MemberState.DECLARED:
        raise WrongState("请先作回避声明，再填写评估意见")
    submitted = Opinion.objects.filter(member=row, submitted_at__isnull=False).exists()
    if submitted:
        raise WrongState("您的评估意见已提交并锁定，不能再修改")
    if panel.state != PanelState.WORKING:
        raise WrongState(f"专家组目前为“{panel.get_state_display()}”，不能再填写评估意见")
    refuse_if_conflicted(row)
    return panel, row


def checked_scores(
    panel: Panel, scores: Mapping[str, str], remarks: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return points in plain decimals and the remarks; nothing where nothing is scored."""
    lines = sheet_lines(panel)
    scores = with_given(lines, scores)
    for field, message in score_problems(lines, scores, remarks).items():
        raise Refused(message, field)
    read = {line.key: read_points(str(scores[line.key])) for line in lines}
    return {key: plain(points) for key, points in read.items() if points is not None}, _remarks(list(read), remarks)


def _remarks(keys: list[str], remarks: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key in keys if (text := str(remarks.get(key, "")).strip()[:MAXIMUM_REMARK])}


def opinion_of(member: PanelMember) -> Opinion:
    """Return a member's opinion, or a new one that is not saved yet."""
    return Opinion.objects.filter(member=member).first() or Opinion(member=member)
