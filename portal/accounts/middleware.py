"""Sets `request.actor`: who is acting, in which capacity, from where."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from portal.accounts.actor import Actor
from portal.accounts.addresses import client_ip
from portal.accounts.gates import second_factor_due
from portal.accounts.models import User
from portal.accounts.selectors import usable_memberships
from portal.calendars import clock

MEMBERSHIP_KEY = "membership_id"
SEEN_KEY = "seen_at"


class ActorMiddleware:
    """Ends idle sessions, then resolves the membership the person chose, or their first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor lazily: pages that never ask cost no query."""
        if "_auth_user_id" in request.session:
            self._end_if_idle(request)
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object) -> None:
        """Refuse a view nobody has guarded."""
        if not hasattr(view, "access") and not hasattr(getattr(view, "cls", None), "access"):
            raise PermissionDenied("此页面未声明访问权限")

    def _end_if_idle(self, request: HttpRequest) -> None:
        now = clock.now().timestamp()
        seen = request.session.get(SEEN_KEY)
        if seen is not None and now - seen > timedelta(minutes=settings.PORTAL_IDLE_MINUTES).total_seconds():
            logout(request)
            request.session["ended_idle"] = True
        elif seen is None or now - seen > 60:  # once a minute is often enough, and spares a write a request
            request.session[SEEN_KEY] = now


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a request; a visitor's has no user and can do nothing.

    Until the second factor is proved, a person acts in no capacity: nothing opens, by whatever way it is asked for.
    """
    ip = client_ip(request)  # a visitor always has one, even if empty: only the system has None
    if not isinstance(request.user, User):
        return Actor(user=None, membership=None, ip=ip)
    memberships = list(usable_memberships(request.user))
    chosen = request.session.get(MEMBERSHIP_KEY)
    membership = next((each for each in memberships if each.pk == chosen), memberships[0] if memberships else None)
    if second_factor_due(request, membership):
        request.second_factor_due = True  # type: ignore[attr-defined]
        membership = None
    return Actor(user=request.user, membership=membership, ip=ip)
