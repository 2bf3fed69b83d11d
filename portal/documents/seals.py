"""Electronic seals: where a certified seal service is connected (P3-15).

The portal has none of its own: `ScannedSeal` leaves the PDF as it was drawn, and the seal is put on paper and uploaded as a
scan. A bureau with a certified service names its adapter in `PORTAL_SEAL_PROVIDER`.
"""

import hashlib
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from portal.documents.models import Document

SEALED_KINDS = frozenset(
    {
        "acceptance_notice",
        "correction_notice",
        "refusal_notice",
        "withholding_notice",
        "objection_receipt",
        "public_notice",
        "recognition_decision",
        "certificate",
        "assessment_notice",
        "case_notice",
        "case_decision",
        "announcement",
    }
)
"""What a bureau issues under its own seal. Forms of units and papers of recommending offices are sealed by these, on paper."""


class SealFailed(Exception):
    """The seal could not be put on; the message says why, in Chinese, for the record of the document."""


class SealProvider(Protocol):
    """An adapter to a seal service. It is made anew for each document, without arguments."""

    def seal(self, pdf: bytes, *, kind: str, code: str, title: str, issuer: str) -> bytes:
        """Return the sealed PDF; the same bytes where nothing is to be sealed.

        `kind` is one of `SEALED_KINDS`, `code` the verification code, `issuer` the bureau whose seal is wanted. Raise
        `SealFailed` or an `OSError` when it cannot be done: the document is tried again and never handed out unsealed.
        """
        ...


class ScannedSeal:
    """No electronic seal: the document is printed, stamped, and its scan kept where one is asked for."""

    def seal(self, pdf: bytes, *, kind: str, code: str, title: str, issuer: str) -> bytes:
        """Return the PDF as it is."""
        return pdf


def seal_provider() -> SealProvider:
    """Return the adapter that the setting names; ImportError when there is none of that name."""
    found: SealProvider = import_string(settings.PORTAL_SEAL_PROVIDER)()
    return found


def sealed(document: Document, pdf: bytes) -> tuple[bytes, dict[str, str]]:
    """Have a drawn document sealed; return its bytes, and for the record who sealed it and the SHA-256 of what was drawn.

    The record is empty where the bytes are those that were drawn. Raise `SealFailed`.
    """
    if document.kind not in SEALED_KINDS:
        return pdf, {}
    issuer = document.jurisdiction.issuer if document.jurisdiction else ""
    try:
        done = seal_provider().seal(pdf, kind=document.kind, code=document.code, title=document.title, issuer=issuer)
    except (SealFailed, OSError, ImportError) as failure:
        raise SealFailed(f"未能加盖电子印章：{failure}") from failure
    if done == pdf:
        return pdf, {}
    if not done.startswith(b"%PDF-"):
        raise SealFailed("未能加盖电子印章：印章服务返回的不是 PDF 文件")
    return done, {"seal": settings.PORTAL_SEAL_PROVIDER, "drawn": hashlib.sha256(pdf).hexdigest()}
