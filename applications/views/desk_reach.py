"""Finding the file a bureau's page is about, and the way back to the page an act was made on."""

from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from applications.models import Application, Call
from applications.permissions import readable_applications, visible_calls
from applications.selectors.reading import read_application

KEPT = ("at", "file", "p", "list")  # what of a reading view's address survives an act


def files(request: HttpRequest) -> QuerySet[Application]:
    """Return the applications the actor may read."""
    return readable_applications(Application.objects.all(), request.actor)  # type: ignore[attr-defined]


def calls(request: HttpRequest) -> QuerySet[Call]:
    """Return the calls of this place the actor may see."""
    place = request.jurisdiction  # type: ignore[attr-defined]
    return visible_calls(Call.objects.filter(jurisdiction=place), request.actor)  # type: ignore[attr-defined]


def file_or_404(request: HttpRequest, pk: int) -> Application:
    """Return one file with what the reading view needs of it."""
    try:
        return read_application(files(request), pk)
    except Application.DoesNotExist:
        raise Http404("没有这份申报，或您无权查看") from None


def address(request: HttpRequest, name: str, **kwargs: object) -> str:
    """Return an address of this place's desk."""
    code = request.jurisdiction.code  # type: ignore[attr-defined]
    return reverse(f"applications:{name}", kwargs={"jurisdiction": code, **kwargs})


def reading_address(request: HttpRequest, pk: int, **params: object) -> str:
    """Return the address of a reading view."""
    query = urlencode({key: value for key, value in params.items() if value})
    return address(request, "reading", pk=pk) + (f"?{query}" if query else "")


def kept(raw: str) -> dict[str, str]:
    """Read the part of a posted `back` that may stand in a reading view's address again."""
    return {key: value for key, value in parse_qsl(raw) if key in KEPT}


def back(request: HttpRequest, pk: int, **params: object) -> HttpResponse:
    """Lead back to the reading view an act was made on."""
    return redirect(reading_address(request, pk, **(kept(request.POST.get("back", "")) | params)))
