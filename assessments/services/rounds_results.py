"""The result of an assessment: proposed by an officer, approved by another person, or settled with what it leads to.

A result whose consequence needs a hearing (陈述申辩) is told to the base and fixed only by the decision on that consequence.
Every other one is approved directly, and what it leads to is proposed at once.
"""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import AssessmentState, CaseState, ImprovementState, VetoState
from assessments.models import Assessment, Case, Improvement, Veto
from assessments.selectors.cases import hindrance
from assessments.selectors.rounds_checks import check_lines, choices, consequence_of, suggestion, unfound
from assessments.selectors.rounds_items import item_lines
from assessments.selectors.rounds_pages import sums
from assessments.services import cases
from assessments.services.improvements import close_improvement
from assessments.services.rounds_news import tell_proposed, tell_result, tell_sent_back
from assessments.services.rounds_panel import end_panel, take_panel
from assessments.services.rounds_papers import issue_result_notice, issue_sheet
from assessments.services.rounds_rows import is_lowest, locked_assessment, require_state, result_data
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.aftercare import Rhythm
from reviews.services.refusal import Refused

READY, SCORED, PROPOSED = AssessmentState.READY, AssessmentState.SCORED, AssessmentState.PROPOSED
BEFORE_SCORES = (AssessmentState.SELF, READY, AssessmentState.PANEL)
LONGEST, LONGEST_FACTS = 1000, 3000
DECIDED_WITHOUT = "考核结果已按直接认定的情形确定"


@transaction.atomic
def propose_grade(
    *, assessment: Assessment, by: Actor, reason: str = "", remarks: Mapping[str, str] | None = None
) -> Assessment:
    """Propose the grade that follows from the points, or from confirmed facts whatever the points.

    Remarks on single projects change nothing of it.
    """
    row = take_panel(assessment=assessment, by=by)
    by.require("base.keep", row.jurisdiction_id)
    vetoes = list(row.vetoes.exclude(state=VetoState.REJECTED))
    if any(veto.state == VetoState.RECORDED for veto in vetoes):
        raise WrongState("有直接认定不合格的情形待认定，认定后方可拟定结果")
    require_state(row, SCORED, *(BEFORE_SCORES if vetoes else ()))
    row.result = result_data(row, [veto.code for veto in vetoes])
    if row.result["flagged"] and not row.flag_confirmed_at:
        raise WrongState("加分改变了考核等次，须由专家组组长说明理由并确认，确认后方可拟定结果")
    row.project_remarks = {key: text.strip()[:500] for key, text in (remarks or {}).items() if text.strip()}
    row.outcome = row.suggested = row.result["grade"]
    row.consequence = row.scheme.failing if is_lowest(row, row.result) else ""
    row.lines = [line.as_data() for line in item_lines(row)]
    return _propose(row, reason, vetoes, by)


@transaction.atomic
def propose_outcome(*, assessment: Assessment, outcome: str, by: Actor, reason: str = "") -> Assessment:
    """Propose the outcome of a check, with a reason wherever it does not simply follow from the lines."""
    row = locked_assessment(assessment)
    by.require("base.keep", row.jurisdiction_id)
    require_state(row, READY)
    lines = check_lines(row)
    if missing := unfound(lines):
        raise Refused(f"请先认定：{'、'.join(line.title for line in missing)}", "outcome")
    chosen = next((each for each in choices(row.scheme, lines) if each.key == outcome), None)
    if chosen is None:
        raise Refused("请从可选的结果中选择；有指标未达到的，按政策只能选择对应的结果", "outcome")
    row.suggested = suggestion(row.scheme, lines)
    if not reason.strip() and (chosen.needs_reason or chosen.key != row.suggested):
        raise Refused(f"结果定为“{chosen.title}”的，须写明理由", "reason")
    row.lines, row.outcome = [line.as_data() for line in lines], chosen.key
    row.consequence = consequence_of(row.base, chosen)
    return _propose(row, reason, [], by)


@transaction.atomic
def approve_result(*, assessment: Assessment, by: Actor, opinion: str = "") -> Assessment:
    """Approve a proposed result, as another person than who proposed it; what it leads to is proposed at once."""
    row = _proposed(assessment, by)
    row.state, row.decided_by, row.decided_at = AssessmentState.DECIDED, by.person, clock.now()
    row.opinion = opinion.strip()
    row.told_at = None if row.round_id else clock.now()
    row.save()
    record(
        by=by, action="assessment.decide", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.opinion,
        data={"outcome": row.outcome, "consequence": row.consequence},
    )  # fmt: skip
    end_panel(assessment=row, reason=DECIDED_WITHOUT, by=by)
    _issue(row, by)
    if row.consequence:
        vetoes = list(row.vetoes.filter(state=VetoState.CONFIRMED))
        cases.propose(base=row.base, consequence=row.consequence, facts=_facts(row, vetoes), assessment=row, by=by)
    elif row.scheme.rhythm is Rhythm.IMPROVEMENT:
        _close_improvement(row, by)
    if row.told_at:
        tell_result(row)
    return row


@transaction.atomic
def send_back(*, assessment: Assessment, opinion: str, by: Actor) -> Assessment:
    """Give a proposed result back to the officer, with what is to be looked at again."""
    row = _proposed(assessment, by)
    if not opinion.strip():
        raise Refused("请写明退回意见", "opinion")
    row.opinion = opinion.strip()
    _reopen(row)
    record(by=by, action="assessment.send_back", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.opinion)
    tell_sent_back(row)
    return row


@transaction.atomic
def settle_by_case(*, case: Case, by: Actor) -> Assessment | None:
    """Fix the result that waited for the decision on its consequence; let it be proposed anew if the case was dropped."""
    if case.assessment is None:
        return None
    row = locked_assessment(case.assessment)
    if row.state != AssessmentState.HEARING:
        return None
    if case.state == CaseState.DROPPED:
        row.opinion = f"不予处理：{case.dropped_reason}"[:500]
        _reopen(row)
        record(by=by, action="assessment.send_back", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.opinion)
        return row
    row.state, row.decided_by, row.decided_at = AssessmentState.DECIDED, by.person, clock.now()
    row.opinion = case.decision_reason[:500]
    row.save()
    record(
        by=by, action="assessment.decide", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.opinion,
        data={"outcome": row.outcome, "case": case.pk, "number": case.document_number},
    )  # fmt: skip
    end_panel(assessment=row, reason=DECIDED_WITHOUT, by=by)
    _issue(row, by, told=True)
    return row


def needs_hearing(row: Assessment) -> bool:
    """Whether what a result leads to cannot be drawn before the base was heard."""
    return bool(row.consequence and row.edition.consequence(row.consequence).hearing_setting)


def _propose(row: Assessment, reason: str, vetoes: list[Veto], by: Actor) -> Assessment:
    if row.consequence and (problem := hindrance(row.base, row.edition.consequence(row.consequence), clock.today())):
        raise WrongState(problem)
    row.reason, row.opinion = reason.strip()[:LONGEST], ""
    row.proposed_by, row.proposed_at, row.decided_by, row.decided_at = by.person, clock.now(), None, None
    heard = needs_hearing(row)
    row.state = AssessmentState.HEARING if heard else PROPOSED
    row.told_at = clock.now() if heard else None
    row.save()
    record(
        by=by, action="assessment.propose", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.reason,
        data={
            "outcome": row.outcome, "suggested": row.suggested, "consequence": row.consequence,
            "scores": row.scores, "result": row.result, "lines": row.lines,
        },
    )  # fmt: skip
    if not heard:
        tell_proposed(row)
        return row
    files = [stored for veto in vetoes for stored in veto.files.all()]
    cases.propose(
        base=row.base, consequence=row.consequence, facts=_facts(row, vetoes), assessment=row, evidence=files, by=by
    )  # fmt: skip
    _issue(row, by, told=True)
    tell_result(row)
    return row


def _proposed(assessment: Assessment, by: Actor) -> Assessment:
    row = locked_assessment(assessment)
    by.require("base.recognise", row.jurisdiction_id)
    require_state(row, PROPOSED)
    if by.person.pk == row.proposed_by_id:
        raise PermissionDenied("拟定人不能审批自己拟定的考核结果，请由另一位审批人办理")
    return row


def _reopen(row: Assessment) -> None:
    row.state = SCORED if row.scores else READY
    if row.scored and not row.scores and row.panel_id:
        row.state = AssessmentState.PANEL
    row.outcome, row.consequence, row.told_at = "", "", None
    row.save()


def _issue(row: Assessment, by: Actor, *, told: bool = False) -> None:
    """Issue the sheet of points, and the notice once the base is told."""
    if row.scored:
        issue_sheet(assessment=row, by=by)
    if told or row.told_at:
        issue_result_notice(assessment=row, by=by)


def _facts(row: Assessment, vetoes: list[Veto]) -> str:
    """Say what a consequence rests on: points and confirmed facts, or the lines that were missed and the reason."""
    if row.scored:
        result = row.result or {}
        said = "未评分"
        if row.scores:
            points = sums(result)
            said = f"基础部分 {points['base']} 分，加分部分 {points['bonus']} 分，合计 {points['total']} 分"
        said = "；".join([said, *(f"{veto.text}（{veto.clause}）：{veto.facts}" for veto in vetoes)])
    else:
        said = "；".join(str(line["words"]) for line in row.lines if not line["met"]) or "逐项核验情况见核验结果"
    return f"{row.title}：{said}。结果为“{row.outcome_title}”。{row.reason}"[:LONGEST_FACTS]


def _close_improvement(row: Assessment, by: Actor) -> None:
    running = Improvement.objects.filter(base=row.base, state=ImprovementState.RUNNING, ends_on=row.ends_on).first()
    if running is not None:
        close_improvement(improvement=running, passed=True, result=f"{row.title}：{row.outcome_title}", by=by)
