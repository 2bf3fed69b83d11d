"""Pages of reports: writing keeps everything, the bureau's table costs the same for many, nobody reads another's."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Base, Report, ReportFile
from assessments.services.reports import return_report
from portal.calendars import clock
from portal.documents.models import Document
from portal.policy.form import Field, FieldKind, Section, Table
from portal.policy.ledger import Due, Every, ReportForm
from portal.tenancy.models import Jurisdiction
from tests.assessments.ledger_kit import make_base, reporter
from tests.assessments.reports_kit import FILLED, MARCH, a_pdf, at, handed_in, typed
from tests.factories import make_actor, make_office, make_unit
from tests.reviews.kit import approver, officer
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted


@pytest.fixture
def base(hangzhou: Any) -> Any:
    with clock.travel(at(2024, 4, 3)):
        yield make_base(hangzhou, "school")


def page(base: Base, name: str = "my_report", *, key: str = "monthly", **more: Any) -> str:
    own = (
        {"key": key, "start": f"{MARCH:%Y-%m-%d}"}
        if name.startswith(("my_report", "report_")) and name != "my_reports"
        else {}
    )
    return reverse(f"assessments:{name}", kwargs={"jurisdiction": "hangzhou", "pk": base.pk} | own | more)


def test_a_unit_writes_checks_and_hands_in_without_scripts(base: Base) -> None:
    client = sign_in(reporter(base))
    assert "填报" in client.get(page(base, "my_reports")).content.decode()
    assert not Report.objects.exists()
    wrong = client.post(page(base), FILLED | {"classes": "三", "act": "next", "revision": "0"})
    assert wrong.url == page(base, "my_report_check")
    check = client.get(wrong.url).content.decode()
    assert "还有 1 处需完善" in check
    assert 'value="三"' in client.get(page(base)).content.decode()
    assert client.post(wrong.url, {"revision": "1"}).status_code == 422
    client.post(page(base), FILLED | {"act": "stay", "revision": "1"})
    assert client.post(wrong.url, {"revision": "2"}).url == page(base)
    read = client.get(page(base)).content.decode()
    assert "待审" in read
    assert "section-form" not in read
    locked = client.post(page(base), FILLED | {"classes": "8", "revision": "2"})
    assert locked.status_code == 409
    assert 'value="8"' in locked.content.decode()


def test_autosave_keeps_what_is_typed_and_tells_what_is_wrong(base: Base) -> None:
    client = sign_in(reporter(base))
    sent = {"revision": 0, "answers": FILLED | {"classes": "三"}, "base": {}}
    answer = client.post(page(base, "my_report_save"), json.dumps(sent), "application/json").json()
    assert (answer["revision"], bool(answer["fields"]["f-classes"])) == (1, True)
    assert "台账汇总" in answer["aside"]
    assert Report.objects.get().answers["month"]["classes"] == "三"
    assert client.post(page(base, "my_report_here")).json()["revision"] == 1
    sent = {"revision": 0, "answers": FILLED, "base": FILLED | {"classes": "二"}}
    assert client.post(page(base, "my_report_save"), json.dumps(sent), "application/json").status_code == 409
    assert client.post(page(base, "my_report_save"), "[]", "application/json").status_code == 400


def test_files_lie_in_their_slot_and_open_to_the_bureau_once_handed_in(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    client, desk = sign_in(by), sign_in(boss)
    with clock.travel(at(2025, 1, 10)):
        plan = {"key": "plan", "start": "2025-01-01"}
        add = page(base, "report_file_add", slot="plan", **plan)
        client.post(add, {"file": SimpleUploadedFile("计划.pdf", a_pdf().read(), "application/pdf")})
        kept = ReportFile.objects.get()
        address = reverse("documents:file", kwargs={"pk": kept.stored_id})
        assert client.get(address).status_code == 200
        assert desk.get(address).status_code == 404
        begin = page(base, "report_upload_begin", slot="plan", **plan)
        begun = client.post(begin, json.dumps({"name": "补充.pdf", "size": 10}), "application/json").json()
        assert begun["received"] == 0
        body = a_pdf().read()
        begun = client.post(begin, json.dumps({"name": "二.pdf", "size": len(body)}), "application/json").json()
        piece = page(base, "report_upload_piece", slot="plan", token=begun["token"], **plan)
        assert client.post(piece, body, "application/octet-stream", headers={"X-Offset": "0"}).json() == {
            "received": len(body)
        }
        assert client.post(f"{piece}finish/").json()["name"] == "二.pdf"
        assert client.post(page(base, "report_file_remove", file=kept.pk, **plan)).status_code == 302
        handed_in(base, by, key="plan", start=at(2025, 1, 1).date(), plan="全年计划。")
        left = ReportFile.objects.get(removed_at=None)
        assert desk.get(reverse("documents:file", kwargs={"pk": left.stored_id})).status_code == 200


def test_the_bureau_reads_returns_and_accepts(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    report, desk = handed_in(base, by), sign_in(boss)
    address = reverse("assessments:report", kwargs={"jurisdiction": "hangzhou", "pk": report.pk})
    text = desk.get(address).content.decode()
    assert "本月实训情况平稳" in text
    assert "审核通过</button>" in text
    assert "审核通过</button>" not in sign_in(approver(base.jurisdiction)).get(address).content.decode()
    assert desk.post(f"{address}return/", {"reason": ""}).status_code == 422
    desk.post(f"{address}return/", {"reason": "请核对班次"})
    assert "请核对班次" in sign_in(by).get(page(base)).content.decode()
    handed_in(base, by, **FILLED | {"classes": "5"})
    desk.post(f"{address}accept/")
    assert Report.objects.get().state == "accepted"
    document = Document.objects.filter(kind="base_report").latest("pk")
    assert document.title == "月度实训统计（2024 年 3 月）"
    for who, status in ((by, 202), (boss, 202), (make_actor("unit_admin", make_unit()), 404)):
        assert sign_in(who).get(reverse("documents:document", kwargs={"pk": document.pk})).status_code == status


def test_another_unit_and_another_office_find_nothing(base: Base) -> None:
    report = handed_in(base, reporter(base))
    stranger = sign_in(make_actor("unit_admin", make_unit()))
    for name in ("my_report", "my_report_check", "my_reports"):
        assert stranger.get(page(base, name)).status_code == 404
    assert stranger.post(page(base, "my_report_save"), "{}", "application/json").status_code in (400, 404)
    other = sign_in(make_actor("bureau_officer", make_office(Jurisdiction.objects.get(code="kunshan"))))
    elsewhere = reverse("assessments:report", kwargs={"jurisdiction": "kunshan", "pk": report.pk})
    assert other.get(elsewhere).status_code == 404
    assert other.get(elsewhere.replace("kunshan", "hangzhou")).status_code == 403
    assert sign_in(reporter(base)).get(elsewhere.replace("kunshan", "hangzhou")).status_code == 403


def test_the_table_shows_filters_exports_and_chases(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    other = make_base(base.jurisdiction, "school")
    reporter(other)
    handed_in(base, by)
    desk, address = sign_in(boss), reverse("assessments:reports", kwargs={"jurisdiction": "hangzhou"})
    with clock.travel(at(2024, 4, 20)):
        text = desk.get(address).content.decode()
        assert "待审" in text
        assert "缺报" in text
        late = desk.get(address, {"state": "late"}).content.decode()
        assert other.name in late
        assert f">{base.name}<" not in late
        book = load_workbook(io.BytesIO(desk.get(f"{address}export.xlsx", {"kind": "monthly", "year": "2024"}).content))
        assert [sheet.title for sheet in book.worksheets] == ["报送情况", "汇总数据"]
        heads, numbers = book.worksheets[1].iter_rows(values_only=True)
        assert (heads[-4:], numbers[-4:]) == (
            ("开设班次（班）", "实训学时（学时）", "等级认定（评价）人次（人次）", "设备使用时数（小时）"), (3, 120.5, 40, 300)
        )  # fmt: skip
        assert "已催报 1 份" in desk.post(f"{address}chase/?kind=monthly", follow=True).content.decode()


def test_the_homes_count_what_waits(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    with clock.travel(at(2024, 5, 20)):
        assert "2 份报告待报（2 份已逾期）" in sign_in(by).get(reverse("desk:home")).content.decode()
        handed_in(base, by)
        home = sign_in(boss).get(reverse("desk:home")).content.decode()
    assert "报告待审" in home
    assert "报告缺报" in home


def test_the_table_costs_the_same_with_3_and_30_bases(base: Base) -> None:
    client, address = (
        sign_in(officer(base.jurisdiction)),
        reverse("assessments:reports", kwargs={"jurisdiction": "hangzhou"}),
    )
    for _ in range(2):
        make_base(base.jurisdiction, "school")
    with clock.travel(at(2024, 6, 20)):
        few = counted(client, address)
        for _ in range(27):
            make_base(base.jurisdiction, "school")
        assert counted(client, address) == few


def test_a_returned_report_shows_the_bureau_what_was_handed_in(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    report = handed_in(base, by)
    return_report(report=report, reason="请更正", by=boss)
    with clock.travel(clock.now() + timedelta(hours=1)):
        typed(base, by, **FILLED | {"analysis": "还没有报送的草稿"})
        text = (
            sign_in(boss)
            .get(reverse("assessments:report", kwargs={"jurisdiction": "hangzhou", "pk": report.pk}))
            .content.decode()
        )
    assert "本月实训情况平稳" in text
    assert "还没有报送的草稿" not in text


def test_a_form_of_several_sections_with_a_table_works_like_any_other(base: Base, monkeypatch: Any) -> None:
    columns = (Field("course", "课程", limit=20), Field("hours", "学时", FieldKind.INTEGER, minimum=1))
    form = ReportForm(
        "courses",
        "课程季报",
        Every.MONTH,
        Due(10),
        "一",
        (
            Section("said", "说明", (Field("kind", "方式", FieldKind.YES_NO), Field("note", "备注", required=False))),
            Section("list", "课程", (Table("items", "课程表", columns, totals=("hours",)),)),
        ),
    )
    edition = replace(base.edition, reports=(form,))
    monkeypatch.setattr(Base, "edition", property(lambda self: edition))
    client, row = sign_in(reporter(base)), {"items.order": "r1", "items.r1.course": "数控", "items.r1.hours": "0"}
    client.post(page(base, key="courses"), {"kind": "yes", "note": "", "act": "stay", "revision": "0"} | row)
    text = client.get(page(base, key="courses") + "?all").content.decode()
    assert 'value="数控"' in text
    assert "学时：" in text
    client.post(
        page(base, key="courses"), {"kind": "yes", "act": "next", "revision": "1"} | row | {"items.r1.hours": "8"}
    )
    client.post(page(base, "my_report_check", key="courses"), {"revision": "2"})
    report = Report.objects.get()
    assert report.state == "submitted"
    assert report.answers["list"]["items"] == [{"_id": "r1", "course": "数控", "hours": 8}]


def test_a_unit_reads_what_its_bases_owe_as_json(base: Base) -> None:
    by = reporter(base)
    make_base(base.jurisdiction, "school")
    with clock.travel(at(2024, 5, 20)):
        handed_in(base, by)
        rows = sign_in(by).get(reverse("api:reports")).json()["results"]
        nothing = sign_in(officer(base.jurisdiction)).get(reverse("api:reports")).json()["results"]
    march = next(row for row in rows if (row["report"], row["period_start"]) == ("monthly", "2024-03-01"))
    assert (march["due_on"], march["state"], march["late"]) == ("2024-04-10", "late_submitted", True)
    assert {row["base"] for row in rows} == {base.pk}
    assert nothing == []
    assert sign_in(by).get(reverse("api:schema")).status_code == 200
