"""Changing a password, and setting a new one when it is forgotten."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.addresses import client_ip
from portal.accounts.confirmation import mark_confirmed
from portal.accounts.forms.passwords import ChangePasswordForm, ForgotForm, NewPasswordForm
from portal.accounts.guards import signed_in, visitor
from portal.accounts.passwords import has_expired
from portal.accounts.services.passwords import change_password, reset_password, send_reset_links, user_of_link
from portal.accounts.views.session import safe_next


@signed_in(methods=("GET", "POST"), gated=False)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; staff whose password is too old come here before anything else."""
    actor = request.actor  # type: ignore[attr-defined]
    form = ChangePasswordForm(actor.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(user=actor.user, password=form.cleaned_data["password"], by=actor)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            update_session_auth_hash(request, actor.user)  # this session goes on, every other one of the person ends
            mark_confirmed(request)
            messages.success(request, "密码已修改，其他设备上的登录已退出")
            return redirect(safe_next(request, request.POST.get("next", "")))
    next_url = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "expired": has_expired(actor.user), "next": next_url}
    return render(request, "accounts/password.html", context, status=400 if form.errors else 200)


@visitor(methods=("GET", "POST"))
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask for a link by e-mail. The answer is the same whether or not there is such an account."""
    form = ForgotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        path = reverse("accounts:reset", kwargs={"uid": "UID", "token": "TOKEN"})
        send_reset_links(
            username=form.cleaned_data["username"].strip(),
            email=form.cleaned_data["email"],
            address=request.build_absolute_uri(path).replace("UID", "{uid}").replace("TOKEN", "{token}"),
            ip=client_ip(request),
        )
        return render(request, "accounts/forgot_sent.html")
    return render(request, "accounts/forgot.html", {"form": form}, status=400 if form.errors else 200)


@visitor(methods=("GET", "POST"))
def reset(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set a new password by a link that came by mail or from a security administrator."""
    if user_of_link(uid, token) is None:
        return render(request, "accounts/link_over.html", {"what": "重置密码"}, status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reset_password(uid=uid, token=token, password=form.cleaned_data["password"], ip=client_ip(request))
        except ValidationError as error:
            form.add_error("password", error)
        else:
            messages.success(request, "新密码已设置，请登录")
            return redirect("accounts:login")
    return render(request, "accounts/reset.html", {"form": form}, status=400 if form.errors else 200)
