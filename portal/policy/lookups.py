"""Tests that look answers up and set them beside one another: several choices, dates, equal sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.policy.condition import Finding, Measure, Test
from portal.policy.facts import Facts, filled


@dataclass(frozen=True)
class Includes:
    """The choices of a MULTIPLE answer include all of `values`; with `any_of`, at least one. `words` is value → label."""

    reference: str
    values: tuple[str, ...]
    said: str
    words: tuple[tuple[str, str], ...] = ()
    any_of: bool = False

    def check(self, facts: Facts) -> Finding:
        """Look the choices up; none given leaves the question open."""
        given = facts.get(self.reference)
        chosen = [given] if isinstance(given, str) else list(given) if isinstance(given, (list, tuple)) else []
        if not filled(chosen):
            return Finding(None, self.said)
        found = [value for value in self.values if value in chosen]
        labels = dict(self.words)
        shown = "、".join(labels.get(value, value) for value in found) or "无"
        return Finding(bool(found) if self.any_of else len(found) == len(self.values), self.said, shown)

    def references(self) -> Iterator[str]:
        """Yield its reference."""
        yield self.reference


@dataclass(frozen=True)
class DatedWithin:
    """A DATE answer lies at most `days` days before the day of filing, and not after it (a credit report ≤30 days old)."""

    reference: str
    days: int
    said: str

    def check(self, facts: Facts) -> Finding:
        """Compare the date with the day of filing; without one it need only be a date."""
        raw = facts.get(self.reference)
        try:
            given = date.fromisoformat(str(raw)) if filled(raw) else None
        except ValueError:
            given = None
        if given is None:
            return Finding(None, self.said)
        shown = f"{given.year} 年 {given.month} 月 {given.day} 日"
        if facts.on is None:
            return Finding(True, self.said, shown)
        return Finding(facts.on - timedelta(days=self.days) <= given <= facts.on, self.said, shown)

    def references(self) -> Iterator[str]:
        """Yield its reference."""
        yield self.reference


@dataclass(frozen=True)
class Equal:
    """Two quantities are the same (the ranks add up to the total); `said` tells people what is asked."""

    left: Measure
    right: Measure
    said: str

    def check(self, facts: Facts) -> Finding:
        """Compare."""
        left, right = self.left.measure(facts), self.right.measure(facts)
        if left is None or right is None:
            return Finding(None, self.said)
        return Finding(left == right, self.said, f"{self.left.show(facts)} 与 {self.right.show(facts)}")

    def references(self) -> Iterator[str]:
        """Yield what both sides read."""
        yield from self.left.references()
        yield from self.right.references()


@dataclass(frozen=True)
class Not:
    """A test does not hold; open stays open. `said` tells people what is asked."""

    test: Test
    said: str = ""

    def check(self, facts: Facts) -> Finding:
        """Turn the finding round."""
        finding = self.test.check(facts)
        return Finding(None if finding.met is None else not finding.met, self.said, finding.reported, finding.detail)

    def references(self) -> Iterator[str]:
        """Yield what the test reads."""
        yield from self.test.references()


@dataclass(frozen=True)
class ByTrack:
    """Each track has a test of its own; an application on a track without one passes."""

    tests: tuple[tuple[str, Test], ...]

    def check(self, facts: Facts) -> Finding:
        """Test what the application's track asks."""
        test = dict(self.tests).get(facts.track)
        return test.check(facts) if test else Finding(True)

    def references(self) -> Iterator[str]:
        """Yield what all tests read."""
        for _, test in self.tests:
            yield from test.references()
