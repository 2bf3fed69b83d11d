"""What one office puts forward to the next level in a call: its files in order, its own figures, its stamped papers."""

from django.conf import settings
from django.db import models

from applications.models import Application, Call
from portal.documents.models import StoredFile
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.enums import RecommendationState


class Recommendation(models.Model):
    """An office's recommendation at one stage of a call (`stage` is the stage's key).

    `texts` are the chapters of its report by key; `bases` the recorded basis for exceeding a quota 原则上, by quota line.
    Sealed once, it changes only after a return from above; `round` counts the seals; `due_at`, set with a return, lets it be
    sealed again after the window.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    call = models.ForeignKey(Call, models.PROTECT, related_name="recommendations", verbose_name="批次")
    stage = models.CharField("环节", max_length=30)
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="推荐部门")
    state = models.CharField(
        "状态", max_length=10, choices=RecommendationState.choices, default=RecommendationState.DRAFT
    )
    document_number = models.CharField("文号", max_length=60, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    texts = models.JSONField("报告内容", default=dict)
    bases = models.JSONField("超额依据", default=dict)
    round = models.PositiveIntegerField("报送次数", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )
    sealed_at = models.DateTimeField("报送时间", null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回人"
    )
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    return_reason = models.CharField("退回理由", max_length=500, blank=True)
    due_at = models.DateTimeField("重新报送期限", null=True, blank=True)
    created_at = models.DateTimeField("建立时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "推荐"
        ordering = ("office_id",)
        constraints = [models.UniqueConstraint(fields=["call", "stage", "office"], name="one_recommendation_an_office")]

    def __str__(self) -> str:
        return f"{self.office} {self.call}"

    @property
    def editable(self) -> bool:
        """Whether the office may still change it."""
        return self.state != RecommendationState.SEALED


class RecommendationEntry(models.Model):
    """One file put forward, in a quota line (`line` is its key); `rank` 1 is the best."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="entries", verbose_name="推荐")
    application = models.ForeignKey(Application, models.PROTECT, related_name="recommended_in", verbose_name="申报")
    line = models.CharField("名额", max_length=30)
    rank = models.PositiveIntegerField("排序", null=True, blank=True)
    reason = models.CharField("推荐理由", max_length=1000, blank=True)
    sealed_round = models.PositiveIntegerField("报送轮次", null=True, blank=True)

    objects = tenant_manager("recommendation__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "推荐条目"
        ordering = ("line", "rank", "id")
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "line", "rank"], name="a_rank_once_a_line"),
            models.UniqueConstraint(fields=["recommendation", "application"], name="a_file_once_a_recommendation"),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.rank or ''}"


class GivenUpPlace(models.Model):
    """A place of the quota an office does not use, and why."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="given_up", verbose_name="推荐")
    line = models.CharField("名额", max_length=30)
    places = models.PositiveIntegerField("放弃名额数")
    reason = models.CharField("理由", max_length=300)
    given_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    given_up_at = models.DateTimeField("办理时间")

    objects = tenant_manager("recommendation__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "放弃名额"
        constraints = [models.UniqueConstraint(fields=["recommendation", "line"], name="given_up_once_a_line")]

    def __str__(self) -> str:
        return f"{self.line} {self.places}"


class Verification(models.Model):
    """An office's own verified figures of one file (核查证明表): answers of the rule's section, as typed and checked."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="verification", verbose_name="申报")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="核查部门")
    answers = models.JSONField("核查内容", default=dict)
    complete = models.BooleanField("已填写完整", default=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    saved_at = models.DateTimeField("填写时间")

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "核查证明"

    def __str__(self) -> str:
        return f"{self.application}"


class Justification(models.Model):
    """Why an office recommends a file although it misses one reference standard (`code` is the condition's)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="justifications", verbose_name="申报")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="推荐部门")
    code = models.CharField("条件", max_length=20)
    text = models.CharField("说明", max_length=500)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    written_at = models.DateTimeField("填写时间")

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "未达标说明"
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="one_justification_a_condition")]

    def __str__(self) -> str:
        return f"{self.application} {self.code}"


class StampedPaper(models.Model):
    """The stamped scan of a generated paper; it is void once what it says has changed (`content_sha256`)."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="stamped", verbose_name="推荐")
    paper = models.CharField("文书", max_length=30)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申报"
    )
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    content_sha256 = models.CharField("内容校验", max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    objects = tenant_manager("recommendation__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "盖章扫描件"
        ordering = ("id",)
        indexes = [models.Index(fields=["recommendation", "paper", "removed_at"])]

    def __str__(self) -> str:
        return f"{self.paper} {self.stored.name}"
