"""Calls: prepared by one person, published by another, changed only before they open."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from applications.enums import CallState
from applications.models import Application, Call
from applications.selectors.board import next_batch
from applications.selectors.settings import bureau_values
from applications.services.call_windows import Span, missing_windows, window_data, window_obstacles, write_windows
from applications.services.moves import WrongState
from applications.services.refusals import NotReady, Obstacle, clean_text, refuse_if
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.calendars.deadlines import deadline
from portal.calendars.working_days import MissingCalendarYear
from portal.policy import registry
from portal.policy.edition import Edition
from portal.tenancy.models import Jurisdiction

ROLL_SETTING = "deadline.roll_to_workday"
FIELDS = ("title", "year", "batch", "summary", "opens_at", "closes_at")


@transaction.atomic
def create_call(
    *,
    jurisdiction: Jurisdiction,
    title: str,
    year: int,
    opens_at: datetime,
    closes_at: datetime | None,
    by: Actor,
    batch: int | None = None,
    edition: Edition | None = None,
    summary: str = "",
    windows: Mapping[str, Span] | None = None,
) -> Call:
    """Prepare a call under an edition (the current one unless told), as the next batch of its year unless told.

    `windows` say, by key of stage, from when until when the office of each recommending or reporting stage may act. The call
    takes over the bureau's settings of this moment and keeps them.
    """
    by.require("call.prepare", jurisdiction.pk)
    edition = edition or registry.current(jurisdiction.code)
    batch = next_batch(jurisdiction, year) if batch is None else batch
    call = Call(jurisdiction=jurisdiction, edition_code=edition.code, created_by=by.person)
    call.settings = bureau_values(jurisdiction, edition)
    _write(
        call,
        title=title,
        year=year,
        batch=batch,
        summary=summary,
        opens_at=opens_at,
        closes_at=closes_at,
        windows=windows,
    )
    _record(call, by, "call.create", after=_as_data(call))
    return call


@transaction.atomic
def update_call(*, call: Call, by: Actor, **fields: Any) -> Call:
    """Change a call that has not opened; one already published must then be published again by a second person.

    `fields` are all of title, year, batch, summary, opens_at, closes_at; `windows`, where given, replace those there are.
    """
    call = _locked(call)
    by.require("call.prepare", call.jurisdiction_id)
    if call.state == CallState.CANCELLED or (call.state == CallState.PUBLISHED and clock.now() >= call.opens_at):
        raise WrongState("批次已经开始或已取消，不能再修改")
    before = _as_data(call)
    call.state, call.published_by, call.published_at = CallState.DRAFT, None, None
    call.created_by = by.person  # whoever changed it last may not be the one to publish it
    _write(call, **fields)
    _record(call, by, "call.update", before=before, after=_as_data(call))
    return call


@transaction.atomic
def publish_call(*, call: Call, by: Actor) -> Call:
    """Publish a prepared call; never by the person who prepared it, nor without the window of each office that acts in one."""
    call = _locked(call)
    by.require("call.publish", call.jurisdiction_id)
    if call.state != CallState.DRAFT:
        raise WrongState("该批次不在拟制状态，不能发布，请刷新页面")
    if call.created_by == by.user:
        raise NotReady(Obstacle("拟制人不能发布自己拟制的批次，请由另一位审批人员发布"))
    if call.closes_at and call.closes_at <= clock.now():
        raise NotReady(Obstacle("截止时间已过，请先修改起止时间再发布"))
    refuse_if(missing_windows(call))
    call.state, call.published_by, call.published_at = CallState.PUBLISHED, by.person, clock.now()
    call.opening_announced_at = call.closing_announced_at = None
    call.save()
    _record(call, by, "call.publish", after=_as_data(call))
    return call


@transaction.atomic
def cancel_call(*, call: Call, reason: str, by: Actor) -> Call:
    """Cancel a call nobody has submitted to."""
    call = _locked(call)
    by.require("call.publish", call.jurisdiction_id)
    if call.state == CallState.CANCELLED:
        raise WrongState("该批次已经取消")
    text = clean_text(reason, field="reason", limit=300, what="取消理由")
    if submitted := Application.objects.filter(call=call, submitted_at__isnull=False).count():
        raise NotReady(Obstacle(f"已有 {submitted} 件申报提交到该批次，不能取消"))
    call.state = CallState.CANCELLED
    call.save(update_fields=["state"])
    _record(call, by, "call.cancel", reason=text)
    return call


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=call.pk)


def _write(
    call: Call,
    *,
    title: str,
    year: int,
    batch: int,
    opens_at: datetime,
    closes_at: datetime | None,
    summary: str = "",
    windows: Mapping[str, Span] | None = None,
) -> None:
    call.title = clean_text(title, field="title", limit=120, what="批次名称")
    call.summary = clean_text(summary, field="summary", limit=5000, what="说明", required=False)
    call.year, call.batch, call.opens_at = year, batch, opens_at
    call.closes_at = closes_at and settled(call, closes_at, "closes_at")
    spans = {stage: (opens, settled(call, closes, "closes_at")) for stage, (opens, closes) in (windows or {}).items()}
    refuse_if(_obstacles(call) + window_obstacles(call, spans))
    call.save()
    write_windows(call, spans)


def settle_deadlines(call: Call) -> None:
    """Move the deadline of a saved call, and the ends of its windows, off rest days where its settings say so (G-06)."""
    call.closes_at = call.closes_at and settled(call, call.closes_at, "closes_at")
    call.save(update_fields=["closes_at"])
    for window in call.windows.all():
        window.closes_at = settled(call, window.closes_at, "value")
        window.save(update_fields=["closes_at"])


def settled(call: Call, at: datetime, field: str) -> datetime:
    """Return a deadline as it stands under the call's settings: the same hour, of the next working day if they say so."""
    if not call.setting_values.get(ROLL_SETTING):
        return at
    local = at.astimezone(clock.SHANGHAI)
    try:
        return deadline(local.date(), local.time().replace(microsecond=0), roll_to_workday=True)
    except MissingCalendarYear as missing:
        raise NotReady(Obstacle(str(missing), field)) from None


def _obstacles(call: Call) -> list[Obstacle]:
    found = []
    if not 2000 <= call.year <= 2100:
        found.append(Obstacle("年度应为 2000 至 2100", "year"))
    if not 1 <= call.batch <= 99:
        found.append(Obstacle("批次应为 1 至 99", "batch"))
    if call.closes_at and call.closes_at <= call.opens_at:
        found.append(Obstacle("截止时间应晚于开始时间", "closes_at"))
    others = Call.objects.filter(jurisdiction=call.jurisdiction, year=call.year, batch=call.batch).exclude(pk=call.pk)
    if others.exists():
        found.append(Obstacle(f"{call.year} 年第 {call.batch} 批已经建立，请换一个批次号", "batch"))
    return found


def _as_data(call: Call) -> dict[str, Any]:
    data = {name: getattr(call, name) for name in FIELDS}
    moments = {name: at.isoformat() if (at := data[name]) else None for name in ("opens_at", "closes_at")}
    return {**data, **moments, "edition": call.edition_code, "settings": call.settings, "windows": window_data(call)}


def _record(call: Call, by: Actor, action: str, **details: Any) -> None:
    record(by=by, action=action, obj=call, jurisdiction_id=call.jurisdiction_id, **details)
