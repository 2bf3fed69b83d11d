"""The score matrix of one track, ready to show: files by experts, ranks under both methods, each expert's figures below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.policy.aggregation import Method, Terms, outliers
from portal.policy.diagnostics import (
    RULES,
    ExpertFigures,
    Flag,
    expert_figures,
    mean_of,
    rank_changes,
    ranks,
    spread,
    standardised,
)
from reviews.enums import PlacementState
from reviews.selectors.score_board import Column, File, Scores
from reviews.selectors.score_board_drawing import bar, slope, strip

HEAT = (Decimal(1), Decimal(2), Decimal(4))
"""From which distance to a file's mean on a total is tinted, per hundred of the sheet's maximum, in three steps."""

METHODS = {Method.MEAN: "平均值", Method.TRIMMED: "去极值均值"}
FLAGS = {
    Flag.HARSH: "偏严",
    Flag.LENIENT: "偏宽",
    Flag.ERRATIC: "与其他专家不一致",
    Flag.FLAT: "区分度低",
}
GROUPS = (("拟入选", (PlacementState.SELECTED,)), ("备选", (PlacementState.ALTERNATE,)))


@dataclass(frozen=True)
class Ranked:
    """Exact results of a track's files by one method, and their ranks."""

    terms: Terms
    results: Mapping[int, Fraction | None]
    ranks: Mapping[int, int]

    @classmethod
    def of(cls, terms: Terms, files: Sequence[File]) -> "Ranked":
        """Work out results and ranks; the order is by what the edition orders by."""
        totals = {file.pk: list(file.totals.values()) for file in files}
        standing = {pk: terms.standing(row) for pk, row in totals.items()}
        return cls(terms, {pk: terms.result(row) for pk, row in totals.items()}, ranks(standing))


@dataclass(frozen=True)
class Matrix:
    """One track worked out. `maximum` is the most a sheet gives, the greatest where sheets differ.

    `far` are, by file, the experts whose totals must be explained.
    """

    scores: Scores
    files: list[File]
    columns: list[Column]
    own: Ranked
    other: Ranked
    experts: Mapping[int, ExpertFigures]
    scaled: Mapping[int, Mapping[int, float]]
    far: Mapping[int, frozenset[int]]
    maximum: Decimal

    @property
    def changes(self) -> dict[int, int]:
        """How many places each file would move under the other method."""
        return rank_changes(self.own.ranks, self.other.ranks)


def matrix_of(scores: Scores, track: str) -> Matrix | None:
    """Work a track's matrix out; None where nothing on it is both scored and unsealed."""
    files = scores.of(track)
    if not files:
        return None
    totals = {file.pk: file.totals for file in files}
    maximum = max(file.maximum for file in files)
    return Matrix(
        scores, files, scores.experts_of(files), Ranked.of(scores.terms, files), Ranked.of(scores.other, files),
        expert_figures(totals, maximum), standardised(totals), {file.pk: _far(file, scores.terms) for file in files},
        maximum,
    )  # fmt: skip


def _far(file: File, terms: Terms) -> frozenset[int]:
    experts = list(file.totals)
    return frozenset(experts[at] for at in outliers(list(file.totals.values()), file.maximum, terms))


def groups_of(matrix: Matrix, *, scaled: bool) -> list[dict[str, Any]]:
    """Return the rows in their groups: {title, rows}; one group without a title where no selection has been drawn up."""
    order = sorted(matrix.files, key=lambda file: (matrix.own.ranks[file.pk], file.pk))
    lines = _Lines(matrix, scaled=scaled)
    places = matrix.scores.places
    if not any(file.pk in places for file in order):
        return [{"title": "", "rows": [lines.row(file) for file in order]}]
    kinds = {state.value: title for title, states in GROUPS for state in states}
    grouped: dict[str, list[dict[str, Any]]] = {title: [] for title in (*kinds.values(), "未入选")}
    for file in order:
        grouped[kinds.get(places.get(file.pk, ""), "未入选")].append(lines.row(file))
    return [{"title": title, "rows": rows} for title, rows in grouped.items() if rows]


class _Lines:
    """Makes the rows of one matrix; what all rows share is worked out once."""

    def __init__(self, matrix: Matrix, *, scaled: bool) -> None:
        self.matrix, self.scaled = matrix, scaled
        every = [total for file in matrix.files for total in file.totals.values()]
        self.low, self.high = scale_of(every)
        self.places = places_of(every)
        self.means = {pk: mean_of(row.values()) for pk, row in matrix.scaled.items()}
        self.scaled_ranks = ranks(self.means)
        self.methods = METHODS[matrix.own.terms.method], METHODS[matrix.other.terms.method]

    def row(self, file: File) -> dict[str, Any]:
        """Return one file's line."""
        matrix, totals = self.matrix, list(file.totals.values())
        far = matrix.far[file.pk]
        whole = spread(totals)
        assert whole is not None  # noqa: S101 - a file without totals has no line
        before, after = matrix.own.ranks[file.pk], matrix.other.ranks[file.pk]
        return {
            "pk": file.pk,
            "unit": file.unit,
            "number": file.number,
            "state": dict(PlacementState.choices).get(matrix.scores.places.get(file.pk, ""), ""),
            "rank": before,
            "cells": [self._cell(file, column.pk, sum(totals, Decimal(0))) for column in matrix.columns],
            "result": matrix.own.terms.shown(matrix.own.results[file.pk]),
            "other": matrix.other.terms.shown(matrix.other.results[file.pk]),
            "deviation": f"{whole.deviation:.2f}",
            "slope": slope(before, after, self.methods),
            "strip": strip(file.totals, far, whole, self.low, self.high),
            "scaled": fixed(self.means.get(file.pk)),
            "scaled_rank": self.scaled_ranks.get(file.pk, "—"),
        }

    def _cell(self, file: File, expert: int, whole: Decimal) -> dict[str, Any]:
        total = file.totals.get(expert)
        if total is None:
            recused = expert in file.recused
            return _blank("回避", "score-board__recused") if recused else _blank("", "score-board__absent")
        apart = total * len(file.totals) - whole  # as many times the distance from the mean, without dividing
        step = heat(apart, file.maximum * len(file.totals))
        cell = _blank(f"{total:.{self.places}f}", f"heat heat--{step}" if step else "heat")
        if expert in self.matrix.far[file.pk]:
            cell["mark"] = "▲" if apart > 0 else "▼"
            cell["explained"] = (file.panel, expert) in self.matrix.scores.notes
        if self.scaled:
            cell["scaled"] = fixed(self.matrix.scaled[file.pk].get(expert))
        return cell


def _blank(text: str, css: str) -> dict[str, Any]:
    """A cell with every key there is: a template looks for a missing one in four ways, thousands of times."""
    return {"text": text, "css": css, "mark": "", "explained": False, "scaled": ""}


def heat(apart: Decimal, maximum: Decimal) -> str:
    """Return how far off something is, beside the most there is: `low-2`, `high-1`, or nothing; compared exactly."""
    level = sum(abs(apart) * 100 >= step * maximum for step in HEAT)
    return f"{'high' if apart > 0 else 'low'}-{level}" if level else ""


def scale_of(totals: Sequence[Decimal]) -> tuple[int, int]:
    """Return the ends of the common axis, whole points around every total."""
    low, high = int(min(totals)), -int(-max(totals) // 1)
    return low, max(high, low + 1)


def places_of(totals: Sequence[Decimal]) -> int:
    """Return how many decimals the totals need, all written alike."""
    return max(0, *(-int(total.normalize().as_tuple().exponent) for total in totals))


def fixed(value: float | None) -> str:
    """Write a described figure with two decimals; a dash where there is none."""
    return "—" if value is None else f"{value:.2f}"


def signed(value: Fraction | float | None) -> str:
    """Write a difference with its sign: +0.24, −5.71."""
    if value is None:
        return "—"
    text = f"{abs(float(value)):.2f}"
    return text if text == "0.00" else f"{'+' if value > 0 else '−'}{text}"


def foot_of(matrix: Matrix) -> list[dict[str, Any]]:
    """Return each column's figures: mean, bias with its bar, deviation, agreement, flags as words, how many files."""
    widest = max([Fraction(6), *(abs(each.bias) for each in matrix.experts.values() if each.bias is not None)])
    return [_foot(column, matrix.experts.get(column.pk), widest) for column in matrix.columns]


def _foot(column: Column, figures: ExpertFigures | None, widest: Fraction) -> dict[str, Any]:
    if figures is None:  # stood back from every file
        return {"column": column, "files": 0, "mean": "—", "bias": "—", "deviation": "—", "agreement": "—", "flags": []}
    return {
        "column": column,
        "files": figures.own.count,
        "mean": fixed(float(figures.own.mean)),
        "bias": signed(figures.bias),
        "bar": None if figures.bias is None else bar(figures.bias, widest),
        "deviation": fixed(figures.own.deviation),
        "agreement": fixed(figures.agreement),
        "flags": [FLAGS[flag] for flag in figures.flags],
        "told": _told(column, figures),
    }


def _told(column: Column, figures: ExpertFigures) -> str:
    """Say in words what is flagged; empty of an expert with no flag."""
    found = []
    for flag in figures.flags:
        if flag in (Flag.HARSH, Flag.LENIENT) and figures.bias is not None:
            found.append(f"平均{'偏低' if figures.bias < 0 else '偏高'} {abs(float(figures.bias)):.2f} 分")
        elif flag is Flag.ERRATIC:
            found.append(f"与其他专家的排序不一致（相关系数 {fixed(figures.agreement)}）")
        else:
            found.append(f"各单位得分接近，区分度低（标准差 {fixed(figures.own.deviation)}）")
    return f"{column.full}{'' if column.name else ' '}{'，'.join(found)}" if found else ""


def rules_told() -> str:
    """Say from where on an expert is marked."""
    return (
        f"标记规则：与同组其他专家均分之差的平均值超过满分的 {int(RULES.bias)}%，且超过其标准误的 {RULES.errors:g} 倍，标为偏严或偏宽；"
        f"相关系数低于 {RULES.agreement:g} 且比各专家的中位数低 {RULES.behind:g} 以上，标为不一致；"
        f"标准差不到其他专家的三分之一，标为区分度低。共同评分不足 {RULES.files} 家（相关系数 {RULES.files_to_agree} 家）的不作标记。"
    )


def outlier_lines(matrix: Matrix) -> list[dict[str, str]]:
    """Return every total that must be explained, with the explanation if it is there."""
    labels = {column.pk: column.full for column in matrix.columns}
    found = []
    for file in sorted(matrix.files, key=lambda file: (matrix.own.ranks[file.pk], file.pk)):
        for expert in sorted(matrix.far[file.pk]):
            total = file.totals[expert]
            note = matrix.scores.notes.get((file.panel, expert), "")
            found.append({"unit": file.unit, "expert": labels[expert], "total": f"{total.normalize():f}", "note": note})
    return found
