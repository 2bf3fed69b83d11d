"""A score sheet filled on paper, typed in by one person from its scan and held against it by another."""

from decimal import Decimal

from django.conf import settings
from django.db import models

from portal.documents.models import Document, StoredFile
from portal.tenancy.managers import tenant_manager
from reviews.enums import Conclusion, PaperState
from reviews.models.panel import PanelMember


class PaperEntry(models.Model):
    """What somebody typed from a paper sheet. It counts once another person has confirmed it; until then two people know it.

    `printed` is the print it was written on, `sheet_sha256` of the sheet that one bears. `replaced` is the draft that the
    expert had begun on line and this sheet took the place of: `{conclusion, text, scores, score_remarks, saved_at}`.
    `round` is the opinion's round that it was entered for.
    """

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="paper_entries", verbose_name="成员")
    round = models.PositiveSmallIntegerField("轮次", default=0)
    state = models.CharField("状态", max_length=10, choices=PaperState.choices, default=PaperState.PENDING)
    printed = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="纸质评分表")
    sheet_sha256 = models.CharField("评分表 SHA-256", max_length=64)
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="扫描件")
    conclusion = models.CharField("结论", max_length=12, choices=Conclusion.choices, blank=True)
    text = models.TextField("评估意见")
    scores = models.JSONField("评分", default=dict)
    score_remarks = models.JSONField("评分备注", default=dict)
    replaces_draft = models.BooleanField("代替在线草稿", default=False)
    replaced = models.JSONField("被代替的在线草稿", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    settled_at = models.DateTimeField("核对时间", null=True, blank=True)
    reason = models.CharField("退回理由", max_length=300, blank=True)

    objects = tenant_manager("member__panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "纸质评分录入"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(state__in=["pending", "checking"]),
                name="one_paper_entry_at_a_time",
            )
        ]

    @property
    def total(self) -> Decimal:
        """The sum of the points typed."""
        return sum((Decimal(points) for points in self.scores.values()), Decimal(0))
