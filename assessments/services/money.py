"""What becomes of a base's money outside claims: grants on recognition, spending, what is cancelled, what comes back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from assessments.enums import ClaimState, EntryKind, LineState, PlaqueState
from assessments.models import (
    Account,
    Base,
    Claim,
    Grant,
    GrantLine,
    LedgerRow,
    RecoveryOrder,
    RecoveryReceipt,
    Spending,
)
from assessments.models.claims import OPEN
from assessments.models.money import NOTHING
from assessments.models.records import declared_ledger
from assessments.services.claim_papers import issue_recovery
from assessments.services.money_account import account_of, book
from assessments.services.money_news import tell_recovery
from portal.accounts.actor import SYSTEM, Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.edition import Support
from portal.policy.form import FieldKind
from portal.policy.funding import After, Reclaim
from portal.policy.ledger import Ledger
from reviews.services.refusal import Refused


def has_money(base: Base) -> bool:
    """Say whether a base gets money by its policy, or keeps a ledger of spending."""
    return bool(base.edition.money_of(base.track_key)) or any(each.spending for each in base.edition.ledgers)


@transaction.atomic
def open_grants(base: Base, *, by: Actor = SYSTEM) -> Account | None:
    """Open a base's account with the grants its policy fixes; asked twice, it changes nothing.

    A base recognised under a policy the portal does not run was granted its money elsewhere.
    """
    if not has_money(base):
        return None
    account = account_of(base)
    if base.recognised_under or not base.is_active:
        return account
    for support in base.edition.money_of(base.track_key):
        if support.instalments and not account.grants.filter(support_key=support.key).exists():
            _open_grant(account, base, support, by)
    handed_over = base.plaque_events.filter(state=PlaqueState.HANDED_OVER).last()
    if handed_over is not None:
        _make_payable(account, After.PLAQUE, handed_over.on)
    return account


@transaction.atomic
def plaque_handed_over(*, base: Base, on: date, by: Actor) -> None:
    """What is paid once the plaque hangs becomes payable; the caller has checked who may say so."""
    if has_money(base):
        _make_payable(account_of(base), After.PLAQUE, on)


@transaction.atomic
def record_spending(*, row: LedgerRow, by: Actor) -> Spending | None:
    """Book a row of the dedicated account's ledger; a row of another ledger, or of nothing, is passed over.

    The caller has checked who may write the row. Raise `Refused` when more would be spent than was paid.
    """
    ledger = declared_ledger(row.base, row.ledger)
    amount = Decimal(str(row.data.get(ledger.spending) or 0)) if ledger.spending else NOTHING
    if not amount:
        return None
    account = account_of(row.base)
    booked: Spending | None = account.spendings.filter(row=row, cancelled_at=None).first()
    if booked is not None and booked.amount == amount:
        return booked
    if booked is not None:
        raise Refused("该笔支出已按其他金额入账，请先撤回原记录再登记", ledger.spending)
    if amount > account.to_spend:
        raise Refused(
            f"本笔支出 {amount:,.2f} 元，超出专账可用结余 {account.to_spend:,.2f} 元（已拨付 {account.paid:,.2f} 元、"
            f"已支出 {account.spent:,.2f} 元）。超出部分属于单位自有资金，不在专账登记；请按不超过结余的金额填写",
            ledger.spending,
        )
    spending: Spending = Spending.objects.create(
        account=account, row=row, item=_item(ledger, row), amount=amount, spent_on=row.on
    )
    book(account=account, kind=EntryKind.SPENT, amount=amount, obj=spending, words=spending.item or "专账支出", by=by)
    return spending


@transaction.atomic
def cancel_spending(*, row: LedgerRow, by: Actor) -> None:
    """Book back what a row had spent, because it is withdrawn, changed or not believed; a row never booked is passed over."""
    spending = Spending.objects.filter(row=row, cancelled_at=None).first()
    if spending is None:
        return
    account = account_of(row.base)
    if Spending.objects.filter(pk=spending.pk, cancelled_at=None).update(cancelled_at=clock.now()):
        words = f"冲回{spending.item or '专账支出'}"
        book(account=account, kind=EntryKind.UNSPENT, amount=spending.amount, obj=spending, words=words, by=by)


@transaction.atomic
def cancel_open(*, base: Base, reason: str, by: Actor) -> Decimal:
    """Cancel every instalment not paid yet and end the claims under way; return the sum. The caller decided it."""
    if not has_money(base):
        return NOTHING
    account, total = account_of(base), NOTHING
    lines = GrantLine.objects.filter(grant__account=account, state__in=(LineState.PLANNED, LineState.PAYABLE))
    for line in lines.select_related("grant"):
        line.state, line.cancelled_reason = LineState.CANCELLED, reason[:300]
        line.save(update_fields=["state", "cancelled_reason"])
        book(account=account, kind=EntryKind.CANCELLED, amount=line.amount, obj=line, words=str(line), by=by)
        total += line.amount
    ended = Claim.objects.filter(base=base, state__in=(*OPEN, ClaimState.SECOND))
    ended.update(state=ClaimState.REFUSED, answer=reason, answered_by=by.user, answered_at=clock.now())
    if total:
        record(
            by=by, action="money.cancel", obj=base, jurisdiction_id=base.jurisdiction_id, reason=reason,
            data={"amount": f"{total:.2f}"},
        )  # fmt: skip
    return total


@transaction.atomic
def order_recovery(*, base: Base, recovery_key: str, case: Any, by: Actor) -> RecoveryOrder | None:
    """Order back the unspent part or all of what was paid, as the edition's rule says; the case has two persons already.

    What an earlier order took is not taken twice. Where nothing is left, the order says so with an amount of nothing.
    """
    rule = {each.key: each for each in base.edition.recoveries}.get(recovery_key)
    if rule is None or not has_money(base):
        return None
    account = account_of(base)
    left = account.paid if rule.reclaim is Reclaim.ALL else account.unspent
    amount = max(NOTHING, left - account.ordered)
    order: RecoveryOrder = RecoveryOrder.objects.create(
        account=account, recovery_key=rule.key, title=rule.title, clause=rule.clause, amount=amount,
        paid_then=account.paid, spent_then=account.spent, ordered_before=account.ordered, case_id=getattr(case, "pk", None),
        due_on=clock.today() + timedelta(days=rule.days), ordered_by=getattr(case, "proposed_by", None),
        approved_by=getattr(case, "decided_by", None) or by.person, at=clock.now(),
    )  # fmt: skip
    book(account=account, kind=EntryKind.ORDERED, amount=amount, obj=order, words=rule.title, by=by)
    record(
        by=by, action="money.order_recovery", obj=base, jurisdiction_id=base.jurisdiction_id,
        data={"order": order.pk, "rule": rule.key, "amount": f"{amount:.2f}"},
    )  # fmt: skip
    if amount:
        issue_recovery(order=order, decision=getattr(case, "document_number", ""), by=by)
        tell_recovery(order)
    return order


@transaction.atomic
def receive_back(
    *, order: RecoveryOrder, amount: Decimal, received_on: date, voucher: str, by: Actor
) -> RecoveryReceipt:
    """Record money that came back, by finance; never more than is outstanding."""
    account = account_of(order.account.base)
    row: RecoveryOrder = RecoveryOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    by.require("payment.make", account.base.jurisdiction_id)
    if amount <= NOTHING:
        raise Refused("退回金额须大于 0 元", "amount")
    if amount > row.outstanding:
        raise Refused(f"退回金额不能超过尚未退回的 {row.outstanding:,.2f} 元", "amount")
    if received_on > clock.today():
        raise Refused("到账日期不能晚于今天", "received_on")
    if not voucher.strip():
        raise Refused("请填写凭证号", "voucher")
    receipt: RecoveryReceipt = RecoveryReceipt.objects.create(
        order=row, amount=amount, received_on=received_on, voucher=voucher.strip(), by=by.person, at=clock.now()
    )
    row.returned += amount
    row.save(update_fields=["returned"])
    book(account=account, kind=EntryKind.RECOVERED, amount=amount, obj=receipt, words=row.title, by=by)
    record(
        by=by, action="money.receive_back", obj=account.base, jurisdiction_id=account.base.jurisdiction_id,
        data={"order": row.pk, "amount": f"{amount:.2f}", "voucher": receipt.voucher},
    )  # fmt: skip
    return receipt


def _open_grant(account: Account, base: Base, support: Support, by: Actor) -> None:
    total = support.total or NOTHING
    grant: Grant = Grant.objects.create(
        account=account, support_key=support.key, title=support.title, total=total, granted_on=base.recognised_on
    )
    for part in support.instalments:
        now = part.after is After.RECOGNITION
        GrantLine.objects.create(
            grant=grant, key=part.key, title=part.title, amount=part.amount, after=part.after.value,
            state=LineState.PAYABLE if now else LineState.PLANNED,
            fiscal_year=base.recognised_on.year if now else None, payable_on=base.recognised_on if now else None,
        )  # fmt: skip
    book(account=account, kind=EntryKind.GRANTED, amount=total, obj=grant, words=support.title, by=by)
    record(
        by=by, action="money.grant", obj=base, jurisdiction_id=base.jurisdiction_id,
        data={"support": support.key, "amount": f"{total:.2f}"},
    )  # fmt: skip


def _make_payable(account: Account, after: After, on: date) -> None:
    """Let the planned instalments that follow an event be paid, from the fiscal year of that event."""
    planned = GrantLine.objects.filter(grant__account=account, after=after.value, state=LineState.PLANNED)
    planned.update(state=LineState.PAYABLE, payable_on=on, fiscal_year=on.year)


def _item(ledger: Ledger, row: LedgerRow) -> str:
    """Return what a row was spent on: the label of the ledger's first choice."""
    for column in ledger.columns:
        if column.kind is FieldKind.CHOICE:
            return {option.value: option.label for option in column.options}.get(str(row.data.get(column.key)), "")
    return ""
