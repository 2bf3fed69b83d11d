"""The money of bases: one base's tab for the bureau and its unit, and the jurisdiction's overview."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from assessments.enums import BaseState
from assessments.forms.money import EnterForm, PlaqueForm
from assessments.models import Base, Grant
from assessments.permissions import readable_bases
from assessments.selectors.claim_pages import claimable
from assessments.selectors.money import (
    accounts,
    accounts_in_list,
    book_of,
    by_support,
    claims_at_desk,
    ending_case,
    payable_lines,
    totals,
)
from assessments.services.claim_decisions import enter_grant
from assessments.services.payments import record_award_plaque
from assessments.views.base_pages import own_base
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.policy import registry
from reviews.views.acts import Act, perform


@capability("base.read")
def base_money(request: Any, pk: int) -> HttpResponse:
    """A base's money as the bureau sees it."""
    return _tab(request, own_base(request, pk), mine=False)


@capability("base.report")
def my_money(request: Any, pk: int) -> HttpResponse:
    """A base's money as its unit sees it."""
    return _tab(request, own_base(request, pk), mine=True)


def _tab(request: Any, base: Base, *, mine: bool) -> HttpResponse:
    actor, edition = request.actor, base.edition
    context = {
        "base": base,
        "mine": mine,
        "book": book_of(base, actor),
        "claimable": claimable(base, clock.today()) if mine else [],
        "ending": ending_case(base),
        "rules": [each for each in edition.support if not each.tracks or base.track_key in each.tracks],
        "entered": [each for each in edition.money_of(base.track_key) if each.entered],
        "may_enter": actor.can("base.keep") and base.is_active,
        "may_pay": actor.can("payment.make"),
        "may_keep": actor.can("base.keep"),
        "spending": next((each for each in edition.ledgers if each.spending), None),
    }
    return render(request, "assessments/base_money.html", context)


@capability("base.keep", methods=("GET", "POST"))
def money_enter(request: Any, pk: int) -> HttpResponse:
    """Propose what a base is granted where the policy names no amount."""
    base = own_base(request, pk)
    choices = [(each.key, each.title) for each in base.edition.money_of(base.track_key) if each.entered]
    form = EnterForm(request.POST or None, choices=choices, initial={"support_key": choices[0][0] if choices else ""})
    act = Act(
        title="核定补助金额", submit_label="提交复审", form=form, done="核定意见已提交，待另一人复审",
        cancel_url=reverse("assessments:base_money", kwargs={"jurisdiction": base.jurisdiction.code, "pk": pk}),
        lead=f"{base.organisation.name}：{base.name}",
        effects=["政策没有载明金额，由主管部门核定", "由审批岗的另一人复审后生效，计入该基地的资金账户，由财务拨付"],
        do=lambda: enter_grant(base=base, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", methods=("GET", "POST"))
def award_plaque(request: Any, pk: int) -> HttpResponse:
    """Note that the plaque of an award was handed over."""
    reached = readable_bases(Base.objects.all(), request.actor)
    grant = get_object_or_404(
        Grant.objects.select_related("account__base__jurisdiction").filter(account__base__in=reached), pk=pk
    )
    base = grant.account.base
    form = PlaqueForm(request.POST or None, initial={"on": clock.today()})
    act = Act(
        title=f"登记“{grant.plaque_text}”铭牌", submit_label="登记", form=form, official=False, done="铭牌已登记",
        cancel_url=reverse("assessments:base_money", kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk}),
        lead=base.name, effects=["铭牌授予后登记一次"],
        do=lambda: record_award_plaque(grant=grant, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("base.read")
def money(request: Any) -> HttpResponse:
    """All accounts of the jurisdiction, with totals that balance."""
    found = accounts_in_list(
        accounts(request.actor), words=request.GET.get("q", ""), track=request.GET.get("track", ""),
        state=request.GET.get("state", ""),
    )  # fmt: skip
    tracks = registry.current(request.jurisdiction.code).tracks

    def choice(name: str, label: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        value = request.GET.get(name, "")
        return {"name": name, "label": label, "value": value, "options": [("", f"全部{label}"), *options]}

    context = {
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "totals": totals(found),
        "by_support": by_support(found),
        "filters": [
            choice("track", "类别", [(each.key, each.title) for each in tracks]),
            choice("state", "状态", BaseState.choices),
        ],
        "waiting": list(claims_at_desk(request.actor)[:50]),
        "payable": payable_lines(request.actor).count(),
    }
    return render(request, "assessments/money.html", context)
