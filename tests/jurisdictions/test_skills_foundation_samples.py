"""The demonstration's units: complete on any day, ranked by several leagues, a few with a miss that is explained."""

from collections import Counter
from datetime import date

import pytest

from portal.policy import registry
from portal.policy.facts import Facts
from portal.policy.sample import SampleUnit, samples_of
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for, shown
from portal.policy.values import credit_code_is_valid

EDITION = registry.current("skills_foundation")
SAMPLES = samples_of("skills_foundation")
assert SAMPLES is not None
UNITS, EXPERTS = SAMPLES.units, SAMPLES.experts


def facts(unit: SampleUnit, day: date) -> Facts:
    form = {key: dict(section) for key, section in unit.answers(day).items()}
    form["unit"]["credit_code"] = unit.credit_code  # the portal fills it in from the unit
    known = facts_for(EDITION, unit.track, form, on=day)
    files = {each.key: each.minimum for each in EDITION.materials if not each.sealed and shown(each.when, known)}
    return facts_for(EDITION, unit.track, form, files, on=day)


@pytest.mark.parametrize("day", [date(2022, 11, 16), date(2026, 11, 21), date(2028, 2, 29)])
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.key)
def test_each_form_is_complete_on_any_day(unit: SampleUnit, day: date) -> None:
    known = facts(unit, day)
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == known.answers


def test_a_few_miss_the_reference_standard_and_say_why() -> None:
    missed = {
        unit.key: {
            each.condition.code
            for each in evaluate_all(EDITION, facts(unit, date(2022, 11, 16)))
            if each.verdict == "explain"
        }
        for unit in UNITS
    }
    assert {key: codes for key, codes in missed.items() if codes} == {
        "hongcheng": {"GJ-C02"},
        "keerqin": {"GJ-C10"},
        "honghaizi": {"GJ-C01", "GJ-C12"},
        "hulun": {"GJ-C01"},
    }


def test_every_unit_goes_through_its_own_league() -> None:
    offices = {office.key: office for office in EDITION.profile.offices}
    assert len(UNITS) >= 10
    assert all(offices[unit.recommender].name.startswith(unit.district) for unit in UNITS)
    assert {offices[unit.recommender].kind for unit in UNITS} == {"league"}
    assert {unit.route for unit in UNITS} == {"place"}
    assert max(Counter(unit.recommender for unit in UNITS).values()) == 3  # one league fills its quota


def test_keys_and_codes_are_used_once_and_codes_are_valid() -> None:
    keys = [*(unit.key for unit in UNITS), *(expert.key for expert in EXPERTS)]
    assert len(keys) == len(set(keys))
    assert len({unit.credit_code for unit in UNITS}) == len(UNITS)
    assert all(credit_code_is_valid(unit.credit_code) for unit in UNITS)


@pytest.mark.rule("GJ-A-04")
def test_there_are_experts_from_elsewhere_enough_for_a_panel() -> None:
    away = [expert for expert in EXPERTS if expert.district not in EDITION.profile.districts]
    settings = EDITION.setting_values()
    assert len(away) >= settings["recheck.size"] + settings["draw.alternates"]
