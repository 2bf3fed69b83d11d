"""What a base says of itself before it is assessed: kept while it is written, handed in, returned with a reason."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.services.answers import tidy
from applications.services.moves import WrongState
from assessments.enums import AssessmentState, RoundState
from assessments.models import Assessment
from assessments.selectors.rounds_self import read_self
from assessments.services.rounds_news import tell_returned, tell_submitted
from assessments.services.rounds_rows import locked_assessment, require_state
from assessments.services.together import put_together
from portal.accounts.actor import Actor
from portal.audit.chain import digest
from portal.audit.models import Event
from portal.audit.services import chain_key, record
from portal.calendars import clock
from reviews.services.refusal import Refused

SELF, READY = AssessmentState.SELF, AssessmentState.READY


@transaction.atomic
def save_self(
    *,
    assessment: Assessment,
    answers: Mapping[str, Any],
    by: Actor,
    revision: int | None = None,
    before: Mapping[str, Any] | None = None,
) -> Assessment:
    """Keep what was typed, valid or not; `answers` and `before` are by section.

    `revision` is the one the page was loaded with, None where nobody else writes. If another save came in between, both
    people's changes are put together against `before`; where both changed the same, or without it, `Clash` is raised.
    """
    row = _own(assessment, by)
    typed = _tidy(row, answers)
    if revision not in (None, row.revision) and row.answers != typed:
        typed = put_together(
            sections=row.scheme.sections, theirs=row.answers, mine=typed, before=before, revision=row.revision
        )
    if row.answers != typed:
        _keep(row, typed)
    return row


def _tidy(row: Assessment, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {section.key: tidy(section, answers.get(section.key) or {}) for section in row.scheme.sections}


def _keep(row: Assessment, answers: dict[str, Any]) -> None:
    row.answers, row.revision, row.saved_at = answers, row.revision + 1, clock.now()
    row.save(update_fields=["answers", "revision", "saved_at"])


@transaction.atomic
def submit_self(
    *, assessment: Assessment, answers: Mapping[str, Any], by: Actor, revision: int | None = None
) -> Assessment:
    """Hand it in; from then on only the bureau can give it back. What another has changed since `revision` is not handed in."""
    row = _own(assessment, by)
    if revision not in (None, row.revision) and row.answers != _tidy(row, answers):
        raise WrongState("自评在您填写期间已被他人修改，尚未提交，请刷新页面核对后再提交；您填写的内容留存在本机")
    kept, problems = read_self(row, answers)
    if problems:
        raise Refused(f"还有 {len(problems)} 处需要填写或更正，请逐项完善后提交")
    _keep(row, kept)
    row.state = READY
    row.submitted_at, row.submitted_by, row.return_reason = clock.now(), by.person, ""
    row.save(update_fields=["state", "submitted_at", "submitted_by", "return_reason"])
    record(
        by=by, action="assessment.self_submit", obj=row, jurisdiction_id=row.jurisdiction_id, after=kept,
        data={"sha256": digest(kept), "late": is_late(row)},
    )  # fmt: skip
    tell_submitted(row, _times(row, "assessment.self_submit"))
    return row


@transaction.atomic
def return_self(*, assessment: Assessment, reason: str, by: Actor) -> Assessment:
    """Give it back to be mended, before experts have seen it."""
    row = locked_assessment(assessment)
    by.require("base.keep", row.jurisdiction_id)
    require_state(row, READY)
    if not row.submitted_at:
        raise WrongState("该基地没有提交自评，不能退回")
    if not reason.strip():
        raise Refused("请写明退回理由和需要修改的内容", "reason")
    row.state, row.return_reason, row.returned_at = SELF, reason.strip(), clock.now()
    row.submitted_at = None
    row.save(update_fields=["state", "return_reason", "returned_at", "submitted_at"])
    record(
        by=by, action="assessment.self_return", obj=row, jurisdiction_id=row.jurisdiction_id, reason=row.return_reason
    )
    tell_returned(row, _times(row, "assessment.self_return"))
    return row


def is_late(row: Assessment) -> bool:
    """Whether the day for the self-assessment is over."""
    return bool(row.round and row.round.self_due_on and clock.today() > row.round.self_due_on)


def _own(assessment: Assessment, by: Actor) -> Assessment:
    row = locked_assessment(assessment)
    by.require("base.report")
    if by.organisation is None or by.organisation.pk != row.base.organisation_id:
        raise PermissionDenied("只能由基地所在单位填报自评")
    if row.round and row.round.state != RoundState.OPEN:
        raise WrongState("该轮考核没有启动或已办结，不能填报自评")
    require_state(row, SELF)
    return row


def _times(row: Assessment, action: str) -> int:
    return Event.objects.filter(chain__key=chain_key(row), action=action).count()
