"""The bureau's side of a claim: read with its checks, approved twice, sent back, refused."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessments.enums import ClaimState
from assessments.forms.money import FirstForm, ReasonForm, SecondForm
from assessments.models import Claim
from assessments.selectors.claim_pages import kind_of
from assessments.selectors.money import ending_case
from assessments.selectors.money_printing import heading_of
from assessments.services import claim_decisions, claims
from assessments.services.claim_decisions import TURN
from assessments.views.claims import claim_at, claim_context
from portal.accounts.guards import capability
from portal.calendars import clock
from reviews.views.acts import Act, perform


def _address(claim: Claim) -> str:
    return reverse("assessments:claim", kwargs={"jurisdiction": claim.base.jurisdiction.code, "pk": claim.pk})


def _lead(claim: Claim) -> str:
    return f"{claim.base.organisation.name}：{heading_of(claim)}，{claim.amount:,.2f} 元"


@capability("base.read")
def claim(request: Any, pk: int) -> HttpResponse:
    """A claim as the bureau reads it: as handed in, and by what is verified today."""
    found = claim_at(request, pk)
    context, actor = claim_context(found), request.actor
    reckoned, state = context["reckoned"], ClaimState(found.state)
    context |= {
        "today": [
            {"title": line.title, "verified": line.verified, "words": line.words, "kind": kind_of(line.verdict)}
            for line in (reckoned.lines if reckoned else ())
        ],
        "ending": ending_case(found.base),
        "may_first": state == ClaimState.SUBMITTED and actor.can("base.keep"),
        "may_second": state == ClaimState.FIRST and actor.can("base.recognise"),
        "may_answer": state in TURN and actor.can(TURN[state]),
        "same_person": actor.user.pk in (found.first_by_id, found.created_by_id),
    }
    return render(request, "assessments/claim.html", context)


@capability("base.keep", methods=("GET", "POST"))
def claim_first(request: Any, pk: int) -> HttpResponse:
    """Approve as the first person."""
    found = claim_at(request, pk)
    reckoned = claims.reckon(found, clock.today())
    form = FirstForm(request.POST or None, lines=reckoned.lines)
    total = sum(part.amount for part in reckoned.verified)
    act = Act(
        title="初审通过", submit_label="初审通过", form=form, cancel_url=_address(found), done="初审已通过，待另一人复审",
        lead=_lead(found),
        effects=[
            f"按今天的已核数据重新核对并固定，金额为 {total:,.2f} 元",
            *[f"{part.title}：{part.amount:,.2f} 元。{part.words}" for part in reckoned.verified],
            *reckoned.warnings,
            "由审批岗的另一人复审后方可拨付",
        ],
        do=lambda: claim_decisions.approve_first(
            claim=found, words=form.cleaned_data["words"], findings=form.findings, by=request.actor
        ),
    )  # fmt: skip
    return perform(request, act)


@capability("base.recognise", methods=("GET", "POST"))
def claim_second(request: Any, pk: int) -> HttpResponse:
    """Approve as the second person."""
    found = claim_at(request, pk)
    form = SecondForm(request.POST or None)
    act = Act(
        title="复审通过", submit_label="复审通过", form=form, cancel_url=_address(found), done="复审已通过，已转财务拨付",
        lead=_lead(found),
        effects=["核定的资金计入账户，转为待拨付，生成拨款单", "通知单位和财务"],
        do=lambda: claim_decisions.approve_second(claim=found, words=form.cleaned_data["words"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", "base.recognise", methods=("GET", "POST"))
def claim_return(request: Any, pk: int) -> HttpResponse:
    """Send a claim back."""
    found = claim_at(request, pk)
    form = ReasonForm(request.POST or None)
    act = Act(
        title="退回补正", submit_label="退回", form=form, cancel_url=_address(found), done="申请已退回，单位已收到通知",
        lead=_lead(found), effects=["单位补正后可以再次提交", "原因原文告知单位"],
        do=lambda: claim_decisions.return_claim(claim=found, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", "base.recognise", methods=("GET", "POST"))
def claim_refuse(request: Any, pk: int) -> HttpResponse:
    """Refuse a claim."""
    found = claim_at(request, pk)
    form = ReasonForm(request.POST or None)
    act = Act(
        title="不予通过", submit_label="不予通过", form=form, cancel_url=_address(found), done="已作不予通过处理",
        lead=_lead(found), risky=True, effects=["本份申请办结，不拨付资金；条件变化后单位可以重新申请", "原因原文告知单位"],
        do=lambda: claim_decisions.refuse_claim(claim=found, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)
