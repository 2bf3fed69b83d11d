"""Score sheets on paper: what a print says, whether it is still today's, and where the typing in of each stands."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portal.accounts.actor import Actor
from portal.audit.chain import digest
from portal.documents.models import Document
from portal.documents.selectors import document_by_code
from reviews.enums import Conclusion, MemberState, PanelState, PaperState
from reviews.models import Opinion, OpinionVersion, Panel, PanelMember, PaperEntry
from reviews.selectors.kept import standing
from reviews.selectors.reopening import may_still_reopen, versions_of
from reviews.selectors.scores import SheetLine, frozen, panel_sheet, plain

KIND = "score_sheet"
SHEET_TITLE = "专家评分表（纸质）"
OPEN = (PaperState.PENDING, PaperState.CHECKING)
Values = dict[str, Any]


def sheet_sha256(panel: Panel) -> str:
    """Return the SHA-256 of what a panel is asked to score, without the evidence: it tells an outdated print."""
    sheet = panel_sheet(panel)
    kept = frozen(sheet) if sheet else {"lines": []}
    lines = [{key: value for key, value in line.items() if key != "evidence"} for line in kept["lines"]]
    return digest({**kept, "lines": lines})


def printed_sheet(member: PanelMember) -> Values:
    """What the paper sheet of one seat says: nothing that anybody has scored, and no expert's name."""
    panel, sheet = member.panel, panel_sheet(member.panel)
    application = panel.application
    return {
        "title": SHEET_TITLE,
        "issuer": panel.jurisdiction.issuer,
        "number": application.number,
        "unit": application.organisation.name,
        "track": application.track.title,
        "call_title": panel.batch_title,
        "words": asdict(panel.words),
        "expert_number": number_of(member),
        "sheet_title": sheet.title if sheet else "",
        "clause": sheet.clause if sheet else panel.rule.clause,
        "maximum": plain(sheet.maximum) if sheet else "",
        "lines": [_printed_line(line) for line in sheet.lines] if sheet else [],
        "conclusions": [str(label) for label in Conclusion.labels] if panel.asks_conclusion else [],
        "sheet_sha256": sheet_sha256(panel),
    }


def _printed_line(line: SheetLine) -> Values:
    return {
        "number": line.item.number,
        "group": line.item.group,
        "title": line.item.title,
        "rule": line.item.rule,
        "maximum": plain(line.maximum),
        "step": plain(line.item.step),
        "proposal": "" if line.proposal is None else plain(line.proposal),
        "given": line.given,
        "calculation": list(line.calculation),
        "bands": [{"text": text, "points": plain(points)} for text, points in line.bands],
        "below": "" if line.remark_below is None else plain(line.remark_below),
        "above": "" if line.remark_above is None else plain(line.remark_above),
        "evidence": [{"label": each.label, "text": each.text} for each in line.evidence],
    }


def number_of(member: PanelMember) -> int:
    """Return a seat's number on its panel, in the order in which seats were given; it never changes."""
    return PanelMember.objects.filter(panel=member.panel_id, pk__lte=member.pk).count()


def print_of(member: PanelMember, code: str) -> Document | None:
    """Return the print of this very seat that bears a code, however the code is typed; None when it is none of its."""
    found = document_by_code(code)
    if found is None or found.kind != KIND or found.subject != member:
        return None
    return found


def hash_on(document: Document) -> str:
    """Return the hash of the sheet that a print bears."""
    found = re.search(r'id="sheet-([0-9a-f]{64})"', document.source)
    return found.group(1) if found else ""


def draft_begun(member: PanelMember) -> bool:
    """Say whether the expert has begun a draft on line; what it says is theirs alone."""
    opinion = Opinion.objects.filter(member=member, submitted_at__isnull=True).first()
    return bool(standing(opinion))


def open_entry(member: PanelMember) -> PaperEntry | None:
    """Return the entry of a seat that waits for its check, if there is one."""
    rows = PaperEntry.objects.filter(member=member, state__in=OPEN)
    return rows.select_related("entered_by", "checked_by", "paper", "printed").first()


def last_returned(member: PanelMember, actor: Actor) -> PaperEntry | None:
    """Return what the actor typed for a seat and got back, to go on from."""
    rows = PaperEntry.objects.filter(member=member, state=PaperState.RETURNED, entered_by=actor.user)
    return rows.select_related("paper", "printed").order_by("-id").first()


def entries_for_expert(member: PanelMember) -> QuerySet[PaperEntry]:
    """What has been done in an expert's name from paper: what waits for its check and what counts."""
    rows = PaperEntry.objects.filter(member=member).exclude(state=PaperState.RETURNED)
    return rows.select_related("entered_by", "checked_by", "paper").order_by("-id")


@dataclass(frozen=True)
class PaperSeat:
    """A seat on the bureau's list of paper sheets: never what a sheet says."""

    member: PanelMember
    number: int
    entry: PaperEntry | None

    @property
    def waiting(self) -> bool:
        """Whether a sheet can still come in from paper."""
        return not self.member.handed_in and self.member.state == MemberState.DECLARED  # type: ignore[attr-defined]


def paper_seats(panel: Panel) -> list[PaperSeat]:
    """The declared seats of a panel at work with what waits for a check; none once the panel is complete."""
    if panel.state != PanelState.WORKING:
        return []
    handed_in = Opinion.objects.filter(member=OuterRef("pk"), submitted_at__isnull=False)
    rows = PanelMember.objects.filter(panel=panel).select_related("expert").annotate(handed_in=Exists(handed_in))
    entries = {
        each.member_id: each
        for each in PaperEntry.objects.filter(member__panel=panel, state__in=OPEN).select_related(
            "entered_by", "checked_by"
        )
    }
    seats = [PaperSeat(row, at, entries.get(row.pk)) for at, row in enumerate(rows.order_by("pk"), start=1)]
    return [seat for seat in seats if seat.waiting]


def notes_for_expert(seat: PanelMember, opinion: Opinion | None) -> Values:
    """What an expert is told beside their own opinion: that it came back and why, what was entered in their name."""
    versions = OpinionVersion.objects.filter(opinion__member=seat).select_related("reopened_by")
    return {
        "papers": list(entries_for_expert(seat)),
        "last_version": versions.order_by("-round").first() if opinion and opinion.round else None,
        "may_ask": may_still_reopen(seat.panel),
    }


def notes_for_bureau(panel: Panel, *, may_run: bool) -> Values:
    """What the bureau's page of a panel shows of sheets handed back and of sheets on paper."""
    seats = PanelMember.objects.filter(panel=panel, chair=True, opinion__submitted_at__isnull=False)
    chair = seats.select_related("opinion").first()
    may_reopen = may_run and chair is not None and may_still_reopen(panel)
    return {
        "reopenings": versions_of(panel),
        "may_reopen_chair": chair.pk if chair and may_reopen else None,
        "chair_asked_at": chair.opinion.reopen_asked_at if chair and may_reopen else None,
        "paper_seats": paper_seats(panel),
    }
