"""What the calculation sheet of a call says, on its page and on paper: the record in words, every step to redo by hand."""

from collections.abc import Mapping
from typing import Any

from applications.models import Call
from portal.policy.result_record import STATES, decimal_or_fraction, read
from portal.policy.selection import RankBy
from reviews.enums import Conclusion
from reviews.models import Selection
from reviews.selectors.result_rules import rules_of
from reviews.selectors.results import counted_opinions, record_of

Values = dict[str, Any]
Names = Mapping[tuple[int, int], str]  # (file, number of the expert) → name
NOBODY: Names = {}
KINDS = {"drop": "退出", "promote": "递补", "release": "让出名额"}
LISTS = {"": "尚未拟制名单，名次和结果为试算", "draft": "名单拟制中，尚未确定", "fixed": "名单已经确定"}


def score_result(selection: Selection) -> Values:
    """The printed sheet: experts by number, whoever prints it."""
    call = selection.call
    return {
        **result_sheet(call, record_of(call)),
        "title": f"{call.title}评分计算表",
        "issuer": selection.jurisdiction.issuer,
        "drawn_up_by": selection.drawn_up_by.name,
        "drawn_up_at": selection.drawn_up_at,
        "fixed_by": selection.fixed_by.name if selection.fixed_by else "",
        "fixed_at": selection.fixed_at,
    }


def expert_names(call: Call) -> Names:
    """Who the numbers are, for whoever runs the review."""
    names: dict[tuple[int, int], str] = {}
    numbers: dict[int, int] = {}
    rows = counted_opinions(call).values_list("member__panel__application", "member__expert__name")
    for application, name in rows:
        numbers[application] = numbers.get(application, 0) + 1
        names[application, numbers[application]] = name
    return names


def result_sheet(call: Call, record: Values, names: Names = NOBODY) -> Values:
    """Return a record as it is shown: rules with their sources, files by track, sheets step by step."""
    cells = {cell["key"]: cell["title"] for cell in record["cells"]}
    units = {file["id"]: file["unit"] for file in record["files"]}
    files = [_file(file, record, cells, names) for file in record["files"]]
    scored = any(file["result"] for file in record["files"])
    return {
        "call_title": record["call"]["title"],
        "policy": record["call"]["policy"],
        "rules": rules_of(call.edition, call.setting_values),
        "method": record["method"],
        "keys": [key["title"] for key in record["keys"]],
        "columns": len(record["keys"]) + (6 if scored else 3),
        "scored": scored,
        "voted": any(key["by"] == RankBy.VOTES for key in record["keys"]),
        "tracks": _tracks(record, files),
        "count": len(files),
        "sheets": sum(len(file["sheets"]) for file in files),
        "outstanding": record["outstanding"],
        "cells": [
            {**cell, "track": _track_title(record, cell["track"]), "moved": cell["places"] - cell["declared"]}
            for cell in record["cells"]
        ],
        "moves": [
            {**each, "source": cells[each["source"]], "target": cells[each["target"]]} for each in record["moves"]
        ],
        "ties": [[units[key] for key in tie] for tie in record["ties"]],
        "decided": [units[key] for key in record["decided"] if key in units],
        "decided_reason": record["decided_reason"],
        "changes": [
            {
                "kind": KINDS[each["kind"]],
                "unit": units.get(each["id"], str(each["id"])),
                "cell": cells.get(each["cell"], ""),
            }
            for each in record["changes"]
        ],
        "problems": record["problems"],
        "list_state": LISTS[record["list"]],
        "record_sha256": record["sha256"],
    }


def _track_title(record: Values, key: str) -> str:
    titles = {track["key"]: track["title"] for track in record["tracks"]}
    return str(titles.get(key, key))


def _tracks(record: Values, files: list[Values]) -> list[Values]:
    """Files of each track in the order of their ranks, those that are not ranked at the end."""
    found = []
    for track in record["tracks"]:
        mine = [file for file in files if file["track"] == track["key"]]
        mine.sort(key=lambda file: (file["overall"] is None, file["overall"] or 0, file["id"]))
        if mine:
            found.append({"title": track["title"], "files": mine})
    return found


def _file(file: Values, record: Values, cells: Mapping[str, str], names: Names) -> Values:
    result = file["result"]
    return {
        "id": file["id"],
        "number": file["number"],
        "unit": file["unit"],
        "recommender": file["recommender"],
        "track": file["track"],
        "maximum": file["maximum"],
        "overall": file["overall"],
        "state": file["state"],
        "position": file["position"],
        "place": STATES.get(file["state"], "") if file["ranked"] else file["unranked"],
        "cell": cells.get(file["cell"], "") if file["state"] == "selected" else _pool(file, record),
        "sheets": [_sheet(file["id"], sheet, names) for sheet in file["sheets"]],
        "division": f"{result['sum']} ÷ {result['divisor']}" if result else "",
        "exact": decimal_or_fraction(read(result["exact"])) if result else "",
        "shown": result["shown"] if result else "—",
        "figures": [
            {"title": key["title"], "value": figure["shown"]}
            for key, figure in zip(record["keys"], file["figures"], strict=True)
        ],
    }


def _pool(file: Values, record: Values) -> str:
    """The cells whose alternates a file waits among."""
    titles = [cell["title"] for cell in record["cells"] if (cell["pool"] or cell["key"]) == file["pool"]]
    return "、".join(titles) if file["state"] == "alternate" else ""


def _sheet(file: int, sheet: Values, names: Names) -> Values:
    number = sheet["expert"]
    return {
        "label": names.get((file, number)) or f"专家{number}",
        "steps": "＋".join(sheet["points"].values()),
        "total": sheet["total"],
        "counted": sheet["counted"],
        "conclusion": Conclusion(sheet["conclusion"]).label if sheet["conclusion"] in Conclusion.values else "",
        "sha256": sheet["sha256"],
        "earlier": sheet["earlier"],
    }
