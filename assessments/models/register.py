"""Recognised bases: what they were at recognition, what became of them, and their plaques."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from assessments.enums import BaseState, PlaqueState
from portal.calendars import clock
from portal.policy import registry
from portal.policy.edition import Edition, Track
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import RecognitionEntry


class Base(models.Model):
    """A recognised base in the register. `profile` is what was known at recognition: projects, area, staff, equipment.

    `baseline` is what the unit itself put down for each target (code → figure as text), taken from the version that was
    reviewed. `recognised_under` is the policy of its time where that is none the portal runs (an imported base); it is
    reported, assessed and ended under `edition_code`. `ended_on` is the day the title ended.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bases", verbose_name="所在单位")
    source = models.OneToOneField(RecognitionEntry, models.PROTECT, related_name="base", verbose_name="认定条目")
    edition_code = models.CharField("政策版本", max_length=60)
    track_key = models.CharField("类别", max_length=30)
    name = models.CharField("名称", max_length=120)
    name_shared = models.BooleanField("名称可以相同", default=False)
    plaque_text = models.CharField("铭牌文字", max_length=120)
    plaque_state = models.CharField("铭牌", max_length=12, choices=PlaqueState.choices, default=PlaqueState.TO_MAKE)
    certificate_number = models.CharField("证书编号", max_length=40, unique=True)
    document_number = models.CharField("认定文号", max_length=60)
    recognised_on = models.DateField("认定日期")
    district = models.CharField("所在区（县、市）", max_length=40, blank=True)
    profile = models.JSONField("认定时情况", default=dict)
    baseline = models.JSONField("申报目标", default=dict)
    recognised_under = models.CharField("认定依据", max_length=120, blank=True)
    state = models.CharField("状态", max_length=10, choices=BaseState.choices, default=BaseState.ACTIVE)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    created_at = models.DateTimeField("登记时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "基地"
        ordering = ("-recognised_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=models.Q(state="active", name_shared=False),
                name="base_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> Edition:
        """The policy it reports and is assessed under."""
        return registry.get(self.edition_code)

    @property
    def track(self) -> Track:
        """The kind of base it is."""
        return self.edition.track(self.track_key)

    @property
    def setting_values(self) -> dict[str, Any]:
        """The settings of the call it was recognised in; reads `source.application.call`, so select it with the base."""
        values: dict[str, Any] = self.source.application.call.setting_values
        return values

    @property
    def owes_from(self) -> date:
        """Since when it reports here: since its recognition, or, recognised under another policy, since it was entered."""
        return clock.local_date(self.created_at) if self.recognised_under else self.recognised_on

    @property
    def is_active(self) -> bool:
        """Whether it holds its title."""
        return self.state == BaseState.ACTIVE


class PlaqueEvent(models.Model):
    """A plaque handed over or taken down."""

    base = models.ForeignKey(Base, models.PROTECT, related_name="plaque_events", verbose_name="基地")
    state = models.CharField("事项", max_length=12, choices=PlaqueState.choices)
    on = models.DateField("日期")
    receiver = models.CharField("经手人", max_length=60)
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "铭牌记录"
        ordering = ("id",)
