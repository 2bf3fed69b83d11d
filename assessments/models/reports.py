"""Periodic reports of recognised bases: what is typed, each version handed in, and the files beside it."""

from django.conf import settings
from django.db import models

from assessments.enums import ReportState
from assessments.models.register import Base
from portal.documents.models import StoredFile
from portal.policy.ledger import Period, ReportForm
from portal.tenancy.managers import tenant_manager


class Report(models.Model):
    """One report about one period. `key` names the edition's ReportForm; it exists from the first thing typed.

    `answers` are keyed by section and field: as typed, valid or not, while it is written; in stored form once handed in.
    `figures` are its tallies at that instant (`{tally: {"reported": "12", "verified": "10", "parts": […]}}`, exact). `late` was decided
    when it was first handed in and stays through corrections; None: its due day could not be told then. `revision` counts
    the saves, `version` the hand-ins.
    """

    base = models.ForeignKey(Base, models.PROTECT, related_name="reports", verbose_name="基地")
    key = models.CharField("报告", max_length=30)
    period_start = models.DateField("期间开始")
    period_end = models.DateField("期间结束")
    due_on = models.DateField("报送期限", null=True, blank=True)
    answers = models.JSONField("内容", default=dict)
    figures = models.JSONField("汇总数据", default=dict)
    state = models.CharField("状态", max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    revision = models.PositiveIntegerField("稿次", default=0)
    version = models.PositiveIntegerField("版次", default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间")
    first_submitted_at = models.DateTimeField("首次报送时间", null=True, blank=True)
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )
    late = models.BooleanField("迟报", null=True, blank=True)
    returned_reason = models.TextField("退回原因", blank=True)
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    accepted_at = models.DateTimeField("审核时间", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "定期报告"
        ordering = ("-period_start", "key")
        constraints = [
            models.UniqueConstraint(fields=["base", "key", "period_start"], name="report_once_a_period"),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (models.Q(version__gt=0) & models.Q(submitted_at__isnull=False) & ~models.Q(sha256="")),
                name="what_is_reported_has_a_version",
            ),
        ]
        indexes = [models.Index(fields=["base", "state"])]

    def __str__(self) -> str:
        return f"{self.form.title}（{self.period.title}）"

    @property
    def form(self) -> ReportForm:
        """What the edition asks for."""
        return {form.key: form for form in self.base.edition.reports}[self.key]

    @property
    def period(self) -> Period:
        """What it is about."""
        return Period(self.period_start, self.period_end)

    @property
    def writable(self) -> bool:
        """Whether the unit may change it now."""
        return self.state in (ReportState.DRAFT, ReportState.RETURNED)


class ReportVersion(models.Model):
    """What was handed in once, never changed: answers in stored form, tallies, files. `returned_reason` came afterwards."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions", verbose_name="报告")
    number = models.PositiveIntegerField("版次")
    answers = models.JSONField("内容")
    figures = models.JSONField("汇总数据")
    manifest = models.JSONField("材料清单")
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报送人")
    submitted_at = models.DateTimeField("报送时间")
    returned_reason = models.TextField("退回原因", blank=True)

    objects = tenant_manager("report__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "报告版本"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report} 第 {self.number} 版"


class ReportFile(models.Model):
    """A file in a slot of a report; removing it keeps the row."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files", verbose_name="报告")
    slot = models.CharField("材料", max_length=40)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移除人"
    )

    objects = tenant_manager("report__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "报告材料"
        ordering = ("slot", "id")
        indexes = [models.Index(fields=["report", "removed_at"])]

    def __str__(self) -> str:
        return self.stored.name
