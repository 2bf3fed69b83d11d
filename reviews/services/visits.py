"""Site visits: planned with everybody's calendar in mind, recorded with photos."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageOps

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from reviews.enums import MemberState, PanelState, VisitState
from reviews.models import Panel, PanelMember, Visit, VisitPhoto, VisitRecord
from reviews.permissions import own_memberships
from reviews.selectors.availability import Span
from reviews.selectors.visit_words import changes
from reviews.selectors.visits import experts_of, troubles
from reviews.services.news import tell_visit
from reviews.services.panels import locked_panel
from reviews.services.papers import issue_visit_record
from reviews.services.refusal import Refused

PHOTO_RULES = Rules(allowed=frozenset({Kind.JPEG, Kind.PNG}), max_bytes=20 * 1024**2)
PHOTO_EDGE = 2000  # pixels of the longer side: more than a printed page shows at 200 dpi
PLAN = ("starts_at", "ends_at", "place", "meeting_point", "contact", "route", "district")
MAXIMUM_PHOTOS = 30


@transaction.atomic
def plan_visit(*, panel: Panel, by: Actor, **plan: Any) -> Visit:
    """Plan the visit, or plan it anew after it was cancelled. Shape of `plan`: the names in `PLAN`.

    Without a district it is the unit's. Raise `Refused` when it ends before it begins, lies in the past, or a member cannot
    come: away on that day, expected elsewhere, or too far from where they are before or after.
    """
    row = _visitable(panel, by)
    visit = Visit.objects.select_for_update().filter(panel=row).first()
    if visit is not None and visit.state != VisitState.CANCELLED:
        raise WrongState(f"该单位已安排{row.rule.visit_word}，请在原安排上调整")
    plan["district"] = plan.get("district") or row.application.organisation.district
    _check(row, plan)
    sequence = visit.sequence + 1 if visit else 0
    visit = visit or Visit(panel=row)
    visit.state, visit.sequence, visit.planned_by = VisitState.PLANNED, sequence, by.person
    _write(visit, plan)
    record(by=by, action="visit.plan", obj=row, jurisdiction_id=row.jurisdiction_id, after=plan)
    tell_visit(visit)
    return visit


@transaction.atomic
def change_visit(*, visit: Visit, by: Actor, **plan: Any) -> Visit:
    """Change a planned visit; calendars that hold it are told by a higher sequence."""
    row = _visitable(visit.panel, by)
    fresh = _planned(visit)
    plan["district"] = plan.get("district") or fresh.district or row.application.organisation.district
    _check(row, plan)
    before = {name: getattr(fresh, name) for name in PLAN}
    fresh.sequence += 1
    _write(fresh, plan)
    after = {name: getattr(fresh, name) for name in PLAN}
    record(by=by, action="visit.change", obj=row, jurisdiction_id=row.jurisdiction_id, before=before, after=after)
    tell_visit(fresh, changes(before, after))
    return fresh


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: Actor) -> Visit:
    """Call a planned visit off, with a reason that everybody invited reads."""
    row = _visitable(visit.panel, by)
    fresh = _planned(visit)
    if not reason.strip():
        raise Refused("请写明取消原因", "reason")
    return _call_off(row, fresh, reason, by)


def call_off_visits(*, panel: Panel, reason: str, by: Actor) -> None:
    """Call off what a panel that is being dissolved had planned; the panel's row is under lock already."""
    for visit in Visit.objects.filter(panel=panel, state=VisitState.PLANNED):
        _call_off(panel, _planned(visit), reason, by)


def _call_off(panel: Panel, visit: Visit, reason: str, by: Actor) -> Visit:
    visit.state, visit.sequence = VisitState.CANCELLED, visit.sequence + 1
    visit.save(update_fields=["state", "sequence"])
    record(by=by, action="visit.cancel", obj=panel, jurisdiction_id=panel.jurisdiction_id, reason=reason)
    tell_visit(visit, f"取消原因：{reason.strip()}")
    return visit


@transaction.atomic
def record_visit(*, visit: Visit, attendance: str, facts: str, originals_seen: bool, by: Actor) -> VisitRecord:
    """Write down what was seen, once the visit has begun; the record is issued as a document."""
    panel = locked_panel(visit.panel)
    fresh: Visit = Visit.objects.select_for_update(of=("self",)).select_related("panel__jurisdiction").get(pk=visit.pk)
    _may_record(panel, by)
    if fresh.state == VisitState.CANCELLED:
        raise WrongState(f"该{panel.rule.visit_short}已取消，不能登记记录")
    if clock.now() < fresh.starts_at:
        raise Refused(f"{panel.rule.visit_short}尚未开始，开始后方可登记记录")
    if not attendance.strip() or not facts.strip():
        raise Refused("请填写到场人员和现场情况", "facts" if attendance.strip() else "attendance")
    fresh.state = VisitState.DONE
    fresh.save(update_fields=["state"])
    written, _ = VisitRecord.objects.update_or_create(
        visit=fresh,
        defaults={
            "attendance": attendance.strip(), "facts": facts.strip(), "originals_seen": originals_seen,
            "recorded_by": by.person, "recorded_at": clock.now(),
        },
    )  # fmt: skip
    fresh.refresh_from_db()
    record(
        by=by, action="visit.record", obj=panel, jurisdiction_id=panel.jurisdiction_id,
        after={"attendance": written.attendance, "facts": written.facts, "originals_seen": originals_seen},
    )  # fmt: skip
    issue_visit_record(visit=fresh, by=by)
    return written


def add_photo(
    *,
    visit: Visit,
    content: BinaryIO,
    name: str,
    caption: str,
    by: Actor,
    operation: UUID | None = None,
    item: int = 0,
    taken_at: datetime | None = None,
    position: Mapping[str, float] | None = None,
) -> VisitPhoto:
    """Keep a photo taken on site: inspected, turned upright, made smaller, and without what the camera wrote into it.

    A device's photo has an `operation`: the same one again returns the photo there is. `taken_at` is the device's word and
    `position` is {latitude, longitude, accuracy}; the numbers of the item (0: none) and these are all that is kept.
    """
    try:
        clean = _plain_picture(content)  # before anything is locked: it takes a while
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "photo") from refusal
    about = {"operation": operation, "item": item, "taken_at": taken_at, "position": dict(position or {})}
    stem = name.rpartition(".")[0] or name
    return _keep_photo(visit=visit, clean=clean, name=f"{stem}.jpg", caption=caption.strip()[:100], about=about, by=by)


@transaction.atomic
def _keep_photo(
    *, visit: Visit, clean: BinaryIO, name: str, caption: str, about: dict[str, Any], by: Actor
) -> VisitPhoto:
    panel = locked_panel(visit.panel)
    _may_record(panel, by)
    operation = about["operation"]
    earlier: VisitPhoto | None = visit.photos.filter(operation=operation).first() if operation else None
    if earlier is not None:
        return earlier
    if visit.photos.filter(added_by=by.person).count() >= MAXIMUM_PHOTOS:
        raise Refused(f"每人最多上传 {MAXIMUM_PHOTOS} 张照片", "photo")
    try:
        stored = store_file(content=clean, name=name, rules=PHOTO_RULES, by=by)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "photo") from refusal
    photo: VisitPhoto = VisitPhoto.objects.create(
        visit=visit, stored=stored, caption=caption, added_by=by.person, added_at=clock.now(), **about
    )
    record(
        by=by, action="visit.photo", obj=panel, jurisdiction_id=panel.jurisdiction_id,
        data={"photo": photo.pk, "sha256": stored.sha256},
    )  # fmt: skip
    return photo


def _plain_picture(content: BinaryIO) -> BinaryIO:
    from portal.documents.inspection.inspecting import inspect

    found = inspect(content, filename="照片", rules=PHOTO_RULES)
    if not found.ok:
        raise FileRefused(found.problems)
    content.seek(0)
    with Image.open(content) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((PHOTO_EDGE, PHOTO_EDGE))
    upright.info.clear()
    plain = io.BytesIO()
    upright.save(plain, "JPEG", quality=85, optimize=True)
    plain.seek(0)
    return plain


def _visitable(panel: Panel, by: Actor) -> Panel:
    row = locked_panel(panel)
    by.require("review.run", row.jurisdiction_id)
    if row.state not in (PanelState.WORKING, PanelState.COMPLETE):
        raise WrongState(f"专家组目前为“{row.get_state_display()}”，评审期间方可安排{row.rule.visit_word}")
    return row


def _planned(visit: Visit) -> Visit:
    fresh: Visit = (
        Visit.objects.select_for_update(of=("self",)).select_related("panel__application__call").get(pk=visit.pk)
    )
    if fresh.state != VisitState.PLANNED:
        raise WrongState(f"该{fresh.panel.rule.visit_short}目前为“{fresh.get_state_display()}”，不能再调整")
    return fresh


def _check(panel: Panel, plan: dict[str, Any]) -> None:
    """Refuse a time that cannot be. The members' rows stay locked: two officers who want the same expert take turns."""
    span = Span(plan["starts_at"], plan["ends_at"], plan["district"])
    if span.ends_at <= span.starts_at:
        raise Refused("结束时间应晚于开始时间", "ends_at")
    if span.starts_at <= clock.now():
        raise Refused("开始时间应晚于当前时间", "starts_at")
    found = troubles(panel, span, list(experts_of(panel).select_for_update()))
    if found:
        raise Refused(f"{'；'.join(each.text for each in found)}。请改期", "starts_at")


def _write(visit: Visit, plan: dict[str, Any]) -> None:
    for name in PLAN:
        setattr(visit, name, plan.get(name, ""))
    visit.save()


def _may_record(panel: Panel, by: Actor) -> None:
    """The bureau, or a declared member, while the review goes on."""
    if panel.state not in (PanelState.WORKING, PanelState.COMPLETE):
        raise WrongState(f"评审已结束，不能再登记{panel.rule.visit_word}")
    seats = own_memberships(PanelMember.objects.filter(panel=panel, state=MemberState.DECLARED), by)
    if not seats.exists():
        by.require("review.run", panel.jurisdiction_id)
