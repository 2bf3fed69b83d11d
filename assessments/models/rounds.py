"""Assessments of recognised bases: rounds over declared years, one assessment a base, and the facts that decide it outright."""

from typing import Any

from django.conf import settings
from django.db import models

from assessments.enums import AssessmentState, RoundState, VetoState
from assessments.models.register import Base
from portal.documents.models import StoredFile
from portal.policy import registry
from portal.policy.aftercare import Method, Outcome, Scheme
from portal.policy.edition import Edition
from portal.policy.ledger import Period
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.models import Panel


def scheme_of(edition: Edition, key: str) -> Scheme:
    """Return one of an edition's schemes; KeyError if there is none."""
    return {scheme.key: scheme for scheme in edition.schemes}[key]


class Round(models.Model):
    """One assessment of all bases of an edition over a period of whole calendar years."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    edition_code = models.CharField("政策版本", max_length=60)
    scheme_key = models.CharField("考核种类", max_length=30)
    title = models.CharField("名称", max_length=120)
    starts_on = models.DateField("考核期起")
    ends_on = models.DateField("考核期止")
    self_due_on = models.DateField("自评截止日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟定人")
    created_at = models.DateTimeField("拟定时间")
    opened_at = models.DateTimeField("启动时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公布人"
    )

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考核轮次"
        ordering = ("-starts_on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "edition_code", "scheme_key", "starts_on"], name="one_round_a_period"
            ),
            models.CheckConstraint(
                name="round_ends_after_it_starts", condition=models.Q(ends_on__gt=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def edition(self) -> Edition:
        """The policy it is held under."""
        return registry.get(self.edition_code)

    @property
    def scheme(self) -> Scheme:
        """What kind of assessment it is."""
        return scheme_of(self.edition, self.scheme_key)

    @property
    def period(self) -> Period:
        """The years that are assessed."""
        return Period(self.starts_on, self.ends_on)


class Assessment(models.Model):
    """One assessment of one base, of a round or by itself.

    `answers` is what the base says of itself (section → field), as typed until it is handed in; each save is a `revision`.
    `scores` are the points that
    count, by item number as text; `result` is everything the grade follows from. `lines` are the checks, or the computed items, as they stood
    when the result was proposed, `judgements` what a person found of judged targets: {code: {met, words}}. `outcome` is the key of
    the scheme's outcome, or the title of the grade; `consequence` the key of what it leads to, if anything. `told_at` is when
    the base was told the result: before that it sees none; `published_at` when everybody was.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    base = models.ForeignKey(Base, models.PROTECT, related_name="assessments", verbose_name="基地")
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name="考核轮次"
    )
    scheme_key = models.CharField("考核种类", max_length=30)
    starts_on = models.DateField("考核期起")
    ends_on = models.DateField("考核期止")
    state = models.CharField("状态", max_length=10, choices=AssessmentState.choices, default=AssessmentState.PENDING)
    exempt_reason = models.CharField("不参评理由", max_length=300, blank=True)
    answers = models.JSONField("自评", default=dict)
    revision = models.PositiveIntegerField("自评稿次", default=0)
    saved_at = models.DateTimeField("自评保存时间", null=True, blank=True)
    submitted_at = models.DateTimeField("自评提交时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="自评提交人"
    )
    returned_at = models.DateTimeField("自评退回时间", null=True, blank=True)
    return_reason = models.CharField("自评退回理由", max_length=500, blank=True)
    panel = models.OneToOneField(
        Panel, models.PROTECT, null=True, blank=True, related_name="assessment", verbose_name="专家组"
    )
    panel_note = models.CharField("数据说明", max_length=500, blank=True)
    scores = models.JSONField("得分", default=dict)
    result = models.JSONField("考核结果", null=True, blank=True)
    lines = models.JSONField("核验结果", default=list)
    judgements = models.JSONField("现场认定", default=dict)
    project_remarks = models.JSONField("项目意见", default=dict)
    flag_reason = models.CharField("加分影响等次的确认理由", max_length=500, blank=True)
    flag_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    flag_confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    suggested = models.CharField("系统建议", max_length=40, blank=True)
    outcome = models.CharField("结果", max_length=40, blank=True)
    consequence = models.CharField("后续处置", max_length=40, blank=True)
    reason = models.CharField("理由", max_length=1000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟定人"
    )
    proposed_at = models.DateTimeField("拟定时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    opinion = models.CharField("审批意见", max_length=500, blank=True)
    told_at = models.DateTimeField("告知时间", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考核"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["round", "base"], name="base_once_a_round"),
            models.UniqueConstraint(
                fields=["base", "scheme_key", "ends_on"],
                condition=models.Q(round__isnull=True),
                name="base_assessed_once_for_a_day",
            ),
            models.CheckConstraint(
                name="a_decided_assessment_has_its_outcome",
                condition=~models.Q(state=AssessmentState.DECIDED) | ~models.Q(outcome=""),
            ),
            models.CheckConstraint(
                name="who_approves_a_result_did_not_propose_it",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.base.name}）"

    @property
    def edition(self) -> Edition:
        """The policy the base is assessed under."""
        return self.base.edition

    @property
    def scheme(self) -> Scheme:
        """What kind of assessment it is."""
        return scheme_of(self.edition, self.scheme_key)

    @property
    def period(self) -> Period:
        """The days that are assessed."""
        return Period(self.starts_on, self.ends_on)

    @property
    def title(self) -> str:
        """The round's name, or the scheme's with its period."""
        return self.round.title if self.round else f"{self.scheme.title}（{self.period.title}）"

    @property
    def scored(self) -> bool:
        """Whether points decide."""
        return self.scheme.method is Method.SCORED

    @property
    def chosen(self) -> Outcome | None:
        """The outcome of a checked assessment, once one was proposed."""
        return self.scheme.outcome(self.outcome) if self.outcome and not self.scored else None

    @property
    def outcome_title(self) -> str:
        """The grade, or the outcome in words; empty before one was proposed."""
        return self.chosen.title if self.chosen else self.outcome

    @property
    def remarks_by_project(self) -> list[tuple[str, str]]:
        """What was remarked on single projects."""
        kept: dict[str, Any] = self.project_remarks
        return [(project, str(text)) for project, text in kept.items()]


class Veto(models.Model):
    """A fact that makes the result the lowest grade; it counts once a second person has confirmed it."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="vetoes", verbose_name="考核")
    code = models.CharField("情形", max_length=40)
    facts = models.TextField("事实")
    state = models.CharField("状态", max_length=10, choices=VetoState.choices, default=VetoState.RECORDED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="认定人"
    )
    decided_at = models.DateTimeField("认定时间", null=True, blank=True)
    opinion = models.CharField("认定意见", max_length=500, blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+", verbose_name="证据")

    objects = tenant_manager("assessment__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "直接认定情形"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "code"], condition=~models.Q(state=VetoState.REJECTED), name="one_veto_of_a_kind"
            ),
            models.CheckConstraint(
                name="who_confirms_a_veto_did_not_record_it",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("recorded_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What the policy says."""
        sheet = self.assessment.edition.assessment
        return next((veto.text for veto in sheet.vetoes if veto.code == self.code), self.code) if sheet else self.code

    @property
    def clause(self) -> str:
        """Where it says so."""
        sheet = self.assessment.edition.assessment
        return next((veto.clause for veto in sheet.vetoes if veto.code == self.code), "") if sheet else ""
