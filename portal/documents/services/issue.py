"""Issuing documents: the source is written at once, the PDF follows in the documents worker."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import F, Max

from portal.accounts.actor import SYSTEM, Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import Document, DocumentState, StoredFile
from portal.documents.rendering.codes import qr_svg
from portal.documents.rendering.compose import compose
from portal.documents.rendering.engine import Rendered, RenderingFailed, render
from portal.documents.rendering.text import title_lines
from portal.documents.seals import SealFailed, sealed
from portal.documents.selectors import MissingFile, embedded_files
from portal.tenancy.models import Jurisdiction

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no letter that is mistaken for a digit
MAX_ATTEMPTS = 5


def new_code() -> str:
    """Return a verification code of 16 characters, in groups of four."""
    drawn = [secrets.choice(ALPHABET) for _ in range(16)]
    return "-".join("".join(drawn[start : start + 4]) for start in range(0, 16, 4))


@transaction.atomic
def issue_document(
    *,
    kind: str,
    subject: models.Model,
    title: str,
    template: str,
    context: Mapping[str, Any],
    by: Actor,
    jurisdiction: Jurisdiction | None = None,
    public: bool = False,
    css: Sequence[str] = ("official",),
    draft: bool = False,
    resources: Mapping[str, StoredFile] | None = None,
    verify_url: str = "",
) -> Document:
    """Write the next version of a document about `subject` and have it rendered after commit.

    The template finds `document` (title, code, version, number of its kind), `qr` (SVG of the verification address),
    `title_lines` and everything in `context`. An issue with the same source as the last version returns that version:
    asking twice is free. The subject's row is locked, so two who ask at once get one version. `verify_url` is what stands
    before the code in the verification address; without it, the portal's own page.
    """
    list(type(subject)._base_manager.select_for_update().filter(pk=subject.pk).values_list("pk"))
    subject_type = ContentType.objects.get_for_model(subject)
    same = Document.objects.filter(kind=kind, subject_type=subject_type, subject_id=subject.pk)
    known: dict[str, Any] = {**context, "title": title, "title_lines": title_lines(str(context.get("title") or title))}
    plain = compose(template, {**known, "document": None, "qr": ""}, css=css, draft=draft)
    content_hash = hashlib.sha256(plain.encode()).hexdigest()
    latest = same.order_by("-version").defer("source").first()
    if latest is not None and latest.source_sha256 == content_hash:
        return latest
    document = Document(
        jurisdiction=jurisdiction,
        kind=kind,
        title=title[:200],
        subject_type=subject_type,
        subject_id=subject.pk,
        version=(same.aggregate(last=Max("version"))["last"] or 0) + 1,
        code=new_code(),
        public=public,
        source_sha256=content_hash,
        resources={name: file.pk for name, file in (resources or {}).items()},
        created_by=by.user,
        created_at=clock.now(),
    )
    known |= {"document": document, "qr": qr_svg(f"{verify_url or verification_address()}{document.code}")}
    document.source = compose(template, known, css=css, created=document.created_at, draft=draft)
    document.save()
    _record_issue(document, subject, by)
    transaction.on_commit(lambda: enqueue(document.pk))
    return document


def verification_address() -> str:
    """Return the address of the portal's verification page, up to the code."""
    return f"{settings.PORTAL_BASE_URL.rstrip('/')}/verify/?code="


def enqueue(document_id: int) -> None:
    """Hand a document to the documents worker; call it after commit."""
    from portal.documents.tasks import render_document

    render_document.delay(document_id)


def render_pending(*, document_id: int) -> None:
    """Render one document and store its PDF; rendering a finished one again changes nothing.

    The attempt is counted before it is made, so that one which kills its worker counts too. A failed render, or one that
    could not be sealed, is kept with its reason and tried again by the sweep, at most `MAX_ATTEMPTS` times.
    """
    open_ones = Document.objects.filter(pk=document_id).exclude(state=DocumentState.READY)
    if not open_ones.update(attempts=F("attempts") + 1):
        return
    document = Document.objects.select_related("jurisdiction").get(pk=document_id)
    try:
        rendered = render(document.source, resources=embedded_files(document))
        pdf, seal = sealed(document, rendered.pdf)
    except (RenderingFailed, MissingFile, SealFailed) as failure:
        open_ones.update(state=DocumentState.FAILED, problem=str(failure)[:300])
        return
    _keep(document_id, rendered, pdf, seal)


@transaction.atomic
def _keep(document_id: int, rendered: Rendered, pdf: bytes, seal: Mapping[str, str]) -> None:
    document = Document.objects.select_for_update().get(pk=document_id)
    if document.state == DocumentState.READY:
        return
    document.sha256, document.pages, document.size = hashlib.sha256(pdf).hexdigest(), rendered.pages, len(pdf)
    document.fonts = rendered.fonts
    document.state, document.problem = DocumentState.READY, ""
    document.content.save(f"{document.code}.pdf", ContentFile(pdf), save=False)
    document.save()
    data = {"code": document.code, "pages": document.pages, "sha256": document.sha256, **seal}
    record(by=SYSTEM, action="document.render", obj=document, jurisdiction_id=document.jurisdiction_id, data=data)


def _record_issue(document: Document, subject: models.Model, by: Actor) -> None:
    record(
        by=by,
        action="document.issue",
        obj=subject,
        jurisdiction_id=document.jurisdiction_id,
        data={
            "kind": document.kind,
            "version": document.version,
            "code": document.code,
            "source": document.source_sha256,
        },
    )
