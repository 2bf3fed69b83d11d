"""Scores far from the panel's: of the total, which the chair must explain, and of single items, for information."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from portal.policy.aggregation import median, outliers
from reviews.models import Opinion, OutlierNote, Panel, PanelMember
from reviews.selectors.panels import unsealed_opinions
from reviews.selectors.scores import PanelSheet, SheetLine, panel_sheet, plain, read_points, terms_of, total_of

ITEM_SHARE = Fraction(3, 10)
"""From which share of an item's maximum on points count as far from the panel's median of that item."""
LEAST = 3
"""With fewer sheets there is no middle to stand off from."""
TOTAL = 0


@dataclass(frozen=True)
class Outlier:
    """One expert's score far from the panel's median. `item` is its number, 0 for the total; `note` its explanation."""

    member: PanelMember
    item: int
    title: str
    points: str
    middle: str
    off: str
    remark: str = ""
    note: OutlierNote | None = None
    by_chair: bool = False  # or else by an officer in the chair's name
    earlier: str = ""  # what was written before a sheet was handed in anew, which explains nothing any more

    @property
    def key(self) -> str:
        """What the explanation is called in a form: `12_0`."""
        return f"{self.member.pk}_{self.item}"

    @property
    def must(self) -> bool:
        """Whether the review cannot be closed before it is explained."""
        return self.item == TOTAL


def find_outliers(panel: Panel, opinions: Sequence[Opinion] | None = None) -> list[Outlier]:
    """Return what stands off among unsealed opinions, totals first; nothing before the seal is open.

    `opinions` are those of `unsealed_opinions`, when the caller has them already.
    """
    given = list(unsealed_opinions(panel)) if opinions is None else opinions
    scored, sheet = [each for each in given if each.scores], panel_sheet(panel)
    if sheet is None or panel.unsealed_at is None or len(scored) < LEAST:
        return []
    found = [*_totals(panel, sheet, scored), *(each for line in sheet.lines for each in _items(line, scored))]
    chair = next((each.member.expert.user_id for each in given if each.member.chair), None)
    latest = max(each.submitted_at for each in scored if each.submitted_at)
    return _with_notes(panel, found, chair, latest) if found else []


def unexplained(found: Iterable[Outlier]) -> list[Outlier]:
    """Return those that must be explained and are not."""
    return [each for each in found if each.must and each.note is None]


def _totals(panel: Panel, sheet: PanelSheet, opinions: Sequence[Opinion]) -> list[Outlier]:
    totals = [total_of(opinion) for opinion in opinions]
    middle = median(totals)
    assert middle is not None  # noqa: S101 - there are three at least
    return [_outlier(opinions[at], None, totals[at], middle) for at in outliers(totals, sheet.maximum, terms_of(panel))]


def _items(line: SheetLine, opinions: Sequence[Opinion]) -> list[Outlier]:
    read = [(opinion, read_points(str(opinion.scores.get(line.key, "")))) for opinion in opinions]
    given = [(opinion, points) for opinion, points in read if points is not None]
    middle = median([points for _, points in given])
    if middle is None or len(given) < LEAST or not line.maximum:
        return []
    limit = ITEM_SHARE * Fraction(line.maximum)
    return [
        _outlier(opinion, line, points, middle) for opinion, points in given if abs(Fraction(points) - middle) >= limit
    ]


def _outlier(opinion: Opinion, line: SheetLine | None, points: Decimal, middle: Fraction) -> Outlier:
    exact = Decimal(middle.numerator) / middle.denominator  # a median of decimals ends
    off = points - exact
    return Outlier(
        member=opinion.member,
        item=line.item.number if line else TOTAL,
        title=f"{line.item.number} {line.item.title}" if line else "总分",
        points=plain(points),
        middle=plain(exact),
        off=f"{'高' if off > 0 else '低'} {plain(abs(off))}",
        remark=opinion.score_remarks.get(line.key, "") if line else "",
    )


def _with_notes(panel: Panel, found: list[Outlier], chair: int | None, latest: datetime) -> list[Outlier]:
    rows = OutlierNote.objects.filter(panel=panel).select_related("written_by", "member__expert")
    notes = {(note.member_id, note.item): note for note in rows}
    explained = []
    for each in found:
        note = notes.get((each.member.pk, each.item))
        if note is not None and note.written_at < latest:
            explained.append(replace(each, earlier=note.text))
        else:
            explained.append(replace(each, note=note, by_chair=note is not None and note.written_by_id == chair))
    return explained
