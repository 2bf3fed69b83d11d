"""Background work of the register: what a recognition left to do, and the sweep that finds what was left behind."""

from celery import shared_task

from assessments.enums import AssessmentState
from assessments.models import Assessment
from assessments.selectors.bases import entries_without_base
from assessments.selectors.money import bases_without_account
from assessments.services.case_terms import announce_terms
from assessments.services.money import open_grants
from assessments.services.register import register_base
from assessments.services.report_chasing import remind
from assessments.services.rounds_panel import take_panel
from portal.accounts.actor import SYSTEM
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from portal.tenancy.selectors import active_jurisdictions
from reviews.enums import PanelState
from reviews.models import RecognitionEntry


@shared_task
def register_recognised(jurisdiction_id: int, entry_id: int) -> None:
    """Enter one recognised unit in the register."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        register_base(entry=RecognitionEntry.objects.get(pk=entry_id))


@shared_task
def sweep_bases() -> None:
    """Enter every recognised unit that is not in the register yet, and open the account of a base that has none."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            for entry in entries_without_base():
                register_base(entry=entry)
            for base in bases_without_account():
                open_grants(base)


@shared_task
def take_panel_result(jurisdiction_id: int, assessment_id: int) -> None:
    """Take over what the experts of one assessment have scored."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        take_panel(assessment=Assessment.objects.get(pk=assessment_id), by=SYSTEM)


@shared_task
def sweep_panels() -> None:
    """Take over every closed panel's scores that a lost task left behind."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            for row in Assessment.objects.filter(state=AssessmentState.PANEL, panel__state=PanelState.CLOSED):
                take_panel(assessment=row, by=SYSTEM)


@shared_task
def sweep_terms() -> None:
    """Tell whom it concerns that a hearing or a period to mend has run out, or soon will, as it stands at this hour."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            announce_terms(jurisdiction=jurisdiction)


@shared_task
def chase_reports() -> None:
    """Remind units of reports that run out within three days, and of what is late, as it stands at this hour."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            remind(jurisdiction=jurisdiction)
