"""Who may open the documents and files of reviews; registered when the app is ready."""

from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.access import register, register_files
from portal.documents.models import Document, StoredFile
from portal.tenancy.managers import scopes_disabled
from reviews.enums import PaperState, RecommendationState
from reviews.models import (
    Meeting,
    Objection,
    ObjectionFile,
    Panel,
    PanelMember,
    PaperEntry,
    Recognition,
    RecognitionEntry,
    Recommendation,
    RecommendationEntry,
    Selection,
    StampedPaper,
    Verification,
    Visit,
    VisitPhoto,
)
from reviews.permissions import (
    own_meetings,
    own_memberships,
    readable_meetings,
    readable_objections,
    readable_panels,
    readable_recognitions,
    readable_recommendations,
    readable_selections,
    readable_visits,
)
from reviews.selectors.recommendations import rankings_are_open


def may_read_panel(actor: Actor, panel: Panel, document: Document) -> bool:
    """The panel's record: the bureau's own."""
    return readable_panels(Panel.objects.filter(pk=panel.pk), actor).exists()


def may_read_meeting(actor: Actor, meeting: Meeting, document: Document) -> bool:
    """The minutes: the bureau's own, and the experts who were there; these once they are settled, the latest alone."""
    found = Meeting.objects.filter(pk=meeting.pk)
    if readable_meetings(found, actor).exists():
        return True
    return _is_latest(document) and own_meetings(found, actor).exists()


def may_read_seat(actor: Actor, member: PanelMember, document: Document) -> bool:
    """The empty paper sheet of a seat: the bureau, and the expert whose seat it is."""
    if own_memberships(PanelMember.objects.filter(pk=member.pk), actor).exists():
        return True
    return readable_panels(Panel.objects.filter(pk=member.panel_id), actor).exists()


def may_read_selection(actor: Actor, selection: Selection, document: Document) -> bool:
    """The list of selected units and alternates: the bureau's own."""
    return readable_selections(Selection.objects.filter(pk=selection.pk), actor).exists()


def may_read_visit(actor: Actor, visit: Visit, document: Document) -> bool:
    """The record of a visit: the bureau and the members, not the unit visited."""
    return not actor.can("application.edit") and readable_visits(Visit.objects.filter(pk=visit.pk), actor).exists()


def may_read_objection(actor: Actor, objection: Objection, document: Document) -> bool:
    """The receipt: those who handle and supervise objections."""
    return readable_objections(Objection.objects.filter(pk=objection.pk), actor).exists()


def may_read_recognition(actor: Actor, recognition: Recognition, document: Document) -> bool:
    """The decision, before it is public."""
    return readable_recognitions(Recognition.objects.filter(pk=recognition.pk), actor).exists()


def may_read_entry(actor: Actor, entry: RecognitionEntry, document: Document) -> bool:
    """A certificate: the bureau, and the unit it names."""
    if actor.can("application.edit"):
        return RecognitionEntry.objects.filter(pk=entry.pk, application__organisation=actor.organisation).exists()
    return may_read_recognition(actor, entry.recognition, document)


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Photos of a visit and evidence of an objection, as those they belong to."""
    if actor.user is None:
        return False
    with scopes_disabled():
        visits = readable_visits(Visit.objects.all(), actor)
        if not actor.can("application.edit") and VisitPhoto.objects.filter(stored=file, visit__in=visits).exists():
            return True
        if _may_read_scan(actor, file) or _may_read_paper(actor, file):
            return True
        objections = readable_objections(Objection.objects.all(), actor)
        return ObjectionFile.objects.filter(stored=file, objection__in=objections).exists()


def _may_read_scan(actor: Actor, file: StoredFile) -> bool:
    """A stamped scan: its office's; the level above reads it once handed in, and what tells the order once ranks are open."""
    reached = readable_recommendations(Recommendation.objects.all(), actor)
    scans = StampedPaper.objects.filter(stored=file, recommendation__in=reached).select_related("recommendation__call")
    for each in scans:
        found = each.recommendation
        if _own_office(actor, found):
            return True
        handed_in = each.removed_at is None and found.state == RecommendationState.SEALED
        if handed_in and (each.application_id or rankings_are_open(found.call, found.stage, clock.now())):
            return True
    return False


def _may_read_paper(actor: Actor, file: StoredFile) -> bool:
    """The scan of a score sheet: its expert's; the typist's and the checker's until it counts; the bureau's once unsealed."""
    for each in PaperEntry.objects.filter(paper=file).select_related("member__panel"):
        panel = readable_panels(Panel.objects.filter(pk=each.member.panel_id), actor)
        if own_memberships(PanelMember.objects.filter(pk=each.member_id), actor).exists():
            return True
        if each.member.panel.unsealed_at is not None and each.settled_at is not None and panel.exists():
            return True
        knows = {each.entered_by_id} | ({each.checked_by_id} if each.state == PaperState.CHECKING else set())
        if each.state != PaperState.CONFIRMED and actor.person.pk in knows and panel.exists():
            return True
    return False


def may_read_recommendation(actor: Actor, recommendation: Recommendation, document: Document) -> bool:
    """A generated paper: its office's; the level above reads the one handed in, once ranks are open."""
    if not readable_recommendations(Recommendation.objects.filter(pk=recommendation.pk), actor).exists():
        return False
    if _own_office(actor, recommendation):
        return True
    handed_in = recommendation.state == RecommendationState.SEALED and _is_latest(document)
    return handed_in and rankings_are_open(recommendation.call, recommendation.stage, clock.now())


def may_read_verification(actor: Actor, verification: Verification, document: Document) -> bool:
    """核查证明表 of one file: its office's; the level above reads it once the file has been handed in."""
    if verification.office_id == getattr(actor.organisation, "pk", None):
        return actor.can("recommendation.read")
    reached = readable_recommendations(Recommendation.objects.filter(state=RecommendationState.SEALED), actor)
    handed_in = RecommendationEntry.objects.filter(
        application=verification.application_id, sealed_round__isnull=False, recommendation__in=reached
    )
    return _is_latest(document) and handed_in.exists()


def _own_office(actor: Actor, recommendation: Recommendation) -> bool:
    return recommendation.office_id == getattr(actor.organisation, "pk", None)


def _is_latest(document: Document) -> bool:
    """An earlier version is the office's own working paper, never handed in."""
    later = Document.objects.filter(
        kind=document.kind, subject_type=document.subject_type, subject_id=document.subject_id,
        version__gt=document.version,
    )  # fmt: skip
    return not later.exists()


def register_deciders() -> None:
    """Answer for what reviews own. Notices need no decider: they are public."""
    register("reviews.Panel", may_read_panel)
    register("reviews.PanelMember", may_read_seat)
    register("reviews.Selection", may_read_selection)
    register("reviews.Meeting", may_read_meeting)
    register("reviews.Visit", may_read_visit)
    register("reviews.Objection", may_read_objection)
    register("reviews.Recognition", may_read_recognition)
    register("reviews.RecognitionEntry", may_read_entry)
    register("reviews.Recommendation", may_read_recommendation)
    register("reviews.Verification", may_read_verification)
    register_files(may_read_file)
