"""Withdrawing or giving up an application, and its history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.models import ApplicationVersion
from applications.selectors.coming import coming
from applications.selectors.history import decisions_with_letters, events_of
from applications.selectors.live import printed_forms
from applications.services.moves import WrongState
from applications.services.withdraw import withdraw_application
from applications.views.panels import address
from applications.views.reach import own_application
from portal.accounts.confirmation import confirm, needs_password
from portal.accounts.guards import capability
from portal.audit.models import Event
from portal.policy.procedure import Status
from portal.policy.validation import diff


@capability("application.submit", methods=("GET", "POST"))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then withdraw or give up; an official act."""
    application = own_application(request, pk)
    drafted = application.status in (Status.DRAFT, Status.RETURNED)
    password_error, refusal = "", ""
    if request.method == "POST":
        password_error = confirm(request)
        if not password_error:
            try:
                withdraw_application(application=application, by=request.actor, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
                return redirect(address(application, "history"))
            except WrongState as problem:
                refusal = str(problem)
    context = {
        "application": application,
        "act_title": "放弃本次申报" if drafted else "撤回申报",
        "act_lead": f"{application.organisation.name}　{application.track.title}　{application.number or '草稿'}",
        "effects": _effects(drafted),
        "action_url": request.path,
        "submit_label": "放弃本次申报" if drafted else "撤回申报",
        "cancel_url": address(application, "tasklist" if drafted else "receipt"),
        "ask_password": needs_password(request),
        "password_error": password_error,
        "form_errors": [{"label": "", "message": refusal, "anchor": ""}] if refusal else [],
        "risky": True,
    }
    return render(request, "applications/withdraw.html", context, status=422 if password_error or refusal else 200)


def _effects(drafted: bool) -> list[str]:
    if drafted:
        return ["已填写的内容留存备查，不能再修改或提交", "在截止时间前可以重新开始申报，已填内容会预先填入"]
    return [
        "受理机关不再办理本次申报，受理编号作废",
        "已提交的版本留存备查",
        "在截止时间前可以重新开始申报，已填内容会预先填入",
    ]


@capability("application.edit")
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show versions, decisions with their letters, printed forms and events of one application."""
    application = own_application(request, pk)
    versions = list(application.versions.select_related("submitted_by").order_by("-number"))
    forms = printed_forms(application)
    context = {
        "application": application,
        "call": application.call,
        "versions": versions,
        "forms": forms,
        "decisions": decisions_with_letters(application),
        "coming": coming(application),
        "events": [_told(event, words) for event, words in events_of(application) if event.action in APPLICANT_EVENTS],
        "urls": {name: address(application, name) for name in ("tasklist", "history", "receipt", "withdraw")},
        "editable": application.status in (Status.DRAFT, Status.RETURNED),
        "withdrawable": application.status in (Status.DRAFT, Status.RETURNED, Status.SUBMITTED),
    }
    return render(request, "applications/history.html", context)


# What the unit did, what was decided and where the file went; an office's own work on it is not the unit's to read.
ADDRESSED = {  # what was written to the unit with the reason, and the shape of it
    "application.withdraw": "done",
    "application.abandon": "done",
    "application.return": "attention",
    "application.refuse": "failed",
    "application.not_recommend": "failed",
    "application.decline": "failed",
}
APPLICANT_EVENTS = frozenset(ADDRESSED) | {
    f"application.{verb}"
    for verb in (
        "create",
        "cross",
        "submit",
        "resubmit",
        "open",
        "qualify",
        "reexamine",
        "recommend",
        "hand_back",
        "accept",
        "begin_review",
        "publish",
        "report",
        "begin_recheck",
        "recognise",
        "part.remove",
    )
}


def _told(event: Event, words: str) -> dict[str, Any]:
    """Write an event as the unit reads it: a reason only where it was given to the unit."""
    addressed = event.action in ADDRESSED
    return {
        "moment": event.at,
        "actor": event.actor_label,
        "label": words,
        "kind": ADDRESSED.get(event.action, "done"),
        "note": event.reason if addressed else "",
    }


@capability("application.edit")
def version_changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what one version changed against the one before it."""
    application = own_application(request, pk)
    version = get_object_or_404(ApplicationVersion, application=application, number=number)
    before = get_object_or_404(ApplicationVersion, application=application, number=number - 1)
    context = {
        "application": application,
        "version": version,
        "before": before,
        "changes": diff(before.answers, version.answers, application.edition),
        "urls": {"history": address(application, "history")},
    }
    return render(request, "applications/changes.html", context)
