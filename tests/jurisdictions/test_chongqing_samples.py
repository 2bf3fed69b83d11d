"""The invented units of the Chongqing demonstration: acceptable on any day, and of every kind the policy knows."""

from collections import Counter
from datetime import date

import pytest

from portal.policy import registry
from portal.policy.sample import SampleUnit, samples_of
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for
from portal.policy.values import credit_code_is_valid

EDITION = registry.current("chongqing")
SAMPLES = samples_of("chongqing")
assert SAMPLES is not None
UNITS = SAMPLES.units


def files(answers: dict[str, dict[str, str]]) -> dict[str, int]:
    return {"evidence": 1} | ({"operations_report": 1} if answers["bases"]["has_existing"] == "yes" else {})


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.key)
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2024, 7, 10), date(2027, 1, 1)])
def test_a_sample_may_be_submitted_on_any_day(unit: SampleUnit, day: date) -> None:
    answers = dict(unit.answers(day))
    known = facts_for(EDITION, unit.track, answers, files(answers), on=day)
    assert check_form(EDITION, known).problems == []
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == answers


def test_the_samples_stay_within_every_quota_and_take_an_open_route() -> None:
    rule = EDITION.recommendation()
    assert rule is not None
    values = EDITION.setting_values()
    kinds = {office.key: office.kind for office in EDITION.profile.offices}
    routes = {route.key: route for route in rule.routes}
    used = Counter((unit.recommender, rule.line_for(unit.track).key) for unit in UNITS)
    for (_, line), count in used.items():
        assert count <= values[f"quota.{line}"]
    assert all(kinds[unit.recommender] in routes[unit.route].kinds for unit in UNITS)


def test_the_samples_show_every_level_tier_category_and_some_misses() -> None:
    given = [(unit, unit.answers(date(2024, 7, 10))) for unit in UNITS]
    assert {each["national"]["tier"] for _, each in given if "national" in each} == set("ABCD")
    wanted = {(each["municipal"]["category"], each["municipal"]["support"]) for _, each in given if "municipal" in each}
    assert {category for category, _ in wanted} == {"international", "digital", "other"}
    assert {support for _, support in wanted} == {"funded", "named"}
    results = {
        unit.key: {each.condition.code: each.verdict.value for each in evaluate_all(EDITION, known)}
        for unit, each in given
        for known in [facts_for(EDITION, unit.track, each, on=date(2024, 7, 10))]
    }
    assert {key for key, found in results.items() if "explain" in found.values()} == {"kangyang"}
    preferred = {code for found in results.values() for code, said in found.items() if "-P" in code and said == "met"}
    assert preferred == {f"CQ-P{number}" for number in range(1, 6)}


def test_nobody_is_named_twice_and_codes_are_synthetic_but_valid() -> None:
    codes = [unit.credit_code for unit in UNITS]
    assert len(set(codes)) == len(UNITS) >= 10
    assert all(credit_code_is_valid(code) for code in codes)
    keys = [unit.key for unit in UNITS] + [expert.key for expert in SAMPLES.experts]
    assert len(set(keys)) == len(keys)
    assert len(SAMPLES.experts) >= 8
