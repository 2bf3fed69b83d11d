"""No switch is turned in vain: each drives a declaration or the engine, has one position, or says that it serves later."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from portal.policy import registry
from portal.policy.edition import AFTER_RECOGNITION, Edition, Setting

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = [registry.current(profile.code) for profile in registry.profiles()]
ENGINE = [
    path.read_text()
    for folder in ("applications", "reviews", "assessments", "portal/documents", "portal/calendars", "portal/desk")
    for path in (ROOT / folder).rglob("*.py")
]
NAMED = {key for text in ENGINE for key in re.findall(r'"([a-z_]+\.[a-z_]+)"', text)}


def words(value: object) -> Iterator[str]:
    """Every text that stands anywhere in a declaration; a test's threshold or key is one."""
    if is_dataclass(value):
        for field in fields(value):
            yield from words(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from words(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from words(each)
    elif isinstance(value, str):
        yield value


def driven(edition: Edition) -> set[str]:
    """The keys its declarations read, settings and defaults themselves aside."""
    parts = [field.name for field in fields(edition) if field.name not in ("settings", "defaults", "profile")]
    read = {word for name in parts for word in words(getattr(edition, name))}
    return read | {f"{sheet.settings_prefix}.{item.number}" for sheet in edition.review_sheets for item in sheet.items}


def idle(edition: Edition) -> list[Setting]:
    """The settings that neither a declaration nor the engine reads."""
    known = driven(edition) | NAMED
    return [setting for setting in edition.settings if setting.key not in known]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)
def test_what_drives_nothing_has_one_position_or_says_that_it_serves_later(edition: Edition) -> None:
    vain = [each.key for each in idle(edition) if not each.fixed and AFTER_RECOGNITION not in each.note]
    assert vain == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)
def test_every_default_is_held_by_a_setting(edition: Edition) -> None:
    keys = {setting.key for setting in edition.settings}
    assert [default.code for default in edition.defaults if default.setting not in keys] == []
