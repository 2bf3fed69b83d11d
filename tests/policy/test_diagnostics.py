"""The diagnostics against naive statements of the same figures, and what they find of habits planted in made-up calls."""

import statistics
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from portal.policy.diagnostics import (
    RULES,
    Flag,
    by_expert,
    correlation,
    deviation,
    expert_figures,
    rank_changes,
    ranks,
    spread,
    standardised,
)
from portal.policy.simulation import FAIR, HABITS, Habit, Setup, best, kendall, made_up, simulate

HUNDRED = Decimal(100)
SEEDS = range(25)


def dice(seed: int) -> Random:
    """The same numbers for the same seed."""
    return Random(seed)  # noqa: S311 - a test, nothing secret


def random_totals(seed: int) -> dict[int, dict[int, Decimal]]:
    """A call with gaps: some experts have not scored some files, and files of one sheet happen."""
    draw = dice(seed)
    experts = range(draw.randint(1, 6))
    return {
        file: {
            expert: Decimal(draw.randint(0, 200)) / 2
            for expert in experts
            if draw.random() < 0.8 or expert == file % len(experts)
        }
        for file in range(draw.randint(1, 12))
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_bias_is_the_mean_distance_to_the_mean_of_the_others(seed: int) -> None:
    totals = random_totals(seed)
    found = expert_figures(totals, HUNDRED)
    assert set(found) == {expert for row in totals.values() for expert in row}
    for expert, figures in found.items():
        own = [row[expert] for row in totals.values() if expert in row]
        apart = []
        for row in totals.values():
            others = [Fraction(total) for other, total in row.items() if other != expert]
            if expert in row and others:
                apart.append(Fraction(row[expert]) - sum(others) / len(others))
        assert figures.own.count == len(own)
        assert figures.compared == len(apart)
        assert figures.bias == (sum(apart) / len(apart) if apart else None)
        assert figures.own.mean == sum(map(Fraction, own)) / len(own)
        if len(apart) > 1:
            assert figures.error == pytest.approx(statistics.stdev(map(float, apart)) / len(apart) ** 0.5)
        else:
            assert (figures.error, figures.agreement) == (None, None)


@pytest.mark.parametrize("seed", SEEDS)
def test_spread_is_that_of_the_standard_library(seed: int) -> None:
    draw = dice(seed)
    values = [Decimal(draw.randint(0, 400)) / 4 for _ in range(seed + 1)] + [Decimal("0.25")] * (seed % 3)
    found = spread(values)
    assert found is not None
    assert found.mean == statistics.mean(map(Fraction, values))
    assert (found.lowest, found.highest, found.count) == (min(values), max(values), len(values))
    assert found.deviation == pytest.approx(statistics.stdev(map(float, values)) if len(values) > 1 else 0)
    assert spread([]) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_ranks_are_one_more_than_how_many_are_better(seed: int) -> None:
    draw = dice(seed)
    values = {file: draw.choice([None, *map(Fraction, range(6))]) for file in range(15)}
    naive = {
        file: 1 + sum(other > value for other in values.values() if other is not None)
        for file, value in values.items()
        if value is not None
    }
    assert ranks(values) == naive
    after = ranks({file: None if value is None else -value for file, value in values.items()})
    moved = rank_changes(naive, after)
    assert moved == {file: naive[file] - after[file] for file in naive if naive[file] != after[file]}


def test_equal_values_share_a_rank_and_the_next_is_left_out() -> None:
    assert ranks({1: Fraction(9), 2: Fraction(8), 3: Fraction(8), 4: Fraction(7), 5: None}) == {1: 1, 2: 2, 3: 2, 4: 4}


@pytest.mark.parametrize("seed", SEEDS)
def test_standardised_totals_have_the_groups_mean_and_deviation(seed: int) -> None:
    totals = random_totals(seed)
    scaled = standardised(totals)
    for expert, own in by_expert(totals).items():
        mine = [scaled[file][expert] for file in own if expert in scaled[file]]
        if len(own) < 3 or len(set(own.values())) == 1:
            assert mine == []
            continue
        group = [float(total) for file in own for total in totals[file].values()]
        assert statistics.mean(mine) == pytest.approx(statistics.mean(group))
        assert deviation(mine) == pytest.approx(statistics.stdev(group))
        order = sorted(own, key=lambda file: (own[file], file))
        assert [scaled[file][expert] for file in order] == pytest.approx(sorted(mine))


@pytest.mark.parametrize("seed", SEEDS)
def test_correlation_and_kendall_agree_with_naive_ones(seed: int) -> None:
    draw = dice(seed)
    left = [draw.randint(0, 5) for _ in range(12)]
    right = [draw.randint(0, 5) for _ in range(12)]
    assert correlation(left, right) == pytest.approx(statistics.correlation(left, right))
    pairs = [(left[a] - left[b], right[a] - right[b]) for a in range(12) for b in range(a)]
    sign = sum((x * y > 0) - (x * y < 0) for x, y in pairs)
    untied = sum(x != 0 for x, _ in pairs) * sum(y != 0 for _, y in pairs)
    assert kendall(left, right) == pytest.approx(sign / untied**0.5)
    assert kendall(left, left) == pytest.approx(1)
    assert kendall([1, 2, 3], [3, 2, 1]) == -1
    assert correlation(left, [4] * 12) is None


def planted(*shifts: str, files: int) -> dict[int, dict[int, Decimal]]:
    """Five files or more of seven points apart, scored by experts who differ by a constant alone."""
    return {
        file: {expert: Decimal(60 + 7 * (file % 5)) + Decimal(shift) for expert, shift in enumerate(shifts)}
        for file in range(files)
    }


@pytest.mark.parametrize(
    ("shift", "files", "maximum", "flags"),
    [
        ("-3.5", 6, 100, (Flag.HARSH,)),
        ("3.5", 6, 100, (Flag.LENIENT,)),
        ("-3", 6, 100, ()),  # three points are not more than three
        ("-3.5", RULES.files - 1, 100, ()),  # too few files to say so
        ("-3.5", 6, 120, ()),  # three per hundred of 120 are 3.6
    ],
)
def test_a_bias_is_flagged_beyond_three_per_hundred(
    shift: str, files: int, maximum: int, flags: tuple[Flag, ...]
) -> None:
    found = expert_figures(planted(shift, "0", "0", files=files), Decimal(maximum))
    assert found[0].bias == Fraction(Decimal(shift))
    assert {expert: each.flags for expert, each in found.items()} == {0: flags, 1: (), 2: ()}


def test_an_expert_alone_with_a_file_is_compared_with_nobody() -> None:
    found = expert_figures({1: {7: Decimal(80)}, 2: {7: Decimal(60)}}, HUNDRED)[7]
    assert (found.compared, found.bias, found.agreement, found.flags) == (0, None, None, ())
    assert found.own.mean == 70


@pytest.mark.parametrize("seed", range(1, 9))
def test_planted_habits_are_found_and_nobody_else_is_flagged(seed: int) -> None:
    found = simulate(Setup(seed=seed), compare=False)
    assert [each.planted for each in found.habits] == [*(habit.planted for habit in HABITS), None, None, None]
    assert (found.missed, found.false_alarms) == ([], [])


def test_hardly_anybody_is_flagged_where_nothing_is_planted() -> None:
    """Few files are the hard case: six are where flags begin."""
    for files in (RULES.files, RULES.files_to_agree, 30, 300):
        alarms = sum(
            bool(simulate(Setup(files=files, seed=seed, habits=()), compare=False).false_alarms) for seed in range(100)
        )
        assert alarms <= 5, files


def test_who_is_recused_decides_ranks_under_the_mean_and_standardising_gives_most_of_it_back() -> None:
    setup = Setup(files=80, seed=3, habits=(Habit("偏严", shift=-15.0), Habit("偏宽", shift=15.0)), recused=0.3)
    mean, _, scaled = simulate(setup).orders
    assert scaled.tau > mean.tau + 0.05
    assert all(0 <= each.hits <= each.top == 8 for each in (mean, scaled))


def test_the_same_seed_makes_the_same_call_and_scores_are_half_points_within_the_sheet() -> None:
    first, again = made_up(Setup(files=20), [FAIR] * 7), made_up(Setup(files=20), [FAIR] * 7)
    assert first == again
    assert first != made_up(Setup(files=20, seed=2), [FAIR] * 7)
    given = {total for row in first[1].values() for total in row.values()}
    assert all(0 <= total <= 100 and total % Decimal("0.5") == 0 for total in given)
    assert best({1: 5.0, 2: 7.0, 3: 7.0}, 2) == {2, 3}


def test_a_simulation_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="two experts"):
        simulate(Setup(experts=1))


def test_the_command_prints_what_was_planted_beside_what_was_found() -> None:
    printed = StringIO()
    call_command("results", "simulate", "--seed", "2", stdout=printed)
    lines = [line.split() for line in printed.getvalue().splitlines()]
    planted = [(line[2], line[-2], line[-1]) for line in lines if line[:1] == ["专家"] and line[1] != "设定"]
    assert planted == [
        ("偏严", "偏严", "偏严"), ("偏宽", "偏宽", "偏宽"), ("不稳定", "不一致", "不一致"),
        ("区分度低", "区分度低", "区分度低"), *[("公允", "—", "—")] * 3,
    ]  # fmt: skip
    assert [line[0] for line in lines[-3:]] == ["平均值", "去极值平均值", "标准化后平均值"]
    with pytest.raises(CommandError, match="至少两家单位"):
        call_command("results", "simulate", "--experts", "1")
