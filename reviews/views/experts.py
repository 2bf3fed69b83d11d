"""The bureau's expert list."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.guards import capability
from reviews.enums import ExpertState
from reviews.forms.expert_rows import preview_of
from reviews.forms.experts import ExpertAccountForm, ExpertForm, ExpertImportForm, ExpertStateForm, typed
from reviews.models import Expert
from reviews.permissions import readable_experts
from reviews.selectors import expert_sheet
from reviews.selectors.experts import experts_in_list, known_districts, known_fields, linkable_users
from reviews.services import experts as services
from reviews.views.acts import tell, write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _own(request: HttpRequest):
    return readable_experts(Expert.objects.all(), request.actor)


def _filtered(request: HttpRequest):
    names = ("state", "district", "field", "sort")
    return experts_in_list(
        _own(request), words=request.GET.get("q", ""), **{name: request.GET.get(name, "") for name in names}
    )


@capability("expert.read")
def experts(request: HttpRequest) -> HttpResponse:
    """The list, filtered by its address."""
    own = _own(request)
    page = Paginator(_filtered(request), 50).get_page(request.GET.get("page"))
    places, fields = known_districts(own), known_fields(own)

    def choice(name: str, label: str, options: list[tuple[str, str]]) -> dict[str, object]:
        return {
            "name": name,
            "label": label,
            "value": request.GET.get(name, ""),
            "options": [("", f"全部{label}"), *options],
        }

    filters = [
        choice("state", "状态", ExpertState.choices),
        choice("field", "领域", [(each, each) for each in fields]),
        choice("district", "地区", [(each, each) for each in places]),
    ]
    export_url = f"{reverse('reviews:experts_export', kwargs={'jurisdiction': request.jurisdiction.code})}?{request.GET.urlencode()}"
    context = {
        "page": page,
        "filters": filters,
        "exports": [("导出 .xlsx", export_url)],
        "may_edit": request.actor.can("expert.manage"),
    }
    return render(request, "reviews/experts.html", context)


@capability("expert.manage")
def experts_export(request: HttpRequest) -> HttpResponse:
    """The list exactly as filtered."""
    rows = [_cells(each) for each in _filtered(request)]
    return _workbook(expert_sheet.LAYOUT.write(rows), "experts.xlsx")


@capability("expert.manage", methods=("GET", "POST"))
def expert_new(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    form = ExpertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = write(form, services.add_expert, jurisdiction=request.jurisdiction, by=request.actor, **form.values)
        if made:
            return redirect("reviews:expert", jurisdiction=request.jurisdiction.code, pk=made.pk)
    return render(request, "reviews/expert_new.html", {"form": form}, status=422 if form.errors else 200)


@capability("expert.manage", methods=("GET", "POST"))
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what the list says, and whether they can be called upon."""
    found = get_object_or_404(_own(request), pk=pk)
    form = ExpertForm(request.POST or None, initial=typed(found))
    if (
        request.method == "POST"
        and form.is_valid()
        and write(form, services.edit_expert, expert=found, by=request.actor, **form.values)
    ):
        return redirect("reviews:expert", jurisdiction=request.jurisdiction.code, pk=pk)
    context = {
        "expert": found,
        "form": form,
        "state_form": ExpertStateForm(initial={"state": found.state}),
        "account_form": ExpertAccountForm(users=linkable_users(request.jurisdiction)),
    }
    return render(request, "reviews/expert.html", context, status=422 if form.errors else 200)


@capability("expert.manage", methods=("POST",))
def expert_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, restore or remove."""
    found = get_object_or_404(_own(request), pk=pk)
    form = ExpertStateForm(request.POST)
    state = form.data.get("state") if form.is_valid() else found.state
    tell(
        request, "专家状态已调整", services.set_expert_state,
        expert=found, state=ExpertState(str(state)), reason=form.cleaned_data.get("reason", ""), by=request.actor,
    )  # fmt: skip
    return redirect("reviews:expert", jurisdiction=request.jurisdiction.code, pk=pk)


@capability("expert.manage", methods=("POST",))
def expert_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Link an account."""
    found = get_object_or_404(_own(request), pk=pk)
    form = ExpertAccountForm(request.POST, users=linkable_users(request.jurisdiction))
    if form.is_valid():
        tell(
            request, "账号已关联", services.link_expert, expert=found, user=form.cleaned_data["user"], by=request.actor
        )
    return redirect("reviews:expert", jurisdiction=request.jurisdiction.code, pk=pk)


@capability("expert.manage")
def experts_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return _workbook(expert_sheet.LAYOUT.write(()), "experts-template.xlsx")


@capability("expert.manage", methods=("GET", "POST"))
def experts_import(request: HttpRequest) -> HttpResponse:
    """Read a workbook, show what it would do, and do it when asked once more."""
    if "rows" in request.POST:
        rows = _confirmed_rows(request.POST["rows"])
        added = (
            services.import_experts(jurisdiction=request.jurisdiction, rows=rows, by=request.actor)[0] if rows else 0
        )
        tell(request, f"已导入 {added} 人", lambda: None)
        return redirect("reviews:experts", jurisdiction=request.jurisdiction.code)
    form = ExpertImportForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        rows_found, problem = expert_sheet.LAYOUT.read(form.cleaned_data["workbook"])
        if problem:
            form.add_error("workbook", problem)
        else:
            preview = preview_of(rows_found)
            raw = [values for number, values in rows_found if number not in dict(preview.problems)]
            context |= {"preview": preview, "rows_json": json.dumps(raw, ensure_ascii=False)}
    return render(request, "reviews/experts_import.html", context, status=422 if form.errors else 200)


def _cells(expert: Expert) -> list[object]:
    said = typed(expert) | {"grade": expert.get_grade_display()}
    return [said[key] for key, _, _ in expert_sheet.COLUMNS]


def _confirmed_rows(text: str) -> list[dict[str, object]]:
    """The rows of a preview, checked again: what a browser sends back is not trusted."""
    try:
        given = json.loads(text)
        numbered = [(at, {key: str(value) for key, value in row.items()}) for at, row in enumerate(given)]
    except (ValueError, AttributeError, TypeError):
        return []
    return preview_of(numbered[: expert_sheet.LAYOUT.most_rows]).rows


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
