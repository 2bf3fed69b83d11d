"""What a call's scores look like from outside: spread, harsh or lenient experts, standardised totals, ranks under two methods.

Information for those who run a review; nothing here enters a result. Points and ranks are exact (Fraction), as they decide
something; standard deviations, correlations and standardised totals are floats, as they only describe.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median

Totals = Mapping[int, Mapping[int, Decimal]]
"""One expert's total by file, then by expert; who gave none is absent."""


class Flag(StrEnum):
    """What stands out in an expert's totals."""

    HARSH = "harsh"
    LENIENT = "lenient"
    ERRATIC = "erratic"  # does not order files as the others do
    FLAT = "flat"  # hardly tells files apart


@dataclass(frozen=True)
class Rules:
    """From where on something is flagged. Points are per hundred of the sheet's maximum.

    A bias is flagged beyond `bias` points and beyond `errors` standard errors of itself, an expert as erratic whose
    correlation with the others' mean is below `agreement` and more than `behind` below the median of all experts, as flat
    whose standard deviation is under `flat` of that of the others' means on the same files. Fewer than `files` files scored
    together with others (`files_to_agree` for a correlation) say too little for a flag.
    """

    bias: Fraction = Fraction(3)
    errors: float = 3.0
    agreement: float = 0.5
    behind: float = 0.3
    flat: float = 1 / 3
    files: int = 6
    files_to_agree: int = 10


RULES = Rules()


@dataclass(frozen=True)
class Spread:
    """Several values: their exact mean, their sample standard deviation (0 of a single one), the least and the greatest."""

    count: int
    mean: Fraction
    deviation: float
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True)
class ExpertFigures:
    """One expert beside those who scored the same files.

    `bias` is the mean, over those files, of the expert's total less the mean of the others'; `error` its standard error;
    `agreement` the correlation with the others' means. None where too little is there to tell: nobody else, or one file.
    """

    own: Spread
    compared: int
    bias: Fraction | None = None
    error: float | None = None
    agreement: float | None = None
    flags: tuple[Flag, ...] = ()


def spread(values: Sequence[Decimal]) -> Spread | None:
    """Return the spread of several values; None of none."""
    if not values:
        return None
    mean = Fraction(sum(values, Decimal(0))) / len(values)
    return Spread(len(values), mean, deviation([float(each) for each in values]), min(values), max(values))


def deviation(values: Sequence[float]) -> float:
    """Return the sample standard deviation (divided by n − 1); 0 of fewer than two."""
    if len(values) < 2:
        return 0.0
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((each - mean) ** 2 for each in values) / (len(values) - 1))


def correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Return Pearson's correlation of two equally long lists; None where one of them does not vary."""
    if len(left) < 2:
        return None
    mean_left, mean_right = math.fsum(left) / len(left), math.fsum(right) / len(right)
    both = math.fsum((a - mean_left) * (b - mean_right) for a, b in zip(left, right, strict=True))
    squares = math.fsum((a - mean_left) ** 2 for a in left) * math.fsum((b - mean_right) ** 2 for b in right)
    return both / math.sqrt(squares) if squares > 1e-18 else None


def by_expert(totals: Totals) -> dict[int, dict[int, Decimal]]:
    """Turn the totals round: by expert, then by file."""
    turned: dict[int, dict[int, Decimal]] = {}
    for file, row in totals.items():
        for expert, total in row.items():
            turned.setdefault(expert, {})[file] = total
    return turned


def expert_figures(totals: Totals, maximum: Decimal, rules: Rules = RULES) -> dict[int, ExpertFigures]:
    """Return every expert's figures; `maximum` is the most a sheet can give."""
    sums = {file: sum(row.values(), Decimal(0)) for file, row in totals.items()}
    found: dict[int, tuple[ExpertFigures, list[float]]] = {}
    for expert, own in by_expert(totals).items():
        compared = [(total, sums[file] - total, len(totals[file]) - 1) for file, total in own.items()]
        found[expert] = _figures(list(own.values()), [each for each in compared if each[2]])
    known = [each.agreement for each, _ in found.values() if each.agreement is not None]
    usual = median(known) if known else 0.0
    return {
        expert: replace(each, flags=_flags(each, others, maximum, usual, rules))
        for expert, (each, others) in found.items()
    }


def _figures(own: list[Decimal], compared: list[tuple[Decimal, Decimal, int]]) -> tuple[ExpertFigures, list[float]]:
    """Compare totals with (own total, the sum of the others', how many others); return the others' means as well."""
    whole = spread(own)
    assert whole is not None  # noqa: S101 - an expert is here because of a total
    means = [float(others) / number for _, others, number in compared]
    if not compared:
        return ExpertFigures(whole, 0), means
    by_size: dict[int, Decimal] = {}  # one exact division for each size of panel, not for each file
    for total, others, number in compared:
        by_size[number] = by_size.get(number, Decimal(0)) + total * number - others
    bias = sum((Fraction(apart) / number for number, apart in by_size.items()), Fraction(0)) / len(compared)
    if len(compared) < 2:
        return ExpertFigures(whole, 1, bias), means
    mine = [float(total) for total, _, _ in compared]
    error = deviation([a - b for a, b in zip(mine, means, strict=True)]) / math.sqrt(len(mine))
    return ExpertFigures(whole, len(compared), bias, error, correlation(mine, means)), means


def _flags(
    figures: ExpertFigures, others: Sequence[float], maximum: Decimal, usual: float, rules: Rules
) -> tuple[Flag, ...]:
    if figures.bias is None or figures.error is None or figures.compared < rules.files:
        return ()
    flags = []
    most = rules.bias * Fraction(maximum) / 100
    if abs(figures.bias) > most and abs(figures.bias) > rules.errors * figures.error:
        flags.append(Flag.HARSH if figures.bias < 0 else Flag.LENIENT)
    if figures.own.deviation < rules.flat * deviation(others):
        flags.append(Flag.FLAT)  # whose order of files then says nothing either way
    elif (
        figures.agreement is not None
        and figures.compared >= rules.files_to_agree
        and figures.agreement < min(rules.agreement, usual - rules.behind)
    ):
        flags.append(Flag.ERRATIC)
    return tuple(flags)


def standardised(totals: Totals, least: int = 3) -> dict[int, dict[int, float]]:
    """Return totals on one scale: each expert's own mean and deviation made those of all totals on the files they scored.

    An expert with fewer than `least` files, or the same total for all, has no scale of their own and is left out.
    """
    found: dict[int, dict[int, float]] = {file: {} for file in totals}
    for expert, own in by_expert(totals).items():
        mine = [float(each) for each in own.values()]
        scale = deviation(mine)
        if len(mine) < least or scale == 0:
            continue
        group = [float(each) for file in own for each in totals[file].values()]
        mean, middle, width = math.fsum(mine) / len(mine), math.fsum(group) / len(group), deviation(group)
        for file, total in own.items():
            found[file][expert] = middle + (float(total) - mean) / scale * width
    return found


def ranks(values: Mapping[int, Fraction | float | None]) -> dict[int, int]:
    """Rank files from the highest value down; equal ones share a rank and the next is left out (1, 2, 2, 4); None is none."""
    order = sorted((value for value in values.values() if value is not None), reverse=True)
    places: dict[Fraction | float, int] = {}
    for place, value in enumerate(order, start=1):
        places.setdefault(value, place)
    return {file: places[value] for file, value in values.items() if value is not None}


def rank_changes(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """Return how many places each file moves up (+) or down (−), those only that move."""
    return {file: before[file] - after[file] for file in before if file in after and before[file] != after[file]}


def mean_of(values: Iterable[float]) -> float | None:
    """Return the mean of several floats; None of none."""
    found = list(values)
    return math.fsum(found) / len(found) if found else None
