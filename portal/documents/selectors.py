"""Reading documents."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from portal.accounts.actor import Actor
from portal.documents.models import Document, DocumentState, StoredFile


class MissingFile(Exception):
    """A file embedded in a document is no longer in the store; the message is Chinese and names it."""


def documents_of(subject: models.Model, kind: str = "") -> QuerySet[Document]:
    """Return the documents about one object, newest first, without their sources."""
    found = Document.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).defer("source")
    return found.filter(kind=kind) if kind else found


def unfinished(*, attempts: int, before: datetime) -> QuerySet[Document]:
    """Return the documents issued before an instant that have no PDF yet and were tried fewer than `attempts` times."""
    return Document.objects.exclude(state=DocumentState.READY).filter(attempts__lt=attempts, created_at__lt=before)


def failed_documents(actor: Actor) -> QuerySet[Document]:
    """Return the failed documents a person may mend: an office's own; all of them for the platform's administrator."""
    found = Document.objects.filter(state=DocumentState.FAILED).select_related("jurisdiction").defer("source")
    return found.filter(mendable_by(actor))


def mendable_by(actor: Actor) -> models.Q:
    """Return the condition that a document is the actor's to mend."""
    if not actor.can("document.mend"):
        return models.Q(pk__in=())
    if actor.jurisdiction_id:
        return models.Q(jurisdiction_id=actor.jurisdiction_id)
    return models.Q() if actor.can("system.configure") else models.Q(pk__in=())


def document_by_code(code: str) -> Document | None:
    """Return the document with a verification code, however it is typed; None when there is none."""
    typed = "".join(char for char in code.upper() if char.isalnum())
    grouped = "-".join(typed[start : start + 4] for start in range(0, len(typed), 4))
    return Document.objects.filter(code=grouped).defer("source").first()


def embedded_files(document: Document) -> dict[str, bytes]:
    """Read the files a document embeds, by the names its source calls them; raise `MissingFile` when one is gone."""
    stored = StoredFile.objects.in_bulk(list(document.resources.values()))
    found = {}
    for name, pk in document.resources.items():
        try:
            with stored[pk].content.open("rb") as stream:
                found[name] = stream.read()
        except (KeyError, FileNotFoundError) as missing:
            raise MissingFile(f"随附文件“{name}”（编号 {pk}）已不在存储中") from missing
    return found
