"""The items of a track's sheets over the whole call: how far points spread, and how each expert gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.policy.diagnostics import Spread, spread
from reviews.selectors.score_board import File, Scores
from reviews.selectors.score_board_rows import fixed

HEAT = (Decimal("0.05"), Decimal("0.1"), Decimal("0.2"))
"""From which distance to the mean of all experts on, as a share of the item's maximum, a mean is tinted."""


@dataclass(frozen=True)
class Item:
    """One line of a sheet as it was frozen."""

    number: int
    group: str
    title: str
    maximum: Decimal


def sheets_of(scores: Scores, track: str) -> list[dict[str, Any]]:
    """Return {title, clause, count, columns, rows, more} for each sheet of a track that panels have kept.

    Sheets that differ in their lines or maxima stand apart. `more` counts experts whose means are shown.
    """
    kept: dict[tuple[Any, ...], list[File]] = {}
    for file in scores.of(track):
        if file.sheet:
            kept.setdefault(_signature(file), []).append(file)
    return [_sheet(scores, files) for files in kept.values()]


def _signature(file: File) -> tuple[Any, ...]:
    return (file.sheet["title"], *((line["number"], line["title"], line["maximum"]) for line in file.sheet["lines"]))


def _sheet(scores: Scores, files: Sequence[File]) -> dict[str, Any]:
    columns = [each for each in scores.experts_of(files) if any(each.pk in file.scores for file in files)]
    first = files[0].sheet
    items = [Item(each["number"], each["group"], each["title"], Decimal(each["maximum"])) for each in first["lines"]]
    return {
        "title": first["title"],
        "clause": first["clause"],
        "count": len(files),
        "columns": columns,
        "rows": [_row(item, files, [column.pk for column in columns]) for item in items],
    }


def _row(item: Item, files: Sequence[File], experts: Sequence[int]) -> dict[str, Any]:
    given: dict[int, list[Decimal]] = {}
    for file in files:
        for expert, points in file.scores.items():
            if (text := points.get(str(item.number))) is not None:
                given.setdefault(expert, []).append(Decimal(text))
    whole = spread([points for row in given.values() for points in row])
    return {
        "number": item.number,
        "group": item.group,
        "title": item.title,
        "maximum": f"{item.maximum.normalize():f}",
        "mean": fixed(float(whole.mean)) if whole else "—",
        "share": f"{float(whole.mean / Fraction(item.maximum)) * 100:.1f}%" if whole and item.maximum else "—",
        "deviation": fixed(whole.deviation) if whole else "—",
        "lowest": f"{whole.lowest.normalize():f}" if whole else "—",
        "highest": f"{whole.highest.normalize():f}" if whole else "—",
        "cells": [_cell(spread(given.get(expert, [])), whole, item.maximum) for expert in experts],
    }


def _cell(own: Spread | None, whole: Spread | None, maximum: Decimal) -> dict[str, str]:
    if own is None or whole is None:
        return {"text": "—", "css": "score-board__absent", "deviation": ""}
    apart = own.mean - whole.mean
    level = sum(abs(apart) >= Fraction(step * maximum) for step in HEAT) if maximum else 0
    css = f"heat heat--{'high' if apart > 0 else 'low'}-{level}" if level else "heat"
    return {"text": fixed(float(own.mean)), "css": css, "deviation": fixed(own.deviation) if own.count > 1 else ""}
