"""Conflicts that come up after an expert has declared that there are none."""

from django.conf import settings
from django.db import models

from portal.tenancy.managers import tenant_manager
from reviews.enums import AlarmRuling
from reviews.models.panel import PanelMember


class ConflictAlarm(models.Model):
    """A later conflict of one member. While it is open the member writes nothing; the bureau rules on it with a reason."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="alarms", verbose_name="成员")
    kind = models.CharField("情形", max_length=20)  # a value of portal.policy.draw.Exclusion
    detail = models.CharField("情况", max_length=300)
    found_at = models.DateTimeField("发现时间")
    ruling = models.CharField("处理", max_length=10, choices=AlarmRuling.choices, default=AlarmRuling.OPEN)
    reason = models.CharField("处理理由", max_length=300, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    ruled_at = models.DateTimeField("处理时间", null=True, blank=True)

    objects = tenant_manager("member__panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "利害关系警示"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "detail"], name="alarm_once"),
            models.CheckConstraint(
                condition=models.Q(ruling="open") | ~models.Q(reason=""), name="an_alarm_is_ruled_on_with_a_reason"
            ),
        ]
