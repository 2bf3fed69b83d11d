"""Anonymous leads: the form anybody may send, and the list of those who handle objections."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.accounts.guards import capability, visitor
from reviews.enums import TipState
from reviews.forms.tips import TipForm, TipNoteForm
from reviews.models import PublicNotice, Tip
from reviews.permissions import readable_tips
from reviews.services.tips import check_tip, receive_tip
from reviews.views.acts import write


@visitor(methods=("GET", "POST"))
def tip_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a notice without a name. There is no receipt, and nothing to look up later."""
    found = get_object_or_404(PublicNotice.objects.select_related("jurisdiction"), pk=pk)
    form = TipForm(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and write(form, receive_tip, notice=found, by=request.actor, **form.cleaned_data):
        messages.success(request, "线索已提交，由工作人员核实。匿名线索不出具回执，不反馈结果")
        return redirect("reviews:notice", jurisdiction=request.jurisdiction.code, pk=pk)
    return render(request, "reviews/tip_new.html", {"notice": found, "form": form}, status=422 if form.errors else 200)


@capability("objection.read")
def tips(request: HttpRequest) -> HttpResponse:
    """All leads, the newest first."""
    state = request.GET.get("state", "")
    rows = readable_tips(Tip.objects.select_related("notice", "handled_by"), request.actor)
    if state in TipState.values:
        rows = rows.filter(state=state)
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filters": [
            {"name": "state", "label": "状态", "value": state, "options": [("", "全部状态"), *TipState.choices]}
        ],
    }
    return render(request, "reviews/tips.html", context)


@capability("objection.read", methods=("GET", "POST"), writes="objection.handle")
def tip(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead; POST writes down what came of it."""
    rows = readable_tips(Tip.objects.select_related("notice", "handled_by"), request.actor)
    found = get_object_or_404(rows, pk=pk)
    form = TipNoteForm(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and write(form, check_tip, tip=found, by=request.actor, **form.cleaned_data):
        messages.success(request, "核实情况已登记")
        return redirect("reviews:tip", jurisdiction=request.jurisdiction.code, pk=pk)
    may_handle = found.state == TipState.RECEIVED and request.actor.can("objection.handle")
    context = {"tip": found, "form": form, "may_handle": may_handle or bool(form.errors)}
    return render(request, "reviews/tip.html", context, status=422 if form.errors else 200)
