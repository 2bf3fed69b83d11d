"""Who may open the files of a base's record; registered when the app is ready. Each room adds its decider here."""

from assessments.models import (
    Assessment,
    Base,
    BaseChange,
    Case,
    Claim,
    GrantLine,
    RecoveryOrder,
    ReportFile,
    ReportVersion,
    Veto,
)
from assessments.permissions import readable_bases
from assessments.selectors.cases import readable_cases
from assessments.selectors.money import reachable_lines, readable_claims
from assessments.selectors.rounds import readable_assessments
from assessments.selectors.rounds_record import may_expert_read
from assessments.services.rounds_papers import NOTICE
from portal.accounts.actor import Actor
from portal.documents.access import register, register_files
from portal.documents.models import Document, StoredFile
from portal.tenancy.managers import scopes_disabled


def may_read_change(actor: Actor, file: StoredFile) -> bool:
    """Proof of a recorded change: the bureau, and the unit whose base it is."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return BaseChange.objects.filter(evidence=file, base__in=readable_bases(Base.objects.all(), actor)).exists()


def may_read_case(actor: Actor, case: Case, document: Document) -> bool:
    """A paper of a case: the bureau; the unit once it has been told."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return readable_cases(Case.objects.filter(pk=case.pk), actor).exists()


def may_read_case_file(actor: Actor, file: StoredFile) -> bool:
    """Evidence and what the unit put in: the bureau, and the unit once it has been told of the case."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return readable_cases(Case.objects.filter(files__stored=file), actor).exists()


def may_read_report_file(actor: Actor, file: StoredFile) -> bool:
    """A file of a report: its unit; the bureau once it has been handed in."""
    if actor.user is None:
        return False
    with scopes_disabled():
        mine = ReportFile.objects.filter(stored=file, report__base__in=readable_bases(Base.objects.all(), actor))
        return (mine if actor.can("base.report") else mine.filter(report__version__gt=0)).exists()


def may_read_report(actor: Actor, version: ReportVersion, document: Document) -> bool:
    """A printed report: its unit and the bureau."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return readable_bases(Base.objects.filter(reports=version.report_id), actor).exists()


def may_read_assessment(actor: Actor, assessment: Assessment, document: Document) -> bool:
    """The papers of an assessment: the bureau; the base's unit the notice alone, once it has been told."""
    if actor.user is None:
        return False
    with scopes_disabled():
        reached = readable_assessments(Assessment.objects.filter(pk=assessment.pk), actor)
        if actor.can("base.read"):
            return reached.exists()
        return document.kind == NOTICE and reached.filter(told_at__isnull=False).exists()


def may_read_veto(actor: Actor, file: StoredFile) -> bool:
    """Evidence of a fact that decides an assessment: the bureau."""
    if not (actor.can("base.read") and actor.jurisdiction_id):
        return False
    with scopes_disabled():
        return Veto.objects.filter(files=file, assessment__jurisdiction=actor.jurisdiction_id).exists()


def may_read_claim(actor: Actor, claim: Claim, document: Document) -> bool:
    """The paper of a claim: its unit, and the bureau."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return readable_claims(actor).filter(pk=claim.pk).exists()


def may_read_claim_file(actor: Actor, file: StoredFile) -> bool:
    """A document of a claim: its unit, and the bureau once the claim has been handed in."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return readable_claims(actor).filter(files__stored=file).exists()


def may_read_pay_order(actor: Actor, line: GrantLine, document: Document) -> bool:
    """The order to pay an instalment: the bureau."""
    if not actor.can("base.read"):
        return False
    with scopes_disabled():
        return reachable_lines(actor).filter(pk=line.pk).exists()


def may_read_for_panel(actor: Actor, file: StoredFile) -> bool:
    """A file of a report: the experts who assess the base."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return may_expert_read(actor, file)


def may_read_recovery(actor: Actor, order: RecoveryOrder, document: Document) -> bool:
    """The notice of a recovery: the bureau, and the unit it is addressed to."""
    if actor.user is None:
        return False
    with scopes_disabled():
        return readable_bases(Base.objects.filter(account__orders=order.pk), actor).exists()


def register_deciders() -> None:
    """Answer for what the rooms own."""
    register_files(may_read_report_file)
    register("assessments.ReportVersion", may_read_report)
    register_files(may_read_change)
    register("assessments.Case", may_read_case)
    register_files(may_read_case_file)
    register("assessments.Assessment", may_read_assessment)
    register_files(may_read_veto)
    register("assessments.Claim", may_read_claim)
    register_files(may_read_claim_file)
    register("assessments.GrantLine", may_read_pay_order)
    register_files(may_read_for_panel)
    register("assessments.RecoveryOrder", may_read_recovery)
