"""A meeting of experts on a call: who was there, what was decided on each file, and the signed minutes."""

from django.conf import settings
from django.db import models

from applications.models import Application, Call
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import MeetingDecision, MeetingState
from reviews.models.panel import CALL_STAGES, Expert


class Meeting(models.Model):
    """A review meeting (评审会). Its files and attendance may change until the minutes are sent round to be signed.

    `snapshot` is what the minutes said when they were (`reviews.selectors.minutes.content`); `sha256` is its hash, which every
    signature is given under. Both are empty while the minutes are written.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    call = models.ForeignKey(Call, models.PROTECT, related_name="meetings", verbose_name="批次")
    stage = models.CharField("环节", max_length=20, choices=CALL_STAGES)
    title = models.CharField("会议名称", max_length=100)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=200)
    chair = models.ForeignKey(Expert, models.PROTECT, related_name="+", verbose_name="主持人")
    discussion = models.TextField("讨论情况", blank=True)
    state = models.CharField("状态", max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT)
    minuted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    created_at = models.DateTimeField("登记时间")
    settled_at = models.DateTimeField("定稿时间", null=True, blank=True)
    snapshot = models.JSONField("定稿内容", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    closed_at = models.DateTimeField("签齐时间", null=True, blank=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评审会议"
        ordering = ("-starts_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """One expert at a meeting: there, or away with a reason; signs the minutes. `signature` as in `Opinion`."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance", verbose_name="会议")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="+", verbose_name="专家")
    present = models.BooleanField("到会", default=True)
    reason = models.CharField("缺席原因", max_length=200, blank=True)
    signature = models.TextField("签名", blank=True)
    signed_at = models.DateTimeField("签名时间", null=True, blank=True)

    objects = tenant_manager("meeting__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "到会情况"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["meeting", "expert"], name="at_a_meeting_once")]


class MeetingItem(models.Model):
    """What a meeting decided on one file. Votes are counts, where the edition wants them.

    `recused` are who left the room, {expert, name, reason}: `expert` is None for somebody who is not on the expert list.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name="会议")
    application = models.ForeignKey(Application, models.PROTECT, related_name="meeting_items", verbose_name="申报")
    position = models.PositiveIntegerField("次序")
    decision = models.CharField("决定", max_length=12, choices=MeetingDecision.choices, blank=True)
    conditions = models.CharField("附带条件", max_length=500, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    votes_for = models.PositiveSmallIntegerField("同意", default=0)
    votes_against = models.PositiveSmallIntegerField("不同意", default=0)
    votes_abstained = models.PositiveSmallIntegerField("弃权", default=0)
    recused = models.JSONField("回避人员", default=list)

    objects = tenant_manager("meeting__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "会议议决"
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["meeting", "application"], name="decided_once_a_meeting")]
