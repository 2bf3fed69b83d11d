"""The blocks a page of the official form consists of: a grid of labelled boxes, one wide box, a ruled table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]
Block = dict[str, Any]

LINE = 30
"""Units a line of the form is divided into; a field's `width` counts in them."""
LABEL = 5
WIDE_LABEL = 12
"""Units of a label on the supplement's pages, whose questions are sentences."""
NUMBER_SHARE = 7
"""Percent of a table's width for 序号."""
GROUP_SHARE = 11
"""Percent for the name of a table among others, at its left."""


def page_blocks(items: Sequence[Item], *, supplement: bool) -> list[Block]:
    """Lay out the items of one section as the official form does.

    One long text alone fills a box. Fields stand in a grid; a table of a single official column is a list in that grid.
    Several tables together carry their names at the left; a table alone, or among fields, numbers its rows.
    """
    if len(items) == 1 and items[0]["kind"] == "field" and items[0]["long"]:
        return [{"kind": "box", "hint": _remark(items[0]), "paragraphs": _paragraphs(items[0]["value"])}]
    tables = [item for item in items if item["kind"] == "table" and not _is_list(item)]
    alone = len(tables) == len(items)
    blocks: list[Block] = []
    waiting: list[Item] = []
    for item in items:
        if item not in tables:
            waiting.append(item)
            continue
        blocks += _grid(waiting, supplement)
        waiting = []
        blocks.append(_table(item, grouped=alone and len(tables) > 1, captioned=not alone))
    return blocks + _grid(waiting, supplement)


def ruled_table(
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    group: str = "",
    totals: Sequence[str] = (),
) -> Block:
    """Return a table whose columns share its width; without rows it has an empty one, as the blank form does."""
    first = GROUP_SHARE if group else NUMBER_SHARE
    whole = sum(column["width"] for column in columns) or 1
    shares = [round((100 - first) * column["width"] / whole) for column in columns]
    heads = [{**column, "share": share} for column, share in zip(columns, shares, strict=True)]
    cells = [
        [{"text": text, "numeric": column["numeric"]} for text, column in zip(row, columns, strict=True)]
        for row in rows or [[""] * len(columns)]
    ]
    summed = [{"text": text, "numeric": True} for text in totals] if any(totals) else []
    return {
        "kind": "table",
        "caption": caption,
        "group": group,
        "first": first,
        "columns": heads,
        "rows": cells,
        "totals": summed,
    }


def _table(item: Item, *, grouped: bool, captioned: bool) -> Block:
    kept = [at for at, column in enumerate(item["columns"]) if item["supplement"] or not column["supplement"]]
    columns = [item["columns"][at] for at in kept]
    rows = [[row[at] for at in kept] for row in item["rows"]]
    totals = [item["totals"][at] for at in kept] if item["supplement"] and item["totals"] else []
    caption = item["label"] if captioned else ""
    return ruled_table(columns, rows, caption=caption, group=item["label"] if grouped else "", totals=totals)


def _grid(items: Sequence[Item], supplement: bool) -> list[Block]:
    if not items:
        return []
    label = WIDE_LABEL if supplement else LABEL
    lines = [[item] for item in items] if supplement else list(_lines(items))
    rows = [
        {"long": any(item.get("long") or item["kind"] == "table" for item in line), "cells": _cells(line, label)}
        for line in lines
    ]
    return [{"kind": "grid", "units": range(LINE), "rows": rows}]


def _lines(items: Sequence[Item]) -> Iterator[list[Item]]:
    line: list[Item] = []
    filled = 0
    for item in items:
        width = _width(item)
        if line and filled + width > LINE:
            yield line
            line, filled = [], 0
        line.append(item)
        filled += width
    yield line


def _width(item: Item) -> int:
    whole_line = item["kind"] == "table" or item["options"] or "：" in item["label"]
    return LINE if whole_line else max(LABEL * 2, item["width"])


def _cells(line: Sequence[Item], label: int) -> list[dict[str, Any]]:
    widths = [_width(item) for item in line]
    widths[-1] = LINE - sum(widths[:-1])
    return [_cell(item, label, width - label) for item, width in zip(line, widths, strict=True)]


def _cell(item: Item, label: int, span: int) -> dict[str, Any]:
    name, _, prefix = ("", "", "") if label == WIDE_LABEL else item["label"].partition("：")
    cell: dict[str, Any] = {
        "label": name or item["label"],
        "note": "",
        "label_span": label,
        "span": span,
        "choices": [],
        "lines": [],
        "paragraphs": [],
    }
    if item["kind"] == "table":
        cell["lines"] = _listed(item)
    elif item["long"]:
        cell |= {"note": _remark(item), "paragraphs": _paragraphs(item["value"])}
    elif 0 < len(item["options"]) <= 8:
        cell["choices"] = [
            each | {"text": item["other"] if each["other"] and each["chosen"] else ""} for each in item["options"]
        ]
    else:
        cell["lines"] = [f"{prefix}　{item['value']}" if prefix else item["value"]]
    return cell


def _is_list(item: Item) -> bool:
    """Whether a table has one official column: the form gives it a box to write in, not a ruled table."""
    return sum(1 for column in item["columns"] if not column["supplement"]) == 1 and not item["supplement"]


def _listed(item: Item) -> list[str]:
    lines = []
    for number, row in enumerate(item["rows"], start=1):
        pairs = list(zip(item["columns"], row, strict=True))
        official = next(text for column, text in pairs if not column["supplement"])
        lines.append(f"{number}. {official}" if len(item["rows"]) > 1 else official)
    return lines


def _remark(item: Item) -> str:
    return f"（{item['hint']}）" if item["hint"] else ""


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
