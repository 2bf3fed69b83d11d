"""A bureau reviews registrations and changes of units; a security administrator lets special codes pass."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.accounts import permissions
from portal.accounts.guards import capability
from portal.accounts.models import UnitChange
from portal.accounts.selectors import open_change, people_of
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import approve_special_code, review_registration
from portal.accounts.services.units import review_unit_change
from portal.tenancy.enums import OrganisationState
from portal.tenancy.models import Organisation

TABS = (("", "待审核"), ("active", "已通过"), ("rejected", "未通过"), ("changes", "名称、代码变更"))


@capability("registration.review", "account.manage")
def registrations(request: HttpRequest) -> HttpResponse:
    """List the units that asked this office for review."""
    actor = request.actor  # type: ignore[attr-defined]
    state, search = request.GET.get("state", ""), request.GET.get("q", "").strip()
    units = permissions.reviewable_units(Organisation.objects.all(), actor)
    if state == "changes":
        waiting = permissions.reviewable_changes(UnitChange.objects.filter(state="pending"), actor)
        units = units.filter(pk__in=waiting.values("organisation"))
    else:
        units = units.filter(state=state if state in OrganisationState.values else OrganisationState.PENDING)
    if search:
        units = units.filter(Q(name__icontains=search) | Q(credit_code__istartswith=search))
    page = Paginator(units.select_related("review_jurisdiction").order_by("id"), 50).get_page(request.GET.get("page"))
    tabs = [(label, f"?state={key}", state == key, None) for key, label in TABS]
    context = {"page": page, "tabs": tabs, "search": search, "keep": [("state", state)]}
    return render(request, "accounts/registrations.html", context)


@capability("registration.review", "account.manage", methods=("GET", "POST"))
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit; on POST decide: approve, reject, special_code, approve_change or reject_change."""
    actor = request.actor  # type: ignore[attr-defined]
    unit = get_object_or_404(permissions.reviewable_units(Organisation.objects.all(), actor), pk=pk)
    reason, error = request.POST.get("reason", "").strip(), ""
    if request.method == "POST":
        try:
            message = _decide(request, unit, request.POST.get("act", ""), reason)
        except Refused as refused:
            error = refused.message
        else:
            messages.success(request, message)
            return redirect("accounts:registration", pk=unit.pk)
    context = {
        "unit": unit,
        "people": people_of(unit),
        "change": open_change(unit),
        "namesakes": Organisation.objects.filter(kind="unit", name=unit.name).exclude(pk=unit.pk).count(),
        "may_review": actor.can("registration.review"),
        "may_pass_code": actor.can("account.manage") and unit.waits_for_special_code,
        "reason": reason,
        "errors": [{"label": "", "message": error, "anchor": "reason"}] if error else [],
    }
    return render(request, "accounts/registration.html", context, status=400 if error else 200)


def _decide(request: HttpRequest, unit: Organisation, act: str, reason: str) -> str:
    by = request.actor  # type: ignore[attr-defined]
    if len(reason) > 300:
        raise Refused(f"审核意见不超过 300 字，现为 {len(reason)} 字", "reason")
    if act == "special_code":
        approve_special_code(organisation=unit, reason=reason, by=by)
        return "已核准该单位使用特殊代码"
    if act in {"approve", "reject"}:
        review_registration(organisation=unit, approve=act == "approve", reason=reason, by=by)
        return "审核已通过，该单位可以申报" if act == "approve" else "已退回，该单位可按原因修改后重新提交"
    change = open_change(unit)
    if act in {"approve_change", "reject_change"} and change:
        review_unit_change(change=change, approve=act == "approve_change", reason=reason, by=by)
        return "变更已生效" if act == "approve_change" else "变更未通过，该单位沿用原名称和代码"
    raise Refused("没有可办理的事项，请刷新页面后查看")
