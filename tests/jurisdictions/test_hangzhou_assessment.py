"""The score sheet of 附件3 and the grades of 办法 五."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.policy import registry
from portal.policy.scoring import Bands, Mode, PerEvent

EDITION = registry.current("hangzhou")
assert EDITION.assessment
SHEET = EDITION.assessment
SETTINGS = EDITION.setting_values()
D = Decimal
NONE = D(0)


def spread(base: Decimal, bonus: Decimal = NONE) -> dict[int, Decimal]:
    """Share points out over the items, each up to its maximum."""
    scores: dict[int, Decimal] = {}
    left = {False: base, True: bonus}
    for item in SHEET.items:
        scores[item.number] = min(item.max_points, left[item.bonus])
        left[item.bonus] -= scores[item.number]
    assert left == {False: 0, True: 0}
    return scores


def grade(base: str, bonus: str = "0", vetoes: tuple[str, ...] = (), **settings: Any) -> tuple[str, bool]:
    result = SHEET.result(spread(D(base), D(bonus)), {**SETTINGS, **settings}, vetoes)
    return result.grade.title, result.flagged


def test_fourteen_items_make_a_hundred_and_twenty() -> None:
    assert len(SHEET.items) == 14
    assert (SHEET.maximum(bonus=False), SHEET.maximum(bonus=True)) == (100, 20)
    groups: dict[str, Decimal] = {}
    for item in SHEET.items:
        groups[item.group] = groups.get(item.group, D(0)) + item.max_points
    assert groups == {"基本建设": 40, "制度建设": 10, "实训管理": 20, "公共服务": 30, "加分项目": 20}
    assert [item.number for item in SHEET.items if item.mode is Mode.AUTO] == [12, 13, 14]


@pytest.mark.rule("HZ-A-01")
@pytest.mark.rule("HZ-A-02")
@pytest.mark.parametrize(
    ("points", "title"),
    [
        ("100", "优秀"),
        ("90.00", "优秀"),
        ("89.99", "良好"),
        ("89.50", "良好"),
        ("80.00", "良好"),
        ("79.99", "合格"),
        ("60.00", "合格"),
        ("59.99", "不合格"),
        ("0", "不合格"),
    ],
)
def test_grades(points: str, title: str) -> None:
    assert grade(points)[0] == title


@pytest.mark.rule("HZ-A-03")
def test_the_bonus_lifts_a_grade_only_with_a_flag_and_not_on_the_other_basis() -> None:
    assert grade("78", "14") == ("优秀", True)
    assert grade("78", "14", **{"grade.basis": "base"}) == ("合格", False)
    assert grade("55", "5") == ("合格", True)
    assert grade("91", "5") == ("优秀", False)


@pytest.mark.parametrize("veto", [veto.code for veto in SHEET.vetoes])
def test_a_veto_decides_whatever_the_points(veto: str) -> None:
    assert grade("100", "20", (veto,)) == ("不合格", False)


def formula(number: int) -> Any:
    return SHEET.items[number - 1].formula


@pytest.mark.parametrize(
    ("served", "points"), [(0, 0), (1, 10), (300, 10), (301, 20), (1500, 20), (1501, 30), (10**6, 30)]
)
def test_item_twelve_by_the_year(served: int, points: int) -> None:
    bands = formula(12)
    assert isinstance(bands, Bands)
    assert bands.points(served) == points


@pytest.mark.rule("HZ-A-04")
@pytest.mark.parametrize(
    ("years", "lower", "mean"), [((1600, 200), 10, 20), ((0, 1600), 0, 15), ((301, 1501), 20, 25), ((), 0, 0)]
)
def test_item_twelve_over_two_years(years: tuple[int, ...], lower: int, mean: int) -> None:
    bands = formula(12)
    assert SETTINGS[bands.aggregate_setting] == "min"
    assert (bands.join(years, "min"), bands.join(years, "mean")) == (lower, mean)


@pytest.mark.rule("HZ-A-05")
@pytest.mark.parametrize(
    ("events", "points"),
    [
        ({"city": 1, "province": 1}, 7),
        ({"city": 3, "province": 1}, 10),
        ({"nation": 1}, 10),
        ({"city": 5}, 10),
        ({}, 0),
    ],
)
def test_item_thirteen(events: dict[str, int], points: int) -> None:
    assert formula(13).points(events) == points


@given(st.integers(0, 100))
def test_item_fourteen_is_two_points_each_up_to_ten(services: int) -> None:
    assert isinstance(formula(14), PerEvent)
    assert formula(14).points({"service": services}) == min(10, 2 * services)


@given(st.integers(0, 12000), st.integers(0, 12000))
def test_more_points_never_give_a_worse_grade(one: int, other: int) -> None:
    order = [each.title for each in SHEET.grades]
    low, high = sorted((D(one) / 100, D(other) / 100))
    assert order.index(SHEET.grade_of(high).title) <= order.index(SHEET.grade_of(low).title)
