"""The hearing (陈述申辩): the unit is told, answers or waives, and the bureau looks at what it said."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import CaseFileKind, CaseState
from assessments.models import Case
from assessments.services.case_news import tell_served, tell_stated
from assessments.services.case_papers import issue_case_notice
from assessments.services.case_rows import Evidence, attach, locked_case, require_unit, words
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.calendars.selectors import end_of_working_days
from portal.calendars.working_days import MissingCalendarYear
from reviews.services.refusal import Refused

LEAST_RECORD = 10


@transaction.atomic
def serve(*, case: Case, by: Actor) -> Case:
    """Tell the unit what is proposed and that it may be heard; the term is fixed by the official calendar, or refused."""
    row = locked_case(case)
    by.require("base.keep", row.base.jurisdiction_id)
    rule = row.consequence
    if row.state != CaseState.PROPOSED:
        raise WrongState(f"该件目前为“{row.get_state_display()}”，不能再告知")
    if not rule.hearing_setting:
        raise WrongState(f"政策没有为“{rule.title}”规定陈述申辩期，可以直接作出决定")
    days = int(row.base.setting_values[rule.hearing_setting])
    if days < 1:
        raise WrongState("政策设置的陈述申辩期不足 1 个工作日，请先在政策设置中改正")
    now = clock.now()
    try:
        row.hearing_until = end_of_working_days(now, days)
    except MissingCalendarYear as missing:
        raise WrongState(missing.message) from missing
    row.state, row.hearing_days, row.served_by, row.served_at = CaseState.NOTIFIED, days, by.person, now
    row.save()
    record(
        by=by, action="case.serve", obj=row, jurisdiction_id=row.base.jurisdiction_id,
        data={"working_days": days, "until": row.hearing_until},
    )  # fmt: skip
    issue_case_notice(case=row, by=by)
    tell_served(row)
    return row


@transaction.atomic
def state(*, case: Case, text: str, by: Actor, files: Iterable[Evidence] = ()) -> Case:
    """Take the unit's statement. In time it must be looked at before any decision; a later one is kept, marked as late."""
    row = locked_case(case)
    require_unit(by, row.base)
    if row.state != CaseState.NOTIFIED:
        raise WrongState(f"该件目前为“{row.get_state_display()}”，不能再提交陈述申辩意见")
    now = clock.now()
    late = not row.may_state(now)
    if late and row.statement and not row.statement_late:
        raise WrongState("陈述申辩期已届满，已提交的意见不能再修改")
    before, row.statement = row.statement, words(text, "text", "陈述申辩意见")
    row.statement_late, row.stated_by, row.stated_at = late, by.person, now
    row.save()
    held = attach(row, files, CaseFileKind.STATEMENT, "files", by)
    record(
        by=by, action="case.state", obj=row, jurisdiction_id=row.base.jurisdiction_id, before=before,
        after=row.statement, data={"late": late, "files": held},
    )  # fmt: skip
    tell_stated(row, "逾期提交了陈述申辩意见" if late else "提交了陈述申辩意见")
    return row


@transaction.atomic
def waive(*, case: Case, by: Actor) -> Case:
    """Take the unit's word that it will say nothing."""
    row = locked_case(case)
    require_unit(by, row.base)
    if row.state == CaseState.WAIVED:
        return row
    if not row.may_state(clock.now()):
        raise WrongState("陈述申辩期已届满或者该件已办理，无须再放弃")
    if row.statement:
        raise WrongState("已提交陈述申辩意见，不能再放弃")
    row.state, row.waived_at, row.stated_by = CaseState.WAIVED, clock.now(), by.person
    row.save()
    record(by=by, action="case.waive", obj=row, jurisdiction_id=row.base.jurisdiction_id)
    tell_stated(row, "书面放弃陈述申辩")
    return row


@transaction.atomic
def record_hearing(*, case: Case, on: date, text: str, by: Actor, files: Iterable[Evidence] = ()) -> Case:
    """Write down how the unit was heard and what was found of what it said.

    A unit that was heard in person within its days, and put nothing in by the browser, has signed a record, which is uploaded.
    """
    row = locked_case(case)
    by.require("base.keep", row.base.jurisdiction_id)
    if row.state != CaseState.NOTIFIED:
        raise WrongState(f"该件目前为“{row.get_state_display()}”，不能登记陈述申辩情况")
    if not row.served_at or not clock.local_date(row.served_at) <= on <= clock.today():
        raise Refused("日期应在告知之日和今天之间", "on")
    held = attach(row, files, CaseFileKind.STATEMENT, "files", by)
    if not row.statement and not held:
        raise Refused("单位没有在线提交意见的，请上传单位签字的陈述申辩笔录", "files")
    row.heard_text = words(text, "text", "听取和复核情况", least=LEAST_RECORD)
    row.state, row.heard_on, row.heard_by = CaseState.HEARD, on, by.person
    row.save()
    record(
        by=by, action="case.hear", obj=row, jurisdiction_id=row.base.jurisdiction_id, after=row.heard_text,
        data={"on": on.isoformat(), "files": held},
    )  # fmt: skip
    return row
