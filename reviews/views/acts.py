"""What the pages of reviews do alike: call one service, tell how it went, ask once before an official act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from applications.services.moves import WrongState
from portal.accounts.confirmation import confirm, needs_password
from reviews.services.refusal import Refused

REFUSALS = (Refused, WrongState)


def tell(request: HttpRequest, success: str, service: Callable[..., Any], **arguments: Any) -> bool:
    """Call a service without a form of its own; its refusal or its success becomes the page's message."""
    try:
        service(**arguments)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, success)
    return True


def write(form: forms.Form, service: Callable[..., Any], **arguments: Any) -> Any:
    """Call a service with a form's answers; a refusal becomes an error beside its field. Return the result or None."""
    try:
        return service(**arguments)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    except WrongState as refusal:
        form.add_error(None, str(refusal))
    return None


@dataclass
class Act:
    """An official act: what will happen, and where it leads. `official` asks for the password when the session is old."""

    title: str
    submit_label: str
    cancel_url: str
    effects: Sequence[str]
    do: Callable[[], Any]
    done: str
    success_url: str = ""
    lead: str = ""
    form: forms.Form | None = None
    risky: bool = False
    official: bool = True
    problems: list[dict[str, str]] = field(default_factory=list)


def perform(request: HttpRequest, act: Act) -> HttpResponse:
    """Show the act on GET; carry it out on POST, or show it again with what stands in the way (422)."""
    if request.method != "POST":
        return _show(request, act, "", 200)
    valid = act.form is None or act.form.is_valid()
    password_error = confirm(request) if act.official and valid else ""
    if not valid or password_error:
        return _show(request, act, password_error, 422)
    try:
        act.do()
    except REFUSALS as refusal:
        place = getattr(refusal, "field", "")
        if act.form is not None and place in act.form.fields:
            act.form.add_error(place, str(refusal))
        else:
            act.problems.append({"label": "", "message": str(refusal), "anchor": ""})
        return _show(request, act, "", 422)
    messages.success(request, act.done)
    target = act.success_url or act.cancel_url
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _show(request: HttpRequest, act: Act, password_error: str, status: int) -> HttpResponse:
    context = {
        "act": act,
        "form": act.form,
        "action_url": request.get_full_path(),
        "ask_password": act.official and needs_password(request),
        "password_error": password_error,
        "form_errors": [*act.problems, *_errors_of(act.form)],
    }
    template = "reviews/act_body.html" if request.headers.get("HX-Request") else "reviews/act.html"
    return render(request, template, context, status=status)


def _errors_of(form: forms.Form | None) -> list[dict[str, str]]:
    if form is None or not form.is_bound:
        return []
    return [
        {"label": str(bound.label), "message": str(message), "anchor": bound.id_for_label or bound.auto_id}
        for bound in form
        for message in bound.errors
    ] + [{"label": "", "message": str(message), "anchor": ""} for message in form.non_field_errors()]
