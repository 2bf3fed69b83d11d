"""The tests a condition may use. Each yields a finding with the requirement and the report ready to show."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from portal.policy.condition import Finding, Measure, Test
from portal.policy.facts import Answers, Facts, filled, to_number
from portal.policy.measures import show_number
from portal.policy.values import credit_code_is_valid

_OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


@dataclass(frozen=True)
class Compare:
    """A quantity against a threshold; 以上/以下/不少于 include it (G-01). `said` stands for `≥n unit` where that reads badly."""

    quantity: Measure
    operator: str
    threshold: int | Decimal | str  # a string names a setting
    unit: str = ""
    said: str = ""

    def limit(self, facts: Facts) -> Fraction:
        """Return the threshold, looked up when it is a setting."""
        raw = facts.settings[self.threshold] if isinstance(self.threshold, str) else self.threshold
        return Fraction(Decimal(str(raw)))

    def check(self, facts: Facts) -> Finding:
        """Compare."""
        limit, value = self.limit(facts), self.quantity.measure(facts)
        space = "" if self.unit in ("", "%") else " "
        required = self.said or f"{_OPERATORS[self.operator]}{show_number(limit)}{space}{self.unit}"
        if value is None:
            return Finding(None, required)
        met = {">=": value >= limit, "<=": value <= limit, ">": value > limit, "<": value < limit, "=": value == limit}
        return Finding(met[self.operator], required, f"{self.quantity.show(facts)}{space}{self.unit}")

    def references(self) -> Iterator[str]:
        """Yield what the quantity reads, and the setting that holds the threshold as `@setting`."""
        yield from self.quantity.references()
        if isinstance(self.threshold, str):
            yield f"@{self.threshold}"


@dataclass(frozen=True)
class NotBelow:
    """One quantity is at least another (应提取 and 已提取)."""

    quantity: Measure
    floor: Measure
    unit: str = ""
    label: str = ""

    def check(self, facts: Facts) -> Finding:
        """Compare."""
        value, floor = self.quantity.measure(facts), self.floor.measure(facts)
        if value is None or floor is None:
            return Finding(None, self.label)
        shown = f"≥{self.floor.show(facts)} {self.unit}".strip()
        return Finding(value >= floor, shown, f"{self.quantity.show(facts)} {self.unit}".strip())

    def references(self) -> Iterator[str]:
        """Yield what both sides read."""
        yield from self.quantity.references()
        yield from self.floor.references()


@dataclass(frozen=True)
class Is:
    """An answer is one of `values`; `said` tells people what is asked, `words` how the answers read."""

    reference: str
    values: tuple[str, ...]
    said: str = "是"
    words: tuple[tuple[str, str], ...] = (("yes", "是"), ("no", "否"))

    def check(self, facts: Facts) -> Finding:
        """Look the answer up."""
        value = facts.get(self.reference)
        if not filled(value):
            return Finding(None, self.said)
        return Finding(value in self.values, self.said, dict(self.words).get(str(value), str(value)))

    def references(self) -> Iterator[str]:
        """Yield its reference."""
        yield self.reference


@dataclass(frozen=True)
class NoRow:
    """No row of a table has `column` in `values`; `said` and `word` tell people what is asked and what was found."""

    reference: str
    column: str
    values: tuple[str, ...]
    said: str
    word: str

    def check(self, facts: Facts) -> Finding:
        """Count the rows that have it; an empty table leaves the question open."""
        rows = facts.rows(self.reference)
        found = sum(1 for row in rows if row.get(self.column) in self.values)
        if not rows:
            return Finding(None, self.said)
        reported = f"{len(rows)} 行中 {found} 行为{self.word}" if found else f"{len(rows)} 行均符合"
        return Finding(not found, self.said, reported)

    def references(self) -> Iterator[str]:
        """Yield the column."""
        yield f"{self.reference}.{self.column}"


@dataclass(frozen=True)
class ValidCreditCode:
    """A 统一社会信用代码 has the right check digit (GB 32100-2015)."""

    reference: str

    def check(self, facts: Facts) -> Finding:
        """Compute the check digit."""
        code = facts.get(self.reference)
        if not filled(code):
            return Finding(None, "统一社会信用代码有效")
        valid = credit_code_is_valid(str(code))
        return Finding(valid, "统一社会信用代码有效", "代码有效" if valid else f"{code} 校验位不符")

    def references(self) -> Iterator[str]:
        """Yield its reference."""
        yield self.reference


@dataclass(frozen=True)
class OnTrack:
    """The application is filed on one of these tracks."""

    tracks: tuple[str, ...]

    def check(self, facts: Facts) -> Finding:
        """Look at the track."""
        return Finding(facts.track in self.tracks)

    def references(self) -> Iterator[str]:
        """Yield nothing."""
        yield from ()


@dataclass(frozen=True)
class Attached:
    """At least `minimum` files lie in a material slot."""

    slot: str
    minimum: int = 1
    said: str = "已上传"

    def check(self, facts: Facts) -> Finding:
        """Count the files; too few is a gap, not a failure."""
        found = facts.files.get(self.slot, 0)
        return Finding(found >= self.minimum or None, self.said, f"{found} 份" if found else "未上传")

    def references(self) -> Iterator[str]:
        """Yield the slot as `#slot`."""
        yield f"#{self.slot}"


@dataclass(frozen=True)
class SettingIs:
    """A setting in force has one of these values."""

    key: str
    values: tuple[str, ...]

    def check(self, facts: Facts) -> Finding:
        """Look the setting up."""
        return Finding(facts.settings.get(self.key) in self.values)

    def references(self) -> Iterator[str]:
        """Yield the setting as `@setting`."""
        yield f"@{self.key}"


@dataclass(frozen=True)
class FullYears:
    """The rows of a table are the `years` complete calendar years before the day of filing, each once (G-09)."""

    reference: str
    column: str
    years: int

    def check(self, facts: Facts) -> Finding:
        """Compare the years given with the years due; without a day of filing they need only be consecutive."""
        years = (to_number(row.get(self.column)) for row in facts.rows(self.reference))
        given = sorted(year for year in years if year is not None)
        if len(given) < self.years:
            return Finding(None, f"{self.years} 个完整年度", f"{len(given)} 个年度")
        last = given[-1] if facts.on is None else Fraction(facts.on.year - 1)
        due = [last - back for back in reversed(range(self.years))]
        said = "、".join(str(year) for year in given) + " 年"
        return Finding(given == due, f"{due[0]} 至 {due[-1]} 年", said)

    def references(self) -> Iterator[str]:
        """Yield the column."""
        yield f"{self.reference}.{self.column}"


@dataclass(frozen=True)
class LastYear:
    """A year is the complete calendar year before the day of filing (G-09): the year the figures beside it are of."""

    reference: str
    label: str = ""

    def check(self, facts: Facts) -> Finding:
        """Compare; without a day of filing any year may be the last one."""
        given = facts.number(self.reference)
        if given is None or facts.on is None:
            return Finding(None, self.label)
        due = facts.on.year - 1
        return Finding(given == due, f"{self.label}{due} 年", f"{given} 年")

    def references(self) -> Iterator[str]:
        """Yield the field."""
        yield self.reference


@dataclass(frozen=True)
class AllOf:
    """Every test holds."""

    tests: tuple[Test, ...]

    def check(self, facts: Facts) -> Finding:
        """Test all; one failure decides, else one gap leaves it open."""
        return _join([test.check(facts) for test in self.tests])

    def references(self) -> Iterator[str]:
        """Yield what all read."""
        for test in self.tests:
            yield from test.references()


@dataclass(frozen=True)
class AnyOf:
    """At least one test holds."""

    tests: tuple[Test, ...]

    def check(self, facts: Facts) -> Finding:
        """Test all; one success decides, and while one is open nothing is lost."""
        findings = [test.check(facts) for test in self.tests]
        won = next((finding for finding in findings if finding.met), None)
        still_open = any(finding.met is None for finding in findings)
        return won or replace(_join(findings), met=None if still_open else False)

    def references(self) -> Iterator[str]:
        """Yield what all read."""
        for test in self.tests:
            yield from test.references()


@dataclass(frozen=True)
class Each:
    """Every row of a table, or every instance of a group, passes; `name` is the reference that names one."""

    reference: str
    test: Test
    noun: str
    name: str = ""
    minimum: int = 1

    def check(self, facts: Facts) -> Finding:
        """Test each; the first failing ones are named."""
        rows = facts.rows(self.reference)
        if len(rows) < self.minimum:
            required = f"不少于 {self.minimum} {self.noun}"
            return Finding(False if rows else None, required, f"{len(rows)} {self.noun}")
        findings = [self.test.check(facts.within(row)) for row in rows]
        missed = [number for number, finding in enumerate(findings) if not finding.met]
        if not missed:
            return Finding(True, findings[0].required, f"{len(rows)} {self.noun}均符合")
        met = False if any(findings[number].met is False for number in missed) else None
        detail = tuple(
            f"{self._name(facts, rows[number], number)}：{findings[number].reported or '待填报'}" for number in missed
        )
        return Finding(met, findings[missed[0]].required, f"{len(missed)} {self.noun}不符合", detail)

    def _name(self, facts: Facts, row: Answers, number: int) -> str:
        named = facts.within(row).get(self.name) if self.name else None
        return f"第 {number + 1} {self.noun}" + (f"“{named}”" if named else "")

    def references(self) -> Iterator[str]:
        """Yield the table or group, then what the inner test reads, relative to it."""
        yield self.reference
        for inner in self.test.references():
            yield inner if inner.startswith(("#", "@")) else f"{self.reference}.{inner}"
        if self.name:
            yield f"{self.reference}.{self.name}"


def _join(findings: list[Finding]) -> Finding:
    failed = [finding for finding in findings if not finding.met]
    if not failed:
        return Finding(True, _list(findings, "required"), _list(findings, "reported"))
    met = False if any(finding.met is False for finding in failed) else None
    detail = tuple(line for finding in failed for line in finding.detail)
    return Finding(met, _list(failed, "required"), _list(failed, "reported"), detail)


def _list(findings: list[Finding], attribute: str) -> str:
    return "；".join(dict.fromkeys(text for finding in findings if (text := str(getattr(finding, attribute)))))
