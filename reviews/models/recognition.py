"""The decision that recognises (认定文件)."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from applications.models import Application, Call
from portal.policy.procedure import StageKind
from portal.tenancy.managers import tenant_manager
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models.notice import PublicNotice
from reviews.models.shortlist import ShortlistEntry

DOCUMENT_NUMBER = RegexValidator(
    r"^.+〔\d{4}〕[1-9]\d*号$", "发文字号应如“×人社发〔2024〕12号”：年份用六角括号，序号不加“第”、不补零"
)


class Recognition(models.Model):
    """A recognition document: number, date, and the units it names. A unit held up by an objection follows in a later one.

    It rests on a `notice` of the bureau's own; one of the level above rests on its re-check instead, and names its `office`.
    One `taken_over` was issued before the portal and is only entered here.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="辖区")
    notice = models.ForeignKey(
        PublicNotice, models.PROTECT, null=True, blank=True, related_name="recognitions", verbose_name="公示"
    )
    office = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级发文机关"
    )
    taken_over = models.BooleanField("历史认定", default=False)
    document_number = models.CharField("发文字号", max_length=60, validators=[DOCUMENT_NUMBER])
    title = models.CharField("标题", max_length=160)
    issued_on = models.DateField("成文日期")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    decided_at = models.DateTimeField("签发时间")

    objects = tenant_manager()

    class Meta:
        verbose_name = verbose_name_plural = "认定文件"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "document_number"], name="document_number_once"),
            models.CheckConstraint(
                condition=models.Q(notice__isnull=False, office__isnull=True, taken_over=False)
                | models.Q(notice__isnull=True, office__isnull=False, taken_over=False)
                | models.Q(notice__isnull=True, office__isnull=True, taken_over=True),
                name="recognised_after_a_notice_or_above",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number

    @property
    def issuer(self) -> str:
        """Who decides: the level above, as its policy calls it, or the bureau."""
        name: str = self.jurisdiction.issuer
        if self.office is not None:
            stage = self.call.edition.stage(StageKind.RECOGNITION)
            name = stage.actor if stage else self.office.name
        return name

    @property
    def call(self) -> Call:
        """The call whose units it names; one document names the units of one call."""
        if self.notice is not None:
            return self.notice.shortlist.call
        entry = self.entries.select_related("application__call").order_by("id").first()
        if entry is None:
            raise ValueError("a recognition of the level above names at least one unit")
        return entry.application.call


class RecognitionEntry(models.Model):
    """One recognised unit: the name granted, the text of its plaque, the code of its certificate.

    `entry` is its line on the list that was published; what was taken over has none.
    """

    recognition = models.ForeignKey(Recognition, models.PROTECT, related_name="entries", verbose_name="认定文件")
    entry = models.OneToOneField(
        ShortlistEntry, models.PROTECT, null=True, blank=True, related_name="recognised", verbose_name="名单条目"
    )
    application = models.OneToOneField(Application, models.PROTECT, related_name="recognised", verbose_name="申报")
    name = models.CharField("名称", max_length=120)
    plaque = models.CharField("铭牌文字", max_length=120)
    certificate_number = models.CharField("证书编号", max_length=40, unique=True)

    objects = tenant_manager("recognition__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "认定条目"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
