"""What may be changed in a round of correction: only what the bureau's remarks opened."""

from collections.abc import Iterator
from dataclasses import dataclass

from applications.models import Application
from portal.policy.edition import Edition
from portal.policy.facts import Facts
from portal.policy.form import Group, Section, Table
from portal.policy.procedure import Status
from portal.policy.readiness import condition_paths, section_path


@dataclass(frozen=True)
class Opening:
    """The paths that may be written: all of a draft, some of a returned file, none of a file in the bureau's hands."""

    everything: bool
    paths: tuple[str, ...] = ()

    def whole(self, path: str) -> bool:
        """Say whether everything at and under `path` may be changed."""
        return self.everything or any(path == each or path.startswith(f"{each}/") for each in self.paths)

    def partly(self, path: str) -> bool:
        """Say whether anything at or under `path` may be changed."""
        return self.whole(path) or any(each.startswith(f"{path}/") for each in self.paths)


def opening_of(application: Application) -> Opening:
    """Return what may be written in the application now."""
    if application.status == Status.DRAFT:
        return Opening(everything=True)
    if application.status != Status.RETURNED:
        return Opening(everything=False)
    edition = application.edition
    paths = (path for each in application.unlocked for path in _expand(application, edition, each))
    return Opening(False, tuple(dict.fromkeys(_widen(edition, path) for path in paths)))


def _expand(application: Application, edition: Edition, path: str) -> Iterator[str]:
    """A remark on a condition (`@code`) opens the answers it reads, in every instance of a group."""
    condition = next((each for each in edition.conditions if f"@{each.code}" == path), None)
    if condition is None:
        yield path
        return
    instances = {key: [{"_id": each} for each in order] for key, order in application.groups.items()}
    yield from condition_paths(edition, Facts(instances), condition)


def _widen(edition: Edition, path: str) -> str:
    """A column alone cannot be corrected without its rows: `equipment/items/tenure` opens the whole table."""
    page = section_path(edition, path)
    item_key, _, rest = path.removeprefix(f"{page}/").partition("/")
    section = section_at(edition, page)
    table = next((each for each in section.tables if each.key == item_key), None) if section else None
    is_column = isinstance(table, Table) and rest in {column.key for column in table.columns}
    return f"{page}/{item_key}" if is_column else path


def section_at(edition: Edition, page: str) -> Section | None:
    """Return the section whose answers are kept at the path of a page, None if the edition has none there."""
    head, *rest = page.split("/")
    part = next((each for each in edition.form.parts if each.key == head), None)
    if isinstance(part, Group):
        return next((each for each in part.sections if each.key == rest[-1]), None) if len(rest) == 2 else None
    return part
