"""Files in their slots: in pieces, by rules, never overwritten."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from applications.models import Application, MaterialFile
from applications.selectors.workspace import load
from applications.services.materials import add_file, assign_rows, remove_file
from applications.services.moves import WrongState
from applications.services.submit import submit_application
from portal.calendars import clock
from portal.documents.models import StoredFile, Upload
from portal.documents.services.upload import discard_stale
from tests.applications import desk_factories
from tests.applications.applicant_kit import begin, browser, complete, operator
from tests.applications.test_pages import url
from tests.factories import make_call


def pdf(pages=1):
    from io import BytesIO

    writer, stream = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(stream)
    return stream.getvalue()


def ask(client, address, body=b"", **headers):
    named = {key.replace("_", "-"): str(value) for key, value in headers.items()}
    return client.post(
        address, body, content_type="application/octet-stream", headers={"accept": "application/json", **named}
    )


def started(client, application, content, slot="licence", name="执照.pdf"):
    body = json.dumps({"name": name, "size": len(content)})
    return ask(client, url("upload_begin", application, slot=slot), body)


def test_an_upload_goes_up_in_pieces_and_is_resumed_where_it_stopped(hangzhou):
    by = operator()
    client, application = browser(by), begin(make_call(hangzhou), by)
    content = pdf(3)
    token = started(client, application, content).json()["token"]
    piece = url("upload_piece", application, slot="licence", token=token)
    finish = url("upload_finish", application, slot="licence", token=token)
    assert ask(client, piece, content[:100], X_Offset=0).json() == {"received": 100}
    assert (
        ask(client, piece, content[:100], X_Offset=0).status_code == 409
    )  # the answer got lost, the piece comes again
    assert ask(client, finish).json() == {"received": 100}
    again = started(client, application, content).json()
    assert (again["token"], again["received"]) == (token, 100)
    assert ask(client, piece, content[100:], X_Offset=100).json() == {"received": len(content)}
    assert ask(client, finish).json()["pages"] == 3
    [file] = MaterialFile.objects.filter(application=application, slot="licence")
    with file.stored.content.open("rb") as kept:
        assert kept.read() == content


def test_a_refused_file_is_told_at_once_and_stores_nothing(hangzhou):
    by = operator()
    client, application = browser(by), begin(make_call(hangzhou), by)
    content = b"MZ this is a program"
    token = started(client, application, content, name="执照.pdf").json()["token"]
    ask(client, url("upload_piece", application, slot="licence", token=token), content, X_Offset=0)
    answer = ask(client, url("upload_finish", application, slot="licence", token=token))
    assert answer.status_code == 422
    assert "执照.pdf" in answer.json()["problems"][0]
    assert (StoredFile.objects.count(), MaterialFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(("size", "words"), [(0, "文件是空的"), (21 * 1024**2, "文件超过 20 MB")])
def test_a_size_that_can_never_do_is_refused_before_a_byte_is_sent(hangzhou, size, words):
    by = operator()
    client, application = browser(by), begin(make_call(hangzhou), by)
    answer = ask(client, url("upload_begin", application, slot="licence"), json.dumps({"name": "大.pdf", "size": size}))
    assert answer.status_code == 422
    assert words in answer.json()["problems"][0]


def test_an_upload_is_its_owners_and_its_slots_own(hangzhou):
    by = operator()
    client, application = browser(by), begin(make_call(hangzhou), by)
    token = started(client, application, b"12345").json()["token"]
    for other, slot in (
        (browser(operator(by.organisation)), "licence"),
        (browser(operator()), "licence"),
        (client, "office_proof"),
    ):
        assert ask(other, url("upload_piece", application, slot=slot, token=token), b"1", X_Offset=0).status_code == 404


def test_a_plain_form_does_without_scripts_and_a_replaced_file_stays_on_record(hangzhou):
    by = operator()
    client, application = browser(by), begin(make_call(hangzhou), by)
    address = url("material_add", application, slot="licence")
    assert client.post(address, {"file": SimpleUploadedFile("一.pdf", pdf())}).status_code == 302
    first = MaterialFile.objects.get()
    client.post(address, {"file": SimpleUploadedFile("二.pdf", pdf(2)), "replaces": str(first.pk)})
    first.refresh_from_db()
    [live] = MaterialFile.objects.filter(removed_at=None)
    assert (first.replaced_by, live.stored.name) == (live, "二.pdf")
    shown = client.get(url("materials", application)).text
    assert "以前的版本（1）" in shown
    refused = client.post(address, {"file": SimpleUploadedFile("三.pdf", b"no pdf")})
    assert refused.status_code == 422
    assert "三.pdf" in refused.text


@pytest.mark.rule("P3-08")
def test_slots_have_an_end_and_all_files_together_too(hangzhou):
    by = operator()
    call = make_call(hangzhou)
    application = begin(call, by)
    stored = desk_factories.add_file(application, "licence").stored
    call.settings["upload.total_mb"] = 0
    call.save()
    with pytest.raises(WrongState, match="合计不得超过"):
        add_file(application_id=application.pk, slot="licence", stored=stored, by=by)


def test_a_file_says_which_rows_it_serves(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    contract = MaterialFile.objects.get(application=application, slot="contracts")
    assign_rows(application_id=application.pk, material_id=contract.pk, rows=["p1", "p3", "nobody"], by=by)
    contract.refresh_from_db()
    assert contract.rows == ["p1", "p3"]
    [problem] = load(Application.objects.get(pk=application.pk)).material_problems
    assert problem.path == "#contracts"
    assert "缺 1 人" in problem.message


@pytest.mark.rule("P3-07")
def test_the_sealed_scan_belongs_to_the_version_it_was_made_from(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    scan = MaterialFile.objects.filter(application=application).first().stored
    with pytest.raises(WrongState, match="提交之后"):
        add_file(application_id=application.pk, slot="application_form", stored=scan, by=by)
    submit_application(application_id=application.pk, by=by, declared=True)
    sealed = add_file(application_id=application.pk, slot="application_form", stored=scan, by=by)
    assert sealed.sealed_version == 1
    Application.objects.filter(pk=application.pk).update(status="returned", unlocked=["training"])
    again = submit_application(application_id=application.pk, by=by, declared=True)
    assert again.number == 2
    assert "须按第 2 版重新盖章上传" in browser(by).get(url("materials", application)).text


def test_removed_is_not_gone_and_not_after_submission(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    licence = MaterialFile.objects.get(application=application, slot="licence")
    assert remove_file(application_id=application.pk, material_id=licence.pk, by=by).removed_at is not None
    with pytest.raises(MaterialFile.DoesNotExist):
        remove_file(application_id=application.pk, material_id=licence.pk, by=by)
    proof = MaterialFile.objects.get(application=application, slot="office_proof")
    desk_factories.add_file(application, "licence")
    submit_application(application_id=application.pk, by=by, declared=True)
    with pytest.raises(WrongState):
        remove_file(application_id=application.pk, material_id=proof.pk, by=by)


def test_uploads_nobody_finished_are_swept_away(hangzhou):
    by = operator()
    client, application = browser(by), begin(make_call(hangzhou), by)
    started(client, application, b"12345")
    assert discard_stale() == 0
    with clock.travel(clock.now() + timedelta(days=2)):
        assert discard_stale() == 1
    assert Upload.objects.count() == 0
