"""Password rules of GB/T 22239-2019 8.1.4.1 beyond Django's own, and the age at which an office's password ends."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from portal.calendars import clock

_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")


class LengthValidator:
    """Asks for a length; Django's own validator has no Chinese for it."""

    def __init__(self, minimum: int = 10) -> None:
        self.minimum = minimum

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when the password is shorter."""
        if len(password) < self.minimum:
            raise ValidationError(f"{self.get_help_text()}，现为 {len(password)} 位", code="password_length")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"密码不少于 {self.minimum} 位"


class CharacterClassValidator:
    """Asks for at least three of four kinds of character."""

    def __init__(self, minimum: int = 3) -> None:
        self.minimum = minimum

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when fewer kinds are used."""
        if sum(bool(re.search(pattern, password)) for pattern in _CLASSES) < self.minimum:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"密码须包含大写字母、小写字母、数字、符号中的至少 {self.minimum} 类"


class HistoryValidator:
    """Refuses a person's last few passwords. Django tells it of each new one, whoever sets it."""

    def __init__(self, remembered: int = 5) -> None:
        self.remembered = remembered

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the password was in use lately."""
        if user is None or user.pk is None:
            return
        used = list(user.password_history.values_list("password", flat=True)[: self.remembered])
        if any(check_password(password, each) for each in used):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Remember the password just saved, as it is hashed."""
        if user is not None and user.pk is not None and user.has_usable_password():
            user.password_history.create(password=user.password)

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"新密码不能与最近 {self.remembered} 次使用过的密码相同"


def has_expired(user: Any) -> bool:
    """Say whether the person's password is older than an office allows (`PORTAL_PASSWORD_DAYS`)."""
    since = user.password_changed_at or user.created_at
    return bool(clock.now() - since > timedelta(days=settings.PORTAL_PASSWORD_DAYS))
