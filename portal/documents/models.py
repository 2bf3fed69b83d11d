"""Files people upload, and documents the portal renders."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from portal.tenancy.models import Jurisdiction, Organisation


class StoredFile(models.Model):
    """An uploaded file after inspection: never changed, never overwritten; who may read it is decided by what it hangs on."""

    content = models.FileField("内容", upload_to="uploads/%Y/%m/")
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传单位"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """An upload under way, in pieces; it can be resumed at `received` until it is finished or swept away."""

    token = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    target = models.CharField(max_length=200)  # what it is for, e.g. application:12:licence; checked again at the end
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()


class DocumentState(models.TextChoices):
    """Where a rendered document stands."""

    PENDING = "pending", "生成中"
    READY = "ready", "已生成"
    FAILED = "failed", "生成失败"


class Document(models.Model):
    """One version of a document the portal renders. `source` is the whole HTML: the PDF follows from it byte for byte."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="辖区"
    )
    kind = models.CharField("种类", max_length=40)
    title = models.CharField("标题", max_length=200)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    version = models.PositiveIntegerField("版次", default=1)
    code = models.CharField("核验码", max_length=24, unique=True)
    public = models.BooleanField("公开", default=False)
    source = models.TextField("版式源")
    source_sha256 = models.CharField("版式源摘要", max_length=64)
    resources = models.JSONField("嵌入文件", default=dict)  # name → StoredFile id
    state = models.CharField("状态", max_length=10, choices=DocumentState.choices, default=DocumentState.PENDING)
    problem = models.CharField("失败原因", max_length=300, blank=True)
    content = models.FileField("PDF", upload_to="documents/%Y/%m/", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    fonts = models.CharField("字体摘要", max_length=64, blank=True)  # of the fonts it was drawn with
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    size = models.PositiveBigIntegerField("字节数", null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "version"], name="document_version_once"
            )
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"]), models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.version} 版）"
