"""Quantities and thresholds: exact, inclusive, and unknown while nothing is known."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.policy.facts import Facts, to_number
from portal.policy.measures import BySetting, Count, Number, Quotient, Share, Total, show_number
from portal.policy.tests import Compare

SHARE = Share(Number("s.part"), Number("s.whole"))


def facts(**answers: Any) -> Facts:
    return Facts({"s": answers})


@pytest.mark.rule("G-02")
@pytest.mark.parametrize(
    ("part", "whole", "percent", "met"),
    [(62, 125, 50, False), (63, 126, 50, True), (31, 58, 50, True), (1999, 5000, 40, False), (2, 5, 40, True)],
)
def test_a_ratio_is_compared_exactly(part: int, whole: int, percent: int, met: bool) -> None:
    assert Compare(SHARE, ">=", percent, "%").check(facts(part=part, whole=whole)).met is met


@pytest.mark.parametrize(
    ("students", "teachers", "met"), [(1320, 60, True), (1321, 60, False), (1199, 60, True), (1320, 0, None)]
)
def test_a_quotient_is_exact_and_unknown_without_a_divisor(students: int, teachers: int, met: bool | None) -> None:
    quotient = Quotient(Number("s.students"), Number("s.teachers"))
    assert Compare(quotient, "<=", 22).check(facts(students=students, teachers=teachers)).met is met
    assert list(quotient.references()) == ["s.students", "s.teachers"]
    assert quotient.show(facts(students=1250, teachers=60)) == "1,250/60 = 20.83"


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 100))
def test_a_share_meets_its_threshold_as_integers_say(part: int, whole: int, percent: int) -> None:
    finding = Compare(SHARE, ">=", percent, "%").check(facts(part=part, whole=whole))
    assert finding.met is (part * 100 >= whole * percent)


@pytest.mark.rule("G-02")
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_shown_number_is_never_rounded_up(part: int, whole: int) -> None:
    shown = to_number(show_number(Fraction(part, whole)))
    assert shown is not None
    assert 0 <= Fraction(part, whole) - shown < Fraction(1, 100)


@pytest.mark.rule("G-02")
def test_a_share_of_nothing_is_not_evaluable() -> None:
    assert Compare(SHARE, ">=", 50, "%").check(facts(part=0, whole=0)).met is None
    assert Compare(SHARE, ">=", 50, "%").check(facts(part=3)).met is None
    assert SHARE.show(facts(part=31, whole=58)) == "31/58 = 53.44"


@pytest.mark.rule("G-01")
@pytest.mark.parametrize(("operator", "at", "below"), [(">=", True, False), (">", False, False), ("<=", True, True)])
def test_thresholds_include_or_exclude(operator: str, at: bool, below: bool) -> None:
    test = Compare(Number("s.n"), operator, 200)
    assert (test.check(facts(n=200)).met, test.check(facts(n="199")).met) == (at, below)


def test_a_threshold_may_be_a_setting() -> None:
    test = Compare(Number("s.n"), ">=", "some.setting", "人")
    assert test.check(Facts({"s": {"n": 7}}, settings={"some.setting": 7})).met is True
    assert list(test.references()) == ["s.n", "@some.setting"]


ROWS = [{"kind": "a", "on": "yes", "n": "2"}, {"kind": "a", "on": "no", "n": "x"}, {"kind": "b", "on": "yes", "n": 3}]


def test_rows_are_counted_and_added_up() -> None:
    known = facts(rows=ROWS)
    assert Count("s.rows").measure(known) == 3
    assert Count("s.rows", "kind", ("a",)).measure(known) == 2
    assert Count("s.rows", "kind", ("a",), (("on", ("yes",)),)).measure(known) == 1
    assert Total("s.rows", "n").measure(known) == 5
    assert Count("s.rows").measure(facts(rows=[])) is None
    assert Total("s.rows", "n").measure(facts()) is None


def test_a_table_inside_a_group_counts_every_instance() -> None:
    known = Facts({"group": [{"s": {"rows": ROWS}}, {"s": {"rows": ROWS[:1]}}, {"other": 1}, "junk"]})
    assert Count("group.s.rows").measure(known) == 4


@pytest.mark.parametrize("typed", ["1e999999999", "1e-999999999", "nan", "-Infinity", True, None, {}, "十"])
def test_what_is_no_number_is_none(typed: Any) -> None:
    assert to_number(typed) is None


def test_a_setting_chooses_the_quantity() -> None:
    quantity = BySetting("basis", (("first", Number("s.part")), ("second", Number("s.whole"))))
    for basis, value in (("first", 3), ("second", 7), ("third", None)):
        known = Facts({"s": {"part": 3, "whole": 7}}, settings={"basis": basis})
        assert (quantity.measure(known), quantity.show(known)) == (value, str(value or ""))
    assert list(quantity.references()) == ["s.part", "s.whole", "@basis"]
