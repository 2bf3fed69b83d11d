"""An edition as JSON: complete, and nothing but JSON."""

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.checks import WARNING
from django.core.management import CommandError, call_command

from portal import checks
from portal.policy import registry
from portal.policy.export import export
from tests.policy.sample import EDITION

EDITIONS = [EDITION, *registry.registry]
TOP = (
    "code edition title document_number issuer status effective_from tracks sections materials conditions procedure "
    "notice assessment support defaults"
)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)
def test_it_round_trips_and_holds_every_declaration(edition: Any) -> None:
    data = export(edition)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert set(TOP.split()) <= set(data)
    assert [each["code"] for each in data["conditions"]] == [each.code for each in edition.conditions]
    assert [each["key"] for each in data["sections"]] == [section.key for _, section in edition.form.sections()]
    items = [item["key"] for section in data["sections"] for item in section["items"]]
    assert items == [item.key for _, section in edition.form.sections() for item in section.items]
    assert {"code", "clause", "text", "kind", "severity", "applies_to"} <= set(data["conditions"][0])
    assert {each["code"] for each in data["defaults"]} == {default.code for default in edition.defaults}
    assert {each["key"] for each in data["settings"]} == {setting.key for setting in edition.settings}
    items = data["assessment"]["items"] if data["assessment"] else []
    assert len(items) == (len(edition.assessment.items) if edition.assessment else 0)
    assert all({"number", "group", "title", "max_points", "bonus", "mode"} <= set(item) for item in items)
    assert data["notice"]["days"] == edition.setting_values()["notice.days"]


def test_no_assessment_is_said_plainly() -> None:
    assert export(replace(EDITION, assessment=None))["assessment"] is None


@pytest.mark.parametrize("edition", list(registry.registry), ids=lambda edition: edition.code)
def test_the_command_prints_an_edition_by_its_code_or_its_jurisdiction(edition: Any) -> None:
    for code in (edition.code, edition.jurisdiction):
        out = StringIO()
        call_command("policy", "export", code, stdout=out)
        assert json.loads(out.getvalue())["code"] == edition.jurisdiction


def test_an_unknown_code_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match=next(iter(registry.registry)).code):
        call_command("policy", "export", "nowhere")


def test_the_command_checks_every_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    call_command("policy", "check", stdout=out)
    assert all(edition.code in out.getvalue() for edition in registry.registry)
    monkeypatch.setitem(registry.registry._editions, "X", replace(EDITION, code="X", procedure=()))
    with pytest.raises(CommandError, match="no stage of kind filing"):
        call_command("policy", "check")


def test_the_system_check_lists_what_the_lint_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.editions_are_sound(None) == []
    monkeypatch.setattr(registry.registry, "_editions", {"X": replace(EDITION, code="X", procedure=())})
    assert {found.id for found in checks.editions_are_sound(None)} == {"portal.E001"}
    monkeypatch.setattr(registry.registry, "_editions", {})
    assert [found.id for found in checks.editions_are_sound(None)] == ["portal.E002"]


def test_what_the_machine_lacks_is_told_but_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "environment_report", lambda: ["The shared library x is missing."])
    found = checks.documents_can_be_rendered(None)
    assert [(each.id, each.msg) for each in found] == [("portal.I001", "The shared library x is missing.")]
    assert not any(each.is_serious(WARNING) for each in found)
