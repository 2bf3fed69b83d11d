"""Calls: the list, the board of one, preparing, publishing by a second person, cancelling."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.enums import CallState
from applications.forms.desk_calls import CallForm, ReasonForm, call_initial
from applications.models import Call
from applications.selectors.board import board, calls_with_counts, next_batch, usual_title
from applications.selectors.service_time import days_around
from applications.selectors.settings import bureau_values, setting_lines
from applications.selectors.stage_periods import stage_periods
from applications.services.calls import cancel_call, create_call, publish_call, update_call
from applications.services.moves import WrongState
from applications.services.refusals import NotReady
from applications.views.desk_reach import address, calls
from portal.accounts.confirmation import confirm, needs_password
from portal.accounts.guards import capability
from portal.calendars import clock, wording
from portal.policy import registry


@capability("call.prepare", "statistics.read")
def listing(request: HttpRequest) -> HttpResponse:
    """Show every call of the place, newest first."""
    found = list(calls_with_counts(calls(request)).order_by("-year", "-batch"))
    now = clock.now()
    return render(request, "applications/desk/calls.html", {"calls": [(call, _standing(call, now)) for call in found]})


@capability("call.prepare", "statistics.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a call as a board of stages."""
    call = _call(request, pk)
    stages, over = board(call, days_around(clock.today()))
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "call": call,
        "standing": _standing(call, clock.now()),
        "stages": stages,
        "over": over,
        "periods": stage_periods(call),
        "total": sum(stage.count for stage in stages) + sum(each.count for each in over),
        "lines": [line for line in setting_lines(call.edition, call.setting_values) if line.changed],
        "own": call.created_by == actor.user,
        "may_publish": actor.can("call.publish"),
        "may_prepare": actor.can("call.prepare"),
        "opened": call.state == CallState.PUBLISHED and clock.now() >= call.opens_at,
    }
    return render(request, "applications/desk/call.html", context)


@capability("call.prepare", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a call under the edition in force."""
    place = request.jurisdiction  # type: ignore[attr-defined]
    edition = registry.current(place.code)
    opens = clock.local(clock.start_of_day(clock.today() + timedelta(days=7))) + timedelta(hours=9)
    batch = next_batch(place, opens.year)
    title = usual_title(edition, opens.year, batch)
    form = CallForm(
        request.POST or None,
        initial={"year": opens.year, "batch": batch, "opens_at": opens, "title": title},
        edition=edition,
    )
    if request.method == "POST" and form.is_valid():
        made = _try(
            form,
            lambda: create_call(jurisdiction=place, edition=edition, by=request.actor, **form.values()),  # type: ignore[attr-defined]
        )
        if made:
            messages.success(request, "批次已拟制，须由另一位审批人员发布")
            return redirect(address(request, "call", pk=made.pk))
    lines = setting_lines(edition, bureau_values(place, edition))
    context = {"form": form, "edition": edition, "lines": lines, "call": None}
    return render(request, "applications/desk/call_form.html", context, status=422 if form.errors else 200)


@capability("call.prepare", methods=("GET", "POST"))
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a call that has not opened."""
    call = _call(request, pk)
    form = CallForm(request.POST or None, initial=call_initial(call), edition=call.edition)
    if request.method == "POST" and form.is_valid():
        changed = _try(form, lambda: update_call(call=call, by=request.actor, **form.values()))  # type: ignore[attr-defined]
        if changed:
            messages.success(request, "批次已修改" + ("，须重新发布" if call.state == CallState.PUBLISHED else ""))
            return redirect(address(request, "call", pk=call.pk))
    context = {
        "form": form,
        "edition": call.edition,
        "lines": setting_lines(call.edition, call.setting_values),
        "call": call,
    }
    return render(request, "applications/desk/call_form.html", context, status=422 if form.errors else 200)


@capability("call.publish", methods=("GET", "POST"))
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and publish a call somebody else prepared."""
    call = _call(request, pk)
    form = forms.Form(request.POST or None)
    ends = wording.deadline(call.closes_at) if call.closes_at else "常年受理，不设截止时间"
    act = {
        "act_title": f"发布“{call.title}”",
        "effects": [
            f"自 {wording.deadline(call.opens_at)} 起在申报首页公开，接收申报",
            f"截止时间：{ends}；截止后平台不再接收",
            *(
                f"{each.title}：{wording.deadline(each.opens_at)} 至 {wording.deadline(each.closes_at)}"
                for each in stage_periods(call)[1:]
                if each.closes_at
            ),
            f"适用{call.edition.citation or call.edition.title}；该批次的全部申报始终按这一版本和现在的设置办理",
            f"拟制人：{call.created_by.name if call.created_by else '—'}；发布人：{request.actor.user.name}",  # type: ignore[attr-defined]
        ],
        "submit_label": "确认发布",
    }
    return _act(request, call, form, act, lambda: publish_call(call=call, by=request.actor))  # type: ignore[attr-defined]


@capability("call.publish", methods=("GET", "POST"))
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and cancel a call nobody has submitted to."""
    call = _call(request, pk)
    form = ReasonForm(request.POST or None)
    act = {
        "act_title": f"取消“{call.title}”",
        "effects": ["该批次不再公开，不再接收申报", "已有的草稿保留，但不能提交", "取消后不能恢复，需要时另建批次"],
        "submit_label": "确认取消",
        "risky": True,
    }
    given = form.data.get("reason", "")
    return _act(request, call, form, act, lambda: cancel_call(call=call, reason=given, by=request.actor))  # type: ignore[attr-defined]


def _act(
    request: HttpRequest, call: Call, form: forms.Form, act: dict[str, Any], carry_out: Callable[[], Call]
) -> HttpResponse:
    wrong_password = confirm(request) if request.method == "POST" else ""
    if request.method == "POST" and form.is_valid() and not wrong_password and _try(form, carry_out):
        messages.success(request, f"{act['act_title']}：已办理")
        return redirect(address(request, "call", pk=call.pk))
    context = {
        "call": call,
        "form": form,
        "ask_password": needs_password(request),
        "password_error": wrong_password,
        "cancel_url": address(request, "call", pk=call.pk),
        **act,
    }
    status = 422 if form.errors or wrong_password else 200
    return render(request, "applications/desk/call_act.html", context, status=status)


def _try(form: forms.Form, act: Callable[[], Call]) -> Call | None:
    """Carry out an act; what stands in its way goes to its field."""
    try:
        return act()
    except NotReady as refused:
        for obstacle in refused.obstacles:
            form.add_error(obstacle.field if obstacle.field in form.fields else None, obstacle.message)
    except WrongState as wrong:
        form.add_error(None, str(wrong))
    return None


def _call(request: HttpRequest, pk: int) -> Call:
    rows = calls(request).select_related("created_by", "published_by")
    return get_object_or_404(rows, pk=pk)


def _standing(call: Call, now: Any) -> tuple[str, str]:
    """Say with a shape and words whether a call receives applications."""
    if call.state == CallState.CANCELLED:
        return "failed", "已取消"
    if call.state == CallState.DRAFT:
        return "todo", "拟制中，待发布"
    if now < call.opens_at:
        return "doing", "已发布，未开始"
    return ("open", "正在申报") if call.is_open(now) else ("locked", "已截止")
