"""The draw by its pages: the three steps, the supervisor who watches, the files to take away, the secrets kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from portal.calendars import clock
from portal.policy.draw_record import differences
from reviews.models import ConflictAlarm, Draw, Panel
from reviews.services import panels
from tests.factories import make_actor, make_office
from tests.reviews.kit import (
    SUNDAY_NOON,
    a_call,
    declare_all,
    make_application,
    make_expert,
    officer,
    seat,
    working_panel,
)
from tests.reviews.test_pages import post, sign_in, url
from tests.reviews.test_reach import counted

LOCK = {"required": ["数控加工"], "since": "2024-09-02", "until": "2024-09-30", "related": "测试控股集团、另一集团"}


@pytest.fixture
def panel(hangzhou: Any) -> Any:
    """A panel being formed, eight experts who may be drawn and one who may not."""
    with clock.travel(SUNDAY_NOON):
        application = make_application(a_call(hangzhou))
        for _ in range(8):
            make_expert(hangzhou)
        make_expert(hangzhou, group="测试控股集团", name="排除专家")
        yield panels.form_panel(application=application, by=officer(hangzhou))


def test_three_steps_lead_to_a_panel_and_a_record(panel: Panel, hangzhou: Any, tmp_path: Path) -> None:
    desk, watcher = sign_in(officer(hangzhou)), sign_in(make_actor("supervisor", make_office(hangzhou)))
    page = url("reviews:draw", pk=panel.pk)
    assert "尚无成员" in desk.get(url("reviews:panel", pk=panel.application_id)).content.decode()
    assert "生成种子并公布哈希…" in desk.get(page).content.decode()
    post(desk, url("reviews:draw_commit", pk=panel.pk))
    draw = Draw.objects.get()
    lock = url("reviews:draw_lock", pk=panel.pk)
    assert desk.get(lock).status_code == 200
    assert desk.post(lock, LOCK | {"until": "2024-09-01", "password": "x"}).status_code == 422
    post(desk, lock, **LOCK)
    for client in (desk, watcher):
        text = client.get(page).content.decode()
        assert "排除专家" in text
        assert "测试控股集团" in text
        assert draw.seed not in text
        assert draw.seed not in client.get(url("reviews:draw_commitment", pk=panel.pk)).content.decode()
        assert draw.seed_hash in client.get(url("reviews:draw_commitment", pk=panel.pk)).content.decode()
    assert "抽取并公布种子…" not in watcher.get(page).content.decode()
    assert desk.post(url("reviews:draw_run", pk=panel.pk), {"called": "七", "password": "x"}).status_code == 422
    post(desk, url("reviews:draw_run", pk=panel.pk), supervisor="监督员", called="7")
    assert panel.members.count() == 5
    record = watcher.get(url("reviews:draw_file", pk=panel.pk)).content
    assert list(differences(json.loads(record))) == []
    file = tmp_path / "record.json"
    file.write_bytes(record)
    call_command("draw", "verify", str(file), "--database")
    text = watcher.get(page).content.decode()
    assert text.count("抽中") >= 5
    assert "监督 监督员" in text
    member = panel.members.all()[0]
    assert "候补递补…" in desk.get(url("reviews:panel", pk=panel.application_id)).content.decode()
    post(desk, url("reviews:member_substitute", pk=member.pk), reason="临时出差")
    assert "临时出差" in watcher.get(page).content.decode()


def test_a_round_is_given_up_by_its_page_and_drawn_again(panel: Panel, hangzhou: Any) -> None:
    desk = sign_in(officer(hangzhou))
    post(desk, url("reviews:draw_commit", pk=panel.pk))
    post(desk, url("reviews:draw_void", pk=panel.pk), reason="日期有误")
    assert desk.get(url("reviews:draw_lock", pk=panel.pk)).status_code == 404
    assert desk.get(url("reviews:draw_void", pk=panel.pk)).status_code == 404
    for step, data in (("commit", {}), ("lock", LOCK), ("run", {})):
        post(desk, url(f"reviews:draw_{step}", pk=panel.pk), **data)
    post(desk, url("reviews:draw_commit", pk=panel.pk), kind="redraw", reason="改期")
    assert list(Draw.objects.order_by("number").values_list("state", "kind")) == [
        ("void", "first"), ("drawn", "first"), ("committed", "redraw"),
    ]  # fmt: skip
    text = desk.get(url("reviews:draw", pk=panel.pk)).content.decode()
    assert "日期有误" in text
    assert "改期" in text


def test_an_applicants_objection_is_kept_by_its_page(panel: Panel, hangzhou: Any) -> None:
    desk = sign_in(officer(hangzhou))
    expert, _ = make_expert(hangzhou)
    address = url("reviews:draw_request", pk=panel.pk)
    assert desk.post(address, {"expert": expert.pk, "grounds": "曾有诉讼", "upheld": "yes"}).status_code == 422
    post(desk, address, expert=expert.pk, grounds="曾有诉讼", upheld="yes", ruling="理由成立")
    text = desk.get(url("reviews:draw", pk=panel.pk)).content.decode()
    assert "曾有诉讼" in text
    assert "理由成立" in text


@pytest.mark.parametrize("role", ["expert", "unit_admin", "finance"])
def test_who_is_drawn_is_secret_to_everybody_else(panel: Panel, hangzhou: Any, role: str) -> None:
    place = panel.application.organisation if role == "unit_admin" else make_office(hangzhou)
    client = sign_in(make_actor(role, place))
    for name in ("draw", "draw_file", "draw_commitment", "draw_commit", "draw_lock"):
        assert client.get(url(f"reviews:{name}", pk=panel.pk)).status_code in (403, 404)


def test_where_the_policy_draws_nobody_there_is_no_page(panel: Panel, hangzhou: Any, monkeypatch: Any) -> None:
    rule = panel.rule
    monkeypatch.setattr(Panel, "rule", property(lambda self: type(rule)(**{**vars(rule), "draw": None})))
    desk = sign_in(officer(hangzhou))
    assert desk.get(url("reviews:draw", pk=panel.pk)).status_code == 404
    assert "专家抽取" not in desk.get(url("reviews:panel", pk=panel.application_id)).content.decode()
    expert, _ = make_expert(hangzhou)
    post(desk, url("reviews:member_add", pk=panel.pk), expert=expert.pk)
    assert panel.members.get().expert == expert


def test_a_later_conflict_is_shown_and_ruled_on_by_its_page(hangzhou: Any) -> None:
    by = officer(hangzhou)
    panel, people = working_panel(make_application(a_call(hangzhou)), by)
    declare_all(panel, people)
    alarm = ConflictAlarm.objects.create(
        member=seat(panel, people[1]), kind="rival", detail="所在单位为本批次申报单位（某单位）", found_at=clock.now()
    )
    expert = sign_in(people[1])
    opinion = url("reviews:opinion", pk=alarm.member_id)
    assert expert.post(opinion, {"conclusion": "recommend", "text": "x"}).status_code == 422
    assert "暂时锁定" in expert.get(opinion).content.decode()
    desk, page = sign_in(by), url("reviews:panel", pk=panel.application_id)
    assert "某单位" in desk.get(page).content.decode()
    rule = url("reviews:alarm_rule", pk=alarm.pk)
    assert desk.post(rule, {"recuse": "no", "password": "x"}).status_code == 422
    post(desk, rule, recuse="no", reason="不同申报类别，不构成影响")
    assert "某单位" not in desk.get(page).content.decode()
    assert expert.post(opinion, {"conclusion": "recommend", "text": "x"}).status_code == 302


def test_the_page_costs_the_same_for_a_large_pool(panel: Panel, hangzhou: Any) -> None:
    desk = sign_in(officer(hangzhou))
    for step, data in (("commit", {}), ("lock", LOCK)):
        post(desk, url(f"reviews:draw_{step}", pk=panel.pk), **data)
    few = counted(desk, url("reviews:draw", pk=panel.pk))
    post(desk, url("reviews:draw_void", pk=panel.pk), reason="补充专家库")
    for _ in range(30):
        make_expert(hangzhou)
    for step, data in (("commit", {}), ("lock", LOCK)):
        post(desk, url(f"reviews:draw_{step}", pk=panel.pk), **data)
    assert counted(desk, url("reviews:draw", pk=panel.pk)) == few
