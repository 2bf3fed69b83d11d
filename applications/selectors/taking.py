"""What a cross-application takes over from its source: pages, the order of repeated parts, the rows that are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from applications.models import DraftSection
from applications.selectors.workspace import Workspace, group_of
from portal.policy.form import Table
from portal.policy.keeping import KEEP_FIRST
from portal.policy.selection import CrossApplication
from portal.policy.validation import shown

Page = tuple[dict[str, Any], dict[str, str]]  # answers, and the source of each value nobody has confirmed


@dataclass(frozen=True)
class Taken:
    """`pages` by path, to be laid over those a new draft begins with; `groups` with their ids; `kept` as it is stored."""

    pages: dict[str, Page]
    groups: dict[str, list[str]]
    kept: dict[str, Any]


def taking_problem(source: Workspace, rule: CrossApplication) -> str:
    """Return why the ordered rows cannot be taken over as they stand, or an empty text."""
    rows, (page, key) = _rows(source, rule), rule.table.split(".")
    noun = getattr(source.edition.form.find(rule.table), "noun", "")
    locks = _mode(source, rule) == KEEP_FIRST
    least = rule.keep if locks else rule.keep + 1
    if len(rows) < least:
        return f"原申报须先填报至少 {least} {noun}，现有 {len(rows)} {noun}（{rule.clause}）"
    first = [f"{page}/{key}/{row['_id']}" for row in rows[: rule.keep]]
    found = [each.path for each in source.form_problems if any(f"{each.path}/".startswith(f"{at}/") for at in first)]
    if locks and found:
        return f"前 {rule.keep} {noun}写入后不能修改，请先在原申报中填妥并确认（{rule.clause}）"
    return ""


def take(source: Workspace, rule: CrossApplication) -> Taken:
    """Return what goes along in the mode of the call. Values nobody has confirmed in the source stay unconfirmed."""
    pages: dict[str, Page] = {}
    for reference, target in rule.copies:
        _copy(source, reference, target, pages)
    mode = _mode(source, rule)
    rows = _rows(source, rule)
    first = {row["_id"]: f"kept{number}" for number, row in enumerate(rows[: rule.keep], start=1)}
    kept_rows = [{**_asked(source, rule, row), "_id": first[row["_id"]]} for row in rows[: rule.keep]]
    page, key = rule.target_table.split(".")
    going = (
        [{**row, "_id": first[row["_id"]]} for row in rows[: rule.keep]] if mode == KEEP_FIRST else rows[rule.keep :]
    )
    answers, marks = pages.setdefault(page, ({}, {}))
    answers[key] = going
    marks.update(_row_marks(source, rule, going, key))
    groups, parts = _along(source, rule, mode, pages)
    if rule.flag:
        home, flag = rule.flag.split(".")
        pages.setdefault(home, ({}, {}))[0][flag] = "yes"
    return Taken(pages, groups, {"mode": mode, "rows": kept_rows, "parts": parts})


def _mode(source: Workspace, rule: CrossApplication) -> str:
    return str(source.facts.settings[rule.mode_setting])


def _rows(source: Workspace, rule: CrossApplication) -> list[dict[str, Any]]:
    page, key = rule.table.split(".")
    return [dict(row) for row in (source.answers.get(page) or {}).get(key) or []]


def _asked(source: Workspace, rule: CrossApplication, row: Mapping[str, Any]) -> dict[str, Any]:
    """What the source asks of a row: columns that only the target asks are open to be filled in."""
    table = cast("Table", source.edition.form.find(rule.table))
    inside = source.facts.within(row)
    keys = {
        key for column in table.columns if shown(column.when, inside) for key in (column.key, f"{column.key}_other")
    }
    return {key: value for key, value in row.items() if key in keys}


def _row_marks(
    source: Workspace, rule: CrossApplication, rows: list[dict[str, Any]], key: str
) -> Iterator[tuple[str, str]]:
    page, table = rule.table.split(".")
    marks = source.drafts[page].prefilled if page in source.drafts else {}
    for row in rows:
        if mark := marks.get(f"{table}/{row['_id']}"):
            yield f"{key}/{row['_id']}", mark


def _copy(source: Workspace, reference: str, target: str, pages: dict[str, Page]) -> None:
    (page, key), (home, name) = reference.split("."), target.split(".")
    draft = source.drafts.get(page) or DraftSection(path=page)
    answers, marks = pages.setdefault(home, ({}, {}))
    for end in ("", "_other"):
        if f"{key}{end}" in draft.answers:
            answers[f"{name}{end}"] = draft.answers[f"{key}{end}"]
    for mark, said in draft.prefilled.items():
        head, slash, row = mark.partition("/")
        if head == key:
            marks[f"{name}{slash}{row}"] = said


def _along(
    source: Workspace, rule: CrossApplication, mode: str, pages: dict[str, Page]
) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """Cut the groups as the table is cut; the locked ones come with their names."""
    groups: dict[str, list[str]] = {}
    parts: dict[str, dict[str, str]] = {}
    for head, target in rule.along:
        order = source.application.groups.get(head, [])
        locks = mode == KEEP_FIRST
        going = order[: rule.keep] if locks else order[rule.keep :]
        ids = {each: f"kept{number}" if locks else each for number, each in enumerate(going, start=1)}
        section, _, key = group_of(source.edition, target).name_ref.partition(".")
        for each, mine in ids.items():
            for path, draft in source.drafts.items():
                if path.startswith(f"{head}/{each}/"):
                    pages[f"{target}/{mine}/{path.rpartition('/')[2]}"] = (dict(draft.answers), dict(draft.prefilled))
        groups[target] = list(ids.values())
        if locks:
            parts[target] = {
                mine: str(pages.get(f"{target}/{mine}/{section}", ({}, {}))[0].get(key) or "")
                for mine in groups[target]
            }
            for mine in groups[target]:
                pages.get(f"{target}/{mine}/{section}", ({}, {}))[1].pop(key, None)
    return groups, parts
