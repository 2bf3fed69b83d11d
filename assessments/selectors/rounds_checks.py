"""What a checked assessment looks at: targets and reports line by line, the outcome that follows, those that may be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.enums import CaseState
from assessments.models import Assessment, Base, Case
from assessments.selectors.due import filed_in
from assessments.selectors.progress import CheckLine, check_targets
from portal.policy.aftercare import Outcome, Rhythm, Scheme

MET, MISSED = "met", "missed"
DRAWN = (CaseState.DECIDED, CaseState.CARRIED_OUT)


@dataclass(frozen=True)
class Line:
    """One thing checked. `met` is None while a person has yet to find it; `judged` says that a person has to."""

    code: str
    title: str
    words: str
    met: bool | None
    judged: bool = False
    tolerable: bool = False
    clause: str = ""
    finding: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept when an outcome is proposed."""
        return {"code": self.code, "title": self.title, "words": self.words, "met": self.met, "judged": self.judged,
                "tolerable": self.tolerable, "clause": self.clause, "finding": self.finding}  # fmt: skip


def check_lines(assessment: Assessment) -> list[Line]:
    """Return every line as it stands now, by what is verified and what a person has found."""
    base, scheme = assessment.base, assessment.scheme
    prolonged = assessment.ends_on if scheme.rhythm is Rhythm.IMPROVEMENT else None
    found = check_targets(
        base, scheme.targets, until=assessment.ends_on, year=assessment.ends_on.year, prolonged_to=prolonged
    )
    return [*(_of_target(each, assessment.judgements) for each in found), *_of_reports(assessment)]


def kept_lines(data: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Read back the lines an outcome was proposed by."""
    return [Line(**each) for each in data]


def suggestion(scheme: Scheme, lines: Sequence[Line]) -> str:
    """Return the key of the outcome that follows from the lines; empty: a person decides (待定)."""
    if not lines or unfound(lines):
        return ""
    wanted = MET if all(line.met for line in lines) else MISSED
    return next((each.key for each in scheme.outcomes if each.proposed_when == wanted), "")


def unfound(lines: Iterable[Line]) -> list[Line]:
    """Return the lines a person has yet to judge."""
    return [line for line in lines if line.judged and line.met is None]


def choices(scheme: Scheme, lines: Sequence[Line]) -> list[Outcome]:
    """Return the outcomes that may be chosen.

    Where the policy says what a miss leads to, a miss cannot be turned into anything else, unless it may be tolerated.
    """
    missed = [line for line in lines if not line.met]
    tolerable = bool(missed) and all(line.tolerable for line in missed)
    bound = bool(missed) and any(each.proposed_when == MISSED for each in scheme.outcomes)
    found = [each for each in scheme.outcomes if not each.tolerates or tolerable]
    return [each for each in found if each.proposed_when == MISSED or each.tolerates] if bound else found


def consequence_of(base: Base, outcome: Outcome) -> str:
    """Return the key of what an outcome leads to for this base: another one where the first was drawn and may be only once."""
    if not (outcome.leads_to and outcome.if_used and base.edition.consequence(outcome.leads_to).once):
        return outcome.leads_to
    drawn = Case.objects.filter(base=base, consequence_key=outcome.leads_to, state__in=DRAWN).exists()
    return outcome.if_used if drawn else outcome.leads_to


def _of_target(check: CheckLine, judgements: Mapping[str, Any]) -> Line:
    target = check.target
    found = judgements.get(target.code) or {}
    met = found.get("met") if target.judged else bool(check.met)
    return Line(
        target.code, target.title, check.words, met, target.judged, check.tolerable, target.clause,
        str(found.get("words", "")),
    )  # fmt: skip


def _of_reports(assessment: Assessment) -> list[Line]:
    wanted = assessment.scheme.reports
    if not wanted:
        return []
    forms = {report.key: report for report in assessment.edition.reports}
    filed = filed_in(assessment.base, wanted, assessment.period)
    lines = []
    for key in wanted:
        there, due = filed.get(key, (0, 0))
        told = f"应报 {due} 份，已报 {there} 份" if due else "本期没有应报"
        lines.append(Line(key, forms[key].title, f"{forms[key].title}：{told}", there >= due, clause=forms[key].clause))
    return lines
