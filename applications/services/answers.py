"""What a browser may write into a page of the draft: known questions only, in plain shapes, whatever was sent."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from applications.selectors.correction import Opening
from portal.policy.form import Field, FieldKind, Section, Table
from portal.policy.text import normalise
from portal.tenancy.models import Organisation

_ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,24}")
MOST_ROWS = 2_000  # what a draft holds at most; the form's own limit is reported, not enforced, while writing


def new_row_id() -> str:
    """Return an id for a row or a group instance."""
    return f"r{secrets.token_hex(4)}"


def tidy(section: Section, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `raw` holds for the section's own questions; everything else is dropped, nothing is judged."""
    kept: dict[str, Any] = {}
    for item in section.items:
        if isinstance(item, Table):
            kept[item.key] = _rows(item, raw.get(item.key))
        else:
            kept |= _answer(item, raw)
    return kept


def from_profile(section: Section, organisation: Organisation) -> dict[str, str]:
    """Return the answers that always show the unit's profile."""
    return {item.key: str(getattr(organisation, item.source, "")) for item in section.fields if item.locked}


def within_opening(
    section: Section, path: str, opening: Opening, old: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    """Return `old` with only those parts of `new` that the round of correction has opened."""
    if opening.whole(path):
        return dict(new)
    merged = dict(old)
    for item in section.items:
        here = f"{path}/{item.key}"
        for key in (item.key, f"{item.key}_other"):
            if opening.whole(here) and key in new:
                merged[key] = new[key]
        if isinstance(item, Table) and not opening.whole(here) and opening.partly(here):
            merged[item.key] = _opened_rows(here, opening, old.get(item.key) or [], new.get(item.key) or [])
    return merged


def _opened_rows(path: str, opening: Opening, old: list[Any], new: list[Any]) -> list[Any]:
    typed = {row["_id"]: row for row in new}
    merged = []
    for row in old:
        here, fresh = f"{path}/{row['_id']}", typed.get(row["_id"])
        if fresh is None:
            merged.append(row)
        elif opening.whole(here):
            merged.append(fresh)
        else:
            merged.append({**row, **{key: value for key, value in fresh.items() if opening.whole(f"{here}/{key}")}})
    return merged


def _rows(table: Table, raw: Any) -> list[dict[str, Any]]:
    rows, seen = [], set()
    for given in raw[:MOST_ROWS] if isinstance(raw, list) else []:
        if not isinstance(given, Mapping):
            continue
        identifier = str(given.get("_id") or "")
        if not _ROW_ID.fullmatch(identifier) or identifier in seen:
            identifier = new_row_id()
        seen.add(identifier)
        row: dict[str, Any] = {"_id": identifier}
        for column in table.columns:
            row |= _answer(column, given)
        rows.append(row)
    return rows


def _answer(asked: Field, raw: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if asked.key in raw:
        value = raw[asked.key]
        if asked.kind is FieldKind.MULTIPLE:
            found[asked.key] = [_text(each) for each in value] if isinstance(value, list) else []
        else:
            found[asked.key] = _text(value)
    other = f"{asked.key}_other"
    if any(option.other for option in asked.options) and other in raw:
        found[other] = _text(raw[other])
    return found


def _text(value: Any) -> str:
    return normalise(value) if isinstance(value, str) else "" if value is None else normalise(str(value))
