"""What became of a base: recorded changes with their reasons, and the bringing in of bases older than the portal."""

from django.conf import settings
from django.db import models

from applications.models import Call
from assessments.enums import ChangeKind, TakingOverState
from assessments.models.register import Base
from portal.documents.models import StoredFile
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction, Organisation


class BaseChange(models.Model):
    """A change of a base, recorded once: what it was, what it is, since when and why.

    A transfer or a merger names the units; what was granted under the old ones stays readable for ever.
    """

    base = models.ForeignKey(Base, models.PROTECT, related_name="changes", verbose_name="基地")
    kind = models.CharField("事项", max_length=16, choices=ChangeKind.choices)
    on = models.DateField("变更日期")
    before = models.TextField("变更前", blank=True)
    after = models.TextField("变更后", blank=True)
    reason = models.CharField("原因", max_length=500)
    from_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原单位"
    )
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="新单位"
    )
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="证明材料"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "基地变更"
        ordering = ("on", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_organisation__isnull=True, from_organisation__isnull=True)
                | models.Q(to_organisation__isnull=False, from_organisation__isnull=False),
                name="a_move_names_both_units",
            )
        ]

    def __str__(self) -> str:
        return f"{self.base} · {self.get_kind_display()}"


class TakingOver(models.Model):
    """A list of older bases to be entered in the register: proposed by one person, approved by another.

    `rows` are the rows of the workbook as they were checked; `call` the archived call their files hang on, once approved.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    file_name = models.CharField("文件名", max_length=200)
    rows = models.JSONField("基地", default=list)
    basis = models.CharField("登记依据", max_length=300)
    state = models.CharField("状态", max_length=10, choices=TakingOverState.choices, default=TakingOverState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")
    proposed_at = models.DateTimeField("提交时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    reason = models.CharField("审批意见", max_length=300, blank=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记批次")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "历史基地登记"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"历史基地登记（{len(self.rows)} 家）"
