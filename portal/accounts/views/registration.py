"""A unit registers, sees how its review stands, and corrects what was turned down."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.addresses import client_ip
from portal.accounts.confirmation import mark_confirmed
from portal.accounts.forms.people import PersonForm
from portal.accounts.forms.units import UnitForm, initial_of
from portal.accounts.guards import signed_in, visitor
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import amend_registration, register_unit


@visitor(methods=("GET", "POST"))
def register(request: HttpRequest) -> HttpResponse:
    """Register a unit together with its first administrator."""
    unit, person = UnitForm(request.POST or None), PersonForm(request.POST or None)
    if request.method == "POST" and all([unit.is_valid(), person.is_valid()]):
        try:
            user = register_unit(
                unit=unit.details(),
                person=person.details(),
                review_jurisdiction=unit.cleaned_data["review_jurisdiction"],
                ip=client_ip(request),
            )
        except Refused as refused:
            form = person if refused.field in person.fields else unit
            form.add_error(refused.field or None, refused.message)
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            mark_confirmed(request)
            return redirect("accounts:standing")
    context = {"unit": unit, "person": person, "forms": [unit, person]}
    return render(request, "accounts/register.html", context, status=_status(unit, person))


@signed_in()
def standing(request: HttpRequest) -> HttpResponse:
    """Show how the review of one's unit stands."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.organisation is None or actor.organisation.may_act:
        return redirect("desk:home")
    return render(request, "accounts/standing.html", {"organisation": actor.organisation})


@signed_in(methods=("GET", "POST"))
def amend(request: HttpRequest) -> HttpResponse:
    """Correct a registration that waits or was turned down, and send it again."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.organisation is None or actor.organisation.may_act:
        return redirect("desk:home")
    form = UnitForm(request.POST or None, initial=initial_of(actor.organisation))
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["review_jurisdiction"]
        try:
            amend_registration(
                organisation=actor.organisation, unit=form.details(), review_jurisdiction=place, by=actor
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            return redirect("accounts:standing")
    context = {"unit": form, "organisation": actor.organisation}
    return render(request, "accounts/amend.html", context, status=_status(form))


def _status(*forms: UnitForm | PersonForm) -> int:
    return 400 if any(form.is_bound and form.errors for form in forms) else 200
