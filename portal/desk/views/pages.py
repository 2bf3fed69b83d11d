"""Pages every government site has, and the switch to elder mode."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.guards import visitor

YEAR = 365 * 24 * 3600


@visitor(methods=("POST",))
def elder(request: HttpRequest) -> HttpResponse:
    """Turn elder mode (larger type, simpler menus) on or off, and go back to where one was."""
    wanted = request.POST.get("next", "/")
    response = redirect(wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/")
    on = request.POST.get("elder") == "1"
    response.set_cookie(
        "elder", "1" if on else "0", max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@visitor()
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page in one list."""
    return render(request, "desk/site_map.html", {"places": request.jurisdictions})  # type: ignore[attr-defined]


@visitor()
def privacy(request: HttpRequest) -> HttpResponse:
    """What personal information is taken, why, and for how long."""
    return render(request, "desk/privacy.html")


@visitor()
def accessibility(request: HttpRequest) -> HttpResponse:
    """How to use the portal by keyboard, with a screen reader, in large type."""
    return render(request, "desk/accessibility.html")


@visitor()
def manual(request: HttpRequest) -> HttpResponse:
    """The manual for each kind of person."""
    return render(request, "desk/manual.html")
