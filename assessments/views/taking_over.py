"""Older bases: a workbook looked at, proposed by one person, approved by another."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.forms.history import TakingOverBasisForm, TakingOverDecisionForm, TakingOverForm
from assessments.forms.taking_over_rows import COLUMNS, LAYOUT, Checked, as_cells, check_rows
from assessments.models import TakingOver
from assessments.services.taking_over import approve_taking_over, propose_taking_over, reject_taking_over
from portal.accounts.guards import capability
from reviews.views.acts import write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _own(request: Any) -> Any:
    return TakingOver.objects.filter(jurisdiction=request.actor.jurisdiction_id).select_related(
        "proposed_by", "decided_by", "jurisdiction"
    )


@capability("base.read")
def taken_over(request: HttpRequest) -> HttpResponse:
    """Every list of older bases, newest first."""
    page = Paginator(_own(request), 30).get_page(request.GET.get("page"))
    may_propose = request.actor.can("base.keep")  # type: ignore[attr-defined]
    return render(request, "assessments/taken_over.html", {"page": page, "may_propose": may_propose})


@capability("base.keep")
def take_over_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    response = HttpResponse(LAYOUT.write(()), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="older-bases.xlsx"'
    return response


@capability("base.keep", methods=("GET", "POST"))
def take_over(request: Any) -> HttpResponse:
    """Read a workbook, show what it would do, and propose it when asked once more."""
    form = TakingOverForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "basis_form": TakingOverBasisForm()}
    if "rows" in request.POST:
        basis = TakingOverBasisForm(request.POST)
        checked, name = _confirmed(request), request.POST.get("file_name", "")
        if basis.is_valid() and not checked.problems:
            made = write(
                basis,
                propose_taking_over,
                jurisdiction=request.jurisdiction,
                file_name=name,
                rows=checked.rows,
                basis=basis.cleaned_data["basis"],
                by=request.actor,
            )
            if made:
                messages.success(request, f"已提交 {len(made.rows)} 家历史基地，待另一人审批")
                return redirect("assessments:taken_over_one", jurisdiction=request.jurisdiction.code, pk=made.pk)
        form = context["form"] = TakingOverForm()
        context |= _preview(checked, name) | {"basis_form": basis}
        return render(request, "assessments/take_over.html", context, status=422)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["workbook"]
        rows, problem = LAYOUT.read(upload)
        if problem:
            form.add_error("workbook", problem)
        else:
            context |= _preview(check_rows(request.jurisdiction, rows), upload.name)
    return render(request, "assessments/take_over.html", context, status=422 if form.errors else 200)


@capability("base.read", methods=("GET", "POST"), writes="base.recognise")
def taken_over_one(request: Any, pk: int) -> HttpResponse:
    """One list: what is in it, and what a second person decides."""
    found = get_object_or_404(_own(request), pk=pk)
    form = TakingOverDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = approve_taking_over if said["approve"] == "yes" else reject_taking_over
        if write(form, act, taking=found, reason=said["reason"], by=request.actor):
            messages.success(request, "已登记入册" if said["approve"] == "yes" else "已退回")
            return redirect("assessments:taken_over_one", jurisdiction=request.jurisdiction.code, pk=pk)
    context = {
        "taking": found,
        "form": form,
        "head": [label for _, label, _ in COLUMNS],
        "rows": [as_cells(row) for row in found.rows],
        "may_decide": found.state == "proposed" and request.actor.can("base.recognise"),
    }
    return render(request, "assessments/taken_over_one.html", context, status=422 if form.errors else 200)


def _preview(checked: Checked, name: str) -> dict[str, Any]:
    return {
        "checked": checked,
        "problems": checked.problems,
        "head": [label for _, label, _ in COLUMNS],
        "rows": [as_cells(row) for row in checked.rows],
        "rows_json": json.dumps(checked.rows, ensure_ascii=False),
        "file_name": name,
    }


def _confirmed(request: Any) -> Checked:
    """The rows of a preview, checked again: what a browser sends back is not trusted."""
    try:
        given = json.loads(request.POST["rows"])
        numbered = [(at, {key: str(value) for key, value in row.items()}) for at, row in enumerate(given, start=2)]
    except (ValueError, AttributeError, TypeError):
        numbered = []
    return check_rows(request.jurisdiction, numbered[: LAYOUT.most_rows])
