"""The settings of the edition, and those of one call before it is published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.enums import CallState
from applications.forms.desk_calls import SettingForm
from applications.models import Call, SettingChange
from applications.selectors.settings import (
    SettingLine,
    bureau_values,
    history,
    latest_changes,
    setting_lines,
    show_setting,
)
from applications.services.moves import WrongState
from applications.services.refusals import NotReady
from applications.services.settings import change_call_setting, change_setting
from applications.views.desk_reach import address, calls
from portal.accounts.guards import capability
from portal.policy import registry
from portal.policy.edition import Edition


@capability("edition.configure", "call.prepare")
def settings(request: HttpRequest) -> HttpResponse:
    """Show every open question of the edition, its answer, and the value in force."""
    place = request.jurisdiction  # type: ignore[attr-defined]
    edition = registry.current(place.code)
    changes = latest_changes(place, edition)
    context = {
        "edition": edition,
        "lines": setting_lines(
            edition, edition.setting_values({key: each.value for key, each in changes.items()}), changes
        ),
        "history": [_told(edition, change) for change in history(place, edition)[:50]],
        "may_change": request.actor.can("edition.configure"),  # type: ignore[attr-defined]
    }
    return render(request, "applications/desk/settings.html", context)


@capability("edition.configure", methods=("GET", "POST"))
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """Change one setting for the calls made from now on."""
    place = request.jurisdiction  # type: ignore[attr-defined]
    edition = registry.current(place.code)
    line = _line(edition, bureau_values(place, edition), key)
    back = address(request, "settings")
    form = _form(request, line)
    if (
        request.method == "POST"
        and form.is_valid()
        and _change(
            form,
            lambda given: change_setting(jurisdiction=place, edition=edition, key=key, by=request.actor, **given),  # type: ignore[attr-defined]
        )
    ):
        messages.success(request, f"“{line.setting.label}”已修改，以后新建的批次采用；已建立的批次不受影响")
        return redirect(back)
    return _page(request, line, form, edition=edition, back=back)


@capability("call.prepare", methods=("GET", "POST"))
def call_setting(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Change one setting of one call that has not been published."""
    call = get_object_or_404(calls(request).filter(state=CallState.DRAFT), pk=pk)
    line = _line(call.edition, call.setting_values, key)
    back = address(request, "call_edit", pk=call.pk)
    form = _form(request, line)
    if (
        request.method == "POST"
        and form.is_valid()
        and _change(
            form,
            lambda given: change_call_setting(call=call, key=key, by=request.actor, **given),  # type: ignore[attr-defined]
        )
    ):
        messages.success(request, f"“{line.setting.label}”已修改，只用于本批次")
        return redirect(back)
    return _page(request, line, form, edition=call.edition, back=back, call=call)


def _told(edition: Edition, change: SettingChange) -> tuple[SettingChange, str, str]:
    """Return a change with the label of its setting and its value in words."""
    known = next((each for each in edition.settings if each.key == change.key), None)
    return (
        (change, known.label, show_setting(known, change.value)) if known else (change, change.key, str(change.value))
    )


def _line(edition: Edition, values: dict[str, Any], key: str) -> SettingLine:
    line = next((each for each in setting_lines(edition, values) if each.setting.key == key), None)
    if line is None:
        raise Http404("没有这项设置")
    return line


def _form(request: HttpRequest, line: SettingLine) -> SettingForm:
    data = request.POST if request.method == "POST" else None
    return SettingForm(data, setting=line.setting, initial={"value": str(line.value)})


def _change(form: SettingForm, act: Any) -> bool:
    try:
        act({"value": form.cleaned_data["value"], "reason": form.cleaned_data["reason"]})
    except NotReady as refused:
        for obstacle in refused.obstacles:
            form.add_error(obstacle.field or None, obstacle.message)
    except WrongState as wrong:
        form.add_error(None, str(wrong))
    else:
        return True
    return False


def _page(
    request: HttpRequest, line: SettingLine, form: SettingForm, *, edition: Edition, back: str, call: Call | None = None
) -> HttpResponse:
    context = {"line": line, "form": form, "edition": edition, "call": call, "cancel_url": back}
    return render(request, "applications/desk/setting.html", context, status=422 if form.errors else 200)
