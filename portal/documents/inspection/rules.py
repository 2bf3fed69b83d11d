"""The rules a slot sets for its files, and the answer an inspection gives."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """File kinds the portal can tell apart by content. The value is the usual ending."""

    PDF = "pdf"
    OFD = "ofd"
    JPEG = "jpg"
    PNG = "png"
    XLSX = "xlsx"
    DOCX = "docx"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self]

    @property
    def label(self) -> str:
        """How a person calls it."""
        return LABELS[self]


CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.OFD: "application/ofd",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LABELS = {
    Kind.PDF: "PDF",
    Kind.OFD: "OFD",
    Kind.JPEG: "JPG 图片",
    Kind.PNG: "PNG 图片",
    Kind.XLSX: "Excel 工作簿（.xlsx）",
    Kind.DOCX: "Word 文档（.docx）",
}


@dataclass(frozen=True)
class Rules:
    """What a slot accepts: kinds, size in bytes, and pages where the kind has pages (None: no limit)."""

    allowed: frozenset[Kind] = frozenset({Kind.PDF})
    max_bytes: int = 20 * 1024**2
    max_pages: int | None = None
    min_pages: int | None = None

    @property
    def allowed_labels(self) -> str:
        return "、".join(kind.label for kind in Kind if kind in self.allowed)


@dataclass(frozen=True)
class Inspection:
    """What was found.

    `kind` is None for a file of no known kind; `content_type` is then application/octet-stream. `pages` is the counted
    number for PDF and OFD, 1 for a picture, None where a kind has no fixed pages or counting failed. `sha256` is of the
    bytes as uploaded. `problems` are Chinese sentences, one for each thing the person must mend; the file may be kept only
    when there are none. `active` names what acts by itself in a PDF (JavaScript, EmbeddedFiles …): such a file must
    go through `pdf.sanitise` before it is shown or merged.
    """

    kind: Kind | None
    size: int
    sha256: str
    pages: int | None = None
    problems: tuple[str, ...] = ()
    active: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def content_type(self) -> str:
        return self.kind.content_type if self.kind else "application/octet-stream"
