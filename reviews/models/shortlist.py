"""The list of units a bureau means to recognise (拟认定名单)."""

from django.conf import settings
from django.db import models

from applications.models import Application, Call
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import ShortlistState


class Shortlist(models.Model):
    """A list, drafted by one person and approved by another."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    call = models.ForeignKey(Call, models.PROTECT, related_name="shortlists", verbose_name="批次")
    title = models.CharField("名称", max_length=120)
    state = models.CharField("状态", max_length=12, choices=ShortlistState.choices, default=ShortlistState.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟制人")
    drafted_at = models.DateTimeField("拟制时间")
    proposals = models.PositiveIntegerField("送审次数", default=0)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    opinion = models.CharField("审批意见", max_length=300, blank=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "拟认定名单"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
                name="a_list_is_approved_by_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ShortlistEntry(models.Model):
    """One unit on the list with the name it would be granted."""

    shortlist = models.ForeignKey(Shortlist, models.PROTECT, related_name="entries", verbose_name="名单")
    application = models.ForeignKey(Application, models.PROTECT, related_name="listings", verbose_name="申报")
    position = models.PositiveIntegerField("序号")
    name_mode = models.CharField("命名方式", max_length=20)
    name_core = models.CharField("名称或区域", max_length=40, blank=True)
    granted_name = models.CharField("拟授予名称", max_length=120)
    name_shared = models.BooleanField("名称可以相同", default=False)
    basis = models.CharField("依据", max_length=300, blank=True)
    removed = models.BooleanField("已移出", default=False)
    removed_reason = models.CharField("移出理由", max_length=300, blank=True)

    objects = tenant_manager("shortlist__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "名单条目"
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["shortlist", "granted_name"],
                condition=models.Q(removed=False, name_shared=False),
                name="granted_name_once_a_list",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(removed=False), name="one_listing_an_application"
            ),
        ]

    def __str__(self) -> str:
        return self.granted_name
