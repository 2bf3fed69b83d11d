"""Electronic seals: put on once, hashed with the document, never missing from what is handed out (P3-15)."""

import hashlib
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import Event
from portal.documents.models import Document, DocumentState
from portal.documents.seals import SEALED_KINDS, ScannedSeal, SealFailed
from portal.documents.services.issue import render_pending
from portal.documents.verification import Sealed, check_document
from portal.tenancy.models import Jurisdiction
from tests.documents.test_issue import issued
from tests.factories import make_unit

HERE = "tests.documents.test_seals"
MARK = b"\n% sealed by a test\n"


class Stamp:
    """A service that works: it appends, and says what for."""

    def seal(self, pdf: bytes, *, kind: str, code: str, title: str, issuer: str) -> bytes:
        return pdf + MARK + f"% {kind} {code}".encode()


class Away:
    """A service that cannot be reached."""

    def seal(self, pdf: bytes, *, kind: str, code: str, title: str, issuer: str) -> bytes:
        raise ConnectionError("印章服务无响应")


class Refusing:
    """A service that knows no seal of this bureau."""

    def seal(self, pdf: bytes, *, kind: str, code: str, title: str, issuer: str) -> bytes:
        raise SealFailed(f"没有“{issuer}”的印章")


class Chatting:
    """A service that answers with something else."""

    def seal(self, pdf: bytes, *, kind: str, code: str, title: str, issuer: str) -> bytes:
        return b"<html>login</html>"


def made(place: Jurisdiction) -> Document:
    pending = issued(make_unit(), jurisdiction=place)
    render_pending(document_id=pending.pk)
    return Document.objects.get(pk=pending.pk)


@pytest.mark.rule("P3-15")
def test_without_a_service_the_document_is_as_it_was_drawn(hangzhou: Jurisdiction) -> None:
    document = made(hangzhou)
    assert ScannedSeal().seal(b"%PDF-x", kind="certificate", code="", title="", issuer="") == b"%PDF-x"
    assert document.state == DocumentState.READY
    assert "seal" not in Event.objects.get(action="document.render").data
    assert check_document(document) is None


@pytest.mark.rule("P3-15")
def test_a_seal_is_part_of_what_is_hashed_and_verification_says_so(hangzhou: Jurisdiction, settings: Any) -> None:
    settings.PORTAL_SEAL_PROVIDER = f"{HERE}.Stamp"
    document = made(hangzhou)
    with document.content.open("rb") as stream:
        kept = stream.read()
    drawn, mark, tail = kept.partition(MARK)
    assert (mark, tail) == (MARK, f"% acceptance_notice {document.code}".encode())
    assert (document.sha256, document.size) == (hashlib.sha256(kept).hexdigest(), len(kept))
    data = Event.objects.get(action="document.render").data
    assert (data["seal"], data["drawn"]) == (f"{HERE}.Stamp", hashlib.sha256(drawn).hexdigest())
    settings.PORTAL_SEAL_PROVIDER = "portal.documents.seals.ScannedSeal"  # years later, under another setting
    assert check_document(document) == Sealed(document, f"{HERE}.Stamp")
    out = StringIO()
    call_command("documents", "verify", stdout=out)
    assert f"由 {HERE}.Stamp 加盖电子印章" in out.getvalue()
    assert "0 份文书逐字节一致" in out.getvalue()
    Document.objects.filter(pk=document.pk).update(source=document.source.replace("现予受理", "不予受理"))
    with pytest.raises(CommandError, match="1 份文书中 1 份不一致"):
        call_command("documents", "verify", stdout=StringIO())


@pytest.mark.rule("P3-15")
@pytest.mark.parametrize(
    ("provider", "reason"),
    [
        (f"{HERE}.Away", "印章服务无响应"),
        (f"{HERE}.Refusing", "没有“测试局”的印章"),
        (f"{HERE}.Chatting", "返回的不是 PDF 文件"),
        (f"{HERE}.Nowhere", "Nowhere"),
    ],
)
def test_what_could_not_be_sealed_is_not_handed_out_and_is_tried_again(
    hangzhou: Jurisdiction, settings: Any, provider: str, reason: str
) -> None:
    hangzhou.issuer = "测试局"
    hangzhou.save()
    settings.PORTAL_SEAL_PROVIDER = provider
    document = made(hangzhou)
    assert (document.state, bool(document.content), document.sha256) == (DocumentState.FAILED, False, "")
    assert document.problem.startswith("未能加盖电子印章：")
    assert reason in document.problem
    settings.PORTAL_SEAL_PROVIDER = f"{HERE}.Stamp"
    render_pending(document_id=document.pk)
    document.refresh_from_db()
    assert (document.state, document.problem, document.attempts) == (DocumentState.READY, "", 2)


def test_a_units_own_form_gets_no_seal_of_the_bureau(hangzhou: Jurisdiction, settings: Any) -> None:
    settings.PORTAL_SEAL_PROVIDER = f"{HERE}.Stamp"
    pending = issued(make_unit(), jurisdiction=hangzhou)
    Document.objects.filter(pk=pending.pk).update(kind="application_form")
    render_pending(document_id=pending.pk)
    assert "application_form" not in SEALED_KINDS
    assert check_document(Document.objects.get(pk=pending.pk)) is None
