"""The office's side of panel meetings: a list, opening one, minuting it, settling it, its documents."""

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from applications.models import Call
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.enums import MeetingState
from reviews.forms.meetings import DecidedForm, FactsForm, FilesForm, OpeningForm, PresenceForm
from reviews.forms.panels import ReasonForm
from reviews.models import Meeting
from reviews.permissions import readable_meetings
from reviews.selectors.meetings import (
    STAGE_AT,
    attendance_of,
    calls_with_panels,
    gaps,
    items_of,
    meetable_panels,
    meetings_in_list,
    votes,
)
from reviews.selectors.minutes import minutes
from reviews.selectors.minutes_word import minutes_word
from reviews.services import meetings as services
from reviews.views.acts import Act, perform, write

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _url(request: HttpRequest, pk: int, name: str = "meeting") -> str:
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})


def _own(request: HttpRequest, pk: int) -> Meeting:
    rows = Meeting.objects.select_related("call", "chair", "jurisdiction", "minuted_by")
    return get_object_or_404(readable_meetings(rows, request.actor), pk=pk)


def _sent(request: HttpRequest) -> Any:
    """What a form is bound to: everything a POST brings, be it nothing at all."""
    return request.POST if request.method == "POST" else None


def _calls(request: HttpRequest) -> Any:
    stage = STAGE_AT.get(request.actor.tier, "")
    return calls_with_panels(Call.objects.filter(jurisdiction=request.jurisdiction), stage)


@capability("review.read")
def meetings(request: HttpRequest) -> HttpResponse:
    """Every meeting of the office, the latest first."""
    state = request.GET.get("state", "")
    rows = meetings_in_list(readable_meetings(Meeting.objects.all(), request.actor))
    if state in MeetingState.values:
        rows = rows.filter(state=state)
    may_run = request.actor.can("review.run")
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filters": [
            {"name": "state", "label": "状态", "value": state, "options": [("", "全部状态"), *MeetingState.choices]}
        ],
        "may_run": may_run,
        "new_url": reverse("reviews:meeting_new", kwargs={"jurisdiction": request.jurisdiction.code})
        if may_run
        else "",
        "new_label": "召开会议",
    }
    return render(request, "reviews/meetings.html", context)


@capability("review.run", methods=("GET", "POST"))
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Open a meeting; without `?call=` the call is asked for first."""
    calls = _calls(request)
    number = request.GET.get("call", "")
    call = get_object_or_404(calls, pk=int(number)) if number.isdigit() else None
    if call is None:
        return render(request, "reviews/meeting_new.html", {"calls": list(calls[:200])})
    panels = meetable_panels(call, STAGE_AT[request.actor.tier])
    stage = "复核会" if STAGE_AT[request.actor.tier] == "recheck" else "专家评审会"
    form = OpeningForm(_sent(request), panels=panels, initial={"title": f"{call.title}{stage}"[:100]})
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["panels"])
        made = write(form, services.open_meeting, call=call, panels=chosen, facts=form.facts(), by=request.actor)
        if made:
            return redirect(_url(request, made.pk))
    context = {"call": call, "form": form, "panels": list(panels)}
    return render(request, "reviews/meeting_new.html", context, status=422 if form.errors else 200)


@capability("review.run", methods=("GET", "POST"))
def meeting_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Change which files the meeting deals with."""
    found = _own(request, pk)
    panels = meetable_panels(found.call, found.stage)
    files = set(found.items.values_list("application", flat=True))
    initial = {"panels": [panel.pk for panel in panels if panel.application_id in files]}
    form = FilesForm(_sent(request), panels=panels, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["panels"])
        if write(form, services.choose_files, meeting=found, panels=chosen, by=request.actor):
            return redirect(_url(request, pk))
    context = {"meeting": found, "call": found.call, "form": form, "panels": list(panels)}
    return render(request, "reviews/meeting_files.html", context, status=422 if form.errors else 200)


@capability("review.read", methods=("GET", "POST"), writes="review.run")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its minutes to be written, or to be read once they are settled. POST keeps them."""
    found = _own(request, pk)
    writing = request.method == "POST" or (found.state == MeetingState.DRAFT and request.actor.can("review.run"))
    if not writing:
        context = {
            "meeting": found,
            "minutes": minutes(found),
            "documents": documents_of(found, "minutes"),
            "may_run": request.actor.can("review.run"),
        }
        return render(request, "reviews/meeting.html", context)
    forms = _forms(request, found)
    every = [forms["facts"], *forms["presence"], *forms["files"]]
    wrong = [form for form in every if form.is_bound and not form.is_valid()]
    if request.method == "POST" and not wrong and _keep(request, found, forms):
        return redirect(_url(request, pk, "meeting_settle" if "settle" in request.POST else "meeting"))
    wrong = [form for form in every if form.errors]
    context = {
        "meeting": found,
        "forms": forms,
        "wrong": wrong,
        "gaps": gaps(found, clock.now()),
        "documents": documents_of(found, "minutes"),
    }
    return render(request, "reviews/meeting_edit.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    data = _sent(request)
    people, counted = attendance_of(found), votes(found)
    names = {each.expert_id: each.expert.name for each in people}
    return {
        "facts": FactsForm(data, experts=[each.expert for each in people], initial=FactsForm.initial_of(found)),
        "presence": [PresenceForm(data, row=row) for row in people],
        "files": [DecidedForm(data, item=item, people=names, counted=counted) for item in items_of(found)],
    }


def _keep(request: HttpRequest, found: Meeting, forms: dict[str, Any]) -> Any:
    return write(
        forms["facts"],
        services.keep_minutes,
        meeting=found,
        facts=forms["facts"].facts(),
        attendance={form.row.pk: form.presence() for form in forms["presence"]},
        files={form.item.pk: form.decided() for form in forms["files"]},
        by=request.actor,
    )


@capability("review.run", methods=("GET", "POST"))
def meeting_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle the minutes and send them round."""
    found = _own(request, pk)
    said = minutes(found)
    names = "、".join(each["name"] for each in said["there"]) or "无"
    act = Act(
        title="会议纪要定稿", submit_label="定稿并送签", cancel_url=_url(request, pk), lead=found.title,
        done="会议纪要已定稿，已通知到会专家签名", do=lambda: services.settle_minutes(meeting=found, by=request.actor),
        effects=[f"议决 {len(said['files'])} 件：{'，'.join(f'{word} {count} 件' for word, count in said['tally']) or '均未填写决定'}",
                 f"到会 {len(said['there'])} 人：{names}", "内容计算 SHA-256 摘要，不能再修改；签齐之前可以退回修改，已作签名作废",
                 "到会专家收到通知，阅看后在线签名；全部签名后出具正式纪要（PDF 和 Word）"],
        problems=[{"label": "", "message": gap.message, "anchor": ""} for gap in _gaps_before(request, found)],
    )  # fmt: skip
    return perform(request, act)


def _gaps_before(request: HttpRequest, found: Meeting) -> list[Any]:
    """What is missing is told before the act too; a POST is told by the service."""
    return gaps(found, clock.now()) if request.method == "GET" and found.state == MeetingState.DRAFT else []


@capability("review.run", methods=("GET", "POST"))
def meeting_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take settled minutes back to be changed."""
    found = _own(request, pk)
    form = ReasonForm(_sent(request))
    act = Act(
        title="会议纪要退回修改", submit_label="退回修改", cancel_url=_url(request, pk), lead=found.title, form=form, risky=True,
        effects=["已作的签名全部作废", "到会专家收到通知；重新定稿后须重新签名", "理由记入日志"], done="会议纪要已退回，可以修改",
        do=lambda: services.reopen_minutes(meeting=found, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def meeting_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike out a meeting that was opened by mistake."""
    found = _own(request, pk)
    form = ReasonForm(_sent(request))
    act = Act(
        title="撤销会议记录", submit_label="撤销", cancel_url=_url(request, pk), lead=found.title, form=form, risky=True,
        effects=["会议记录连同到会情况和已填的决定一并删除", "曾经定稿的会议不能撤销", "理由记入日志"], official=False,
        done="会议记录已撤销", success_url=reverse("reviews:meetings", kwargs={"jurisdiction": request.jurisdiction.code}),
        do=lambda: services.drop_meeting(meeting=found, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("review.read")
def meeting_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a Word file: from the snapshot once they are settled, before that marked as a draft."""
    said = minutes(_own(request, pk))
    response = HttpResponse(minutes_word(said), content_type=WORD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(said['heading'])}.docx"
    return response
