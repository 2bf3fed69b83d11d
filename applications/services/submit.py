"""Submitting: the draft becomes a version, validated, immutable, hashed; the first one gets a receipt number."""

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.models import Application, ApplicationVersion
from applications.selectors.workspace import Workspace, load
from applications.services.moves import WrongState, move
from applications.services.numbers import receipt_number
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.calendars.deadlines import is_in_time
from portal.policy.procedure import Status
from portal.policy.validation import Problem
from portal.tenancy.enums import OrganisationState


class TooLate(Exception):
    """The deadline has passed at the server's clock; the draft is kept. The message is Chinese and shown as it is."""


class NotReady(Exception):
    """Something still stands in the way of submission; `problems` says what and where."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"尚有 {len(problems)} 处需完善，完善后方可提交")


def canonical(value: Any) -> str:
    """Write JSON one way only, so that equal contents have equal hashes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@transaction.atomic
def submit_application(*, application_id: int, by: Actor, declared: bool) -> ApplicationVersion:
    """Submit a draft, or hand in the correction of a returned file; return the version.

    In order: the row is locked; a file submitted already gives the version it has (a second click changes nothing); the
    deadline is compared with the clock; the form, the materials and the conditions are checked as they stand; the version
    is written with its hash; the application moves. Raise `TooLate`, `NotReady`, `WrongState`, `PermissionDenied`.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("call", "organisation", "jurisdiction")
    application = rows.get(pk=application_id)
    if not by.can("application.submit") or by.organisation != application.organisation:
        raise PermissionDenied("当前身份不能提交该申报")
    if application.status in (Status.SUBMITTED, Status.RESUBMITTED) and application.current:
        return application.current
    correcting = application.status == Status.RETURNED
    if not correcting and application.status != Status.DRAFT:
        raise WrongState(f"该申报目前为“{application.applicant_label}”，不能再次提交")
    _check_time(application, correcting=correcting)
    if application.organisation.state != OrganisationState.ACTIVE:
        raise WrongState("本单位的登记目前不是有效状态，不能提交申报，请联系主管部门")
    if not declared:
        raise WrongState("请先勾选承诺，再提交")
    workspace = load(application)
    if workspace.blocking:
        raise NotReady(workspace.blocking)
    version = _write_version(workspace, by)
    _hand_in(application, version, by, correcting=correcting)
    return version


def _check_time(application: Application, *, correcting: bool) -> None:
    now, call = clock.now(), application.call
    if correcting:
        due = application.correction_due_at
        if due and now >= due:
            raise TooLate("补正期限已过，不能再提交补正材料；已填写的内容仍为您保留，请联系受理机关")
        return
    if call.state != "published" or now < call.opens_at:
        raise TooLate("该批次目前不接收申报；已填写的内容仍为您保留")
    if call.closes_at and not is_in_time(now, call.closes_at):
        raise TooLate("申报截止时间已过，本次提交未被接收；已填写的内容仍为您保留")


def _write_version(workspace: Workspace, by: Actor) -> ApplicationVersion:
    application = workspace.application
    places = {material.key: place for place, material in enumerate(workspace.edition.materials)}
    manifest = [
        {
            "slot": each.slot,
            "file": each.stored_id,
            "name": each.stored.name,
            "size": each.stored.size,
            "pages": each.stored.pages,
            "sha256": each.stored.sha256,
            "rows": each.rows,
        }
        for each in sorted(workspace.materials, key=lambda each: places.get(each.slot, 0))
        if not workspace.edition.material(each.slot).sealed
    ]
    declaration = workspace.edition.form.declaration
    content = {
        "edition": workspace.edition.code,
        "track": application.track_key,
        "unit": application.organisation.credit_code,
        "answers": workspace.checked.cleaned,
        "manifest": manifest,
        "declaration": declaration,
    }
    return ApplicationVersion.objects.create(
        application=application,
        number=application.versions.count() + 1,
        answers=workspace.checked.cleaned,
        manifest=manifest,
        results=[result.as_data() for result in workspace.tested],
        settings=application.call.setting_values,
        declaration=declaration,
        sha256=hashlib.sha256(canonical(content).encode()).hexdigest(),
        submitted_by=by.person,
        submitted_at=clock.now(),
    )


def _hand_in(application: Application, version: ApplicationVersion, by: Actor, *, correcting: bool) -> None:
    before = application.current.sha256 if application.current else None
    application.current = version
    application.submitted_at = application.submitted_at or version.submitted_at
    application.number = application.number or receipt_number(application)
    application.unlocked, application.correction_due_at = [], None
    move(
        application=application,
        action="resubmit" if correcting else "submit",
        by=by,
        before=before,
        after=version.sha256,
        data={"version": version.number, "number": application.number},
    )
