"""The pages of ledgers: who opens them, what they show of others, and that they cost the same however long they are."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Base, LedgerImport, LedgerRow
from assessments.services import imports, records
from portal.accounts.actor import Actor
from portal.tenancy.models import Jurisdiction
from tests.assessments.ledger_kit import at_place, certificate, id_number, make_base, reporter, workbook
from tests.factories import make_actor, make_office
from tests.reviews.test_pages import sign_in

ROWS = LedgerRow.objects
CERTIFICATES = {"ledger": "certificates"}


@pytest.fixture
def shunyi(db: Any) -> Iterator[Jurisdiction]:
    with at_place("shunyi") as place:
        yield place


@pytest.fixture
def base(shunyi: Jurisdiction) -> Base:
    return make_base(shunyi, "ts")


@pytest.fixture
def by(base: Base) -> Actor:
    return reporter(base)


@pytest.fixture
def desk(shunyi: Jurisdiction) -> Client:
    return sign_in(make_actor("bureau_officer", make_office(shunyi)))


def url(name: str, base: Base, **more: Any) -> str:
    return reverse(f"assessments:{name}", kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk, **more})


def text(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_unit_types_a_row_and_loses_nothing_when_it_is_refused(base: Base, by: Actor) -> None:
    client, address = sign_in(by), url("record_new", base, ledger="certificates")
    refused = client.post(address, certificate(1, level="", occupation="电工维修"))
    assert refused.status_code == 422
    assert "电工维修" in refused.content.decode()
    assert client.post(address, certificate(1)).status_code == 302
    row = ROWS.get()
    again = client.post(address, certificate(1))
    assert "内容完全相同" in again.content.decode()
    page = text(client, url("my_records", base), **CERTIFICATES)
    assert "110113********0016" in page
    assert id_number(1) not in page
    edit = url("record_edit", base, row_pk=row.pk)
    assert "不修改的，此项留空" in text(client, edit)
    assert client.post(edit, certificate(1, name="", id_number="", occupation="焊工")).status_code == 302
    assert "焊工" in text(client, url("my_record_row", base, row_pk=row.pk))
    shown = client.post(url("my_row_reveal", base, row_pk=row.pk), {"reason": "核对证书信息"})
    assert id_number(1) in shown.content.decode()
    assert client.post(url("record_withdraw", base, row_pk=row.pk), {"reason": "填错"}).status_code == 302
    assert "已撤回" in text(client, url("my_records", base), **CERTIFICATES, state="withdrawn")


def test_a_workbook_is_uploaded_previewed_and_applied(base: Base, by: Actor) -> None:
    client = sign_in(by)
    rows = [certificate(1), certificate(2, level="八级")]
    content = workbook(base.edition.ledgers[1], rows).read()
    address = url("record_import", base, ledger="certificates")
    assert client.post(address, {}).status_code == 422
    sent = client.post(address, {"workbook": SimpleUploadedFile("台账.xlsx", content)})
    job = LedgerImport.objects.get()
    assert sent["Location"] == url("record_import_job", base, import_pk=job.pk)
    page = text(client, sent["Location"])
    assert "只导入无误的 1 行" in page
    assert "“八级”不在可选项中" in page
    assert client.post(sent["Location"], {"act": "apply"}).status_code == 409
    assert client.post(sent["Location"], {"act": "sound"}).status_code == 302
    assert ROWS.count() == 1
    faulty = client.post(url("record_import_problems", base, import_pk=job.pk))
    assert load_workbook(io.BytesIO(faulty.content)).worksheets[0].max_row == 2
    client.post(address, {"workbook": SimpleUploadedFile("台账.xlsx", content)})
    assert "导入过" in text(client, url("record_import_job", base, import_pk=LedgerImport.objects.latest("pk").pk))
    assert "台账.xlsx" in text(client, address)


def test_the_bureau_verifies_what_it_chooses_and_all_of_a_month(base: Base, by: Actor, desk: Client) -> None:
    for serial, on in enumerate(("2024-05-06", "2024-05-07", "2024-06-01")):
        records.add_row(base=base, ledger="certificates", values=certificate(serial, on), by=by)
    settle, first = url("records_settle", base), ROWS.earliest("pk")
    chosen = f"{settle}?ledger=certificates&act=verify&row={first.pk}"
    assert "核实 1 本" in text(desk, chosen)
    assert desk.post(chosen).status_code == 302
    assert ROWS.filter(state="verified").count() == 1
    assert desk.post(f"{settle}?ledger=certificates&act=verify&all=1&month=2024-05").status_code == 302
    assert ROWS.filter(state="verified").count() == 2
    reject = f"{settle}?ledger=certificates&act=reject&row={first.pk}"
    assert desk.post(reject).status_code == 422
    assert desk.post(reject, {"reason": "查无此证"}).status_code == 302
    assert "查无此证" in text(sign_in(by), url("my_record_row", base, row_pk=first.pk))
    assert "共 2 本" in text(desk, url("records", base), **CERTIFICATES, tally="certified")
    export = load_workbook(
        io.BytesIO(desk.post(f"{url('records_export', base)}?ledger=certificates&state=rejected").content)
    )
    head, line = export.worksheets[0].iter_rows(values_only=True)
    assert dict(zip(head, line, strict=True))["不予采信的理由"] == "查无此证"
    assert dict(zip(head, line, strict=True))["身份证号码"].startswith("110113****")


def test_a_duplicate_names_the_other_base_to_the_bureau_alone(
    shunyi: Jurisdiction, base: Base, by: Actor, desk: Client
) -> None:
    other = make_base(shunyi, "cy", name="另一家测试基地")
    mine = records.add_row(base=base, ledger="certificates", values=certificate(1), by=by)
    records.add_row(base=other, ledger="certificates", values=certificate(1), by=reporter(other))
    unit = sign_in(by)
    for page in (
        text(unit, url("my_records", base), **CERTIFICATES),
        text(unit, url("my_record_row", base, row_pk=mine.pk)),
    ):
        assert "与其他基地重复申报，待核实" in page
        assert "另一家测试基地" not in page
    assert "另一家测试基地" in text(desk, url("record_row", base, row_pk=mine.pk))
    listed = text(desk, reverse("assessments:duplicates", kwargs={"jurisdiction": "shunyi"}))
    assert listed.count("同一人员、同一证书") == 2
    assert "另一家测试基地" in text(desk, url("records", other), **CERTIFICATES, claimed="1") + listed
    assert desk.post(reverse("assessments:duplicates_export", kwargs={"jurisdiction": "shunyi"})).status_code == 200


def test_who_may_not_open_a_ledger_finds_nothing(shunyi: Jurisdiction, base: Base, by: Actor) -> None:
    row = records.add_row(base=base, ledger="certificates", values=certificate(1), by=by)
    stranger = sign_in(reporter(make_base(shunyi, "ts")))
    for name, more in (("my_records", {}), ("my_record_row", {"row_pk": row.pk}), ("record_edit", {"row_pk": row.pk})):
        assert stranger.get(url(name, base, **more)).status_code == 404
    assert sign_in(by).get(url("records", base)).status_code == 403
    supervisor = sign_in(make_actor("supervisor", make_office(shunyi)))
    assert "核实…" not in text(supervisor, url("record_row", base, row_pk=row.pk))
    assert supervisor.get(url("row_reveal", base, row_pk=row.pk)).status_code == 403
    far = sign_in(make_actor("bureau_officer", make_office(Jurisdiction.objects.get(code="kunshan"))))
    assert far.get(url("records", base)).status_code in (403, 404)


def test_a_ledger_costs_the_same_with_3_and_many_rows(
    shunyi: Jurisdiction, base: Base, by: Actor, desk: Client, django_assert_max_num_queries: Any
) -> None:
    other = make_base(shunyi, "cy")
    for serial in (1, 2, 3):
        records.add_row(base=other, ledger="certificates", values=certificate(serial), by=reporter(other))
    text(desk, url("records", base))  # the first page of a run loads what stays
    counts = []
    for first, last in ((0, 3), (3, 60)):
        rows = [certificate(serial) for serial in range(first, last)]
        job = imports.preview_import(
            base=base, ledger="certificates", content=workbook(base.edition.ledgers[1], rows), name="a.xlsx", by=by
        )
        imports.apply_import(pk=job.pk, by=by)
        with django_assert_max_num_queries(40) as asked:
            text(desk, url("records", base), **CERTIFICATES)
            text(desk, reverse("assessments:duplicates", kwargs={"jurisdiction": "shunyi"}))
        counts.append(len(asked))
    assert counts[0] == counts[1]
