"""Who may open a view, and whether it may write. A view without a guard is refused by the middleware."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.gates import first_step

View = Callable[..., HttpResponseBase]
SAFE = ("GET", "HEAD", "OPTIONS")
_WRITES = ("INSERT", "UPDATE", "DELETE")
_FREE_TABLES = ('"django_session"', '"axes_')  # bookkeeping of the session itself


class WritingGet(RuntimeError):
    """A view wrote to the database in answer to a request that promised to change nothing."""


def visitor(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Admit everyone, signed in or not."""
    return _guard("visitor", methods, lambda request: None)


def signed_in(*, methods: tuple[str, ...] = ("GET",), gated: bool = True) -> Callable[[View], View]:
    """Admit every signed-in person, in whatever capacity. `gated=False` is for the pages that a gate itself leads to."""
    return _guard("signed_in", methods, _admit if gated else sign_in_first)


def capability(*names: str, methods: tuple[str, ...] = ("GET",), writes: str = "") -> Callable[[View], View]:
    """Admit a person whose present role holds one of the capabilities; on a jurisdiction's page, an office only in its own.

    `writes` names the capability a POST needs on top, where more people may read the page than change what is on it.
    """

    def check(request: HttpRequest) -> HttpResponse | None:
        if response := _admit(request):
            return response
        actor = request.actor  # type: ignore[attr-defined]
        if actor.organisation and not actor.organisation.may_act:
            return redirect("accounts:standing")  # the unit's registration waits for review, or was turned down
        if not any(actor.can(name) for name in names) or (
            writes and request.method not in SAFE and not actor.can(writes)
        ):
            raise PermissionDenied("您当前的身份不能打开此页面")
        place = request.jurisdiction  # type: ignore[attr-defined]
        if place and actor.jurisdiction_id not in (None, place.pk):
            raise PermissionDenied("您当前的身份属于其他辖区，不能打开此页面")
        return None

    return _guard(",".join(names), methods, check)


def _guard(
    access: str, methods: tuple[str, ...], check: Callable[[HttpRequest], HttpResponse | None]
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in (*methods, "HEAD", "OPTIONS"):
                return HttpResponseNotAllowed(methods)
            if response := check(request):
                return response
            with _read_only() if request.method in SAFE else nullcontext():
                return view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return guarded

    return decorate


def _admit(request: HttpRequest) -> HttpResponse | None:
    if response := sign_in_first(request):
        return response
    if step := first_step(request):
        if _in_background(request):
            return HttpResponse("请先完成身份验证或修改密码", status=401, content_type="text/plain; charset=utf-8")
        return redirect_to_login(request.get_full_path(), reverse(step))
    return None


def _in_background(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) or request.headers.get("accept", "").startswith("application/json")


def sign_in_first(request: HttpRequest) -> HttpResponse | None:
    """Lead a visitor to sign in and back again; None for everybody who has."""
    if request.actor.user is not None:  # type: ignore[attr-defined]
        return None
    if _in_background(request):
        # A background request must not swap a sign-in page into the form: the page shows a bar and keeps what was typed.
        return HttpResponse("登录已失效，请重新登录", status=401, content_type="text/plain; charset=utf-8")
    return redirect_to_login(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    """Return what to open after signing in: the page asked for, or the page that an act was sent from."""
    if request.method in SAFE:
        return request.get_full_path()
    sent_from = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure()):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(sent_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _read_only() -> AbstractContextManager[Any]:
    return connection.execute_wrapper(_refuse_writes)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.lstrip()[:6].upper() in _WRITES and not any(table in sql for table in _FREE_TABLES):
        raise WritingGet(sql[:120])
    return execute(sql, params, many, context)
