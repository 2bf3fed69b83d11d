"""The bureau's side of notices: how each runs, closing it, recognising its units."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from portal.policy.procedure import StageKind
from reviews.forms.lists import RecogniseForm
from reviews.models import PublicNotice, Recognition
from reviews.permissions import readable_notices, readable_recognitions
from reviews.selectors.naming import kinds_of
from reviews.selectors.notices import (
    held_up,
    notices_in_list,
    objections_in_list,
    period_of,
    phase,
    recognisable_entries,
    with_time_left,
)
from reviews.services import notices as services
from reviews.services.recognition import recognise
from reviews.views.acts import Act, perform


def _own(request: HttpRequest, pk: int) -> PublicNotice:
    return get_object_or_404(notices_in_list(readable_notices(PublicNotice.objects.all(), request.actor)), pk=pk)


def _url(request: HttpRequest, pk: int) -> str:
    return reverse("reviews:notice_desk", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})


@capability("shortlist.read")
def notices(request: HttpRequest) -> HttpResponse:
    """All notices with time left and objections."""
    now = clock.now()
    rows = notices_in_list(readable_notices(PublicNotice.objects.all(), request.actor))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    lines = [
        {"notice": each, "left": left, "phase": phase(each, now)} for each, left in with_time_left(list(page), now)
    ]
    return render(request, "reviews/notices.html", {"page": page, "lines": lines})


@capability("shortlist.read")
def notice_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: units with what holds them up, objections, what comes next."""
    found, now = _own(request, pk), clock.now()
    waiting = held_up(found)
    entries = list(found.shortlist.entries.select_related("application__organisation", "recognised__recognition"))
    reports = found.shortlist.call.edition.has_stage(StageKind.REPORT)
    context = {
        "notice": found,
        "phase": phase(found, now),
        "over": now >= found.ends_at,
        "period": period_of(found, now),
        "entries": [{"entry": each, "held_up": each.pk in waiting} for each in entries],
        "ready": recognisable_entries(found).count() if now >= found.ends_at else 0,
        "objections": objections_in_list(found.objections.all()),
        "documents": documents_of(found, "public_notice"),
        "recognitions": found.recognitions.all(),
        "may_recognise": request.actor.can("base.recognise") and not reports,
        "reports": reports,
        "may_close": request.actor.can("notice.publish"),
    }
    return render(request, "reviews/notice_desk.html", context)


@capability("notice.publish", methods=("GET", "POST"))
def notice_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a notice."""
    found = _own(request, pk)
    act = Act(
        title="结束公示", submit_label="结束公示", cancel_url=_url(request, pk), done="公示已结束", lead=found.title,
        effects=["公示期满且全部异议办结后方可结束", "结束后公示页面继续保留，标明“公示结束”"],
        do=lambda: services.close_notice(notice=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.recognise", methods=("GET", "POST"))
def notice_recognise(request: HttpRequest, pk: int) -> HttpResponse:
    """Recognise the units that nothing holds up."""
    found = _own(request, pk)
    edition = found.shortlist.call.edition
    entries = recognisable_entries(found)
    initial = {
        "title": f"关于{edition.act}{kinds_of(entry.application for entry in entries)}的通知",
        "issued_on": clock.today(),
        "entries": [entry.pk for entry in entries],
    }
    form = RecogniseForm(request.POST or None, initial=initial, entries=entries)
    waiting = len(held_up(found))
    act = Act(
        title=edition.act, submit_label=edition.act, cancel_url=_url(request, pk), form=form, lead=found.title, done="认定文件已签发，证书正在生成",
        effects=["所选单位转为“已认定”，登记入基地名册", "生成认定文件和每家单位的证书（PDF），可公开核验"]
        + ([f"{waiting} 家单位有未办结异议，暂缓认定，办结后另行发文"] if waiting else []),
        do=lambda: recognise(
            notice=found, entries=list(form.cleaned_data["entries"]), document_number=form.cleaned_data["document_number"],
            title=form.cleaned_data["title"], issued_on=form.cleaned_data["issued_on"], by=request.actor,
        ),
    )  # fmt: skip
    return perform(request, act)


@capability("base.read")
def recognitions(request: HttpRequest) -> HttpResponse:
    """All recognition documents."""
    issued = Recognition.objects.filter(taken_over=False).select_related("notice", "decided_by")
    rows = readable_recognitions(issued.prefetch_related("entries"), request.actor)
    return render(request, "reviews/recognitions.html", {"page": Paginator(rows, 50).get_page(request.GET.get("page"))})


@capability("base.read")
def recognition(request: HttpRequest, pk: int) -> HttpResponse:
    """One recognition document, its units and their certificates."""
    rows = readable_recognitions(
        Recognition.objects.select_related("notice", "office", "jurisdiction", "decided_by"), request.actor
    )
    found = get_object_or_404(rows, pk=pk)
    entries = list(found.entries.select_related("application__organisation"))
    context = {
        "recognition": found,
        "entries": entries,
        "documents": documents_of(found, "recognition_decision"),
    }
    return render(request, "reviews/recognition.html", context)
