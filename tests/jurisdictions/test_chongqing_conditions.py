"""The conditions of 渝高技办〔2024〕8号 at their boundaries, from both sides."""

from datetime import date
from typing import Any

import pytest

from portal.policy import registry
from portal.policy.condition import Result
from portal.policy.facts import Facts
from portal.policy.validation import blocking, check_form, check_materials, evaluate_all, facts_for
from tests.jurisdictions.chongqing_answers import (
    FILES,
    answers,
    base,
    contest,
    management,
    merits,
    partner,
    plan,
    profession,
    targets,
    teachers,
    training,
    unit,
    workforce,
)

EDITION = registry.current("chongqing")


def facts(track: str, given: dict[str, Any], files: dict[str, int] = FILES, **settings: Any) -> Facts:
    overrides = {key.replace("__", "."): value for key, value in settings.items()}
    return facts_for(EDITION, track, given, files, overrides, on=date(2024, 7, 10))


def result(code: str, known: Facts) -> Result:
    return next(each for each in evaluate_all(EDITION, known) if each.condition.code == code)


def verdict(code: str, track: str, **sections: Any) -> str:
    return result(code, facts(track, answers(track, **sections))).verdict.value


ENTERPRISE = {"unit": unit(kind="enterprise_centre", enterprise_based="yes", ownership="industry")}


@pytest.mark.parametrize("track", ["national", "municipal"])
@pytest.mark.parametrize("sections", [{}, ENTERPRISE], ids=["school", "enterprise"])
def test_a_complete_application_may_be_submitted(track: str, sections: dict[str, Any]) -> None:
    known = facts(track, answers(track, **sections))
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).problems == []


def rules_missing(kind: str) -> dict[str, Any]:
    kinds = [each for each in ("training", "finance", "assets", "risk", "staff") if each != kind]
    return {"management": management(*kinds)}


def professions(matched: int, rest: int = 0, **changed: Any) -> dict[str, Any]:
    rows = [profession(number, **changed) for number in range(1, matched + 1)]
    return {"professions": {"items": rows + [profession(90 + n, matched="no", developed="no") for n in range(rest)]}}


NATIONAL = [
    ("CQ-N01", {}, "judged"),
    ("CQ-N02", {}, "met"),
    ("CQ-N02", rules_missing("training"), "unmet"),
    ("CQ-N02", rules_missing("finance"), "unmet"),
    ("CQ-N02", rules_missing("assets"), "met"),
    ("CQ-N03", {"management": management(violations="yes")}, "unmet"),
    ("CQ-N03", {}, "met"),
    ("CQ-N04", {"management": management(punished="yes")}, "unmet"),
    ("CQ-N04", {"management": management(credit_report_on="2024-06-10")}, "met"),
    ("CQ-N04", {"management": management(credit_report_on="2024-06-09")}, "unmet"),
    ("CQ-N05", {}, "judged"),
    ("CQ-N06", {"training": training(capacity=2000)}, "met"),
    ("CQ-N06", {"training": training(capacity=1999)}, "unmet"),
    ("CQ-N07", {}, "judged"),
    ("CQ-N08", {}, "not_applicable"),
    ("CQ-N08", ENTERPRISE, "met"),
    ("CQ-N08", ENTERPRISE | rules_missing("staff"), "unmet"),
    ("CQ-N09", {}, "not_applicable"),
    ("CQ-N09", ENTERPRISE | {"workforce": workforce(accrued="400.00", used="0.01")}, "met"),
    ("CQ-N09", ENTERPRISE | {"workforce": workforce(accrued="399.99")}, "unmet"),
    ("CQ-N09", ENTERPRISE | {"workforce": workforce(fund_year=2022)}, "unmet"),
    ("CQ-N09", ENTERPRISE | {"workforce": workforce(used="0.00")}, "unmet"),
    ("CQ-N10", {}, "not_applicable"),
    ("CQ-N10", ENTERPRISE, "met"),
    ("CQ-N10", ENTERPRISE | {"workforce": workforce(chief=0)}, "unmet"),
    ("CQ-N10", ENTERPRISE | {"workforce": workforce(dispatched=51)}, "unmet"),
    ("CQ-N11", {}, "judged"),
    ("CQ-N12", {"teachers": teachers(integrated=63, total=126)}, "met"),
    ("CQ-N12", {"teachers": teachers(integrated=62, total=125)}, "unmet"),
    ("CQ-N12", {"teachers": teachers(integrated=0, total=0)}, "unknown"),
    ("CQ-N13", {"teachers": teachers(qualified=20, practice=50)}, "met"),
    ("CQ-N13", {"teachers": teachers(qualified=19, practice=48)}, "unmet"),
    ("CQ-N14", {}, "judged"),
    ("CQ-N15", professions(5), "met"),
    ("CQ-N15", professions(4, rest=3), "unmet"),
    ("CQ-N16", {}, "met"),
    ("CQ-N16", {"site": {**answers("national")["site"], "platform": "no"}}, "unmet"),
    ("CQ-K01", {}, "met"),
    ("CQ-K01", {"build": [plan(number) for number in range(1, 5)]}, "unmet"),
    ("CQ-K01", {"build": [*(plan(number) for number in range(1, 5)), plan(5, facets=6)]}, "unmet"),
    ("CQ-K02", {"targets": targets(year2_times=3000, year2_high=1000)}, "met"),
    ("CQ-K02", {"targets": targets(year2_times=2999)}, "unmet"),
    ("CQ-K02", {"targets": targets(year2_high=999)}, "unmet"),
    ("CQ-M01", {}, "not_applicable"),
]


@pytest.mark.parametrize(
    ("code", "sections", "expected"), [pytest.param(*case, marks=pytest.mark.rule(case[0])) for case in NATIONAL]
)
def test_the_national_level(code: str, sections: dict[str, Any], expected: str) -> None:
    assert verdict(code, "national", **sections) == expected


def partners(*sizes: str, **changed: Any) -> dict[str, Any]:
    rows = [partner(number, size=size, **changed) for number, size in enumerate(sizes, start=1)]
    return {"cooperation": {"partners": rows}}


MUNICIPAL = [
    ("CQ-M01", {}, "met"),
    *(("CQ-M01", rules_missing(kind), "unmet") for kind in ("training", "finance", "assets", "risk")),
    ("CQ-M02", {}, "met"),
    ("CQ-M02", {"management": management(violations="yes")}, "unmet"),
    ("CQ-M03", {"training": training(high_capacity=500)}, "met"),
    ("CQ-M03", {"training": training(high_capacity=499)}, "unmet"),
    ("CQ-M04", professions(2, rest=1), "met"),
    ("CQ-M04", professions(1, rest=2), "unmet"),
    ("CQ-M04", professions(6), "met"),
    ("CQ-M05", {}, "not_applicable"),
    ("CQ-M05", ENTERPRISE | {"workforce": workforce(senior=150)}, "met"),
    ("CQ-M05", ENTERPRISE | {"workforce": workforce(senior=149)}, "unmet"),
    ("CQ-M06", {"training": training(persons=1500, high_persons=300)}, "met"),
    ("CQ-M06", {"training": training(persons=1499, high_persons=300)}, "unmet"),
    ("CQ-M06", {"training": training(persons=1501, high_persons=300)}, "unmet"),
    ("CQ-M07", {}, "judged"),
    ("CQ-M08", {"teachers": teachers(students=1320, total=60)}, "met"),
    ("CQ-M08", {"teachers": teachers(students=1321, total=60)}, "unmet"),
    ("CQ-M08", {"teachers": teachers(students=1200, total=60)}, "met"),
    ("CQ-M08", {"teachers": teachers(students=900, total=60)}, "met"),
    ("CQ-M09", {"teachers": teachers(senior_qualified=7, practice=20)}, "met"),
    ("CQ-M09", {"teachers": teachers(senior_qualified=17, practice=49)}, "unmet"),
    ("CQ-M10", partners("large", "medium", "medium"), "met"),
    ("CQ-M10", partners("large", "medium", "small", "other"), "unmet"),
    ("CQ-M11", professions(3), "met"),
    ("CQ-M11", professions(2, rest=1), "unmet"),
    ("CQ-M11", professions(2, rest=1) | ENTERPRISE, "not_applicable"),
    ("CQ-M12", {}, "met"),
    ("CQ-M12", partners("large", "large", "large", joint_base="no"), "explain"),
    ("CQ-M12", partners("large", "large", "large", hired=0), "explain"),
    ("CQ-M12", ENTERPRISE, "not_applicable"),
    ("CQ-N03", {}, "not_applicable"),
]


@pytest.mark.parametrize(
    ("code", "sections", "expected"), [pytest.param(*case, marks=pytest.mark.rule(case[0])) for case in MUNICIPAL]
)
def test_the_municipal_level(code: str, sections: dict[str, Any], expected: str) -> None:
    assert verdict(code, "municipal", **sections) == expected


def claims(number: int, **sections: Any) -> dict[str, Any]:
    return {"merits": merits(**{f"p{number}": "yes", f"p{number}_page": "第 15 页"}), **sections}


def in_contests(*roles: str, worldskills: str = "municipal", claim: str = "yes") -> dict[str, Any]:
    rows = [contest(role) for role in roles]
    return {"merits": merits(p4=claim, p4_page="第 20 页", worldskills=worldskills, contests=rows)}


_FIVE = {"bases": {"has_existing": "yes", "items": [base()]}, "teachers": teachers(students=2000, senior_students=600)}
_FOUR_OF_FIVE = {"items": [*(profession(number) for number in range(1, 5)), profession(5, priority="no")]}
_THREE_OF_FOUR = {"items": [*(profession(number) for number in range(1, 4)), profession(4, priority="no")]}
PREFERENCES = [
    ("CQ-P1", claims(1, training=training(person_times=9000, persons=5000, high_persons=2000)), "met"),
    ("CQ-P1", claims(1, training=training(person_times=9000, persons=4999, high_persons=2000)), "unmet"),
    ("CQ-P1", claims(1, training=training(person_times=9000, persons=5000, high_persons=1999)), "unmet"),
    ("CQ-P1", {"training": training(person_times=9000, persons=5000, high_persons=2000)}, "unmet"),
    ("CQ-P2", claims(2, training=training(person_times=9000, persons=4000, digital=3000, digital_high=1000)), "met"),
    ("CQ-P2", claims(2, training=training(digital=2999, digital_high=1000)), "unmet"),
    ("CQ-P2", claims(2, training=training(digital=3000, digital_high=999)), "unmet"),
    ("CQ-P3", claims(3, training=training(evaluated=1000)), "met"),
    ("CQ-P3", claims(3, training=training(evaluated=999)), "unmet"),
    ("CQ-P3", claims(3, training=training(evaluated=1000, evaluator="no")), "unmet"),
    ("CQ-P4", in_contests("award", "host"), "met"),
    ("CQ-P4", in_contests("award", "support", worldskills="national"), "met"),
    ("CQ-P4", in_contests("award"), "unmet"),
    ("CQ-P4", in_contests("host"), "unmet"),
    ("CQ-P4", in_contests("award", "host", worldskills="none"), "unmet"),
    ("CQ-P4", in_contests("award", "host", claim="no"), "unmet"),
    ("CQ-P5", claims(5, **_FIVE, professions=_FOUR_OF_FIVE), "met"),
    ("CQ-P5", claims(5, **_FIVE, professions=_THREE_OF_FOUR), "unmet"),
    ("CQ-P5", claims(5, **_FIVE | {"teachers": teachers(students=2000, senior_students=599)}), "unmet"),
    ("CQ-P5", claims(5, **_FIVE | {"bases": {"has_existing": "yes", "items": [base("qualified")]}}), "unmet"),
    ("CQ-P5", claims(5, **_FIVE, unit=unit(kind="school")), "not_applicable"),
]


@pytest.mark.parametrize(
    ("code", "sections", "expected"), [pytest.param(*case, marks=pytest.mark.rule(case[0])) for case in PREFERENCES]
)
@pytest.mark.parametrize("track", ["national", "municipal"])
def test_the_preferences_reach_both_levels_and_block_neither(
    track: str, code: str, sections: dict[str, Any], expected: str
) -> None:
    found = result(code, facts(track, answers(track, **sections)))
    assert found.verdict == expected
    assert not found.blocks


@pytest.mark.rule("CQ-A-03")
def test_fewer_students_to_a_teacher_is_better_unless_the_setting_says_otherwise() -> None:
    given = answers("municipal", teachers=teachers(students=1199, total=60))
    found = result("CQ-M08", facts("municipal", given))
    assert (found.verdict, found.required) == ("met", "优于 1:20 的视为符合")
    assert result("CQ-M08", facts("municipal", given, ratio__below_range="refuse")).verdict == "unmet"


@pytest.mark.rule("CQ-A-06")
@pytest.mark.parametrize(("track", "code"), [("national", "CQ-N10"), ("municipal", "CQ-M05")])
def test_the_share_is_asked_of_everyone_only_by_the_setting(track: str, code: str) -> None:
    given = answers(track, workforce=workforce(senior=0))
    assert result(code, facts(track, given)).verdict == "not_applicable"
    assert result(code, facts(track, given, share__applies="all")).verdict == "unmet"


@pytest.mark.rule("CQ-M12")
def test_a_school_without_joint_training_submits_with_a_reason() -> None:
    rows = [partner(number, joint_base="no") for number in range(1, 4)]
    silent = facts("municipal", answers("municipal", cooperation={"partners": rows}))
    assert [problem.path for problem in blocking(EDITION, silent)] == ["cooperation/joint_note"]
    said = {"partners": rows, "joint_note": "学生实习基地协议正在续签，预计 9 月完成。"}
    assert blocking(EDITION, facts("municipal", answers("municipal", cooperation=said))) == []


@pytest.mark.rule("CQ-A-12")
@pytest.mark.parametrize(("files", "problems"), [({}, ["#operations_report"]), ({"operations_report": 1}, [])])
def test_who_has_a_base_reports_on_it_outside_the_thirty_pages(files: dict[str, int], problems: list[str]) -> None:
    given = answers("municipal", bases={"has_existing": "yes", "items": [base()]})
    assert [each.path for each in check_materials(EDITION, facts("municipal", given, FILES | files))] == problems


@pytest.mark.rule("CQ-A-01")
def test_a_cross_application_needs_its_letter() -> None:
    crossed = {**answers("municipal")["municipal"], "cross": "yes"}
    given = answers("municipal", municipal=crossed)
    assert [each.path for each in check_materials(EDITION, facts("municipal", given))] == ["#commitment_letter"]
    assert check_materials(EDITION, facts("municipal", given, FILES | {"commitment_letter": 1})) == []


@pytest.mark.parametrize(
    ("count", "message"), [(0, "未上传，请上传扫描件"), (1, ""), (2, "最多 1 份，现有 2 份，请合并")]
)
def test_the_evidence_is_one_file(count: int, message: str) -> None:
    found = check_materials(EDITION, facts("national", answers("national"), {"evidence": count}))
    assert [each.message for each in found] == ([message] if message else [])


@pytest.mark.parametrize("pledge", ["truth", "copies"])
def test_a_pledge_not_given_stops_submission(pledge: str) -> None:
    given = answers("national", pledge={**answers("national")["pledge"], pledge: "no"})
    assert [each.path for each in blocking(EDITION, facts("national", given))] == [f"pledge/{pledge}"]


@pytest.mark.parametrize("track", ["national", "municipal"])
def test_an_empty_draft_is_told_what_is_missing_but_never_that_it_failed(track: str) -> None:
    found = blocking(EDITION, facts(track, {}, {}))
    assert found
    assert all(problem.missing for problem in found)
