"""What a register keeps of a base as it was when it was recognised: a few quantities of its form, each named."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from portal.policy.condition import Measure
from portal.policy.facts import Facts
from portal.policy.measures import show_number


@dataclass(frozen=True)
class RecordItem:
    """One quantity of the reviewed form: `group` says what it tells of (场地, 设备, 师资)."""

    key: str
    title: str
    unit: str
    measure: Measure
    group: str
    tracks: tuple[str, ...] = ()  # empty: all


@dataclass(frozen=True)
class Across:
    """The sum of one number over the instances of a repeated part (the area of every project); those without it are left out."""

    part: str
    reference: str

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the sum; of no instance nothing is known yet."""
        instances = facts.rows(self.part)
        numbers = [facts.within(instance).number(self.reference) or Fraction(0) for instance in instances]
        return sum(numbers, Fraction(0)) if instances else None

    def references(self) -> Iterator[str]:
        """Yield what it reads of each instance."""
        yield f"{self.part}.{self.reference}"

    def show(self, facts: Facts) -> str:
        """Say the sum."""
        return show_number(self.measure(facts) or Fraction(0))


@dataclass(frozen=True)
class Rows:
    """How many rows a table has, over all instances of a repeated part if it stands in one."""

    reference: str

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the number of rows."""
        return Fraction(len(facts.rows(self.reference)))

    def references(self) -> Iterator[str]:
        """Yield the table."""
        yield self.reference

    def show(self, facts: Facts) -> str:
        """Say the number."""
        return show_number(self.measure(facts) or Fraction(0))
