"""Does the archive still hold what was issued? Each PDF is compared with its hash, and drawn again from its source."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.audit.models import Event
from portal.audit.services import chain_key
from portal.documents.models import Document, DocumentState
from portal.documents.rendering import fontset
from portal.documents.rendering.engine import RenderingFailed, render
from portal.documents.selectors import MissingFile, embedded_files


@dataclass(frozen=True)
class Mismatch:
    """One document that is not what it was, said in Chinese and in English."""

    document: Document
    text: str
    english: str


@dataclass(frozen=True)
class Sealed:
    """One document that bears an electronic seal: what was drawn is as it was; the seal itself is not looked into here."""

    document: Document
    provider: str


def verify_documents(documents: QuerySet[Document]) -> Iterator[Mismatch | Sealed | None]:
    """Yield, for each rendered document, None when its file and its re-render are the stored bytes, else what is to be said."""
    for document in documents.filter(state=DocumentState.READY).order_by("id").iterator(chunk_size=50):
        yield check_document(document)


def check_document(document: Document) -> Mismatch | Sealed | None:
    """Compare one document: file with hash, then a new rendering of its source with the file, byte for byte.

    One that was sealed electronically is compared with the hash of what was drawn before, which the event log keeps.
    """
    try:
        with document.content.open("rb") as stream:
            kept = stream.read()
    except (FileNotFoundError, ValueError):
        return Mismatch(document, "存储中没有 PDF 文件", "the PDF file is gone")
    if hashlib.sha256(kept).hexdigest() != document.sha256:
        return Mismatch(document, "PDF 文件已被改动（与登记的 SHA-256 不符）", "the PDF file was changed")
    try:
        again = render(document.source, resources=embedded_files(document)).pdf
    except (RenderingFailed, MissingFile) as problem:
        return Mismatch(document, f"无法重新生成：{problem}", f"cannot be rendered again: {problem}")
    if again == kept:
        return None
    seal = _seal(document)
    if seal and hashlib.sha256(again).hexdigest() == seal["drawn"]:
        return Sealed(document, seal["seal"])
    if document.fonts != fontset.fingerprint():
        return Mismatch(
            document, "重新生成的结果不同：文件字体已更换", "renders differently: the fonts are not the same"
        )
    return Mismatch(document, "重新生成的结果不同", "renders differently")


def _seal(document: Document) -> dict[str, str]:
    """Return who sealed a document and the hash of what was drawn, as recorded when it was made; empty without a seal."""
    made = Event.objects.filter(chain__key=chain_key(document), action="document.render").order_by("-sequence").first()
    return made.data if made is not None and "seal" in made.data else {}
