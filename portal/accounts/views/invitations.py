"""A person answers an invitation: with the account they have, or by opening one."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.addresses import client_ip
from portal.accounts.confirmation import mark_confirmed
from portal.accounts.forms.people import PersonForm
from portal.accounts.gates import first_step
from portal.accounts.guards import visitor
from portal.accounts.middleware import MEMBERSHIP_KEY
from portal.accounts.selectors import open_invitation
from portal.accounts.services.members import accept, hashed
from portal.accounts.services.refusals import Refused


@visitor(methods=("GET", "POST"))
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what; on POST join."""
    found = open_invitation(hashed(token))
    if found is None:
        return render(request, "accounts/link_over.html", {"what": "邀请"}, status=410)
    user = request.actor.user  # type: ignore[attr-defined]
    if user is not None and first_step(request) == "accounts:second_factor":
        return redirect_to_login(request.get_full_path(), reverse("accounts:second_factor"))
    typed = request.POST if request.method == "POST" and user is None else None
    form = PersonForm(typed, initial={"person_name": found.name, "email": found.email})
    error = ""
    if request.method == "POST" and (user is not None or form.is_valid()):
        person = None if user is not None else form.details()
        try:
            membership = accept(token=token, user=user, person=person, ip=client_ip(request))
        except Refused as refused:
            error = refused.message
            if refused.field in form.fields:
                form.add_error(refused.field, refused.message)
        else:
            if user is None:
                login(request, membership.user, backend="django.contrib.auth.backends.ModelBackend")
                mark_confirmed(request)
            request.session[MEMBERSHIP_KEY] = membership.pk
            messages.success(request, f"您已加入{found.organisation.name}，身份为{found.role.label}")
            return redirect("desk:home")
    context = {
        "invitation": found,
        "form": form,
        "error": error,
        "errors": form if form.errors else [{"label": "", "message": error, "anchor": ""}] if error else [],
    }
    return render(request, "accounts/invitation.html", context, status=400 if error or form.errors else 200)
