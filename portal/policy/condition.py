"""Conditions: what a policy asks of an applicant, with the clause it stands in.

A condition carries a *test* that the portal can compute over the answers, or none when a person must judge. The result
of a computed test is advice to the officer, never the decision (G-14).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Protocol

from portal.policy.facts import Facts, filled


class Kind(StrEnum):
    """How a condition is established."""

    AUTO = "auto"
    DOCUMENT = "document"
    JUDGEMENT = "judgement"


class Severity(StrEnum):
    """What follows when a condition is not met."""

    HARD = "hard"  # blocks submission
    SOFT = "soft"  # submission with a reason
    JUDGED = "judged"  # decided by officer or expert
    PREFERENCE = "preference"  # tie-break only
    TARGET = "target"  # after recognition


class Verdict(StrEnum):
    """The outcome of a test. `EXPLAIN`: not met, but the policy leaves room, so a reason is due."""

    MET = "met"
    UNMET = "unmet"
    EXPLAIN = "explain"
    UNKNOWN = "unknown"
    JUDGED = "judged"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


VERDICT_LABELS = {
    Verdict.MET: "符合",
    Verdict.UNMET: "不符合",
    Verdict.EXPLAIN: "需说明",
    Verdict.UNKNOWN: "待填报",
    Verdict.JUDGED: "由专家认定",
    Verdict.WAIVED: "申请放宽",
    Verdict.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True)
class Finding:
    """What a test found: `required` and `reported` are ready to show (`≥500 人`, `420 人`)."""

    met: bool | None
    required: str = ""
    reported: str = ""
    detail: tuple[str, ...] = ()


class Test(Protocol):
    """A computable statement about the facts."""

    def check(self, facts: Facts) -> Finding:
        """Test the facts."""
        ...

    def references(self) -> Iterator[str]:
        """Yield the form references the test reads; material slots as `#slot`, settings as `@setting`."""
        ...


class Measure(Protocol):
    """A computable quantity, exact."""

    def measure(self, facts: Facts) -> Fraction | None:
        """Return the quantity, or None when an answer it needs is missing."""
        ...

    def references(self) -> Iterator[str]:
        """Yield the form references it reads."""
        ...

    def show(self, facts: Facts) -> str:
        """Say the quantity without its unit."""
        ...


@dataclass(frozen=True)
class Waiver:
    """The source allows an exception: the applicant ticks `flag` and gives a `reason` (both references).

    With `when`, the exception exists only while that test holds (a setting widens it, say).
    """

    flag: str
    reason: str
    text: str
    when: Test | None = None


@dataclass(frozen=True)
class Condition:
    """One rule under its official code. `text` is the source's own words, `title` the short name people see.

    `soft` is a part of a hard condition that the policy leaves open: while `test` holds, a miss of it asks for a reason.
    While `strict` holds, a soft condition blocks like a hard one: the bureau reads the policy's 原则上 as a must.
    `conduct`: it asks how the unit has behaved, so the officer sees beside it what titles the unit has lost anywhere.
    """

    code: str
    title: str
    text: str
    clause: str
    severity: Severity
    kinds: tuple[Kind, ...] = (Kind.AUTO,)
    test: Test | None = None
    when: Test | None = None
    applies_to: tuple[str, ...] = ()
    waiver: Waiver | None = None
    explain: str = ""  # reference of the field that takes the reason for a soft miss
    soft: Test | None = None
    strict: Test | None = None
    note: str = ""
    default: str = ""  # code of the default that fills a gap in the source
    conduct: bool = False

    @property
    def kind(self) -> Kind:
        """The first way it is established."""
        return self.kinds[0]


@dataclass(frozen=True)
class Result:
    """A condition over one application's facts."""

    condition: Condition
    verdict: Verdict
    required: str = ""
    reported: str = ""
    detail: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The verdict in words."""
        return VERDICT_LABELS[self.verdict]

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of submission; a soft one is unmet only where it is read strictly."""
        hard, soft = self.condition.severity is Severity.HARD, self.condition.severity is Severity.SOFT
        return (hard and self.verdict is Verdict.UNKNOWN) or ((hard or soft) and self.verdict is Verdict.UNMET)

    def as_data(self) -> dict[str, Any]:
        """Plain JSON for storage beside a submitted version."""
        return {
            "code": self.condition.code,
            "verdict": self.verdict.value,
            "required": self.required,
            "reported": self.reported,
            "detail": list(self.detail),
        }


def evaluate(condition: Condition, facts: Facts) -> Result:
    """Test one condition over the facts, waivers and soft severity applied."""
    if (condition.applies_to and facts.track not in condition.applies_to) or (
        condition.when is not None and condition.when.check(facts).met is not True
    ):
        return Result(condition, Verdict.NOT_APPLICABLE)
    if condition.test is None:
        return Result(condition, Verdict.JUDGED)
    finding = condition.test.check(facts)
    if finding.met and condition.soft is not None and (part := condition.soft.check(facts)).met is False:
        return Result(condition, Verdict.EXPLAIN, part.required, part.reported, part.detail)
    return Result(condition, _verdict(condition, finding, facts), finding.required, finding.reported, finding.detail)


def _verdict(condition: Condition, finding: Finding, facts: Facts) -> Verdict:
    if finding.met is None:
        return Verdict.UNKNOWN
    if finding.met:
        return Verdict.MET
    if condition.waiver and _waived(condition.waiver, facts):
        return Verdict.WAIVED
    strict = condition.strict is not None and condition.strict.check(facts).met is True
    return Verdict.EXPLAIN if condition.severity is Severity.SOFT and not strict else Verdict.UNMET


def _waived(waiver: Waiver, facts: Facts) -> bool:
    exists = waiver.when is None or waiver.when.check(facts).met is True
    return exists and facts.get(waiver.flag) == "yes" and filled(facts.get(waiver.reason))
