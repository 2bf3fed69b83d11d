"""What a decided case does to its base: the title ends, or a period to mend begins."""

from django.db import transaction
from django.urls import reverse

from applications.models import LostTitle
from applications.services.moves import WrongState
from assessments.enums import BaseState, CaseState
from assessments.models import Announcement, Case
from assessments.selectors.case_printing import announcement_facts
from assessments.services.case_news import tell_announced, tell_carried_out
from assessments.services.case_papers import issue_announcement
from assessments.services.case_rows import locked_case, require_bureau
from assessments.services.improvements import end_with_title, open_improvement
from assessments.services.money import cancel_open, order_recovery
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.aftercare import Effect

STATES = {Effect.REVOKE: BaseState.REVOKED, Effect.TERMINATE: BaseState.TERMINATED}


@transaction.atomic
def carry_out(*, case: Case, by: Actor) -> Case:
    """Carry out a decision; asked twice, it has been done.

    In order: the improvement opens, or the title ends with all that hangs on it (money, improvement, announcement, the
    record other bureaus read); the unit is told. The plaque is written down when somebody has brought it in.
    """
    row = locked_case(case)
    require_bureau(by, row.base)
    if row.state == CaseState.CARRIED_OUT:
        return row
    if row.state != CaseState.DECIDED:
        raise WrongState(f"该件目前为“{row.get_state_display()}”，作出决定后方可执行")
    row.state, row.carried_out_by, row.carried_out_at = CaseState.CARRIED_OUT, by.person, clock.now()
    row.save()
    rule = row.consequence
    if rule.ends_title:
        _end_title(row, by)
        said = f"称号自 {row.decided_on:%Y-%m-%d} 起终止" + ("，请交回铭牌。" if rule.removes_plaque else "。")
    else:
        period = open_improvement(case=row, by=by)
        said = f"{rule.title}期 {period.starts_on:%Y-%m-%d} 至 {period.ends_on:%Y-%m-%d}。"
    record(
        by=by, action="case.carry_out", obj=row, jurisdiction_id=row.base.jurisdiction_id,
        data={"number": row.document_number, "base_state": row.base.state},
    )  # fmt: skip
    if rule.announced:
        _announce(row, by)
    tell_carried_out(row, said)
    return row


def _end_title(case: Case, by: Actor) -> None:
    base, rule = case.base, case.consequence
    before = base.state
    base.state, base.ended_on = STATES[rule.effect], case.decided_on
    base.save(update_fields=["state", "ended_on"])
    end_with_title(case=case, by=by)
    cancel_open(base=base, reason=f"基地被{rule.title}（{case.document_number}）", by=by)
    if rule.recovery:
        order_recovery(base=base, recovery_key=rule.recovery, case=case, by=by)
    record(
        by=by, action="base.end", obj=base, jurisdiction_id=base.jurisdiction_id, reason=rule.title,
        data={"from": before, "to": base.state, "case": case.pk, "number": case.document_number},
    )  # fmt: skip
    LostTitle.objects.get_or_create(
        jurisdiction=base.jurisdiction,
        source_key=f"case:{case.pk}",
        defaults={
            "organisation": base.organisation, "credit_code": base.organisation.credit_code, "base_name": base.name,
            "kind": rule.title, "on": case.decided_on or clock.today(), "document_number": case.document_number,
            "policy": f"{base.edition.citation}{case.clause}"[:200], "reapply_years": rule.reapply_years,
        },
    )  # fmt: skip


def _announce(case: Case, by: Actor) -> None:
    place = case.base.jurisdiction
    row = Announcement.objects.create(
        jurisdiction=place, case=case, title=f"关于“{case.base.name}”被{case.consequence.title}的公告"[:160],
        facts=announcement_facts(case), document_number=case.document_number, published_by=by.person,
        published_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, action="announcement.publish", obj=row, jurisdiction_id=place.pk, after=row.facts,
        data={"case": case.pk, "number": row.document_number},
    )  # fmt: skip
    if case.consequence.ends_title:
        page = reverse("assessments:announcement", kwargs={"jurisdiction": place.code, "pk": row.pk})
        LostTitle.objects.filter(jurisdiction=place, source_key=f"case:{case.pk}").update(link=page)
    issue_announcement(announcement=row, by=by)
    tell_announced(row, case)
