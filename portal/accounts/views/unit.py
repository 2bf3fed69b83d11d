"""A unit's own particulars."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.forms.profile import UnitChangeForm
from portal.accounts.forms.units import CONTACT, ContactForm
from portal.accounts.guards import capability
from portal.accounts.selectors import latest_change
from portal.accounts.services.refusals import Refused
from portal.accounts.services.units import request_unit_change, update_unit


@capability("unit.manage", methods=("GET", "POST"))
def unit(request: HttpRequest) -> HttpResponse:
    """Show the unit; on POST save where it is and whom to call, at once."""
    actor = request.actor  # type: ignore[attr-defined]
    organisation = actor.organisation
    initial = {field: getattr(organisation, field) for field in ("nature", "central", *CONTACT)}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = update_unit(organisation=organisation, values=form.cleaned_data, by=actor)
        messages.success(request, "单位信息已保存" if changed else "没有改动")
        return redirect("accounts:unit")
    context = {"form": form, "organisation": organisation, "change": latest_change(organisation)}
    return render(request, "accounts/unit.html", context, status=400 if form.errors else 200)


@capability("unit.manage", methods=("GET", "POST"))
def change(request: HttpRequest) -> HttpResponse:
    """Ask for a new name or code; the present ones hold until a bureau has agreed."""
    actor = request.actor  # type: ignore[attr-defined]
    organisation = actor.organisation
    initial = {
        "name": organisation.name,
        "credit_code": organisation.credit_code,
        "review_jurisdiction": organisation.review_jurisdiction_id,
    }
    form = UnitChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            request_unit_change(organisation=organisation, **form.cleaned_data, by=actor)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            messages.success(request, "变更申请已提交，审核通过前沿用现名称和代码")
            return redirect("accounts:unit")
    context = {"form": form, "organisation": organisation}
    return render(request, "accounts/unit_change.html", context, status=400 if form.errors else 200)
