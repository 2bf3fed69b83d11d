"""The bureau's handling of objections."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.guards import capability
from portal.documents.selectors import documents_of
from reviews.enums import OPEN_OBJECTIONS, ObjectionState
from reviews.forms.lists import FindingForm, RulingForm
from reviews.models import Objection
from reviews.permissions import readable_objections
from reviews.selectors.notices import objections_in_list
from reviews.services import objections as services
from reviews.views.acts import Act, perform, write


def _own(request: HttpRequest, pk: int) -> Objection:
    return get_object_or_404(objections_in_list(readable_objections(Objection.objects.all(), request.actor)), pk=pk)


@capability("objection.read")
def objections(request: HttpRequest) -> HttpResponse:
    """All objections, open ones first when asked."""
    state = request.GET.get("state", "")
    rows = objections_in_list(readable_objections(Objection.objects.order_by("-id"), request.actor))
    if state == "open":
        rows = rows.filter(state__in=OPEN_OBJECTIONS)
    elif state in ObjectionState.values:
        rows = rows.filter(state=state)
    options = [("", "全部状态"), ("open", "未办结"), *ObjectionState.choices]
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filters": [{"name": "state", "label": "状态", "value": state, "options": options}],
    }
    return render(request, "reviews/objections.html", context)


@capability("objection.read", methods=("GET", "POST"), writes="objection.handle")
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: what is said, what was found; POST writes the finding down."""
    found = _own(request, pk)
    entries = found.notice.shortlist.entries.select_related("application__organisation")
    initial = {"entry": found.entry, "finding": found.finding}
    form = FindingForm(request.POST or None, initial=initial, entries=entries)
    if request.method == "POST" and form.is_valid():
        done = write(form, services.handle_objection, objection=found, by=request.actor, **form.cleaned_data)
        if done:
            return redirect("reviews:objection", jurisdiction=request.jurisdiction.code, pk=pk)
    is_open = found.state in OPEN_OBJECTIONS
    context = {
        "objection": found,
        "form": form,
        "files": [link.stored for link in found.files.select_related("stored")],
        "documents": documents_of(found, "objection_receipt"),
        "may_handle": is_open and request.actor.can("objection.handle"),
        "may_rule": found.state == ObjectionState.HANDLING and request.actor.can("objection.rule"),
        "is_open": is_open,
    }
    return render(request, "reviews/objection.html", context, status=422 if form.errors else 200)


@capability("objection.rule", methods=("GET", "POST"))
def objection_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule on an objection, as a second person."""
    found = _own(request, pk)
    form = RulingForm(request.POST or None)
    unit = found.entry.application.organisation.name if found.entry else "未指明单位"
    act = Act(
        title=f"处理异议 {found.number}", submit_label="作出处理", form=form, done="异议处理结果已登记",
        cancel_url=reverse("reviews:objection", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk}),
        lead=f"所涉单位：{unit}",
        effects=[
            "成立：该单位移出名单，申报转为“未认定”",
            "不成立或不予受理：该单位的认定不再受本件异议影响",
            "需复核：该单位继续暂缓，由经办人再次核查",
        ],
        do=lambda: services.rule_objection(
            objection=found, outcome=form.cleaned_data["outcome"], ruling=form.cleaned_data["ruling"], by=request.actor
        ),
    )  # fmt: skip
    return perform(request, act)
