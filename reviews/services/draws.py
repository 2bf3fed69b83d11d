"""Drawing a panel's experts: the seed's hash first, then the locked list, then the lots and the seed (P3-10)."""

import json
import secrets
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.candidates import Occasion, reasons_against
from portal.policy.draw import DrawRule
from portal.policy.draw_record import outcome_of
from portal.policy.drawing import canonical, digest
from reviews.enums import DrawKind, DrawState, PanelState
from reviews.models import Draw, Expert, Panel
from reviews.selectors.candidates import candidates_for, occasion_of
from reviews.selectors.draws import last_drawn, open_draw, places_of
from reviews.selectors.panels import acting_members
from reviews.services.panels import open_panel, remove_member, seat_expert
from reviews.services.papers import issue_draw_record
from reviews.services.refusal import Refused


@transaction.atomic
def commit_draw(*, panel: Panel, by: Actor, kind: DrawKind = DrawKind.FIRST, reason: str = "") -> Draw:
    """Begin a round: make a seed and publish its hash, nothing else.

    A round after the first needs a reason. A redraw takes every acting member off, which only a panel that has not begun
    allows; a supplement fills the places that are free.
    """
    row = open_panel(panel, by)
    rule_for(row)
    if open_draw(row) is not None:
        raise WrongState("上一轮抽取尚未完成，请先完成或作废")
    drawn = last_drawn(row) is not None
    if drawn is (kind == DrawKind.FIRST):
        raise WrongState("已经抽取过，请选择重新抽取或补充抽取" if drawn else "尚未抽取过，请先作首次抽取")
    if drawn and not reason.strip():
        raise Refused("请写明理由", "reason")
    if kind == DrawKind.REDRAW:
        if row.state != PanelState.FORMING:
            raise WrongState("评审已经开始，不能全部重新抽取；缺额可以补充抽取")
        for member in acting_members(row):
            remove_member(member=member, reason=f"重新抽取：{reason.strip()}", by=by)
    seed = secrets.token_hex(32)
    draw = Draw.objects.create(
        jurisdiction=row.jurisdiction, panel=row, number=row.draws.count() + 1, kind=kind, reason=reason.strip(),
        seed=seed, seed_hash=digest(seed), committed_at=clock.now(), committed_by=by.person,
    )  # fmt: skip
    _record(draw, "draw.commit", by, {"seed_hash": draw.seed_hash})
    return draw


@transaction.atomic
def lock_draw(
    *,
    draw: Draw,
    required: Collection[str],
    related: Collection[str],
    regions: Collection[str],
    since: date,
    until: date,
    by: Actor,
) -> Draw:
    """Freeze who may be drawn, with every exclusion and its reason, before the seed is known to anybody.

    `required` are the fields of which each needs an expert, `related` the applicant's group and the units above and below
    it, `regions` where it belongs to, `since` to `until` the days of the review.
    """
    row, panel = _open_round(draw, by, DrawState.COMMITTED, "种子哈希公布后方可锁定名单，且只能锁定一次")
    rule = rule_for(panel)
    if until < since:
        raise Refused("结束日期早于开始日期", "until")
    occasion = occasion_of(
        panel, rule, related=related, regions=regions, since=since.isoformat(), until=until.isoformat()
    )
    snapshot = _snapshot_for(row, panel, required, occasion)
    row.snapshot = json.loads(canonical(snapshot))
    row.snapshot_sha256 = digest(canonical(snapshot))
    row.state, row.locked_at = DrawState.LOCKED, clock.now()
    row.save(update_fields=["snapshot", "snapshot_sha256", "state", "locked_at"])
    _record(row, "draw.lock", by, {"snapshot_sha256": row.snapshot_sha256, "listed": len(snapshot["candidates"])})
    return row


@transaction.atomic
def run_draw(*, draw: Draw, by: Actor, supervisor: str = "", called: str = "") -> Draw:
    """Draw from the locked list, publish the seed, give the drawn their seats and issue the record.

    `called` is a number a witness calls out; it goes into every lot. `supervisor` is who watched.
    """
    row, panel = _open_round(draw, by, DrawState.LOCKED, "锁定名单后方可抽取，且只能抽取一次")
    if called and not (called.isascii() and called.isdigit()):
        raise Refused("报数应为数字", "called")
    row.called, row.supervisor = called, supervisor.strip()
    row.result = outcome_of(
        {"seed": row.seed, "called": called, "number": row.number, "snapshot": row.snapshot},
    )
    row.state, row.drawn_at, row.drawn_by = DrawState.DRAWN, clock.now(), by.person
    row.save(update_fields=["called", "supervisor", "result", "state", "drawn_at", "drawn_by"])
    drawn = [each["id"] for each in row.result["drawn"]]
    experts = Expert.objects.in_bulk(drawn)
    for expert in drawn:
        seat_expert(panel=panel, expert=experts[expert], by=by)
    facts = {"seed": row.seed, "called": called, "supervisor": row.supervisor, "drawn": drawn}
    _record(row, "draw.draw", by, facts)
    issue_draw_record(panel=panel, by=by)
    return row


@transaction.atomic
def void_draw(*, draw: Draw, reason: str, by: Actor) -> Draw:
    """Give up a round before its lots are drawn, with a reason. It keeps its number; its seed becomes public."""
    panel = open_panel(draw.panel, by)
    row: Draw = Draw.objects.select_for_update().get(pk=draw.pk, panel=panel)
    if row.state not in (DrawState.COMMITTED, DrawState.LOCKED):
        raise WrongState(f"本轮目前为“{row.get_state_display()}”，不能作废")
    if not reason.strip():
        raise Refused("请写明作废理由", "reason")
    return _void(row, reason, by)


def void_open_draws(*, panel: Panel, reason: str, by: Actor) -> None:
    """Give up what a panel that is being dissolved was drawing; the panel's row is under lock already."""
    for row in Draw.objects.select_for_update().filter(panel=panel, state__in=(DrawState.COMMITTED, DrawState.LOCKED)):
        _void(row, reason, by)


def _void(row: Draw, reason: str, by: Actor) -> Draw:
    row.state, row.void_reason, row.voided_at = DrawState.VOID, reason.strip(), clock.now()
    row.save(update_fields=["state", "void_reason", "voided_at"])
    _record(row, "draw.void", by, {"seed": row.seed}, reason)
    return row


def rule_for(panel: Panel) -> DrawRule:
    """Return how the policy draws this panel. Raise `WrongState` when it draws nobody."""
    rule: DrawRule | None = panel.rule.draw
    if rule is None:
        raise WrongState("本政策未规定随机抽取专家")
    return rule


def _snapshot_for(draw: Draw, panel: Panel, required: Collection[str], occasion: Occasion) -> dict[str, Any]:
    """Who may be drawn and who not, as they stand now. Raise `Refused` when so many cannot be drawn."""
    rule = rule_for(panel)
    places = places_of(panel, rule)
    if not places.free:
        raise Refused(f"专家组应有 {places.wanted} 人，现有 {places.acting} 人，没有缺额")
    if required and not rule.stratified:
        raise Refused("本政策未规定分领域抽取", "required")
    if len(set(required)) > places.free:
        raise Refused(f"须有专家的领域 {len(set(required))} 个，多于抽取人数 {places.free} 人", "required")
    listed = [
        candidate.as_json() | {"reasons": reasons_against(candidate, occasion)} for candidate in candidates_for(panel)
    ]
    eligible = sum(not each["reasons"] for each in listed)
    if eligible < places.free:
        raise Refused(f"须抽取 {places.free} 人，可抽取的只有 {eligible} 人，请先补充专家库或核对条件")
    return {
        "round": draw.number,
        "size": places.free,
        "alternates": places.alternates,
        "required": sorted(set(required)),
        "occasion": occasion.as_json(),
        "candidates": listed,
    }


def _open_round(draw: Draw, by: Actor, wanted: DrawState, otherwise: str) -> tuple[Draw, Panel]:
    panel = open_panel(draw.panel, by)
    row: Draw = Draw.objects.select_for_update().get(pk=draw.pk, panel=panel)
    if row.state != wanted:
        raise WrongState(f"本轮目前为“{row.get_state_display()}”：{otherwise}")
    return row, panel


def _record(draw: Draw, action: str, by: Actor, facts: dict[str, Any], reason: str = "") -> None:
    record(
        by=by, action=action, obj=draw.panel, jurisdiction_id=draw.jurisdiction_id, reason=reason or draw.reason,
        data={"round": draw.number, "kind": draw.kind, **facts},
    )  # fmt: skip
