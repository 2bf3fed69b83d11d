"""The small drawings of the score matrix as coordinates: a slope for a rank, a strip for a spread, a bar for a bias."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.policy.diagnostics import Spread

STRIP_FROM, STRIP_TO = 6, 154
BAR_HALF = 26


def slope(before: int, after: int, methods: tuple[str, str]) -> dict[str, Any]:
    """Return a rank under two methods as the ends of a line, 26 high, with its words."""
    moved = before - after
    lean = max(-7, min(7, 3 * moved))
    words = f"{methods[0]}第 {before} 名，{methods[1]}第 {after} 名"
    told = f"，上升 {moved} 名" if moved > 0 else f"，下降 {-moved} 名" if moved < 0 else "，不变"
    return {
        "before": before,
        "after": after,
        "from": 13 + lean,
        "to": 13 - lean,
        "kind": "up" if moved > 0 else "down" if moved < 0 else "same",
        "told": words + told,
    }


def strip(totals: Mapping[int, Decimal], far: Collection[int], whole: Spread, low: int, high: int) -> dict[str, str]:
    """Return totals on a common axis as SVG paths: `dots`, `far` for those that stand off, `range`, `mean`."""

    def at(value: Decimal | Fraction) -> str:
        return f"{STRIP_FROM + (STRIP_TO - STRIP_FROM) * (float(value) - low) / (high - low):.1f}"

    def dots(values: Collection[Decimal]) -> str:
        return "".join(f"M{at(value)} 10h.01" for value in values)

    return {
        "dots": dots([total for expert, total in totals.items() if expert not in far]),
        "far": dots([total for expert, total in totals.items() if expert in far]),
        "range": f"M{at(whole.lowest)} 10H{at(whole.highest)}",
        "mean": f"M{at(whole.mean)} 3V17",
        "told": f"最低 {whole.lowest.normalize():f}，最高 {whole.highest.normalize():f}",
    }


def bar(bias: Fraction, widest: Fraction) -> dict[str, str]:
    """Return a bias as a bar from the middle of 60, the widest reaching its end."""
    width = float(abs(bias) / widest) * BAR_HALF
    return {
        "x": f"{30 - width if bias < 0 else 30:.1f}",
        "width": f"{width:.1f}",
        "kind": "low" if bias < 0 else "high",
    }
