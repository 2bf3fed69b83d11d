"""What every act on an assessment begins with: the base's row under lock, then the assessment's, and its result worked out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from applications.services.moves import WrongState
from assessments.enums import AssessmentState
from assessments.models import Assessment
from assessments.selectors.rounds import in_full
from assessments.services.case_rows import locked_base
from portal.policy.scoring import GradeResult, ScoreSheet


def locked_assessment(assessment: Assessment) -> Assessment:
    """Return an assessment under lock, its base locked before it, as every act on cases does."""
    base = locked_base(assessment.base)
    row: Assessment = in_full(Assessment.objects.select_for_update(of=("self",))).get(pk=assessment.pk)
    row.base = base
    return row


def require_state(row: Assessment, *states: AssessmentState) -> None:
    """Refuse an act for which the assessment is too early or too late."""
    if row.state not in states:
        raise WrongState(f"该考核目前为“{row.get_state_display()}”，不能办理此事项，请刷新页面查看")


def sheet_of(row: Assessment) -> ScoreSheet:
    """Return the sheet an assessment by points is graded by."""
    sheet = row.edition.assessment
    if sheet is None or not row.scored:
        raise WrongState("该项考核不按评分办理")
    return sheet


def grade(row: Assessment, vetoes: Sequence[str] = ()) -> GradeResult:
    """Grade an assessment by the points that count and the facts that decide outright."""
    points = {int(number): Decimal(text) for number, text in row.scores.items()}
    return sheet_of(row).result(points, row.base.setting_values, vetoes)


def result_data(row: Assessment, vetoes: Sequence[str] = ()) -> dict[str, Any]:
    """Return everything a grade follows from, as it is kept: `by_base` is the grade the base part alone would give."""
    sheet, found = sheet_of(row), grade(row, vetoes)
    return {
        "base": str(found.base),
        "bonus": str(found.bonus),
        "total": str(found.total),
        "grade": found.grade.title,
        "by_base": sheet.grade_of(found.base).title,
        "by_total": sheet.grade_of(found.total).title,
        "flagged": found.flagged,
        "vetoes": list(vetoes),
        "scored": bool(row.scores),
        "basis": str(row.base.setting_values.get(sheet.basis_setting, "total")),
    }


def is_lowest(row: Assessment, result: Mapping[str, Any]) -> bool:
    """Whether a result is the grade that costs the title."""
    return bool(result["grade"] == sheet_of(row).grades[-1].title)
