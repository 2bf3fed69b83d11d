"""What an expert sees: their seats, the declaration, the file once declared, their own opinion."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from applications.models import Application
from applications.permissions import readable_applications
from portal.accounts.guards import capability
from portal.calendars import clock
from reviews.enums import MemberState
from reviews.forms.panels import DeclarationForm, OpinionForm
from reviews.models import Opinion, PanelMember, Visit
from reviews.permissions import own_memberships
from reviews.selectors import agreement
from reviews.selectors.calendar_file import visit_calendar
from reviews.selectors.conflicts import lock_of
from reviews.selectors.file_for_expert import materials_of, sections_of
from reviews.selectors.judged import units_judged
from reviews.selectors.occasions import about
from reviews.selectors.paper_sheets import notes_for_expert
from reviews.selectors.score_matrix import score_matrix
from reviews.selectors.scores import panel_sheet
from reviews.selectors.seats import month_of_visits, seats_with_progress
from reviews.selectors.visit_words import visit_word
from reviews.selectors.visits import visits_of_expert
from reviews.selectors.wording import TYPED_PREFIX
from reviews.services import opinions as opinion_services
from reviews.services.declarations import declare as declare_service
from reviews.services.sheet_page import WrittenElsewhere, write_page
from reviews.views.acts import write
from reviews.views.schedule import calendar_response


def _seat(request: HttpRequest, pk: int) -> PanelMember:
    seats = own_memberships(
        PanelMember.objects.select_related(
            "panel__application__organisation", "panel__application__call", "panel__application__current", "expert"
        ),
        request.actor,
    )
    return get_object_or_404(seats, pk=pk)


def _declared_seat(request: HttpRequest, pk: int) -> PanelMember:
    seat = _seat(request, pk)
    if seat.state != MemberState.DECLARED:
        raise Http404("请先作回避声明")
    return seat


@capability("review.score")
def expert_home(request: HttpRequest) -> HttpResponse:
    """My reviews with the next step of each, and my visits."""
    seats = seats_with_progress(own_memberships(PanelMember.objects.all(), request.actor))
    visits = list(visits_of_expert(request.actor.user).filter(panel__jurisdiction=request.jurisdiction))
    month = request.GET.get("month", "")
    context = {"seats": seats, "visits": visits, "calendar": month_of_visits(visits, month, clock.today())}
    context["visit_word"] = visit_word(request.jurisdiction.code)
    return render(request, "reviews/expert_home.html", context)


@capability("review.score")
def expert_calendar(request: HttpRequest) -> HttpResponse:
    """All my visits as one calendar file, those called off included: a calendar that holds them takes them out."""
    mine = visits_of_expert(request.actor.user, cancelled=True).filter(panel__jurisdiction=request.jurisdiction)
    return calendar_response(visit_calendar(mine, host=request.get_host(), method=False), "visits.ics")


@capability("review.score", methods=("GET", "POST"))
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration: only who applies is told before it."""
    seat = _seat(request, pk)
    application = seat.panel.application
    form = DeclarationForm(request.POST or None, recusals=seat.panel.rule.recusals, unit=seat.panel.words.unit)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if write(
            form, declare_service, member=seat, conflicts=answers["conflicts"], explanation=answers["explanation"],
            undertaking=answers["undertaking"], by=request.actor,
        ):  # fmt: skip
            seat.refresh_from_db()
            if seat.state == MemberState.DECLARED:
                return redirect("reviews:file", jurisdiction=request.jurisdiction.code, pk=pk)
            return redirect("reviews:declare", jurisdiction=request.jurisdiction.code, pk=pk)
    context = {
        "seat": seat,
        "application": application,
        "units": units_judged(seat.panel),
        "form": form,
        "agreement": agreement,
        "clauses": agreement.clauses_for(seat.panel),
    }
    return render(request, "reviews/declare.html", context, status=422 if form.errors else 200)


@capability("review.score")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as the expert may read it: personal data masked; 404 before declaring."""
    seat = _declared_seat(request, pk)
    application = get_object_or_404(
        readable_applications(Application.objects.select_related("current", "call", "organisation"), request.actor),
        pk=seat.panel.application_id,
    )
    told = about(seat.panel)
    context = {
        "seat": seat,
        "application": application,
        "about": told,
        "sections": [*told.section_data(), *sections_of(application)],
        "materials": [*told.materials(), *materials_of(application)],
        "visit": Visit.objects.filter(panel=seat.panel).first(),
    }
    return render(request, "reviews/file.html", context)


@capability("review.score", methods=("GET", "POST"))
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own opinion: kept as a draft, handed in with a signature, then only shown."""
    seat = _declared_seat(request, pk)
    kept = Opinion.objects.filter(member=seat).first()
    sheet = panel_sheet(seat.panel)
    lines = sheet.lines if sheet else ()
    form = OpinionForm(
        request.POST or None,
        initial=OpinionForm.initial_of(kept, lines),
        lines=lines,
        asks_conclusion=seat.panel.asks_conclusion,
    )
    elsewhere: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            if _keep(request, seat, form):
                here = reverse("reviews:opinion", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})
                return redirect(f"{here}?kept=1")
        except WrittenElsewhere as others:
            elsewhere = form.show_both(others)
    context = {
        "seat": seat,
        "application": seat.panel.application,
        "opinion": kept,
        "form": form,
        "elsewhere": elsewhere,
        "sheet": sheet,
        "own_sheet": score_matrix(seat.panel, [kept]) if kept and kept.submitted_at else None,
        "visit": Visit.objects.filter(panel=seat.panel).first(),
        "minimum": opinion_services.MINIMUM_TEXT,
        "maximum": opinion_services.MAXIMUM_TEXT,
        "just_kept": "kept" in request.GET,
        "locked": "" if kept and kept.submitted_at else lock_of(seat),
        **notes_for_expert(seat, kept),
    }
    return render(request, "reviews/opinion.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, seat: PanelMember, form: OpinionForm) -> Opinion | None:
    submitted = "submit" in request.POST
    if submitted and form.refuse_unfinished():
        return None
    typed = form.cleaned_data["typed_name"].strip()
    drawn = form.cleaned_data["signature"] or (f"{TYPED_PREFIX}{typed}" if typed else "")
    signature = drawn if submitted else None
    return write(form, write_page, member=seat, page=form.page(), signature=signature, by=request.actor)
