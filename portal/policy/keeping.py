"""What a cross-application keeps of the application it was made from: put back whatever is sent, compared when handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from portal.policy.edition import Edition
from portal.policy.facts import filled
from portal.policy.form import Group, Section, Table
from portal.policy.selection import CrossApplication

KEEP_FIRST, RESERVE_FIRST = "keep_first", "reserve_first"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """What stands fixed in an application on the target track of a cross-application.

    `mode` is empty in one made in any other way: there only the flag is fixed, to no. In mode `keep_first` the `rows`
    (each `{"_id": …, column: value}` with the columns the source asks) stand first in the table as they are, and `parts`
    (`{group: {instance: name}}`, in order) stand first in their groups under these names. In mode `reserve_first` the
    `rows` are those left behind, and may not be taken.
    """

    edition: Edition
    rule: CrossApplication
    mode: str = ""
    rows: tuple[Row, ...] = ()
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def locks(self) -> bool:
        """Whether rows are kept in front and locked."""
        return self.mode == KEEP_FIRST

    @property
    def table(self) -> Table:
        """The table whose first rows are kept."""
        return cast("Table", self.edition.form.find(self.rule.target_table))

    @property
    def explanation(self) -> str:
        """What the pages say about the locked rows, with the clause."""
        source = self.edition.track(self.rule.source).title
        kept = f"前 {len(self.rows)} {self.table.noun}由“{source}”申报按顺序保留，不能修改、删除或调整顺序"
        return f"{kept}（{self.rule.clause}）"

    def rows_at(self, page: str, table: str) -> tuple[Row, ...]:
        """Return the locked rows of a table, none of any other than the one that is kept."""
        return self.rows if self.locks and f"{page}.{table}" == self.rule.target_table else ()

    def instances_of(self, group: str) -> tuple[str, ...]:
        """Return the ids of the locked instances of a repeated part, in order."""
        return tuple(self.parts.get(group, {})) if self.locks else ()

    def answers_at(self, page: str) -> dict[str, str]:
        """Return the single answers fixed on a page: the flag, and the name of a locked instance."""
        home, _, flag = self.rule.flag.partition(".")
        if home and page == home:
            return {flag: "yes" if self.mode else "no"}
        head, *rest = page.split("/")
        name = self.parts.get(head, {}).get(rest[0], "") if self.locks and len(rest) == 2 else ""
        group = self.edition.form.find(head) if name else None
        section, _, key = group.name_ref.partition(".") if isinstance(group, Group) else ("", "", "")
        return {key: name} if section and section == rest[-1] else {}

    def put_back(
        self, page: str, section: Section, answers: Mapping[str, Any], stored: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return a page's answers with everything fixed as it is kept: locked rows in front, the others behind them.

        A locked row left out comes back with the free answers that are `stored` in it.
        """
        fixed = {**answers, **self.answers_at(page)}
        for table in section.tables:
            if kept := self.rows_at(page, table.key):
                fixed[table.key] = in_front(answers.get(table.key) or (), kept, stored.get(table.key) or ())
        return fixed

    def touched(self, page: str, section: Section, answers: Mapping[str, Any]) -> bool:
        """Say whether answers as sent would have changed, moved or left out anything fixed; what they do not say, they keep."""
        fixed = self.answers_at(page).items()
        single = any(filled(answers.get(key)) and _plain(answers[key]) != value for key, value in fixed)
        return single or any(
            _moved(answers.get(table.key) or (), kept)
            for table in section.tables
            if (kept := self.rows_at(page, table.key))
        )

    def reserved(self, rows: Sequence[Row]) -> list[Row]:
        """Return those of `rows` that name, in the table's first column, what was left behind with the source."""
        head = self.table.columns[0].key
        names = {_plain(row.get(head)) for row in self.rows} - {""} if self.mode == RESERVE_FIRST else set()
        return [row for row in rows if _plain(row.get(head)) in names]


def kept_of(edition: Edition, track: str, stored: Mapping[str, Any]) -> Kept | None:
    """Return what is fixed in an application on `track` that stores `stored`; None where the policy fixes nothing."""
    rule = edition.cross_application
    if rule is None or track != rule.target:
        return None
    return Kept(edition, rule, stored.get("mode", ""), tuple(stored.get("rows", ())), stored.get("parts", {}))


def in_front(rows: Sequence[Row], kept: Sequence[Row], stored: Sequence[Row] = ()) -> list[dict[str, Any]]:
    """Return the kept rows in order with what else `rows`, or `stored` ones, hold for them, then all other rows."""
    typed = {row.get("_id"): row for row in (*stored, *rows)}
    ids = {row["_id"] for row in kept}
    return [
        *({**typed.get(row["_id"], {}), **row} for row in kept),
        *(dict(row) for row in rows if row.get("_id") not in ids),
    ]


def same_rows(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Say whether rows are equal in order in all that `other` holds, ids apart: 20 and "20" are the same answer."""
    return len(one) == len(other) and all(map(_same, one, other))


def _moved(rows: Sequence[Row], kept: Sequence[Row]) -> bool:
    front = rows[: len(kept)]
    if [row.get("_id") for row in front] != [row["_id"] for row in kept]:
        return True
    said = ({key: value for key, value in mine.items() if key in row} for row, mine in zip(front, kept, strict=True))
    return not all(map(_same, front, said))


def _same(one: Row, other: Row) -> bool:
    return all(_plain(one.get(key)) == _plain(value) for key, value in other.items() if key != "_id")


def _plain(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value).strip()
