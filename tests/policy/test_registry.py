"""Editions by code, by jurisdiction, and the one in force."""

from dataclasses import replace
from datetime import date

import pytest

from portal.policy.edition import EditionStatus
from portal.policy.registry import Registry
from tests.policy.sample import EDITION


def test_the_newest_edition_not_archived_is_current() -> None:
    registry = Registry()
    old = registry.register(replace(EDITION, code="S-0", effective_from=date(2020, 1, 1)))
    now = registry.register(EDITION)
    registry.register(replace(EDITION, code="S-2", effective_from=date(2025, 1, 1), status=EditionStatus.ARCHIVED))
    assert registry.current("sample") is now
    assert registry.get("S-0") is old
    assert [edition.code for edition in registry.of("sample")] == ["S-2", "SAMPLE-1", "S-0"]
    assert registry.profiles() == [EDITION.profile]


def test_what_is_not_registered_is_a_key_error() -> None:
    for look_up in (Registry().get, Registry().current):
        with pytest.raises(KeyError):
            look_up("nowhere")


def test_settings_take_only_declared_overrides() -> None:
    values = EDITION.setting_values({"notice.days": 7, "unknown": 1})
    assert values["notice.days"] == 7
    assert values["panel.minimum"] == 3
    assert "unknown" not in values


def test_parts_are_found_by_key() -> None:
    assert EDITION.track("only").code == "WY"
    assert EDITION.material("licence").maximum == 2
    assert EDITION.condition("X-1").title == "规模"
    with pytest.raises(KeyError):
        EDITION.track("other")
