"""The conditions of 杭人社发〔2023〕115号 at their boundaries."""

from datetime import date
from time import process_time
from typing import Any

import pytest

from portal.policy import registry
from portal.policy.condition import Result
from portal.policy.facts import Facts
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for
from tests.jurisdictions.hangzhou_answers import (
    FILES,
    answers,
    enterprise_standard,
    machine,
    person,
    project,
    school_standard,
)

EDITION = registry.current("hangzhou")


def facts(track: str, given: dict[str, Any], files: dict[str, int] = FILES, **settings: Any) -> Facts:
    overrides = {key.replace("__", "."): value for key, value in settings.items()}
    return facts_for(EDITION, track, given, files, overrides, on=date(2024, 7, 17))


def result(code: str, known: Facts) -> Result:
    return next(each for each in evaluate_all(EDITION, known) if each.condition.code == code)


def school(**changed: Any) -> Facts:
    return facts("school", answers(school_standard(**changed)))


@pytest.mark.parametrize(("track", "standard"), [("school", school_standard()), ("enterprise", enterprise_standard())])
def test_a_complete_application_may_be_submitted(track: str, standard: dict[str, Any]) -> None:
    known = facts(track, answers(standard))
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == known.answers


@pytest.mark.parametrize(
    ("code", "changed", "verdict"),
    [
        ("HZ-S01", {"enrol": 200}, "met"),
        ("HZ-S01", {"enrol": 199}, "explain"),
        ("HZ-S01", {"enrol": 199, "scarce_major": "yes", "enrol_note": "招生困难"}, "waived"),
        ("HZ-S02", {"social_trainees": 500}, "met"),
        ("HZ-S02", {"social_trainees": 499}, "unmet"),
        ("HZ-S03", {"employment_rate": "95"}, "met"),
        ("HZ-S03", {"employment_rate": "94.99"}, "unmet"),
        ("HZ-S05", {"integrated_teachers": 29, "major_teachers": 58}, "met"),
        ("HZ-S05", {"integrated_teachers": 62, "major_teachers": 125}, "unmet"),
        ("HZ-S05", {"integrated_teachers": 0, "major_teachers": 0}, "unknown"),
        ("HZ-S06", {"senior_practice": 2, "practice_teachers": 5}, "met"),
        ("HZ-S06", {"senior_practice": 1999, "practice_teachers": 5000}, "unmet"),
        ("HZ-C01", {"legal_person": "no"}, "unmet"),
        ("HZ-C01", {"credit_code": "91310115MA1H8R7C6D"}, "unmet"),
        ("HZ-C04", {"office_tenure": "leased"}, "unmet"),
        ("HZ-S07", {}, "judged"),
        ("HZ-E01", {}, "not_applicable"),
    ],
)
def test_the_numbers_of_a_school(code: str, changed: dict[str, Any], verdict: str) -> None:
    assert result(code, school(**changed)).verdict == verdict


@pytest.mark.rule("HZ-S04")
def test_ten_partner_firms_still_active() -> None:
    partners = school_standard()["partners"]
    assert result("HZ-S04", school(partners=partners)).verdict == "met"
    assert result("HZ-S04", school(partners=partners[:9])).verdict == "unmet"
    for change in ({"kind": "other"}, {"active": "no"}):
        assert result("HZ-S04", school(partners=[*partners[:9], {**partners[9], **change}])).verdict == "unmet"


@pytest.mark.rule("HZ-S02")
@pytest.mark.rule("HZ-A-07")
def test_the_relaxation_reaches_further_only_by_the_setting() -> None:
    given = answers(school_standard(social_trainees=420, scarce_major="yes", relax_note="紧缺专业"))
    assert result("HZ-S02", facts("school", given)).verdict == "unmet"
    widened = facts("school", given, relax__scope="all")
    assert result("HZ-S02", widened).verdict == "waived"
    assert blocking(EDITION, widened) == []
    unsaid = facts("school", answers(school_standard(social_trainees=420, scarce_major="yes")), relax__scope="all")
    assert "standard/relax_note" in {problem.path for problem in blocking(EDITION, unsaid)}


def with_project(*projects: dict[str, Any], **settings: Any) -> Facts:
    return facts("school", answers(project=list(projects)), **settings)


@pytest.mark.rule("HZ-C03")
@pytest.mark.rule("HZ-A-06")
def test_leased_equipment_is_explained_row_by_row_or_refused_by_the_setting() -> None:
    rows = [machine(f"e{number}") for number in range(10)] + [machine("e10", tenure="leased")]
    silent = with_project(project(equipment={"items": rows}))
    found = result("HZ-C03", silent)
    assert (found.verdict, found.reported, found.blocks) == ("explain", "11 行中 1 行为租赁", False)
    assert [problem.path for problem in blocking(EDITION, silent)] == ["project/a1/equipment/items/e10/lease_note"]
    rows[-1]["lease_note"] = "非所列工种必需"
    explained = project(equipment={"items": rows})
    assert blocking(EDITION, with_project(explained)) == []
    assert result("HZ-C03", with_project(explained, equipment__leased="refuse")).blocks


@pytest.mark.rule("HZ-C03")
def test_government_equipment_is_not_leased_and_a_leased_site_is_refused() -> None:
    assert (
        result("HZ-C03", with_project(project(equipment={"items": [machine("e", tenure="government")]}))).blocks
        is False
    )
    site = {**project()["site"], "leased_area": "10"}
    found = result("HZ-C03", with_project(project(), project("b2", site=site)))
    assert found.verdict == "unmet"
    assert "第 2 个项目" in found.detail[0]


@pytest.mark.rule("HZ-C05")
def test_every_project_needs_its_own_full_time_people() -> None:
    part_time = {**project()["staff"], "managers": [person("p1", "张管理", engagement="part_time")]}
    found = result("HZ-C05", with_project(project(), project("b2", staff=part_time)))
    assert found.verdict == "unmet"
    assert "0 名专职管理人员" in found.detail[0]


def enterprise(**changed: Any) -> Facts:
    return facts("enterprise", answers(enterprise_standard(**changed)))


@pytest.mark.rule("HZ-E02")
@pytest.mark.rule("HZ-A-09")
@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ({"accrued": "400.00"}, "met"),
        ({"accrued": "399.99"}, "unmet"),
        ({"used": "0"}, "unmet"),
        ({"year": 2020}, "unmet"),
        ({"year": 2022}, "unmet"),
        ({"accrued": ""}, "unknown"),
    ],
)
def test_the_training_fund_is_full_and_used_in_each_of_three_years(row: dict[str, Any], verdict: str) -> None:
    funds = enterprise_standard()["funds"]
    assert result("HZ-E02", enterprise(funds=[{**funds[0], **row}, *funds[1:]])).verdict == verdict


@pytest.mark.rule("HZ-E01")
def test_an_enterprise_names_its_industry_with_proof() -> None:
    assert result("HZ-E01", enterprise(industry="catering")).verdict == "unmet"
    bare = {key: count for key, count in FILES.items() if key != "industry_proof"}
    known = facts("enterprise", answers(enterprise_standard()), bare)
    assert [problem.path for problem in blocking(EDITION, known)] == ["#industry_proof"]


@pytest.mark.rule("HZ-A-10")
@pytest.mark.parametrize(("standard", "given"), [("school", school_standard()), ("enterprise", enterprise_standard())])
def test_another_kind_of_unit_is_held_to_the_standard_it_names(standard: str, given: dict[str, Any]) -> None:
    known = facts("other", answers({**given, "applied_standard": standard}))
    assert blocking(EDITION, known) == []
    codes = {each.condition.code[3] for each in evaluate_all(EDITION, known) if each.verdict != "not_applicable"}
    assert codes == {"C", standard[0].upper()}
    unnamed = facts("other", answers(given))
    assert "standard/applied_standard" in {problem.path for problem in blocking(EDITION, unnamed)}


@pytest.mark.rule("HZ-C02")
def test_pledges_not_given_stop_submission() -> None:
    pledge = {"public_service": "no", "matching_funds": "no"}
    found = blocking(EDITION, facts("school", answers(pledge=pledge)))
    assert {problem.label for problem in found} == {"公共服务意愿", "配套经费"}


def test_a_teacher_counts_once_and_parts_do_not_exceed_the_whole() -> None:
    found = check_form(EDITION, school(integrated_teachers=59)).problems
    assert [(problem.path, problem.message) for problem in found] == [
        ("standard/integrated_teachers", "不能大于“专业课教师总数”58，请核对")
    ]


def test_an_empty_draft_is_told_what_is_missing_but_never_that_it_failed() -> None:
    found = blocking(EDITION, facts("school", {}, {}))
    assert found
    assert all(problem.missing for problem in found)


def test_a_form_with_two_hundred_rows_is_checked_quickly() -> None:
    rows = [machine(f"e{number}") for number in range(200)]
    known = with_project(project(equipment={"items": rows}))
    spent = []
    for _ in range(5):
        begin = process_time()
        assert check_form(EDITION, known).problems == []
        spent.append(process_time() - begin)
    assert min(spent) < 0.03
