"""A unit's own bases: the list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.models import Base
from assessments.permissions import readable_bases
from assessments.selectors.bases import with_terms
from portal.accounts.guards import capability


@capability("base.report")
def my_bases(request: HttpRequest) -> HttpResponse:
    """The bases of the unit in this jurisdiction, those that still hold their title first."""
    own = with_terms(readable_bases(Base.objects.all(), request.actor)).order_by("ended_on", "-recognised_on", "id")  # type: ignore[attr-defined]
    standing = [base for base in own if base.is_active]
    ended = [base for base in own if not base.is_active]
    return render(request, "assessments/my_bases.html", {"bases": [*standing, *ended]})
