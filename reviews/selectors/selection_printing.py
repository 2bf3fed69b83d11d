"""What the list of selected units and alternates says on paper."""

from typing import Any

from reviews.models import Selection
from reviews.selectors.places import places_now
from reviews.selectors.selections import outcome, placements_of, rule_lines


def placement(selection: Selection) -> dict[str, Any]:
    """The outcome with every figure it rests on, the rule of the order, and the decisions taken by hand."""
    call, edition = selection.call, selection.call.edition
    cells = {cell.key: cell.title for cell in edition.cells}
    moves = selection.moves.select_related("decided_by")
    return {
        "title": f"{call.title}拟入选和备选名单",
        "issuer": selection.jurisdiction.issuer,
        "call_title": call.title,
        "clause": edition.ranking.clause if edition.ranking else "",
        "rules": rule_lines(edition, call.setting_values),
        "tracks": outcome(selection, placements_of(selection), places_now(selection)),
        "decided_reason": selection.decided_reason if selection.decided else "",
        "moves": [
            {"source": cells[each.source], "target": cells[each.target], "places": each.places, "reason": each.reason,
             "by": each.decided_by.name}
            for each in moves
        ],
        "drawn_up_by": selection.drawn_up_by.name,
        "drawn_up_at": selection.drawn_up_at,
        "fixed_by": selection.fixed_by.name if selection.fixed_by else "",
        "fixed_at": selection.fixed_at,
    }  # fmt: skip
