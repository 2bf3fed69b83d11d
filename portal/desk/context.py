"""What every page knows: where it is, who looks at it, what waits for them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal.calendars import clock
from portal.notifications.selectors import unread_count

_PAGES = (("申报", "home"), ("公示", "notices"), ("基地名录", "directory"), ("政策条文", "rules"), ("核验", "verify"))


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of base.html. Nothing here costs a query unless the page shows it."""
    jurisdiction = getattr(request, "jurisdiction", None)
    actor = getattr(request, "actor", None)
    return {
        "platform_name": settings.PORTAL_NAME,
        "platform_operator": settings.PORTAL_OPERATOR,
        "site_nav": _navigation(request, jurisdiction.code if jurisdiction else ""),
        "unread_count": SimpleLazyObject(lambda: unread_count(actor)),
        "now": clock.now(),
        "clock_is_fixed": clock.is_fixed(),
    }


def _navigation(request: HttpRequest, code: str) -> list[tuple[str, str, bool]]:
    entries = []
    for label, name in _PAGES:
        shared = "desk:public_home" if name == "home" else f"desk:{name}"
        url = reverse(f"place:{name}", kwargs={"jurisdiction": code}) if code else reverse(shared)
        entries.append((label, url, request.path == url))
    return entries
