"""The task list and the pages of the form, working without scripts: a POST saves and leads on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.forms.page import page_view
from applications.forms.posted import posted_answers
from applications.models import Application
from applications.selectors.cross import offer_of
from applications.selectors.live import live_applications
from applications.selectors.remarks import by_path, open_remarks
from applications.selectors.workspace import Workspace, load
from applications.services.draft import Conflict, save_section
from applications.services.moves import WrongState
from applications.views.conflict import conflict_lines, resolved
from applications.views.correction import remark_url
from applications.views.cross import cross_line, origin
from applications.views.panels import address, following_url, group_label, place_title
from applications.views.reach import frame, own_application
from portal.accounts.guards import capability
from portal.policy.validation import SectionPlace


@capability("application.edit")
def tasklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole form as a list of tasks with their states."""
    workspace = load(own_application(request, pk))
    application = workspace.application
    live = live_applications(application.organisation).filter(call=application.call)
    remarks = list(open_remarks(workspace.application))
    context = frame(workspace, "") | {"remarks": remarks, "remark_urls": _remark_urls(workspace, remarks)}
    context |= {"cross": cross_line(offer_of(application, live)), "origin": origin(workspace)}
    return render(request, "applications/tasklist.html", context)


def _remark_urls(workspace: Workspace, remarks: list[Any]) -> list[tuple[Any, str]]:

    return [(remark, remark_url(workspace, remark)) for remark in remarks]


@capability("application.edit", methods=("GET", "POST"))
def section(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Show one page of the form; on POST save it and go where the button says."""
    application = own_application(request, pk)
    if request.method == "POST":
        return _save(request, application, path)
    workspace = load(application)
    return _render(request, workspace, _place(workspace, path))


def _place(workspace: Workspace, path: str) -> SectionPlace:
    try:
        return workspace.place(path)
    except KeyError:
        raise Http404("申报表中没有这一节") from None


def _save(request: HttpRequest, application: Application, path: str) -> HttpResponse:
    before = load(application)
    place = _place(before, path)
    typed = posted_answers(place.section, request.POST)
    act = request.POST.get("act", "next")
    try:
        typed = resolved(place, typed, request.POST, before)
        workspace = save_section(
            application_id=application.pk,
            path=path,
            answers=edited(typed, act),
            revision=_revision(request),
            by=request.actor,  # type: ignore[attr-defined]
            confirmed=act == "next",
        )
    except Conflict as conflict:
        context = {"conflict": conflict_lines(conflict), "revision": conflict.draft.revision}
        return _render(request, conflict.workspace, conflict.place, typed=typed, status=409, **context)
    except WrongState as refusal:
        return _render(request, before, place, typed=typed, status=409, refusal=str(refusal))
    if workspace.notice:
        messages.warning(request, workspace.notice)
    return redirect(_after(workspace, path, act))


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "0")
    return int(given) if given.isdigit() and len(given) < 10 else 0


def edited(typed: dict[str, Any], act: str) -> dict[str, Any]:
    """Carry out a row button that was pressed without scripts: `delete:items:r7`, `up:items:r7`, `down:items:r7`."""
    verb, _, target = act.partition(":")
    table, _, row_id = target.partition(":")
    rows = typed.get(table)
    if verb not in ("delete", "up", "down") or not isinstance(rows, list):
        return typed
    at = next((place for place, row in enumerate(rows) if row.get("_id") == row_id), None)
    if at is None:
        return typed
    rows = list(rows)
    row = rows.pop(at)
    if verb != "delete":
        rows.insert(max(0, at - 1) if verb == "up" else at + 1, row)
    return {**typed, table: rows}


def _after(workspace: Workspace, path: str, act: str) -> str:
    application = workspace.application
    here = address(application, "section", path=path)
    if act == "next":
        return following_url(workspace, path)
    if act == "list":
        return address(application, "tasklist")
    verb, _, target = act.partition(":")
    return f"{here}#f-{target.split(':')[0]}" if verb in ("delete", "up", "down", "add") else here


def _render(
    request: HttpRequest, workspace: Workspace, place: SectionPlace, *, status: int = 200, **more: Any
) -> HttpResponse:
    application = workspace.application
    remarks = by_path(open_remarks(application))
    typed = more.pop("typed", None)
    page = page_view(workspace, place, typed=typed, remarks=remarks, everything="all" in request.GET)
    page.revision = more.pop("revision", page.revision)
    following, preceding = workspace.following(place.path), workspace.preceding(place.path)
    context = {
        **frame(workspace, place.path),
        "page": page,
        "place": place,
        "place_label": group_label(place),
        "pinned": remarks.get(place.path, []),
        "next_title": place_title(following) if following else "附件材料",
        "previous_url": address(application, "section", path=preceding.path) if preceding else "",
        "save_url": address(application, "save", path=place.path),
        "here_url": address(application, "here", path=place.path),
        **more,
    }
    return render(request, "applications/section.html", context, status=status)
