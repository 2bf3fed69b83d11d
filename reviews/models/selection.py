"""Who is selected within the quota of a call, who waits behind in which order, and how that came about."""

from django.conf import settings
from django.db import models

from applications.models import Application, Call
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import PlacementState, SelectionState


class Selection(models.Model):
    """The outcome of a call's review. `decided` is the order the bureau gave to files of equal standing, with its reason."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    call = models.OneToOneField(Call, models.PROTECT, related_name="selection", verbose_name="批次")
    state = models.CharField("状态", max_length=10, choices=SelectionState.choices, default=SelectionState.DRAFT)
    decided = models.JSONField("同分次序", default=list)
    decided_reason = models.CharField("同分次序理由", max_length=500, blank=True)
    ties = models.JSONField("同分单位", default=list)
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟制人")
    drawn_up_at = models.DateTimeField("拟制时间")
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确定人"
    )
    fixed_at = models.DateTimeField("确定时间", null=True, blank=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "拟入选和备选名单"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.call} 拟入选和备选名单"


class Placement(models.Model):
    """One file's place: selected in a cell, or waiting in a pool. `position` counts from 1 within cell or pool.

    `standing` are the figures it was ordered by, as shown; `overall` its place among all files of its track.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="placements", verbose_name="名单")
    application = models.OneToOneField(Application, models.PROTECT, related_name="placement", verbose_name="申报")
    cell = models.CharField("名额", max_length=40, blank=True)
    pool = models.CharField("备选序列", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=PlacementState.choices)
    position = models.PositiveIntegerField("次序")
    overall = models.PositiveIntegerField("总次序")
    standing = models.JSONField("排序依据", default=list)
    promoted_at = models.DateTimeField("递补时间", null=True, blank=True)
    reason = models.CharField("变动理由", max_length=500, blank=True)

    objects = tenant_manager("selection__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "入选和备选"
        ordering = ("state", "cell", "position")

    def __str__(self) -> str:
        return f"{self.application} {self.get_state_display()}"


class PlacesMoved(models.Model):
    """A recorded decision that moves places from one cell to another; without one an empty cell stays empty."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="moves", verbose_name="名单")
    source = models.CharField("调出名额", max_length=40)
    target = models.CharField("调入名额", max_length=40)
    places = models.PositiveIntegerField("个数")
    reason = models.CharField("理由", max_length=500)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间")

    objects = tenant_manager("selection__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "名额调剂"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.source} → {self.target} {self.places}"
