"""Sheets on paper: printed for one seat, typed in from the scan by one person, and counted once another has checked it."""

from collections.abc import Mapping
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.models import Document, StoredFile
from portal.documents.services.issue import issue_document
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from reviews.enums import MemberState, PanelState, PaperState
from reviews.models import Opinion, Panel, PanelMember, PaperEntry
from reviews.selectors.conflicts import lock_of
from reviews.selectors.paper_sheets import (
    KIND,
    OPEN,
    SHEET_TITLE,
    draft_begun,
    hash_on,
    print_of,
    printed_sheet,
    sheet_sha256,
)
from reviews.services.declarations import own_seat
from reviews.services.news import tell_paper_entered, tell_paper_settled
from reviews.services.opinions import checked_scores, conclusion_of, freeze_sheet, hand_in, opinion_of, refuse_unsaid
from reviews.services.panels import locked_panel
from reviews.services.refusal import Refused

SCAN_RULES = Rules(allowed=frozenset({Kind.PDF, Kind.JPEG, Kind.PNG}), max_bytes=20 * 1024**2)
MAXIMUM_REASON = 300


@transaction.atomic
def print_own_sheet(*, member: PanelMember, by: Actor) -> Document:
    """Issue the paper sheet of the actor's own seat."""
    panel, row = own_seat(member, by)
    return _print(panel, row, by)


@transaction.atomic
def print_sheet(*, member: PanelMember, by: Actor) -> Document:
    """Issue the paper sheet of a seat at the bureau; the same sheet again is the same print."""
    panel, row = _seat_at_desk(member, by)
    return _print(panel, row, by)


def store_scan(*, content: BinaryIO, name: str, by: Actor) -> StoredFile:
    """Keep the scan of a filled sheet; raise `Refused` (field `scan`) with what is wrong with the file."""
    by.require("review.run")
    try:
        return store_file(content=content, name=name, rules=SCAN_RULES, by=by, organisation=by.organisation)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "scan") from refusal


@transaction.atomic
def enter_paper(
    *,
    member: PanelMember,
    code: str,
    scan: StoredFile,
    conclusion: str,
    text: str,
    scores: Mapping[str, str],
    remarks: Mapping[str, str],
    by: Actor,
    replaces_draft: bool = False,
) -> PaperEntry:
    """Take what an officer typed from a paper sheet; it counts only when another person has confirmed it.

    `code` is the print's own: of another seat, or of a sheet that has changed since, it is refused. A draft which the
    expert has begun on line stands in the way unless `replaces_draft`. Everything a sheet needs is checked here already.
    """
    panel, row = _seat_at_desk(member, by)
    if scan.uploaded_by_id != by.person.pk:
        raise Refused("请重新选择扫描件", "scan")
    if PaperEntry.objects.filter(member=row, state__in=OPEN).exists():
        raise WrongState("该专家的纸质评分表已录入，正在等待核对")
    printed = _current_print(panel, row, code)
    if draft_begun(row) and not replaces_draft:
        raise Refused("该专家已开始在线填写；确以纸质评分表为准的，请勾选确认", "replaces_draft")
    refuse_unsaid(conclusion, text, asked=panel.asks_conclusion)
    freeze_sheet(panel)
    points, notes = checked_scores(panel, scores, remarks)
    entry = PaperEntry.objects.create(
        member=row, round=opinion_of(row).round, printed=printed, sheet_sha256=hash_on(printed), paper=scan,
        conclusion=conclusion_of(panel, conclusion), text=text.strip(), scores=points, score_remarks=notes, replaces_draft=replaces_draft,
        entered_by=by.person, entered_at=clock.now(),
    )  # fmt: skip
    _note("paper.enter", entry, panel, by)
    tell_paper_entered(entry)
    return entry


@transaction.atomic
def claim_check(*, entry: PaperEntry, by: Actor) -> PaperEntry:
    """Take the check of an entry on oneself, once: from here on this one person sees what was typed, and nobody else."""
    panel, row, kept = _locked_entry(entry)
    _require_checker(panel, row, kept, by)
    if kept.state != PaperState.PENDING:
        raise WrongState("该录入已由他人核对或已办结，请刷新页面查看")
    kept.state, kept.checked_by = PaperState.CHECKING, by.person
    kept.save(update_fields=["state", "checked_by"])
    _note("paper.check", kept, panel, by)
    return kept


@transaction.atomic
def confirm_paper(*, entry: PaperEntry, by: Actor) -> Opinion:
    """Say that what was typed is what the scan shows: the opinion is handed in. A draft it replaces is kept beside it."""
    panel, row, kept = _locked_entry(entry)
    _require_checker(panel, row, kept, by)
    if kept.state != PaperState.CHECKING or kept.checked_by_id != by.person.pk:
        raise WrongState("请先点“由我核对”，再确认")
    _require_open(panel, row)
    if kept.sheet_sha256 != sheet_sha256(panel):
        raise WrongState("评分表已更新，请退回录入并重新打印，由专家重新填写")
    if draft_begun(row) and not kept.replaces_draft:
        raise WrongState("录入之后该专家又在线填写了草稿，请退回录入并与专家核实以哪一份为准")
    kept.replaced = _draft(row) if draft_begun(row) else None
    kept.state, kept.settled_at = PaperState.CONFIRMED, clock.now()
    kept.save(update_fields=["replaced", "state", "settled_at"])
    opinion = hand_in(
        panel=panel, row=row, conclusion=kept.conclusion, text=kept.text, signature="", scores=kept.scores,
        remarks=kept.score_remarks, by=by, paper=kept.paper, entered_by=kept.entered_by,
    )  # fmt: skip
    _note("paper.confirm", kept, panel, by)
    tell_paper_settled(kept)
    return opinion


@transaction.atomic
def return_paper(*, entry: PaperEntry, reason: str, by: Actor) -> PaperEntry:
    """Give an entry back: the checker because it is not what the scan shows, or the typist to type it anew."""
    panel, _, kept = _locked_entry(entry)
    if kept.state not in OPEN:
        raise WrongState("该录入已经办结，不能再退回")
    own = kept.entered_by_id == by.person.pk
    if not own and kept.checked_by_id != by.person.pk:
        raise WrongState("只有录入人和核对人可以退回该录入")
    if not reason.strip():
        raise Refused("请写明退回理由", "reason")
    kept.state, kept.settled_at, kept.reason = PaperState.RETURNED, clock.now(), reason.strip()[:MAXIMUM_REASON]
    if own:
        kept.checked_by = None
    kept.save(update_fields=["state", "settled_at", "reason", "checked_by"])
    _note("paper.return", kept, panel, by, reason=kept.reason)
    tell_paper_settled(kept)
    return kept


def _print(panel: Panel, row: PanelMember, by: Actor) -> Document:
    _require_open(panel, row)
    place = panel.jurisdiction
    entry_page = f"{settings.PORTAL_BASE_URL}/{place.code}/desk/panels/{panel.pk}/paper/{row.pk}/?code="
    return issue_document(
        kind=KIND,
        subject=row,
        title=SHEET_TITLE,
        template="documents/score_sheet.html",
        context=printed_sheet(row),
        by=by,
        jurisdiction=place,
        css=("form",),
        verify_url=entry_page,
    )


def _current_print(panel: Panel, row: PanelMember, code: str) -> Document:
    printed = print_of(row, code)
    if printed is None:
        raise Refused("版本码不是本席位的纸质评分表，请核对纸面左下角的版本码", "code")
    if hash_on(printed) != sheet_sha256(panel):
        raise Refused("评分表已更新，请重新打印，由专家在新表上填写", "code")
    return printed


def _seat_at_desk(member: PanelMember, by: Actor) -> tuple[Panel, PanelMember]:
    """Return panel and member under lock, when the actor runs the review and a sheet may still come in."""
    panel = locked_panel(member.panel)
    by.require("review.run", panel.jurisdiction_id)
    row = _member(panel, member)
    _require_open(panel, row)
    if row.expert.user_id == by.person.pk:
        raise WrongState("不能代录本人的评分表，请以专家身份填写")
    return panel, row


def _locked_entry(entry: PaperEntry) -> tuple[Panel, PanelMember, PaperEntry]:
    panel = locked_panel(entry.member.panel)
    rows = PaperEntry.objects.select_for_update(of=("self",)).select_related("paper", "entered_by")
    kept: PaperEntry = rows.get(pk=entry.pk)
    return panel, _member(panel, entry.member), kept


def _member(panel: Panel, member: PanelMember) -> PanelMember:
    rows = PanelMember.objects.select_for_update(of=("self",)).select_related("expert")
    row: PanelMember = rows.get(pk=member.pk, panel=panel)
    row.panel = panel
    return row


def _require_checker(panel: Panel, row: PanelMember, kept: PaperEntry, by: Actor) -> None:
    if not by.can("shortlist.approve", panel.jurisdiction_id):
        by.require("review.run", panel.jurisdiction_id)
    if by.person.pk in (kept.entered_by_id, row.expert.user_id):
        raise WrongState("录入和核对须由两人分别办理，专家本人也不能核对自己的评分表")


def _require_open(panel: Panel, row: PanelMember) -> None:
    if row.state != MemberState.DECLARED:
        raise WrongState(f"该专家目前为“{row.get_state_display()}”，作出无回避情形的声明后方可评分")
    if panel.state != PanelState.WORKING:
        raise WrongState(f"专家组目前为“{panel.get_state_display()}”，不能再收取评分表")
    if Opinion.objects.filter(member=row, submitted_at__isnull=False).exists():
        raise WrongState("该专家的评估意见已提交并锁定，不能再录入纸质评分表")
    if found := lock_of(row):
        raise WrongState(f"该席位有尚未处理的利害关系警示（{found}），处理后方可评分")


def _draft(row: PanelMember) -> dict[str, object]:
    """What the expert had begun on line, as it stands."""
    opinion = opinion_of(row)
    return {
        "conclusion": opinion.conclusion,
        "text": opinion.text,
        "scores": opinion.scores,
        "score_remarks": opinion.score_remarks,
        "saved_at": opinion.saved_at.isoformat(),
    }


def _note(action: str, entry: PaperEntry, panel: Panel, by: Actor, *, reason: str = "") -> None:
    """Record what was done with an entry: who, which seat, which scan; never what it says."""
    data = {"member": entry.member_id, "entry": entry.pk, "scan": entry.paper.sha256, "sheet": entry.sheet_sha256}
    record(by=by, action=action, obj=panel, jurisdiction_id=panel.jurisdiction_id, reason=reason, data=data)
