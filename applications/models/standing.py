"""What follows a unit or a bureau from case to case: titles a unit has lost, and the register of document numbers."""

from datetime import date

from django.db import models

from portal.policy.term import months_later
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction, Organisation

MONTHS = 12


class LostTitle(models.Model):
    """A base a unit has lost. Every bureau may read it, in whatever jurisdiction the unit applies next, so it has no scope.

    It says only what was announced to the public; what it means for an application, people decide. It follows the credit
    code, as the announcement does. `reapply_years` is the bar of the policy by which the title was taken, 0 for none.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="lost_titles", verbose_name="单位")
    credit_code = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="作出决定的辖区")
    source_key = models.CharField("来源", max_length=40)  # what wrote it, e.g. case:12; it is written once
    base_name = models.CharField("基地名称", max_length=120)
    kind = models.CharField("处置", max_length=40)
    on = models.DateField("日期")
    document_number = models.CharField("文号", max_length=60)
    policy = models.CharField("依据", max_length=200)
    link = models.CharField("公告网址", max_length=200, blank=True)
    reapply_years = models.PositiveIntegerField("不得重新申报年数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "被取消的称号"
        ordering = ("-on", "-id")
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "source_key"], name="lost_title_written_once")]

    def __str__(self) -> str:
        return f"{self.base_name}（{self.kind}）"

    @property
    def barred_until(self) -> date | None:
        """The last day on which the unit may not apply again by the policy that took the title; None without such a bar."""
        return months_later(self.on, MONTHS * self.reapply_years) if self.reapply_years else None


class IssuedNumber(models.Model):
    """One entry of the register of document numbers (发文字号): a sequence for each mark (机关代字) and year, never given twice."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    mark = models.CharField("机关代字", max_length=40)
    year = models.PositiveIntegerField("年份")
    serial = models.PositiveIntegerField("顺序号")
    subject = models.CharField("文件", max_length=160)
    taken_at = models.DateTimeField("登记时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发文字号"
        ordering = ("mark", "year", "serial")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "mark", "year", "serial"], name="issued_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.serial}号"
