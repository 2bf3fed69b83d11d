"""Adverse acts against a base: proposed with fact and evidence, decided by another person, or dropped with a reason.

What lies between, the hearing, is in `case_hearings`; what follows, in `case_effects`.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import OPEN_CASES, CaseFileKind, CaseState
from assessments.models import Assessment, Base, Case
from assessments.selectors.cases import hindrance
from assessments.services.case_news import tell_decided, tell_dropped
from assessments.services.case_papers import issue_case_decision
from assessments.services.case_rows import Evidence, attach, locked_base, locked_case, require_bureau, words
from assessments.signals import case_settled
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from reviews.services.document_numbers import take_document_number
from reviews.services.refusal import Refused

LEAST_FACTS = 10


@transaction.atomic
def propose(
    *,
    base: Base,
    consequence: str,
    facts: str,
    by: Actor,
    clause: str = "",
    assessment: Assessment | None = None,
    evidence: Iterable[Evidence] = (),
    first_year: bool | None = None,
) -> Case:
    """Propose a consequence of the policy against a base; one that rests on an assessment is proposed once for it.

    Whoever proposed an assessment's result has proposed what follows from it, so that who approved the result may decide.
    """
    row = locked_base(base)
    require_bureau(by, row)
    rule = {each.key: each for each in row.edition.consequences}.get(consequence)
    if rule is None:
        raise Refused("请选择处置种类", "consequence")
    before = Case.objects.filter(base=row, consequence_key=consequence)
    of_it = before.filter(assessment=assessment).exclude(state=CaseState.DROPPED)
    known: Case | None = of_it.first() if assessment is not None else None
    if known is not None:
        return known
    if problem := hindrance(row, rule, clock.today()):
        raise Refused(problem, "consequence")
    if before.filter(state__in=OPEN_CASES).exists():
        raise Refused(f"该基地已有未办结的“{rule.title}”，请在原件上办理", "consequence")
    proposer = assessment.proposed_by if assessment is not None and assessment.proposed_by else by.person
    case = Case.objects.create(
        base=row, consequence_key=consequence, facts=words(facts, "facts", "事实", least=LEAST_FACTS),
        clause=words(clause or rule.clause, "clause", "依据条款", most=200), assessment=assessment, first_year=first_year,
        proposed_by=proposer, proposed_at=clock.now(),
    )  # fmt: skip
    held = attach(case, evidence, CaseFileKind.EVIDENCE, "evidence", by)
    if not held and assessment is None:
        raise Refused("请上传证据材料", "evidence")
    record(
        by=by, action="case.propose", obj=case, jurisdiction_id=row.jurisdiction_id, after=case.facts,
        data={
            "base": row.pk, "consequence": consequence, "clause": case.clause, "evidence": held,
            "assessment": assessment.pk if assessment else None, "proposed_by": proposer.pk,
        },
    )  # fmt: skip
    return case


@transaction.atomic
def add_evidence(*, case: Case, files: Iterable[Evidence], by: Actor) -> Case:
    """Add evidence before the unit is told: afterwards it must stand as it was when the unit answered it."""
    row = locked_case(case)
    require_bureau(by, row.base)
    if row.state != CaseState.PROPOSED:
        raise WrongState("已告知单位，不能再增加证据；需要增加的，请不予处理后重新提出")
    held = attach(row, files, CaseFileKind.EVIDENCE, "evidence", by)
    record(
        by=by, action="case.evidence", obj=row, jurisdiction_id=row.base.jurisdiction_id, data={"evidence": held}
    )  # fmt: skip
    return row


@transaction.atomic
def decide(*, case: Case, reason: str, document_number: str, issued_on: date, by: Actor) -> Case:
    """Decide a case, as another person than its proposer: after the hearing, by the rules as they stand that day.

    The number enters the register, the decision is issued and the unit told. Its effects are another act.
    """
    row = locked_case(case)
    by.require("base.recognise", row.base.jurisdiction_id)
    if by.person.pk == row.proposed_by_id:
        raise PermissionDenied("提出人不能决定自己提出的处置，请由另一位审批人办理")
    _require_ripe(row)
    if problem := hindrance(row.base, row.consequence, clock.today()):
        raise WrongState(problem)
    said = words(reason, "reason", "决定理由")
    _check_date(row, issued_on)
    row.document_number = take_document_number(
        jurisdiction=row.base.jurisdiction, number=document_number, on=issued_on,
        subject=f"{row.consequence.paper_title or row.consequence.title}（{row.base.name}）",
    )  # fmt: skip
    row.state, row.decision_reason, row.decided_on = CaseState.DECIDED, said, issued_on
    row.decided_by, row.decided_at = by.person, clock.now()
    row.save()
    record(
        by=by, action="case.decide", obj=row, jurisdiction_id=row.base.jurisdiction_id, reason=said[:500],
        data={"number": row.document_number, "on": issued_on.isoformat(), "consequence": row.consequence_key},
    )  # fmt: skip
    issue_case_decision(case=row, by=by)
    tell_decided(row)
    case_settled.send(sender=Case, case=row, by=by)
    return row


@transaction.atomic
def drop(*, case: Case, reason: str, by: Actor) -> Case:
    """Let a case rest, with the reason; nothing follows for the base."""
    row = locked_case(case)
    require_bureau(by, row.base)
    if row.state not in OPEN_CASES or row.state == CaseState.DECIDED:
        raise WrongState(f"该件目前为“{row.get_state_display()}”，不能再作不予处理")
    row.dropped_reason = words(reason, "reason", "理由", most=500)
    row.state, row.dropped_by, row.dropped_at = CaseState.DROPPED, by.person, clock.now()
    row.save()
    record(
        by=by, action="case.drop", obj=row, jurisdiction_id=row.base.jurisdiction_id, reason=row.dropped_reason
    )  # fmt: skip
    if row.served_at is not None:
        tell_dropped(row)
    case_settled.send(sender=Case, case=row, by=by)
    return row


def _require_ripe(case: Case) -> None:
    """Refuse to decide before the unit could be heard, or before what it said has been looked at."""
    if case.state not in OPEN_CASES or case.state == CaseState.DECIDED:
        raise WrongState(f"该件目前为“{case.get_state_display()}”，不能再作决定")
    if case.state == CaseState.PROPOSED and case.consequence.hearing_setting:
        raise WrongState("请先书面告知单位拟作出的处置和陈述申辩的权利，期满后方可决定")
    if case.state == CaseState.NOTIFIED and case.statement and not case.statement_late:
        raise WrongState("单位已提交陈述申辩意见，请先由经办人登记复核情况，再作决定")
    if not case.hearing_over(clock.now()):
        last = clock.local_date(case.hearing_until - timedelta(microseconds=1)) if case.hearing_until else None
        raise WrongState(f"陈述申辩期到 {last:%Y-%m-%d} 24:00 届满，届满前不能作出决定；单位已陈述申辩或书面放弃的除外")


def _check_date(case: Case, issued_on: date) -> None:
    if issued_on > clock.today():
        raise Refused("成文日期不能晚于今天", "issued_on")
    first = clock.local_date(case.proposed_at)
    if case.state == CaseState.NOTIFIED and case.hearing_until is not None:
        first = clock.local_date(case.hearing_until)
    elif case.state == CaseState.WAIVED and case.waived_at is not None:
        first = clock.local_date(case.waived_at)
    elif case.state == CaseState.HEARD and case.heard_on is not None:
        first = case.heard_on
    if issued_on < first:
        raise Refused(f"成文日期不能早于 {first:%Y-%m-%d}（提出处置、陈述申辩届满或者完成之日）", "issued_on")
