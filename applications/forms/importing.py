"""What an import would do to a table, shown before it does anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing

from applications.forms.workbook import Sheet
from applications.selectors.characters import refuse_undrawable
from applications.selectors.workspace import Workspace
from applications.services.answers import new_row_id
from portal.policy.facts import filled
from portal.policy.form import FieldKind, Table
from portal.policy.reading import Problem
from portal.policy.validation import SectionPlace, check_section
from portal.policy.values import Unreadable, read, show

SALT = "applications.table-import"
HOURS = 12


@dataclass(frozen=True)
class PreviewRow:
    """One row of the file: its cells as they will be stored, and what is wrong with it."""

    number: int
    cells: list[str]
    problems: list[str]


@dataclass(frozen=True)
class Preview:
    """The rows to come, the ones with faults counted, and a sealed parcel that carries them to the confirming click."""

    rows: list[PreviewRow]
    faulty: int
    parcel: str
    unknown: list[str]
    absent: list[str]


def preview_of(workspace: Workspace, place: SectionPlace, table: Table, sheet: Sheet) -> Preview:
    """Check every row of a sheet as if it stood in the table alone; nothing is written."""
    rows = [{"_id": new_row_id(), **stored(table, row)} for row in sheet.rows]
    problems = _problems(workspace, place, table, rows)
    shown = [
        PreviewRow(
            number, [show(column, row.get(column.key)) for column in table.columns], problems.get(row["_id"], [])
        )
        for number, row in enumerate(rows, start=1)
    ]
    faulty = sum(1 for row in shown if row.problems)
    return Preview(shown, faulty, seal(workspace, f"{place.path}/{table.key}", rows), sheet.unknown, sheet.absent)


def stored(table: Table, row: Mapping[str, str]) -> dict[str, Any]:
    """Turn the words of choices into their values; everything else stays as it was typed."""
    return {column.key: _choice(column, row[column.key]) for column in table.columns if column.key in row}


def _choice(column: Any, typed: str) -> str:
    if column.kind not in (FieldKind.CHOICE, FieldKind.YES_NO) or not filled(typed):
        return typed
    try:
        return str(read(column, typed))
    except Unreadable:
        return typed


def _problems(
    workspace: Workspace, place: SectionPlace, table: Table, rows: list[dict[str, Any]]
) -> dict[str, list[str]]:
    alone = replace(place, section=replace(place.section, items=(replace(table, when=None, min_rows=0),)))
    found = check_section(workspace.edition, alone, {table.key: rows}, place.facts(workspace.facts), refuse_undrawable)
    by_row: dict[str, list[str]] = {}
    head = f"{place.path}/{table.key}/"
    for problem in found:
        row_id = problem.path.removeprefix(head).partition("/")[0]
        by_row.setdefault(row_id, []).append(_bare(problem))
    return by_row


def _bare(problem: Problem) -> str:
    column = problem.label.partition("“")[2].rstrip("”") or problem.label
    return f"{column}：{problem.message}"


def seal(workspace: Workspace, path: str, rows: list[dict[str, Any]]) -> str:
    """Sign the rows for one table of one application, so that the confirming click needs no file kept on the server."""
    return signing.dumps({"to": f"{workspace.application.pk}:{path}", "rows": rows}, salt=SALT, compress=True)


def unseal(workspace: Workspace, path: str, parcel: str) -> list[dict[str, Any]]:
    """Return the rows of a parcel meant for this table; `signing.BadSignature` for any other, or one grown old."""
    found = signing.loads(parcel, salt=SALT, max_age=HOURS * 3600)
    if found["to"] != f"{workspace.application.pk}:{path}":
        raise signing.BadSignature("a parcel for another table")
    return [dict(row) for row in json.loads(json.dumps(found["rows"]))]
