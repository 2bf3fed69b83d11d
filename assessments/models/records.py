"""Ledgers of a base: dated rows, the workbooks they came from, and the monthly figures rolled up from them."""

from typing import Any

from django.conf import settings
from django.db import models

from assessments.enums import ImportState, RowState
from assessments.models.register import Base
from portal.documents.models import StoredFile
from portal.policy.ledger import Ledger
from portal.tenancy.managers import tenant_manager


def declared_ledger(base: Base, key: str) -> Ledger:
    """Return what a base's policy says of one of its ledgers; KeyError if there is none."""
    return {ledger.key: ledger for ledger in base.edition.ledgers}[key]


class LedgerImport(models.Model):
    """A workbook of rows, looked at before anything is written. The file is kept encrypted; `sample` is masked.

    `counts` says how many rows are new, known and faulty; `problems` lists {row, column, message}.
    """

    base = models.ForeignKey(Base, models.PROTECT, related_name="imports", verbose_name="基地")
    ledger = models.CharField("台账", max_length=40)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    sha256 = models.CharField("SHA-256", max_length=64)
    state = models.CharField("状态", max_length=10, choices=ImportState.choices, default=ImportState.PREVIEWED)
    counts = models.JSONField("行数", default=dict)
    problems = models.JSONField("问题", default=list)
    sample = models.JSONField("前若干行", default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    settled_at = models.DateTimeField("办理时间", null=True, blank=True)

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "台账导入"
        ordering = ("-id",)
        indexes = [models.Index(fields=["base", "ledger", "sha256"], name="ledger_import_same")]

    def __str__(self) -> str:
        return f"{self.base} · {self.declared.title}"

    @property
    def declared(self) -> Ledger:
        """What the policy says of the ledger."""
        return declared_ledger(self.base, self.ledger)


class LedgerRow(models.Model):
    """One row of a ledger. Nothing personal is in clear: `personal` is encrypted, `masked` is what pages show.

    `counted` lists the tallies in which the row counts, each between blanks: what counts once counts in one row only, the
    first verified one, else the first. So every figure is a plain sum of rows. A withdrawn or rejected row counts nowhere.
    `fingerprint` is a keyed hash of the whole row, by which the same row brought in twice is known.
    """

    base = models.ForeignKey(Base, models.PROTECT, related_name="rows", verbose_name="基地")
    ledger = models.CharField("台账", max_length=40)
    on = models.DateField("日期")
    data = models.JSONField("内容", default=dict)
    personal = models.TextField("个人信息（密文）", blank=True)
    masked = models.JSONField("个人信息（脱敏）", default=dict)
    person_hash = models.CharField("人员标识", max_length=64, blank=True)
    certificate = models.CharField("证书编号", max_length=100, blank=True)
    fingerprint = models.CharField("内容标识", max_length=64)
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2, null=True, blank=True)
    words = models.TextField("检索文字", blank=True)
    state = models.CharField("状态", max_length=10, choices=RowState.choices, default=RowState.REPORTED)
    counted = models.CharField("计入", max_length=400, blank=True)
    source = models.ForeignKey(
        LedgerImport, models.PROTECT, null=True, blank=True, related_name="rows", verbose_name="来源文件"
    )
    source_row = models.PositiveIntegerField("文件中的行号", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填报人")
    recorded_at = models.DateTimeField("填报时间")
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核实人"
    )
    verified_at = models.DateTimeField("核实时间", null=True, blank=True)
    reason = models.CharField("不予采信的理由", max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤回人"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=300, blank=True)

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "台账记录"
        ordering = ("on", "id")
        indexes = [
            models.Index(fields=["base", "ledger", "on"], name="ledger_row_dated"),
            models.Index(fields=["base", "fingerprint"], name="ledger_row_same"),
            models.Index(fields=["person_hash", "base"], name="ledger_row_person"),
            models.Index(fields=["certificate", "base"], name="ledger_row_certificate"),
        ]

    def __str__(self) -> str:
        return f"{self.declared.title}第 {self.pk} 号记录"

    @property
    def declared(self) -> Ledger:
        """What the policy says of the ledger."""
        return declared_ledger(self.base, self.ledger)

    @property
    def holds(self) -> bool:
        """Whether it stands: neither withdrawn nor rejected."""
        return self.withdrawn_at is None and self.state != RowState.REJECTED

    @property
    def shown(self) -> dict[str, Any]:
        """Every column's value as pages may show it: in stored form, what is personal masked."""
        return {**self.data, **self.masked}


class Figure(models.Model):
    """A tally of one base in one month. `reported` holds whatever stands, verified or not; `verified` what is verified."""

    base = models.ForeignKey(Base, models.PROTECT, related_name="figures", verbose_name="基地")
    tally = models.CharField("数据", max_length=40)
    month = models.DateField("月份")
    reported = models.DecimalField("自报", max_digits=18, decimal_places=4, default=0)
    verified = models.DecimalField("已核", max_digits=18, decimal_places=4, default=0)

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "月度数据"
        ordering = ("month", "tally")
        constraints = [
            models.UniqueConstraint(fields=["base", "tally", "month"], name="figure_once"),
            models.CheckConstraint(
                condition=models.Q(reported__gte=models.F("verified")), name="figure_verified_is_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base} · {self.tally} · {self.month:%Y-%m}"
