"""The words of the messages that money sends; each reaches a person once."""

from django.urls import reverse

from assessments.enums import ClaimState
from assessments.models import Base, Claim, GrantLine, PaymentCorrection, RecoveryOrder
from assessments.selectors.money_printing import heading_of
from portal.accounts.selectors import members_of, members_with
from portal.notifications.services import notify

WAITS = {ClaimState.SUBMITTED: ("base.keep", "请初审"), ClaimState.FIRST: ("base.recognise", "请复审")}


def tell_desk(claim: Claim) -> None:
    """Tell those whose turn it is that a claim waits for them."""
    place = claim.base.jurisdiction
    capability, what = WAITS[ClaimState(claim.state)]
    notify(
        memberships=members_with(capability, place),
        key=f"claim:{claim.pk}:{claim.state}:{claim.submitted_at}",
        title=f"资金申请，{what}",
        body=f"{claim.base.name}：{heading_of(claim)}，金额 {claim.amount:,.2f} 元。",
        link=reverse("assessments:claim", kwargs={"jurisdiction": place.code, "pk": claim.pk}),
        jurisdiction=place,
    )


def tell_unit(claim: Claim) -> None:
    """Tell the unit how its claim stands."""
    place = claim.base.jurisdiction
    why = f"原因：{claim.answer}" if claim.answer else ""
    notify(
        memberships=members_of(claim.base.organisation),
        key=f"claim:{claim.pk}:{claim.state}:{claim.answered_at or claim.second_at}",
        title=f"资金申请：{claim.get_state_display()}",
        body=f"{claim.base.name}：{heading_of(claim)}，{claim.get_state_display()}。{why}",
        link=reverse("assessments:my_claim", kwargs={"jurisdiction": place.code, "pk": claim.pk}),
        jurisdiction=place,
        urgent=claim.state in (ClaimState.RETURNED, ClaimState.REFUSED),
    )


def tell_finance(lines: list[GrantLine]) -> None:
    """Tell finance what can be paid."""
    for line in lines:
        base = line.grant.account.base
        notify(
            memberships=members_with("payment.make", base.jurisdiction),
            key=f"grant_line:{line.pk}:payable",
            title="补助资金待拨付",
            body=f"{base.organisation.name}：{line}，{line.amount:,.2f} 元。",
            link=reverse("assessments:payments", kwargs={"jurisdiction": base.jurisdiction.code}),
            jurisdiction=base.jurisdiction,
        )


def tell_paid(line: GrantLine) -> None:
    """Tell the unit that an instalment was paid."""
    base = line.grant.account.base
    notify(
        memberships=members_of(base.organisation),
        key=f"grant_line:{line.pk}:paid",
        title="补助资金已拨付",
        body=f"{base.name}：{line}，{line.amount:,.2f} 元已拨付，请在专账中逐笔登记支出。",
        link=reverse("assessments:my_money", kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk}),
        jurisdiction=base.jurisdiction,
    )


def tell_corrected(made: PaymentCorrection, base: Base) -> None:
    """Tell the unit what was put right in a payment it was told of."""
    notify(
        memberships=members_of(base.organisation),
        key=f"payment_correction:{made.pk}",
        title="拨付记录已更正",
        body=f"{base.name}：{made.payment.line}，{made}。金额不变。",
        link=reverse("assessments:my_money", kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk}),
        jurisdiction=base.jurisdiction,
    )


def tell_recovery(order: RecoveryOrder) -> None:
    """Tell the unit what has to come back, and finance that it is to be watched."""
    base = order.account.base
    for people, name in (
        (members_of(base.organisation), "assessments:my_money"),
        (members_with("payment.make", base.jurisdiction), "assessments:base_money"),
    ):
        notify(
            memberships=people,
            key=f"recovery:{order.pk}",
            title="追回补助资金",
            body=f"{base.name}：应追回 {order.amount:,.2f} 元，{order.due_on:%Y-%m-%d} 前退回。",
            link=reverse(name, kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk}),
            jurisdiction=base.jurisdiction,
            urgent=True,
        )
