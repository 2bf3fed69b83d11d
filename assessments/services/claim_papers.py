"""Issuing the papers about money: the claim as handed in, the order to pay."""

from collections.abc import Sequence

from django.conf import settings

from assessments.models import Claim, GrantLine, RecoveryOrder
from assessments.selectors.claim_checks import Line
from assessments.selectors.money_printing import (
    claim_context,
    heading_of,
    pay_order_context,
    recovery_context,
    self_report_context,
)
from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.documents.services.issue import issue_document
from portal.policy.material import Material


def issue_claim(*, claim: Claim, materials: tuple[Material, ...], by: Actor) -> Document:
    """Issue the paper of a claim with its checks as frozen (末次资金申请表, 奖励补助申请表)."""
    place = claim.base.jurisdiction
    return issue_document(
        kind="money_claim",
        subject=claim,
        title=heading_of(claim),
        template="documents/money_claim.html",
        context=claim_context(claim, materials),
        by=by,
        jurisdiction=place,
        css=("form",),
        verify_url=f"{settings.PORTAL_BASE_URL}/{place.code}/verify/?code=",
    )


def issue_self_report(*, claim: Claim, lines: Sequence[Line], by: Actor) -> Document:
    """Issue the unit's own report on its targets (绩效自评报告)."""
    place = claim.base.jurisdiction
    return issue_document(
        kind="self_report",
        subject=claim,
        title="绩效自评报告",
        template="documents/self_report.html",
        context=self_report_context(claim, lines),
        by=by,
        jurisdiction=place,
        css=("form",),
        verify_url=f"{settings.PORTAL_BASE_URL}/{place.code}/verify/?code=",
    )


def issue_pay_order(*, line: GrantLine, approved: Claim | None, by: Actor) -> Document:
    """Issue the order to pay one instalment (拨款单)."""
    place = line.grant.account.base.jurisdiction
    return issue_document(
        kind="pay_order",
        subject=line,
        title="拨款单",
        template="documents/pay_order.html",
        context=pay_order_context(line, approved),
        by=by,
        jurisdiction=place,
        css=("form",),
        verify_url=f"{settings.PORTAL_BASE_URL}/{place.code}/verify/?code=",
    )


def issue_recovery(*, order: RecoveryOrder, decision: str, by: Actor) -> Document:
    """Issue the notice of a recovery to the unit (追缴决定), with how the amount is reckoned."""
    place = order.account.base.jurisdiction
    return issue_document(
        kind="recovery_notice",
        subject=order,
        title="关于追回补助资金的通知",
        template="documents/recovery_notice.html",
        context=recovery_context(order, decision),
        by=by,
        jurisdiction=place,
        verify_url=f"{settings.PORTAL_BASE_URL}/{place.code}/verify/?code=",
    )
