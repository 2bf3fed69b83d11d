"""The table that `make bench` prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measure import Race

ROW = "{:<44} {:>9} {:>9} {:>10} {:>8} {:>8} {:>6}  {}"


@dataclass(frozen=True)
class Line:
    """One measurement with its target: a ratio at the median, and a number of statements where there is one."""

    race: Race
    most: float
    statements: int | None = None
    most_statements: int | None = None

    @property
    def met(self) -> bool:
        """Whether it is within its targets."""
        few = self.most_statements is None or (self.statements or 0) <= self.most_statements
        return few and self.race.ratio <= self.most


def table(lines: Sequence[Line], database: str) -> str:
    """Return the table: milliseconds at the median and at the 95th percentile, the ratio, the target."""
    printed = [f"{database}; ms", ROW.format("", "p50", "p95", "bare p50", "ratio", "target", "SQL", "")]
    for line in lines:
        race = line.race
        printed.append(
            ROW.format(
                race.label, *(f"{value * 1000:.1f}" for value in (race.probe.p50, race.probe.p95, race.bare.p50)),
                f"{race.ratio:.2f}", f"≤ {line.most:g}", "" if line.statements is None else line.statements,
                "ok" if line.met else "over",
            )
        )  # fmt: skip
    return "\n".join(printed)
