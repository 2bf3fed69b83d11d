"""A unit writes a report: page, autosave, check, hand in. Works without scripts; with them nothing typed waits for a button."""

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from applications.forms.posted import posted_answers
from applications.services.answers import tidy
from applications.services.moves import WrongState
from applications.views.save import page_outcome
from applications.views.section import edited
from assessments.forms.reports import report_page
from assessments.models import Base
from assessments.selectors.reports import Paper, opens, paper_at
from assessments.services.reports import Unfinished, save_report, submit_report
from assessments.services.together import Clash
from assessments.views.base_pages import own_base
from assessments.views.report_slots import slots_of
from assessments.views.reports import reading_context, workdays_to
from portal.accounts.guards import capability
from portal.calendars import clock


def day(text: str) -> date:
    """Return the day in an address; 404 for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404("没有这份报告") from None


def own_paper(request: Any, pk: int, key: str, start: str) -> Paper:
    """Return a report of one of the acting unit's bases; 404 for any other."""
    base = own_base(request, pk)
    if base.organisation != request.actor.organisation:
        raise Http404("没有这份报告")
    try:
        return paper_at(base, key, day(start))
    except KeyError:
        raise Http404("没有这份报告") from None


def address(paper: Paper, name: str = "my_report") -> str:
    """Return the address of one of a report's pages."""
    names = {"jurisdiction": paper.base.jurisdiction.code, "pk": paper.base.pk, "key": paper.form.key}
    return reverse(f"assessments:{name}", kwargs=names | {"start": f"{paper.period.start:%Y-%m-%d}"})


@capability("base.report", methods=("GET", "POST"))
def my_report(request: HttpRequest, pk: int, key: str, start: str) -> HttpResponse:
    """The page of one report: to be written, or to be read once it has been handed in."""
    paper = own_paper(request, pk, key, start)
    if request.method == "POST":
        return _save(request, paper)
    if (paper.report and not paper.report.writable) or clock.today() < opens(paper):
        return render(request, "assessments/report_read.html", reading_context(paper))
    return _writing(request, paper, everything="all" in request.GET)


def _writing(
    request: HttpRequest, paper: Paper, *, typed: dict[str, Any] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    page = report_page(paper, typed=typed, everything=more.pop("everything", False))
    page.revision = more.pop("revision", page.revision)
    context = {
        "paper": paper,
        "base": paper.base,
        "page": page,
        "slots": slots_of(paper),
        "figures": paper.figures(),
        "waiting": len(paper.problems),
        "here": address(paper),
        "save_url": address(paper, "my_report_save"),
        "here_url": address(paper, "my_report_here"),
        "check_url": address(paper, "my_report_check"),
        "workdays": workdays_to(paper.entry.due_on if paper.entry else None),
        "ends_at": clock.end_of_day(paper.entry.due_on) if paper.entry and paper.entry.due_on else None,
        **more,
    }
    return render(request, "assessments/report_write.html", context, status=status)


def _save(request: HttpRequest, paper: Paper) -> HttpResponse:
    typed: dict[str, Any] = {}
    for section in paper.sections:
        typed |= posted_answers(section, request.POST)
    act, given = request.POST.get("act", "next"), request.POST.get("revision", "0")
    typed = edited(typed, act)
    nested = {section.key: tidy(section, typed) for section in paper.sections}
    try:
        save_report(
            base_id=paper.base.pk,
            key=paper.form.key,
            start=paper.period.start,
            answers=typed,
            revision=int(given) if given.isdigit() and len(given) < 10 else 0,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except Clash as clash:
        return _writing(request, paper, typed=clash.mine, status=409, refusal=str(clash), revision=clash.revision)
    except WrongState as refusal:
        return _writing(request, paper, typed=nested, status=409, refusal=str(refusal))
    return redirect(address(paper, "my_report_check") if act == "next" else address(paper))


@capability("base.report", methods=("POST",))
def save(request: HttpRequest, pk: int, key: str, start: str) -> HttpResponse:
    """Autosave: `{revision, answers, base}` in; time, revision and problems out."""
    try:
        sent = json.loads(request.body)
        answers, revision, before = sent["answers"], int(sent["revision"]), sent.get("base")
        paper = save_report(
            base_id=pk, key=key, start=day(start), answers=dict(answers), revision=revision,
            by=request.actor, before=before if isinstance(before, dict) else None,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Base.DoesNotExist:
        raise Http404 from None
    except WrongState as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    except Clash as clash:
        return JsonResponse({"message": str(clash)}, status=409)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"message": "未能读懂发来的内容，请刷新页面后再试"}, status=400)
    return JsonResponse(_outcome(request, paper, revision))


def _outcome(request: HttpRequest, paper: Paper, sent: int) -> dict[str, Any]:
    page = report_page(paper)
    aside = {"paper": paper, "figures": paper.figures(), "waiting": len(paper.problems), "base": paper.base}
    body = {
        "saved_at": f"{clock.local(clock.now()):%H:%M:%S}",
        "revision": page.revision,
        "draft": page.revision,
        "others": [],
        "nav": "",
        "aside": render_to_string(
            "assessments/report_aside.html", aside | {"check_url": address(paper, "my_report_check")}, request
        ),
        "next": address(paper, "my_report_check"),
        "gone": False,
        **page_outcome(page),
    }
    if page.revision > sent + 1:
        body["merged"] = {key: value for own in paper.answers.values() for key, value in own.items()}
    return body


@capability("base.report", methods=("POST",))
def here(request: HttpRequest, pk: int, key: str, start: str) -> HttpResponse:
    """Heartbeat of an open page: whether someone has saved the report since."""
    report = own_paper(request, pk, key, start).report
    return JsonResponse({"others": [], "revision": report.revision if report else 0})


@capability("base.report", methods=("GET", "POST"))
def check(request: HttpRequest, pk: int, key: str, start: str) -> HttpResponse:
    """Show the report as it will stand, with everything that is missing; hand it in."""
    paper = own_paper(request, pk, key, start)
    refusal = ""
    if request.method == "POST":
        given = request.POST.get("revision", "")
        try:
            submit_report(
                base_id=pk, key=key, start=paper.period.start, revision=int(given) if given.isdigit() else -1,
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
            messages.success(request, f"{paper.title}已报送")
            return redirect(address(paper))
        except (Unfinished, WrongState) as trouble:
            refusal = str(trouble)
            paper = own_paper(request, pk, key, start)
    elif paper.report is None or not paper.report.writable:
        return redirect(address(paper))
    context = {
        "paper": paper,
        "base": paper.base,
        "parts": paper.printed(),
        "figures": paper.figures(),
        "problems": _problems(paper),
        "refusal": refusal,
        "here": address(paper),
        "slots": slots_of(paper),
    }
    return render(request, "assessments/report_check.html", context, status=422 if refusal else 200)


def _problems(paper: Paper) -> list[dict[str, str]]:
    page = report_page(paper, everything=True)
    found = [{**each, "url": f"{address(paper)}?all#{each['anchor']}"} for each in page.problems]
    for problem in paper.problems:
        if problem.path.startswith("#"):
            url = f"{address(paper)}#slot-{problem.path[1:]}"
            found.append({"label": problem.label, "message": problem.message, "url": url})
    return found
