"""One page of a submitted form as an officer reads it: each answer beside the version before, remarks where they belong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications.models import Remark
from applications.selectors.reading import Reading
from applications.selectors.spots import place_label
from portal.policy.changes import display
from portal.policy.facts import Answers, to_number
from portal.policy.form import Field, FieldKind, Table
from portal.policy.measures import show_number
from portal.policy.places import SectionPlace, identity
from portal.policy.validation import shown


@dataclass(frozen=True)
class Value:
    """One answer. `old` differs from `new` only when it was changed."""

    path: str
    new: str
    old: str
    asked: Field
    remarks: Sequence[Remark] = ()

    @property
    def changed(self) -> bool:
        """Whether it differs from the version before."""
        return self.old != self.new

    @property
    def long(self) -> bool:
        """Whether it is a long text."""
        return self.asked.kind is FieldKind.LONG_TEXT

    @property
    def number(self) -> bool:
        """Whether it is right-aligned."""
        return self.asked.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


@dataclass(frozen=True)
class Row:
    """A row of a table: `kind` is `same`, `added` or `removed`; a removed row has number 0."""

    path: str
    number: int
    values: Sequence[Value]
    kind: str
    remarks: Sequence[Remark]


@dataclass(frozen=True)
class Grid:
    """A table of the form as filled in; `totals` has a text for each column, empty where nothing is added up."""

    path: str
    table: Table
    columns: Sequence[Field]
    rows: Sequence[Row]
    totals: Sequence[str]
    remarks: Sequence[Remark]


@dataclass(frozen=True)
class Page:
    """One section, its answers in the order of the form."""

    place: SectionPlace
    label: str
    items: Sequence[Value | Grid]
    remarks: Sequence[Remark]
    changed: int


def page(reading: Reading, place: SectionPlace) -> Page:
    """Lay out one section of the current version beside the version before."""
    facts = place.facts(reading.facts)
    new = place.answers(reading.version.answers)
    old = place.answers(reading.previous.answers) if reading.previous else new
    items: list[Value | Grid] = []
    for item in place.section.items:
        if not shown(item.when, facts):
            continue
        path = f"{place.path}/{item.key}"
        if isinstance(item, Table):
            items.append(_grid(reading, item, path, (_rows(old.get(item.key)), _rows(new.get(item.key)))))
        else:
            items.append(_value(reading, item, path, (old, new)))
    return Page(
        place, place_label(place), items, reading.remarks_at(place.path), len(reading.changes_under(place.path))
    )


def _value(reading: Reading, asked: Field, path: str, pair: tuple[Answers, Answers]) -> Value:
    old, new = (display(asked, answers) for answers in pair)
    return Value(path, new, old, asked, reading.remarks_at(path))


def _grid(reading: Reading, table: Table, path: str, pair: tuple[dict[str, Answers], dict[str, Answers]]) -> Grid:
    old, new = pair
    columns = [each for each in table.columns if each.when is None or any(row.get(each.key) for row in new.values())]
    rows = [
        Row(
            f"{path}/{identifier}",
            number,
            [
                _value(reading, column, f"{path}/{identifier}/{column.key}", (old.get(identifier, row), row))
                for column in columns
            ],
            "same" if identifier in old else "added",
            reading.remarks_under(f"{path}/{identifier}"),
        )
        for number, (identifier, row) in enumerate(new.items(), start=1)
    ]
    rows += [
        Row(f"{path}/{identifier}", 0, [_value(reading, column, "", (row, row)) for column in columns], "removed", ())
        for identifier, row in old.items()
        if identifier not in new
    ]
    totals = [_total(new, column) if column.key in table.totals else "" for column in columns]
    return Grid(path, table, columns, rows, totals if any(totals) else [], reading.remarks_at(path))


def _rows(raw: Any) -> dict[str, Answers]:
    rows = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, (list, tuple)) else []
    return {identity(row, number): row for number, row in enumerate(rows, start=1)}


def _total(rows: Mapping[str, Answers], column: Field) -> str:
    numbers = [number for row in rows.values() if (number := to_number(row.get(column.key))) is not None]
    return show_number(sum(numbers[1:], numbers[0])) if numbers else ""
