"""Two people on one page: both contents are shown, the person chooses, nothing is lost."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from applications.selectors.workspace import Workspace
from applications.services.draft import Conflict
from portal.policy.changes import display
from portal.policy.form import Field, Table
from portal.policy.validation import SectionPlace


def conflict_lines(conflict: Conflict) -> list[dict[str, Any]]:
    """Return the questions on which the two differ, each with both contents ready to show."""
    theirs, mine = conflict.draft.answers, conflict.mine
    return [
        {"key": item.key, "label": item.label, "theirs": _shown(item, theirs, mine), "mine": _shown(item, mine, theirs)}
        for item in conflict.place.section.items
        if (conflict.clashes is None or item.key in conflict.clashes) and _differs(item, theirs, mine)
    ]


def resolved(place: SectionPlace, typed: dict[str, Any], posted: QueryDict, workspace: Workspace) -> dict[str, Any]:
    """Return what was typed with the other person's content wherever they chose it (`choose.KEY` = theirs)."""
    draft = workspace.drafts.get(place.path)
    if draft is None:
        return typed
    chosen = {item.key for item in place.section.items if posted.get(f"choose.{item.key}") == "theirs"}
    taken = {key: value for key, value in draft.answers.items() if key.removesuffix("_other") in chosen}
    return {**{key: value for key, value in typed.items() if key.removesuffix("_other") not in chosen}, **taken}


def _differs(item: Field | Table, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> bool:
    keys = (item.key, f"{item.key}_other")
    return any((theirs.get(key) or "") != (mine.get(key) or "") for key in keys)


def _shown(item: Field | Table, answers: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Write one side's content; of a table only the rows the other side has not got word for word."""
    if isinstance(item, Field):
        return display(item, answers) or "（未填）"
    rows = [row for row in answers.get(item.key) or [] if isinstance(row, Mapping)]
    same = [row for row in other.get(item.key) or [] if isinstance(row, Mapping)]
    lines = [
        f"第 {number} 行　" + "　".join(filter(None, (display(column, row) for column in item.columns)))
        for number, row in enumerate(rows, start=1)
        if row not in same
    ]
    return "\n".join(lines) or f"（共 {len(rows)} 行，其余相同）"
