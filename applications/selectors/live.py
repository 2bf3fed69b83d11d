"""The applications a unit has under way, and the printed forms of one."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from applications.enums import ENDED
from applications.models import Application, ApplicationVersion
from portal.documents.models import Document
from portal.tenancy.models import Organisation

APPLICATION_FORM = "application_form"  # of a submitted version
DRAFT_FORM = "application_draft"  # of a draft, watermarked


def live_applications(organisation: Organisation | None) -> QuerySet[Application]:
    """Return a unit's applications that have not ended."""
    if organisation is None:
        return Application.objects.none()
    return Application.objects.filter(organisation=organisation).exclude(status__in=ENDED)


def printed_forms(application: Application) -> list[Document]:
    """Return every printed form of an application, drafts included, newest first."""
    types = ContentType.objects.get_for_models(Application, ApplicationVersion)
    versions = ApplicationVersion.objects.filter(application=application).values("pk")
    of_versions = Q(subject_type=types[ApplicationVersion], subject_id__in=versions, kind=APPLICATION_FORM)
    of_drafts = Q(subject_type=types[Application], subject_id=application.pk, kind=DRAFT_FORM)
    return list(Document.objects.filter(of_versions | of_drafts).defer("source"))
