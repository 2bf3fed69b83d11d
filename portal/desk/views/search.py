"""Search over what a person may see: files, units, bases, notices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.models import Application
from applications.permissions import readable_applications
from applications.selectors.search import search_applications
from portal.accounts.guards import signed_in
from portal.desk.selectors import directory, public_notices

LIMIT = 20


@signed_in()
def search(request: HttpRequest) -> HttpResponse:
    """Find files by number or unit, bases and notices by name."""
    query = request.GET.get("q", "").strip()[:60]
    context: dict[str, object] = {"query": query}
    if query:
        mine = readable_applications(Application.objects.all(), request.actor)  # type: ignore[attr-defined]
        context |= {
            "applications": search_applications(mine, query, LIMIT),
            "bases": directory(query)[:LIMIT],
            "notices": public_notices().filter(title__icontains=query)[:LIMIT],
        }
    return render(request, "desk/search.html", context)
