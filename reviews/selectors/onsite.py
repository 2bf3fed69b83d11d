"""An expert's day as their device takes it along: own seats, visits, files, sheets, and what already stands in them.

The number of queries is the same for one seat and for many. Nothing here is anybody else's: not a score, not a photo.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from applications.models import Application, MaterialFile
from applications.permissions import readable_applications
from portal.accounts.actor import Actor
from portal.calendars import clock
from reviews.enums import AlarmRuling, Conclusion, MemberState, PanelState
from reviews.models import ConflictAlarm, Opinion, PanelMember, Visit, VisitPhoto
from reviews.permissions import own_memberships
from reviews.selectors.file_for_expert import materials_by_slot, sections_of
from reviews.selectors.kept import SCORE, standing
from reviews.selectors.occasions import NOTHING, About, abouts
from reviews.selectors.panels import ACTING
from reviews.selectors.scores import PanelSheet, SheetLine, panel_sheet, plain

Values = dict[str, Any]
SHOWN_AFTER = timedelta(days=30)  # so long a sheet that was handed in is still listed


def seats_of_day(actor: Actor, place: str) -> list[Values]:
    """Return the seats of an expert's device: the shape is `_seat`, before the declaration `_undeclared`.

    One that was handed in is only named, with its receipt: sheet and file have left the device. `place` is the code of the
    jurisdiction in addresses.
    """
    seats = list(_seats(actor))
    around = _Around(seats, actor)
    return [
        _undeclared(seat, place) if seat.state == MemberState.INVITED else _seat(seat, around, place) for seat in seats
    ]


def _seats(actor: Actor) -> QuerySet[PanelMember]:
    lately = Q(opinion__submitted_at__gte=clock.now() - SHOWN_AFTER)
    files = Prefetch(
        "panel__application__materials",
        MaterialFile.objects.filter(removed_at__isnull=True).select_related("stored"),
        to_attr="current_files",
    )
    return (
        own_memberships(PanelMember.objects.all(), actor)
        .filter(state__in=ACTING)
        .filter(Q(panel__state=PanelState.WORKING) | lately)
        .select_related(
            "panel__application__organisation", "panel__application__call", "panel__application__current",
            "panel__visit", "opinion", "expert",
        )
        .prefetch_related("panel__application__checks", files)
        .order_by("-panel__convened_at", "-id")
    )  # fmt: skip


class _Around:
    """What belongs to the seats, each read once for all of them."""

    def __init__(self, seats: Iterable[PanelMember], actor: Actor) -> None:
        seats = list(seats)
        panels = [seat.panel_id for seat in seats]
        alarms = ConflictAlarm.objects.filter(member__in=seats, ruling=AlarmRuling.OPEN)
        self.alarms: dict[int, str] = dict(alarms.values_list("member", "detail"))
        acting = PanelMember.objects.filter(panel__in=panels, state__in=ACTING).values_list("panel", "pk")
        self.places: dict[int, list[int]] = defaultdict(list)
        for panel, member in acting:
            self.places[panel].append(member)
        self.photos: dict[int, list[VisitPhoto]] = defaultdict(list)
        for photo in VisitPhoto.objects.filter(visit__panel__in=panels, added_by=actor.person):
            self.photos[photo.visit_id].append(photo)
        applications = Application.objects.filter(pk__in=[seat.panel.application_id for seat in seats])
        self.abouts = abouts(seat.panel for seat in seats if seat.state == MemberState.DECLARED)
        self.open_files = set(readable_applications(applications, actor).values_list("pk", flat=True))


def _undeclared(seat: PanelMember, place: str) -> Values:
    return {
        "id": seat.pk,
        "unit": seat.panel.application.organisation.name,
        "state": "undeclared",
        "declare_url": reverse("reviews:declare", kwargs={"jurisdiction": place, "pk": seat.pk}),
    }


def _seat(seat: PanelMember, around: _Around, place: str) -> Values:
    application = seat.panel.application
    opinion: Opinion | None = getattr(seat, "opinion", None)
    visit: Visit | None = getattr(seat.panel, "visit", None)
    state, message = _state(opinion, around.alarms.get(seat.pk, ""))
    submitted = opinion is not None and opinion.submitted_at is not None
    sheet = None if submitted else panel_sheet(seat.panel)
    readable = not submitted and application.pk in around.open_files
    return {
        "id": seat.pk,
        "round": opinion.round if opinion else 0,
        "unit": application.organisation.name,
        "number": application.number,
        "track": "　".join(each for each in (application.track.title, seat.panel.title) if each),
        "district": application.organisation.district,
        "chair": seat.chair,
        "expert_no": around.places[seat.panel_id].index(seat.pk) + 1,
        "state": state,
        "message": message,
        "visit": _visit(visit, seat, place) if visit else None,
        "sheet": _sheet(sheet) if sheet else None,
        "conclusions": [list(choice) for choice in Conclusion.choices] if seat.panel.asks_conclusion else [],
        "kept": {} if submitted else _kept(opinion, sheet),
        "submitted_at": iso(opinion.submitted_at) if opinion else None,
        "sha256": opinion.sha256 if opinion else "",
        "photos": [photo_data(photo) for photo in around.photos[visit.pk]] if visit else [],
        "file": _file(application, around.abouts.get(seat.panel_id, NOTHING))
        if readable
        else {"sections": [], "materials": []},
    }


def _state(opinion: Opinion | None, alarm: str) -> tuple[str, str]:
    if opinion is not None and opinion.submitted_at is not None:
        return "submitted", "评估意见已提交并锁定，不能再修改"
    if alarm:
        return "locked", f"发现可能影响公正评审的情形：{alarm}。您的评审已暂时锁定，待受理处室处理后方可继续"
    return "open", ""


def _kept(opinion: Opinion | None, sheet: PanelSheet | None) -> Values:
    """What stands by key, with its revision; what was taken out again is an empty value that is newer than nothing."""
    given = {f"{SCORE}{line.key}": line.given for line in (sheet.lines if sheet else ()) if line.given}
    revisions: Mapping[str, int] = opinion.revisions if opinion else {}
    values = given | standing(opinion)
    keys = [*values, *(key for key in revisions if key not in values)]
    return {key: {"value": values.get(key, ""), "revision": revisions.get(key, 0)} for key in keys}


def _visit(visit: Visit, seat: PanelMember, place: str) -> Values:
    where = {"jurisdiction": place, "pk": visit.pk}
    return {
        "id": visit.pk,
        "starts_at": iso(visit.starts_at),
        "ends_at": iso(visit.ends_at),
        "place": visit.place,
        "meeting_point": visit.meeting_point,
        "contact": visit.contact,
        "route": visit.route,
        "state": visit.state,
        "sheet_url": reverse("reviews:visit_sheet", kwargs=where),
        "ics_url": reverse("reviews:visit_ics", kwargs=where),
        "word": seat.panel.rule.visit_word,
    }


def _sheet(sheet: PanelSheet) -> Values:
    return {
        "title": sheet.title,
        "clause": sheet.clause,
        "maximum": plain(sheet.maximum),
        "lines": [_line(line) for line in sheet.lines],
    }


def _line(line: SheetLine) -> Values:
    item = line.item
    return {
        "key": line.key,
        "number": item.number,
        "group": item.group,
        "title": item.title,
        "maximum": plain(line.maximum),
        "step": plain(item.step),
        "rule": item.rule,
        "mode": item.mode.value,
        "bonus": item.bonus,
        "proposal": _points(line.proposal),
        "calculation": list(line.calculation),
        "remark_needed_below": _points(line.remark_below),
        "remark_needed_above": _points(line.remark_above),
        "evidence": [
            {"label": each.label, "text": each.text, "section": each.section, "file": each.file_id}
            for each in line.evidence
        ],
        "bands": [{"text": text, "points": plain(points)} for text, points in line.bands],
    }


def _file(application: Application, about: About) -> Values:
    slots = materials_by_slot(application, application.current_files)  # type: ignore[attr-defined]  # prefetched in _seats
    slots = [*about.materials(), *slots]
    return {
        "sections": [*about.section_data(), *sections_of(application)],
        "materials": [{"title": slot["title"], "files": [_stored(file) for file in slot["files"]]} for slot in slots],
    }


def _stored(file: Any) -> Values:
    url = reverse("documents:file", kwargs={"pk": file.pk})
    return {"id": file.pk, "name": file.name, "url": url, "bytes": file.size, "pages": file.pages}


def photo_data(photo: VisitPhoto) -> Values:
    """Return one of the expert's own photos as their device knows it."""
    return {
        "id": photo.pk,
        "operation": str(photo.operation) if photo.operation else "",
        "item": photo.item,
        "caption": photo.caption,
        "url": reverse("documents:file", kwargs={"pk": photo.stored_id}),
        "taken_at": iso(photo.taken_at or photo.added_at),
    }


def _points(points: Decimal | None) -> str | None:
    return None if points is None else plain(points)


def iso(at: datetime | None) -> str | None:
    """Write an instant as the device reads it: ISO 8601 on a Shanghai clock."""
    return clock.local(at).isoformat() if at else None
