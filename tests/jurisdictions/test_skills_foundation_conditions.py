"""The reference standard of 人社厅函〔2022〕162号 附件1 at its boundaries: a miss is explained, never refused."""

from datetime import date
from typing import Any

import pytest

from portal.policy import registry
from portal.policy.condition import Result
from portal.policy.facts import Facts
from portal.policy.text import count
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for
from tests.jurisdictions.skills_foundation_answers import FILES, answers, evaluation, occupation, years

EDITION = registry.current("skills_foundation")


def facts(files: dict[str, int] | None = None, settings: dict[str, Any] | None = None, **sections: Any) -> Facts:
    given = FILES if files is None else files
    return facts_for(EDITION, "base", answers(**sections), given, settings, on=date(2022, 11, 16))


def result(code: str, known: Facts) -> Result:
    return next(each for each in evaluate_all(EDITION, known) if each.condition.code == code)


def paths(known: Facts) -> set[str]:
    return {problem.path for problem in blocking(EDITION, known)}


def test_a_complete_application_may_be_submitted() -> None:
    known = facts()
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == known.answers
    verdicts = {each.condition.code: each.verdict for each in evaluate_all(EDITION, known)}
    assert {code for code, verdict in verdicts.items() if verdict == "judged"} == {
        f"GJ-C{number:02}" for number in (4, 5, 6, 7, 13, 15, 16)
    }
    assert set(verdicts.values()) == {"met", "judged"}


NOTE = {"GJ-C01": "kind", "GJ-C02": "scale", "GJ-C03": "advanced", "GJ-C08": "capacity", "GJ-C10": "equipment_value",
        "GJ-C11": "facilities", "GJ-C17": "pass_rate", "GJ-C18": "satisfaction", "GJ-C09": "equipped", "GJ-C12": "experts",
        "GJ-S01": "integrated", "GJ-S02": "instructors"}  # fmt: skip


def _case(code: str, section: str, changed: dict[str, Any], verdict: str) -> Any:
    return pytest.param(code, section, changed, verdict, marks=pytest.mark.rule(code))


def totals(*figures: tuple[int, int]) -> dict[str, Any]:
    return {"totals": years(*figures)}


@pytest.mark.parametrize(
    ("code", "section", "changed", "verdict"),
    [
        *[_case("GJ-C01", "unit", {"kind": [kind]}, "met") for kind in ("leading", "champion", "little_giant", "public")],
        _case("GJ-C01", "unit", {"kind": ["other", "leading"], "kind_other": "民办职业培训学校"}, "met"),
        _case("GJ-C01", "unit", {"kind": ["other"], "kind_other": "民办职业培训学校"}, "explain"),
        _case("GJ-C02", "evaluation", totals((2000, 400), (2000, 400), (2000, 400)), "met"),
        _case("GJ-C02", "evaluation", totals((9000, 400), (9000, 400), (1999, 400)), "explain"),
        _case("GJ-C02", "evaluation", totals((1999, 400), (2001, 401), (2000, 400)), "met"),
        _case("GJ-C02", "evaluation", totals((1999, 400), (2000, 400), (2000, 400)), "explain"),
        _case("GJ-C03", "evaluation", totals((3000, 0), (3000, 0), (2600, 520)), "met"),
        _case("GJ-C03", "evaluation", totals((3000, 3000), (3000, 3000), (2601, 520)), "explain"),
        _case("GJ-C03", "evaluation", totals((3000, 3000), (3000, 3000), (2600, 519)), "explain"),
        _case("GJ-C08", "site", {"capacity": 2000}, "met"),
        _case("GJ-C08", "site", {"capacity": 1999}, "explain"),
        _case("GJ-C10", "site", {"equipment_value": "2000"}, "met"),
        _case("GJ-C10", "site", {"equipment_value": "1999.99"}, "explain"),
        *[_case("GJ-C11", "standard", {key: "no"}, "explain") for key in ("multimedia", "books", "resource_bank")],
        _case("GJ-C11", "standard", {"information_platform": "no"}, "explain"),
        _case("GJ-C17", "standard", {"pass_rate": "90"}, "met"),
        _case("GJ-C17", "standard", {"pass_rate": "89.99"}, "explain"),
        _case("GJ-C18", "standard", {"employer_satisfaction": "90", "learner_satisfaction": "90"}, "met"),
        _case("GJ-C18", "standard", {"employer_satisfaction": "89.99"}, "explain"),
        _case("GJ-C18", "standard", {"learner_satisfaction": "89.99"}, "explain"),
        _case("GJ-S01", "staff", {"integrated": 96}, "met"),
        _case("GJ-S01", "staff", {"integrated": 97}, "explain"),
        _case("GJ-S02", "staff", {"title_other": 11}, "explain"),
        _case("GJ-S02", "staff", {"level_other": 1}, "explain"),
        _case("GJ-S02", "staff", {"instructors": 41, "title_other": 11, "level_other": 3}, "met"),
    ],
)  # fmt: skip
def test_each_number_at_its_boundary(code: str, section: str, changed: dict[str, Any], verdict: str) -> None:
    known = facts(**{section: changed})
    assert result(code, known).verdict == verdict
    assert paths(known) == ({f"notes/{NOTE[code]}"} if verdict == "explain" else set())


@pytest.mark.rule("GJ-A-10")
def test_every_miss_is_explained_and_then_may_be_submitted() -> None:
    missed = {
        "unit": {"kind": ["other"], "kind_other": "企业职工培训中心"},
        "site": {"capacity": 1, "equipment_value": "1", "robot_value": "0"},
        "staff": {"integrated": 97, "title_other": 11},
        "evaluation": evaluation(totals=years((9, 1), (9, 1), (9, 1)), occupations=[occupation(0, experts=1)]),
        "standard": {"books": "no", "pass_rate": "1", "learner_satisfaction": "1"},
    }
    assert paths(facts(**missed)) == {f"notes/{key}" for key in NOTE.values()}
    known = facts(**missed, notes=dict.fromkeys(NOTE.values(), "原因、现状和改进措施。"))
    assert blocking(EDITION, known) == []
    explained = {each.condition.code for each in evaluate_all(EDITION, known) if each.verdict == "explain"}
    assert explained == set(NOTE)


@pytest.mark.rule("GJ-C09")
def test_three_occupations_have_matching_equipment() -> None:
    four = [occupation(number) for number in range(4)]
    bare = {"equipped": "no", "equipment": ""}
    three = [*four[:3], {**four[3], **bare}]
    assert result("GJ-C09", facts(evaluation={"occupations": three})).verdict == "met"
    two = [*four[:2], *({**each, **bare} for each in four[2:])]
    known = facts(evaluation={"occupations": two})
    assert (result("GJ-C09", known).verdict, paths(known)) == ("explain", {"notes/equipped"})


@pytest.mark.rule("GJ-C12")
def test_every_occupation_has_three_experts() -> None:
    rows = [occupation(0), occupation(1), occupation(2, experts=2)]
    found = result("GJ-C12", facts(evaluation={"occupations": rows}))
    assert (found.verdict, found.detail) == ("explain", ("第 3 个职业（工种）“电工”：2 名专家",))
    many = [occupation(0, experts=50), occupation(1, experts=0), occupation(2)]
    assert result("GJ-C12", facts(evaluation={"occupations": many})).verdict == "explain"


@pytest.mark.rule("GJ-A-03")
def test_the_year_that_counts_is_the_latest_or_by_the_setting_the_mean() -> None:
    dropped = totals((3000, 900), (3000, 900), (1800, 300))
    raised = totals((1500, 100), (1500, 100), (2400, 480))
    mean = {"stats.basis": "mean"}
    assert result("GJ-C02", facts(evaluation=dropped)).verdict == "explain"
    assert result("GJ-C02", facts(settings=mean, evaluation=dropped)).verdict == "met"
    assert result("GJ-C03", facts(settings=mean, evaluation=dropped)).verdict == "met"
    found = result("GJ-C02", facts(evaluation=raised))
    assert (found.verdict, found.required, found.reported) == ("explain", "各年平均≥2,000 人次", "1,800 人次")
    assert result("GJ-C03", facts(evaluation=raised)).verdict == "met"
    assert result("GJ-C03", facts(settings=mean, evaluation=raised)).verdict == "explain"


@pytest.mark.rule("GJ-A-03")
def test_the_years_are_given_by_the_call() -> None:
    assert paths(facts(settings={"stats.years": "2020,2021,2022"})) == {"evaluation/totals"}
    rows = years((2400, 600), (2500, 600), (2600, 700), first=2020)
    assert paths(facts(settings={"stats.years": "2020,2021,2022"}, evaluation={"totals": rows})) == set()


@pytest.mark.parametrize(
    ("code", "slots"),
    [
        pytest.param(code, slots, marks=pytest.mark.rule(code))
        for code, slots in (
            ("GJ-C14", ("teacher_plan",)),
            ("GJ-C19", ("rules_training", "rules_finance", "rules_risk", "emergency_plan")),
            ("GJ-C20", ("annual_plan", "rules_quality", "rules_oversight")),
            ("GJ-C21", ("funding_proof",)),
        )
    ],
)
def test_a_document_asked_for_must_be_there(code: str, slots: tuple[str, ...]) -> None:
    assert result(code, facts()).verdict == "met"
    for slot in slots:
        known = facts({key: number for key, number in FILES.items() if key != slot})
        assert result(code, known).verdict == "unknown"
        assert paths(known) == {f"#{slot}"}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(code, marks=pytest.mark.rule(code))
        for code in ("GJ-C04", "GJ-C05", "GJ-C06", "GJ-C07", "GJ-C13", "GJ-C15", "GJ-C16")
    ],
)
def test_what_only_a_person_can_judge_is_left_to_one(code: str) -> None:
    found = result(code, facts())
    assert (found.verdict, found.blocks) == ("judged", False)


@pytest.mark.rule("GJ-A-07")
def test_a_chapter_holds_three_thousand_words_as_officials_count() -> None:
    text = "技" * 2990 + " 2027 年 HR-VMC650U 型 1,204 人\n"
    assert (count(text, "words"), len(text) > 3000) == (2996, True)
    assert paths(facts(chapter1={"text": text})) == set()
    assert paths(facts(chapter3={"text": "技" * 2999 + "。   "})) == set()
    found = blocking(EDITION, facts(chapter3={"text": "技" * 3000 + "。"}))
    assert [(each.path, each.message) for each in found] == [
        ("chapter3/text", "已填 3,001 字，超过 3,000 字，请删减 1 字")
    ]


@pytest.mark.rule("GJ-A-09")
def test_a_unit_without_a_department_above_it_says_why() -> None:
    without = {"has_supervisor": "no", "supervisor": ""}
    assert paths(facts(cover=without)) == {"cover/no_supervisor_reason"}
    assert paths(facts(cover={**without, "no_supervisor_reason": "民营企业"})) == set()
    strict = {"seal.supervisor": "required"}
    assert paths(facts(settings=strict, cover={**without, "no_supervisor_reason": "民营企业"})) == {"cover/supervisor"}


@pytest.mark.rule("GJ-A-11")
@pytest.mark.parametrize("changed", [{"robot_count": 1281}, {"robot_value": "3650.01"}])
def test_robots_are_part_of_the_equipment(changed: dict[str, Any]) -> None:
    assert paths(facts(site=changed)) == {f"site/{next(iter(changed))}"}
    assert paths(facts(site={"robot_count": 1280, "robot_value": "3650.00"})) == set()


def test_advanced_workers_are_part_of_those_trained() -> None:
    rows = years((2400, 600), (2400, 2401), (2600, 700))
    assert len(paths(facts(evaluation={"totals": rows}))) == 1


def test_a_unit_that_is_no_assessing_body_is_not_asked_for_its_licence() -> None:
    no = {"is_body": "no", "granted_on": "", "granted_count": ""}
    bare = {key: number for key, number in FILES.items() if key != "body_proof"}
    assert paths(facts(bare, evaluation=no)) == set()
    assert paths(facts(bare)) == {"#body_proof"}
    unsaid = {"is_body": "yes", "granted_on": "", "granted_count": ""}
    assert paths(facts(evaluation=unsaid)) == {"evaluation/granted_on", "evaluation/granted_count"}


def test_an_empty_draft_is_told_what_is_missing_but_never_that_it_failed() -> None:
    found = blocking(EDITION, facts_for(EDITION, "base", {}, {}, on=date(2022, 11, 16)))
    assert found
    assert all(problem.missing for problem in found)
    assert not any(problem.section_path == "notes" for problem in found)
