"""A panel's sheets side by side: items by experts, totals and the result, once the seal is open."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.policy.aggregation import Method, Terms
from reviews.models import Opinion, Panel
from reviews.selectors.scores import SheetLine, panel_sheet, plain, read_points, terms_of, total_of

SPREAD = (Decimal("0.1"), Decimal("0.2"), Decimal("0.3"))
"""From which share of an item's maximum on points are shown as standing off from the item's mean, in three steps."""
PLAIN = Terms(method=Method.MEAN)


def score_matrix(panel: Panel, opinions: Sequence[Opinion]) -> dict[str, Any] | None:
    """Return the sheets of unsealed opinions as rows of cells, ready to show; None where nothing is scored.

    `experts` are names, a sheet from paper marked; `counted` whether each one's sheet enters the result; `rows` are
    {item, maximum, bonus, cells, mean}, a cell {points, heat, remark}, the mean of all sheets, or of those that count where
    a base is assessed, whose items are results of their own; `totals`, `result` by the edition's aggregation and `how` in words.
    """
    sheet = panel_sheet(panel)
    scored = [opinion for opinion in opinions if opinion.scores]
    if sheet is None or not scored:
        return None
    totals, terms = [total_of(opinion) for opinion in scored], terms_of(panel)
    kept = terms.kept(totals)
    middled = [scored[at] for at in kept] if panel.assesses else scored
    return {
        "title": sheet.title,
        "clause": sheet.clause,
        "maximum": plain(sheet.maximum),
        "experts": [f"{each.member.expert.name}{'（纸质）' if each.paper_id else ''}" for each in scored],
        "counted": [at in kept for at in range(len(totals))],
        "rows": [_row(line, scored, middled, terms) for line in sheet.lines],
        "totals": [plain(total) for total in totals],
        "result": terms.shown(terms.result(totals)),
        "how": terms.told(),
        "remarks": _remarks(sheet.lines, scored),
    }


def _row(line: SheetLine, opinions: Sequence[Opinion], middled: Sequence[Opinion], terms: Terms) -> dict[str, Any]:
    points = [_points(line, opinion) for opinion in opinions]
    middle = PLAIN.result([each for opinion in middled if (each := _points(line, opinion)) is not None])
    return {
        "number": line.item.number,
        "group": line.item.group,
        "title": line.item.title,
        "maximum": plain(line.maximum),
        "bonus": line.item.bonus,
        "proposal": "" if line.proposal is None else plain(line.proposal),
        "cells": [
            {"points": "—" if each is None else plain(each), "heat": _heat(each, middle, line.maximum)}
            for each in points
        ],
        "mean": terms.shown(middle),
    }


def _points(line: SheetLine, opinion: Opinion) -> Decimal | None:
    return read_points(str(opinion.scores.get(line.key, "")))


def _heat(points: Decimal | None, middle: Fraction | None, maximum: Decimal) -> str:
    """Return how far points stand off from the mean of their item: `low-2`, `high-1`, or nothing."""
    if points is None or middle is None or not maximum:
        return ""
    off = Fraction(points) - middle
    level = sum(abs(off) >= Fraction(step) * Fraction(maximum) for step in SPREAD)
    return f"{'high' if off > 0 else 'low'}-{level}" if level else ""


def _remarks(lines: Sequence[SheetLine], opinions: Sequence[Opinion]) -> list[dict[str, str]]:
    return [
        {"item": f"{line.item.number} {line.item.title}", "name": opinion.member.expert.name, "text": text}
        for line in lines
        for opinion in opinions
        if (text := opinion.score_remarks.get(line.key, ""))
    ]
