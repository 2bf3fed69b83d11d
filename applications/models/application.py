"""An application: its drafts as typed, its submitted versions as sealed."""

from django.conf import settings as django_settings
from django.db import models

from applications.enums import (
    APPLICANT_AT_RECOMMENDER,
    APPLICANT_LABELS,
    BUREAU_LABELS,
    DESK_CHOICES,
    ENDED,
    RECOMMENDER_LABELS,
    STATUS_CHOICES,
    STATUS_SHAPES,
)
from applications.models.call import Call
from portal.policy.edition import Edition, Track
from portal.policy.procedure import Desk, Status
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction, Organisation


class Application(models.Model):
    """One unit's application on one track of one call.

    `revision` counts the saves of the draft; `groups` holds the order of repeated parts, e.g. `{"project": ["a1"]}`;
    `unlocked` lists the paths a correction round has opened. `desk` says whose turn it is, `desk_since` from when; where the policy has a
    recommending tier, `recommender` is the office it goes through, by `route`. `cross_from` is the application it was made
    from by cross-application, `kept` what it keeps of it, as `portal.policy.keeping` writes it down; empty otherwise.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name="批次")
    track_key = models.CharField("申报类别", max_length=30)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications", verbose_name="申报单位")
    status = models.CharField("状态", max_length=20, choices=STATUS_CHOICES, default=Status.DRAFT.value)
    desk = models.CharField("办理环节", max_length=12, choices=DESK_CHOICES, default=Desk.BUREAU.value)
    desk_since = models.DateTimeField("转入本环节时间", null=True, blank=True)
    recommender = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="推荐部门"
    )
    route = models.CharField("推荐渠道", max_length=20, blank=True)
    cross_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="crossed", verbose_name="交叉申报来源"
    )
    kept = models.JSONField("保留的内容", default=dict, blank=True)
    number = models.CharField("受理编号", max_length=40, blank=True, db_index=True)
    revision = models.PositiveIntegerField("稿次", default=0)
    groups = models.JSONField("重复部分", default=dict)
    unlocked = models.JSONField("可改之处", default=list)
    correction_due_at = models.DateTimeField("补正期限", null=True, blank=True)
    current = models.ForeignKey(
        "applications.ApplicationVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="现行版本",
    )
    submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    opened_by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    created_by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="创建人"
    )
    created_at = models.DateTimeField("创建时间")
    updated_at = models.DateTimeField("更新时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申报"
        ordering = ("-id",)
        permissions = [("read_file", "阅看指派的申报材料")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "track_key", "organisation"],
                condition=~models.Q(status__in=ENDED),
                name="one_live_application",
            ),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="receipt_number_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "withdrawn"])
                | (models.Q(current__isnull=False) & models.Q(submitted_at__isnull=False)),
                name="what_is_submitted_has_a_version",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "status", "-submitted_at"]),
            models.Index(fields=["recommender", "call", "status"], name="files_of_a_recommender"),
            # The inbox in its usual order: one page is read off the index, however long the list.
            models.Index(
                fields=["jurisdiction", "-submitted_at", "-id"],
                condition=models.Q(submitted_at__isnull=False),
                name="inbox_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"草稿 {self.pk}"

    @property
    def edition(self) -> Edition:
        """The edition it was filed under, for ever."""
        return self.call.edition

    @property
    def track(self) -> Track:
        """The track it is filed on."""
        return self.edition.track(self.track_key)

    @property
    def form_title(self) -> str:
        """What its printed form is called."""
        return self.edition.form_title(self.track_key)

    @property
    def route_title(self) -> str:
        """What the policy calls the route it goes by; empty where there is no choice of routes."""
        rule = self.edition.recommendation()
        routes = rule.routes if rule else ()
        return next((each.title for each in routes if each.key == self.route), "") if len(routes) > 1 else ""

    @property
    def source_line(self) -> str:
        """`国家级申报 2024-…`: the application this one was made from by cross-application; empty for any other."""
        if (source := self.cross_from) is None:
            return ""
        ended = f"（{source.applicant_label}）" if source.status in ENDED else ""
        return f"{self.edition.track(source.track_key).title}申报 {source.number or '草稿'}{ended}"

    @property
    def applicant_label(self) -> str:
        """The status as the applicant sees it."""
        labels = APPLICANT_AT_RECOMMENDER if self.desk == Desk.RECOMMENDER else APPLICANT_LABELS
        return labels[Status(self.status)]

    @property
    def bureau_label(self) -> str:
        """The status as the office sees it on whose desk it lies."""
        labels = RECOMMENDER_LABELS if self.desk == Desk.RECOMMENDER else BUREAU_LABELS
        return labels[Status(self.status)]

    @property
    def shape(self) -> str:
        """The shape shown beside the status word."""
        return STATUS_SHAPES[Status(self.status)]


class DraftSection(models.Model):
    """What was typed into one page of the form, valid or not. `path` is `basic` or `project/a1/equipment`.

    `revision` is compared at each save: a save on an older one is a conflict and changes nothing. `prefilled` maps field or
    row keys to the source a value was taken from until a person confirms it.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="drafts", verbose_name="申报")
    path = models.CharField("页", max_length=120)
    answers = models.JSONField("内容", default=dict)
    prefilled = models.JSONField("预填来源", default=dict)
    revision = models.PositiveIntegerField("稿次", default=0)
    saved_by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间")

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "草稿页"
        constraints = [models.UniqueConstraint(fields=["application", "path"], name="draft_section_once")]


class ApplicationVersion(models.Model):
    """A submitted version: validated, immutable, hashed. `answers` are in stored form; `manifest` lists the files."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="versions", verbose_name="申报")
    number = models.PositiveIntegerField("版次")
    answers = models.JSONField("内容")
    manifest = models.JSONField("材料清单")
    results = models.JSONField("自动核对结果")
    settings = models.JSONField("设置")
    declaration = models.TextField("承诺")
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提交人"
    )
    submitted_at = models.DateTimeField("提交时间")

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "提交版本"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.application} 第 {self.number} 版"
