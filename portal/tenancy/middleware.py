"""Finds the jurisdiction of a request and enters its scope."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django_scopes import scope

from portal.tenancy.selectors import active_jurisdictions

Handler = Callable[[HttpRequest], HttpResponse]


class HostMiddleware:
    """Leads the root of a jurisdiction's own host to its pages, and keeps other jurisdictions off that host."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect `/` on a jurisdiction's host; pass everything else on."""
        host = request.get_host().partition(":")[0]
        request.jurisdictions = active_jurisdictions()  # type: ignore[attr-defined]
        own = next((each for each in request.jurisdictions if each.host and each.host == host), None)  # type: ignore[attr-defined]
        request.host_jurisdiction = own  # type: ignore[attr-defined]
        if own and request.path_info == "/":
            return redirect(f"/{own.code}/")
        return self.get_response(request)


class JurisdictionMiddleware:
    """Sets `request.jurisdiction` from the path and enters the scope: one jurisdiction, or all active ones on shared pages.

    Shared pages (my tasks, the platform home) see all jurisdictions at once; what a person may see of them is decided by
    the querysets of `permissions`, as everywhere.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Resolve the path once more to read its `jurisdiction` argument; an unknown one is a 404."""
        everyone = request.jurisdictions  # type: ignore[attr-defined]
        code = _code(request.path_info)
        chosen = next((each for each in everyone if each.code == code), None)
        own = getattr(request, "host_jurisdiction", None)
        request.jurisdiction = chosen  # type: ignore[attr-defined]
        request.unknown_jurisdiction = bool(code and (chosen is None or (own and own != chosen)))  # type: ignore[attr-defined]
        with scope(jurisdiction=chosen or everyone):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]) -> None:
        """Take the argument off the view: it is on the request already."""
        if request.unknown_jurisdiction:  # type: ignore[attr-defined]
            raise Http404("没有这个辖区")
        kwargs.pop("jurisdiction", None)


def _code(path: str) -> str:
    try:
        return str(resolve(path).kwargs.get("jurisdiction", ""))
    except Resolver404:
        return ""
