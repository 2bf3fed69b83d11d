"""Public notices: published with their end fixed by the official calendar, closed when time and objections allow (G-07)."""

from django.db import transaction

from applications.services.moves import WrongState, locked, move
from portal.accounts.actor import SYSTEM, Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.calendars.selectors import plan_notice
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.services.store import store_file
from reviews.enums import OPEN_OBJECTIONS, NoticeState, ShortlistState
from reviews.models import PublicNotice, Shortlist
from reviews.selectors.snapshot import listing, notice_snapshot, snapshot_hash
from reviews.services.news import tell_ended, tell_published
from reviews.services.papers import issue_public_notice
from reviews.services.refusal import Refused
from reviews.services.shortlists import require_places


@transaction.atomic
def publish_notice(*, shortlist: Shortlist, title: str, by: Actor) -> PublicNotice:
    """Publish an approved list.

    In order: the end is computed from the official calendar (`MissingCalendarYear` when a year is not loaded: nothing is
    written then); the snapshot and its hash; the list as a workbook; every listed application moves on; the document.
    """
    row: Shortlist = (
        Shortlist.objects.select_for_update(of=("self",)).select_related("call", "jurisdiction").get(pk=shortlist.pk)
    )
    by.require("notice.publish", row.jurisdiction_id)
    if row.state != ShortlistState.APPROVED:
        raise WrongState(f"该名单目前为“{row.get_state_display()}”，审批后方可公示")
    if not title.strip():
        raise Refused("请填写公示标题", "title")
    require_places(row)
    rule, values, now = row.call.edition.notice, row.call.setting_values, clock.now()
    days = int(values[rule.days_setting])
    period = plan_notice(now, days, count_publication_day=bool(values[rule.count_publication_day_setting]))
    place = str(values[rule.place_setting])
    snapshot = notice_snapshot(shortlist=row, title=title.strip(), period=period, place=place)
    workbook = store_file(
        content=listing(snapshot), name=f"{snapshot['list_title']}.xlsx", rules=Rules(frozenset({Kind.XLSX})), by=by
    )
    notice = PublicNotice.objects.create(
        jurisdiction=row.jurisdiction, shortlist=row, title=title.strip(), days=days, published_at=now, published_by=by.person,
        ends_at=period.ends_at, place=place, snapshot=snapshot, sha256=snapshot_hash(snapshot), listing=workbook,
    )  # fmt: skip
    row.state = ShortlistState.PUBLISHED
    row.save(update_fields=["state"])
    for entry in row.entries.filter(removed=False).select_related("application").order_by("application_id"):
        move(application=locked(entry.application), action="publish", by=by, data={"notice": notice.pk})
    record(
        by=by, action="notice.publish", obj=notice, jurisdiction_id=row.jurisdiction_id, after=snapshot,
        data={"ends_at": notice.ends_at, "sha256": notice.sha256, "working_days": days},
    )  # fmt: skip
    issue_public_notice(notice=notice, by=by)
    tell_published(notice)
    return notice


@transaction.atomic
def announce_end(*, notice: PublicNotice) -> bool:
    """Mark a notice whose time is over and tell the bureau, once; return whether this call did it."""
    row: PublicNotice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    if row.end_announced_at is not None or clock.now() < row.ends_at:
        return False
    row.end_announced_at = clock.now()
    if row.state == NoticeState.RUNNING:
        row.state = NoticeState.ENDED
    row.save(update_fields=["end_announced_at", "state"])
    record(by=SYSTEM, action="notice.end", obj=row, jurisdiction_id=row.jurisdiction_id)
    tell_ended(row)
    return True


@transaction.atomic
def close_notice(*, notice: PublicNotice, by: Actor) -> PublicNotice:
    """Close a notice: its working days are over by the clock, and every objection is final."""
    row: PublicNotice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    by.require("notice.publish", row.jurisdiction_id)
    if row.state == NoticeState.CLOSED:
        raise WrongState("该公示已结束")
    if clock.now() < row.ends_at:
        raise WrongState("公示期尚未届满，不能结束公示")
    waiting = row.objections.filter(state__in=OPEN_OBJECTIONS).count()
    if waiting:
        raise WrongState(f"尚有 {waiting} 件异议未办结，全部办结后方可结束公示；无异议的单位可先行认定")
    row.state, row.closed_at = NoticeState.CLOSED, clock.now()
    row.save(update_fields=["state", "closed_at"])
    record(by=by, action="notice.close", obj=row, jurisdiction_id=row.jurisdiction_id)
    return row
