"""The reading view in a browser without scripts: every part opens, acts lead back, typed text survives a refusal."""

import pytest
from django.urls import reverse

from applications.models import Check, Remark
from applications.services.check import write_remark
from portal.calendars import clock
from portal.tenancy.managers import scopes_disabled
from tests.applications.desk_factories import add_file, approver, checking, judge_all, make_version, officer, submitted
from tests.factories import make_actor, make_call, make_unit

SCRIPT = "<script>alert(1)</script>"
QUERIES = 12


def at(name, application, **kwargs):
    return reverse(f"applications:{name}", kwargs={"jurisdiction": "hangzhou", "pk": application.pk, **kwargs})


@pytest.fixture
def desk(hangzhou, client):
    actor = officer(hangzhou)
    client.force_login(actor.user)
    client.actor = actor
    return client


def page(client, application, **params):
    response = client.get(at("reading", application), params)
    assert response.status_code == 200
    return response.content.decode()


def test_every_part_of_a_file_opens(hangzhou, desk):
    application = checking(hangzhou)
    add_file(application, "licence", name="营业执照.pdf")
    judge_all(application, desk.actor, "doubt")
    for part, words in {
        "conditions": "认定标准核对",
        "basic": "填报内容：一、基本情况",
        "project/a1/equipment": "五轴联动加工中心",
        "standard": "杭州合作企业13有限公司",
        "#licence": "营业执照.pdf",
        "log": "办理日志",
        "nowhere": "认定标准核对",
    }.items():
        assert words in page(desk, application, at=part)


def test_what_applicants_and_officers_type_is_text(hangzhou, desk):
    application = checking(hangzhou, majors=SCRIPT, unit_kind=SCRIPT)
    add_file(application, "licence", name=f"{SCRIPT}.pdf")
    write_remark(application=application, path="@HZ-S02", text=SCRIPT, quote=SCRIPT, by=desk.actor)
    for part in ("conditions", "standard", "#licence", "log"):
        shown = page(desk, application, at=part, remark=SCRIPT, list=f"q={SCRIPT}", file=SCRIPT, p=SCRIPT)
        assert SCRIPT not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_a_verdict_is_saved_by_one_press(hangzhou, desk):
    application = checking(hangzhou)
    response = desk.post(
        at("verdict", application, code="HZ-S02"), {"verdict": "met", "back": "at=conditions&list=tab%3Dall&evil=1"}
    )
    assert response["Location"] == f"{at('reading', application)}?at=conditions&list=tab%3Dall"
    assert Check.objects.get().verdict == "met"
    assert f"已核 1 / {QUERIES + 6}" in page(desk, application)


def test_a_doubt_asks_for_its_reason_and_keeps_what_was_typed(hangzhou, desk):
    application = checking(hangzhou)
    response = desk.post(at("verdict", application, code="HZ-S02"), {"verdict": "doubt"})
    assert response["Location"].endswith("?pending=HZ-S02%3Adoubt")
    assert "认定为“存疑”的理由" in page(desk, application, pending="HZ-S02:doubt")
    long = "理" * 501
    refused = desk.post(at("verdict", application, code="HZ-S02"), {"verdict": "doubt", "reason": long})
    assert refused.status_code == 422
    assert long in refused.content.decode()
    assert "请删减 1 字" in refused.content.decode()
    desk.post(at("verdict", application, code="HZ-S02"), {"verdict": "doubt", "reason": "台账第 6 行"})
    assert Check.objects.get().reason == "台账第 6 行"


def test_a_remark_is_written_changed_and_removed(hangzhou, desk):
    application = checking(hangzhou)
    path = "project/a1/equipment/items/r2"
    assert "退回时附在“项目一 （二）实训设备 实训设备第 2 行”处" in page(
        desk, application, at="project/a1/equipment", remark=path
    )
    empty = desk.post(
        at("remark", application),
        {"path": path, "text": " ", "quote": "台账.pdf 第 3 页", "back": "at=project/a1/equipment"},
    )
    assert empty.status_code == 422
    assert "台账.pdf 第 3 页" in empty.content.decode()
    desk.post(at("remark", application), {"path": path, "text": "型号与铭牌不符", "must_fix": "on"})
    remark = Remark.objects.get()
    desk.post(at("remark", application), {"path": path, "text": "型号与铭牌不符，请更正", "id": remark.pk})
    remark.refresh_from_db()
    assert (remark.text, remark.must_fix) == ("型号与铭牌不符，请更正", False)
    desk.post(at("remark", application), {"path": path, "id": remark.pk, "act": "remove"})
    assert Remark.objects.count() == 0


def test_a_correction_is_read_beside_the_version_before(hangzhou, desk):
    application = checking(hangzhou)
    write_remark(application=application, path="@HZ-S02", text="请核实", by=desk.actor)
    write_remark(application=application, path="basic/postcode", text="邮编有误", by=desk.actor)
    Remark.objects.update(state="sent")
    answers = application.current.answers
    answers["standard"] |= {"social_trainees": 420}
    answers["project"][0]["equipment"]["items"].pop(0)
    make_version(application, answers, application.created_by)
    assert "380" not in page(desk, application)
    compared = page(desk, application)
    assert "<del>" in compared
    assert "526 人" in compared
    assert "420 人" in compared
    review = page(desk, application, at="review")
    assert "该处已改动，可能已解决" in review
    assert "该处未改动，可能未解决" in review
    first, second = Remark.objects.order_by("pk")
    desk.post(at("settle", application, remark_pk=first.pk), {"settled": "1"})
    desk.post(at("settle", application, remark_pk=second.pk), {"settled": "0"})
    assert list(Remark.objects.order_by("pk").values_list("state", flat=True)) == ["settled", "open"]
    assert "已删" in page(desk, application, at="project/a1/equipment")


def test_opening_is_a_post_and_a_look_changes_nothing(hangzhou, desk):
    application = submitted(make_call(hangzhou))
    assert "开始审核" in page(desk, application)
    assert desk.get(at("open", application)).status_code == 405
    application.refresh_from_db()
    assert application.status == "submitted"
    desk.post(at("open", application))
    application.refresh_from_db()
    assert application.status == "checking"


def test_the_original_is_ticked(hangzhou, desk):
    application = checking(hangzhou)
    licence = add_file(application, "licence")
    desk.post(at("original", application, material_pk=licence.pk), {"seen": "1"})
    licence.refresh_from_db()
    assert licence.original_seen_by == desk.actor.user


def test_who_may_not_check_sees_no_buttons_and_cannot_act(hangzhou, client):
    application = checking(hangzhou)
    client.force_login(approver(hangzhou).user)
    assert "退回补正…" not in page(client, application)
    for name, kwargs in (("open", {}), ("verdict", {"code": "HZ-S02"}), ("remark", {}), ("settle", {"remark_pk": 1})):
        assert client.post(at(name, application, **kwargs), {"verdict": "met"}).status_code == 403
    client.force_login(make_actor("unit_admin", application.organisation).user)
    assert client.get(at("reading", application)).status_code == 403
    client.force_login(make_actor("unit_admin", make_unit()).user)
    assert client.get(at("reading", application)).status_code == 403


def test_a_draft_is_not_the_bureaus_to_read(hangzhou, desk):
    application = checking(hangzhou)
    type(application).objects.filter(pk=application.pk).update(status="draft", current=None, submitted_at=None)
    assert desk.get(at("reading", application)).status_code == 404


def test_the_reading_view_takes_at_most_twelve_statements(hangzhou, desk, django_assert_max_num_queries):
    application = checking(hangzhou)
    for slot in ("licence", "contracts", "certificates"):
        add_file(application, slot)
    judge_all(application, desk.actor, "doubt")
    write_remark(application=application, path="basic", text="请更正", by=desk.actor)
    Remark.objects.update(state="sent")
    make_version(application, application.current.answers, application.created_by)
    judge_all(application, desk.actor)
    page(desk, application)
    with scopes_disabled(), clock.travel(clock.now()), django_assert_max_num_queries(QUERIES):
        page(desk, application)
