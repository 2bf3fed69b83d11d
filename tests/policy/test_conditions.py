"""What a condition's test finds, and what follows from it."""

from datetime import date
from typing import Any

import pytest

from portal.policy.condition import Condition, Finding, Severity, Verdict, Waiver, evaluate
from portal.policy.facts import Facts
from portal.policy.measures import Number
from portal.policy.tests import (
    AllOf,
    AnyOf,
    Attached,
    Compare,
    Each,
    FullYears,
    Is,
    LastYear,
    NoRow,
    NotBelow,
    OnTrack,
    SettingIs,
    ValidCreditCode,
)

ENOUGH = Compare(Number("s.n"), ">=", 200, "人")


def condition(severity: Severity = Severity.HARD, **changed: Any) -> Condition:
    return Condition("X-1", "规模", "原文", "一", severity, **{"test": ENOUGH, **changed})


def verdict(tested: Condition, **answers: Any) -> Verdict:
    return evaluate(tested, Facts({"s": answers}, track="school", settings={"k": "all"})).verdict


def test_a_hard_miss_blocks_and_a_soft_one_asks_for_a_reason() -> None:
    hard = evaluate(condition(), Facts({"s": {"n": 199}}))
    assert (hard.verdict, hard.blocks, hard.required, hard.reported) == (Verdict.UNMET, True, "≥200 人", "199 人")
    soft = evaluate(condition(Severity.SOFT), Facts({"s": {"n": 199}}))
    assert (soft.verdict, soft.blocks, soft.label) == (Verdict.EXPLAIN, False, "需说明")
    assert evaluate(condition(), Facts({})).blocks


def test_a_condition_applies_on_its_tracks_and_while_its_when_holds() -> None:
    assert verdict(condition(applies_to=("enterprise",)), n=1) is Verdict.NOT_APPLICABLE
    assert verdict(condition(when=Is("s.kind", ("a",))), n=1) is Verdict.NOT_APPLICABLE
    assert verdict(condition(when=Is("s.kind", ("a",))), n=1, kind="a") is Verdict.UNMET
    assert verdict(condition(test=None)) is Verdict.JUDGED


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"n": 1, "flag": "yes", "why": "理由"}, Verdict.WAIVED),
        ({"n": 1, "flag": "yes", "why": "  "}, Verdict.UNMET),
        ({"n": 1, "flag": "no", "why": "理由"}, Verdict.UNMET),
        ({"n": 200, "flag": "yes", "why": "理由"}, Verdict.MET),
    ],
)
def test_a_waiver_needs_its_flag_and_a_reason(answers: dict[str, Any], expected: Verdict) -> None:
    assert verdict(condition(waiver=Waiver("s.flag", "s.why", "可适当放宽")), **answers) is expected


def test_a_waiver_may_depend_on_a_setting() -> None:
    for values, expected in ((("all",), Verdict.WAIVED), (("some",), Verdict.UNMET)):
        waiver = Waiver("s.flag", "s.why", "", SettingIs("k", values))
        assert verdict(condition(waiver=waiver), n=1, flag="yes", why="理由") is expected


def test_a_soft_part_of_a_hard_condition_asks_for_a_reason_once_the_rest_holds() -> None:
    partly = condition(soft=NoRow("s.rows", "tenure", ("leased",), "均为自有", "租赁"))
    rows = [{"tenure": "owned"}] * 10 + [{"tenure": "leased"}]
    result = evaluate(partly, Facts({"s": {"n": 200, "rows": rows}}))
    assert (result.verdict, result.reported) == (Verdict.EXPLAIN, "11 行中 1 行为租赁")
    assert verdict(partly, n=1, rows=rows) is Verdict.UNMET
    assert verdict(partly, n=200, rows=rows[:3]) is Verdict.MET


def met(test: Any, facts: Facts) -> bool | None:
    found = test.check(facts)
    assert isinstance(found, Finding)
    return found.met


YES, NO, OPEN = Is("s.a", ("1",)), Is("s.b", ("1",)), Is("s.c", ("1",))


@pytest.mark.parametrize(
    ("tests", "all_of", "any_of"),
    [
        ((YES,), True, True),
        ((NO,), False, False),
        ((OPEN,), None, None),
        ((YES, NO), False, True),
        ((YES, OPEN), None, True),
        ((NO, OPEN), False, None),
    ],
)
def test_joined_tests_know_three_answers(tests: Any, all_of: bool | None, any_of: bool | None) -> None:
    facts = Facts({"s": {"a": "1", "b": "2"}})
    assert (met(AllOf(tests), facts), met(AnyOf(tests), facts)) == (all_of, any_of)


def test_every_project_must_pass_and_the_failing_one_is_named() -> None:
    each = Each("project", Compare(Number("site.share"), ">=", 50, "%"), "个项目", "site.name")
    projects = [{"site": {"name": "甲", "share": 50}}, {"site": {"name": "乙", "share": 49}}]
    found = each.check(Facts({"project": projects}))
    assert (found.met, found.detail) == (False, ("第 2 个项目“乙”：49%",))
    assert met(each, Facts({"project": projects[:1]})) is True
    assert met(each, Facts({})) is None
    assert set(each.references()) == {"project", "project.site.share", "project.site.name"}


def test_a_test_inside_a_row_still_sees_its_project_and_the_form() -> None:
    inner = Compare(Number("n"), ">=", 1)
    rows = Each("project", Each("s.rows", AllOf((inner, Is("s.kind", ("a",)), Is("top.flag", ("yes",)))), "行"), "项")
    answers = {"project": [{"s": {"kind": "a", "rows": [{"n": 1}]}}], "top": {"flag": "yes"}}
    assert met(rows, Facts(answers)) is True


@pytest.mark.parametrize(
    ("years", "on", "expected"),
    [
        ((2021, 2022, 2023), date(2024, 7, 17), True),
        ((2023, 2021, 2022), date(2024, 12, 31), True),
        ((2021, 2022, 2023), date(2025, 1, 1), False),
        ((2021, 2022, 2022), date(2024, 7, 17), False),
        ((2020, 2022, 2023), None, False),
        ((2020, 2021, 2022), None, True),
        ((2022, 2023), date(2024, 7, 17), None),
    ],
)
def test_three_complete_years_before_filing(years: tuple[int, ...], on: date | None, expected: bool | None) -> None:
    facts = Facts({"s": {"rows": [{"year": year} for year in years]}}, on=on)
    assert met(FullYears("s.rows", "year", 3), facts) is expected


@pytest.mark.parametrize(
    ("year", "on", "expected"),
    [
        (2023, date(2024, 1, 1), True),
        (2023, date(2024, 12, 31), True),
        (2022, date(2024, 7, 17), False),
        (2024, date(2024, 7, 17), False),
        (2023, None, None),
        (None, date(2024, 7, 17), None),
    ],
)
def test_the_year_before_filing(year: int | None, on: date | None, expected: bool | None) -> None:
    assert met(LastYear("s.year", "年度："), Facts({"s": {"year": year}}, on=on)) is expected


def test_the_smaller_tests() -> None:
    facts = Facts({"s": {"a": 400, "b": "400.00", "code": "91330100MA0000015W"}}, "x", {"slot": 1}, {"k": "v"})
    assert met(NotBelow(Number("s.a"), Number("s.b")), facts) is True
    assert met(NotBelow(Number("s.a"), Number("s.none")), facts) is None
    assert met(OnTrack(("x", "y")), facts) is True
    assert met(SettingIs("k", ("w",)), facts) is False
    assert [met(Attached("slot"), facts), met(Attached("slot", 2), facts)] == [True, None]
    assert met(ValidCreditCode("s.code"), facts) is True
    assert met(ValidCreditCode("s.a"), facts) is False
    assert met(ValidCreditCode("s.none"), facts) is None
