"""Oneself: name, capacities, password, second factor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.accounts.guards import signed_in
from portal.accounts.selectors import has_second_factor, usable_memberships


@signed_in()
def profile(request: HttpRequest) -> HttpResponse:
    """Show one's account."""
    user = request.actor.user  # type: ignore[attr-defined]
    context = {
        "person": user,
        "memberships": usable_memberships(user),
        "second_factor": has_second_factor(user),
    }
    return render(request, "accounts/profile.html", context)
