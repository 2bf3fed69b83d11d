"""What the points of a score sheet rest on: answers, tables and files of the application, each with where to find it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from applications.models import Application, MaterialFile
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.facts import to_number
from portal.policy.form import Field, FieldKind, Table
from portal.policy.places import SectionPlace, shown, visible_sections
from portal.policy.validation import display, facts_for
from portal.policy.values import show
from reviews.selectors.file_for_expert import veil

EXCERPT = 40
"""So many characters of a long answer are shown beside an item; the whole stands in the file."""
MATERIALS = "materials"
"""The anchor of the list of files on the page of the file."""


@dataclass(frozen=True)
class Evidence:
    """One thing to look at: what it is, its short value, `section` the anchor on the page of the file, or the file's id."""

    label: str
    text: str = ""
    section: str = ""
    file_id: int | None = None


class Finder:
    """The evidence of one application, as its experts may see it; the files are read once, and only when asked for."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._files: dict[str, list[StoredFile]] | None = None
        version = application.current
        self._answers: dict[str, Any] = version.answers if version else {}
        on = clock.local_date(version.submitted_at) if version else None
        edition = application.edition
        self._facts = facts_for(edition, application.track_key, self._answers, {}, None, on=on)
        self._places = visible_sections(edition, self._facts) if version else []

    def of(self, references: Sequence[str]) -> tuple[Evidence, ...]:
        """Return what the references name, in their order; a repeated part once for each instance."""
        return tuple(each for reference in references for each in self._of(reference))

    def _of(self, reference: str) -> Iterator[Evidence]:
        if reference.startswith("#"):
            yield from self._material(reference[1:])
            return
        for place in self._places:
            home = f"{place.group.key}.{place.section.key}" if place.group else place.section.key
            if reference in (home, place.group.key if place.group else home):
                yield Evidence(place.heading, place.name, _anchor(place))
            elif reference.startswith(f"{home}."):
                yield from self._item(place, reference.removeprefix(f"{home}."))

    def _item(self, place: SectionPlace, key: str) -> Iterator[Evidence]:
        item, inside = place.section.item(key.partition(".")[0]), place.facts(self._facts)
        if not shown(item.when, inside):
            return
        own, before = place.answers(self._answers), f"{place.group_title}　" if place.group_title else ""
        if isinstance(item, Table):
            rows = [row for row in own.get(item.key) or [] if isinstance(row, dict)]
            label = f"{before}{item.label}（{len(rows)} {item.noun}）"
            yield Evidence(label, _totals(item, rows), _anchor(place))
        else:
            yield Evidence(f"{before}{item.label}", _short(item, own), _anchor(place))

    def _material(self, slot: str) -> Iterator[Evidence]:
        if self._files is None:
            self._files = {}
            fetched: list[MaterialFile] | None = getattr(self._application, "current_files", None)  # many files at once
            rows = MaterialFile.objects.filter(application=self._application, removed_at__isnull=True)
            for row in rows.select_related("stored") if fetched is None else fetched:
                self._files.setdefault(row.slot, []).append(row.stored)
        title, files = self._application.edition.material(slot).title, self._files.get(slot, [])
        for file in files:
            pages = f"（{file.pages} 页）" if file.pages else ""
            yield Evidence(title, f"{file.name}{pages}", MATERIALS, file.pk)
        if not files:
            yield Evidence(title, "未提供", MATERIALS)


def _anchor(place: SectionPlace) -> str:
    return place.path.replace("/", "-")


def _short(field: Field, own: dict[str, Any]) -> str:
    text = veil(field, display(field, own))
    if not text:
        return "未填"
    if field.kind is FieldKind.LONG_TEXT:
        flat = " ".join(text.split())
        return f"{flat[:EXCERPT]}…" if len(flat) > EXCERPT else flat
    return text


def _totals(table: Table, rows: list[dict[str, Any]]) -> str:
    """Write the columns added up under a table: “数量 120，原值（万元） 1,250.00”."""
    found = []
    for key in table.totals:
        column = table.column(key)
        numbers = [number for row in rows if (number := to_number(row.get(key))) is not None]
        total = sum(numbers, Fraction(0))
        places = 0 if column.kind is FieldKind.INTEGER else column.places
        exact = f"{Decimal(total.numerator) / total.denominator:.{places}f}"
        found.append(f"{column.label} {show(column, exact)}{column.unit}")
    return f"合计：{'，'.join(found)}" if found else ""
