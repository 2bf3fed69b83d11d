"""What 渝高技办〔2024〕8号 leaves open: each default holds its setting, and what the setting drives follows it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from applications.services.decide import correction_deadline
from portal.calendars import clock
from portal.policy import registry
from portal.policy.aggregation import Terms
from portal.policy.condition import Condition
from portal.policy.selection import Candidate, allocate
from portal.policy.tests import AllOf, Compare
from portal.policy.validation import evaluate_all, facts_for
from tests.jurisdictions.chongqing_answers import FILES, answers, management, profession, training
from tests.reviews import recommend_kit

EDITION = registry.current("chongqing")
SETTINGS = {setting.key: setting for setting in EDITION.settings}


def verdict(code: str, track: str, settings: dict[str, Any] | None = None, **sections: Any) -> str:
    known = facts_for(EDITION, track, answers(track, **sections), FILES, settings or {})
    return next(each.verdict.value for each in evaluate_all(EDITION, known) if each.condition.code == code)


@pytest.mark.parametrize(
    ("code", "key", "value"),
    [
        ("CQ-A-01", "crossapply.mode", "keep_first"),
        ("CQ-A-02", "release.national", "release"),
        ("CQ-A-03", "ratio.below_range", "accept"),
        ("CQ-A-04", "professions.equipped", 2),
        ("CQ-A-05", "scale.basis", "both"),
        ("CQ-A-06", "share.applies", "enterprise"),
        ("CQ-A-07", "label.verification", "推荐单位技能人才占比核查情况证明表"),
        ("CQ-A-08", "support.decided_by", "rank"),
        ("CQ-A-09", "cells.unfilled", "empty"),
        ("CQ-A-10", "alternates.promotion", "own_notice"),
        ("CQ-A-11", "correction.limit", "window"),
        ("CQ-A-12", "reapply.allowed", "with_report"),
        ("CQ-A-13", "violations.lookback", "lifetime"),
        ("CQ-A-14", "training.counting", "as_written"),
        ("CQ-A-15", "routes.per_unit", "one"),
        ("CQ-D-02", "panel.size", 5),
        ("CQ-D-04", "rectification.months", 6),
        ("CQ-D-05", "form.source", "platform"),
        ("CQ-D-06", "naming.source", "platform"),
    ],
)
def test_each_default_is_a_setting_with_its_answer(code: str, key: str, value: object) -> None:
    default = next(each for each in EDITION.defaults if each.code == code)
    assert (default.setting, default.value, SETTINGS[key].value) == (key, value, value)
    assert SETTINGS[key].default == code


@pytest.mark.rule("CQ-A-04")
def test_how_many_professions_are_equipped_is_a_setting_and_how_many_are_developed_together_is_not() -> None:
    two = {"professions": {"items": [profession(1), profession(2), profession(3, matched="no")]}}
    assert verdict("CQ-M04", "municipal", **two) == "met"
    assert verdict("CQ-M04", "municipal", {"professions.equipped": 3}, **two) == "unmet"
    assert verdict("CQ-M11", "municipal", {"professions.equipped": 3}, **two) == "met"


@pytest.mark.rule("CQ-A-05")
def test_capacity_and_actual_numbers_are_both_asked() -> None:
    able = training(high_capacity=500, persons=1500, high_persons=299)
    busy = training(high_capacity=499, persons=1500, high_persons=300)
    assert [verdict(code, "municipal", training=able) for code in ("CQ-M03", "CQ-M06")] == ["met", "unmet"]
    assert [verdict(code, "municipal", training=busy) for code in ("CQ-M03", "CQ-M06")] == ["unmet", "met"]


@pytest.mark.rule("CQ-A-09")
def test_a_category_nobody_applies_in_stays_empty() -> None:
    values = EDITION.setting_values()
    places = {cell.key: values[cell.places_setting] for cell in EDITION.cells if cell.track == "municipal"}
    pools = {cell.key: cell.pool for cell in EDITION.cells if cell.track == "municipal"}
    others = [Candidate(key, ("funded_other", "named_other"), (100 - key,)) for key in range(1, 9)]
    placed = allocate(others, places, pools)
    assert placed.selected["funded_international"] == placed.selected["named_international"] == ()
    assert [len(placed.selected[key]) for key in ("funded_other", "named_other")] == [3, 3]
    assert placed.alternates == {"other": (7, 8)}


@pytest.mark.rule("CQ-A-11")
@pytest.mark.parametrize(
    ("hours_before_the_end", "due"), [(7 * 24 - 1, "2024-07-23"), (36, "2024-07-24"), (1, "2024-07-24")]
)
def test_corrections_end_with_the_window_of_the_recommending_offices(
    db: None, hours_before_the_end: int, due: str
) -> None:
    (official,) = EDITION.official_calls
    ends = official.windows[0].closes_at
    with clock.travel(ends - timedelta(hours=hours_before_the_end)), recommend_kit.tiers() as world:
        call = recommend_kit.a_call(world.place, ends)
        file = recommend_kit.a_file(call, world.districts[0], status="checking")
        last = correction_deadline(file, SETTINGS["correction.days"].value) - timedelta(seconds=1)
    assert clock.local_date(last).isoformat() == due


@pytest.mark.rule("CQ-A-13")
@pytest.mark.parametrize(("code", "track"), [("CQ-N03", "national"), ("CQ-M02", "municipal")])
def test_violations_are_declared_without_a_limit_of_years(code: str, track: str) -> None:
    condition = EDITION.condition(code)
    assert condition.default == "CQ-A-13"
    assert "近" not in condition.text
    assert verdict(code, track, management=management(violations="yes")) == "unmet"


def units(condition: Condition) -> set[str]:
    test = condition.test
    parts = test.tests if isinstance(test, AllOf) else (test,)
    return {part.unit for part in parts if isinstance(part, Compare) and part.unit != "%"}


@pytest.mark.rule("CQ-A-14")
@pytest.mark.rule("G-03")
@pytest.mark.parametrize(
    ("code", "unit", "field"),
    [("CQ-N06", "人次", "person_times"), ("CQ-M06", "人", "persons")],
)
def test_persons_and_person_times_are_asked_apart_and_tested_as_written(code: str, unit: str, field: str) -> None:
    condition = EDITION.condition(code)
    assert units(condition) == {unit}
    assert unit in condition.text
    assert EDITION.form.find(f"training.{field}")


@pytest.mark.rule("CQ-D-04")
def test_assessments_after_one_and_two_years_are_said_to_be_defaults() -> None:
    own = {duty.title: duty.due for duty in EDITION.duties if duty.default == "CQ-D-04"}
    assert own == {"中期评估": "批建满 12 个月（平台默认）", "验收评估": "批建满 24 个月（平台默认）"}
    assert any("限期 6 个月整改" in duty.text for duty in EDITION.duties)


@pytest.mark.rule("CQ-D-03")
def test_the_sheet_is_counted_by_settings_and_says_which_points_need_a_reason() -> None:
    values = EDITION.setting_values()
    assert EDITION.aggregation.terms(values) == Terms()
    trimmed = EDITION.aggregation.terms(values | {"score.method": "trimmed"})
    assert trimmed.result([Decimal(each) for each in (60, 80, 85, 90, 99)]) == 85
    assert {sheet.remark.bounds(Decimal(20), values) for sheet in EDITION.review_sheets} == {(12, 19)}
    assert all(item.evidence for sheet in EDITION.review_sheets for item in sheet.items)
    assert {SETTINGS[key].default for key in SETTINGS if key.startswith("score.")} == {"CQ-D-03"}
