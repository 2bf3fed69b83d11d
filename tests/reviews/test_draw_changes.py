"""What changes a drawn panel stays on its record: void rounds, redraws, alternates; and what a forged record gives away."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from applications.services.moves import WrongState
from portal.calendars import clock
from portal.policy.draw_record import differences
from reviews.enums import DrawKind
from reviews.models import Panel
from reviews.selectors.draws import record_of
from reviews.services import draws, panels, substitutions
from reviews.services.declarations import declare
from reviews.services.refusal import Refused
from tests.reviews.draw_kit import LOCK, a_desk, drawn
from tests.reviews.kit import SUNDAY_NOON


@pytest.fixture
def desk(hangzhou: Any) -> Any:
    """An officer, a pool of twelve, a panel being formed."""
    with clock.travel(SUNDAY_NOON):
        yield a_desk(hangzhou)


def test_a_void_round_stays_on_record_with_its_seed(desk: Any) -> None:
    by, _, panel = desk
    first = draws.commit_draw(panel=panel, by=by)
    with pytest.raises(Refused):
        draws.void_draw(draw=first, reason=" ", by=by)
    draws.void_draw(draw=first, reason="评审日期有误", by=by)
    second = drawn(panel, by)
    record = record_of(panel)
    assert [(each["number"], each["void"], bool(each["seed"])) for each in record["rounds"]] == [
        (1, "评审日期有误", True), (2, "", True),
    ]  # fmt: skip
    assert second.kind == "first"
    assert list(differences(record)) == []


@pytest.mark.rule("P3-10")
def test_a_redraw_needs_a_reason_and_empties_the_panel(desk: Any) -> None:
    by, _, panel = desk
    drawn(panel, by)
    for kind, reason in ((DrawKind.FIRST, "重抽"), (DrawKind.REDRAW, "")):
        with pytest.raises((Refused, WrongState)):
            draws.commit_draw(panel=panel, kind=kind, reason=reason, by=by)
    draw = draws.commit_draw(panel=panel, kind=DrawKind.REDRAW, reason="评审时间改期", by=by)
    assert panel.members.filter(state="invited").count() == 0
    draws.lock_draw(draw=draw, by=by, **LOCK)
    draws.run_draw(draw=draw, by=by)
    assert panel.members.filter(state="invited").count() == 5
    record = record_of(panel)
    assert [(each["kind"], each["reason"]) for each in record["rounds"]] == [("first", ""), ("redraw", "评审时间改期")]
    assert list(differences(record)) == []


def begun(panel: Panel, by: Any) -> None:
    panels.name_chair(member=panel.members.order_by("id")[0], by=by)
    panels.convene(panel=panel, by=by)


def test_an_alternate_follows_a_recused_member_and_the_next_one_after_that(desk: Any) -> None:
    by, pool, panel = desk
    draw = drawn(panel, by)
    begun(panel, by)
    actors = {expert.pk: actor for expert, actor in pool}
    gone = panel.members.order_by("id")[1]
    declare(member=gone, conflicts=[], explanation="亲属任职", undertaking=False, by=actors[gone.expert_id])
    first, second, third = draw.result["alternates"]
    pool_by_id = {expert.pk: expert for expert, _ in pool}
    pool_by_id[first].state = "paused"
    pool_by_id[first].save()
    made = substitutions.substitute(member=gone, reason="回避", by=by)
    assert (made.member_in.expert_id, [each["id"] for each in made.passed]) == (second, [first])
    again = substitutions.substitute(member=made.member_in, reason="临时有事", by=by)
    assert again.member_in.expert_id == third
    with pytest.raises(WrongState):
        substitutions.substitute(member=gone, reason="再换", by=by)
    with pytest.raises(Refused, match="候补已用尽"):
        substitutions.substitute(member=again.member_in, reason="再换", by=by)
    again.member_in.refresh_from_db()
    assert again.member_in.state == "invited"
    assert list(differences(record_of(panel))) == []


def test_a_supplement_fills_the_free_places_after_the_start(desk: Any) -> None:
    by, _, panel = desk
    drawn(panel, by)
    begun(panel, by)
    gone = panel.members.filter(chair=False)[0]
    panels.remove_member(member=gone, reason="出差", by=by)
    with pytest.raises(WrongState, match="评审已经开始"):
        draws.commit_draw(panel=panel, kind=DrawKind.REDRAW, reason="重抽", by=by)
    draw = draws.commit_draw(panel=panel, kind=DrawKind.SUPPLEMENT, reason="缺额一人", by=by)
    draws.lock_draw(draw=draw, by=by, **LOCK)
    done = draws.run_draw(draw=draw, by=by)
    assert len(done.result["drawn"]) == 1
    already = {each["id"] for each in done.snapshot["candidates"] if each["reasons"]}
    assert already == set(panel.members.filter(state="invited").values_list("expert", flat=True)) - {
        done.result["drawn"][0]["id"]
    }
    assert list(differences(record_of(panel))) == []


FORGERIES = {
    "seed": lambda record: record["rounds"][0].update(seed="0" * 64),
    "called": lambda record: record["rounds"][0].update(called="28"),
    "drawn": lambda record: record["rounds"][0]["result"]["drawn"].reverse(),
    "alternates": lambda record: record["rounds"][0]["result"]["alternates"].reverse(),
    "a reason": lambda record: record["rounds"][0]["snapshot"]["candidates"][0]["reasons"].append(["rival", "无"]),
    "a fact": lambda record: record["rounds"][0]["snapshot"]["candidates"][0].update(unit="另一大学"),
    "size": lambda record: record["rounds"][0]["snapshot"].update(size=4),
    "a round": lambda record: record["rounds"].clear() or record["rounds"].append({"number": 2}),
    "format": lambda record: record.update(format="x"),
    "a key": lambda record: record["rounds"][0].pop("snapshot_sha256"),
    "who followed": lambda record: record["substitutions"][0].update({"in": 0}),
    "who was passed": lambda record: record["substitutions"][0]["passed"].append(
        {"id": record["substitutions"][0]["in"], "reason": "无"}
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_record_is_found_out(desk: Any, forgery: str) -> None:
    by, _, panel = desk
    drawn(panel, by)
    substitutions.substitute(member=panel.members.order_by("id")[0], reason="生病", by=by)
    record = deepcopy(record_of(panel))
    assert list(differences(record)) == []
    FORGERIES[forgery](record)
    assert next(differences(record))


def test_anybody_verifies_a_record_without_the_database(desk: Any, tmp_path: Path, capsys: Any) -> None:
    by, _, panel = desk
    drawn(panel, by)
    file = tmp_path / "record.json"
    record = record_of(panel)
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    call_command("draw", "verify", str(file))
    call_command("draw", "verify", str(file), "--database")
    assert capsys.readouterr().out.count("一致：") == 2
    file.write_text(json.dumps(record | {"unit": "另一单位"}), encoding="utf-8")
    call_command("draw", "verify", str(file))
    with pytest.raises(CommandError, match="“unit”"):
        call_command("draw", "verify", str(file), "--database")
    record["rounds"][0]["called"] = "1"
    file.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(CommandError, match="不一致：第 1 轮：抽取顺序第"):
        call_command("draw", "verify", str(file))
    for broken in ("", "[]", "nothing"):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("draw", "verify", str(file))
