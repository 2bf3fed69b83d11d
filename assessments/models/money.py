"""A base's money: an account that always balances, a journal it can be recomputed from, and what each figure consists of."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

from assessments.enums import EntryKind, LineState
from assessments.models.records import LedgerRow
from assessments.models.register import Base
from portal.policy.edition import Support
from portal.tenancy.managers import tenant_manager

NOTHING = Decimal(0)
FIGURES = ("granted", "paid", "due", "cancelled", "spent", "unspent", "ordered", "recovered")


def yuan(label: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """Return a column of exact yuan."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


def person(label: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    """Return a column of who did it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options)


class Account(models.Model):
    """What a base was granted and what became of it; the database refuses figures that do not balance.

    Its row is locked by every write of money. `ordered` is what a decision takes back, `recovered` what has come back.
    The bank account is the dedicated one of the unit (专账), its number encrypted.
    """

    base = models.OneToOneField(Base, models.PROTECT, related_name="account", verbose_name="基地")
    granted = yuan("已核定", default=NOTHING)
    paid = yuan("已拨付", default=NOTHING)
    due = yuan("待拨付", default=NOTHING)
    cancelled = yuan("已取消", default=NOTHING)
    spent = yuan("已支出", default=NOTHING)
    unspent = yuan("结余", default=NOTHING)
    ordered = yuan("应追回", default=NOTHING)
    recovered = yuan("已退回", default=NOTHING)
    bank_holder = models.CharField("户名", max_length=100, blank=True)
    bank_name = models.CharField("开户银行", max_length=100, blank=True)
    bank_number = models.TextField("账号（加密）", blank=True)
    bank_tail = models.CharField("账号后四位", max_length=4, blank=True)
    opened_at = models.DateTimeField("开户登记时间")

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "资金账户"
        ordering = ("id",)
        constraints = [
            # Rounded, because SQLite adds decimals as binary fractions: 0.1 + 0.2 would not be 0.3 there.
            models.CheckConstraint(
                condition=Q(granted=Round(F("paid") + F("due") + F("cancelled"), 2)), name="account_granted_balances"
            ),
            models.CheckConstraint(condition=Q(paid=Round(F("spent") + F("unspent"), 2)), name="account_paid_balances"),
            models.CheckConstraint(
                condition=Q(recovered__lte=F("ordered"), ordered__lte=F("paid")), name="account_recovered_within_paid"
            ),
            models.CheckConstraint(condition=Q(**{f"{name}__gte": 0 for name in FIGURES}), name="account_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.base}资金账户"

    def figures(self) -> dict[str, str]:
        """Return every figure as text, as the journal keeps it."""
        return {name: f"{getattr(self, name):.2f}" for name in FIGURES}

    @property
    def to_spend(self) -> Decimal:
        """What may still be spent: what was paid and is neither spent nor to be given back."""
        return max(NOTHING, self.unspent - self.ordered)


class Unchanging(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise TypeError("the journal of money is append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("the journal of money is append-only")


class MoneyEntry(models.Model):
    """One movement in an account, never changed: kind, amount, the figures before and after, what it belongs to, who, when."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="entries", verbose_name="账户")
    kind = models.CharField("事项", max_length=12, choices=EntryKind.choices)
    amount = yuan("金额")
    before = models.JSONField("变动前")
    after = models.JSONField("变动后")
    object_label = models.CharField("对象", max_length=40)
    object_id = models.BigIntegerField("对象编号")
    words = models.CharField("摘要", max_length=200)
    by = person("办理人", null=True, blank=True)
    at = models.DateTimeField("时间")

    objects = tenant_manager("account__base__jurisdiction", Unchanging)

    class Meta:
        verbose_name = verbose_name_plural = "资金流水"
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="money_entry_positive")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    def save(self, *args: Any, **options: Any) -> None:
        """Write a new row; refuse to change one."""
        if not self._state.adding:
            raise TypeError("the journal of money is append-only")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("the journal of money is append-only")


class Grant(models.Model):
    """Money a base was granted by one support of its edition. `total` is what its lines add up to."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants", verbose_name="账户")
    support_key = models.CharField("补助事项", max_length=30)
    title = models.CharField("补助名称", max_length=80)
    total = yuan("核定金额")
    entered = models.BooleanField("由主管部门核定金额", default=False)
    basis = models.CharField("核定依据", max_length=200, blank=True)
    plaque_text = models.CharField("奖励铭牌", max_length=60, blank=True)
    plaque_on = models.DateField("铭牌授予日期", null=True, blank=True)
    plaque_receiver = models.CharField("铭牌经手人", max_length=60, blank=True)
    granted_on = models.DateField("核定日期")

    objects = tenant_manager("account__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "补助"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["account", "support_key"], condition=Q(entered=False), name="grant_once_a_support"
            ),
            models.CheckConstraint(condition=Q(total__gt=0), name="grant_positive"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def support(self) -> Support:
        """What the edition says of it."""
        base = self.account.base
        return {each.key: each for each in base.edition.money_of(base.track_key)}[self.support_key]


class GrantLine(models.Model):
    """An instalment of a grant. `fiscal_year` is the year it is paid from; `payable_on` the day it became payable."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="lines", verbose_name="补助")
    key = models.CharField("期次", max_length=30)
    title = models.CharField("名称", max_length=80)
    amount = yuan("金额")
    after = models.CharField("拨付条件", max_length=12)
    state = models.CharField("状态", max_length=10, choices=LineState.choices, default=LineState.PLANNED)
    fiscal_year = models.PositiveSmallIntegerField("预算年度", null=True, blank=True)
    payable_on = models.DateField("可拨付日期", null=True, blank=True)
    cancelled_reason = models.CharField("取消原因", max_length=300, blank=True)

    objects = tenant_manager("grant__account__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "拨款期次"
        ordering = ("grant_id", "id")
        constraints = [
            models.UniqueConstraint(fields=["grant", "key"], name="grant_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="grant_line_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.grant.title}（{self.title}）"


class Payment(models.Model):
    """An instalment as paid out, recorded by finance; an instalment is paid once."""

    line = models.OneToOneField(GrantLine, models.PROTECT, related_name="payment", verbose_name="期次")
    amount = yuan("金额")
    paid_on = models.DateField("拨付日期")
    voucher = models.CharField("凭证号", max_length=40)
    document_number = models.CharField("拨款文号", max_length=60, blank=True)
    by = person("登记人")
    at = models.DateTimeField("登记时间")

    objects = tenant_manager("line__grant__account__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "拨付记录"
        ordering = ("paid_on", "id")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive")]

    def __str__(self) -> str:
        return self.voucher


class Spending(models.Model):
    """A row of the dedicated account's ledger, booked; a row that is withdrawn or not believed is booked back."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="spendings", verbose_name="账户")
    row = models.ForeignKey(LedgerRow, models.PROTECT, related_name="+", verbose_name="专账记录")
    item = models.CharField("支出项目", max_length=60, blank=True)
    amount = yuan("金额")
    spent_on = models.DateField("支出日期")
    cancelled_at = models.DateTimeField("冲回时间", null=True, blank=True)

    objects = tenant_manager("account__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "支出"
        ordering = ("spent_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["row"], condition=Q(cancelled_at=None), name="spending_once_a_row"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="spending_positive"),
        ]


class RecoveryOrder(models.Model):
    """A decision that money comes back: by which rule, how much, from which case, until when.

    With an amount of nothing it records that there was nothing left to take.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="orders", verbose_name="账户")
    recovery_key = models.CharField("追回事由", max_length=30)
    title = models.CharField("事由", max_length=120)
    clause = models.CharField("依据", max_length=120)
    amount = yuan("应追回金额")
    returned = yuan("已退回金额", default=NOTHING)
    paid_then = yuan("决定时已拨付")
    spent_then = yuan("决定时已支出")
    ordered_before = yuan("此前已决定追回", default=NOTHING)
    case_id = models.BigIntegerField("处置事项", null=True, blank=True)
    due_on = models.DateField("退回期限")
    ordered_by = person("提出人", null=True, blank=True)
    approved_by = person("决定人")
    at = models.DateTimeField("决定时间")

    objects = tenant_manager("account__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "追回决定"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(returned__gte=0, returned__lte=F("amount")), name="recovery_returned_within_order"
            )
        ]

    @property
    def outstanding(self) -> Decimal:
        """What has not come back."""
        return Decimal(self.amount - self.returned)


class RecoveryReceipt(models.Model):
    """Money that came back."""

    order = models.ForeignKey(RecoveryOrder, models.PROTECT, related_name="receipts", verbose_name="追回决定")
    amount = yuan("金额")
    received_on = models.DateField("到账日期")
    voucher = models.CharField("凭证号", max_length=40)
    by = person("登记人")
    at = models.DateTimeField("登记时间")

    objects = tenant_manager("order__account__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "退回记录"
        ordering = ("received_on", "id")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_receipt_positive")]
