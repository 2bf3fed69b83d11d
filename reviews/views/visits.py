"""Site visits: planning and recording at the bureau, sheet and calendar file for everybody invited."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.guards import capability, signed_in
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.enums import VisitState
from reviews.forms.panels import PhotoForm, ReasonForm, VisitRecordForm
from reviews.forms.visits import VisitForm
from reviews.models import Panel, Visit
from reviews.permissions import readable_visits
from reviews.selectors.availability import Span
from reviews.selectors.calendar_file import visit_calendar
from reviews.selectors.panels import members_with_progress
from reviews.selectors.travel import districts_of
from reviews.selectors.visit_words import span
from reviews.selectors.visits import cautions, visits_in_list
from reviews.services import visits as services
from reviews.services.refusal import Refused
from reviews.views.acts import Act, perform, write
from reviews.views.panels import own_panel, panel_url
from reviews.views.schedule import calendar_response

USUAL = timedelta(hours=3)  # how long a visit takes unless somebody says otherwise


def _own_visit(request: HttpRequest, pk: int) -> Visit:
    return get_object_or_404(visits_in_list(readable_visits(Visit.objects.all(), request.actor)).distinct(), pk=pk)


@capability("review.run", methods=("GET", "POST"))
def visit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a panel's visit, or change the plan; `slot` in the address is a time chosen on the calendar."""
    panel = own_panel(request, pk)
    visit = Visit.objects.filter(panel=panel).first()
    standing = visit is not None and visit.state == VisitState.PLANNED
    slot, initial = _slot(request), _usual(panel, visit)
    if slot:
        initial |= {"starts_at": slot, "ends_at": slot + USUAL}
    form = VisitForm(
        request.POST or None,
        initial=initial,
        short=panel.rule.visit_short,
        districts=districts_of(request.jurisdiction),
    )
    if request.method == "POST" and form.is_valid():
        act, on = (services.change_visit, {"visit": visit}) if standing else (services.plan_visit, {"panel": panel})
        if saved := write(form, act, **on, **form.cleaned_data, by=request.actor):
            return _planned(request, saved, on_calendar=slot is not None)
    context = {
        "panel": panel, "application": panel.application, "visit": visit, "standing": standing, "form": form,
        "cautions": cautions(panel, Span(slot, slot + USUAL, initial["district"])) if slot else [],
        "calendar_url": f"{_calendar_url(request)}?file={panel.pk}&on={clock.local_date(slot or clock.now()):%Y-%m-%d}",
    }  # fmt: skip
    return render(request, "reviews/visit_plan.html", context, status=422 if form.errors else 200)


def _usual(panel: Panel, visit: Visit | None) -> dict[str, Any]:
    """What the form begins with: the plan there is or was, or where the unit is."""
    if visit:
        return {name: getattr(visit, name) for name in services.PLAN}
    unit = panel.application.organisation
    contact = " ".join(each for each in (unit.contact_name, unit.contact_phone) if each)
    return {"place": unit.address, "district": unit.district, "contact": contact}


def _slot(request: HttpRequest) -> datetime | None:
    try:
        found = datetime.fromisoformat(request.GET.get("slot", ""))
    except ValueError:
        return None
    return found.replace(tzinfo=clock.SHANGHAI) if 2000 < found.year < 2100 else None


def _calendar_url(request: HttpRequest) -> str:
    return reverse("reviews:visit_calendar_desk", kwargs={"jurisdiction": request.jurisdiction.code})


def _planned(request: HttpRequest, visit: Visit, *, on_calendar: bool) -> HttpResponse:
    """Tell that it is planned and what to mind about it, and go back to where it was made from."""
    word, when = visit.panel.rule.visit_word, span(visit.starts_at, visit.ends_at)
    messages.success(request, f"{visit.panel.application.organisation.name}{word}已安排：{when}")
    for caution in cautions(visit.panel, Span(visit.starts_at, visit.ends_at, visit.district)):
        messages.warning(request, caution)
    if on_calendar:
        return redirect(f"{_calendar_url(request)}?on={clock.local_date(visit.starts_at):%Y-%m-%d}")
    return redirect(panel_url(request, visit.panel))


@capability("review.run", methods=("GET", "POST"))
def visit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a visit off."""
    visit = _own_visit(request, pk)
    form = ReasonForm(request.POST or None)
    word, short = visit.panel.rule.visit_word, visit.panel.rule.visit_short
    act = Act(
        title=f"取消{word}", submit_label=f"取消{short}", cancel_url=panel_url(request, visit.panel), form=form,
        effects=[f"专家组成员和{visit.panel.words.unit}收到取消通知", "已下载的日历文件可更新为“已取消”"],
        done=f"{word}已取消", official=False, risky=True,
        do=lambda: services.cancel_visit(visit=visit, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", "review.score", methods=("GET", "POST"))
def visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was seen; by the bureau or a declared member."""
    visit = _own_visit(request, pk)
    initial = {}
    if hasattr(visit, "record"):
        initial = {name: getattr(visit.record, name) for name in ("attendance", "facts", "originals_seen")}
    form = VisitRecordForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and write(form, services.record_visit, visit=visit, by=request.actor, **form.cleaned_data)
    ):
        return redirect("reviews:visit_record", jurisdiction=request.jurisdiction.code, pk=pk)
    context = {
        "visit": visit, "application": visit.panel.application, "form": form, "photo_form": PhotoForm(),
        "photos": visit.photos.select_related("stored"), "documents": documents_of(visit, "visit_record"),
    }  # fmt: skip
    return render(request, "reviews/visit_record.html", context, status=422 if form.errors else 200)


@capability("review.run", "review.score", methods=("POST",))
def visit_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Add photos; those that cannot be kept are told one by one, the others stay."""
    visit = _own_visit(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        for upload in form.cleaned_data["photo"]:
            try:
                services.add_photo(
                    visit=visit,
                    content=upload.file,
                    name=upload.name,
                    caption=form.cleaned_data["caption"],
                    by=request.actor,
                )
            except Refused as refusal:
                form.add_error("photo", refusal.message)
    if not form.errors:
        return redirect("reviews:visit_record", jurisdiction=request.jurisdiction.code, pk=pk)
    context = {
        "visit": visit, "application": visit.panel.application, "form": VisitRecordForm(), "photo_form": form,
        "photos": visit.photos.select_related("stored"), "documents": documents_of(visit, "visit_record"),
    }  # fmt: skip
    return render(request, "reviews/visit_record.html", context, status=422)


@signed_in()
def visit_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The route sheet, for printing: bureau, members and the unit visited."""
    visit = _own_visit(request, pk)
    members = [each for each in members_with_progress(visit.panel) if each.state == "declared"]
    unit = request.actor.can("application.edit")  # who judges is not told to the judged before the visit
    context = {
        "visit": visit, "application": visit.panel.application, "members": [] if unit else members,
        "count": len(members), "unit": unit, "day_url": "" if unit else _day_url(request, visit),
    }  # fmt: skip
    return render(request, "reviews/visit_sheet.html", context)


def _day_url(request: HttpRequest, visit: Visit) -> str:
    """The route sheet of that day for whoever looks, if there is one for them."""
    name = (
        "expert_day" if request.actor.can("review.score") else "visit_day" if request.actor.can("review.read") else ""
    )
    day = f"{clock.local_date(visit.starts_at):%Y-%m-%d}"
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": request.jurisdiction.code, "day": day}) if name else ""


@signed_in()
def visit_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit for one's own calendar."""
    visit = _own_visit(request, pk)
    return calendar_response(visit_calendar([visit], host=request.get_host()), f"visit-{visit.pk}.ics")
