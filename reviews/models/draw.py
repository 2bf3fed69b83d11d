"""The draws of a panel's experts, the alternates who followed, and the recusals an applicant asked for."""

from typing import Any

from django.conf import settings
from django.db import models

from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import DrawKind, DrawState
from reviews.models.panel import Expert, Panel, PanelMember


class Draw(models.Model):
    """One round of drawing. Its seed stays secret until the snapshot of who may be drawn is locked and the lots are drawn.

    `snapshot` and `result` have the shapes of `portal.policy.draw_record`; neither ever changes. A round given up is void,
    with its reason, and its seed becomes public as well.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="draws", verbose_name="专家组")
    number = models.PositiveSmallIntegerField("轮次")
    kind = models.CharField("事由", max_length=12, choices=DrawKind.choices)
    reason = models.CharField("理由", max_length=300, blank=True)
    state = models.CharField("状态", max_length=12, choices=DrawState.choices, default=DrawState.COMMITTED)
    seed = models.CharField("种子", max_length=64)
    seed_hash = models.CharField("种子的 SHA-256", max_length=64)
    committed_at = models.DateTimeField("公布哈希时间")
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公布人")
    snapshot = models.JSONField("名单", null=True, blank=True)
    snapshot_sha256 = models.CharField("名单的 SHA-256", max_length=64, blank=True)
    locked_at = models.DateTimeField("锁定名单时间", null=True, blank=True)
    called = models.CharField("见证人报数", max_length=12, blank=True)
    supervisor = models.CharField("监督人员", max_length=60, blank=True)
    result = models.JSONField("结果", null=True, blank=True)
    drawn_at = models.DateTimeField("抽取时间", null=True, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="抽取人"
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专家抽取"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="draw_number_once"),
            models.UniqueConstraint(
                fields=["panel"], condition=models.Q(state__in=["committed", "locked"]), name="one_open_draw_a_panel"
            ),
            models.CheckConstraint(
                condition=models.Q(snapshot__isnull=False) | models.Q(state__in=["committed", "void"]),
                name="nothing_is_drawn_without_a_locked_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} 第 {self.number} 轮抽取"

    @property
    def revealed_seed(self) -> str:
        """The seed once it is public; empty before."""
        return self.seed if self.state in (DrawState.DRAWN, DrawState.VOID) else ""

    @property
    def frozen(self) -> dict[str, Any]:
        """The snapshot; empty before it is locked."""
        return dict(self.snapshot or {})

    @property
    def outcome(self) -> dict[str, Any]:
        """The result; empty before the lots are drawn."""
        return dict(self.result or {})


class Substitution(models.Model):
    """An alternate in the place of a member who left. `passed` are alternates passed over: `{id, reason}`.

    `seated` are the experts who were on the panel at that moment: who follows may depend on the fields they judge.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="substitutions", verbose_name="抽取")
    member_out = models.ForeignKey(PanelMember, models.PROTECT, related_name="+", verbose_name="退出成员")
    member_in = models.ForeignKey(PanelMember, models.PROTECT, related_name="+", verbose_name="递补成员")
    seated = models.JSONField("在任专家", default=list)
    passed = models.JSONField("未能递补的候补", default=list)
    reason = models.CharField("理由", max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    made_at = models.DateTimeField("办理时间")

    objects = tenant_manager("draw__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "候补递补"
        ordering = ("id",)


class RecusalRequest(models.Model):
    """An applicant's request that an expert not judge them, and the bureau's ruling on it."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="recusal_requests", verbose_name="专家组")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="+", verbose_name="专家")
    grounds = models.CharField("申请理由", max_length=300)
    upheld = models.BooleanField("理由成立")
    ruling = models.CharField("处理意见", max_length=300)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="处理人")
    ruled_at = models.DateTimeField("处理时间")

    objects = tenant_manager("panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "回避申请"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["panel", "expert"], name="recusal_request_once")]
