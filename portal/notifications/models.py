"""Messages to people, in the portal and by e-mail."""

from django.conf import settings
from django.db import models

from portal.accounts.models import Membership
from portal.tenancy.models import Jurisdiction


class Message(models.Model):
    """One message to one person. `key` makes sending idempotent: the same news reaches a person once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="portal_messages", verbose_name="收件人"
    )
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="身份"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="辖区"
    )
    key = models.CharField(max_length=160)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容", blank=True)
    link = models.CharField("链接", max_length=300, blank=True)
    urgent = models.BooleanField("重要", default=False)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    mail_due = models.BooleanField("待发邮件", default=False)
    mailed_at = models.DateTimeField("邮件时间", null=True, blank=True)
    mail_attempts = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="message_once")]
        indexes = [models.Index(fields=["user", "read_at"]), models.Index(fields=["mail_due", "mailed_at"])]

    def __str__(self) -> str:
        return self.title
