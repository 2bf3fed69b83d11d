"""Tests of the codebase itself: what no single feature's test would notice."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.template import engines
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("portal", "applications", "reviews", "assessments")
OURS = {
    "tenancy",
    "accounts",
    "audit",
    "documents",
    "notifications",
    "calendars",
    "applications",
    "reviews",
    "assessments",
}


def sources() -> Iterator[tuple[Path, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def templates() -> list[str]:
    home = ROOT / "templates"
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*.*") if path.is_file())


def views(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, object]]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", each.callback
        else:
            yield from views(each, f"{space}{each.namespace}:" if each.namespace else space)


def test_every_address_has_a_name_and_a_view_with_a_guard() -> None:
    unnamed = [name for name, _ in views() if name.rpartition(":")[2] in {"", "None"}]
    bare = [
        name for name, view in views() if not (hasattr(view, "access") or hasattr(getattr(view, "cls", None), "access"))
    ]
    assert (unnamed, bare) == ([], [])


def test_no_two_addresses_share_a_name() -> None:
    names = [name for name, _ in views()]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_every_template_is_used() -> None:
    """By its name in code, in another template or in the preview of the library; or where code puts the name together."""
    text = "\n".join(content for _, content in sources())
    text += "\n".join((ROOT / "templates" / name).read_text(encoding="utf-8") for name in templates())
    shown = (ROOT / "tests" / "desk" / "preview").glob("*.html")
    text += "\n".join(path.read_text(encoding="utf-8") for path in shown)
    put_together = {re.sub(r"\{[^}]*\}", "*", found) for found in re.findall(r'f"([a-z_/]+/[^"]*\{[^"]*\.html)"', text)}
    unused = [
        name
        for name in templates()
        if name not in text and not any(Path(name).match(pattern) for pattern in put_together)
    ]
    assert unused == []


@pytest.mark.parametrize("name", templates())
def test_every_template_can_be_read(name: str) -> None:
    if name.endswith(".html"):
        engines["django"].get_template(name)


def test_every_template_named_in_the_code_is_there() -> None:
    named = {found for _, content in sources() for found in re.findall(r'"([a-z_]+(?:/[a-z_]+)+\.html)"', content)}
    assert sorted(named - set(templates())) == []


def test_guardian_is_called_in_one_module() -> None:
    found = [
        str(path)
        for path, content in sources()
        if re.search(r"^\s*(?:from|import) guardian\b", content, re.MULTILINE) and "guardian.mixins" not in content
    ]
    assert found == ["portal/accounts/grants.py"]


def test_events_are_written_in_one_module() -> None:
    writers = [
        str(path) for path, content in sources() if re.search(r"\bEvent\.objects\.(?:create|bulk)|\bEvent\(\n", content)
    ]
    assert writers == ["portal/audit/services.py"]


def test_what_is_official_is_never_deleted_with_something_else() -> None:
    """A foreign key protects; those that cascade or forget are named here, with the reason."""
    allowed = {
        "accounts.PasswordHistory.user": "a password's hash means nothing without its person",
        "notifications.Message.user": "a message without a reader is nobody's",
        "notifications.Message.membership": "the message stays when the capacity is gone",
        "documents.Upload.owner": "an upload under way is swept anyway",
        "applications.DraftSection.application": "the draft's pages are the draft",
        "calendars.CalendarDay.calendar_year": "a year imported anew replaces its days",
    }
    loose = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
        if not model._meta.auto_created
    }
    assert loose - set(allowed) == set()
    assert set(allowed) - loose == set(), "named here, but protects now"


def test_every_model_has_words_for_a_person() -> None:
    internal = {"audit.Chain", "applications.Counter", "documents.Upload", "reviews.ObjectionFile"}
    nameless = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS and not re.search("[\u4e00-\u9fff]", str(model._meta.verbose_name))
    ]
    assert set(nameless) - internal == set()


def test_nothing_reads_the_clock_past_the_portals_own() -> None:
    """Deadlines are tested by moving `portal.calendars.clock`; another source of time would not move with it."""
    bad = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|datetime\.utcnow\(")
    found = [str(path) for path, content in sources() if bad.search(content) and path.name != "clock.py"]
    assert found == []


def test_only_the_mover_writes_a_status() -> None:
    """`applications.services.moves` alone changes where an application stands."""
    found = []
    for path, content in sources():
        if str(path) == "applications/services/moves.py" or "demo" in path.parts:
            continue
        for node in ast.walk(ast.parse(content)):
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(to, ast.Attribute) and to.attr == "status" for to in targets):
                    found.append(f"{path}:{node.lineno}")
    assert found == []
