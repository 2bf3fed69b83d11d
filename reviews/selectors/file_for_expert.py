"""An application as an expert may read it: the submitted version, whatever the form calls personal masked (P3-17)."""

from collections.abc import Iterable, Mapping
from typing import Any

from applications.models import Application, MaterialFile
from portal.calendars import clock
from portal.policy.facts import Facts
from portal.policy.form import Field, FieldKind, Table
from portal.policy.places import SectionPlace, shown, visible_sections
from portal.policy.validation import display, facts_for
from reviews.selectors.wording import masked


def sections_of(application: Application) -> list[dict[str, Any]]:
    """Return the visible sections in order: `{path, title, name, rows: [{label, value, long}], tables: [{label, head, rows}]}`."""
    version = application.current
    if version is None:
        return []
    on = clock.local_date(version.submitted_at)
    facts = facts_for(application.edition, application.track_key, version.answers, {}, None, on=on)
    return [_section(place, version.answers, facts) for place in visible_sections(application.edition, facts)]


def materials_of(application: Application) -> list[dict[str, Any]]:
    """Return the current files by slot: `{title, files: [StoredFile]}`."""
    rows = MaterialFile.objects.filter(application=application, removed_at__isnull=True).select_related("stored")
    return materials_by_slot(application, rows)


def materials_by_slot(application: Application, rows: Iterable[MaterialFile]) -> list[dict[str, Any]]:
    """Return these files of an application by slot, as `materials_of` does."""
    files: dict[str, list[Any]] = {}
    for row in rows:
        files.setdefault(row.slot, []).append(row.stored)
    slots = {material.key: material.title for material in application.edition.materials}
    return [{"title": slots.get(slot, slot), "files": found} for slot, found in files.items()]


def veil(field: Field, value: str) -> str:
    """Hide what a person could be known by: the given name, the middle of a number, the local part of an address."""
    if not field.personal or not value:
        return value
    if field.kind is FieldKind.PHONE:
        return masked(value)
    if field.kind is FieldKind.EMAIL:
        return f"***{value[value.rfind('@') :]}" if "@" in value else "***"
    if field.kind is FieldKind.ACCOUNT:
        return f"**** {value[-4:]}"
    return value[0] + "*" * max(len(value) - 1, 1)


def _section(place: SectionPlace, answers: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    own, inside = place.answers(answers), place.facts(facts)
    rows, tables = [], []
    for item in place.section.items:
        if not shown(item.when, inside):
            continue
        if isinstance(item, Table):
            tables.append(_table(item, own.get(item.key) or []))
        else:
            value = veil(item, display(item, own))
            rows.append({"label": item.label, "value": value, "long": item.kind is FieldKind.LONG_TEXT})
    title = f"{place.group_title}　{place.section.title}" if place.group_title else place.section.title
    return {"path": place.path.replace("/", "-"), "title": title, "name": place.name, "rows": rows, "tables": tables}


def _table(table: Table, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "label": table.label,
        "head": [column.label for column in table.columns],
        "rows": [[veil(column, display(column, row)) for column in table.columns] for row in rows],
    }
