"""Score sheets: bands, caps, grades."""

from decimal import Decimal

import pytest

from portal.policy.scoring import Band, Bands, ByConditions, Grade, PerEvent, RemarkRule, ScoreItem, ScoreSheet

D = Decimal
BANDS = Bands((Band(0, D(0)), Band(10, D(5)), Band(None, D(8))))
SHEET = ScoreSheet(
    "表",
    (ScoreItem(1, "甲", "基础", D(100), ""), ScoreItem(2, "乙", "加分", D(20), "", bonus=True)),
    (Grade("优", D(90)), Grade("良", D(80)), Grade("差", D(0))),
    (),
    "每年",
    "一",
    "basis",
)


def test_years_are_joined_by_the_lowest_or_the_mean_cut_off() -> None:
    assert BANDS.join([0, 10, 11], "min") == 0
    assert BANDS.join([5, 10, 11], "mean") == D("6.00")
    assert BANDS.join([5, 11, 11], "mean") == D("7.00")
    assert BANDS.join([0, 5, 11], "mean") == D("4.33")
    assert BANDS.join([11, 11, 5, 5, 5, 0], "mean") == D("5.16")
    assert BANDS.join([], "min") == 0


def test_events_are_counted_up_to_the_cap() -> None:
    rule = PerEvent((("small", D(2)), ("big", D(5))), D(10))
    assert [rule.points(each) for each in ({}, {"small": 1, "big": 1}, {"big": 3}, {"unknown": 9})] == [0, 7, 10, 0]


def test_a_formula_by_quantity_is_written_out_band_by_band() -> None:
    people = Bands((Band(300, D(10)), Band(1500, D(15)), Band(None, D(20))), unit="人次")
    events = PerEvent((("city", D(2)), ("other", D(1))), D(6), titles=(("city", "市级赛事"),))
    items = [ScoreItem(1, "甲", "项", D(20), "", formula=each) for each in (people, events, ByConditions(()), None)]
    assert [item.bands for item in items] == [
        (("300 人次以内", D(10)), ("超过 300 人次至 1,500 人次", D(15)), ("超过 1,500 人次", D(20))),
        (("每次（项）市级赛事", D(2)), ("每次（项）other", D(1)), ("累计最高", D(6))),
        (),
        (),
    ]
    assert Bands((Band(None, D(5)),)).lines() == (("不限数量", D(5)),)


@pytest.mark.parametrize(
    ("below", "above", "bounds", "words"),
    [
        (60, 95, (D(9), D("14.25")), "单项得分低于满分的 60%或高于满分的 95% 的，须写明理由"),
        (60, 100, (D(9), None), "单项得分低于满分的 60% 的，须写明理由"),
        (0, 95, (None, D("14.25")), "单项得分高于满分的 95% 的，须写明理由"),
        (0, 100, (None, None), ""),
    ],
)
def test_few_and_many_points_need_a_reason(
    below: int, above: int, bounds: tuple[Decimal | None, Decimal | None], words: str
) -> None:
    rule, settings = RemarkRule("low", "high"), {"low": below, "high": above}
    assert rule.bounds(D(15), settings) == bounds
    assert rule.told(settings) == words
    assert RemarkRule().bounds(D(15), settings) == (None, None)


@pytest.mark.parametrize(
    ("base", "bonus", "basis", "grade", "flagged"),
    [
        ("89.99", "0", "total", "良", False),
        ("89.99", "0.01", "total", "优", True),
        ("78", "14", "total", "优", True),
        ("78", "14", "base", "差", False),
        ("100", "20", "total", "优", False),
    ],
)
def test_the_basis_decides_and_a_lifted_grade_is_flagged(
    base: str, bonus: str, basis: str, grade: str, flagged: bool
) -> None:
    result = SHEET.result({1: D(base), 2: D(bonus)}, {"basis": basis})
    assert (result.grade.title, result.flagged, result.total) == (grade, flagged, D(base) + D(bonus))


def test_scores_outside_an_item_are_refused() -> None:
    for score in ("-0.5", "100.5"):
        with pytest.raises(ValueError, match="第 1 项"):
            SHEET.result({1: D(score)}, {})
