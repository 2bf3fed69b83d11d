"""Unions, filtered sums, points by conditions, grounds and names whose core may be left out."""

from decimal import Decimal
from fractions import Fraction

import pytest

from portal.policy.facts import Facts
from portal.policy.measures import CountAny, Total
from portal.policy.notice import NamingPattern
from portal.policy.procedure import Ground
from portal.policy.scoring import ByConditions

D = Decimal
ROWS = [
    {"title": "mid", "skill": "none", "n": "2"},
    {"title": "mid", "skill": "tech", "n": 5},
    {"title": "none", "skill": "tech", "n": ""},
    {"title": "none", "skill": "none", "n": 9},
]
EITHER = CountAny("s.rows", (("title", ("mid",)), ("skill", ("tech",))))


def test_a_row_that_has_both_counts_once() -> None:
    facts = Facts({"s": {"rows": ROWS}})
    assert EITHER.measure(facts) == Fraction(3)
    assert EITHER.show(facts) == "3"
    assert EITHER.measure(Facts({"s": {"rows": []}})) is None
    assert list(EITHER.references()) == ["s.rows.title", "s.rows.skill"]


def test_a_sum_leaves_out_the_rows_that_are_not_asked_for() -> None:
    facts = Facts({"s": {"rows": ROWS}})
    assert Total("s.rows", "n").measure(facts) == 16
    asked = Total("s.rows", "n", (("title", ("mid",)),))
    assert asked.measure(facts) == 7
    assert Total("s.rows", "n", (("title", ("high",)),)).measure(facts) == 0
    assert asked.measure(Facts({})) is None
    assert list(asked.references()) == ["s.rows.n", "s.rows.title"]


@pytest.mark.parametrize(
    ("maximum", "met", "points"),
    [("15", {"a", "b"}, "15"), ("15", {"a"}, "8"), ("15", {"b"}, "7"), ("15", set(), "0"), ("10", {"a"}, "5.0")],
)
def test_conditions_met_share_the_maximum_out(maximum: str, met: set[str], points: str) -> None:
    rule = ByConditions((("a", 8), ("b", 7)))
    assert rule.points(D(maximum), met, D("0.5")) == D(points)


def test_a_core_in_brackets_may_be_left_out() -> None:
    naming = NamingPattern(
        "样例基地{core}", "样例基地", (("plain", "不加"), ("with", "加")), "三", bracket="（{core}专业）"
    )
    assert naming.name(" ") == "样例基地"
    assert naming.name(" 数控 ") == "样例基地（数控专业）"


def test_a_ground_says_whether_it_may_be_put_right() -> None:
    assert [Ground("a", "甲", "一").rectify, Ground("b", "乙", "一", rectify=True).rectify] == [False, True]
