"""The event log: append-only, hash-chained per object."""

from django.conf import settings
from django.db import models

from portal.tenancy.models import Jurisdiction


class Chain(models.Model):
    """The head of one object's chain: how many events it has and the hash of the last. A cut-off tail shows here."""

    key = models.CharField(max_length=100, unique=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="")


class Event(models.Model):
    """Who did what to which object, when, from where and why. The database refuses to change or delete a row."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events", verbose_name="事件链")
    sequence = models.PositiveIntegerField("序号")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="辖区"
    )
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="操作人"
    )
    actor_label = models.CharField("操作人身份", max_length=200)
    ip = models.GenericIPAddressField("来源地址", null=True, blank=True)
    action = models.CharField("动作", max_length=60, db_index=True)
    object_label = models.CharField("对象", max_length=200)
    reason = models.TextField("理由", blank=True)
    old_hash = models.CharField("变更前摘要", max_length=64, blank=True)
    new_hash = models.CharField("变更后摘要", max_length=64, blank=True)
    data = models.JSONField("明细", default=dict)
    previous = models.CharField("前一事件摘要", max_length=64, blank=True)
    hash = models.CharField("事件摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "事件"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="event_sequence_once")]
        indexes = [models.Index(fields=["jurisdiction", "-id"])]
