"""The conditions of the Kunshan notice of 2021 at their boundaries."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.policy import registry
from portal.policy.condition import Result
from portal.policy.facts import Facts
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for
from tests.jurisdictions.kunshan_answers import FILES, answers, project, record, teacher

EDITION = registry.current("kunshan")


def facts(given_answers: dict[str, Any], files: dict[str, int] = FILES, **settings: Any) -> Facts:
    overrides = {key.replace("__", "."): value for key, value in settings.items()}
    return facts_for(EDITION, "base", given_answers, files, overrides, on=date(2021, 12, 1))


def result(code: str, known: Facts) -> Result:
    return next(each for each in evaluate_all(EDITION, known) if each.condition.code == code)


def test_a_complete_application_may_be_submitted() -> None:
    known = facts(answers())
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == known.answers


@pytest.mark.rule("KS-C04")
@pytest.mark.parametrize(
    ("teachers", "qualified", "verdict"),
    [(100, 50, "met"), (100, 49, "unmet"), (2, 1, "met"), (125, 62, "unmet"), (126, 63, "met"), (3, 1, "unmet")],
)
def test_half_the_teachers_of_a_project_exactly(teachers: int, qualified: int, verdict: str) -> None:
    assert result("KS-C04", facts(answers(project=[project("a", teachers, qualified)]))).verdict == verdict


@pytest.mark.rule("KS-C04")
def test_every_project_must_pass() -> None:
    known = facts(answers(project=[project("a", 100, 50), project("b", 100, 49)]))
    found = result("KS-C04", known)
    assert (found.verdict, found.blocks) == ("unmet", True)
    assert found.detail == ("第 2 个项目“工业机器人系统运维b”：49/100 = 49%",)
    assert [problem.label for problem in blocking(EDITION, known)] == ["拥有合格师资队伍"]


@pytest.mark.rule("KS-C04")
@pytest.mark.parametrize(
    ("title", "skill", "counted"),
    [
        ("intermediate", "none", 1),
        ("associate", "3", 1),
        ("senior", "none", 1),
        ("none", "2", 1),
        ("junior", "1", 1),
        ("none", "0", 1),
        ("intermediate", "2", 1),
        ("junior", "3", 0),
        ("none", "none", 0),
    ],
)
def test_a_middle_title_or_a_technician_counts_and_both_count_once(title: str, skill: str, counted: int) -> None:
    one = project("a", 1, counted)
    one["teachers"] = {"items": [teacher("t1", title=title, skill=skill)]}
    assert result("KS-C04", facts(answers(project=[one]))).verdict == ("met" if counted else "unmet")
    claimed = project("a", 1, 1)
    claimed["teachers"] = one["teachers"]
    assert result("KS-C04", facts(answers(project=[claimed]))).verdict == ("met" if counted else "unmet")


@pytest.mark.rule("KS-C04")
@given(st.integers(1, 60), st.integers(0, 60))
def test_the_share_is_compared_as_integers_say(teachers: int, qualified: int) -> None:
    qualified = min(teachers, qualified)
    found = result("KS-C04", facts(answers(project=[project("a", teachers, qualified)])))
    assert (found.verdict == "met") is (qualified * 2 >= teachers)


@pytest.mark.rule("KS-C04")
def test_a_claim_that_the_roster_does_not_bear_out_is_refused() -> None:
    claimed = project("a", 4, 2)
    claimed["outline"]["qualified"] = 3
    found = result("KS-C04", facts(answers(project=[claimed])))
    assert found.verdict == "unmet"
    assert "3 与 2" in found.detail[0]
    fewer = project("a", 4, 2)
    fewer["outline"]["teachers"] = 3
    assert result("KS-C04", facts(answers(project=[fewer]))).verdict == "unmet"


@pytest.mark.rule("KS-C05")
@pytest.mark.parametrize(("area", "verdict"), [("1000", "met"), ("1000.00", "met"), ("999.99", "explain")])
def test_a_thousand_square_metres_in_principle(area: str, verdict: str) -> None:
    assert result("KS-C05", facts(answers(base={"area": area}))).verdict == verdict


@pytest.mark.rule("KS-C05")
@pytest.mark.rule("KS-A-06")
def test_a_smaller_building_needs_a_reason_and_no_more() -> None:
    silent = facts(answers(base={"area": "999.99"}))
    assert [problem.path for problem in blocking(EDITION, silent)] == ["base/area_note"]
    assert blocking(EDITION, facts(answers(base={"area": "999.99", "area_note": "错峰使用"}))) == []


@pytest.mark.rule("KS-C06")
@pytest.mark.parametrize("missing", ["fire", "ventilation", "lighting", "climate"])
def test_each_of_the_four_facilities_is_needed(missing: str) -> None:
    assert result("KS-C06", facts(answers())).verdict == "met"
    known = facts(answers(base={missing: "no"}))
    assert result("KS-C06", known).blocks
    assert [problem.path for problem in blocking(EDITION, known)]


@pytest.mark.rule("KS-C02")
def test_public_service_is_declared_and_proved() -> None:
    assert result("KS-C02", facts(answers())).verdict == "met"
    assert result("KS-C02", facts(answers(service={"public_service": "no"}))).blocks
    bare = {key: count for key, count in FILES.items() if key != "service_proof"}
    assert [problem.path for problem in blocking(EDITION, facts(answers(), bare))] == ["#service_proof"]


@pytest.mark.rule("KS-P01")
@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"experience_years": "2"}, "met"),
        ({"experience_years": "1.9"}, "unmet"),
        ({"experienced": "no", "experience_years": ""}, "unmet"),
    ],
)
def test_two_years_of_experience_are_a_preference(changed: dict[str, Any], verdict: str) -> None:
    found = result("KS-P01", facts(answers(training=changed)))
    assert (found.verdict, found.blocks) == (verdict, False)


@pytest.mark.rule("KS-P01")
def test_a_newcomer_without_training_may_apply() -> None:
    given_answers = answers(training={"experienced": "no", "experience_years": "", "records": []})
    assert blocking(EDITION, facts(given_answers)) == []


@pytest.mark.rule("KS-C07")
def test_a_manager_is_named() -> None:
    assert result("KS-C07", facts(answers())).verdict == "judged"
    found = blocking(EDITION, facts(answers(management={"managers": []})))
    assert [problem.path for problem in found] == ["management/managers"]


@pytest.mark.rule("KS-C01")
@pytest.mark.rule("KS-C03")
def test_what_experts_judge_is_not_computed() -> None:
    assert {result(code, facts(answers())).verdict for code in ("KS-C01", "KS-C03")} == {"judged"}


@pytest.mark.rule("KS-K01")
@pytest.mark.parametrize(("trainees", "verdict"), [(150, "met"), (149, "unmet")])
def test_a_hundred_and_fifty_a_year(trainees: int, verdict: str) -> None:
    known = facts(answers(plan={"trainees": trainees, "certified": 120}))
    assert result("KS-K01", known).verdict == verdict
    assert blocking(EDITION, known) == []


@pytest.mark.rule("KS-K02")
@pytest.mark.rule("KS-A-04")
@pytest.mark.parametrize(
    ("certified", "basis", "verdict"),
    [
        (140, "high_skill", "met"),
        (139, "high_skill", "unmet"),
        (140, "all", "unmet"),
        (200, "all", "unmet"),
    ],
)
def test_seventy_in_a_hundred_by_the_denominator_of_the_setting(certified: int, basis: str, verdict: str) -> None:
    plan = {"all_trainees": 300, "trainees": 200, "certified": certified}
    found = result("KS-K02", facts(answers(plan=plan), kpi__denominator=basis))
    assert (found.verdict, found.required, found.blocks) == (verdict, "≥70%", False)
    assert found.reported.startswith(f"{certified}/{200 if basis == 'high_skill' else 300} = ")


@pytest.mark.rule("KS-K02")
def test_the_share_over_all_trainees_at_its_boundary() -> None:
    at = {"all_trainees": 300, "trainees": 250, "certified": 210}
    assert result("KS-K02", facts(answers(plan=at), kpi__denominator="all")).verdict == "met"
    below = {**at, "certified": 209}
    assert result("KS-K02", facts(answers(plan=below), kpi__denominator="all")).verdict == "unmet"


def test_parts_do_not_exceed_the_whole() -> None:
    found = check_form(EDITION, facts(answers(training={"records": [record("r1", certified=81)]}))).problems
    assert [problem.path for problem in found] == ["training/records/r1/certified"]
    found = check_form(EDITION, facts(answers(plan={"trainees": 301}))).problems
    assert [problem.path for problem in found] == ["plan/trainees"]


def test_an_empty_draft_is_told_what_is_missing_but_never_that_it_failed() -> None:
    found = blocking(EDITION, facts({}, {}))
    assert found
    assert all(problem.missing for problem in found)


@pytest.mark.rule("KS-A-06")
@pytest.mark.parametrize(("area", "verdict", "stopped"), [("1000", "met", []), ("999.99", "unmet", ["建筑面积"])])
def test_the_bureau_may_read_in_principle_as_a_must(area: str, verdict: str, stopped: list[str]) -> None:
    known = facts(answers(base={"area": area, "area_note": "错峰使用"}), area__rule="refuse")
    found = result("KS-C05", known)
    assert (found.verdict, found.blocks) == (verdict, bool(stopped))
    assert [problem.label for problem in blocking(EDITION, known)] == stopped
