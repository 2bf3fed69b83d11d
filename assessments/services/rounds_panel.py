"""The experts of an assessment: their sheet is made from the record, their means are taken over, their chair confirms."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import AssessmentState
from assessments.models import Assessment
from assessments.selectors.rounds_items import item_lines, sheet_for_panel
from assessments.services.rounds_news import tell_scored
from assessments.services.rounds_rows import locked_assessment, require_state, result_data, sheet_of
from assessments.services.rounds_self import is_late
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from reviews.enums import PanelState
from reviews.models import Panel
from reviews.selectors.scores import thawed
from reviews.services.assessment_panels import dissolve_assessment_panel, form_assessment_panel
from reviews.services.refusal import Refused

OCCASION = "assessment"
CENT = Decimal("0.01")


@transaction.atomic
def form_panel(*, assessment: Assessment, by: Actor, note: str = "") -> Panel:
    """Hand the sheet, computed items included, to a panel; from here on it stays as it is.

    Without a self-assessment this waits for its last day. Doubtful figures are put before experts only with a `note`.
    """
    row = locked_assessment(assessment)
    by.require("base.keep", row.jurisdiction_id)
    if row.panel_id:
        panel: Panel = Panel.objects.get(pk=row.panel_id)
        return panel
    require_state(row, AssessmentState.READY, AssessmentState.SELF)
    if row.state == AssessmentState.SELF and not is_late(row):
        raise WrongState("自评截止日期未过，基地尚未提交自评，请待提交或截止后组建专家组")
    sheet_of(row)
    lines = item_lines(row)
    doubts = [doubt for line in lines for doubt in line.doubts]
    if doubts and not note.strip():
        raise Refused(f"数据有疑问：{'；'.join(doubts)}。请先核实台账；确需按此计算的，写明理由", "note")
    if row.base.source is None:
        raise WrongState("该基地没有认定申报件，不能组建专家组")
    panel = form_assessment_panel(
        application=row.base.source.application, occasion=f"{OCCASION}:{row.pk}", title=row.title,
        sheet=sheet_for_panel(row, lines), by=by,
    )  # fmt: skip
    row.panel, row.panel_note, row.state = panel, note.strip(), AssessmentState.PANEL
    row.save(update_fields=["panel", "panel_note", "state"])
    record(
        by=by, action="assessment.panel", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.panel_note,
        data={"panel": panel.pk, "computed": {str(each.item.number): each.shown for each in lines if each.shown}},
    )  # fmt: skip
    return panel


@transaction.atomic
def take_panel(*, assessment: Assessment, by: Actor) -> Assessment:
    """Take over what a closed panel's sheets came to: each item's mean, to two decimals, cut off. Asked twice, it stays."""
    row = locked_assessment(assessment)
    panel = row.panel
    if row.state != AssessmentState.PANEL or panel is None or panel.state != PanelState.CLOSED or not panel.result:
        return row
    given = {str(line.item.number): line.proposal for line in thawed(panel.sheet).lines if line.given}
    means = {str(each["number"]): _cut(Fraction(each["exact"])) for each in panel.result["items"]}
    row.scores = {number: str(mean if given.get(number) is None else given[number]) for number, mean in means.items()}
    row.state = AssessmentState.SCORED
    row.result = result_data(row)
    row.save(update_fields=["scores", "state", "result"])
    record(
        by=by, action="assessment.scored", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"panel": panel.pk, "scores": row.scores, "result": row.result},
    )  # fmt: skip
    tell_scored(row)
    return row


def end_panel(*, assessment: Assessment, reason: str, by: Actor) -> None:
    """End the panel of an assessment that needs no points any more, in the act that says so; one that is closed stays."""
    if assessment.panel is not None:
        assessment.panel = dissolve_assessment_panel(panel=assessment.panel, reason=reason, by=by)


@transaction.atomic
def recompute(*, assessment: Assessment, reason: str, by: Actor) -> Assessment:
    """Compute again what the portal computes, after figures were corrected; what experts gave stays."""
    row = locked_assessment(assessment)
    by.require("base.keep", row.jurisdiction_id)
    require_state(row, AssessmentState.SCORED)
    if not reason.strip():
        raise Refused("请写明重新计算的理由", "reason")
    fresh = {
        str(line.item.number): str(line.proposal)
        for line in item_lines(row)
        if line.item.mode == "auto" and line.proposal is not None
    }
    before, row.scores = row.scores, {**row.scores, **fresh}
    row.result = result_data(row)
    row.flag_reason, row.flag_confirmed_by, row.flag_confirmed_at = "", None, None
    row.save(update_fields=["scores", "result", "flag_reason", "flag_confirmed_by", "flag_confirmed_at"])
    record(
        by=by, action="assessment.recompute", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason.strip(),
        data={"before": before, "after": row.scores},
    )  # fmt: skip
    return row


@transaction.atomic
def confirm_flag(*, assessment: Assessment, reason: str, by: Actor) -> Assessment:
    """Let the panel's chair confirm, with a reason, a grade that the bonus has changed."""
    row = locked_assessment(assessment)
    by.require("review.score", row.jurisdiction_id)
    if row.panel is None or not row.panel.members.filter(chair=True, expert__user=by.person).exists():
        raise PermissionDenied("只能由本次考核的专家组组长确认")
    require_state(row, AssessmentState.SCORED)
    if not (row.result or {}).get("flagged"):
        raise WrongState("加分没有改变考核等次，不须确认")
    if row.flag_confirmed_at:
        raise WrongState("已确认，不须重复办理")
    if not reason.strip():
        raise Refused("请写明理由：加分项目是否属实，等次是否与基地实际相符", "reason")
    row.flag_reason, row.flag_confirmed_by, row.flag_confirmed_at = reason.strip(), by.person, clock.now()
    row.save(update_fields=["flag_reason", "flag_confirmed_by", "flag_confirmed_at"])
    record(by=by, action="assessment.flag", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.flag_reason)
    return row


def _cut(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, rounding=ROUND_DOWN)
