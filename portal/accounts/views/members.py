"""The members of an organisation, for its administrator; of a place's offices and units, for its security administrator."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts import permissions
from portal.accounts.forms.members import InvitationForm
from portal.accounts.guards import capability
from portal.accounts.models import Invitation, Membership
from portal.accounts.selectors import has_second_factor
from portal.accounts.services.members import LINK_DAYS, cancel_invitation, extend, invite, revoke
from portal.accounts.services.people import give_reset_link, set_enabled
from portal.accounts.services.refusals import Refused
from portal.accounts.services.second_factor import reset_second_factor
from portal.calendars import clock
from portal.tenancy.models import Organisation

MANAGERS = ("unit.manage", "account.manage")


@capability(*MANAGERS)
def members(request: HttpRequest) -> HttpResponse:
    """List the members and the invitations that wait."""
    actor = request.actor  # type: ignore[attr-defined]
    search, ended = request.GET.get("q", "").strip(), request.GET.get("state") == "ended"
    lapsed = Q(active=False) | Q(valid_until__lt=clock.today()) | Q(user__is_active=False)
    rows = permissions.manageable_memberships(Membership.objects.all(), actor)
    rows = rows.filter(lapsed) if ended else rows.exclude(lapsed)
    if search:
        rows = rows.filter(Q(user__name__icontains=search) | Q(organisation__name__icontains=search))
    rows = rows.select_related("user", "organisation", "authorised_by").order_by("organisation_id", "id")
    waiting = permissions.manageable_invitations(
        Invitation.objects.filter(accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=clock.now()),
        actor,
    )
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "invitations": waiting.select_related("organisation")[:100],
        "tabs": [("有效", "?", not ended, None), ("已失效", "?state=ended", ended, None)],
        "search": search,
        "keep": [("state", "ended")] if ended else [],
        "today": clock.today(),
    }
    return render(request, "accounts/members.html", context)


@capability(*MANAGERS, methods=("GET", "POST"))
def invite_member(request: HttpRequest) -> HttpResponse:
    """Invite a person; the link is shown once, on the answer to the POST."""
    actor = request.actor  # type: ignore[attr-defined]
    own = actor.organisation if actor.can("unit.manage") else None
    organisations = permissions.manageable_organisations(Organisation.objects.exclude(state="closed"), actor)
    form = InvitationForm(request.POST or None, organisations=organisations, own=own)
    if request.method == "POST" and form.is_valid():
        path = reverse("accounts:invitation", kwargs={"token": "TOKEN"})
        try:
            invitation, link = invite(
                **form.cleaned_data, address=request.build_absolute_uri(path).replace("TOKEN", "{token}"), by=actor
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            context = {"invitation": invitation, "link": link, "days": LINK_DAYS}
            return render(request, "accounts/invited.html", context)
    return render(request, "accounts/invite.html", {"form": form, "own": own}, status=400 if form.errors else 200)


@capability(*MANAGERS, methods=("POST",))
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an invitation void."""
    actor = request.actor  # type: ignore[attr-defined]
    invitation = get_object_or_404(permissions.manageable_invitations(Invitation.objects.all(), actor), pk=pk)
    try:
        cancel_invitation(invitation=invitation, by=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"已取消对{invitation.name}的邀请，链接不再有效")
    return redirect("accounts:members")


@capability(*MANAGERS, methods=("GET", "POST"))
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member; on POST revoke, extend, or help with the account."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = permissions.manageable_memberships(Membership.objects.select_related("user", "organisation"), actor)
    membership = get_object_or_404(rows, pk=pk)
    error = link = ""
    if request.method == "POST":
        try:
            link = _act(request, membership)
        except Refused as refused:
            error = refused.message
        else:
            if not link:
                return redirect("accounts:member", pk=pk)
    context = {
        "membership": membership,
        "person": membership.user,
        "errors": [{"label": "", "message": error, "anchor": "reason"}] if error else [],
        "reason": request.POST.get("reason", "") if error else "",
        "link": link,
        "oneself": membership.user_id == actor.user.pk,
        "may_help": actor.can("account.manage"),
        "second_factor": has_second_factor(membership.user),
        "today": clock.today(),
    }
    return render(request, "accounts/member.html", context, status=400 if error else 200)


def _act(request: HttpRequest, membership: Membership) -> str:
    by, act = request.actor, request.POST.get("act", "")  # type: ignore[attr-defined]
    reason = request.POST.get("reason", "").strip()[:300]
    said = ""
    if act == "revoke":
        revoke(membership=membership, reason=reason, by=by)
        said = "授权已撤销，立即生效"
    elif act == "extend":
        extend(membership=membership, valid_until=_day(request.POST.get("valid_until", "")), by=by)
        said = "授权期限已修改"
    elif act == "second_factor":
        reset_second_factor(membership=membership, reason=reason, by=by)
        said = "动态口令已重置，本人下次登录时重新绑定"
    elif act in {"disable", "enable"}:
        set_enabled(membership=membership, enabled=act == "enable", reason=reason, by=by)
        said = "账户已恢复" if act == "enable" else "账户已停用，在所有单位均不能登录"
    elif act == "reset_link":
        path = reverse("accounts:reset", kwargs={"uid": "UID", "token": "TOKEN"})
        address = request.build_absolute_uri(path).replace("UID", "{uid}").replace("TOKEN", "{token}")
        return give_reset_link(membership=membership, reason=reason, address=address, by=by)
    else:
        raise Refused("没有可办理的事项，请刷新页面后重试")
    messages.success(request, said)
    return ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("授权截止日期应如 2025-07-17", "valid_until") from None
