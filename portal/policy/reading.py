"""Reading one section of a form: what can be taken, in stored form, and what must be mended.

Every message is Chinese and says how to mend; it does not repeat its label, so `label：message` reads well in a summary
and the message alone reads well beside the field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from portal.policy.facts import Answers, Facts, filled, to_number
from portal.policy.form import Field, FieldKind, Option, Table
from portal.policy.places import SectionPlace, identity, shown
from portal.policy.rows import begun, given_rows
from portal.policy.text import normalise
from portal.policy.values import Unreadable, read

TextCheck = Callable[[str], str | None]
OTHER_LIMIT = 30
_UNFILLED = {
    FieldKind.CHOICE: "未选，请选择",
    FieldKind.YES_NO: "未选，请选择“是”或“否”",
    FieldKind.MULTIPLE: "未选，请至少选择一项",
    FieldKind.DATE: "未填，请填写日期",
    FieldKind.YEAR_MONTH: "未填，请填写年月",
}


@dataclass(frozen=True)
class Problem:
    """Something to mend, and where. `missing`: nothing is wrong yet, it is only not there."""

    path: str
    label: str
    message: str
    section_path: str
    missing: bool = False
    section_title: str = ""


class _Spot(NamedTuple):
    """Where an answer stands: the path of its section or row, what people call it, whether the row is begun already."""

    home: str
    label: str
    begun: bool = False


@dataclass
class SectionReader:
    """Reads one section; `facts` are seen from inside it, `refuses` may refuse a text."""

    place: SectionPlace
    facts: Facts
    refuses: TextCheck | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, answers: Answers) -> tuple[dict[str, Any], list[Problem]]:
        """Return the readable answers in stored form, and what is wrong with the rest."""
        kept: dict[str, Any] = {}
        for item in self.place.section.items:
            if not shown(item.when, self.facts):
                continue
            if isinstance(item, Table):
                kept[item.key] = self._table(item, answers.get(item.key))
            else:
                self._field(item, answers, kept, _Spot(self.place.path, item.label))
        return kept, self.problems

    def _table(self, table: Table, raw: Any) -> list[dict[str, Any]]:
        path = f"{self.place.path}/{table.key}"
        given = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, (list, tuple)) else []
        rows = [row for row in given if any(filled(value) for key, value in row.items() if key != "_id")]
        if table.rows_setting:
            self._given(table, rows, path)
        elif len(rows) < table.min_rows:
            message = f"至少填 {table.min_rows} {table.noun}，现有 {len(rows)} {table.noun}"
            self._report(path, table.label, message, missing=True)
        if len(rows) > table.max_rows:
            excess = len(rows) - table.max_rows
            self._report(path, table.label, f"最多填 {table.max_rows:,} {table.noun}，请删减 {excess:,} {table.noun}")
        return [self._row(table, row, number, path) for number, row in enumerate(rows, start=1)]

    def _given(self, table: Table, rows: list[Answers], path: str) -> None:
        head, due = table.columns[0], given_rows(table, self.facts.settings)
        if [str(row.get(head.key) or "").strip() for row in rows] != list(due):
            message = f"应依次填报 {'、'.join(due)} 共 {len(due)} {table.noun}，不得增减，请刷新本页后填写"
            self._report(path, table.label, message, missing=not rows)

    def _row(self, table: Table, row: Answers, number: int, path: str) -> dict[str, Any]:
        identifier = identity(row, number)
        kept: dict[str, Any] = {"_id": identifier}
        inside: Facts | None = None
        for column in table.columns:
            if column.when is not None:
                inside = inside or self.facts.within(row)
                if not shown(column.when, inside):
                    continue
            label = f"第 {number} {table.noun}“{column.label}”"
            self._field(column, row, kept, _Spot(f"{path}/{identifier}", label, begun=begun(table, row)))
        return kept

    def _field(self, asked: Field, answers: Answers, kept: dict[str, Any], spot: _Spot) -> None:
        path, label = f"{spot.home}/{asked.key}", spot.label
        try:
            value = read(asked, answers.get(asked.key))
        except Unreadable as trouble:
            self._report(path, label, str(trouble))
            return
        if value is None:
            if asked.required:
                self._report(path, label, _unfilled(asked), missing=not spot.begun)
            return
        if message := self._refusal(asked, value, answers):
            self._report(path, label, message)
            return
        kept[asked.key] = value
        if option := _other(asked, value):
            self._other_text(asked, option, answers, kept, spot)

    def _refusal(self, asked: Field, value: Any, answers: Answers) -> str | None:
        if asked.at_most:
            most, number = to_number(answers.get(asked.at_most)), to_number(value)
            if most is not None and number is not None and number > most:
                return f"不能大于“{self._label_of(asked.at_most)}”{answers[asked.at_most]}，请核对"
        if self.refuses and asked.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
            return self.refuses(str(value))
        return None

    def _label_of(self, key: str) -> str:
        section = self.place.section
        columns = (column for table in section.tables for column in table.columns)
        return next((item.label for item in (*section.fields, *columns) if item.key == key), key)

    def _other_text(self, asked: Field, option: Option, answers: Answers, kept: dict[str, Any], spot: _Spot) -> None:
        text = normalise(str(answers.get(f"{asked.key}_other") or "")).strip()
        path, label = f"{spot.home}/{asked.key}_other", f"{spot.label}（{option.label}）"
        if not text:
            self._report(path, label, f"已选“{option.label}”，请在旁边写明", missing=not spot.begun)
        elif len(text) > OTHER_LIMIT:
            excess = len(text) - OTHER_LIMIT
            self._report(path, label, f"已填 {len(text)} 字，超过 {OTHER_LIMIT} 字，请删减 {excess} 字")
        elif self.refuses and (message := self.refuses(text)):
            self._report(path, label, message)
        else:
            kept[f"{asked.key}_other"] = text

    def _report(self, path: str, label: str, message: str, *, missing: bool = False) -> None:
        self.problems.append(Problem(path, label, message, self.place.path, missing, self.place.heading))


def _unfilled(asked: Field) -> str:
    if asked.locked:
        return "未填，请先在“单位资料”中填写，再回到本表"
    message = _UNFILLED.get(asked.kind, "未填，请填写")
    return f"{message}，如“{asked.example}”" if asked.example else message


def _other(asked: Field, value: Any) -> Option | None:
    if not asked.options:
        return None
    chosen = value if isinstance(value, list) else [value]
    return next((option for option in asked.options if option.other and option.value in chosen), None)
