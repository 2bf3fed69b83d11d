"""Autosave: JSON in, JSON out, with the parts of the page that follow from what was saved."""

import json
from collections.abc import Sequence
from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from applications.forms.fields import FieldView
from applications.forms.page import page_view
from applications.forms.posted import posted_answers
from applications.forms.sheet import SheetView
from applications.models import Application
from applications.permissions import readable_applications
from applications.selectors.workspace import Workspace, load
from applications.services import presence
from applications.services.draft import Conflict, confirm_prefilled, save_section
from applications.services.moves import WrongState
from applications.views.conflict import conflict_lines
from applications.views.panels import address, aside, following_url, navigation
from applications.views.reach import own_application
from portal.accounts.guards import capability
from portal.calendars import clock

NO_SUCH_PAGE = "申报表中没有这一节，可能已被他人删除；您填写的内容仍保留在本页"


@capability("application.edit", methods=("POST",))
def save(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Save one page: `{revision, answers, confirmed?}` in; time, revision, problems, task list and checks out."""
    sent = _sent(request)
    if sent is None:
        return JsonResponse({"message": "未能读懂发来的内容，请刷新页面后再试"}, status=400)
    try:
        workspace = save_section(
            application_id=pk,
            path=path,
            answers=sent["answers"],
            revision=sent["revision"],
            by=request.actor,  # type: ignore[attr-defined]
            confirmed=bool(sent.get("confirmed")),
            base=sent["base"] if isinstance(sent.get("base"), dict) else None,
        )
    except Application.DoesNotExist:
        raise Http404 from None
    except KeyError:
        return JsonResponse({"message": NO_SUCH_PAGE}, status=409)
    except WrongState as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    except Conflict as conflict:
        return _conflict(request, conflict)
    body = answer(request, workspace, path)
    if workspace.notice:
        body["notice"] = workspace.notice
    if workspace.notice or body["revision"] > sent["revision"] + 1:
        body["merged"] = workspace.drafts[
            path
        ].answers  # with another person's changes, or what was put back, to be shown
    return JsonResponse(body)


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    try:
        sent = json.loads(request.body)
    except ValueError:
        return None
    shaped = isinstance(sent, dict) and isinstance(sent.get("answers"), dict) and isinstance(sent.get("revision"), int)
    return sent if shaped else None


def _conflict(request: HttpRequest, conflict: Conflict) -> JsonResponse:
    lines = conflict_lines(conflict)
    body = {
        "message": str(conflict),
        "revision": conflict.draft.revision,
        "mine": conflict.mine,
        "by": conflict.draft.saved_by.name if conflict.draft.saved_by else "",
        "html": render_to_string("applications/partials/conflict.html", {"conflict": lines}, request),
    }
    return JsonResponse(body, status=409)


def answer(request: HttpRequest, workspace: Workspace, path: str) -> dict[str, Any]:
    """Return what the page needs after a save."""
    application = workspace.application
    draft = workspace.drafts.get(path)
    body: dict[str, Any] = {
        "saved_at": f"{clock.local(clock.now()):%H:%M:%S}",
        "revision": draft.revision if draft else 0,
        "draft": application.revision,
        "others": presence.enter(application_id=application.pk, path=path, by=request.actor),  # type: ignore[attr-defined]
        "nav": render_to_string("components/section_nav.html", navigation(workspace, path)),
        "aside": _aside(workspace, path),
        "next": following_url(workspace, path),
        "gone": path not in {place.path for place in workspace.places},
    }
    if not body["gone"]:
        body |= page_outcome(page_view(workspace, workspace.place(path)))
    return body


def _aside(workspace: Workspace, path: str) -> str:
    urls = {"preview": address(workspace.application, "preview")}
    return render_to_string("applications/partials/aside.html", {"aside": aside(workspace, path), "urls": urls})


class Outcome(Protocol):
    """A page that is saved as it is written: its questions, and what is wrong with the answers."""

    @property
    def items(self) -> Sequence[FieldView | SheetView]: ...

    @property
    def problems(self) -> list[dict[str, str]]: ...

    @property
    def faults(self) -> int: ...


def page_outcome(page: Outcome) -> dict[str, Any]:
    """Return the page's problems: the summary, the message of each control, of each row; and what is asked at all."""
    fields: dict[str, str] = {}
    rows: dict[str, list[str]] = {}
    tables: dict[str, str] = {}
    wrong: list[str] = []
    off: list[str] = []
    idle: dict[str, list[str]] = {}
    for item in page.items:
        if isinstance(item, SheetView):
            tables[item.key] = item.message
            idle[item.key] = sorted(item.idle)
            for row in item.rows:
                if row.messages:
                    rows[row.anchor] = row.messages
                wrong += [cell.id for cell in row.cells if cell.wrong]
                off += [cell.id for cell in row.cells if not cell.asked]
        else:
            fields[item.id] = item.error or item.other_error
    return {
        "summary": render_to_string("applications/partials/problems.html", {"page": page}),
        "fields": fields,
        "rows": rows,
        "tables": tables,
        "wrong": wrong,
        "off": off,
        "idle": idle,
        "hidden": [item.key for item in page.items if not item.shown],
    }


@capability("application.edit", methods=("POST",))
def here(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Heartbeat of an open page: who else is in it, and whether someone has saved it since."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = readable_applications(Application.objects.all(), actor).filter(pk=pk, organisation=actor.organisation)
    revision = rows.filter(drafts__path=path).values_list("drafts__revision", flat=True).first()
    if revision is None and not rows.exists():
        raise Http404
    if request.POST.get("left"):
        presence.leave(application_id=pk, path=path, by=actor)
        return JsonResponse({})
    return JsonResponse({"others": presence.enter(application_id=pk, path=path, by=actor), "revision": revision or 0})


@capability("application.edit", methods=("POST",))
def confirm(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Confirm prefilled values: one field or row (`confirm=key`), or the whole page; what was typed is saved first."""
    application = own_application(request, pk)
    actor = request.actor  # type: ignore[attr-defined]
    workspace = load(application)
    keys = request.POST.getlist("confirm")
    try:
        place = workspace.place(path)
        if "revision" in request.POST:
            typed = posted_answers(place.section, request.POST)
            revision = int(request.POST["revision"]) if request.POST["revision"].isdigit() else 0
            save_section(application_id=pk, path=path, answers=typed, revision=revision, by=actor)
        workspace = confirm_prefilled(application_id=pk, path=path, keys=keys, by=actor)
    except KeyError:
        raise Http404 from None
    except (Conflict, WrongState) as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    if request.headers.get("accept", "").startswith("application/json"):
        return JsonResponse(answer(request, workspace, path))
    return redirect(address(application, "section", path=path))
