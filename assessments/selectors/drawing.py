"""Lines and bars of a base's figures as points of a small picture; every picture has its table beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from assessments.selectors.progress import Measured, TargetLine
from portal.policy.measures import show_number
from portal.policy.term import months_later

WIDTH, HEIGHT = 640, 200
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 26
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
MOST_LABELS = 8


@dataclass(frozen=True)
class Mark:
    """A label at an axis, with where it stands."""

    at: float
    words: str


@dataclass(frozen=True)
class Curve:
    """What has come together month by month, against the straight line to the target. Points are `x,y x,y`."""

    reported: str
    verified: str
    straight: str
    today: float | None
    marks_x: tuple[Mark, ...]
    marks_y: tuple[Mark, ...]
    summary: str
    rows: tuple[tuple[str, str, str, str], ...]  # until, reported, verified, straight line


@dataclass(frozen=True)
class Bar:
    """One month: its place, the height of what is reported, and of what of it is verified."""

    x: float
    width: float
    y: float
    height: float
    verified_y: float
    verified_height: float


@dataclass(frozen=True)
class Bars:
    """An indicator month by month."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    marks_x: tuple[Mark, ...]
    marks_y: tuple[Mark, ...]
    summary: str
    rows: tuple[tuple[str, str, str], ...]  # month, reported, verified

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(bar.height for bar in self.bars)


def curve(line: TargetLine, months: Mapping[date, Measured], today: date) -> Curve:
    """Draw how a target's quantity has come together by the end of each month of its span."""
    period, least = line.period, Fraction(line.target.at_least)
    points, total, certain = [(0, Fraction(0), Fraction(0))], Fraction(0), Fraction(0)
    for month, value in sorted(months.items()):
        total, certain = total + (value.reported or 0), certain + (value.verified or 0)
        end = min(months_later(month, 1) - timedelta(days=1), period.end, today)
        points.append(((end - period.start).days + 1, total, certain))
    top = max(least, total, Fraction(1))
    days = line.pace.days

    def at(day: int, value: Fraction) -> str:
        return f"{_x(day, days):.1f},{_y(value, top):.1f}"

    unit = line.indicator.unit if line.indicator else ""
    return Curve(
        reported=" ".join(at(day, value) for day, value, _ in points),
        verified=" ".join(at(day, value) for day, _, value in points),
        straight=f"{at(0, Fraction(0))} {at(days, least)}",
        today=_x(line.pace.elapsed, days) if 0 < line.pace.elapsed < days else None,
        marks_x=(Mark(LEFT, f"{period.start:%Y-%m-%d}"), Mark(WIDTH - RIGHT, f"{period.end:%Y-%m-%d}")),
        marks_y=(Mark(_y(Fraction(0), top), "0"), Mark(_y(least, top), show_number(least))),
        summary=(
            f"{line.target.title}：目标 {show_number(least)} {unit}，自报 {show_number(total)}，已核 {show_number(certain)}，"
            f"匀速推进到今天应为 {show_number(line.straight or Fraction(0))}"
        ),
        rows=tuple(
            (
                f"{period.start + timedelta(days=day - 1):%Y-%m-%d}",
                show_number(value),
                show_number(sure),
                show_number(least * day / days),
            )
            for day, value, sure in points[1:]
        ),
    )


def bars(title: str, unit: str, months: Mapping[date, Measured]) -> Bars:
    """Draw an indicator month by month; a month whose ratio cannot be formed has no bar."""
    ordered = sorted(months.items())
    top = max([value.reported or Fraction(0) for _, value in ordered] + [Fraction(1)])
    step = PLOT_WIDTH / max(len(ordered), 1)
    width = min(step * 0.7, 28)
    drawn = []
    for place, (_, value) in enumerate(ordered):
        x = LEFT + step * place + (step - width) / 2
        y, sure = _y(value.reported or Fraction(0), top), _y(min(value.verified or Fraction(0), top), top)
        floor = HEIGHT - BOTTOM
        drawn.append(
            Bar(round(x, 1), round(width, 1), round(y, 1), round(floor - y, 1), round(sure, 1), round(floor - sure, 1))
        )
    every = -(-len(ordered) // MOST_LABELS) or 1
    marks = [Mark(round(LEFT + step * (place + 0.5), 1), f"{month:%y-%m}") for place, (month, _) in enumerate(ordered)]
    return Bars(
        title=title,
        unit=unit,
        bars=tuple(drawn),
        marks_x=tuple(marks[::every]),
        marks_y=(Mark(_y(Fraction(0), top), "0"), Mark(_y(top, top), show_number(top))),
        summary=f"{title}，{ordered[0][0]:%Y-%m} 至 {ordered[-1][0]:%Y-%m} 各月" if ordered else title,
        rows=tuple((f"{month:%Y-%m}", _told(value.reported), _told(value.verified)) for month, value in ordered),
    )


def _x(day: int, days: int) -> float:
    return LEFT + PLOT_WIDTH * day / days


def _y(value: Fraction, top: Fraction) -> float:
    return round(TOP + PLOT_HEIGHT * float(1 - value / top), 1)


def _told(value: Fraction | None) -> str:
    return "—" if value is None else show_number(value)
