"""Who may open a file in a material slot, a rendered application form, the letter of a decision."""

from applications.models import Application, ApplicationVersion, Decision, MaterialFile
from applications.permissions import readable_applications
from portal.accounts.actor import Actor
from portal.documents.models import Document, StoredFile


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Open a file to whoever reads an application it lies in, replaced or not."""
    mine = readable_applications(Application.objects.all(), actor)
    return MaterialFile.objects.filter(stored=file, application__in=mine).exists()


def may_read_version(actor: Actor, version: ApplicationVersion, document: Document) -> bool:
    """Open a submitted version's form to whoever reads the application."""
    return _reads(actor, version.application_id)


def may_read_decision(actor: Actor, decision: Decision, document: Document) -> bool:
    """Open a decision's letter to whoever reads the application."""
    return _reads(actor, decision.application_id)


def may_read_application(actor: Actor, application: Application, document: Document) -> bool:
    """Open what is printed about an application to whoever reads it."""
    return _reads(actor, application.pk)


def _reads(actor: Actor, application_id: int) -> bool:
    return readable_applications(Application.objects.filter(pk=application_id), actor).exists()
