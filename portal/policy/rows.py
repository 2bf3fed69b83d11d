"""Tables whose rows are given by a setting: which rows, and what was typed put into exactly those."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from portal.policy.facts import filled
from portal.policy.form import Section, Table


def given_rows(table: Table, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what must stand in the first column, row by row; empty for a table that grows freely."""
    parts = re.split(r"[,，、]", str(settings.get(table.rows_setting, ""))) if table.rows_setting else []
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def given_id(value: str) -> str:
    """Return the id of the row given by `value`: always the same, so that two drafts of one page agree on it."""
    return f"g{crc32(value.encode()):08x}"


def put_in_given_rows(table: Table, rows: Iterable[Any], settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return exactly the given rows in order, with what `rows` hold for them; any other row is left out."""
    head = table.columns[0].key
    typed: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        if isinstance(row, Mapping):
            typed.setdefault(str(row.get("_id") or ""), row)
            typed.setdefault(given_id(str(row.get(head) or "").strip()), row)
    found = {value: typed.get(given_id(value), {}) for value in given_rows(table, settings)}
    return [{**row, "_id": given_id(value), head: value} for value, row in found.items()]


def with_given_rows(section: Section, answers: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return a section's answers with every such table in its given rows."""
    given = {
        table.key: put_in_given_rows(table, answers.get(table.key) or (), settings)
        for table in section.tables
        if table.rows_setting
    }
    return {**answers, **given}


def begun(table: Table, row: Mapping[str, Any]) -> bool:
    """Say whether a person has put anything into a row; what is given is not yet a beginning."""
    columns = table.columns[1:] if table.rows_setting else table.columns
    return any(filled(row.get(column.key)) for column in columns)
