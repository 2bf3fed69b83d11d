"""From experts' sheets to one figure: plain or trimmed mean, in exact arithmetic; what is shown is rounded, what orders is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Method(StrEnum):
    """How several experts' totals become one."""

    MEAN = "mean"
    TRIMMED = "trimmed"  # without one highest and one lowest


METHODS = ((Method.MEAN.value, "各专家评分的平均值"), (Method.TRIMMED.value, "去掉一个最高分、一个最低分后的平均值"))
ROUNDINGS = (("down", "截尾，不进位"), ("half_up", "四舍五入"))
BASES = (("exact", "按精确值排序"), ("shown", "按保留小数后的得分排序"))


@dataclass(frozen=True)
class Aggregation:
    """How an edition makes a result out of sheets. Each name is a setting; an empty one leaves the value beside it.

    `trim_from` is the least number of sheets that is trimmed: with fewer the plain mean holds. `outlier` is by how many
    hundredths of the sheet's maximum a total may stand off from the panel's median before the chair must explain it.
    """

    clause: str = ""
    default: str = ""
    method_setting: str = ""
    trim_from_setting: str = ""
    places_setting: str = ""
    rounding_setting: str = ""
    basis_setting: str = ""
    outlier_setting: str = ""

    def terms(self, settings: Mapping[str, Any]) -> "Terms":
        """Return the arithmetic that holds under these settings."""
        return Terms(
            method=Method(settings.get(self.method_setting, Method.MEAN)),
            trim_from=int(settings.get(self.trim_from_setting, 5)),
            places=int(settings.get(self.places_setting, 2)),
            rounding=str(settings.get(self.rounding_setting, "down")),
            basis=str(settings.get(self.basis_setting, "exact")),
            outlier=int(settings.get(self.outlier_setting, 10)),
        )


@dataclass(frozen=True)
class Terms:
    """The arithmetic of one call, as its settings say."""

    method: Method = Method.MEAN
    trim_from: int = 5
    places: int = 2
    rounding: str = "down"
    basis: str = "exact"
    outlier: int = 10

    def kept(self, totals: Sequence[Decimal]) -> list[int]:
        """Return the places (from 0) of the totals that count; of several equal extremes the first one goes."""
        everyone = list(range(len(totals)))
        if self.method is not Method.TRIMMED or len(totals) < max(self.trim_from, 3):
            return everyone
        lowest = min(everyone, key=lambda at: totals[at])
        highest = max((at for at in everyone if at != lowest), key=lambda at: totals[at])
        return [at for at in everyone if at not in (lowest, highest)]

    def result(self, totals: Sequence[Decimal]) -> Fraction | None:
        """Return the exact result of a file's totals; None of none."""
        counted = [Fraction(totals[at]) for at in self.kept(totals)]
        return sum(counted, Fraction(0)) / len(counted) if counted else None

    def standing(self, totals: Sequence[Decimal]) -> Fraction | None:
        """Return the figure files are ordered by: the exact result, or the one shown."""
        exact = self.result(totals)
        return exact if exact is None or self.basis == "exact" else Fraction(self.rounded(exact))

    def rounded(self, value: Fraction) -> Decimal:
        """Return a value to the places of the edition, by whole-number arithmetic alone."""
        scale = 10**self.places
        down, rest = divmod(value.numerator * scale, value.denominator)
        up = self.rounding == "half_up" and 2 * rest >= value.denominator
        return Decimal(down + up).scaleb(-self.places)

    def shown(self, value: Fraction | None) -> str:
        """Write a result; a dash where there is none."""
        return "—" if value is None else str(self.rounded(value))

    def told(self) -> str:
        """Say in one sentence how a result comes about."""
        method = "取各专家总分的平均值"
        if self.method is Method.TRIMMED:
            least = max(self.trim_from, 3)
            method = (
                f"评分表不少于 {least} 份的，去掉一个最高分和一个最低分后取总分的平均值；不足 {least} 份的，取平均值"
            )
        places = f"保留 {self.places} 位小数" if self.places else "取整数"
        cut = {"down": "，不进位", "half_up": "，四舍五入"}[self.rounding]
        order = "排序比较未取舍的精确值" if self.basis == "exact" else "排序比较取舍后的得分"
        return f"{method}；{places}{cut}，{order}"

    def told_outlier(self) -> str:
        """Say from where on a total must be explained; empty where it never must."""
        if self.outlier >= 100:
            return ""
        return f"总分与专家组中位数之差超过满分 {self.outlier}% 的，由组长书面说明后方可办结"


def median(totals: Sequence[Decimal]) -> Fraction | None:
    """Return the exact median of several totals; None of none."""
    ordered = sorted(Fraction(each) for each in totals)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def outliers(totals: Sequence[Decimal], maximum: Decimal, terms: Terms) -> list[int]:
    """Return the places of totals that stand off from the median by more than the edition lets pass unexplained."""
    middle = median(totals)
    if middle is None or len(totals) < 3:
        return []
    limit = Fraction(maximum) * terms.outlier / 100
    return [at for at, each in enumerate(totals) if abs(Fraction(each) - middle) > limit]
