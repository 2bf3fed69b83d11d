"""The bureau's check of a submitted version: verdicts, remarks, decisions."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from applications.enums import CheckVerdict, DecisionKind, RemarkState
from applications.models.application import Application, ApplicationVersion
from portal.tenancy.managers import tenant_manager


class Check(models.Model):
    """An officer's verdict on one condition of one version. `automatic` is what the portal found, kept as advice."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="checks", verbose_name="申报")
    version = models.ForeignKey(ApplicationVersion, models.PROTECT, related_name="checks", verbose_name="版本")
    code = models.CharField("条件", max_length=20)
    automatic = models.JSONField("系统核对", default=dict)
    verdict = models.CharField("经办认定", max_length=10, choices=CheckVerdict.choices)
    reason = models.CharField("理由", max_length=500, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")
    checked_at = models.DateTimeField("认定时间")

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "条件核对"
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_verdict_a_condition")]


class Remark(models.Model):
    """A defect pinned to a field, a row, a section, a material (`#slot`) or a condition (`@code`)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="remarks", verbose_name="申报")
    version = models.ForeignKey(ApplicationVersion, models.PROTECT, related_name="remarks", verbose_name="版本")
    decision = models.ForeignKey(
        "applications.Decision", models.PROTECT, null=True, blank=True, related_name="remarks", verbose_name="所属决定"
    )
    path = models.CharField("位置", max_length=200)
    label = models.CharField("位置名称", max_length=200)
    text = models.CharField("意见", max_length=500)
    quote = models.CharField("引用", max_length=200, blank=True)  # e.g. 培训台账.pdf 第 3 页，第 6 行
    must_fix = models.BooleanField("必须更正", default=True)
    state = models.CharField("状态", max_length=10, choices=RemarkState.choices, default=RemarkState.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    made_at = models.DateTimeField("提出时间")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    settled_at = models.DateTimeField("复核时间", null=True, blank=True)

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "意见"
        ordering = ("id",)


class Decision(models.Model):
    """A decision on a version: accepted, returned once for all defects, or refused; each has its document."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions", verbose_name="申报")
    version = models.ForeignKey(ApplicationVersion, models.PROTECT, related_name="decisions", verbose_name="版本")
    kind = models.CharField("决定", max_length=10, choices=DecisionKind.choices)
    reason = models.TextField("理由", blank=True)
    due_at = models.DateTimeField("补正期限", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间")
    letters = GenericRelation("documents.Document", "subject_id", "subject_type")

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "受理决定"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.application} {self.get_kind_display()}"
