"""What the record of a panel's draws says, as plain values for its page and its printed paper."""

from dataclasses import asdict
from datetime import date
from typing import Any

from portal.policy.draw import EXCLUSION_LABELS, Exclusion
from portal.policy.draw_record import METHOD
from portal.policy.drawing import canonical, digest, lot
from reviews.models import Draw, Panel, Substitution
from reviews.selectors.draws import chosen_by_hand, draws_of, record_of, substitutions_of

Values = dict[str, Any]


def draw_record(panel: Panel) -> Values:
    """The whole record, round by round; `record_sha256` is of the JSON file's canonical form."""
    application = panel.application
    return {
        "title": "专家抽取记录",
        "issuer": panel.jurisdiction.issuer,
        "number": application.number,
        "unit": application.organisation.name,
        "track": application.track.title,
        "call_title": panel.batch_title,
        "occasion_title": panel.title,
        "words": asdict(panel.words),
        "clause": _basis(panel),
        "rounds": [round_of(draw) for draw in draws_of(panel)],
        "substitutions": [_followed(each) for each in substitutions_of(panel)],
        "by_hand": [
            {
                "id": each.expert_id,
                "name": each.expert.name,
                "unit": each.expert.unit_name,
                "reason": each.choice_reason,
            }
            for each in chosen_by_hand(panel)
        ],
        "method": METHOD,
        "record_sha256": digest(canonical(record_of(panel))),
    }


def round_of(draw: Draw) -> Values:
    """One round: its seals, who might be drawn in the order of their lots, who might not and why, as far as it has come."""
    snapshot = draw.frozen
    people = snapshot.get("candidates", [])
    eligible = [each for each in people if not each["reasons"]]
    occasion = snapshot.get("occasion", {})
    return {
        **_seals(draw),
        "size": snapshot.get("size", 0),
        "alternate_count": snapshot.get("alternates", 0),
        "required": snapshot.get("required", []),
        "occasion": occasion,
        "since": _day(occasion.get("since", "")),
        "until": _day(occasion.get("until", "")),
        "checked": [EXCLUSION_LABELS[Exclusion(each)] for each in occasion.get("checked", ())],
        "eligible": _in_order(draw, eligible),
        "excluded": [
            {**_person(each), "reasons": [text for _, text in each["reasons"]]} for each in people if each["reasons"]
        ],
        "uncovered": draw.result["uncovered"] if draw.result else [],
    }


def _followed(each: Substitution) -> Values:
    return {
        "round": each.draw.number,
        "out": each.member_out.expert.name,
        "into": each.member_in.expert.name,
        "reason": each.reason,
        "passed": "；".join(f"专家 {one['id']}：{one['reason']}" for one in each.passed),
        "by": each.made_by.name,
        "at": each.made_at,
    }


def _seals(draw: Draw) -> Values:
    return {
        "number": draw.number,
        "kind": draw.get_kind_display(),
        "state": draw.state,
        "state_label": draw.get_state_display(),
        "reason": draw.reason,
        "seed_hash": draw.seed_hash,
        "seed": draw.revealed_seed,
        "committed_at": draw.committed_at,
        "committed_by": draw.committed_by.name,
        "snapshot_sha256": draw.snapshot_sha256,
        "locked_at": draw.locked_at,
        "drawn_at": draw.drawn_at,
        "drawn_by": draw.drawn_by.name if draw.drawn_by else "",
        "supervisor": draw.supervisor,
        "called": draw.called,
        "void": draw.void_reason,
    }


def _basis(panel: Panel) -> str:
    """The clause of the draw; where the source is silent, which default stands in."""
    rule = panel.rule.draw
    if rule is None:
        return panel.rule.clause
    return f"{rule.clause}（文件未写明抽取方式，默认口径 {rule.default}）" if rule.default else rule.clause


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _in_order(draw: Draw, eligible: list[Values]) -> list[Values]:
    """Those who might be drawn; once they are, in the order of their lots with what became of each."""
    if not draw.result:
        return [{**_person(each), "place": "", "lot": "", "outcome": "", "chosen": False} for each in eligible]
    people = {each["id"]: each for each in eligible}
    drawn = {each["id"]: each["field"] for each in draw.result["drawn"]}
    alternates = {expert: at for at, expert in enumerate(draw.result["alternates"], start=1)}
    rows = []
    for place, expert in enumerate(draw.result["order"], start=1):
        outcome = f"候补 {alternates[expert]}" if expert in alternates else ""
        if expert in drawn:
            outcome = f"抽中（{drawn[expert]}）" if drawn[expert] else "抽中"
        rows.append(
            {
                **_person(people[expert]),
                "place": place,
                "lot": lot(draw.seed, draw.called, draw.number, expert),
                "outcome": outcome,
                "chosen": expert in drawn,
            }
        )
    return rows


def _person(each: Values) -> Values:
    return {
        "id": each["id"],
        "name": each["name"],
        "unit": each["unit"],
        "fields": each["fields"],
        "region": each["region"],
    }
