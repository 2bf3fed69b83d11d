"""Issuing: a version for each content, one PDF for each version, however often or late the worker runs."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django_scopes import scopes_disabled

from portal.accounts.actor import SYSTEM, Actor
from portal.audit.models import Event
from portal.calendars import clock
from portal.documents.models import Document, DocumentState, StoredFile
from portal.documents.rendering import fontset
from portal.documents.rendering.codes import qr_svg
from portal.documents.services.issue import MAX_ATTEMPTS, issue_document, render_pending, verification_address
from portal.documents.services.mend import LOST, give_up_lost, retry_document
from portal.documents.tasks import sweep_documents
from portal.tenancy.models import Jurisdiction
from tests.documents.contexts import CONTEXTS
from tests.factories import make_actor, make_office, make_unit

MISSING = "\U00020bb7"  # 𠮷 is in none of the fonts


def issued(subject: Any, **own: Any) -> Document:
    """Issue an acceptance letter about `subject`; `own` replaces parts of its context."""
    place = own.pop("jurisdiction", None)
    return issue_document(
        kind="acceptance_notice",
        subject=subject,
        title="受理通知书",
        template="documents/acceptance_notice.html",
        context=CONTEXTS["acceptance_notice"] | own,
        by=SYSTEM,
        jurisdiction=place,
    )


def files() -> set[Path]:
    """Every PDF in the store."""
    return set(Path(settings.MEDIA_ROOT).glob("documents/**/*.pdf"))


def test_a_content_has_one_version_and_a_change_makes_the_next(hangzhou: Jurisdiction) -> None:
    unit = make_unit()
    first, again, second = issued(unit), issued(unit), issued(unit, reason="请及时查看。")
    assert again == first
    assert [first.version, second.version] == [1, 2]
    assert first.code != second.code
    assert issued(make_unit()).version == 1
    assert Event.objects.filter(action="document.issue").count() == 3


def test_the_code_leads_to_the_verification_page(hangzhou: Jurisdiction) -> None:
    document = issued(make_unit())
    assert verification_address() == f"{settings.PORTAL_BASE_URL}/verify/?code="
    assert str(qr_svg(f"{settings.PORTAL_BASE_URL}/verify/?code={document.code}")) in document.source


def test_rendering_follows_the_commit(hangzhou: Jurisdiction, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        document = issued(make_unit())
    assert document.state == DocumentState.PENDING
    for callback in callbacks:
        callback()
    document.refresh_from_db()
    with document.content.open("rb") as stream:
        pdf = stream.read()
    assert (document.state, document.problem, document.pages) == (DocumentState.READY, "", 1)
    assert (document.sha256, document.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    assert document.fonts == fontset.fingerprint()
    assert Event.objects.get(action="document.render").data["sha256"] == document.sha256


def test_a_second_run_leaves_one_file_with_the_same_bytes(hangzhou: Jurisdiction) -> None:
    document, before = issued(make_unit()), files()
    render_pending(document_id=document.pk)
    once = Document.objects.get(pk=document.pk)
    render_pending(document_id=document.pk)
    twice = Document.objects.get(pk=document.pk)
    assert len(files() - before) == 1
    assert (twice.content.name, twice.sha256, twice.attempts) == (once.content.name, once.sha256, 1)
    Document.objects.filter(pk=document.pk).update(state=DocumentState.PENDING, content="", sha256="")
    render_pending(document_id=document.pk)
    assert Document.objects.get(pk=document.pk).sha256 == once.sha256


def test_a_character_no_font_draws_fails_with_its_name_in_chinese(hangzhou: Jurisdiction) -> None:
    document = issued(make_unit(), addressee=f"{MISSING}野示例学院")
    render_pending(document_id=document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.FAILED
    assert document.problem == f"文件字体中没有这些字符：“{MISSING}”（U+20BB7），请改用其他写法后重新生成"
    assert not document.content


def test_an_embedded_file_that_is_gone_is_named(hangzhou: Jurisdiction) -> None:
    stored = StoredFile(name="现场.jpg", content_type="image/jpeg", size=1, sha256="0" * 64, uploaded_at=clock.now())
    stored.content.save("photo.jpg", ContentFile(b"x"))
    document = issued(make_unit())
    Document.objects.filter(pk=document.pk).update(resources={"photo1": stored.pk})
    Path(stored.content.path).unlink()
    render_pending(document_id=document.pk)
    assert Document.objects.get(pk=document.pk).problem == f"随附文件“photo1”（编号 {stored.pk}）已不在存储中"


def test_a_sweep_finds_what_no_worker_did(hangzhou: Jurisdiction) -> None:
    document = issued(make_unit())
    with scopes_disabled():
        sweep_documents()
        assert Document.objects.get(pk=document.pk).state == DocumentState.PENDING  # still on its way
        with clock.travel(clock.now() + timedelta(minutes=2)):
            sweep_documents()
    assert Document.objects.get(pk=document.pk).state == DocumentState.READY


def test_what_kills_its_worker_is_given_up(hangzhou: Jurisdiction, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: Any, **kwargs: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("portal.documents.services.issue.render", killed)
    document = issued(make_unit())
    for _ in range(MAX_ATTEMPTS):
        assert give_up_lost() == 0
        with pytest.raises(MemoryError):
            render_pending(document_id=document.pk)
    assert give_up_lost() == 1
    document.refresh_from_db()
    assert (document.state, document.problem) == (DocumentState.FAILED, LOST)


def test_an_officer_has_a_failed_document_made_again(
    hangzhou: Jurisdiction, django_capture_on_commit_callbacks: Any
) -> None:
    document = issued(make_unit(), jurisdiction=hangzhou)
    Document.objects.filter(pk=document.pk).update(state=DocumentState.FAILED, problem="坏", attempts=MAX_ATTEMPTS)
    officer = make_actor("bureau_officer", make_office(hangzhou))
    with django_capture_on_commit_callbacks(execute=True):
        retry_document(document=document, by=officer)
    document.refresh_from_db()
    assert (document.state, document.attempts) == (DocumentState.READY, 1)
    assert Event.objects.get(action="document.retry").data["problem"] == "坏"


def test_nobody_else_may(hangzhou: Jurisdiction) -> None:
    foreign = Jurisdiction.objects.create(code="elsewhere", name="他市", issuer="他市人社局")
    document = issued(make_unit(), jurisdiction=foreign)
    applicant = make_actor("unit_admin", make_unit())
    with pytest.raises(PermissionDenied):
        retry_document(document=document, by=applicant)
    officer: Actor = make_actor("bureau_officer", make_office(hangzhou))
    with pytest.raises(Document.DoesNotExist):
        retry_document(document=document, by=officer)
