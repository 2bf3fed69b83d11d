"""Signing in and out, and choosing in which capacity to act."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.addresses import client_ip
from portal.accounts.confirmation import mark_confirmed
from portal.accounts.gates import SECOND_FACTOR_KEY
from portal.accounts.guards import signed_in, visitor
from portal.accounts.middleware import MEMBERSHIP_KEY
from portal.accounts.models import User
from portal.accounts.selectors import has_second_factor, usable_memberships
from portal.accounts.services.sessions import note_failed_sign_in, note_sign_in, note_sign_out

WRONG = "登录名或密码不正确，请核对后重新输入；连续输错 5 次将锁定 15 分钟"


@visitor(methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with login name and password; what was typed stays, except the password."""
    context: dict[str, Any] = {"next": request.POST.get("next") or request.GET.get("next", "")}
    if request.method == "POST":
        username = request.POST.get("username", "").strip()
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if isinstance(user, User):
            return _enter(request, user, context["next"])
        if not getattr(request, "axes_locked_out", False):
            note_failed_sign_in(username=username, ip=client_ip(request))
        context |= {"username": username, "error": WRONG}
    context["ended_idle"] = request.session.get("ended_idle", False)
    return render(request, "accounts/login.html", context, status=400 if "error" in context else 200)


@signed_in(methods=("POST",), gated=False)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    note_sign_out(by=request.actor)  # type: ignore[attr-defined]
    logout(request)
    messages.success(request, "已退出登录")
    return redirect("desk:public_home")


@signed_in(methods=("GET", "POST"))
def switch(request: HttpRequest) -> HttpResponse:
    """Show one's capacities; on POST, act in another of them from now on."""
    memberships = usable_memberships(request.user)  # type: ignore[arg-type]
    if request.method == "GET":
        return render(request, "accounts/switch.html", {"memberships": memberships})
    wanted = request.POST.get("membership", "")
    if wanted.isdecimal() and memberships.filter(pk=int(wanted)).exists():
        request.session[MEMBERSHIP_KEY] = int(wanted)
        return redirect("desk:home")
    messages.error(request, "不能切换到该身份：授权可能已到期或被撤销，请重新选择")
    return redirect("accounts:switch")


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say that sign-in is locked for a while after too many failures."""
    return render(request, "accounts/locked.html", status=429)


def safe_next(request: HttpRequest, wanted: str) -> str:
    """Return where to go after a gate: the address asked for if it is one of ours, else the person's home."""
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("desk:home")


def _enter(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    login(request, user)  # gives the session a new key
    request.session.pop("ended_idle", None)
    mark_confirmed(request)
    note_sign_in(user=user, ip=client_ip(request))
    if has_second_factor(user):
        request.session[SECOND_FACTOR_KEY] = True
    first = usable_memberships(user).first()
    if first and not first.organisation.may_act:
        return redirect("accounts:standing")
    return redirect(safe_next(request, wanted))
