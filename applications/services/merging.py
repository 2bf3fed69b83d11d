"""Two people write one page: what only one of them changed is taken over; what both changed is left to the people."""

from collections.abc import Mapping
from typing import Any

from portal.policy.form import Section

Answers = Mapping[str, Any]


def merge(section: Section, base: Answers, theirs: Answers, mine: Answers) -> tuple[dict[str, Any], set[str]]:
    """Return the page with both people's changes against `base`, and the keys of questions on which they clash.

    Where they clash the result holds mine. Rows are matched by `_id` and merged cell by cell; a row that one deleted and
    the other changed is a clash, and stays.
    """
    merged: dict[str, Any] = {}
    clashes: set[str] = set()
    tables = {table.key for table in section.tables}
    for key in {*base, *theirs, *mine}:
        if key in tables:
            merged[key], clashed = _rows(base.get(key) or [], theirs.get(key) or [], mine.get(key) or [])
        else:
            merged[key], clashed = _value(base.get(key), theirs.get(key), mine.get(key))
        if clashed:
            clashes.add(key.removesuffix("_other"))
    return {key: value for key, value in merged.items() if value is not None}, clashes


def _value(base: Any, theirs: Any, mine: Any) -> tuple[Any, bool]:
    if _same(theirs, mine) or _same(base, theirs):
        return mine, False
    if _same(base, mine):
        return theirs, False
    return mine, True


def _same(one: Any, other: Any) -> bool:
    return (one or "") == (other or "")


def _rows(base: list[Answers], theirs: list[Answers], mine: list[Answers]) -> tuple[list[dict[str, Any]], bool]:
    before, their, own = ({str(row.get("_id")): row for row in rows} for rows in (base, theirs, mine))
    kept: list[dict[str, Any]] = []
    clashed = False
    for row_id in _order(list(before), list(their), list(own)):
        old, row_theirs, row_mine = before.get(row_id), their.get(row_id), own.get(row_id)
        if row_theirs is None or row_mine is None:
            row, clash = _one_sided(old, row_theirs or row_mine)
        else:
            row, clash = _cells(old or {}, row_theirs, row_mine)
        clashed = clashed or clash
        if row is not None:
            kept.append(row)
    return kept, clashed


def _one_sided(old: Answers | None, left: Answers | None) -> tuple[dict[str, Any] | None, bool]:
    """A row only one side has: new there, or deleted on the other side."""
    if left is None or old == left:
        return None, False
    return dict(left), old is not None


def _cells(old: Answers, theirs: Answers, mine: Answers) -> tuple[dict[str, Any], bool]:
    row: dict[str, Any] = {}
    clashed = False
    for key in {*theirs, *mine}:
        row[key], clash = _value(old.get(key), theirs.get(key), mine.get(key))
        clashed = clashed or clash
    return row, clashed


def _order(base: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """My order, unless only the other one moved rows; rows new on the other side follow those they stood behind."""
    order = list(theirs if [each for each in mine if each in base] == [each for each in base if each in mine] else mine)
    for source in (theirs, mine, base):
        for place, row_id in enumerate(source):
            if row_id not in order:
                before = source[place - 1] if place else None
                order.insert(order.index(before) + 1 if before in order else 0, row_id)
    return order
