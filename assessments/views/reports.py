"""Reports of one base: the room of its record, for the bureau and its unit; one report to be read, accepted or returned."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.enums import ReportState
from assessments.forms.reports import ReturnForm
from assessments.models import Base, Report
from assessments.permissions import readable_bases
from assessments.selectors.bases import with_terms
from assessments.selectors.due import DueState, expected
from assessments.selectors.report_matrix import next_to_review
from assessments.selectors.reports import Paper, opens, paper_of, stored_figures, versions_of
from assessments.services.report_chasing import chase_report
from assessments.services.report_papers import BASE_REPORT
from assessments.services.reports import accept_report, return_report
from assessments.views.base_pages import own_base
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.calendars.selectors import remaining
from portal.documents.models import Document
from reviews.views.acts import Act, perform, tell


@capability("base.read")
def base_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """What a base owes and has handed in, as the bureau sees it."""
    return _room(request, own_base(request, pk), mine=False)


@capability("base.report")
def my_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """What a base owes and has handed in, as its unit sees it."""
    return _room(request, own_base(request, pk), mine=True)


def _room(request: Any, base: Base, *, mine: bool) -> HttpResponse:
    today = clock.today()
    owed = expected(base, today)
    waiting = [each for each in owed if each.waits]
    coming = [each for each in owed if each.state is DueState.NOT_DUE]
    due_next = next((each for each in [*waiting, *coming] if each.due_on and each.due_on >= today), None)
    context = {
        "base": base,
        "mine": mine,
        "may_chase": not mine and request.actor.can("base.keep"),
        "late": [each for each in waiting if each.state is DueState.LATE],
        "open": [each for each in waiting if each.state is not DueState.LATE],
        "coming": coming,
        "filed": [each for each in reversed(owed) if each.submitted_at and not each.waits],
        "next": due_next,
        "next_end": clock.end_of_day(due_next.due_on) if due_next and due_next.due_on else None,
        "workdays": workdays_to(due_next.due_on if due_next else None),
        "problems": sorted({each.problem for each in owed if each.problem and each.waits}),
    }
    return render(request, "assessments/base_reports.html", context)


def workdays_to(due_on: date | None) -> int | None:
    """Return the working days left until the end of a day; None where that is unknown."""
    return remaining(clock.now(), clock.end_of_day(due_on)).working_days if due_on else None


def reading_context(paper: Paper) -> dict[str, Any]:
    """Return what the page of a report shows that is not (or no longer) to be written."""
    report = paper.report
    versions = versions_of(report) if report else []
    papers = {
        each.subject_id: each
        for each in Document.objects.filter(
            kind=BASE_REPORT,
            subject_id__in=[version.pk for version, _ in versions],
            subject_type__model="reportversion",
        ).defer("source")
    }
    latest = versions[0][0] if versions else None
    return {
        "paper": paper,
        "base": paper.base,
        "report": report,
        "opens_on": opens(paper),
        "parts": paper.printed(latest.answers) if latest else [],
        "figures": stored_figures(paper.base, paper.form, latest.figures) if latest else [],
        "materials": _materials(paper, latest.manifest) if latest else [],
        "versions": [(version, changes, papers.get(version.pk)) for version, changes in versions],
    }


def _materials(paper: Paper, manifest: list[dict[str, Any]]) -> list[dict[str, Any]]:
    slots = [
        {"title": each.title, "files": [file for file in manifest if file["slot"] == each.key]}
        for each in paper.form.materials
    ]
    return [each for each in slots if each["files"]]


def _one(request: Any, pk: int) -> Report:
    """Return a report of a base the office reaches; drafts are nobody's but the unit's."""
    bases = with_terms(readable_bases(Base.objects.all(), request.actor))
    rows = Report.objects.exclude(state=ReportState.DRAFT).select_related("submitted_by", "accepted_by")
    report = get_object_or_404(rows.filter(base__in=bases), pk=pk)
    report.base = get_object_or_404(bases, pk=report.base_id)
    return report


@capability("base.read")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as handed in, with its versions; the officer accepts or returns it here."""
    found = _one(request, pk)
    reviewing = found.state == ReportState.SUBMITTED and request.actor.can("base.keep")  # type: ignore[attr-defined]
    following = next_to_review(readable_bases(Base.objects.all(), request.actor), found)  # type: ignore[attr-defined]
    context = reading_context(paper_of(found)) | {"may_review": reviewing, "bureau": True, "following": following}
    return render(request, "assessments/report_read.html", context)


def _page(found: Report) -> str:
    return reverse("assessments:report", kwargs={"jurisdiction": found.base.jurisdiction.code, "pk": found.pk})


@capability("base.keep", methods=("POST",))
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a report."""
    found = _one(request, pk)
    tell(request, f"{found}已审核通过", accept_report, report=found, by=request.actor)  # type: ignore[attr-defined]
    return redirect(_page(found))


@capability("base.keep", methods=("GET", "POST"))
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a report with the reason."""
    found = _one(request, pk)
    form = ReturnForm(request.POST or None)

    def do() -> Report:
        return return_report(report=found, reason=form.cleaned_data["reason"], by=request.actor)  # type: ignore[attr-defined]

    act = Act(
        title="退回报告",
        submit_label="退回更正",
        cancel_url=_page(found),
        effects=["单位收到退回原因，更正后重新报送为新的版本", "已报送的版本和首次报送时间留存，是否迟报不变"],
        do=do,
        done=f"{found}已退回",
        lead=f"{found.base.name}　{found}",
        form=form,
        risky=True,
        official=False,
    )
    return perform(request, act)


@capability("base.keep", methods=("POST",))
def chase_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the unit of one report."""
    base = own_base(request, pk)
    try:
        start = date.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        raise Http404("没有这份报告") from None
    key, actor = request.POST.get("key", ""), request.actor  # type: ignore[attr-defined]
    tell(request, "已催报，单位将收到消息", chase_report, base=base, key=key, start=start, by=actor)
    return redirect("assessments:base_reports", jurisdiction=base.jurisdiction.code, pk=pk)
