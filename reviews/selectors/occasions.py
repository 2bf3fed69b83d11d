"""What other apps tell about the occasion of a panel: whoever asks for panels registers a resolver when it is ready.

A resolver answers for all panels of its prefix at once, so that a list or an expert's day costs no query a row. What it tells
is shown to experts who have declared, on the page of the file and offline, and to the bureau on the panel's page: it masks
whatever is personal itself (`reviews.selectors.file_for_expert.veil`), and opens its own pages and files to them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.documents.models import StoredFile
from reviews.models import Panel

Link = tuple[str, str]  # label, address
Values = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of plain texts."""

    label: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of the record, read before the file: `rows` are label and value; `path` is its anchor, for `Evidence.section`."""

    path: str
    title: str
    rows: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()

    def as_data(self) -> Values:
        """Return it in the shape of `reviews.selectors.file_for_expert.sections_of`."""
        return {
            "path": self.path,
            "title": self.title,
            "name": "",
            "rows": [{"label": label, "value": value, "long": False} for label, value in self.rows],
            "tables": [
                {"label": each.label, "head": list(each.head), "rows": [list(row) for row in each.rows]}
                for each in self.tables
            ],
        }


@dataclass(frozen=True)
class About:
    """What is told about one occasion: a sentence or two, pages, and for experts the record and files of the base."""

    text: str = ""
    for_bureau: tuple[Link, ...] = ()
    for_experts: tuple[Link, ...] = ()
    sections: tuple[Section, ...] = ()
    files: tuple[tuple[str, tuple[StoredFile, ...]], ...] = ()  # heading, files

    def section_data(self) -> list[Values]:
        """Return the sections as pages and devices read them."""
        return [each.as_data() for each in self.sections]

    def materials(self) -> list[Values]:
        """Return the files in the shape of `reviews.selectors.file_for_expert.materials_of`."""
        return [{"title": title, "files": list(files)} for title, files in self.files]


Resolver = Callable[[Sequence[Panel]], Mapping[int, About]]
NOTHING = About()
_resolvers: dict[str, Resolver] = {}


def register_occasion(prefix: str, resolver: Resolver) -> None:
    """Let `resolver(panels)` tell about panels whose occasion is `prefix:…`; it returns what it knows by the panel's number."""
    _resolvers[prefix] = resolver


def abouts(panels: Iterable[Panel]) -> dict[int, About]:
    """Return what is told about those of the panels that have an occasion; as many queries for one as for many."""
    by_prefix: dict[str, list[Panel]] = {}
    for panel in panels:
        if panel.occasion:
            by_prefix.setdefault(panel.occasion.partition(":")[0], []).append(panel)
    found: dict[int, About] = {}
    for prefix, mine in by_prefix.items():
        resolver = _resolvers.get(prefix)
        found |= resolver(mine) if resolver else {}
    return found


def about(panel: Panel) -> About:
    """Return what is told about one panel; nothing where an application is reviewed."""
    return abouts([panel]).get(panel.pk, NOTHING)
