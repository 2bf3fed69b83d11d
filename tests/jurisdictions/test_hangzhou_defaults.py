"""What 杭人社发〔2023〕115号 leaves open: each default holds its setting, and what the setting drives follows it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.policy import registry
from portal.policy.condition import Result
from portal.policy.draw import Exclusion
from portal.policy.form import Section, Table
from portal.policy.procedure import StageKind
from portal.policy.scoring import PerEvent
from portal.policy.validation import evaluate_all, facts_for
from tests.jurisdictions.hangzhou_answers import FILES, answers, enterprise_standard, school_standard

EDITION = registry.current("hangzhou")
SETTINGS = {setting.key: setting for setting in EDITION.settings}
SHEET = EDITION.assessment
assert SHEET is not None


def result(
    code: str, given: dict[str, Any], track: str = "school", files: dict[str, int] = FILES, **settings: Any
) -> Result:
    overrides = {key.replace("__", "."): value for key, value in settings.items()}
    known = facts_for(EDITION, track, given, files, overrides, on=date(2024, 7, 17))
    return next(each for each in evaluate_all(EDITION, known) if each.condition.code == code)


@pytest.mark.parametrize(
    ("code", "key", "value"),
    [
        ("HZ-A-01", "grade.bounds", "half_open"),
        ("HZ-A-02", "grade.sixty", "合格"),
        ("HZ-A-03", "grade.basis", "total"),
        ("HZ-A-04", "item12.aggregate", "min"),
        ("HZ-A-05", "item13.period", "cycle"),
        ("HZ-A-06", "equipment.leased", "explain"),
        ("HZ-A-07", "relax.scope", "enrolment"),
        ("HZ-A-08", "form.supplement", "added"),
        ("HZ-A-09", "fund.full", "stated_due"),
        ("HZ-A-10", "other.standard", "chosen"),
        ("HZ-A-11", "assessment.minimum_months", 12),
        ("HZ-A-12", "revocation.hearing_days", 5),
        ("HZ-A-13", "label.bureau", "市人力社保局"),
        ("HZ-A-14", "assessment.unit", "base"),
        ("HZ-A-15", "draw.years", 3),
    ],
)
def test_each_default_is_a_setting_with_its_answer(code: str, key: str, value: object) -> None:
    default = next(each for each in EDITION.defaults if each.code == code)
    assert (default.setting, default.value, SETTINGS[key].value, SETTINGS[key].default) == (key, value, value, code)


@pytest.mark.rule("HZ-A-02")
def test_sixty_is_a_pass_as_the_setting_says() -> None:
    assert SHEET.grade_of(Decimal(60)).title == SETTINGS["grade.sixty"].value
    assert SHEET.grade_of(Decimal("59.99")).title == "不合格"


@pytest.mark.rule("HZ-A-03")
def test_the_bonus_counts_towards_the_grade_unless_the_basis_is_changed() -> None:
    assert SHEET.basis_setting == "grade.basis"
    scores = {item.number: item.max_points for item in SHEET.items} | {12: Decimal(8)}
    values = EDITION.setting_values()
    assert SHEET.result(scores, values, ()).grade.title == "优秀"
    assert SHEET.result(scores, values, ()).flagged
    assert SHEET.result(scores, EDITION.setting_values({"grade.basis": "base"}), ()).grade.title == "合格"


@pytest.mark.rule("HZ-A-05")
@pytest.mark.parametrize("number", [13, 14])
def test_contests_and_services_are_capped_once_for_the_cycle(number: int) -> None:
    item = SHEET.items[number - 1]
    assert isinstance(item.formula, PerEvent)
    kind = item.formula.points_by_kind[0][0]
    assert item.formula.points({kind: 3}) == 6
    assert item.formula.points({kind: 9}) == item.formula.cap == item.max_points


@pytest.mark.rule("F14")
@pytest.mark.rule("HZ-A-08")
def test_what_the_standard_asks_and_the_official_form_lacks_is_added_and_marked() -> None:
    for reference in ("standard.credit_code", "standard.enrol", "project.staff.managers.engagement"):
        assert getattr(EDITION.form.find(reference), "supplement", False), reference
    tenure = EDITION.form.find("project.equipment.items.tenure")
    assert getattr(tenure, "supplement", False)
    official = EDITION.form.find("basic")
    assert isinstance(official, Section)
    assert not [item.key for item in official.items if item.supplement]


@pytest.mark.rule("HZ-A-09")
@pytest.mark.parametrize(("accrued", "due", "verdict"), [("400", "400", "met"), ("400", "400.01", "unmet")])
def test_the_fund_is_full_against_what_the_enterprise_states(accrued: str, due: str, verdict: str) -> None:
    funds = enterprise_standard()["funds"]
    given = answers(enterprise_standard(funds=[{**funds[0], "accrued": accrued, "due": due}, *funds[1:]]))
    assert result("HZ-E02", given, "enterprise").verdict == verdict
    assert isinstance(EDITION.form.find("standard.funds"), Table)


@pytest.mark.rule("HZ-A-11")
@pytest.mark.rule("HZ-A-14")
def test_a_base_is_assessed_as_a_whole_every_two_years() -> None:
    assert SHEET.cycle == "每两年一次"
    assert SETTINGS["assessment.minimum_months"].unit == "个月"
    assert all("项目" not in item.group or item.bonus for item in SHEET.items)
    stage = EDITION.stage(StageKind.ASSESSMENT)
    assert stage is not None
    assert "每两年" in stage.text


@pytest.mark.rule("HZ-A-12")
def test_before_revocation_there_are_five_days_to_speak() -> None:
    stage = EDITION.stage(StageKind.REVOCATION)
    assert stage is not None
    assert stage.days_setting == "revocation.hearing_days"
    assert stage.default == "HZ-A-12"


@pytest.mark.rule("HZ-A-13")
def test_one_name_for_the_bureau() -> None:
    actors = {stage.actor.split("、")[0] for stage in EDITION.procedure}
    assert {actor for actor in actors if "社保" in actor} == {SETTINGS["label.bureau"].value}


@pytest.mark.rule("HZ-A-15")
def test_experts_are_drawn_and_those_near_the_unit_left_out() -> None:
    draw = EDITION.panel.draw
    assert draw is not None
    assert (draw.years_setting, draw.default, draw.stratified) == ("draw.years", "HZ-A-15", True)
    assert {Exclusion.SAME_UNIT, Exclusion.SAME_GROUP, Exclusion.RECENT_SERVICE} <= set(draw.exclusions)


@pytest.mark.rule("HZ-C06")
@pytest.mark.parametrize("missing", ["rules_training", "rules_assets"])
def test_both_sets_of_rules_must_be_there(missing: str) -> None:
    given = answers(school_standard())
    assert result("HZ-C06", given).verdict == "met"
    without = result("HZ-C06", given, files={key: 1 for key in FILES if key != missing})
    assert without.verdict in {"unmet", "unknown"}
    assert without.blocks


@pytest.mark.parametrize("code", ["HZ-C07", "HZ-C08", "HZ-C09", "HZ-S07", "HZ-S09"])
def test_a_person_judges_what_no_number_says(code: str) -> None:
    found = result(code, answers(school_standard()))
    assert (found.verdict, found.blocks) == ("judged", False)


@pytest.mark.parametrize(
    ("code", "track", "standard"),
    [("HZ-S08", "school", school_standard()), ("HZ-E03", "enterprise", enterprise_standard())],
)
@pytest.mark.parametrize(
    ("pledge", "verdict"),
    [
        ({"matching_funds": "yes", "matching_amount": "0.01"}, "met"),
        ({"matching_funds": "yes", "matching_amount": "0"}, "unmet"),
        ({"matching_funds": "no", "matching_amount": "300.00"}, "unmet"),
    ],
)
def test_matching_funds_are_promised_with_an_amount_and_proved(
    code: str, track: str, standard: dict[str, Any], pledge: dict[str, str], verdict: str
) -> None:
    given = answers(standard, pledge={"public_service": "yes", **pledge})
    assert result(code, given, track).verdict == verdict
    assert result(code, given, track, {key: 1 for key in FILES if key != "matching_proof"}).verdict != "met"
