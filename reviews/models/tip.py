"""What somebody says about a notice without giving a name: a lead, kept apart from objections (P3-12)."""

from django.conf import settings
from django.db import models

from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import TipState
from reviews.models.notice import PublicNotice


class Tip(models.Model):
    """A lead without a sender: no name, no address of a computer, no account is kept, and no row leads to one."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    notice = models.ForeignKey(
        PublicNotice, models.PROTECT, null=True, blank=True, related_name="tips", verbose_name="公示"
    )
    text = models.TextField("线索内容")
    received_at = models.DateTimeField("收到时间")
    state = models.CharField("状态", max_length=10, choices=TipState.choices, default=TipState.RECEIVED)
    note = models.TextField("核实情况", blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核实人"
    )
    handled_at = models.DateTimeField("核实时间", null=True, blank=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "匿名线索"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"线索 {self.pk}"
