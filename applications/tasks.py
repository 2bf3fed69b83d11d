"""Work after the fact: ids in, one service call, safe to run twice, late or never."""

from celery import shared_task
from django_scopes import scope

from applications.models import Application, ApplicationVersion
from applications.selectors.due import calls_to_announce, overdue_files, running_out, unprinted_versions
from applications.services import messages
from applications.services.announce import announce_call
from applications.services.print_form import issue_form
from portal.tenancy.models import Jurisdiction
from portal.tenancy.selectors import active_jurisdictions


@shared_task
def print_form(jurisdiction_id: int, version_id: int) -> None:
    """Issue the printed form of a submitted version."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        issue_form(version_id=version_id)


@shared_task
def announce_move(jurisdiction_id: int, version_id: int, move: str) -> None:
    """Tell unit and office what has happened to a version."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        version = ApplicationVersion.objects.get(pk=version_id)
        rows = Application.objects.select_related("call", "organisation", "jurisdiction")
        messages.of_move(rows.get(pk=version.application_id), version, move)


@shared_task
def sweep_calls() -> None:
    """Announce the calls that have opened or closed, and have forms printed whose task was lost."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            for call_id in list(calls_to_announce(jurisdiction).values_list("pk", flat=True)):
                announce_call(call_id=call_id)
            for version_id in unprinted_versions(jurisdiction).values_list("pk", flat=True)[:100]:
                print_form.delay(jurisdiction.pk, version_id)


@shared_task
def remind_deadlines() -> None:
    """Remind of drafts and corrections three days and one day before they run out, and the office of what is late."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            for application, ends_at, days, correction in running_out(jurisdiction):
                messages.of_deadline(application, ends_at, days, correction=correction)
            if late := overdue_files(jurisdiction):
                messages.of_overdue(jurisdiction, late)
