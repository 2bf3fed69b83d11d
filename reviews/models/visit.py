"""Site visits and their records."""

from django.conf import settings
from django.db import models

from portal.documents.models import StoredFile
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import VisitState
from reviews.models.panel import Panel


class Visit(models.Model):
    """A visit of a panel to the applicant. `sequence` counts changes, for calendars that already hold it."""

    panel = models.OneToOneField(Panel, models.PROTECT, related_name="visit", verbose_name="专家组")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=200)
    meeting_point = models.CharField("集合地点", max_length=200, blank=True)
    contact = models.CharField("现场联系人", max_length=60, blank=True)
    route = models.TextField("路线安排", blank=True)
    district = models.CharField("所在地区", max_length=40, blank=True)
    state = models.CharField("状态", max_length=12, choices=VisitState.choices, default=VisitState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="安排人")

    objects = tenant_manager("panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "现场考察"
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="visit_ends_after_it_starts"
            )
        ]


class VisitRecord(models.Model):
    """What was seen on site (现场考察记录)."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="record", verbose_name="考察")
    attendance = models.CharField("到场人员", max_length=300)
    facts = models.TextField("现场情况")
    originals_seen = models.BooleanField("证照原件已核", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")

    objects = tenant_manager("visit__panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "现场考察记录"


class VisitPhoto(models.Model):
    """A photo taken on site. One sent by an expert's device carries the device's name for it, when and where it was taken.

    `item` is the number of the score item it belongs to (0: none); `position` is {latitude, longitude, accuracy}, or empty.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos", verbose_name="考察")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="照片")
    caption = models.CharField("说明", max_length=100, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")
    operation = models.UUIDField("操作号", null=True, blank=True)
    item = models.PositiveSmallIntegerField("评分项目", default=0)
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    position = models.JSONField("位置", default=dict)

    objects = tenant_manager("visit__panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "现场照片"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["visit", "operation"], name="a_photo_once")]


class TravelTime(models.Model):
    """Minutes on the road between two districts, either way; `origin` is the one whose characters sort first."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    origin = models.CharField("地区", max_length=40)
    destination = models.CharField("到", max_length=40)
    minutes = models.PositiveSmallIntegerField("路程（分钟）")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "地区间路程"
        ordering = ("origin", "destination")
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "origin", "destination"], name="a_road_once")]
