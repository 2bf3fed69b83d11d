"""What becomes of a sheet before and after it is handed in: entries of devices, reopened versions, explained outliers."""

from django.conf import settings
from django.db import models

from portal.tenancy.managers import tenant_manager
from reviews.enums import EntryOutcome
from reviews.models.panel import Opinion, Panel, PanelMember


class SheetEntry(models.Model):
    """One thing a device sent: a score, a remark, a text, a signature. Kept whatever became of it, so that nothing is lost.

    `operation` is the device's own name for it: the same one sent twice is written once. `key` is `score.4`, `remark.4`,
    `conclusion`, `text` or `submit`; `base` the revision the device had seen; `typed_at` and `sent_at` are by the device's
    clock, `received_at` by ours. `stood` is what stood here instead when the entry was not written.
    """

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="entries", verbose_name="成员")
    operation = models.UUIDField("操作号")
    device = models.CharField("设备", max_length=36)
    sequence = models.PositiveIntegerField("设备内次序")
    round = models.PositiveSmallIntegerField("轮次", default=0)
    key = models.CharField("项目", max_length=40)
    value = models.TextField("内容", blank=True)
    base = models.PositiveIntegerField("所见修订号", default=0)
    revision = models.PositiveIntegerField("写入后修订号", default=0)
    outcome = models.CharField("结果", max_length=10, choices=EntryOutcome.choices)
    stood = models.TextField("当时内容", blank=True)
    message = models.CharField("说明", max_length=300, blank=True)
    typed_at = models.DateTimeField("设备记录时间", null=True, blank=True)
    sent_at = models.DateTimeField("设备发送时间", null=True, blank=True)
    received_at = models.DateTimeField("收到时间")

    objects = tenant_manager("member__panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "现场评分记录"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["member", "operation"], name="an_operation_once")]


class OpinionVersion(models.Model):
    """A sheet as it was handed in, before it was reopened. `said` is what its hash is of."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="versions", verbose_name="意见")
    round = models.PositiveSmallIntegerField("轮次")
    said = models.JSONField("内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_at = models.DateTimeField("提交时间")
    reopened_at = models.DateTimeField("退回时间")
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="退回人")
    reason = models.CharField("退回理由", max_length=300)

    objects = tenant_manager("opinion__member__panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "已退回的意见"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["opinion", "round"], name="a_round_once")]


class OutlierNote(models.Model):
    """The chair's explanation of a score far from the panel's: of one item (`item` its number), or of the total (0)."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="outlier_notes", verbose_name="专家组")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="+", verbose_name="成员")
    item = models.PositiveSmallIntegerField("评分项目", default=0)
    text = models.CharField("说明", max_length=500)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="说明人")
    written_at = models.DateTimeField("说明时间")

    objects = tenant_manager("panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "离群评分说明"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["panel", "member", "item"], name="an_outlier_explained_once")]
