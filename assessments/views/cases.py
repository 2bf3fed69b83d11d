"""The bureau's pages of adverse acts: the list, a base's own, one case, and proposing one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.enums import CaseState
from assessments.forms.cases import EvidenceForm, HearingForm, ProposeForm
from assessments.models import Base, Case
from assessments.permissions import readable_bases
from assessments.selectors import cases as selectors
from assessments.selectors.case_pages import CaseLine, case_page, improvement_page, improvement_rows
from assessments.services import case_hearings, cases
from assessments.views.base_pages import own_base
from portal.accounts.guards import capability
from portal.calendars import clock
from reviews.views.acts import write


def own_case(request: Any, pk: int) -> Case:
    """Return a case the reader reaches; 404 for every other."""
    return get_object_or_404(selectors.readable_cases(selectors.case_rows(), request.actor), pk=pk)


def uploads(form: Any, name: str) -> list[tuple[str, Any]]:
    """Return the uploaded files of a field with their names."""
    return [(each.name, each.file) for each in form.cleaned_data.pop(name, None) or []]


@capability("base.read")
def case_list(request: Any) -> HttpResponse:
    """All cases with their deadlines; what is overdue and which plaques are due stand above them."""
    state, query = request.GET.get("state", ""), request.GET.get("q", "")
    reached, today = readable_bases(Base.objects.all(), request.actor), clock.today()
    rows = selectors.cases_in_list(
        selectors.readable_cases(selectors.case_rows(), request.actor), state=state, words=query
    )
    page: Any = Paginator(rows, 50).get_page(request.GET.get("page"))
    options = [("", "全部状态"), ("open", "未办结"), *CaseState.choices]
    context = {
        "page": page,
        "lines": [CaseLine.of(case, clock.now()) for case in page],
        "filters": [{"name": "state", "label": "状态", "value": state, "options": options}],
        "overdue": selectors.overdue_improvements(reached, today).select_related("base__organisation", "case")[:50],
        "plaques": selectors.plaques_to_remove(reached).select_related("organisation")[:50],
    }
    return render(request, "assessments/cases.html", context)


@capability("base.read")
def base_cases(request: Any, pk: int) -> HttpResponse:
    """What was done about one base, what its policy would allow, and its period to mend."""
    return _base_page(request, pk)


@capability("base.report")
def my_base_cases(request: Any, pk: int) -> HttpResponse:
    """The same, as its unit sees it."""
    return _base_page(request, pk)


def _base_page(request: Any, pk: int) -> HttpResponse:
    base, today = own_base(request, pk), clock.today()
    rows = selectors.readable_cases(selectors.case_rows().filter(base=base), request.actor)
    context = {
        "base": base,
        "lines": [CaseLine.of(case, clock.now()) for case in rows.order_by("-id")],
        "improvements": [improvement_page(each, today) for each in improvement_rows(base)],
        "drawable": selectors.drawable(base, today),
        "may_keep": request.actor.can("base.keep"),
        "may_decide": request.actor.can("base.recognise"),
        "is_bureau": request.actor.can("base.read"),
    }
    return render(request, "assessments/base_cases.html", context)


@capability("base.keep", "base.recognise", methods=("GET", "POST"))
def case_new(request: Any, pk: int) -> HttpResponse:
    """Propose a consequence against a base."""
    base = own_base(request, pk)
    choices = selectors.drawable(base, clock.today())
    form = ProposeForm(request.POST or None, request.FILES or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        evidence = uploads(form, "evidence")
        made = write(form, cases.propose, base=base, evidence=evidence, by=request.actor, **form.cleaned_data)
        if made:
            return redirect("assessments:case", jurisdiction=request.jurisdiction.code, pk=made.pk)
    context = {"base": base, "form": form, "closed": [each for each in choices if each[1]]}
    return render(request, "assessments/case_new.html", context, status=422 if form.errors else 200)


@capability("base.read")
def case(request: Any, pk: int) -> HttpResponse:
    """One case: what is said, how far it is, what may be done next."""
    found = own_case(request, pk)
    return render(request, "assessments/case.html", case_page(found, request.actor, clock.now()))


@capability("base.keep", "base.recognise", methods=("GET", "POST"))
def case_evidence(request: Any, pk: int) -> HttpResponse:
    """Add evidence before the unit is told."""
    found = own_case(request, pk)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = uploads(form, "evidence")
        if write(form, cases.add_evidence, case=found, files=files, by=request.actor):
            return redirect("assessments:case", jurisdiction=request.jurisdiction.code, pk=pk)
    return _with_form(request, found, form, "补充证据", "上传")


@capability("base.keep", methods=("GET", "POST"))
def case_hearing(request: Any, pk: int) -> HttpResponse:
    """Write down how the unit was heard."""
    found = own_case(request, pk)
    form = HearingForm(request.POST or None, request.FILES or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        files = uploads(form, "files")
        done = write(form, case_hearings.record_hearing, case=found, files=files, by=request.actor, **form.cleaned_data)
        if done:
            return redirect("assessments:case", jurisdiction=request.jurisdiction.code, pk=pk)
    return _with_form(request, found, form, "登记陈述申辩情况", "登记")


def _with_form(request: HttpRequest, found: Case, form: Any, title: str, label: str) -> HttpResponse:
    back = reverse("assessments:case", kwargs={"jurisdiction": found.base.jurisdiction.code, "pk": found.pk})
    context = {"case": found, "base": found.base, "form": form, "title": title, "label": label, "back": back}
    return render(request, "assessments/case_form.html", context, status=422 if form.errors else 200)
