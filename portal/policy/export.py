"""An edition as plain JSON data, complete: what `manage.py policy export` prints and the public rules page shows."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from portal.policy.condition import Condition
from portal.policy.edition import Edition
from portal.policy.form import Field, Group, Section, Table
from portal.policy.scoring import ScoreSheet


def export(edition: Edition) -> dict[str, Any]:
    """Return the whole edition: dictionaries, lists, texts, numbers, booleans and None; dates as `2024-01-20`."""
    return {
        "code": edition.jurisdiction,
        "edition": edition.code,
        "title": edition.title,
        "short_title": edition.short_title,
        "document_number": edition.document_number,
        "issuer": edition.issuer,
        "status": edition.status.value,
        "issued_on": edition.issued_on.isoformat(),
        "effective_from": edition.effective_from.isoformat(),
        "jurisdiction": plain(edition.profile),
        "scope": {"text": edition.scope, "clause": edition.scope_clause},
        "basis": edition.basis,
        "change_clause": edition.change_clause,
        "validity": edition.validity,
        "repeals": edition.repeals,
        "citation": edition.citation,
        "tracks": plain(edition.tracks),
        "form": _form(edition),
        "sections": [
            {**_section(section), "group": group.key if group else None} for group, section in edition.form.sections()
        ],
        "materials": plain(edition.materials),
        "conditions": [_condition(condition) for condition in edition.conditions],
        "procedure": plain(edition.procedure),
        "panel": _with_settings(edition, edition.panel),
        "notice": _with_settings(edition, edition.notice),
        "naming": plain(edition.naming),
        "exclusive": plain(edition.exclusive),
        "combinable": plain(edition.combinable),
        "cross_application": plain(edition.cross_application),
        "cells": plain(edition.cells),
        "ranking": plain(edition.ranking),
        "releases": plain(edition.releases),
        "review_sheets": plain(edition.review_sheets),
        "aggregation": _with_settings(edition, edition.aggregation),
        "official_calls": plain(edition.official_calls),
        "act": edition.act,
        "assessment": _assessment(edition.assessment),
        "duties": plain(edition.duties),
        "support": {"items": plain(edition.support)},
        "recoveries": plain(edition.recoveries),
        "build_period": plain(edition.build_period),
        **{
            name: plain(getattr(edition, name))
            for name in ("ledgers", "tallies", "indicators", "targets", "reports", "schemes", "consequences")
        },
        "defaults": plain(edition.defaults),
        "settings": plain(edition.settings),
        "extra": plain(edition.extra),
    }


def plain(value: Any) -> Any:
    """Turn declarations into JSON data. A test or measure carries its kind as `is`; whole decimals become integers."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **named} if hasattr(value, "references") else named
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # an instant, too
        return value.isoformat()
    if isinstance(value, (Decimal, Fraction)):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _form(edition: Edition) -> dict[str, Any]:
    form = edition.form
    groups = [part for part in form.parts if isinstance(part, Group)]
    return {
        "title": form.title,
        "notes": list(form.notes),
        "declaration": form.declaration,
        "cover": list(form.cover),
        "seals": form.seals,
        "maker": form.maker,
        "track_label": form.track_label,
        "office_title": form.office_title,
        "office": plain(form.office),
        "order": [part.key for part in form.parts],
        "groups": [
            {
                **{key: each for key, each in plain(group).items() if key != "sections"},
                "sections": _keys(group.sections),
            }
            for group in groups
        ],
    }


def _keys(parts: tuple[Section, ...]) -> list[str]:
    return [part.key for part in parts]


def _section(section: Section) -> dict[str, Any]:
    return {**plain(section), "items": [_item(item) for item in section.items]}


def _item(item: Field | Table) -> dict[str, Any]:
    if isinstance(item, Table):
        return {"type": "table", **plain(item)}
    return {"type": "field", **plain(item)}


def _condition(condition: Condition) -> dict[str, Any]:
    return {**plain(condition), "kind": condition.kind.value}


def _with_settings(edition: Edition, rule: Any) -> dict[str, Any]:
    """Show a rule with its settings resolved: `days_setting` names the setting, `days` is its value."""
    values = edition.setting_values()
    named: dict[str, Any] = plain(rule)
    resolved = {
        key.removesuffix("_setting"): plain(values[name]) if name else None
        for key, name in named.items()
        if key.endswith("_setting")
    }
    return {**named, **resolved}


def _assessment(sheet: ScoreSheet | None) -> dict[str, Any] | None:
    if sheet is None:
        return None
    maxima = {"base_maximum": plain(sheet.maximum(bonus=False)), "bonus_maximum": plain(sheet.maximum(bonus=True))}
    return {**plain(sheet), **maxima}
