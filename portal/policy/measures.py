"""The quantities conditions compare. Arithmetic is exact: a ratio is never rounded (G-02)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from portal.policy.condition import Measure, Test
from portal.policy.facts import Facts, to_number


def show_number(number: Fraction) -> str:
    """Write a number with thousands separators, at most two decimals, cut off and never rounded up."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    shown = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    return f"{shown:,f}"


@dataclass(frozen=True)
class Number:
    """The answer to one numeric question."""

    reference: str

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the answer."""
        return facts.number(self.reference)

    def references(self) -> Iterator[str]:
        """Yield its reference."""
        yield self.reference

    def show(self, facts: Facts) -> str:
        """Say the answer."""
        value = self.measure(facts)
        return "" if value is None else show_number(value)


@dataclass(frozen=True)
class Count:
    """How many rows of a table have `column` in `values`, and each column of `also` in its values (without: every row)."""

    reference: str
    column: str = ""
    values: tuple[str, ...] = ()
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def asked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every column with the values it must have."""
        return ((self.column, self.values), *self.also) if self.column else self.also

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the count; of an empty table nothing is known yet."""
        rows = facts.rows(self.reference)
        return (
            None
            if not rows
            else Fraction(sum(1 for row in rows if all(row.get(column) in values for column, values in self.asked)))
        )

    def references(self) -> Iterator[str]:
        """Yield the columns, or the table when none is named."""
        yield from [f"{self.reference}.{column}" for column, _ in self.asked] or [self.reference]

    def show(self, facts: Facts) -> str:
        """Say the count."""
        return show_number(self.measure(facts) or Fraction(0))


@dataclass(frozen=True)
class CountAny:
    """How many rows of a table have at least one of `asked` (column, values): a union, in which a row counts once."""

    reference: str
    asked: tuple[tuple[str, tuple[str, ...]], ...]

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the count; of an empty table nothing is known yet."""
        rows = facts.rows(self.reference)
        if not rows:
            return None
        return Fraction(sum(1 for row in rows if any(row.get(column) in values for column, values in self.asked)))

    def references(self) -> Iterator[str]:
        """Yield the columns."""
        for column, _ in self.asked:
            yield f"{self.reference}.{column}"

    def show(self, facts: Facts) -> str:
        """Say the count."""
        return show_number(self.measure(facts) or Fraction(0))


@dataclass(frozen=True)
class Total:
    """The sum of one column of a table; rows without a number are left out, and rows that `where` (column, values) excludes."""

    reference: str
    column: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the sum; of an empty table nothing is known yet."""
        rows = facts.rows(self.reference)
        taken = [row for row in rows if all(row.get(column) in values for column, values in self.where)]
        known = (to_number(row.get(self.column)) or Fraction(0) for row in taken)
        return sum(known, Fraction(0)) if rows else None

    def references(self) -> Iterator[str]:
        """Yield the columns."""
        yield f"{self.reference}.{self.column}"
        for column, _ in self.where:
            yield f"{self.reference}.{column}"

    def show(self, facts: Facts) -> str:
        """Say the sum."""
        return show_number(self.measure(facts) or Fraction(0))


@dataclass(frozen=True)
class Share:
    """A percentage: `part` of `whole` × 100; not measurable when the whole is missing or zero."""

    part: Measure
    whole: Measure

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the exact percentage."""
        part, whole = self.part.measure(facts), self.whole.measure(facts)
        return None if part is None or not whole else part * 100 / whole

    def references(self) -> Iterator[str]:
        """Yield what both sides read."""
        yield from self.part.references()
        yield from self.whole.references()

    def show(self, facts: Facts) -> str:
        """Say `31/58 = 53.44`."""
        value = self.measure(facts)
        return "" if value is None else f"{self.part.show(facts)}/{self.whole.show(facts)} = {show_number(value)}"


@dataclass(frozen=True)
class Quotient:
    """How many of `whole` fall to one of `part` (students to a teacher), exact; not measurable when `part` is missing or 0."""

    whole: Measure
    part: Measure

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the exact quotient."""
        whole, part = self.whole.measure(facts), self.part.measure(facts)
        return None if whole is None or not part else whole / part

    def references(self) -> Iterator[str]:
        """Yield what both sides read."""
        yield from self.whole.references()
        yield from self.part.references()

    def show(self, facts: Facts) -> str:
        """Say `1240/58 = 21.37`."""
        value = self.measure(facts)
        return "" if value is None else f"{self.whole.show(facts)}/{self.part.show(facts)} = {show_number(value)}"


@dataclass(frozen=True)
class Sum:
    """Several quantities added up; one missing leaves the sum open."""

    parts: tuple[Measure, ...]

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the sum."""
        values = [part.measure(facts) for part in self.parts]
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) if len(known) == len(values) else None

    def references(self) -> Iterator[str]:
        """Yield what all parts read."""
        for part in self.parts:
            yield from part.references()

    def show(self, facts: Facts) -> str:
        """Say the sum."""
        value = self.measure(facts)
        return "" if value is None else show_number(value)


@dataclass(frozen=True)
class Largest:
    """The largest of several quantities; those missing do not count."""

    parts: tuple[Measure, ...]

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the largest known one."""
        return max((value for part in self.parts if (value := part.measure(facts)) is not None), default=None)

    def references(self) -> Iterator[str]:
        """Yield what all parts read."""
        for part in self.parts:
            yield from part.references()

    def show(self, facts: Facts) -> str:
        """Say the largest."""
        value = self.measure(facts)
        return "" if value is None else show_number(value)


@dataclass(frozen=True)
class Latest:
    """The number in `column` of the row with the greatest `by` (the latest year)."""

    reference: str
    by: str
    column: str

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the latest row's number."""
        dated = [
            (order, row) for row in facts.rows(self.reference) if (order := to_number(row.get(self.by))) is not None
        ]
        return to_number(max(dated, key=lambda each: each[0])[1].get(self.column)) if dated else None

    def references(self) -> Iterator[str]:
        """Yield both columns."""
        yield f"{self.reference}.{self.by}"
        yield f"{self.reference}.{self.column}"

    def show(self, facts: Facts) -> str:
        """Say the number."""
        value = self.measure(facts)
        return "" if value is None else show_number(value)


@dataclass(frozen=True)
class Mean:
    """The mean of one column of a table, exact; rows without a number are left out."""

    reference: str
    column: str

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the mean; of an empty table nothing is known yet."""
        known = [value for row in facts.rows(self.reference) if (value := to_number(row.get(self.column))) is not None]
        return sum(known, Fraction(0)) / len(known) if known else None

    def references(self) -> Iterator[str]:
        """Yield the column."""
        yield f"{self.reference}.{self.column}"

    def show(self, facts: Facts) -> str:
        """Say the mean."""
        value = self.measure(facts)
        return "" if value is None else show_number(value)


@dataclass(frozen=True)
class Holding:
    """How many of these tests hold (satisfied preferences); one still open counts as not held."""

    tests: tuple[Test, ...]

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the count."""
        return Fraction(sum(1 for test in self.tests if test.check(facts).met is True))

    def references(self) -> Iterator[str]:
        """Yield what all tests read."""
        for test in self.tests:
            yield from test.references()

    def show(self, facts: Facts) -> str:
        """Say the count."""
        return show_number(self.measure(facts) or Fraction(0))


@dataclass(frozen=True)
class BySetting:
    """The quantity that a setting chooses (`choices`: its value → the quantity); open for a value not among them."""

    setting: str
    choices: tuple[tuple[str, Measure], ...]

    def chosen(self, facts: Facts) -> Measure | None:
        """Return the quantity in force."""
        return dict(self.choices).get(str(facts.settings.get(self.setting, "")))

    def measure(self, facts: Facts) -> Fraction | None:
        """Return its value."""
        quantity = self.chosen(facts)
        return None if quantity is None else quantity.measure(facts)

    def references(self) -> Iterator[str]:
        """Yield what all choices read, and the setting as `@setting`."""
        for _, quantity in self.choices:
            yield from quantity.references()
        yield f"@{self.setting}"

    def show(self, facts: Facts) -> str:
        """Say the quantity in force."""
        quantity = self.chosen(facts)
        return "" if quantity is None else quantity.show(facts)
