"""Adverse acts of a bureau against a base, the improvement periods and announcements that come of them."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models

from assessments.enums import CaseFileKind, CaseState, ImprovementState
from assessments.models.register import Base
from assessments.models.rounds import Assessment
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.aftercare import Consequence
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction


def _person(label: str, **options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )  # fmt: skip


def _later(label: str) -> Any:
    return _person(label, null=True, blank=True)


def _moment(label: str) -> Any:
    return models.DateTimeField(label, null=True, blank=True)


class Case(models.Model):
    """One consequence drawn, or to be drawn, against a base: fact, clause, evidence, hearing, a second person's decision.

    `hearing_until` is the first instant that is too late for the unit's statement; a statement that came later all the same
    is kept as such (`statement_late`). `first_year` says which target was missed where an improvement follows a term of
    building. `decided_on` is the date of the decision, and the day a title ends.
    """

    base = models.ForeignKey(Base, models.PROTECT, related_name="cases", verbose_name="基地")
    consequence_key = models.CharField("处置", max_length=30)
    state = models.CharField("状态", max_length=12, choices=CaseState.choices, default=CaseState.PROPOSED)
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="考核"
    )
    facts = models.TextField("事实")
    clause = models.CharField("依据条款", max_length=200)
    first_year = models.BooleanField("建设当年未达到", null=True, blank=True)
    proposed_by = _person("提出人")
    proposed_at = models.DateTimeField("提出时间")
    served_by = _later("告知人")
    served_at = _moment("告知时间")
    hearing_days = models.PositiveIntegerField("陈述申辩工作日数", default=0)
    hearing_until = _moment("陈述申辩截止")
    statement = models.TextField("陈述申辩意见", blank=True)
    statement_late = models.BooleanField("逾期提交", default=False)
    stated_by = _later("陈述申辩提交人")
    stated_at = _moment("陈述申辩时间")
    waived_at = _moment("放弃陈述申辩时间")
    heard_on = models.DateField("听取日期", null=True, blank=True)
    heard_text = models.TextField("听取和复核情况", blank=True)
    heard_by = _later("复核人")
    decision_reason = models.TextField("决定理由", blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decided_by = _later("决定人")
    decided_at = _moment("决定时间")
    dropped_reason = models.CharField("不予处理的理由", max_length=500, blank=True)
    dropped_by = _later("不予处理决定人")
    dropped_at = _moment("不予处理时间")
    carried_out_by = _later("执行人")
    carried_out_at = _moment("执行时间")

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "处置"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["base", "consequence_key"],
                condition=models.Q(state__in=("proposed", "notified", "heard", "waived", "decided")),
                name="case_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="case_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("decided", "carried_out"))
                | (models.Q(decided_at__isnull=False) & ~models.Q(document_number="")),
                name="case_decided_with_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base_id}:{self.consequence_key}"

    @property
    def consequence(self) -> Consequence:
        """What the policy says of it; reads `base`."""
        return self.base.edition.consequence(self.consequence_key)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in (CaseState.DROPPED, CaseState.CARRIED_OUT)

    def may_state(self, now: datetime) -> bool:
        """Whether the unit may still put forward its statement in time."""
        return self.state == CaseState.NOTIFIED and self.hearing_until is not None and now < self.hearing_until

    def hearing_over(self, now: datetime) -> bool:
        """Whether nothing of the hearing stands in the way of a decision: none is due, answered, waived, or run out."""
        if not self.hearing_days and self.state == CaseState.PROPOSED:
            return not self.consequence.hearing_setting
        return self.state in (CaseState.HEARD, CaseState.WAIVED) or (
            self.state == CaseState.NOTIFIED and self.hearing_until is not None and now >= self.hearing_until
        )


class CaseFile(models.Model):
    """A file of a case: the bureau's evidence, or what the unit put in with its statement."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files", verbose_name="处置")
    kind = models.CharField("种类", max_length=10, choices=CaseFileKind.choices)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    added_by = _person("上传人")
    added_at = models.DateTimeField("上传时间")

    objects = tenant_manager("case__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "处置材料"
        ordering = ("id",)


class Improvement(models.Model):
    """A period to mend. `ends_on` is its last day as it stands; `policy_end` is where it would end without the policy's cap.

    `cut` says that the cap shortened it; an extension, never beyond `policy_end`, names its basis. `once` repeats the
    consequence's rule, so that the database can keep a base to one.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="improvement", verbose_name="处置")
    base = models.ForeignKey(Base, models.PROTECT, related_name="improvements", verbose_name="基地")
    consequence_key = models.CharField("处置", max_length=30)
    once = models.BooleanField("只给予一次", default=False)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("届满日期")
    policy_end = models.DateField("未截断的届满日期")
    cut = models.BooleanField("被截断", default=False)
    cut_words = models.CharField("截断说明", max_length=300, blank=True)
    extended_from = models.DateField("延长前届满日期", null=True, blank=True)
    extension_basis = models.CharField("延长依据", max_length=500, blank=True)
    extended_by = _later("延长登记人")
    extended_at = _moment("延长登记时间")
    state = models.CharField("状态", max_length=10, choices=ImprovementState.choices, default=ImprovementState.RUNNING)
    result = models.CharField("复核结论", max_length=500, blank=True)
    closed_by = _later("复核人")
    closed_on = models.DateField("复核日期", null=True, blank=True)

    objects = tenant_manager("base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "改进期"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["base", "consequence_key"], condition=models.Q(once=True), name="improvement_once_a_base"
            ),
            models.UniqueConstraint(
                fields=["base"], condition=models.Q(state="running"), name="improvement_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__lte=models.F("policy_end")), name="improvement_within_the_policy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}—{self.ends_on}"

    @property
    def recheck_on(self) -> date:
        """The day from which the re-check is due: the first one after the period."""
        return clock.local_date(clock.end_of_day(self.ends_on))

    def has_run_out(self, today: date) -> bool:
        """Whether its last day is over."""
        return today > self.ends_on

    def is_overdue(self, today: date) -> bool:
        """Whether it has run out and nobody has looked again."""
        return self.state == ImprovementState.RUNNING and self.has_run_out(today)


class Guidance(models.Model):
    """One entry of the log of guidance during an improvement."""

    improvement = models.ForeignKey(Improvement, models.PROTECT, related_name="guidance", verbose_name="改进期")
    on = models.DateField("指导日期")
    guide = models.CharField("指导人", max_length=60)
    content = models.TextField("指导内容")
    follow_up = models.TextField("后续要求", blank=True)
    recorded_by = _person("登记人")
    recorded_at = models.DateTimeField("登记时间")

    objects = tenant_manager("improvement__base__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "改进指导记录"
        ordering = ("on", "id")


class Announcement(models.Model):
    """What the public is told: `facts` never change after publication."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="announcement", verbose_name="处置"
    )
    title = models.CharField("标题", max_length=160)
    facts = models.JSONField("公告内容")
    document_number = models.CharField("文号", max_length=60, blank=True)
    published_by = _person("发布人")
    published_at = models.DateTimeField("发布时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公告"
        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        return self.title
