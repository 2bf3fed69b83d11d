"""Files in the material slots of an application."""

from django.conf import settings
from django.db import models

from applications.models.application import Application
from portal.documents.models import StoredFile
from portal.tenancy.managers import tenant_manager


class MaterialFile(models.Model):
    """One file in a slot. Replacing or removing keeps the old row; `rows` names the table rows it is evidence for.

    `sealed_version` is the submitted version a stamped scan was made from: it is void once another version is current.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="materials", verbose_name="申报")
    slot = models.CharField("材料", max_length=40)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    rows = models.JSONField("对应行", default=list)
    sealed_version = models.PositiveIntegerField("盖章版次", null=True, blank=True)
    position = models.PositiveIntegerField("次序", default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移除人"
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="替换为"
    )
    original_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原件核对人"
    )
    original_seen_at = models.DateTimeField("原件核对时间", null=True, blank=True)

    objects = tenant_manager("application__jurisdiction")

    class Meta:
        verbose_name = verbose_name_plural = "材料文件"
        ordering = ("slot", "position", "id")
        indexes = [models.Index(fields=["application", "slot", "removed_at"])]

    def __str__(self) -> str:
        return self.stored.name
