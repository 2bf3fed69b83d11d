"""Printing the application form: of a submitted version for the seal, of a draft with a watermark."""

from django.conf import settings
from django.db import transaction

from applications.models import Application, ApplicationVersion
from applications.selectors.live import APPLICATION_FORM, DRAFT_FORM
from applications.selectors.printing import draft_context, form_context
from applications.selectors.workspace import load
from portal.accounts.actor import SYSTEM, Actor
from portal.documents.models import Document
from portal.documents.services.issue import issue_document

TEMPLATE = "documents/application_form.html"


@transaction.atomic
def issue_form(*, version_id: int) -> Document:
    """Issue the printed form of a submitted version; asking twice gives the same document."""
    rows = ApplicationVersion.objects.select_related(
        "application__call", "application__organisation", "application__jurisdiction", "application__recommender"
    )
    version = rows.get(pk=version_id)
    application = version.application
    return issue_document(
        kind=APPLICATION_FORM,
        subject=version,
        title=f"{application.form_title}（{application.number} 第 {version.number} 版）",
        template=TEMPLATE,
        context=form_context(version),
        by=SYSTEM,
        jurisdiction=application.jurisdiction,
        css=("form",),
        verify_url=f"{settings.PORTAL_BASE_URL}/{application.jurisdiction.code}/verify/?code=",
    )


@transaction.atomic
def issue_draft(*, application_id: int, by: Actor) -> Document:
    """Issue the draft as it stands, watermarked; an unchanged draft gives the document it has."""
    rows = Application.objects.select_related("call", "organisation", "jurisdiction", "recommender")
    application = rows.get(pk=application_id)
    return issue_document(
        kind=DRAFT_FORM,
        subject=application,
        title=f"{application.form_title}（草稿）",
        template=TEMPLATE,
        context=draft_context(load(application)),
        by=by,
        jurisdiction=application.jurisdiction,
        css=("form",),
        draft=True,
    )
