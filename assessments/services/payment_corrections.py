"""Finance puts right what was mistyped when a payment was recorded: its day, its voucher, its document number."""

from datetime import date

from django.db import transaction

from assessments.models import Payment, PaymentCorrection
from assessments.models.corrections import facts_of
from assessments.services.money_account import account_of
from assessments.services.money_news import tell_corrected
from assessments.services.payments import refuse_wrong
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from reviews.services.refusal import Refused


@transaction.atomic
def correct_payment(
    *, payment: Payment, paid_on: date, voucher: str, document_number: str, reason: str, by: Actor
) -> PaymentCorrection:
    """Put a recorded payment right and keep what stood there; amount, account and journal stay as they are."""
    base = account_of(payment.line.grant.account.base).base
    by.require("payment.make", base.jurisdiction_id)
    row: Payment = Payment.objects.select_for_update(of=("self",)).select_related("line__grant").get(pk=payment.pk)
    refuse_wrong(line=row.line, paid_on=paid_on, voucher=voucher)
    if not reason.strip():
        raise Refused("请填写更正理由", "reason")
    before = facts_of(row)
    row.paid_on, row.voucher, row.document_number = paid_on, voucher.strip(), document_number.strip()
    after = facts_of(row)
    if after == before:
        raise Refused("填写的内容与原记录相同，没有需要更正的内容", "voucher")
    row.save(update_fields=["paid_on", "voucher", "document_number"])
    made: PaymentCorrection = PaymentCorrection.objects.create(
        payment=row, before=before, after=after, reason=reason.strip(), by=by.person, at=clock.now()
    )
    record(
        by=by, action="money.correct_payment", obj=base, jurisdiction_id=base.jurisdiction_id, reason=made.reason,
        data={"payment": row.pk, "line": row.line_id, "before": before, "after": after},
    )  # fmt: skip
    tell_corrected(made, base)
    return made
