"""The reading view: conditions, the form section by section, materials, remarks; evidence at the right."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from applications.models import Application, MaterialFile
from applications.permissions import holds
from applications.selectors.additions import additions
from applications.selectors.archive import archive, archive_name
from applications.selectors.history import decisions_with_letters, events_of
from applications.selectors.inbox import InboxQuery, calls_of_office, inbox
from applications.selectors.lost_titles import lost_titles
from applications.selectors.reading import Reading, reading
from applications.selectors.reading_page import page
from applications.selectors.service_time import WAITING, days_around, service_time
from applications.selectors.spots import spot_label
from applications.services.exports import note_archive
from applications.services.refusals import Obstacle
from applications.views.desk_nav import navigation
from applications.views.desk_reach import KEPT, calls, file_or_404, files
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.calendars.working_days import Days
from portal.policy.procedure import Status, find_move

NEIGHBOURS = 500  # how far into a list the way to the next file is shown
CONDITIONS, REVIEW, LOG = "conditions", "review", "log"
VERDICTS = (("met", "符合", "good"), ("unmet", "不符合", "bad"), ("doubt", "存疑", "doubt"))


@capability("application.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a submitted file for checking."""
    return reading_page(request, file_or_404(request, pk))


@capability("application.check", methods=("POST",))
def take_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a file's papers as one ZIP; that somebody took them is kept in its log."""
    application = file_or_404(request, pk)
    note_archive(application=application, by=request.actor)  # type: ignore[attr-defined]
    return FileResponse(archive(application), as_attachment=True, filename=archive_name(application))


def reading_page(
    request: HttpRequest,
    application: Application,
    *,
    obstacles: Sequence[Obstacle] = (),
    typed: dict[str, str] | None = None,
    back: dict[str, str] | None = None,
) -> HttpResponse:
    """Render the reading view; after a refused act with what stood in its way and what had been typed, status 422."""
    asked = (
        {key: request.GET.get(key, "") for key in (*KEPT, "remark", "edit", "pending")} | (back or {}) | (typed or {})
    )
    code, _, verdict = asked["pending"].partition(":")
    read = reading(application, pending=(code, verdict))
    query = InboxQuery.read(QueryDict(asked["list"]).dict())
    days = days_around(clock.today()) if application.status in WAITING or query.overdue else {}
    context = {
        "reading": read,
        "application": application,
        "version": read.version,
        "may_take": request.actor.can("application.check"),  # type: ignore[attr-defined]
        "verdicts": VERDICTS,
        "obstacles": obstacles,
        "typed": typed or {},
        "back": urlencode({key: asked[key] for key in KEPT if asked[key]}),
        "time": service_time(application, read.version.submitted_at, days),
        **_open_to(request, application),
        **additions(read, request.actor),  # type: ignore[attr-defined]
        "editor": _editor(read, asked),
        **_body(read, asked["at"]),
        "lost_titles": lost_titles(application.organisation) if asked["at"] in ("", CONDITIONS) else [],
        **_evidence(read, asked["file"], asked["p"]),
        "list": asked["list"],
        # The log is looked up, not walked through file by file: its own statements take the place of the neighbours'.
        **({} if asked["at"] == LOG else _neighbours(request, application, query, days)),
    }
    context["nav"] = navigation(request, read, context["at"], asked)
    return render(request, "applications/desk/reading.html", context, status=422 if obstacles else 200)


def _open_to(request: HttpRequest, application: Application) -> dict[str, bool]:
    """Say what the actor may do with the file: only an office on whose desk it lies does anything with it."""
    actor = request.actor  # type: ignore[attr-defined]
    held = actor.can("application.check") and holds(actor, application)
    working = held and application.status == Status.CHECKING
    return {
        "working": working,
        "openable": held and _next(application, "open"),
        "may_return": working and _next(application, "return"),
        "may_accept": working and _next(application, "accept"),
        "may_refuse": working and _next(application, "refuse") and actor.can("application.decide"),
    }


def _next(application: Application, action: str) -> bool:
    return find_move(application.status, action, application.desk, application.edition.stage_kinds) is not None


def _body(read: Reading, at: str) -> dict[str, Any]:
    """Say what the middle column shows: `at` is a section's path, or one of the views of its own."""
    if at == REVIEW and read.earlier:
        pairs = [(remark, read.seems_settled(remark), read.changes_under(remark.path)) for remark in read.earlier]
        return {"at": REVIEW, "earlier": pairs}
    if at == LOG:
        return {"at": LOG, "events": events_of(read.application), "decisions": decisions_with_letters(read.application)}
    if at.startswith("#"):
        slot = next((each for each in read.slots if each.material.key == at[1:]), None)
        if slot is not None:
            return {"at": at, "slot": slot}
    place = next((each for each in read.places if each.path == at), None)
    if place is not None:
        return {"at": at, "page": page(read, place)}
    return {"at": CONDITIONS}


def _editor(read: Reading, asked: dict[str, str]) -> dict[str, Any]:
    """Say where the remark editor is open and what stands in it."""
    remark = next((each for each in read.drafts if str(each.pk) == asked["edit"]), None)
    path = remark.path if remark else asked["remark"]
    if not path or not spot_label(read.application.edition, read.facts, path):
        return {}
    given: dict[str, Any] = (
        {"text": remark.text, "quote": remark.quote, "must_fix": remark.must_fix} if remark else {"must_fix": True}
    )
    for key in ("text", "quote"):
        given[key] = asked.get(key, given.get(key, ""))
    label = spot_label(read.application.edition, read.facts, path)
    return {"path": path, "label": label, "id": remark.pk if remark else "", **given}


def _evidence(read: Reading, asked: str, number: str) -> dict[str, Any]:
    """Choose the material in the right pane: the one asked for, else the first there is."""
    chosen = next((file for file in read.files if str(file.pk) == asked), None)
    chosen = chosen or next((file for slot in read.slots for file in slot.files), None)
    if chosen is None:
        return {"evidence": None}
    slot = next((each for each in read.slots if each.material.key == chosen.slot), None)
    page_number = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    return {
        "evidence": chosen,
        "evidence_slot": slot.material if slot else None,
        "evidence_page": page_number,
        "evidence_versions": _versions(read, chosen),
    }


def _versions(read: Reading, chosen: MaterialFile) -> list[MaterialFile]:
    """Return what the chosen file replaced, newest first."""
    found, current = [], chosen
    while older := next((file for file in read.files if file.replaced_by_id == current.pk and file not in found), None):
        found.append(older)
        current = older
    return found


def _neighbours(request: HttpRequest, application: Application, query: InboxQuery, days: Days) -> dict[str, Any]:
    """Find the file before and after this one in the list it was opened from."""
    offices = calls_of_office(calls(request)) if query.overdue else []
    found = inbox(files(request), query, actor=request.actor, calls=offices, days=days)  # type: ignore[attr-defined]
    pks = list(found.values_list("pk", flat=True)[:NEIGHBOURS])
    if application.pk not in pks:
        return {}
    place = pks.index(application.pk)
    return {
        "position": place + 1,
        "length": len(pks),
        "longer": len(pks) == NEIGHBOURS,
        "before": pks[place - 1] if place else None,
        "after": pks[place + 1] if place + 1 < len(pks) else None,
    }
