"""The decisions on a checked file: 受理, 退回补正 (once, for all defects), 不予受理; at a recommending office 不予推荐."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from applications.enums import DecisionKind, RemarkState
from applications.models import Application, ApplicationVersion, Decision, Remark
from applications.selectors.decision_printing import decision_context
from applications.selectors.decisions import acceptance_obstacles, remarks_to_send, return_obstacles, unmet_hard
from applications.selectors.spots import openings, spot_label
from applications.selectors.versions import version_facts
from applications.services.moves import WrongState, locked, move, require_at_desk
from applications.services.refusals import Obstacle, clean_text, refuse_if
from portal.accounts.actor import Actor
from portal.calendars import clock, selectors
from portal.calendars.deadlines import closes_at
from portal.calendars.working_days import MissingCalendarYear
from portal.documents.services.issue import issue_document
from portal.policy.procedure import Desk, StageKind, Status

REASON_LIMIT = 2000
LETTERS = {
    DecisionKind.ACCEPT: ("acceptance_notice", "受理通知书"),
    DecisionKind.RETURN: ("correction_notice", "补正告知书"),
    DecisionKind.REFUSE: ("refusal_notice", "不予受理通知书"),
    DecisionKind.WITHHOLD: ("withholding_notice", "不予推荐告知书"),
}
CORRECTION_SETTING = "correction.days"
CORRECTION_DAYS = 10  # working days, where an edition says nothing


@transaction.atomic
def accept_application(*, application: Application, by: Actor, reason: str = "") -> Decision:
    """Accept a file: every condition has a verdict, the sealed scan is there, nothing sent is left open.

    With a hard condition found unmet, `reason` says why it is accepted all the same. Raises `NotReady`.
    """
    application, version = _checked(application, by, "application.check")
    refuse_if([Obstacle(each) for each in acceptance_obstacles(application, version)])
    unmet = unmet_hard(application, version)
    text = clean_text(
        reason, field="reason", limit=REASON_LIMIT, what="受理理由（有硬性条件认定为不符合）", required=bool(unmet)
    )
    application.correction_due_at, application.unlocked = None, []
    decision = _new_decision(version, kind=DecisionKind.ACCEPT, by=by, reason=text)
    return _carry_out(decision, application, "accept", by)


@transaction.atomic
def return_application(
    *, application: Application, by: Actor, reason: str = "", days: int | None = None, also_open: Sequence[str] = ()
) -> Decision:
    """Send every remark at once and open what they name, with `also_open`, until the end of the last working day.

    `days` working days, else the call's setting, are given. Remarks of an earlier round found unsettled go along.
    """
    application, version = _checked(application, by, "application.check")
    remarks = remarks_to_send(application, version)
    refuse_if([Obstacle(each) for each in return_obstacles(application, version)])
    due_at = correction_deadline(application, days)
    text = clean_text(reason, field="reason", limit=REASON_LIMIT, what="说明", required=False)
    facts = version_facts(application, version)
    extra = [path for path in also_open if spot_label(application.edition, facts, path)]
    application.unlocked = openings(application.edition, facts, [*(remark.path for remark in remarks), *extra])
    refuse_if(_nothing_opened(application.unlocked))
    application.correction_due_at = due_at
    decision = _new_decision(version, kind=DecisionKind.RETURN, by=by, reason=text, due_at=due_at)
    _send(remarks, decision, by)
    return _carry_out(decision, application, "return", by)


@transaction.atomic
def refuse_application(*, application: Application, by: Actor, reason: str) -> Decision:
    """Refuse a file, with the reason the unit will read."""
    application, version = _checked(application, by, "application.decide")
    text = clean_text(reason, field="reason", limit=REASON_LIMIT, what="不予受理的理由")
    application.correction_due_at, application.unlocked = None, []
    decision = _new_decision(version, kind=DecisionKind.REFUSE, by=by, reason=text)
    return _carry_out(decision, application, "refuse", by)


@transaction.atomic
def withhold_recommendation(*, application: Application, by: Actor, reason: str) -> Decision:
    """Decide, at a recommending office, not to put a file forward, with the reason the unit will read."""
    application = locked(application)
    require_at_desk("recommendation.work", application, by)
    if application.status not in (Status.CHECKING, Status.QUALIFIED) or application.current is None:
        raise WrongState(f"该申报目前为“{application.bureau_label}”，不能办理此项操作，请刷新页面查看最新状态")
    text = clean_text(reason, field="reason", limit=REASON_LIMIT, what="不予推荐的理由")
    application.correction_due_at, application.unlocked = None, []
    decision = _new_decision(application.current, kind=DecisionKind.WITHHOLD, by=by, reason=text)
    return _carry_out(decision, application, "not_recommend", by)


def correction_deadline(application: Application, days: int | None = None) -> datetime:
    """Return the end (exclusive, 24:00 of the last working day) of a correction begun now.

    At a recommending office it ends with the office's window at the latest: what comes after can no longer be put forward.
    Raises `NotReady` (field `days`) without a calendar for those days, or with an absurd number of them.
    """
    given = application.call.setting_values.get(CORRECTION_SETTING, CORRECTION_DAYS) if days is None else days
    if not 1 <= int(given) <= 90:
        refuse_if([Obstacle("补正期限应为 1 至 90 个工作日", "days")])
    try:
        due = selectors.end_of_working_days(clock.now(), int(given))
    except MissingCalendarYear as missing:
        refuse_if([Obstacle(missing.message, "days")])
        raise
    return min([due, *_window_ends(application)])


def _window_ends(application: Application) -> list[datetime]:
    """Return when the window of the recommending office ends, if the file lies there and the window is not over."""
    stage = application.edition.stage(StageKind.RECOMMENDATION)
    if stage is None or application.desk != Desk.RECOMMENDER:
        return []
    ends = [closes_at(window.closes_at) for window in application.call.windows.filter(stage=stage.key)]
    return [end for end in ends if end > clock.now()]


def _checked(application: Application, by: Actor, capability: str) -> tuple[Application, ApplicationVersion]:
    application = locked(application)
    require_at_desk(capability, application, by)
    if application.status != Status.CHECKING or application.current is None:
        raise WrongState(f"该申报目前为“{application.bureau_label}”，不能办理此项操作，请刷新页面查看最新状态")
    return application, application.current


def _new_decision(
    version: ApplicationVersion, *, kind: DecisionKind, by: Actor, reason: str, due_at: datetime | None = None
) -> Decision:
    return Decision.objects.create(
        application_id=version.application_id,
        version=version,
        kind=kind,
        reason=reason,
        due_at=due_at,
        decided_by=by.person,
        decided_at=clock.now(),
    )


def _carry_out(decision: Decision, application: Application, action: str, by: Actor) -> Decision:
    """Move the application and issue the letter, in this transaction: no decision exists without its document."""
    decision.application = application
    after: dict[str, Any] = {"decision": decision.pk, "kind": decision.kind, "reason": decision.reason}
    data = {"decision": decision.pk, "version": decision.version.number, "unlocked": application.unlocked}
    move(application=application, action=action, by=by, reason=decision.reason, after=after, data=data)
    kind, name = LETTERS[DecisionKind(decision.kind)]
    issue_document(
        kind=kind,
        subject=decision,
        title=f"{application.number} {name}",
        template=f"documents/{kind}.html",
        context=decision_context(decision),
        by=by,
        jurisdiction=application.jurisdiction,
    )
    return decision


def _send(remarks: Sequence[Remark], decision: Decision, by: Actor) -> None:
    """Attach the remarks to the decision; one left open by an earlier round is said again, its old row stays as it was."""
    for remark in remarks:
        said = remark
        if remark.state == RemarkState.OPEN:
            said = Remark(
                application_id=remark.application_id,
                version=decision.version,
                path=remark.path,
                label=remark.label,
                text=remark.text,
                quote=remark.quote,
                must_fix=remark.must_fix,
                made_by=by.person,
                made_at=decision.decided_at,
            )
        said.decision, said.state = decision, RemarkState.SENT
        said.save()


def _nothing_opened(unlocked: Sequence[str]) -> list[Obstacle]:
    if unlocked:
        return []
    return [Obstacle("这些意见没有对应任何可修改的栏目，请在“另行开放”中勾选申报单位可以修改的章节或材料", "also_open")]
