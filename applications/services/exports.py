"""An export leaves the portal: who took what out is kept."""

from django.db import transaction

from applications.models import Application
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.tenancy.models import Jurisdiction


@transaction.atomic
def note_archive(*, application: Application, by: Actor) -> None:
    """Record that one file's papers were taken out together, by somebody who works on it (P3-17)."""
    by.require("application.check", application.jurisdiction_id)
    record(by=by, action="application.archive", obj=application, jurisdiction_id=application.jurisdiction_id)


@transaction.atomic
def note_export(*, jurisdiction: Jurisdiction, what: str, query: str, form: str, by: Actor) -> None:
    """Record that a list was exported, with the address that made it."""
    by.require("application.read", jurisdiction.pk)
    record(
        by=by,
        action="application.export",
        obj=jurisdiction,
        jurisdiction_id=jurisdiction.pk,
        data={"list": what, "query": query[:300], "form": form},
    )
