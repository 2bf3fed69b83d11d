"""Check answers, submit, receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.enums import EDITABLE
from applications.selectors.coming import coming
from applications.selectors.live import printed_forms
from applications.selectors.printing import printed_form
from applications.selectors.remarks import open_remarks
from applications.selectors.workspace import Workspace, load
from applications.services.moves import WrongState
from applications.services.print_form import issue_draft
from applications.services.submit import NotReady, TooLate, submit_application
from applications.views.correction import remark_url
from applications.views.panels import address, waiting_list
from applications.views.reach import frame, own_application
from portal.accounts.confirmation import confirm, needs_password
from portal.accounts.guards import capability
from portal.policy.procedure import Status


@capability("application.edit")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole form as it will print, with a way back to every page, and the declaration."""
    application = own_application(request, pk)
    if application.status not in EDITABLE:
        return redirect(address(application, "receipt"))
    return _page(request, load(application))


def _page(request: HttpRequest, workspace: Workspace, *, status: int = 200, **more: Any) -> HttpResponse:
    application = workspace.application
    parts = printed_form(workspace.edition, workspace.facts)
    for part in parts:
        part["url"] = address(application, "section", path=part["path"])
    context = {
        **frame(workspace, "#preview"),
        "parts": parts,
        "waiting": waiting_list(workspace, ""),
        "materials": _materials(workspace),
        "declaration": workspace.edition.form.declaration,
        "correcting": application.status == Status.RETURNED,
        "ask_password": needs_password(request),
        "may_submit": request.actor.can("application.submit"),  # type: ignore[attr-defined]
        "remark_urls": [(each, remark_url(workspace, each)) for each in open_remarks(application)],
        "drafts": printed_forms(application),
        **more,
    }
    return render(request, "applications/preview.html", context, status=status)


def _materials(workspace: Workspace) -> list[dict[str, Any]]:
    slots = []
    for material in workspace.edition.materials:
        files = [each.stored for each in workspace.materials if each.slot == material.key]
        if files:
            slots.append({"title": material.title, "files": files})
    return slots


@capability("application.submit", methods=("POST",))
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit; an official act, so the password is asked for when the session is not fresh."""
    application = own_application(request, pk)
    if application.status in (Status.SUBMITTED, Status.RESUBMITTED):
        return redirect(address(application, "receipt"))  # the second click of two
    declared = request.POST.get("declared") == "yes"
    if not declared:
        return _page(request, load(application), status=422, declare_error="请先勾选承诺，再提交")
    if message := confirm(request):
        return _page(request, load(application), status=422, password_error=message, declared=True)
    try:
        submit_application(application_id=pk, by=request.actor, declared=declared)  # type: ignore[attr-defined]
    except (NotReady, TooLate, WrongState) as refusal:
        fresh = own_application(request, pk)
        return _page(request, load(fresh), status=409, refusal=str(refusal), declared=True)
    return redirect(address(application, "receipt"))


@capability("application.edit", methods=("POST",))
def print_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the draft printed with a watermark; it is rendered in the documents worker."""
    application = own_application(request, pk)
    if application.status not in EDITABLE:
        return redirect(address(application, "receipt"))
    issue_draft(application_id=pk, by=request.actor)  # type: ignore[attr-defined]
    return redirect(f"{address(application, 'preview')}#printed")


@capability("application.edit")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was submitted when, under which number, with its hash and its printed form."""
    application = own_application(request, pk)
    if application.current is None:
        return redirect(address(application, "tasklist" if application.status in EDITABLE else "history"))
    context = {
        "application": application,
        "version": application.current,
        "call": application.call,
        "documents": printed_forms(application),
        "urls": {name: address(application, name) for name in ("tasklist", "history", "materials", "withdraw")},
        "sealed_slot": next((each for each in application.edition.materials if each.sealed), None),
        "withdrawable": application.status == Status.SUBMITTED,
        "coming": coming(application),
        "stampable": application.status in (Status.SUBMITTED, Status.RESUBMITTED, Status.CHECKING),
    }
    return render(request, "applications/receipt.html", context)
