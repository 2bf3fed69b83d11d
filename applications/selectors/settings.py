"""The settings of an edition as a bureau has them: the edition's own values, and the bureau's changes over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet

from applications.models import SettingChange
from portal.policy.edition import Default, Edition, Setting
from portal.tenancy.models import Jurisdiction

TEXT_LIMIT = 100


@dataclass(frozen=True)
class SettingLine:
    """One setting with the question it answers, its value in force and the value the edition gives it."""

    setting: Setting
    question: Default | None
    value: Any
    change: SettingChange | None = None

    @property
    def shown(self) -> str:
        """The value in force, as people read it."""
        return show_setting(self.setting, self.value)

    @property
    def original(self) -> str:
        """The value the edition gives."""
        return show_setting(self.setting, self.setting.value)

    @property
    def changed(self) -> bool:
        """Whether it differs from the edition's own."""
        return bool(self.value != self.setting.value)


def show_setting(setting: Setting, value: Any) -> str:
    """Write a value with its unit, a choice by its label."""
    for choice, label in setting.choices:
        if choice == value:
            return label
    return f"{value} {setting.unit}".strip()


def read_setting(setting: Setting, raw: str) -> Any:
    """Read a typed value in the kind of the edition's own; ValueError with a Chinese sentence when it cannot be."""
    text = raw.strip()
    if setting.choices:
        chosen = next((value for value, _ in setting.choices if str(value) == text), None)
        if chosen is None:
            raise ValueError(f"请从{'、'.join(label for _, label in setting.choices)}中选择")
        return chosen
    if isinstance(setting.value, (int, Decimal)):
        return _number(setting, text)
    if not text or len(text) > TEXT_LIMIT:
        raise ValueError(f"请填写 1 至 {TEXT_LIMIT} 字")
    return text


def latest_changes(jurisdiction: Jurisdiction, edition: Edition) -> dict[str, SettingChange]:
    """Return the bureau's last change of each setting; one query."""
    changes = SettingChange.objects.filter(jurisdiction=jurisdiction, edition_code=edition.code)
    return {change.key: change for change in changes.select_related("changed_by").order_by("id")}


def bureau_values(jurisdiction: Jurisdiction, edition: Edition) -> dict[str, Any]:
    """Return every setting's value a new call takes over."""
    changes = latest_changes(jurisdiction, edition)
    return edition.setting_values({key: change.value for key, change in changes.items()})


def setting_lines(
    edition: Edition, values: Mapping[str, Any], changes: Mapping[str, SettingChange] | None = None
) -> list[SettingLine]:
    """Return every setting in the order of the edition."""
    questions = {default.code: default for default in edition.defaults}
    return [
        SettingLine(
            setting,
            questions.get(setting.default),
            values.get(setting.key, setting.value),
            (changes or {}).get(setting.key),
        )
        for setting in edition.settings
    ]


def history(jurisdiction: Jurisdiction, edition: Edition) -> QuerySet[SettingChange]:
    """Return all changes, newest first."""
    return SettingChange.objects.filter(jurisdiction=jurisdiction, edition_code=edition.code).select_related(
        "changed_by"
    )


def _number(setting: Setting, text: str) -> int:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{text}”不是数字，请只填数字") from None
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number <= 1_000_000:
        raise ValueError("请填 0 至 1,000,000 的整数")
    return int(number)
