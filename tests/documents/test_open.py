"""Who may open what, and what a page says while there is no PDF."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from portal.documents.models import Document, DocumentState
from portal.documents.services.issue import issue_document, render_pending
from portal.tenancy.models import Jurisdiction
from tests.applications.desk_factories import submitted
from tests.documents.contexts import CONTEXTS
from tests.factories import make_actor, make_call, make_office, make_unit, make_user


@pytest.fixture
def application(hangzhou: Jurisdiction) -> Application:
    return submitted(make_call(hangzhou))


def letter(application: Application, *, ready: bool = True, public: bool = False, **context: Any) -> Document:
    """Issue a letter about an application, rendered unless told otherwise."""
    from portal.accounts.actor import SYSTEM

    document = issue_document(
        kind="acceptance_notice",
        subject=application,
        title="受理通知书",
        template="documents/acceptance_notice.html",
        context=CONTEXTS["acceptance_notice"] | context,
        by=SYSTEM,
        jurisdiction=application.jurisdiction,
        public=public,
    )
    if ready:
        render_pending(document_id=document.pk)
    return document


def address(document: Document) -> str:
    return reverse("documents:document", kwargs={"pk": document.pk})


def signed_in(role: str, organisation: Any) -> Client:
    client = Client()
    client.force_login(make_actor(role, organisation).user)
    return client


def test_its_unit_and_its_bureau_open_it_and_nobody_else(application: Application, hangzhou: Jurisdiction) -> None:
    document = letter(application)
    foreign = Jurisdiction.objects.create(code="elsewhere", name="他市", issuer="他市人社局")
    answers = {
        who: client.get(address(document)).status_code
        for who, client in {
            "unit": signed_in("unit_operator", application.organisation),
            "officer": signed_in("bureau_officer", make_office(hangzhou)),
            "other unit": signed_in("unit_admin", make_unit()),
            "foreign officer": signed_in("bureau_officer", make_office(foreign)),
            "expert": signed_in("expert", make_office(hangzhou)),
            "visitor": Client(),
        }.items()
    }
    assert answers == {
        "unit": 200,
        "officer": 200,
        "other unit": 404,
        "foreign officer": 404,
        "expert": 404,
        "visitor": 404,
    }


def test_a_public_document_is_open_and_sent_as_a_pdf(application: Application, client: Client) -> None:
    answer = client.get(address(letter(application, public=True)))
    content = b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"], content[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "private, no-store"
    download = client.get(address(letter(application, public=True)) + "?download")
    assert download["Content-Disposition"].startswith("attachment")
    download.close()


def test_a_document_about_something_nobody_answers_for_stays_closed(application: Application) -> None:
    orphan = letter(application)
    Document.objects.filter(pk=orphan.pk).update(subject_id=10**9)
    assert signed_in("bureau_officer", make_office(application.jurisdiction)).get(address(orphan)).status_code == 404


def test_a_pending_document_says_so_and_the_page_asks_again(application: Application, client: Client) -> None:
    document = letter(application, ready=False, public=True)
    waiting = client.get(address(document))
    assert waiting.status_code == 202
    assert "文书正在生成" in waiting.content.decode()
    assert f'hx-get="{address(document)}"' in waiting.content.decode()
    render_pending(document_id=document.pk)
    again = client.get(address(document), headers={"HX-Request": "true"})
    assert (again.status_code, again["HX-Redirect"]) == (204, address(document))
    assert client.get(address(document))["Content-Type"] == "application/pdf"


def test_a_failed_document_tells_its_reason_to_staff_only(application: Application, hangzhou: Jurisdiction) -> None:
    document = letter(application, addressee="\U00020bb7野学院")
    officer = signed_in("bureau_officer", make_office(hangzhou))
    page = officer.get(address(document))
    assert page.status_code == 202
    assert "U+20BB7" in page.content.decode()
    assert "重新生成" in page.content.decode()
    assert "hx-get" not in page.content.decode()
    unit = signed_in("unit_operator", application.organisation).get(address(document)).content.decode()
    assert "暂时未能生成" in unit
    assert "U+20BB7" not in unit


def test_staff_see_their_failed_documents_and_have_them_made_again(
    application: Application, hangzhou: Jurisdiction, django_capture_on_commit_callbacks: Any
) -> None:
    document = letter(application, addressee="\U00020bb7野学院")
    foreign = Jurisdiction.objects.create(code="elsewhere", name="他市", issuer="他市人社局")
    officer, other = (
        signed_in("bureau_officer", make_office(hangzhou)),
        signed_in("bureau_officer", make_office(foreign)),
    )
    assert "U+20BB7" in officer.get(reverse("documents:failed")).content.decode()
    home = officer.get(reverse("desk:home")).content.decode()
    assert "文书生成失败" in home
    assert "没有生成失败的文书" in other.get(reverse("documents:failed")).content.decode()
    retry = reverse("documents:retry", kwargs={"pk": document.pk})
    assert other.post(retry).status_code == 404
    assert officer.get(retry).status_code == 405
    Document.objects.filter(pk=document.pk).update(source=document.source.replace("\U00020bb7", "吉"))
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.post(retry)["Location"] == address(document)
    assert Document.objects.get(pk=document.pk).state == DocumentState.READY


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_of_failures_costs_the_same_however_long(
    application: Application, hangzhou: Jurisdiction, django_assert_num_queries: Any, count: int
) -> None:
    source = letter(application, ready=False)
    Document.objects.bulk_create(
        Document(
            kind="acceptance_notice",
            title="受理通知书",
            subject_type=source.subject_type,
            subject_id=source.subject_id,
            jurisdiction=hangzhou,
            version=number,
            code=f"C{number}",
            source="",
            source_sha256="",
            state=DocumentState.FAILED,
            problem="坏",
            created_at=source.created_at,
        )
        for number in range(2, count + 2)
    )
    officer = signed_in("bureau_officer", make_office(hangzhou))
    with django_assert_num_queries(10):
        assert f"{count} 份" in officer.get(reverse("documents:failed")).content.decode()


def test_files_are_closed_to_visitors_and_strangers(application: Application) -> None:
    from tests.applications.desk_factories import add_file

    stored = add_file(application, "licence").stored
    file = reverse("documents:file", kwargs={"pk": stored.pk})
    stranger = Client()
    stranger.force_login(make_user())
    assert [Client().get(file).status_code, stranger.get(file).status_code] == [404, 404]
    assert signed_in("unit_operator", application.organisation).get(file).status_code == 200
