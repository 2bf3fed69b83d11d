"""People and the capacities in which they act."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from guardian.mixins import GuardianUserMixin

from portal.accounts.enums import ChangeState
from portal.accounts.roles import EXCLUSIVE, ROLE_CHOICES, ROLES, Role
from portal.tenancy.models import Organisation


class UserManager(BaseUserManager["User"]):
    """Creates users by login name."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who signs in with `username`."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, GuardianUserMixin):
    """A person. What they may do follows from their memberships, one of which they act in at a time."""

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=30)
    phone = models.CharField("手机号码", max_length=20, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class PasswordHistory(models.Model):
    """A password a person has had, hashed: the last few may not come back (GB/T 22239-2019, 8.1.4.1)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_history", verbose_name="用户")
    password = models.CharField("密码摘要", max_length=128)
    created_at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "历史密码"
        ordering = ("-id",)


class Membership(models.Model):
    """A person in an organisation in one role, for a time. A unit's operator is authorised by its administrator (P3-01)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="用户")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name="组织")
    role_code = models.CharField("角色", max_length=30, choices=ROLE_CHOICES)
    active = models.BooleanField("有效", default=True)
    valid_until = models.DateField("授权截止", null=True, blank=True)
    authorised_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="授权人"
    )
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role_code"], name="membership_once"),
            # One person never holds two of the three administrators' roles, wherever they are held.
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(role_code__in=EXCLUSIVE, active=True),
                name="one_administrator_role_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.role.label}"

    @property
    def role(self) -> Role:
        """The role's declaration."""
        return ROLES[self.role_code]


class Invitation(models.Model):
    """A link by which a person joins an organisation in a role; used once, for a limited time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations", verbose_name="组织")
    role_code = models.CharField("角色", max_length=30, choices=ROLE_CHOICES)
    name = models.CharField("受邀人", max_length=30)
    email = models.EmailField("电子邮箱", blank=True)
    token_hash = models.CharField("链接摘要", max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="邀请人")
    valid_until = models.DateField("任职授权截止", null=True, blank=True)
    expires_at = models.DateTimeField("链接失效时间")
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接受人"
    )
    accepted_at = models.DateTimeField("接受时间", null=True, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "邀请"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} · {self.organisation} · {ROLES[self.role_code].label}"

    @property
    def role(self) -> Role:
        """The role's declaration."""
        return ROLES[self.role_code]

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be accepted (it may have expired meanwhile)."""
        return self.accepted_at is None and self.cancelled_at is None


class UnitChange(models.Model):
    """A new name or code asked for by a unit: it takes effect once a bureau has reviewed it (P3-02)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="changes", verbose_name="单位")
    name = models.CharField("单位名称", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    reason = models.CharField("变更原因", max_length=300)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=10, choices=ChangeState.choices, default=ChangeState.PENDING)
    review_reason = models.CharField("审核意见", max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位信息变更"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(state="pending"), name="one_open_change_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · 名称或代码变更"
