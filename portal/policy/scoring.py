"""Score sheets: items, bands, grades and vetoes, with exact arithmetic."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Any

from portal.policy.condition import Test
from portal.policy.proposal import Filed, Kept, OwnedOnly, Stated


class Mode(StrEnum):
    """Where an item's points come from."""

    AUTO = "auto"  # computed from verified records
    PROPOSED = "proposed"  # computed proposal, an expert confirms
    EXPERT = "expert"


@dataclass(frozen=True)
class Band:
    """`points` for a quantity of at most `up_to` (None: no upper end)."""

    up_to: int | None
    points: Decimal


@dataclass(frozen=True)
class Bands:
    """Points by quantity, judged for each year and joined by the aggregate a setting names (`min` or `mean`)."""

    bands: tuple[Band, ...]
    aggregate_setting: str = ""
    unit: str = ""  # what is counted, as it is written beside the number

    def points(self, quantity: int) -> Decimal:
        """Return the points of one year's quantity."""
        return next(band.points for band in self.bands if band.up_to is None or quantity <= band.up_to)

    def lines(self) -> tuple[tuple[str, Decimal], ...]:
        """Return each band in words with its points: 300 以内 10, 超过 300 至 500 15, 超过 500 20."""
        found: list[tuple[str, Decimal]] = []
        below: int | None = None
        for band in self.bands:
            upper = "" if band.up_to is None else f"{band.up_to:,} {self.unit}".rstrip()
            if below is None:
                text = f"{upper}以内" if upper else "不限数量"
            else:
                lower = f"超过 {below:,} {self.unit}".rstrip()
                text = f"{lower}至 {upper}" if upper else lower
            found.append((text, band.points))
            below = band.up_to
        return tuple(found)

    def join(self, quantities: Sequence[int], aggregate: str) -> Decimal:
        """Return the points of several years: the lowest year's, or their mean to two decimals, cut off."""
        each = [self.points(quantity) for quantity in quantities]
        if not each:
            return Decimal(0)
        return (
            min(each)
            if aggregate == "min"
            else (sum(each, Decimal(0)) / len(each)).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
        )


@dataclass(frozen=True)
class PerEvent:
    """So many points for each event of a kind, capped; `titles` say what the kinds are called."""

    points_by_kind: tuple[tuple[str, Decimal], ...]
    cap: Decimal
    titles: tuple[tuple[str, str], ...] = ()

    def points(self, events: Mapping[str, int]) -> Decimal:
        """Return the points of a count of events by kind."""
        total = sum((points * events.get(kind, 0) for kind, points in self.points_by_kind), Decimal(0))
        return min(self.cap, total)

    def lines(self) -> tuple[tuple[str, Decimal], ...]:
        """Return what one event of each kind gives, and the most that all of them can give."""
        titles = dict(self.titles)
        return (
            *((f"每次（项）{titles.get(kind, kind)}", points) for kind, points in self.points_by_kind),
            ("累计最高", self.cap),
        )


@dataclass(frozen=True)
class ByConditions:
    """An item's maximum shared out over conditions (code, weight): each condition that is met gives its share."""

    weights: tuple[tuple[str, int], ...]

    def points(self, maximum: Decimal, met: Collection[str], step: Decimal) -> Decimal:
        """Return the points for the codes of the conditions met, cut off to a multiple of `step`."""
        whole = sum(weight for _, weight in self.weights)
        won = sum(weight for code, weight in self.weights if code in met)
        return (maximum * won / whole // step) * step


@dataclass(frozen=True)
class RemarkRule:
    """When points need a written reason: fewer, or more, than so many hundredths of an item's maximum.

    Both are settings. 0 asks for none below, 100 for none above; an empty name likewise.
    """

    below_setting: str = ""
    above_setting: str = ""
    clause: str = ""

    def bounds(self, maximum: Decimal, settings: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
        """Return under and over how many points a reason is needed; None where none is."""
        below = Decimal(str(settings.get(self.below_setting, 0)))
        above = Decimal(str(settings.get(self.above_setting, 100)))
        return (maximum * below / 100 if below > 0 else None, maximum * above / 100 if above < 100 else None)

    def told(self, settings: Mapping[str, Any]) -> str:
        """Say which points need a reason; empty where none do."""
        below, above = self.bounds(Decimal(100), settings)
        found = [
            *([f"低于满分的 {below.normalize():f}%"] if below is not None else []),
            *([f"高于满分的 {above.normalize():f}%"] if above is not None else []),
        ]
        return f"单项得分{'或'.join(found)} 的，须写明理由" if found else ""


@dataclass(frozen=True)
class ScoreItem:
    """One line of the sheet; `rule` is the official scoring rule, verbatim.

    `evidence` names what the points rest on: references into the form (`equipment.items`), or `#slot` for a material.
    """

    number: int
    group: str
    title: str
    max_points: Decimal
    rule: str
    mode: Mode = Mode.EXPERT
    bonus: bool = False
    step: Decimal = Decimal("0.5")
    formula: Bands | PerEvent | ByConditions | Stated | OwnedOnly | Filed | Kept | None = None
    feeds: tuple[tuple[str, str], ...] = ()  # (kind, tally): the quantities a formula by quantity reads
    evidence: tuple[str, ...] = ()

    @property
    def bands(self) -> tuple[tuple[str, Decimal], ...]:
        """The formula in words with its points, where it goes by quantity."""
        return self.formula.lines() if isinstance(self.formula, (Bands, PerEvent)) else ()


@dataclass(frozen=True)
class ReviewSheet:
    """The sheet experts score an application by before recognition; its items add up to 100.

    `when` says which applications it is for (None: all). A bureau may set an item's maximum through the setting
    `<settings_prefix>.<number>`. `remark` says which points need a written reason.
    """

    key: str
    title: str
    items: tuple[ScoreItem, ...]
    clause: str
    when: Test | None = None
    default: str = ""
    settings_prefix: str = ""
    remark: RemarkRule = RemarkRule()

    def maximum_of(self, item: ScoreItem, settings: Mapping[str, Any]) -> Decimal:
        """Return the most an item can give under these settings."""
        return Decimal(str(settings.get(f"{self.settings_prefix}.{item.number}", item.max_points)))


@dataclass(frozen=True)
class Grade:
    """A grade from `minimum` points upward (half-open bands, no rounding up)."""

    title: str
    minimum: Decimal


@dataclass(frozen=True)
class Veto:
    """A fact that makes the result the lowest grade, whatever the points."""

    code: str
    text: str
    clause: str


@dataclass(frozen=True)
class GradeResult:
    """The outcome of a sheet: `flagged` when the bonus changes the grade and the chair must confirm with a reason."""

    base: Decimal
    bonus: Decimal
    total: Decimal
    grade: Grade
    flagged: bool


@dataclass(frozen=True)
class ScoreSheet:
    """The sheet of a periodic assessment. Grades stand from best to worst; the last one's consequence is `failing`."""

    title: str
    items: tuple[ScoreItem, ...]
    grades: tuple[Grade, ...]
    vetoes: tuple[Veto, ...]
    cycle: str
    clause: str
    basis_setting: str = ""
    failing: str = ""

    def maximum(self, *, bonus: bool) -> Decimal:
        """Add up what the base items, or the bonus items, can give."""
        return sum((item.max_points for item in self.items if item.bonus is bonus), Decimal(0))

    def grade_of(self, points: Decimal) -> Grade:
        """Return the grade of so many points."""
        return next(grade for grade in self.grades if points >= grade.minimum)

    def result(
        self, scores: Mapping[int, Decimal], settings: Mapping[str, Any], vetoes: Sequence[str] = ()
    ) -> GradeResult:
        """Grade a filled sheet: `scores` by item number, out-of-range scores raise ValueError."""
        for item in self.items:
            if not 0 <= scores.get(item.number, Decimal(0)) <= item.max_points:
                raise ValueError(f"第 {item.number} 项得分应在 0 至 {item.max_points} 之间")
        base, bonus = (
            sum((scores.get(item.number, Decimal(0)) for item in self.items if item.bonus is kind), Decimal(0))
            for kind in (False, True)
        )
        on_total = settings.get(self.basis_setting, "total") == "total"
        grade = self.grade_of(base + bonus if on_total else base)
        flagged = on_total and grade != self.grade_of(base)
        if vetoes:
            grade, flagged = self.grades[-1], False
        return GradeResult(base, bonus, base + bonus, grade, flagged)
