"""Scores that stand off: the chair explains them, or an officer in the chair's name."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.accounts.guards import capability
from reviews.enums import MemberState, PanelState
from reviews.forms.outliers import OutlierForm
from reviews.models import Panel, PanelMember
from reviews.permissions import own_memberships
from reviews.selectors.outliers import find_outliers, unexplained
from reviews.selectors.scores import terms_of
from reviews.services.outliers import explain_outliers
from reviews.views.acts import write
from reviews.views.panels import own_panel


@capability("review.score", methods=("GET", "POST"))
def panel_outliers(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's page: only the chair's, and only once the opinions are unsealed."""
    seats = PanelMember.objects.filter(
        panel=pk, chair=True, state=MemberState.DECLARED, panel__unsealed_at__isnull=False
    ).select_related("panel__application__organisation", "panel__application__call", "panel__application__current")
    seat = get_object_or_404(own_memberships(seats, request.actor))
    return _page(request, seat.panel, "reviews:panel_outliers")


@capability("review.run", methods=("GET", "POST"))
def panel_outliers_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The bureau's page for a chair who cannot act: the reason is asked for and recorded."""
    panel = own_panel(request, pk)
    if panel.unsealed_at is None:
        raise Http404("专家意见尚未启封")
    return _page(request, panel, "reviews:panel_outliers_desk", in_name=True)


def _page(request: HttpRequest, panel: Panel, name: str, *, in_name: bool = False) -> HttpResponse:
    found = find_outliers(panel)
    open_ = panel.state == PanelState.COMPLETE
    form = OutlierForm(request.POST if request.method == "POST" else None, found=found, in_name=in_name)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        done = write(form, explain_outliers, panel=panel, texts=form.texts(), by=request.actor, reason=reason)
        if done is not None:
            messages.success(request, "说明已保存")
            return redirect(name, jurisdiction=request.jurisdiction.code, pk=panel.pk)
    context = {
        "panel": panel,
        "application": panel.application,
        "form": form,
        "found": found,
        "missing": unexplained(found),
        "terms": terms_of(panel),
        "open": open_,
        "in_name": in_name,
    }
    return render(request, "reviews/outliers.html", context, status=422 if form.errors else 200)
