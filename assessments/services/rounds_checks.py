"""Checks of one base that stand by themselves: begun when they are due or wanted, with what a person finds on them."""

from datetime import date

from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import AssessmentState
from assessments.models import Assessment, Base
from assessments.models.rounds import scheme_of
from assessments.selectors.rounds import due_of_bases
from assessments.services.case_rows import locked_base
from assessments.services.rounds_panel import end_panel
from assessments.services.rounds_rows import locked_assessment, require_state
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.aftercare import Method, Rhythm
from reviews.services.refusal import Refused


@transaction.atomic
def begin_check(*, base: Base, scheme_key: str, by: Actor, ends_on: date | None = None) -> Assessment:
    """Begin an assessment that is due by the base's dates (`ends_on` names it), or one the bureau wants now.

    Asked twice for the same day, return the one there is.
    """
    row = locked_base(base)
    by.require("base.keep", row.jurisdiction_id)
    try:
        scheme = scheme_of(row.edition, scheme_key)
    except KeyError:
        raise Refused("请选择考核种类", "scheme") from None
    if scheme.rhythm is Rhythm.CALENDAR_YEARS:
        raise WrongState("该项考核按年度统一进行，请在考核轮次中办理")
    wanted = clock.today() if scheme.rhythm is Rhythm.ON_DEMAND or ends_on is None else ends_on
    known: Assessment | None = Assessment.objects.filter(
        base=row, scheme_key=scheme_key, ends_on=wanted, round__isnull=True
    ).first()
    if known is not None:
        return known
    if not row.is_active:
        raise WrongState(f"该基地目前为“{row.get_state_display()}”，不再考核")
    if not scheme.is_for(row.track_key):
        raise WrongState(f"{row.track.title}不在本项考核范围内")
    if scheme.rhythm is not Rhythm.ON_DEMAND:
        due = {(each.scheme.key, each.ends_on) for each in due_of_bases([row], clock.today())}
        if (scheme_key, wanted) not in due:
            raise WrongState("该项核验没有到期，或已经办理")
    state = AssessmentState.SELF if scheme.sections else AssessmentState.READY
    made: Assessment = Assessment.objects.create(
        jurisdiction_id=row.jurisdiction_id, base=row, scheme_key=scheme_key, starts_on=row.recognised_on,
        ends_on=wanted, state=state, created_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, action="assessment.begin", obj=made, jurisdiction_id=row.jurisdiction_id,
        data={"base": row.pk, "scheme": scheme_key, "until": made.ends_on.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def judge(*, assessment: Assessment, code: str, met: bool, words: str, by: Actor) -> Assessment:
    """Find, in words, whether a target is reached that no figure can tell."""
    row = locked_assessment(assessment)
    by.require("base.keep", row.jurisdiction_id)
    require_state(row, AssessmentState.READY)
    if row.scheme.method is not Method.CHECKED:
        raise WrongState("该项考核按评分办理")
    judged = {target.code for target in row.edition.targets if target.judged and target.code in row.scheme.targets}
    if code not in judged:
        raise Refused("该项指标按数据核对，不须人工认定", "code")
    if not words.strip():
        raise Refused("请写明认定依据：查看了什么、情况如何", "words")
    row.judgements = {
        **row.judgements,
        code: {"met": met, "words": words.strip()[:1000], "by": by.person.pk, "on": clock.today().isoformat()},
    }
    row.save(update_fields=["judgements"])
    record(
        by=by, action="assessment.judge", obj=row, jurisdiction_id=row.jurisdiction_id, reason=words.strip()[:500],
        data={"code": code, "met": met},
    )  # fmt: skip
    return row


@transaction.atomic
def excuse(*, assessment: Assessment, reason: str, by: Actor) -> Assessment:
    """Let a base that has lost its title meanwhile take no part, with the reason; its round can be closed without it.

    A panel that is at work is dissolved, and its experts are told.
    """
    row = locked_assessment(assessment)
    by.require("base.keep", row.jurisdiction_id)
    require_state(row, AssessmentState.SELF, AssessmentState.READY, AssessmentState.PANEL, AssessmentState.SCORED)
    if row.base.is_active:
        raise WrongState("该基地称号有效，应当参加考核；有直接认定情形的，请登记事实和证据")
    if not reason.strip():
        raise Refused("请写明不再考核的理由", "reason")
    row.state, row.exempt_reason = AssessmentState.EXEMPT, reason.strip()[:300]
    row.save(update_fields=["state", "exempt_reason"])
    record(by=by, action="assessment.excuse", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.exempt_reason)
    end_panel(assessment=row, reason=f"该基地不再考核（{row.exempt_reason}）", by=by)
    return row
