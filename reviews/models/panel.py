"""The expert list and the panels drawn from it."""

from django.conf import settings
from django.db import models

from applications.models import Application
from portal.calendars import clock, wording
from portal.documents.models import StoredFile
from portal.policy.procedure import PanelRule, StageKind
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction
from reviews.enums import Conclusion, ExpertGrade, ExpertState, MemberState, PanelState
from reviews.models.panel_words import ASSESSMENT_WORDS, REVIEW_WORDS, PanelWords

CALL_STAGES = [(StageKind.EXPERT_REVIEW.value, "专家评审"), (StageKind.RECHECK.value, "上级复核")]
PANEL_STAGES = [*CALL_STAGES, (StageKind.ASSESSMENT.value, "考核评估")]


class Expert(models.Model):
    """A person on a bureau's expert list. `fields` are the occupations or trades they judge.

    `group` is the company or authority their unit belongs to; `services` are `{unit, since, until}` with ISO dates, an empty
    `until` meaning until today; `absences` are `{since, until}`, both days included. `most_at_once` 0 means no limit.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="experts", verbose_name="账号"
    )
    name = models.CharField("姓名", max_length=30)
    unit_name = models.CharField("工作单位", max_length=100)
    unit_credit_code = models.CharField("单位统一社会信用代码", max_length=18, blank=True)
    group = models.CharField("所属集团或上级单位", max_length=100, blank=True)
    title = models.CharField("职务职称", max_length=60, blank=True)
    grade = models.CharField("专家级别", max_length=12, choices=ExpertGrade.choices, blank=True)
    fields = models.JSONField("专业领域", default=list)
    district = models.CharField("所在地区", max_length=40, blank=True)
    most_at_once = models.PositiveSmallIntegerField("同时承担上限", default=0)
    services = models.JSONField("任职和服务经历", default=list)
    absences = models.JSONField("不能参加的时段", default=list)
    phone = models.CharField("手机号码", max_length=20, blank=True)
    state = models.CharField("状态", max_length=12, choices=ExpertState.choices, default=ExpertState.AVAILABLE)
    created_at = models.DateTimeField("入库时间", auto_now_add=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专家"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "user"], name="expert_once_a_jurisdiction")]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit_name}）"


class Panel(models.Model):
    """The experts who review one application at one stage: the bureau's review, or the re-check of the level above.

    Or those who assess the base that it became, which moves no application: then `occasion` is an opaque reference of what
    they assess it for (`assessment:17`), `title` what people call it, and `sheet` is given when the panel is formed.
    Otherwise `sheet` is the score sheet as it stood at the first saved score (`reviews.selectors.scores.frozen`), from then on the
    only one that counts; `result` is what the sheets came to when the review was closed, by the edition's aggregation.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    application = models.ForeignKey(Application, models.PROTECT, related_name="panels", verbose_name="申报")
    stage = models.CharField("环节", max_length=20, choices=PANEL_STAGES, default=StageKind.EXPERT_REVIEW.value)
    occasion = models.CharField("考核评估事项", max_length=40, blank=True, default="")
    title = models.CharField("考核评估名称", max_length=120, blank=True, default="")
    state = models.CharField("状态", max_length=12, choices=PanelState.choices, default=PanelState.FORMING)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="组建人")
    created_at = models.DateTimeField("组建时间")
    convened_at = models.DateTimeField("开始评审时间", null=True, blank=True)
    unsealed_at = models.DateTimeField("意见启封时间", null=True, blank=True)
    unsealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="启封人"
    )
    conclusion = models.TextField("专家组意见", blank=True)
    sheet = models.JSONField("评分表", default=list)
    result = models.JSONField("计分结果", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专家组"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["application", "stage", "occasion"], name="one_panel_an_occasion"),
            models.CheckConstraint(
                name="an_assessment_has_its_occasion",
                condition=models.Q(stage=StageKind.ASSESSMENT.value) ^ models.Q(occasion=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 专家组"

    @property
    def rule(self) -> PanelRule:
        """The edition's rule for this stage's experts."""
        rule: PanelRule = self.application.edition.panel_of(StageKind(self.stage))
        return rule

    @property
    def assesses(self) -> bool:
        """Whether the panel assesses a base; no application moves by what it does."""
        return self.stage == StageKind.ASSESSMENT.value

    @property
    def asks_conclusion(self) -> bool:
        """Whether each expert advises to recognise or not; a base is recognised already."""
        return not self.assesses

    @property
    def needs_meeting(self) -> bool:
        """Whether a meeting must have decided on the file before the review is closed; meetings deal with calls alone."""
        return not self.assesses and self.rule.needs_meeting(self.application.call.setting_values)

    @property
    def words(self) -> PanelWords:
        """What pages, papers and messages call whom and what the panel looks at."""
        return ASSESSMENT_WORDS if self.assesses else REVIEW_WORDS

    @property
    def batch_title(self) -> str:
        """The assessment by its name, or the call."""
        return self.title or self.application.call.title

    @property
    def record_title(self) -> str:
        """The title of what the experts say together, on paper."""
        return f"{self.title}专家意见" if self.title else "专家评审意见"

    @property
    def label(self) -> str:
        """The unit, and in brackets the number of its application or the name of the assessment."""
        return f"{self.application.organisation.name}（{self.title or self.application.number}）"


class PanelMember(models.Model):
    """An expert on a panel. No file opens before the declaration; a recused member never sees one.

    `choice_reason` says why somebody was chosen by hand where the policy draws; `agreement_sha256` is of the
    confidentiality agreement they accepted with their declaration.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="members", verbose_name="专家组")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="memberships", verbose_name="专家")
    chair = models.BooleanField("组长", default=False)
    state = models.CharField("状态", max_length=12, choices=MemberState.choices, default=MemberState.INVITED)
    reason = models.CharField("回避或调整理由", max_length=300, blank=True)
    choice_reason = models.CharField("另行选用理由", max_length=300, blank=True)
    declared_at = models.DateTimeField("声明时间", null=True, blank=True)
    agreement_sha256 = models.CharField("保密协议 SHA-256", max_length=64, blank=True)

    objects = tenant_manager("panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "专家组成员"
        ordering = ("-chair", "id")
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="expert_once_a_panel"),
            models.UniqueConstraint(
                fields=["panel"],
                condition=models.Q(chair=True, state__in=["invited", "declared"]),
                name="one_chair_a_panel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert}"


class Opinion(models.Model):
    """One expert's opinion, sealed from the others until all are in. `signature` is a PNG drawn on the screen, base64.

    `scores` are points by item number as texts, where the edition has a review sheet: decimals once submitted, in a draft
    whatever was typed. `score_remarks` say, by item number, why a computed proposal was not followed, or what was noted.
    `revisions` count, by entry (`score.4`, `text`), how often it was written, so that two devices notice one another;
    `round` counts reopenings; `reopen_asked_at` is when the expert asked for one. A sheet filled on paper was typed in by
    `entered_by` from the scan `paper` and held against it by `checked_by`.
    """

    member = models.OneToOneField(PanelMember, models.PROTECT, related_name="opinion", verbose_name="成员")
    conclusion = models.CharField("结论", max_length=12, choices=Conclusion.choices, blank=True)
    text = models.TextField("评估意见", blank=True)
    scores = models.JSONField("评分", default=dict)
    score_remarks = models.JSONField("评分备注", default=dict)
    signature = models.TextField("签名", blank=True)
    revisions = models.JSONField("修订号", default=dict)
    round = models.PositiveSmallIntegerField("轮次", default=0)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="纸质评分表扫描件"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代录人"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    reopen_asked_at = models.DateTimeField("申请退回时间", null=True, blank=True)
    saved_at = models.DateTimeField("保存时间")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    objects = tenant_manager("member__panel__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "专家意见"
        ordering = ("id",)

    @property
    def paper_note(self) -> str:
        """How a sheet came in from paper, to stand wherever it is shown; empty for one written here. Reads the two people."""
        if self.paper_id is None or self.entered_by is None or self.checked_by is None or self.submitted_at is None:
            return ""
        on = wording.chinese_date(clock.local_date(self.submitted_at))
        return f"纸质评分，{on}由{self.entered_by.name}录入、{self.checked_by.name}核对"
