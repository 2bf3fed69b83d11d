"""The officer's check of a submitted version: opening it, a verdict on each condition, remarks, and what became of them."""

from typing import Any

from django.db import transaction

from applications.enums import CheckVerdict, RemarkState
from applications.models import Application, ApplicationVersion, Check, Remark
from applications.selectors.carry import standing_verdicts
from applications.selectors.spots import spot_label
from applications.selectors.versions import conditions_to_judge, results_by_code, version_facts
from applications.services.moves import WrongState, locked, move, require_at_desk
from applications.services.refusals import NotReady, Obstacle, clean_text
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import Status, find_move

REASON_LIMIT = 500
QUOTE_LIMIT = 200


@transaction.atomic
def open_application(*, application: Application, by: Actor) -> Application:
    """Take a submitted or resubmitted file into work. From here on the unit can no longer withdraw it.

    Of a corrected file, the verdicts nothing has touched are taken over with their officer and time.
    """
    application = locked(application)
    application.opened_by = by.user
    moved = move(application=application, action="open", by=by)
    if moved.current is not None and moved.current.number > 1:
        _carry_over(moved, moved.current)
    return moved


@transaction.atomic
def give_verdict(*, application: Application, code: str, verdict: str, by: Actor, reason: str = "") -> Check:
    """Record what the officer found on one condition of the current version; a later verdict replaces an earlier one.

    不符合 and 存疑 need a reason. Raises `NotReady` (field `reason` or `verdict`), `WrongState` or `PermissionDenied`.
    """
    application, version = _in_work(application, by)
    if code not in {condition.code for condition in conditions_to_judge(application, version)}:
        raise NotReady(Obstacle("本申报不适用该条件，请刷新页面后再核对", "verdict"))
    if verdict not in CheckVerdict.values:
        raise NotReady(Obstacle("请选择“符合”“不符合”或“存疑”", "verdict"))
    needed = verdict != CheckVerdict.MET
    text = clean_text(reason, field="reason", limit=REASON_LIMIT, what="认定理由", required=needed)
    before = Check.objects.filter(version=version, code=code).values("verdict", "reason").first()
    check, _ = Check.objects.update_or_create(
        version=version,
        code=code,
        defaults={
            "application": application,
            "automatic": results_by_code(version).get(code, {}),
            "verdict": verdict,
            "reason": text,
            "checked_by": by.person,
            "checked_at": clock.now(),
        },
    )
    after = {"verdict": verdict, "reason": text}
    data = {"version": version.number, "condition": code, "verdict": verdict}
    _record(application, by, "application.check", reason=text, before=before, after=after, data=data)
    return check


@transaction.atomic
def write_remark(
    *,
    application: Application,
    path: str,
    text: str,
    by: Actor,
    quote: str = "",
    must_fix: bool = True,
    remark_id: int | None = None,
) -> Remark:
    """Pin a remark to a place of the current version, or rewrite a draft one. It reaches the unit only with a return.

    Where a file goes back to the office below rather than to the unit, a remark would reach nobody: refused.
    """
    application, version = _in_work(application, by)
    if find_move(application.status, "return", application.desk, application.edition.stage_kinds) is None:
        raise WrongState("该申报在本环节不直接退回申报单位，请退回推荐单位，并在退回意见中写明需要补正的内容")
    label = spot_label(application.edition, version_facts(application, version), path)
    if not label:
        raise NotReady(Obstacle("该位置已不存在，请刷新页面后重新选择", "path"))
    said = clean_text(text, field="text", limit=REASON_LIMIT, what="意见内容")
    quoted = clean_text(quote, field="quote", limit=QUOTE_LIMIT, what="引用", required=False)
    remark = _draft(application, remark_id) if remark_id else Remark(application=application, version=version)
    before = _as_data(remark) if remark.pk else None
    remark.path, remark.label, remark.text, remark.quote, remark.must_fix = path, label[:200], said, quoted, must_fix
    remark.made_by, remark.made_at = by.person, clock.now()
    remark.save()
    data = {"version": version.number, "path": path}
    _record(application, by, "application.remark", before=before, after=_as_data(remark), data=data)
    return remark


@transaction.atomic
def remove_remark(*, application: Application, remark_id: int, by: Actor) -> None:
    """Take back a remark that has not been sent."""
    application, version = _in_work(application, by)
    remark = _draft(application, remark_id)
    data = {"version": version.number, "path": remark.path}
    _record(application, by, "application.remark.remove", before=_as_data(remark), data=data)
    remark.delete()


@transaction.atomic
def settle_remark(*, application: Application, remark_id: int, settled: bool, by: Actor) -> Remark:
    """Say whether a remark sent with an earlier version has been settled by the correction."""
    application, version = _in_work(application, by)
    remark = (
        Remark.objects.select_for_update()
        .filter(application=application, pk=remark_id, version__number__lt=version.number)
        .exclude(state=RemarkState.DRAFT)
        .first()
    )
    if remark is None:
        raise WrongState("该意见不是上次退回时的意见，不能标记，请刷新页面")
    remark.state = RemarkState.SETTLED if settled else RemarkState.OPEN
    remark.settled_by, remark.settled_at = by.user, clock.now()
    remark.save()
    data = {"version": version.number, "path": remark.path, "settled": settled}
    _record(application, by, "application.remark.settle", data=data)
    return remark


def _carry_over(application: Application, version: ApplicationVersion) -> None:
    results = results_by_code(version)
    Check.objects.bulk_create(
        Check(
            application=application,
            version=version,
            code=check.code,
            automatic=results.get(check.code, {}),
            verdict=check.verdict,
            reason=check.reason,
            checked_by_id=check.checked_by_id,
            checked_at=check.checked_at,
        )
        for check in standing_verdicts(application, version)
    )


def _in_work(application: Application, by: Actor) -> tuple[Application, ApplicationVersion]:
    """Lock an application that is being checked, and return it with its current version."""
    application = locked(application)
    require_at_desk("application.check", application, by)
    if application.status != Status.CHECKING or application.current is None:
        raise WrongState(f"该申报目前为“{application.bureau_label}”，须在“受理审核中”方可核对，请刷新页面查看最新状态")
    return application, application.current


def _draft(application: Application, remark_id: int) -> Remark:
    remark = (
        Remark.objects.select_for_update()
        .filter(application=application, pk=remark_id, state=RemarkState.DRAFT)
        .first()
    )
    if remark is None:
        raise WrongState("该意见已发出或已删除，不能再改，请刷新页面")
    return remark


def _as_data(remark: Remark) -> dict[str, Any]:
    return {"path": remark.path, "text": remark.text, "quote": remark.quote, "must_fix": remark.must_fix}


def _record(application: Application, by: Actor, action: str, **details: Any) -> None:
    record(by=by, action=action, obj=application, jurisdiction_id=application.jurisdiction_id, **details)
