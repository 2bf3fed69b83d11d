"""Verification: is this number, certificate or document ours, and what does it say?"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_scopes import scope

from applications.models import Application
from assessments.models import Base, Case
from assessments.selectors.cases import ending_of
from portal.accounts.guards import visitor
from portal.documents.models import Document
from portal.documents.selectors import document_by_code


@dataclass(frozen=True)
class Found:
    """What a code belongs to. Of a document that is not public only its existence, date and hash are told."""

    base: Base | None = None
    ending: Case | None = None
    document: Document | None = None
    application: Application | None = None

    def __bool__(self) -> bool:
        return bool(self.base or self.document or self.application)


def look_up(code: str) -> Found:
    """Look a code up in every register: certificate number, verification code, receipt number."""
    typed = code.strip().upper()
    base = (
        Base.objects.filter(certificate_number=typed)
        .select_related("jurisdiction", "organisation", "source__application__organisation")
        .first()
    )
    if base:
        return Found(base=base, ending=ending_of(base))
    if document := document_by_code(typed):
        return Found(document=document)
    return Found(application=Application.objects.filter(number=typed).select_related("jurisdiction", "call").first())


@visitor()
def verify(request: HttpRequest) -> HttpResponse:
    """Look up the code in the address, over all jurisdictions: a certificate says where it comes from by itself."""
    code = request.GET.get("code", "").strip()[:60]
    with scope(jurisdiction=request.jurisdictions):  # type: ignore[attr-defined]
        found = look_up(code) if code else Found()
        return render(request, "desk/verify.html", {"code": code, "found": found})
