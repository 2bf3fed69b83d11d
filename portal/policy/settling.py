"""Bringing typed answers into stored form wherever they can be read, so that rules see `leased` and not 租赁 or “租赁 ”."""

from collections.abc import Mapping
from typing import Any

from portal.policy.edition import Edition
from portal.policy.facts import Answers, filled
from portal.policy.form import Field, FieldKind, Group, Section, Table
from portal.policy.values import Unreadable, read

_AS_TYPED = (FieldKind.TEXT, FieldKind.LONG_TEXT)


def settle(edition: Edition, answers: Answers) -> dict[str, Any]:
    """Return the answers with every readable value in stored form; what cannot be read stays as it was typed."""
    settled = dict(answers)
    for part in edition.form.parts:
        found = answers.get(part.key)
        if isinstance(part, Section):
            if isinstance(found, Mapping):
                settled[part.key] = settle_section(part, found)
        elif isinstance(found, (list, tuple)):
            settled[part.key] = [_instance(part, each) for each in found]
    return settled


def settle_section(section: Section, answers: Answers) -> dict[str, Any]:
    """Do the same for one section's own answers."""
    settled = dict(answers)
    for item in section.items:
        raw = answers.get(item.key)
        if not filled(raw):
            continue
        if isinstance(item, Field):
            settled[item.key] = _value(item, raw)
        elif isinstance(raw, (list, tuple)):
            settled[item.key] = [_row(item, row) for row in raw]
    return settled


def _instance(group: Group, instance: Any) -> Any:
    if not isinstance(instance, Mapping):
        return instance
    settled = dict(instance)
    for section in group.sections:
        found = instance.get(section.key)
        if isinstance(found, Mapping):
            settled[section.key] = settle_section(section, found)
    return settled


def _row(table: Table, row: Any) -> Any:
    if not isinstance(row, Mapping):
        return row
    read_already = {
        column.key: _value(column, row[column.key]) for column in table.columns if filled(row.get(column.key))
    }
    return {**row, **read_already}


def _value(asked: Field, raw: Any) -> Any:
    if asked.kind in _AS_TYPED:
        return raw
    try:
        return read(asked, raw)
    except Unreadable:
        return raw
