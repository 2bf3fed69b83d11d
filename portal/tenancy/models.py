"""The tenant and the organisations that act in it."""

from django.core.validators import RegexValidator
from django.db import models

from portal.tenancy.enums import OrganisationKind, OrganisationState, Tier, UnitNature


class Jurisdiction(models.Model):
    """A tenant: the place whose bureau runs calls under its own policy, with its own path prefix and host."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    mark = models.CharField("标识字", max_length=1)
    platform_title = models.CharField("平台名称", max_length=60)
    issuer = models.CharField("发文机关", max_length=80)
    accent = models.CharField("主题色", max_length=20, default="graphite")
    receipt_prefix = models.CharField("编号前缀", max_length=4, unique=True)
    host = models.CharField("域名", max_length=120, blank=True)
    contact_department = models.CharField("受理处室", max_length=80, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    contact_address = models.CharField("联系地址", max_length=120, blank=True)
    contact_postcode = models.CharField("邮编", max_length=6, blank=True)
    contact_email = models.EmailField("电子邮箱", blank=True)
    icp = models.CharField("备案号", max_length=60, blank=True)
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "辖区"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["host"], condition=~models.Q(host=""), name="jurisdiction_host_once")
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A node of the tree. Offices belong to a jurisdiction; applicant units belong to none and apply anywhere."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name="辖区"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind.choices)
    name = models.CharField("名称", max_length=100)
    state = models.CharField("状态", max_length=20, choices=OrganisationState.choices, default=OrganisationState.ACTIVE)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    nature = models.CharField("单位性质", max_length=20, choices=UnitNature.choices, blank=True)
    central = models.BooleanField("中央在地方单位", default=False)
    address = models.CharField("单位地址", max_length=200, blank=True)
    postcode = models.CharField(
        "邮编", max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", "邮编应为 6 位数字")]
    )
    district = models.CharField("所在区（县、市）", max_length=40, blank=True)
    website = models.URLField("网址", blank=True)
    contact_name = models.CharField("联系人", max_length=30, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    contact_email = models.EmailField("电子邮箱", blank=True)
    # Where the unit asked to be reviewed; the unit itself belongs to no jurisdiction.
    review_jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name="审核辖区"
    )
    # A few live codes fail the check digit of GB 32100-2015: the unit says why, a security administrator lets it pass.
    special_code_reason = models.CharField("特殊代码说明", max_length=300, blank=True)
    special_code_approved_at = models.DateTimeField("特殊代码核准时间", null=True, blank=True)
    review_reason = models.CharField("审核意见", max_length=300, blank=True)
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "组织"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code="") & ~models.Q(state="rejected"),
                name="unit_credit_code_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="unit") | models.Q(jurisdiction__isnull=True), name="units_belong_to_no_tenant"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_act(self) -> bool:
        """Whether its members may do anything at all."""
        return self.state == OrganisationState.ACTIVE

    @property
    def waits_for_special_code(self) -> bool:
        """Whether a security administrator must first let its code pass."""
        return bool(self.special_code_reason) and self.special_code_approved_at is None

    @property
    def tier(self) -> Tier:
        """An office below another recommends to it; the root, or the child of a ministry, is the bureau that runs calls."""
        if self.kind == OrganisationKind.MINISTRY:
            return Tier.SUPERIOR
        if self.parent_id is None or (self.parent and self.parent.kind == OrganisationKind.MINISTRY):
            return Tier.BUREAU
        return Tier.RECOMMENDER

    @property
    def is_unit(self) -> bool:
        """Whether this is an applicant unit."""
        return self.kind == OrganisationKind.UNIT
