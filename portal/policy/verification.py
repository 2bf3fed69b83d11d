"""Verification: the figures an office found itself beside those of the unit, and what follows for its conclusion.

Arithmetic is that of the conditions: exact, a ratio never rounded (G-02).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.policy.condition import Measure, Test
from portal.policy.facts import Facts

MET, UNMET, NOT_APPLICABLE = "met", "unmet", "not_applicable"


@dataclass(frozen=True)
class VerifiedFigure:
    """A quantity computed from an office's own figures.

    `own` reads the verification's section, `reported` the unit's form. `limits` are tests over the office's figures, each
    with the tracks it is asked on. While `when` does not hold the figure is not asked of the unit. `conclusion` names the field
    of the section that says how it came out; its options are `met`, `unmet`, `not_applicable`.
    """

    title: str
    own: Measure
    reported: Measure
    limits: tuple[tuple[tuple[str, ...], Test], ...]
    clause: str
    unit: str = "%"
    when: Test | None = None
    conclusion: str = ""


@dataclass(frozen=True)
class FigureFinding:
    """How a figure came out; texts are ready to show, empty where nothing is known yet. `met` is None while it is open."""

    figure: VerifiedFigure
    asked: bool
    required: str
    own: str
    reported: str
    met: bool | None

    @property
    def conclusion(self) -> str:
        """The conclusion that follows; empty while it is open."""
        if not self.asked:
            return NOT_APPLICABLE
        return "" if self.met is None else MET if self.met else UNMET


def find_figure(figure: VerifiedFigure, facts: Facts) -> FigureFinding:
    """Work a figure out; `facts` hold the unit's answers and, under its key, the verification's section."""
    asked = figure.when is None or figure.when.check(facts).met is True
    test = next((each for tracks, each in figure.limits if facts.track in tracks), None)
    found = test.check(facts) if test else None
    return FigureFinding(
        figure,
        asked and test is not None,
        found.required if found else "",
        _said(figure, figure.own, facts),
        _said(figure, figure.reported, facts),
        found.met if found else None,
    )


def _said(figure: VerifiedFigure, quantity: Measure, facts: Facts) -> str:
    if quantity.measure(facts) is None:
        return ""
    space = "" if figure.unit in ("", "%") else " "
    return f"{quantity.show(facts)}{space}{figure.unit}"


def conclusion_faults(findings: list[FigureFinding], answers: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield (field, message) for each conclusion that the office's own figures do not bear out."""
    for finding in findings:
        key = finding.figure.conclusion
        said = answers.get(key)
        if not key or not said or said == finding.conclusion:
            continue
        title = finding.figure.title
        if finding.conclusion == NOT_APPLICABLE:
            yield key, f"该单位不适用“{title}”要求，请选“不适用”"
        elif said == NOT_APPLICABLE:
            yield key, f"该单位适用“{title}”要求（{finding.required}），请填写核查数据，不能选“不适用”"
        elif finding.conclusion:
            word = "符合" if finding.met else "不符合"
            yield key, f"按核查数据计算为 {finding.own}，要求 {finding.required}，结论应为“{word}”"
