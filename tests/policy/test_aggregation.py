"""From sheets to one figure: held against exact arithmetic written down another way, by sorting, floors and the standard library."""

import statistics
from collections import Counter
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.policy.aggregation import Aggregation, Method, Terms, median, outliers
from portal.policy.score_settings import aggregation, scoring_settings

D = Decimal
POINTS = st.integers(0, 12_000).map(lambda hundredths: D(hundredths) / 100)
SHEETS = st.lists(POINTS, min_size=1, max_size=12)
TRIMMED = st.builds(Terms, method=st.just(Method.TRIMMED), trim_from=st.integers(0, 9))
ROUNDED = st.builds(Terms, places=st.integers(0, 3), rounding=st.sampled_from(["down", "half_up"]))


@given(SHEETS)
def test_the_plain_mean_is_exact(totals: list[Decimal]) -> None:
    hundredths = sum(int(total * 100) for total in totals)
    assert Terms().result(totals) == Fraction(hundredths, 100 * len(totals))
    assert Terms().kept(totals) == list(range(len(totals)))


@given(SHEETS, TRIMMED)
def test_trimming_leaves_one_highest_and_one_lowest_out_from_so_many_sheets_on(
    totals: list[Decimal], terms: Terms
) -> None:
    ordered = sorted(Fraction(total) for total in totals)
    enough = len(totals) >= terms.trim_from and len(totals) >= 3
    middle = ordered[1:-1] if enough else ordered
    assert terms.result(totals) == sum(middle, Fraction(0)) / len(middle)
    gone = Counter(totals) - Counter(totals[at] for at in terms.kept(totals))
    assert gone == (Counter([min(totals), max(totals)]) if enough else Counter())


@given(SHEETS, TRIMMED, st.randoms())
def test_the_order_of_the_sheets_changes_nothing_and_the_result_lies_between_them(totals, terms, chance) -> None:  # type: ignore[no-untyped-def]
    mixed = list(totals)
    chance.shuffle(mixed)
    result = terms.result(totals)
    assert terms.result(mixed) == result
    assert 0 <= min(totals) <= result <= max(totals)


@given(st.fractions(0, 120, max_denominator=10_000), ROUNDED)
def test_rounding_is_by_whole_numbers_down_or_to_the_nearest_a_half_up(value: Fraction, terms: Terms) -> None:
    scaled = value * 10**terms.places + (Fraction(1, 2) if terms.rounding == "half_up" else 0)
    shown = terms.rounded(value)
    assert Fraction(shown) == Fraction(floor(scaled), 10**terms.places)
    assert str(shown) == terms.shown(value)
    assert -shown.as_tuple().exponent == terms.places  # type: ignore[operator]
    assert shown >= 0


@given(st.integers(0, 1_200_000).map(lambda each: D(each) / 10_000), ROUNDED)
def test_decimals_round_as_the_standard_library_rounds_them(value: Decimal, terms: Terms) -> None:
    way = ROUND_HALF_UP if terms.rounding == "half_up" else ROUND_DOWN
    assert terms.rounded(Fraction(value)) == value.quantize(D(1).scaleb(-terms.places), rounding=way)


@pytest.mark.parametrize(
    ("places", "value", "down", "half_up"),
    [
        (2, Fraction(D("87.125")), "87.12", "87.13"),
        (2, Fraction(D("87.135")), "87.13", "87.14"),
        (1, Fraction(D("87.25")), "87.2", "87.3"),
        (0, Fraction(D("87.5")), "87", "88"),
        (2, Fraction(262, 3), "87.33", "87.33"),
        (2, Fraction(263, 3), "87.66", "87.67"),
        (2, Fraction(D("99.995")), "99.99", "100.00"),
        (2, Fraction(0), "0.00", "0.00"),
    ],
)
def test_an_exact_half_goes_up_or_is_cut_off(places: int, value: Fraction, down: str, half_up: str) -> None:
    assert [Terms(places=places, rounding=way).shown(value) for way in ("down", "half_up")] == [down, half_up]


@pytest.mark.parametrize(
    ("totals", "kept"),
    [
        (["90", "90", "70", "70", "80"], [1, 3, 4]),  # of equals the first one goes
        (["80"] * 5, [2, 3, 4]),
        (["60", "95", "80", "81"], [0, 1, 2, 3]),  # four are too few for trim_from 5
        (["60", "95", "80", "81", "82"], [2, 3, 4]),
    ],
)
def test_which_sheets_count(totals: list[str], kept: list[int]) -> None:
    assert Terms(method=Method.TRIMMED, trim_from=5).kept([D(each) for each in totals]) == kept


def test_nothing_is_trimmed_away_altogether() -> None:
    terms = Terms(method=Method.TRIMMED, trim_from=0)
    assert [terms.result([D(each) for each in totals]) for totals in (["8"], ["8", "9"], ["7", "8", "99"])] == [
        8, Fraction(17, 2), 8,
    ]  # fmt: skip
    assert (terms.result([]), terms.standing([]), terms.shown(None)) == (None, None, "—")


def test_two_results_shown_alike_are_apart_exactly_and_equal_where_the_shown_one_decides() -> None:
    one, other = [D("87.11"), D("87.12"), D("87.12")], [D("87.12"), D("87.12"), D("87.12")]
    exact, shown = Terms(basis="exact"), Terms(basis="shown", places=1)
    assert exact.standing(one) != exact.standing(other)
    assert shown.standing(one) == shown.standing(other) == Fraction(D("87.1"))


@given(SHEETS)
def test_the_median_is_that_of_the_standard_library(totals: list[Decimal]) -> None:
    assert median(totals) == statistics.median(Fraction(total) for total in totals)
    assert median([]) is None


@given(SHEETS, st.integers(0, 30))
def test_outliers_stand_off_by_more_than_the_edition_lets_pass(totals: list[Decimal], share: int) -> None:
    middle = statistics.median(Fraction(total) for total in totals)
    far = [at for at, total in enumerate(totals) if abs(Fraction(total) - middle) * 100 > 100 * share]
    assert outliers(totals, D(100), Terms(outlier=share)) == (far if len(totals) >= 3 else [])


def test_a_total_just_at_the_limit_is_no_outlier() -> None:
    totals = [D("80"), D("80"), D("90"), D("90.5"), D("70")]
    assert outliers(totals, D(100), Terms(outlier=10)) == [3]
    assert outliers(totals, D(200), Terms(outlier=10)) == []


def test_the_settings_make_the_terms_and_an_edition_that_names_none_has_the_usual_ones() -> None:
    values = {setting.key: setting.value for setting in scoring_settings(note="默认")}
    assert aggregation("一").terms(values) == Terms() == Aggregation().terms({})
    changed = values | {"score.method": "trimmed", "score.trim_from": 7, "score.places": 1, "score.rounding": "half_up"}
    changed |= {"score.basis": "shown", "score.outlier": 15}
    assert aggregation("一").terms(changed) == Terms(Method.TRIMMED, 7, 1, "half_up", "shown", 15)


def test_how_it_is_counted_is_said_in_words() -> None:
    assert Terms().told() == "取各专家总分的平均值；保留 2 位小数，不进位，排序比较未取舍的精确值"
    other = Terms(Method.TRIMMED, 5, 0, "half_up", "shown", 100)
    assert other.told() == (
        "评分表不少于 5 份的，去掉一个最高分和一个最低分后取总分的平均值；不足 5 份的，取平均值；取整数，四舍五入，排序比较取舍后的得分"
    )
    assert (Terms().told_outlier(), other.told_outlier()) == (
        "总分与专家组中位数之差超过满分 10% 的，由组长书面说明后方可办结",
        "",
    )
