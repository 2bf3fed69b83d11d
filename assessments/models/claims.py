"""Claims for money: what a base asks for, the checks as they stood when it asked, and the two persons who approve."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from assessments.enums import ClaimKind, ClaimState
from assessments.models.money import GrantLine, person, yuan
from assessments.models.register import Base
from portal.documents.models import StoredFile
from portal.tenancy.managers import tenant_manager

OPEN = ("draft", "submitted", "returned", "first")
LIVING = (*OPEN, "second", "paid")


class Claim(models.Model):
    """A claim for an instalment (with the awards that go with it), for an award, or an amount the bureau itself enters.

    `parts` are the sums asked for: support, title, amount, the words of its computation. `checks` are the lines as computed
    when it was handed in, `found` as the first approver saw them over verified figures, with findings of `judged` targets.
    `self_report` is the unit's own judgement of each target by its code: grade, proof, what lies behind a deviation.
    """

    base = models.ForeignKey(Base, models.PROTECT, related_name="claims", verbose_name="基地")
    kind = models.CharField("种类", max_length=12, choices=ClaimKind.choices)
    support_key = models.CharField("补助事项", max_length=30)
    line = models.ForeignKey(
        GrantLine, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name="期次"
    )
    year = models.PositiveSmallIntegerField("建设年度", null=True, blank=True)
    statement = models.TextField("申请说明", blank=True)
    self_report = models.JSONField("绩效自评", default=dict)
    amount = yuan("申请金额", default=Decimal(0))
    parts = models.JSONField("金额组成", default=list)
    checks = models.JSONField("提交时核对", default=list)
    found = models.JSONField("审核时核对", default=list)
    findings = models.JSONField("认定意见", default=dict)
    basis = models.CharField("核定依据", max_length=200, blank=True)
    bank = models.JSONField("收款账户", default=dict)
    state = models.CharField("状态", max_length=10, choices=ClaimState.choices, default=ClaimState.DRAFT)
    warnings = models.JSONField("提示", default=list)
    created_by = person("填写人")
    created_at = models.DateTimeField("填写时间")
    submitted_by = person("提交人", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    first_by = person("初审人", null=True, blank=True)
    first_at = models.DateTimeField("初审时间", null=True, blank=True)
    first_words = models.TextField("初审意见", blank=True)
    second_by = person("复审人", null=True, blank=True)
    second_at = models.DateTimeField("复审时间", null=True, blank=True)
    second_words = models.TextField("复审意见", blank=True)
    answer = models.TextField("退回、不予通过的原因", blank=True)
    answered_by = person("退回、不予通过的经办人", null=True, blank=True)
    answered_at = models.DateTimeField("退回、不予通过的时间", null=True, blank=True)

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "资金申请"
        ordering = ("-id",)
        constraints = [
            # One living claim of a support, whoever asks first: an award is given once a base. What the bureau enters may recur.
            models.UniqueConstraint(
                fields=["base", "support_key", "kind"],
                condition=Q(state__in=LIVING) & ~Q(kind="entered"),
                name="claim_once_a_support",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="claim_not_negative"),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=models.F("first_by")), name="claim_by_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base}：{self.get_kind_display()}"


class ClaimFile(models.Model):
    """A document of a claim, in the slot of its material."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="files", verbose_name="申请")
    material = models.CharField("材料", max_length=30)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    added_by = person("上传人")
    added_at = models.DateTimeField("上传时间")

    objects = tenant_manager("claim__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "申请材料"
        ordering = ("id",)
