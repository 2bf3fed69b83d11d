"""The draw of a panel: hash first, list next, seed last; what is drawn, what stays on record, who may do it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from portal.audit.models import Event
from portal.calendars import clock
from portal.documents.models import Document
from portal.policy.draw_record import differences
from portal.policy.drawing import canonical, digest
from reviews.selectors.draws import record_of
from reviews.services import draws, panels, substitutions
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office
from tests.reviews.draw_kit import LOCK, a_desk, drawn
from tests.reviews.kit import BY_HAND, SUNDAY_NOON, approver, make_application, make_expert


@pytest.fixture
def desk(hangzhou: Any) -> Any:
    """An officer, a pool of twelve, a panel being formed."""
    with clock.travel(SUNDAY_NOON):
        yield a_desk(hangzhou)


def test_a_draw_seats_the_drawn_and_can_be_repeated(desk: Any) -> None:
    by, _pool, panel = desk
    draw = drawn(panel, by)
    seated = list(panel.members.order_by("id").values_list("expert_id", flat=True))
    assert seated == [each["id"] for each in draw.result["drawn"]]
    assert len(seated) == 5
    assert len(draw.result["alternates"]) == 3
    record = record_of(panel)
    assert list(differences(record)) == []
    assert list(differences(json.loads(json.dumps(record, indent=2)))) == []
    assert Document.objects.get(kind="draw_record").title == "专家抽取记录"


@pytest.mark.rule("P3-10")
def test_the_hash_is_out_before_the_list_and_the_seed_only_after(desk: Any) -> None:
    by, _, panel = desk
    draw = draws.commit_draw(panel=panel, by=by)
    assert draw.seed_hash == digest(draw.seed)
    for step in ("committed", "locked"):
        assert draw.state == step
        assert draw.revealed_seed == ""
        assert draw.seed not in canonical(record_of(panel))
        assert draw.seed not in canonical(list(Event.objects.values_list("data", flat=True)))
        draw = draws.lock_draw(draw=draw, by=by, **LOCK) if step == "committed" else draw
    before = draw.snapshot_sha256
    done = draws.run_draw(draw=draw, by=by)
    assert (done.revealed_seed, done.snapshot_sha256) == (draw.seed, before)
    actions = list(Event.objects.filter(action__startswith="draw.").order_by("id").values_list("action", flat=True))
    assert actions == ["draw.commit", "draw.lock", "draw.draw"]


def test_steps_are_taken_in_order_and_once(desk: Any) -> None:
    by, _, panel = desk
    draw = draws.commit_draw(panel=panel, by=by)
    with pytest.raises(WrongState):
        draws.run_draw(draw=draw, by=by)
    with pytest.raises(WrongState):
        draws.commit_draw(panel=panel, by=by)
    draws.lock_draw(draw=draw, by=by, **LOCK)
    with pytest.raises(WrongState):
        draws.lock_draw(draw=draw, by=by, **LOCK)
    draws.run_draw(draw=draw, by=by)
    with pytest.raises(WrongState):
        draws.run_draw(draw=draw, by=by)
    with pytest.raises(WrongState):
        draws.void_draw(draw=draw, reason="重来", by=by)


def test_what_the_pool_says_after_the_lock_changes_nothing(desk: Any) -> None:
    by, pool, panel = desk
    draw = draws.commit_draw(panel=panel, by=by)
    draws.lock_draw(draw=draw, by=by, **LOCK)
    for expert, _ in pool:
        expert.unit_name = panel.application.organisation.name
        expert.save()
    draws.run_draw(draw=draw, by=by)
    assert list(differences(record_of(panel))) == []


@pytest.mark.rule("P3-10")
def test_everybody_left_out_is_listed_with_the_reason(desk: Any, hangzhou: Any) -> None:
    by, pool, panel = desk
    unit = panel.application.organisation
    left_out = {
        "same_unit": make_expert(hangzhou, unit_credit_code=unit.credit_code),
        "same_group": make_expert(hangzhou, group="测试控股集团"),
        "recent_service": make_expert(
            hangzhou, services=[{"unit": unit.name, "since": "2020-01-01", "until": "2023-01-01"}]
        ),
        "unavailable": make_expert(hangzhou, absences=[{"since": "2024-09-10", "until": "2024-09-12"}]),
        "inactive": make_expert(hangzhou, state="paused"),
        "rival": make_expert(hangzhou, unit_name=make_application(panel.application.call).organisation.name),
        "objected": make_expert(hangzhou),
    }
    substitutions.rule_on_request(
        panel=panel, expert=left_out["objected"][0], grounds="曾有诉讼", upheld=True, ruling="理由成立", by=by
    )
    substitutions.rule_on_request(
        panel=panel, expert=pool[0][0], grounds="不熟悉本行业", upheld=False, ruling="理由不成立", by=by
    )
    draw = draws.commit_draw(panel=panel, by=by)
    locked = draws.lock_draw(draw=draw, by=by, **(LOCK | {"related": ["测试控股集团"], "regions": ["西湖区"]}))
    said = {each["id"]: [kind for kind, _ in each["reasons"]] for each in locked.snapshot["candidates"]}
    assert {expert.pk: [kind] for kind, (expert, _) in left_out.items()} | {
        expert.pk: [] for expert, _ in pool
    } == said  # Hangzhou's policy names no region: 西湖区 bars nobody


def test_each_required_field_gets_an_expert(desk: Any) -> None:
    by, pool, panel = desk
    draw = drawn(panel, by, required=["焊接", "数控加工"])
    assert pool[0][0].pk in [each["id"] for each in draw.result["drawn"]]
    assert draw.result["uncovered"] == []


def test_a_pool_too_small_or_fields_too_many_are_refused(desk: Any) -> None:
    by, pool, panel = desk
    draw = draws.commit_draw(panel=panel, by=by)
    with pytest.raises(Refused, match="多于抽取人数"):
        draws.lock_draw(draw=draw, by=by, **(LOCK | {"required": list("甲乙丙丁戊己")}))
    with pytest.raises(Refused, match="早于"):
        draws.lock_draw(draw=draw, by=by, **(LOCK | {"until": date(2024, 9, 1)}))
    for expert, _ in pool[:8]:
        expert.state = "paused"
        expert.save()
    with pytest.raises(Refused, match="可抽取的只有 4 人"):
        draws.lock_draw(draw=draw, by=by, **LOCK)
    draw.refresh_from_db()
    assert (draw.state, draw.snapshot) == ("committed", None)


def test_an_expert_at_their_limit_is_left_out(desk: Any, hangzhou: Any) -> None:
    by, pool, panel = desk
    busy = pool[0][0]
    busy.most_at_once = 1
    busy.save()
    other = panels.form_panel(application=make_application(panel.application.call), by=by)
    panels.add_member(panel=other, expert=busy, by=by, reason=BY_HAND)
    draw = draws.lock_draw(draw=draws.commit_draw(panel=panel, by=by), by=by, **LOCK)
    said = {each["id"]: each["reasons"] for each in draw.snapshot["candidates"]}
    assert said[busy.pk] == [["overloaded", "在评 1 件，已达上限 1 件"]]


def test_who_is_chosen_by_hand_is_explained_and_on_the_record(desk: Any) -> None:
    by, pool, panel = desk
    with pytest.raises(Refused, match="须写明理由"):
        panels.add_member(panel=panel, expert=pool[0][0], by=by, reason=" ")
    panels.add_member(panel=panel, expert=pool[0][0], by=by, reason="唯一的焊接专家")
    draw = drawn(panel, by)
    assert len(draw.result["drawn"]) == 4
    assert record_of(panel)["by_hand"] == [{"id": pool[0][0].pk, "name": pool[0][0].name, "reason": "唯一的焊接专家"}]


@pytest.mark.parametrize("role", ["bureau_approver", "supervisor", "expert", "finance"])
def test_others_draw_nobody(desk: Any, hangzhou: Any, role: str) -> None:
    by, _, panel = desk
    stranger = make_actor(role, make_office(hangzhou))
    with pytest.raises(PermissionDenied):
        draws.commit_draw(panel=panel, by=stranger)
    draw = draws.commit_draw(panel=panel, by=by)
    with pytest.raises(PermissionDenied):
        draws.lock_draw(draw=draw, by=stranger, **LOCK)


def test_an_approver_is_no_officer_and_an_upheld_member_is_not_ruled_out_silently(desk: Any, hangzhou: Any) -> None:
    by, pool, panel = desk
    panels.add_member(panel=panel, expert=pool[0][0], by=by, reason=BY_HAND)
    facts: dict[str, Any] = {"panel": panel, "grounds": "理由", "ruling": "意见"}
    with pytest.raises(Refused, match="候补递补"):
        substitutions.rule_on_request(expert=pool[0][0], upheld=True, by=by, **facts)
    with pytest.raises(PermissionDenied):
        substitutions.rule_on_request(expert=pool[1][0], upheld=True, by=approver(hangzhou), **facts)
    assert panel.recusal_requests.count() == 0


def test_the_period_of_review_decides_who_is_away(desk: Any) -> None:
    by, pool, panel = desk
    for expert, _ in pool[:4]:
        expert.absences = [{"since": "2024-10-01", "until": "2024-10-07"}]
        expert.save()
    draw = draws.commit_draw(panel=panel, by=by)
    locked = draws.lock_draw(draw=draw, by=by, **(LOCK | {"until": LOCK["until"] + timedelta(days=1)}))
    assert sum(bool(each["reasons"]) for each in locked.snapshot["candidates"]) == 4
