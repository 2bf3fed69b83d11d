"""What a unit does about a case against its base, and what everybody may read of announcements."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.forms.cases import StatementForm
from assessments.selectors.case_pages import case_page
from assessments.selectors.case_printing import announcement_rows
from assessments.selectors.cases import announcements
from assessments.services import case_hearings
from assessments.views.cases import own_case, uploads
from portal.accounts.guards import capability, visitor
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.views.acts import Act, perform, write


@capability("base.report", methods=("GET", "POST"))
def my_case(request: Any, pk: int) -> HttpResponse:
    """One case as the unit sees it; POST puts its statement in."""
    found = own_case(request, pk)
    form = StatementForm(request.POST or None, request.FILES or None, initial={"text": found.statement})
    if request.method == "POST" and form.is_valid():
        files = uploads(form, "files")
        if write(form, case_hearings.state, case=found, files=files, by=request.actor, **form.cleaned_data):
            return redirect("assessments:my_case", jurisdiction=request.jurisdiction.code, pk=pk)
    context = {**case_page(found, request.actor, clock.now()), "form": form}
    return render(request, "assessments/my_case.html", context, status=422 if form.errors else 200)


@capability("base.report", methods=("GET", "POST"))
def my_case_waive(request: Any, pk: int) -> HttpResponse:
    """Give up the right to be heard."""
    found = own_case(request, pk)
    act = Act(
        title="放弃陈述申辩", submit_label="放弃", risky=True, done="已登记放弃陈述申辩",
        cancel_url=reverse("assessments:my_case", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk}),
        effects=["办理后不能再提交陈述申辩意见", "不必等期满，主管部门即可作出决定"],
        do=lambda: case_hearings.waive(case=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@visitor()
def announcement_list(request: HttpRequest) -> HttpResponse:
    """What was announced, newest first."""
    page = Paginator(announcements(), 30).get_page(request.GET.get("page"))
    return render(request, "assessments/announcements.html", {"page_obj": page})


@visitor()
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """One announcement."""
    found = get_object_or_404(announcements(), pk=pk)
    context = {
        "announcement": found,
        "rows": announcement_rows(found),
        "document": documents_of(found, "announcement").first(),
    }
    return render(request, "assessments/announcement.html", context)
