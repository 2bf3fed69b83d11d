"""Calls for applications, and the settings of the editions they run under."""

from datetime import datetime
from typing import Any

from django.conf import settings as django_settings
from django.db import models

from applications.enums import CallState
from portal.policy import registry
from portal.policy.edition import Edition
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction


class Call(models.Model):
    """One call (批次). It pins an edition and a copy of that edition's settings for its whole life (G-10).

    `closes_at` is inclusive to the second (18:00 admits 18:00:00); empty means rolling.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    edition_code = models.CharField("政策版本", max_length=60)
    title = models.CharField("名称", max_length=120)
    year = models.PositiveIntegerField("年度")
    batch = models.PositiveIntegerField("批次")
    summary = models.TextField("说明", blank=True)
    opens_at = models.DateTimeField("开始时间")
    closes_at = models.DateTimeField("截止时间", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=CallState.choices, default=CallState.DRAFT)
    settings = models.JSONField("设置", default=dict)
    created_by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="拟制人"
    )
    published_by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    opening_announced_at = models.DateTimeField(null=True, blank=True)
    closing_announced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申报批次"
        ordering = ("-year", "-batch")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "year", "batch"], name="call_batch_once"),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def edition(self) -> Edition:
        """The policy this call runs under."""
        return registry.get(self.edition_code)

    @property
    def setting_values(self) -> dict[str, Any]:
        """The settings in force for this call."""
        return self.edition.setting_values(self.settings)

    @property
    def is_archived(self) -> bool:
        """Whether the source itself announced it: it was installed with its edition, nobody here prepared it."""
        return self.state == CallState.PUBLISHED and self.created_by_id is None and self.published_by_id is None

    def is_open(self, at: datetime) -> bool:
        """Say whether applications are received at that instant."""
        from portal.calendars.deadlines import is_in_time

        return (
            self.state == CallState.PUBLISHED
            and at >= self.opens_at
            and (self.closes_at is None or is_in_time(at, self.closes_at))
        )


class CallWindow(models.Model):
    """When the office of one stage may act in a call (`stage` is the stage's key); the end is inclusive to the second."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="windows", verbose_name="批次")
    stage = models.CharField("环节", max_length=30)
    opens_at = models.DateTimeField("开始时间")
    closes_at = models.DateTimeField("截止时间")

    objects = tenant_manager("call__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "环节期限"
        ordering = ("opens_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["call", "stage"], name="one_window_a_stage"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="window_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.stage}"

    @property
    def title(self) -> str:
        """What the policy calls the stage."""
        return next((stage.title for stage in self.call.edition.procedure if stage.key == self.stage), self.stage)

    def is_open(self, at: datetime) -> bool:
        """Say whether the office may act at that instant."""
        from portal.calendars.deadlines import is_in_time

        return at >= self.opens_at and is_in_time(at, self.closes_at)


class SettingChange(models.Model):
    """A bureau's own value for one setting of an edition, with the reason. Calls made later take it over."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    edition_code = models.CharField("政策版本", max_length=60)
    key = models.CharField("设置项", max_length=60)
    value = models.JSONField("取值")
    reason = models.CharField("理由", max_length=300)
    changed_by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="修改人"
    )
    changed_at = models.DateTimeField("修改时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "设置修改"
        ordering = ("-id",)


class Counter(models.Model):
    """A gapless sequence, e.g. of receipt numbers; taken under a row lock."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    value = models.PositiveIntegerField(default=0)

    objects = tenant_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "key"], name="counter_once")]
