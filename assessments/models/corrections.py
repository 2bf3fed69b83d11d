"""What was mistyped in a record of money and put right: beside the record, never instead of it."""

from datetime import date
from typing import Any

from django.db import models

from assessments.models.money import Payment, Unchanging, person
from portal.tenancy.managers import tenant_manager

FIELDS = {"paid_on": "拨付日期", "voucher": "凭证号", "document_number": "拨款文号"}


class PaymentCorrection(models.Model):
    """A slip in a recorded payment put right, never changed itself: what stood there and what stands there now, why, by whom.

    The amount is not among it: what was paid is in the account and in its journal, and stays.
    """

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="corrections", verbose_name="拨付记录")
    before = models.JSONField("更正前")
    after = models.JSONField("更正后")
    reason = models.CharField("更正理由", max_length=300)
    by = person("更正人")
    at = models.DateTimeField("更正时间")

    objects = tenant_manager("payment__line__grant__account__base__jurisdiction", Unchanging)

    class Meta:
        verbose_name = verbose_name_plural = "拨付记录更正"
        ordering = ("-id",)
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="payment_correction_has_reason")]

    def __str__(self) -> str:
        return "；".join(self.changes)

    def save(self, *args: Any, **options: Any) -> None:
        """Write a new row; refuse to change one."""
        if not self._state.adding:
            raise TypeError("corrections are append-only")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("corrections are append-only")

    @property
    def changes(self) -> list[str]:
        """Say field by field what became of what."""
        return [
            f"{label}由{_said(name, self.before)}更正为{_said(name, self.after)}"
            for name, label in FIELDS.items()
            if self.before[name] != self.after[name]
        ]


def facts_of(payment: Payment) -> dict[str, str]:
    """Return what of a payment can be put right, as it stands."""
    return {
        "paid_on": payment.paid_on.isoformat(),
        "voucher": payment.voucher,
        "document_number": payment.document_number,
    }


def _said(name: str, facts: dict[str, str]) -> str:
    text = facts[name]
    if name == "paid_on":
        day = date.fromisoformat(text)
        return f"{day.year}年{day.month}月{day.day}日"
    return f"“{text}”" if text else "空白"
