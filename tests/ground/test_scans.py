"""The scans find what they are for, and let pass what is right."""

import ast
from pathlib import Path

import pytest

from checks import jurisdiction_names, markup, tree, vocabulary
from tests.ground.conftest import Plant


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("portal/desk/views.py", "if code == 'hangzhou': ...\n"),
        ("applications/services.py", "# 杭州 wants it so\n"),
        ("templates/applications/form.html", "<p>顺义区</p>\n"),
        ("static/js/form.js", "const hangzhou_rule = 1\n"),
        ("reviews/enums.py", "SKILLS_FOUNDATION = 1\n"),
        ("applications/numbers.py", "# like CQ-N06\n"),
        ("reviews/lists.py", 'EDITION = "KS-2021"\n'),
        ("static/js/rules.js", "// GJ-A-07\n"),
        ("templates/public/rules.html", "<p>渝高技办〔2024〕8号</p>\n"),
        ("static/css/theme.css", "/* 国家技能根基 */\n"),
        ("applications/demo/calls.py", "CALL = 'hangzhou'\n"),
        ("portal/desk/management/commands/demo.py", "CALL = 'hangzhou'\n"),
    ],
)
def test_a_jurisdiction_named_in_the_engine_is_found(plant: Plant, tmp_path: Path, name: str, text: str) -> None:
    path = plant(name, text)

    (found,) = jurisdiction_names.findings(tmp_path)
    assert found.startswith(f"{path}:1:")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("portal/jurisdictions/hangzhou/editions.py", "CODE = 'hangzhou'\n"),
        ("tests/policy/test_forms.py", "CODE = 'hangzhou'\n"),
        ("docs/history.md", "杭州\n"),
        ("portal/desk/views.py", "chongqingish = 1\n"),
        ("portal/desk/views.py", "code = 'SHA-HZ-1' + 'hz-c01'\n"),
    ],
)
def test_its_own_folder_and_tests_may_name_it(plant: Plant, tmp_path: Path, name: str, text: str) -> None:
    plant(name, text)

    assert jurisdiction_names.findings(tmp_path) == []


def test_a_sixth_folder_is_looked_for_without_being_listed(plant: Plant, tmp_path: Path) -> None:
    plant("portal/jurisdictions/ningbo/editions.py", "CODE = 'ningbo'\n")
    path = plant("portal/desk/views.py", "\nif code == 'ningbo': ...\n")

    (found,) = jurisdiction_names.findings(tmp_path)
    assert found.startswith(f"{path}:2:")


@pytest.mark.rule("P3-24")
@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("<script>alert(1)</script>", "inline script"),
        ("<style>p { color: red }</style>", "inline style sheet"),
        ('<p style="color: red">', "inline style attribute"),
        ('<button onclick="go()">', "inline event handler"),
        ('<script src="//elsewhere.example/x.js"></script>', "file from another host"),
        ('<link href="https://elsewhere.example/x.css">', "file from another host"),
    ],
)
def test_what_the_content_policy_refuses_is_found(line: str, what: str) -> None:
    assert markup.findings_in(Path("page.html"), line) == [f"page.html:1: {what}"]


@pytest.mark.parametrize(
    "line",
    [
        "<script src=\"{% static 'js/form.js' %}\" defer></script>",
        '<script type="application/json" id="data">{}</script>',
        '<p class="style" data-one="x">style = 1</p>',
        '<a href="/hangzhou/">',
    ],
)
def test_what_the_content_policy_allows_is_let_pass(line: str) -> None:
    assert markup.findings_in(Path("page.html"), line) == []


@pytest.mark.parametrize(
    ("name", "line", "allowed"),
    [
        ("portal/policy/form.py", "from dataclasses import dataclass", True),
        ("portal/policy/form.py", "from portal.policy.text import label", True),
        ("portal/policy/form.py", "from django.db import models", False),
        ("portal/policy/form.py", "import portal.calendars", False),
        ("portal/jurisdictions/here/editions.py", "from portal.policy import Edition", True),
        ("portal/jurisdictions/here/editions.py", "from portal.jurisdictions.here.form import SECTIONS", True),
        ("portal/jurisdictions/here/editions.py", "from portal.jurisdictions.there.form import SECTIONS", False),
        ("portal/jurisdictions/here/editions.py", "from django.apps import AppConfig", False),
        ("portal/jurisdictions/here/apps.py", "from django.apps import AppConfig", True),
        ("portal/jurisdictions/here/form.py", "import yaml", False),
    ],
)
def test_the_vocabulary_and_the_policies_import_only_what_they_may(name: str, line: str, allowed: bool) -> None:
    ((_, module),) = vocabulary.imported(ast.parse(line))

    assert vocabulary.allowed(name, module) is allowed


def test_vendored_generated_and_ignored_files_are_not_ours(plant: Plant, tmp_path: Path) -> None:
    plant(".gitignore", "/var/\n")
    for name in ("static/vendor/x.py", "portal/audit/migrations/0001_initial.py", "var/x.py", "checks/vendor/x.py"):
        plant(name, "x = 1\n")
    ours = plant("portal/audit/models.py", "x = 1\n")

    assert list(tree.project_files((".py",), tmp_path)) == [ours]
