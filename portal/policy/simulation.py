"""A made-up call whose truth is known: what the diagnostics find of the habits planted in it, and which mean orders best.

Seeded, standard library only: the same seed gives the same call on every machine. `manage.py results simulate` prints it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from portal.policy.aggregation import Method, Terms
from portal.policy.diagnostics import ExpertFigures, Flag, Totals, expert_figures, mean_of, standardised

MAXIMUM = Decimal(100)
STEP = Decimal("0.5")


@dataclass(frozen=True)
class Habit:
    """How one expert scores: `shift` points off, `noise` times the usual noise, the range of files drawn together by `range_`.

    `planted` is the flag that ought to be raised; None of a fair expert.
    """

    label: str
    shift: float = 0.0
    noise: float = 1.0
    range_: float = 1.0
    planted: Flag | None = None


FAIR = Habit("公允")
HABITS = (
    Habit("偏严", shift=-6.0, planted=Flag.HARSH),
    Habit("偏宽", shift=5.0, planted=Flag.LENIENT),
    Habit("不稳定", noise=6.0, planted=Flag.ERRATIC),
    Habit("区分度低", range_=0.15, planted=Flag.FLAT),
)


@dataclass(frozen=True)
class Setup:
    """What is made up. True quality is normal about `mean`; each total adds noise, and is cut to 0–100 and to half points.

    `recused` is the share of seats left empty. The first experts have the `habits`, the rest are fair.
    """

    files: int = 300
    experts: int = 7
    seed: int = 1
    habits: tuple[Habit, ...] = HABITS
    mean: float = 70.0
    quality: float = 6.0
    noise: float = 2.5
    recused: float = 0.05


@dataclass(frozen=True)
class Order:
    """How well one way of making a result restores the true order: Kendall's tau-b, and how many of the first `top` agree."""

    label: str
    tau: float
    hits: int
    top: int


@dataclass(frozen=True)
class Simulated:
    """A made-up call and what was found in it."""

    setup: Setup
    habits: tuple[Habit, ...]
    figures: Mapping[int, ExpertFigures]
    orders: tuple[Order, ...] = field(default=())

    @property
    def false_alarms(self) -> list[tuple[int, Flag]]:
        """Flags raised that were not planted, with their expert (from 0)."""
        return [
            (expert, flag)
            for expert, each in sorted(self.figures.items())
            for flag in each.flags
            if flag is not self.habits[expert].planted
        ]

    @property
    def missed(self) -> list[tuple[int, Flag]]:
        """Flags planted and not raised, with their expert (from 0)."""
        return [
            (expert, habit.planted)
            for expert, habit in enumerate(self.habits)
            if habit.planted is not None and expert in self.figures and habit.planted not in self.figures[expert].flags
        ]


def simulate(setup: Setup, *, compare: bool = True) -> Simulated:
    """Make a call up and look at it; `compare` also orders its files three ways, which takes longer."""
    if setup.files < 2 or setup.experts < 2:
        raise ValueError("a simulation needs two files and two experts")
    habits = (*setup.habits, *(FAIR,) * setup.experts)[: setup.experts]
    truth, totals = made_up(setup, habits)
    figures = expert_figures(totals, MAXIMUM)
    return Simulated(setup, habits, figures, _orders(truth, totals) if compare else ())


def made_up(setup: Setup, habits: Sequence[Habit]) -> tuple[dict[int, float], dict[int, dict[int, Decimal]]]:
    """Return the true quality of each file, and the totals its experts give it."""
    draw = Random(setup.seed)  # noqa: S311 - a simulation, nothing secret
    truth = {file: draw.gauss(setup.mean, setup.quality) for file in range(setup.files)}
    totals: dict[int, dict[int, Decimal]] = {}
    for file, quality in truth.items():
        present = [expert for expert in range(setup.experts) if draw.random() >= setup.recused]
        seated = present or [draw.randrange(setup.experts)]
        totals[file] = {expert: _total(draw, quality, habits[expert], setup) for expert in seated}
    return truth, totals


def _total(draw: Random, quality: float, habit: Habit, setup: Setup) -> Decimal:
    seen = quality + draw.gauss(0, setup.noise * habit.noise)
    given = setup.mean + (seen - setup.mean) * habit.range_ + habit.shift
    steps = round(min(100.0, max(0.0, given)) / float(STEP))
    return steps * STEP


def _orders(truth: Mapping[int, float], totals: Totals) -> tuple[Order, ...]:
    plain, trimmed = Terms(method=Method.MEAN), Terms(method=Method.TRIMMED)
    rows = {file: list(row.values()) for file, row in totals.items()}
    scaled = {file: mean_of(row.values()) for file, row in standardised(totals).items()}
    ways: tuple[tuple[str, Mapping[int, float | None]], ...] = (
        ("平均值", {file: float(plain.result(row) or 0) for file, row in rows.items()}),
        ("去极值平均值", {file: float(trimmed.result(row) or 0) for file, row in rows.items()}),
        ("标准化后平均值", scaled),
    )
    top = max(1, len(truth) // 10)
    found = []
    for label, values in ways:
        known = {file: value for file, value in values.items() if value is not None}
        pairs = [(truth[file], value) for file, value in known.items()]
        hits = len(best(truth, top) & best(known, top))
        found.append(Order(label, kendall([a for a, _ in pairs], [b for _, b in pairs]), hits, top))
    return tuple(found)


def best(values: Mapping[int, float], number: int) -> set[int]:
    """Return the files with the highest values; of equal ones the first."""
    return set(sorted(values, key=lambda file: (-values[file], file))[:number])


def kendall(left: Sequence[float], right: Sequence[float]) -> float:
    """Return Kendall's tau-b: 1 for the same order, 0 for none in common, −1 for the reverse; 0 where nothing varies."""
    agree = apart = tied_left = tied_right = 0
    for at in range(len(left)):
        for other in range(at):
            a, b = left[at] - left[other], right[at] - right[other]
            if a and b:
                agree += (a > 0) == (b > 0)
                apart += (a > 0) != (b > 0)
            else:
                tied_left += not a
                tied_right += not b
    pairs = len(left) * (len(left) - 1) // 2
    whole = (pairs - tied_left) * (pairs - tied_right)
    return float((agree - apart) / whole**0.5) if whole else 0.0
