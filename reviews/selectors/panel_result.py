"""What a panel's sheets come to, as it is kept when the review is closed: enough to work it out again by hand."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.policy.aggregation import Terms
from reviews.models import Opinion, Panel
from reviews.selectors.scores import SheetLine, panel_sheet, plain, terms_of, total_of


def panel_result(panel: Panel, opinions: Sequence[Opinion]) -> dict[str, Any] | None:
    """Return the result of unsealed opinions with everything it follows from; None where nothing is scored.

    `totals` are {member, total, counted} in the order of the opinions, `member` the id of the seat; `exact` is the result as
    a fraction `a/b`, `shown` as the edition rounds it; the rest are the terms it was made by. `items` are {number, group,
    title, bonus, maximum, exact, shown}: the mean of each item over the sheets that count, so that they add up to `exact`.
    """
    sheet = panel_sheet(panel)
    scored = [opinion for opinion in opinions if opinion.scores]
    if sheet is None or not scored:
        return None
    terms, totals = terms_of(panel), [total_of(opinion) for opinion in scored]
    exact, kept = terms.result(totals), terms.kept(totals)
    assert exact is not None  # noqa: S101 - there is at least one sheet
    return {
        "method": terms.method.value,
        "trim_from": terms.trim_from,
        "places": terms.places,
        "rounding": terms.rounding,
        "basis": terms.basis,
        "maximum": plain(sheet.maximum),
        "totals": [
            {"member": opinion.member_id, "total": plain(total), "counted": at in kept}
            for at, (opinion, total) in enumerate(zip(scored, totals, strict=True))
        ],
        "exact": f"{exact.numerator}/{exact.denominator}",
        "shown": terms.shown(exact),
        "items": [_item(line, [scored[at] for at in kept], terms) for line in sheet.lines],
    }


def _item(line: SheetLine, counted: Sequence[Opinion], terms: Terms) -> dict[str, Any]:
    points = [Fraction(Decimal(opinion.scores.get(line.key, 0))) for opinion in counted]
    mean = sum(points, Fraction(0)) / len(points)
    return {
        "number": line.item.number,
        "group": line.item.group,
        "title": line.item.title,
        "bonus": line.item.bonus,
        "maximum": plain(line.maximum),
        "exact": f"{mean.numerator}/{mean.denominator}",
        "shown": terms.shown(mean),
    }
