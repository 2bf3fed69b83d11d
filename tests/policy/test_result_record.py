"""The record of a result as pure functions: redone it is the same, and whatever is changed in it is found."""

import copy
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy.result_record import FORMAT, decimal_or_fraction, differences, fingerprint, worked_out

Values = dict[str, Any]
halves = st.integers(0, 200).map(lambda each: str(Decimal(each) / 2))
sheets = st.lists(st.fixed_dictionaries({"1": halves, "2": halves}), min_size=1, max_size=7)
KEYS = [{"by": "score", "title": "得分"}, {"by": "preferences", "title": "倾斜条件"}, {"by": "votes", "title": "赞成"}]
DERIVED = ("result", "figures", "overall", "state", "cell", "pool", "position")


def a_file(number: int, track: str, given_sheets: list[Values], preferences: int) -> Values:
    return {
        "id": number, "number": f"N-{number}", "unit": f"单位{number}", "unit_id": number // 2, "track": track,
        "cells": [f"{track}-1", f"{track}-2"], "ranked": True, "unranked": "", "maximum": "200",
        "given": [None, f"{preferences}/1", None],
        "sheets": [
            {"expert": at, "points": each, "conclusion": "recommend", "sha256": f"{number}{at}", "earlier": []}
            for at, each in enumerate(given_sheets, start=1)
        ],
    }  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Values:
    """A whole record: two tracks, the first freeing places on the second, two cells of one pool each."""
    files = [
        a_file(number, draw(st.sampled_from(["甲", "乙"])), draw(sheets), draw(st.integers(0, 2)))
        for number in range(1, draw(st.integers(1, 8)) + 1)
    ]
    terms = {
        "method": draw(st.sampled_from(["mean", "trimmed"])), "trim_from": draw(st.integers(3, 6)),
        "places": draw(st.integers(0, 3)), "rounding": draw(st.sampled_from(["down", "half_up"])),
        "basis": draw(st.sampled_from(["exact", "shown"])),
    }  # fmt: skip
    cells = [
        {"key": f"{track}-{at}", "title": "名额", "track": track, "pool": track, "places": draw(st.integers(0, 2))}
        for track in ("甲", "乙")
        for at in (1, 2)
    ]
    inputs = {
        "format": FORMAT, "method": [], "terms": terms, "keys": KEYS, "cells": cells, "decided": [], "changes": [],
        "releases": [{"winner": "甲", "loser": "乙", "clause": "五"}], "files": files, "outstanding": 0,
    }  # fmt: skip
    return worked_out(inputs)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every plain value."""
    if isinstance(value, dict | list) and value:
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*path, key))
    else:
        yield path


def changed(record: Values, path: tuple[Any, ...]) -> Values:
    """Return a copy with another value at a path."""
    other = copy.deepcopy(record)
    place = other
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    place[path[-1]] = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old or ''}7"
    return other


@settings(deadline=None, max_examples=40)
@given(records(), st.data())
def test_exactly_what_nobody_touched_is_accepted(record: Values, data: st.DataObject) -> None:
    assert list(differences(record)) == []
    path = data.draw(st.sampled_from(list(leaves(record))))
    assert list(differences(changed(record, path))) != []


@settings(deadline=None, max_examples=40)
@given(records(), st.data())
def test_a_result_that_does_not_follow_is_found_though_the_fingerprint_was_made_anew(
    record: Values, data: st.DataObject
) -> None:
    derived = [
        path
        for path in leaves(record)
        if path[0] == "files" and (path[2] in DERIVED or path[-1] in ("total", "counted"))
    ]
    forged = changed(record, data.draw(st.sampled_from(derived)))
    forged["sha256"] = fingerprint(forged)
    assert list(differences(forged)) != []


@settings(deadline=None, max_examples=40)
@given(records())
def test_places_follow_the_figures(record: Values) -> None:
    """In a track nobody placed lower has a better result, no cell is overfull, and one who waits finds no place free."""
    for cell in record["cells"]:
        taken = [file for file in record["files"] if (file["state"], file["cell"]) == ("selected", cell["key"])]
        assert len(taken) <= cell["places"]
        waiting = [file for file in record["files"] if file["state"] == "alternate" and cell["key"] in file["cells"]]
        assert not waiting or len(taken) == cell["places"]
        best = [
            max((file["overall"] for file in taken), default=0),
            min((file["overall"] for file in waiting), default=99),
        ]
        assert best[0] < best[1]
    for track in ("甲", "乙"):
        ordered = sorted((file for file in record["files"] if file["track"] == track), key=lambda file: file["overall"])
        standing = [[Fraction(figure["value"]) for figure in file["figures"]] for file in ordered]
        assert standing == sorted(standing, reverse=True)


def two_waiting() -> Values:
    files = [a_file(number, "甲", [{"1": str(90 - number)}], 0) for number in (1, 2, 3)]
    cells = [{"key": "甲-1", "title": "名额", "track": "甲", "pool": "", "places": 1}]
    return {
        "format": FORMAT, "terms": {"method": "mean", "trim_from": 5, "places": 2, "rounding": "down", "basis": "exact"},
        "keys": KEYS, "cells": cells, "decided": [], "changes": [], "releases": [], "files": files,
    }  # fmt: skip


def test_whoever_moves_up_must_be_the_first_who_waits() -> None:
    drop = {"kind": "drop", "id": 1, "cell": "甲-1"}
    right = worked_out(two_waiting() | {"changes": [drop, {"kind": "promote", "id": 2, "cell": "甲-1"}]})
    assert [(file["state"], file["position"]) for file in right["files"]] == [
        ("out", 1), ("selected", 1), ("alternate", 2),
    ]  # fmt: skip
    assert right["problems"] == []
    for changes, problem in (
        ([drop, {"kind": "promote", "id": 3, "cell": "甲-1"}], "第 2 次变动：递补记录为单位3，按次序应为单位2"),
        ([drop, drop], "第 2 次变动：单位1此前已退出或让出"),
        ([drop | {"id": 9}], "第 1 次变动：申报 9 不在名单中"),
    ):
        wrong = worked_out(two_waiting() | {"changes": changes})
        assert wrong["problems"] == [problem]
        assert list(differences(wrong)) == [f"名单变动不符合规则：{problem}"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(177, 2), "88.5"), (Fraction(211, 3), "211/3"), (Fraction(80), "80"), (Fraction(1, 8), "0.125"),
        (Fraction(100), "100"), (None, "—"),
    ],
)  # fmt: skip
def test_an_exact_figure_is_a_decimal_where_that_ends(value: Fraction | None, text: str) -> None:
    assert decimal_or_fraction(value) == text


@pytest.mark.parametrize("broken", [{}, {"format": FORMAT}, {"format": "other/1"}, {"format": FORMAT, "files": 3}])
def test_what_is_no_record_is_refused_and_nothing_breaks(broken: Values) -> None:
    assert len(list(differences(broken))) == 1
