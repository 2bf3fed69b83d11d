"""Proving, or setting up, the second factor."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_otp import login as otp_login

from portal.accounts.gates import SECOND_FACTOR_KEY
from portal.accounts.guards import signed_in
from portal.accounts.selectors import has_second_factor
from portal.accounts.services.refusals import Refused
from portal.accounts.services.second_factor import enrol, enrolment_uri, new_secret, prove, readable_secret
from portal.accounts.views.session import safe_next

SECRET_KEY = "new_second_factor"  # noqa: S105  # names a place in the session


@signed_in(methods=("GET", "POST"), gated=False)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a person without a device is shown how to set one up first."""
    user = request.actor.user  # type: ignore[attr-defined]
    enrolled = has_second_factor(user)
    if enrolled and request.user.is_verified():  # type: ignore[union-attr]
        return render(request, "accounts/second_factor_done.html")
    wanted, error = request.POST.get("next") or request.GET.get("next", ""), ""
    if request.method == "POST":
        try:
            _prove_or_enrol(request, enrolled, request.POST.get("code", "").replace(" ", "")[:12])
        except Refused as refused:
            error = refused.message
        else:
            return redirect(safe_next(request, wanted))
    context = {"next": wanted, "errors": [{"label": "动态口令", "message": error, "anchor": "code"}] if error else []}
    if not enrolled:
        secret = request.session.setdefault(SECRET_KEY, new_secret())
        picture = segno.make(enrolment_uri(user, secret), error="m").svg_data_uri(scale=4, border=2)
        context |= {"picture": picture, "secret": readable_secret(secret)}
    page = "second_factor" if enrolled else "second_factor_enrol"
    return render(request, f"accounts/{page}.html", context, status=400 if error else 200)


def _prove_or_enrol(request: HttpRequest, enrolled: bool, code: str) -> None:
    by = request.actor  # type: ignore[attr-defined]
    if enrolled:
        device = prove(user=by.user, code=code)
    else:
        secret = request.session.get(SECRET_KEY, "")
        if not secret:
            raise Refused("页面已过期，请用新的二维码重新绑定")
        device = enrol(user=by.user, secret=secret, code=code, by=by)
        del request.session[SECRET_KEY]
        messages.success(request, "动态口令已启用，以后登录时须输入")
    otp_login(request, device)
    request.session.pop(SECOND_FACTOR_KEY, None)
    request.session.cycle_key()
