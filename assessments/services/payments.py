"""Finance pays: an instalment once, with its voucher; the plaque that comes with an award."""

from datetime import date

from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import ClaimState, EntryKind, LineState
from assessments.models import Claim, Grant, GrantLine, Payment
from assessments.services.claim_decisions import refuse_while_ending
from assessments.services.claim_papers import issue_pay_order
from assessments.services.money_account import account_of, book
from assessments.services.money_news import tell_paid
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import Document
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused


@transaction.atomic
def record_payment(*, line: GrantLine, paid_on: date, voucher: str, by: Actor, document_number: str = "") -> Payment:
    """Record that an instalment was paid out in full; a second payment of it is refused."""
    account = account_of(line.grant.account.base)
    row, base = _locked_line(line), account.base
    by.require("payment.make", base.jurisdiction_id)
    if row.state != LineState.PAYABLE:
        raise WrongState(f"“{row}”目前为“{row.get_state_display()}”，不能登记拨付")
    refuse_while_ending(base)
    refuse_wrong(line=row, paid_on=paid_on, voucher=voucher)
    payment: Payment = Payment.objects.create(
        line=row, amount=row.amount, paid_on=paid_on, voucher=voucher.strip(), document_number=document_number.strip(),
        by=by.person, at=clock.now(),
    )  # fmt: skip
    row.state = LineState.PAID
    row.save(update_fields=["state"])
    book(account=account, kind=EntryKind.PAID, amount=row.amount, obj=payment, words=str(row), by=by)
    record(
        by=by, action="money.pay", obj=base, jurisdiction_id=base.jurisdiction_id,
        data={"line": row.pk, "amount": f"{row.amount:.2f}", "voucher": payment.voucher},
    )  # fmt: skip
    _close_claims(row)
    tell_paid(row)
    return payment


def refuse_wrong(*, line: GrantLine, paid_on: date, voucher: str) -> None:
    """Refuse what cannot be true of a payment: no voucher, a day to come, a day before the instalment could be paid."""
    if not voucher.strip():
        raise Refused("请填写凭证号", "voucher")
    if paid_on > clock.today():
        raise Refused("拨付日期不能晚于今天", "paid_on")
    if line.payable_on and paid_on < line.payable_on:
        raise Refused(f"拨付日期不能早于可拨付日期 {line.payable_on:%Y-%m-%d}", "paid_on")


@transaction.atomic
def order_payment(*, line: GrantLine, by: Actor) -> Document:
    """Issue the order to pay an instalment that is payable."""
    row = _locked_line(line)
    base = row.grant.account.base
    if not by.can("base.keep"):
        by.require("payment.make", base.jurisdiction_id)
    by.require_at("base.read", base.jurisdiction_id)
    if row.state not in (LineState.PAYABLE, LineState.PAID):
        raise WrongState(f"“{row}”目前为“{row.get_state_display()}”，尚不能生成拨款单")
    return issue_pay_order(line=row, approved=_claim_of(row), by=by)


@transaction.atomic
def record_award_plaque(*, grant: Grant, on: date, receiver: str, by: Actor) -> Grant:
    """Note that the plaque of an award was handed over, once."""
    account_of(grant.account.base)
    row: Grant = Grant.objects.select_related("account__base").get(pk=grant.pk)
    base = row.account.base
    by.require("base.keep", base.jurisdiction_id)
    if not row.plaque_text:
        raise WrongState("该项补助不授予铭牌")
    if row.plaque_on is not None:
        raise WrongState(f"“{row.plaque_text}”铭牌已于 {row.plaque_on:%Y-%m-%d} 授予，请勿重复登记")
    if not receiver.strip():
        raise Refused("请填写经手人", "receiver")
    if not row.granted_on <= on <= clock.today():
        raise Refused("授予日期应在核定之日至今天之间", "on")
    row.plaque_on, row.plaque_receiver = on, receiver.strip()
    row.save(update_fields=["plaque_on", "plaque_receiver"])
    record(
        by=by, action="money.plaque", obj=base, jurisdiction_id=base.jurisdiction_id,
        data={"grant": row.pk, "plaque": row.plaque_text, "on": on.isoformat()},
    )  # fmt: skip
    return row


def export_payments(*, place: Jurisdiction, rows: int, by: Actor) -> bool:
    """Record that payments leave the portal; return whether account numbers go along in full, as finance needs them."""
    by.require("base.read", place.pk)
    full = by.can("payment.make")
    record(by=by, action="money.export", obj=place, jurisdiction_id=place.pk, data={"rows": rows, "full": full})
    return full


def _locked_line(line: GrantLine) -> GrantLine:
    rows = GrantLine.objects.select_for_update(of=("self",)).select_related("grant__account__base__jurisdiction")
    found: GrantLine = rows.get(pk=line.pk)
    return found


def _claim_of(line: GrantLine) -> Claim | None:
    """Return the approved claim a line follows from, if it was claimed."""
    claims = Claim.objects.filter(
        base=line.grant.account.base, state__in=(ClaimState.SECOND, ClaimState.PAID)
    ).select_related("first_by", "second_by")
    return next((each for each in claims if any(part.get("line") == line.pk for part in each.parts)), None)


def _close_claims(line: GrantLine) -> None:
    """Let a claim be paid once all its sums are."""
    claim = _claim_of(line)
    if claim is None:
        return
    pks = [part["line"] for part in claim.parts]
    if not GrantLine.objects.filter(pk__in=pks).exclude(state=LineState.PAID).exists():
        claim.state = ClaimState.PAID
        claim.save(update_fields=["state"])
