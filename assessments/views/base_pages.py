"""A base's page, which the bureau and the base's unit open at addresses of their own, and what the bureau records on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.enums import BaseState, ChangeKind, PlaqueState
from assessments.forms import PlaqueForm
from assessments.forms.history import ChangeForm
from assessments.models import Base
from assessments.permissions import readable_bases
from assessments.selectors.bases import with_terms
from assessments.selectors.history import events_of, to_examine
from assessments.selectors.plaques import plaque_acts
from assessments.services.changes import Change, record_change
from assessments.services.register import record_plaque
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.views.acts import write


def own_base(request: Any, pk: int) -> Base:
    """Return a base the reader reaches, with its unit and its terms; 404 for every other."""
    return get_object_or_404(with_terms(readable_bases(Base.objects.all(), request.actor)), pk=pk)


@capability("base.read")
def base(request: HttpRequest, pk: int) -> HttpResponse:
    """One base as the bureau sees it: its names, its history, its plaque."""
    return _page(request, own_base(request, pk))


@capability("base.report")
def my_base(request: HttpRequest, pk: int) -> HttpResponse:
    """One base as its unit sees it."""
    return _page(request, own_base(request, pk))


@capability("base.keep", methods=("POST",))
def plaque(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what became of a plaque."""
    found = own_base(request, pk)
    form = PlaqueForm(request.POST, acts=plaque_acts(found))
    if form.is_valid():
        answers = form.cleaned_data
        if write(
            form,
            record_plaque,
            base=found,
            by=request.actor,  # type: ignore[attr-defined]
            **(answers | {"state": PlaqueState(answers["state"])}),
        ):
            return redirect("assessments:base", jurisdiction=found.jurisdiction.code, pk=pk)
    return _page(request, found, form)


@capability("base.keep", methods=("GET", "POST"))
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a change of the base."""
    found = own_base(request, pk)
    form = ChangeForm(request.POST or None, request.FILES or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        upload = said.pop("evidence")
        told = Change(
            **(said | {"kind": ChangeKind(said["kind"])}), evidence=(upload.name, upload.file) if upload else None
        )
        if write(form, record_change, base=found, change=told, by=request.actor):  # type: ignore[attr-defined]
            messages.success(request, f"已登记：{told.kind.label}")
            return redirect("assessments:base", jurisdiction=found.jurisdiction.code, pk=pk)
    context = {"base": found, "form": form}
    return render(request, "assessments/base_change.html", context, status=422 if form.errors else 200)


def _page(request: Any, found: Base, form: PlaqueForm | None = None) -> HttpResponse:
    acts = plaque_acts(found)
    inside = request.actor.can("base.read")
    context = {
        "base": found,
        "inside": inside,
        "events": events_of(found, inside=inside),
        "to_examine": to_examine(found) if inside and found.state == BaseState.CLOSED else [],
        "documents": documents_of(found.source, "certificate"),
        "plaque_acts": acts,
        "form": form or PlaqueForm(initial={"on": clock.today(), "state": next(iter(acts), None)}, acts=acts),
        "may_keep": request.actor.can("base.keep"),
    }
    return render(request, "assessments/base.html", context, status=422 if form is not None else 200)
