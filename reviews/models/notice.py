"""Public notices and the objections to them."""

from django.conf import settings
from django.db import models

from portal.documents.models import StoredFile
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import NoticeState, ObjectionState
from reviews.models.shortlist import Shortlist, ShortlistEntry


class PublicNotice(models.Model):
    """A notice as published: `snapshot` never changes, `ends_at` is the first instant after the last working day."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    shortlist = models.OneToOneField(Shortlist, models.PROTECT, related_name="notice", verbose_name="名单")
    title = models.CharField("标题", max_length=160)
    days = models.PositiveIntegerField("公示工作日数")
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")
    ends_at = models.DateTimeField("公示截止")
    place = models.CharField("公示网站", max_length=120)
    snapshot = models.JSONField("公示内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    listing = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="名单表格"
    )
    state = models.CharField("状态", max_length=10, choices=NoticeState.choices, default=NoticeState.RUNNING)
    end_announced_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公示"
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return self.title


class Objection(models.Model):
    """A named person's objection to one unit, or to the notice as a whole when `entry` is empty."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections", verbose_name="公示")
    entry = models.ForeignKey(
        ShortlistEntry, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name="所涉单位"
    )
    number = models.CharField("回执编号", max_length=40, unique=True)
    name = models.CharField("姓名或单位名称", max_length=100)
    is_unit = models.BooleanField("以单位名义", default=False)
    phone = models.CharField("联系电话", max_length=40)
    email = models.EmailField("电子邮箱", blank=True)
    text = models.TextField("异议事实和理由")
    query_hash = models.CharField("查询码摘要", max_length=128)
    state = models.CharField("状态", max_length=14, choices=ObjectionState.choices, default=ObjectionState.RECEIVED)
    received_at = models.DateTimeField("登记时间")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核查人"
    )
    finding = models.TextField("核查情况", blank=True)
    ruling = models.TextField("处理意见", blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    ruled_at = models.DateTimeField("处理时间", null=True, blank=True)

    objects = tenant_manager("notice__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "异议"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.number


class ObjectionFile(models.Model):
    """A piece of evidence attached to an objection."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="files", verbose_name="异议")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="证据")

    objects = tenant_manager("objection__notice__jurisdiction")
