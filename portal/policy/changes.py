"""What differs between two versions of a form's answers, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from portal.policy.edition import Edition
from portal.policy.facts import Answers, filled
from portal.policy.form import Field, Group, Section, Table
from portal.policy.places import chinese_number, identity, instances
from portal.policy.values import show

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One difference, ready to show. A row or a group instance that came or went is one change."""

    path: str
    label: str
    section_path: str
    old_display: str
    new_display: str
    kind: Kind


def diff(old_answers: Answers, new_answers: Answers, edition: Edition) -> list[Change]:
    """List every difference in the order of the form; rows and instances are matched by `_id`, not by place."""
    changes: list[Change] = []
    for part in edition.form.parts:
        if isinstance(part, Group):
            changes += _group(part, old_answers, new_answers)
        else:
            old, new = _mapping(old_answers.get(part.key)), _mapping(new_answers.get(part.key))
            changes += _section(part, old, new, part.key)
    return changes


def display(asked: Field, answers: Answers) -> str:
    """Write one answer as people read it, its unit and its 其他 text included."""
    text = show(asked, answers.get(asked.key))
    other = answers.get(f"{asked.key}_other")
    if filled(other):
        text = f"{text}（{other}）"
    return f"{text} {asked.unit}" if text and asked.unit else text


def _section(section: Section, old: Answers, new: Answers, path: str, prefix: str = "") -> Iterator[Change]:
    for item in section.items:
        if isinstance(item, Table):
            yield from _table(item, old, new, path, prefix)
        else:
            yield from _cell(item, (old, new), f"{path}/{item.key}", path, f"{prefix}{item.label}")


def _cell(asked: Field, pair: tuple[Answers, Answers], path: str, section_path: str, label: str) -> Iterator[Change]:
    before, after = (display(asked, answers) for answers in pair)
    if before != after:
        kind: Kind = "added" if not before else "removed" if not after else "changed"
        yield Change(path, label, section_path, before, after, kind)


def _table(table: Table, old: Answers, new: Answers, section_path: str, prefix: str) -> Iterator[Change]:
    path = f"{section_path}/{table.key}"
    before, after = _rows(old.get(table.key)), _rows(new.get(table.key))
    for number, (identifier, row) in enumerate(after.items(), start=1):
        label = f"{prefix}{table.label}第 {number} {table.noun}"
        if identifier not in before:
            yield Change(f"{path}/{identifier}", label, section_path, "", _row(table, row), "added")
            continue
        for column in table.columns:
            cell = f"{path}/{identifier}/{column.key}"
            yield from _cell(column, (before[identifier], row), cell, section_path, f"{label}“{column.label}”")
    for number, (identifier, row) in enumerate(before.items(), start=1):
        if identifier not in after:
            label = f"{prefix}{table.label}原第 {number} {table.noun}"
            yield Change(f"{path}/{identifier}", label, section_path, _row(table, row), "", "removed")
    yield from _order(table, before, after, path, f"{prefix}{table.label}（行次）")


def _order(table: Table, old: dict[str, Answers], new: dict[str, Answers], path: str, label: str) -> Iterator[Change]:
    stayed = [identifier for identifier in old if identifier in new]
    now = [identifier for identifier in new if identifier in old]
    if stayed != now:
        named = table.columns[0]
        before, after = ("、".join(display(named, new[identifier]) for identifier in order) for order in (stayed, now))
        yield Change(path, label, path.rpartition("/")[0], before, after, "changed")


def _group(group: Group, old_answers: Answers, new_answers: Answers) -> Iterator[Change]:
    before, after = dict(instances(old_answers, group)), dict(instances(new_answers, group))
    for number, (identifier, instance) in enumerate(after.items(), start=1):
        title, path = f"{group.noun}{chinese_number(number)}", f"{group.key}/{identifier}"
        if identifier not in before:
            yield Change(path, title, path, "", _name(group, instance), "added")
            continue
        for section in group.sections:
            old, new = _mapping(before[identifier].get(section.key)), _mapping(instance.get(section.key))
            yield from _section(section, old, new, f"{path}/{section.key}", f"{title} ")
    for number, (identifier, instance) in enumerate(before.items(), start=1):
        if identifier not in after:
            path = f"{group.key}/{identifier}"
            yield Change(path, f"原{group.noun}{chinese_number(number)}", path, _name(group, instance), "", "removed")


def _name(group: Group, instance: Answers) -> str:
    section, _, key = group.name_ref.partition(".")
    return str(_mapping(instance.get(section)).get(key) or "（未命名）")


def _row(table: Table, row: Answers) -> str:
    return "；".join(f"{column.label} {text}" for column in table.columns if (text := display(column, row)))


def _rows(raw: Any) -> dict[str, Answers]:
    listed: Sequence[Any] = raw if isinstance(raw, (list, tuple)) else ()
    rows = [row for row in listed if isinstance(row, Mapping)]
    return {identity(row, number): row for number, row in enumerate(rows, start=1)}


def _mapping(raw: Any) -> Answers:
    return raw if isinstance(raw, Mapping) else {}
