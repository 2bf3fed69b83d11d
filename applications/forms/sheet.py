"""One table of an edition, ready to render as a sheet: rows of cells, messages under the rows, totals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from applications.forms.fields import Choice, choices_of
from portal.policy.facts import Facts, filled, to_number
from portal.policy.form import Field, FieldKind, Table
from portal.policy.measures import show_number
from portal.policy.reading import Problem
from portal.policy.rows import put_in_given_rows
from portal.policy.validation import shown

BROAD = 90  # shares of width from which a table needs more than the paper is wide
NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
BLANK_ROW = "new"  # the id of the line that waits for input; the server gives a real one when it is filled


@dataclass(frozen=True)
class Cell:
    """One cell: its control is an input, or a select where the column has options."""

    column: Field
    id: str
    name: str
    value: str
    wrong: bool = False
    asked: bool = True
    readonly: bool = False

    @property
    def numeric(self) -> bool:
        """Whether it is set to the right."""
        return self.column.kind in NUMBERS

    @property
    def choices(self) -> list[Choice]:
        """The options, none for a cell that is typed in."""
        return choices_of(self.column, self.value)

    @property
    def known(self) -> bool:
        """Whether the value is one of the options (an imported draft may hold anything)."""
        return not self.value or any(choice.chosen for choice in self.choices)


@dataclass(frozen=True)
class Row:
    """One row with what is to be said about it, straight under it."""

    id: str
    anchor: str
    number: int
    cells: list[Cell]
    messages: list[str]
    source: str = ""
    remarks: tuple[Any, ...] = ()
    readonly: bool = False
    blank: bool = False
    kept: bool = False  # stands first and cannot be moved or removed


@dataclass
class SheetView:
    """A table on its page."""

    table: Table
    path: str
    rows: list[Row]
    totals: list[str]
    message: str = ""
    shown: bool = True
    may_grow: bool = True
    remarks: tuple[Any, ...] = ()
    columns: list[Field] = field(default_factory=list)
    idle: frozenset[str] = frozenset()  # columns that no row asks for now
    note: str = ""  # why its first rows are kept

    @property
    def key(self) -> str:
        """The name it is posted under."""
        return self.table.key

    @property
    def message_width(self) -> int:
        """What a message under a row spans."""
        return len(self.columns) - len(self.idle) + (1 if self.may_grow else 0)

    @property
    def feet(self) -> list[tuple[str, bool]]:
        """The totals, each with whether its column is hidden."""
        return [(total, column.key in self.idle) for total, column in zip(self.totals, self.columns, strict=True)]

    @property
    def broad(self) -> bool:
        """Whether its columns need more than the paper's width."""
        return sum(column.width for column in self.columns if column.key not in self.idle) >= BROAD

    @property
    def heads(self) -> list[tuple[Field, str]]:
        """The columns with the class of their share of the width, in fortieths."""
        whole = sum(column.width for column in self.columns if column.key not in self.idle) or 1
        return [(column, f"col-{max(2, round(column.width * 40 / whole))}") for column in self.columns]


@dataclass
class SheetReader:
    """Builds the view of one table from its rows, the page's problems and what may be written."""

    table: Table
    path: str  # of the table
    facts: Facts
    problems: Sequence[Problem]
    prefilled: Mapping[str, str]
    writable: Any  # Opening
    remarks: Mapping[str, list[Any]]
    kept: Sequence[Mapping[str, Any]] = ()  # rows that stand first, with the answers in them that stay
    kept_note: str = ""

    def view(self, raw: Any) -> SheetView:
        """Put the sheet together; one empty line waits at its end while rows may be added. Given rows stand as given."""
        given: Sequence[Mapping[str, Any]] = (
            [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list) else []
        )
        if self.table.rows_setting:
            given = put_in_given_rows(self.table, given, self.facts.settings)
        may_grow = self.writable.whole(self.path) and not self.table.rows_setting
        rows = [self._row(row, number) for number, row in enumerate(given, start=1)]
        if may_grow:
            rows.append(self._blank(len(rows) + 1))
        return SheetView(
            table=self.table,
            path=self.path,
            rows=rows,
            totals=list(self._totals(given)),
            message="；".join(each.message for each in self.problems if each.path == self.path),
            shown=shown(self.table.when, self.facts),
            may_grow=may_grow,
            remarks=tuple(self.remarks.get(self.path, ())),
            columns=list(self.table.columns),
            idle=self._idle(rows),
            note=self.kept_note if self.kept else "",
        )

    @cached_property
    def _fixed(self) -> dict[str, frozenset[str]]:
        return {str(row["_id"]): frozenset(row) for row in self.kept}

    @cached_property
    def _problems_by_row(self) -> dict[str, list[Problem]]:
        rows: dict[str, list[Problem]] = {}
        for problem in self.problems:
            row_id, _, column = problem.path.removeprefix(f"{self.path}/").partition("/")
            if column and problem.path.startswith(f"{self.path}/"):
                rows.setdefault(row_id, []).append(problem)
        return rows

    def _idle(self, rows: Sequence[Row]) -> frozenset[str]:
        conditional = [place for place, column in enumerate(self.table.columns) if column.when]
        return frozenset(
            self.table.columns[place].key
            for place in conditional
            if not any(row.cells[place].asked for row in rows if not row.blank)
        )

    def _row(self, row: Mapping[str, Any], number: int) -> Row:
        row_id = str(row.get("_id"))
        here = f"{self.path}/{row_id}"
        mine = self._problems_by_row.get(row_id, [])
        wrong = {each.path for each in mine}
        source = self.prefilled.get(f"{self.table.key}/{row_id}", "")
        inside = self.facts.within(row) if any(column.when for column in self.table.columns) else self.facts
        remarks = [
            each
            for path, found in self.remarks.items()
            if path == here or path.startswith(f"{here}/")
            for each in found
        ]
        return Row(
            id=row_id,
            anchor=f"f-{self.table.key}-{row_id}",
            number=number,
            cells=[self._cell(column, row, row_id, wrong, inside) for column in self.table.columns],
            messages=[_bare(each) for each in mine],
            source=source,
            remarks=tuple(remarks),
            readonly=not self.writable.partly(here),
            kept=row_id in self._fixed,
        )

    def _cell(self, column: Field, row: Mapping[str, Any], row_id: str, wrong: set[str], inside: Facts) -> Cell:
        path = f"{self.path}/{row_id}/{column.key}"
        return Cell(
            column=column,
            id=f"f-{self.table.key}-{row_id}-{column.key}",
            name=f"{self.table.key}.{row_id}.{column.key}",
            value=_text(row.get(column.key)),
            wrong=path in wrong,
            asked=shown(column.when, inside),
            readonly=not self.writable.whole(path)
            or (bool(self.table.rows_setting) and column is self.table.columns[0])
            or column.key in self._fixed.get(row_id, ()),
        )

    def _blank(self, number: int) -> Row:
        cells = [
            Cell(
                column, f"f-{self.table.key}-{BLANK_ROW}-{column.key}", f"{self.table.key}.{BLANK_ROW}.{column.key}", ""
            )
            for column in self.table.columns
        ]
        return Row(BLANK_ROW, f"f-{self.table.key}-{BLANK_ROW}", number, cells, [], blank=True)

    def _totals(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        full = [row for row in rows if any(filled(value) for key, value in row.items() if key != "_id")]
        for place, column in enumerate(self.table.columns):
            if column.key in self.table.totals:
                total = sum((to_number(row.get(column.key)) or Fraction(0) for row in full), start=Fraction(0))
                places = column.places if column.kind in (FieldKind.MONEY, FieldKind.DECIMAL) else 0
                yield (
                    f"{Decimal(total.numerator) / Decimal(total.denominator):,.{places}f}"
                    if places
                    else show_number(total)
                )
            else:
                yield f"合计 {len(full)} {self.table.noun}" if place == 0 and full else ""


def _bare(problem: Problem) -> str:
    """`第 9 行“型号规格”` and its message as one sentence under the row: the row needs no telling."""
    column = problem.label.partition("“")[2].rstrip("”") or problem.label
    return f"{column}{problem.message}" if problem.message.startswith("未") else f"{column}：{problem.message}"


def _text(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
