"""A number in full, for once: asked for with a reason, shown on the answer to the POST and nowhere else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from portal.accounts.guards import capability
from portal.accounts.models import Membership
from portal.accounts.permissions import manageable_memberships, reachable_memberships
from portal.accounts.services.refusals import Refused
from portal.accounts.services.reveal import MAXIMUM_REASON, MINIMUM_REASON, reveal_phone


@capability("unit.manage", "account.manage", "registration.review", methods=("GET", "POST"))
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why; on POST show the number."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = reachable_memberships(Membership.objects.select_related("user", "organisation"), actor)
    found = get_object_or_404(rows, pk=pk)
    reason, number = request.POST.get("reason", ""), ""
    problem: Refused | None = None
    if request.method == "POST":
        try:
            number = reveal_phone(membership=found, reason=reason, by=actor)
        except Refused as refused:
            problem = refused
    managed = manageable_memberships(Membership.objects.filter(pk=pk), actor).exists()
    context = {
        "membership": found,
        "number": number,
        "reason": reason,
        "errors": [{"label": "查看原因", "message": problem.message, "anchor": "reason"}] if problem else [],
        "least": MINIMUM_REASON,
        "most": MAXIMUM_REASON,
        "back": reverse("accounts:member", args=[pk])
        if managed
        else reverse("accounts:registration", args=[found.organisation_id]),
    }
    return render(request, "accounts/reveal.html", context, status=422 if problem else 200)
