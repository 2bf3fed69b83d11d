"""The period to mend (改进、整改): opened by a decision, guided, prolonged on a recorded basis, closed by a re-check."""

from datetime import date

from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import ImprovementState
from assessments.models import Case, Guidance, Improvement
from assessments.selectors.cases import span_of
from assessments.services.case_news import tell_guided, tell_period
from assessments.services.case_rows import locked_base, require_bureau, words
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from reviews.services.refusal import Refused


def open_improvement(*, case: Case, by: Actor) -> Improvement:
    """Open the period a decided case gives; inside the act that carries the case out, under its lock."""
    decided_on = case.decided_on or clock.today()
    span = span_of(case, decided_on, case.base.setting_values)
    made = Improvement.objects.create(
        case=case, base=case.base, consequence_key=case.consequence_key, once=case.consequence.once,
        starts_on=span.starts_on, ends_on=span.ends_on, policy_end=span.policy_end, cut=span.cut, cut_words=span.words,
    )  # fmt: skip
    record(
        by=by, action="improvement.open", obj=made, jurisdiction_id=case.base.jurisdiction_id,
        data={"from": span.starts_on.isoformat(), "to": span.ends_on.isoformat(), "cut": span.words},
    )  # fmt: skip
    return made


@transaction.atomic
def add_guidance(
    *, improvement: Improvement, on: date, guide: str, content: str, by: Actor, follow_up: str = ""
) -> Guidance:
    """Enter one occasion of guidance in the log."""
    row = _locked(improvement)
    by.require("base.keep", row.base.jurisdiction_id)
    _require_running(row)
    if not row.starts_on <= on <= clock.today() and on != clock.today():
        raise Refused(f"指导日期应在 {row.starts_on:%Y-%m-%d} 和今天之间", "on")
    entry = Guidance.objects.create(
        improvement=row, on=on, guide=words(guide, "guide", "指导人", most=60),
        content=words(content, "content", "指导内容"), follow_up=follow_up.strip()[:3000], recorded_by=by.person,
        recorded_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, action="improvement.guide", obj=row, jurisdiction_id=row.base.jurisdiction_id, after=entry.content,
        data={"on": on.isoformat()},
    )  # fmt: skip
    tell_guided(row, entry.pk)
    return entry


@transaction.atomic
def extend(*, improvement: Improvement, to: date, basis: str, by: Actor) -> Improvement:
    """Prolong a period the policy's cap has cut, on a recorded basis, to where it would have ended at the latest."""
    row = _locked(improvement)
    by.require("base.keep", row.base.jurisdiction_id)
    _require_running(row)
    if not row.cut:
        raise WrongState("该改进（整改）期没有被政策截止日截断，政策没有规定可以延长")
    if not row.ends_on < to <= row.policy_end:
        raise Refused(f"延长后的届满日期应晚于 {row.ends_on:%Y-%m-%d}，不晚于 {row.policy_end:%Y-%m-%d}", "to")
    before = row.ends_on
    row.extended_from = row.extended_from or before
    row.extension_basis, row.ends_on = words(basis, "basis", "延长依据", least=4, most=500), to
    row.extended_by, row.extended_at = by.person, clock.now()
    row.save()
    record(
        by=by, action="improvement.extend", obj=row, jurisdiction_id=row.base.jurisdiction_id,
        reason=row.extension_basis, data={"from": before.isoformat(), "to": to.isoformat()},
    )  # fmt: skip
    tell_period(row, f"期限延长至 {to:%Y-%m-%d}。依据：{row.extension_basis}")
    return row


@transaction.atomic
def close_improvement(*, improvement: Improvement, passed: bool, result: str, by: Actor) -> Improvement:
    """Write down the result of the re-check. A base may pass early; it has failed only when its time is over."""
    row = _locked(improvement)
    require_bureau(by, row.base)
    wanted = ImprovementState.PASSED if passed else ImprovementState.FAILED
    if row.state == wanted:
        return row
    _require_running(row)
    if not passed and not row.has_run_out(clock.today()):
        raise WrongState(f"改进（整改）期到 {row.ends_on:%Y-%m-%d}，届满后方可认定仍未达到")
    row.state, row.result = wanted, words(result, "result", "复核结论", most=500)
    row.closed_by, row.closed_on = by.person, clock.today()
    row.save()
    record(
        by=by, action="improvement.close", obj=row, jurisdiction_id=row.base.jurisdiction_id, reason=row.result,
        data={"passed": passed},
    )  # fmt: skip
    tell_period(row, f"复核结论：{row.get_state_display()}。{row.result}")
    return row


def end_with_title(*, case: Case, by: Actor) -> None:
    """Close what still runs when a base loses its title; inside the act that carries the case out."""
    for row in Improvement.objects.select_for_update().filter(base=case.base, state=ImprovementState.RUNNING):
        row.state, row.closed_by, row.closed_on = ImprovementState.FAILED, by.person, clock.today()
        row.result = f"基地已被{case.consequence.title}（{case.document_number}）"
        row.save()
        record(
            by=by, action="improvement.close", obj=row, jurisdiction_id=case.base.jurisdiction_id, reason=row.result,
            data={"passed": False},
        )  # fmt: skip


def _locked(improvement: Improvement) -> Improvement:
    base = locked_base(improvement.base)
    row: Improvement = Improvement.objects.select_for_update(of=("self",)).select_related("case").get(pk=improvement.pk)
    row.base = row.case.base = base
    return row


def _require_running(row: Improvement) -> None:
    if row.state != ImprovementState.RUNNING:
        raise WrongState(f"该改进（整改）期已复核（{row.get_state_display()}）")
