"""The registry of editions. Registering validates; a code can be registered once."""

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pkgutil import iter_modules

from portal.policy.edition import Edition, EditionStatus, Profile
from portal.policy.lint import lint

ENTRY_POINTS = "portal.editions"


class BrokenEdition(ValueError):
    """A declaration contradicts itself; the message lists every finding."""


class Registry:
    """Editions by code; instantiate one of your own in a test."""

    def __init__(self) -> None:
        self._editions: dict[str, Edition] = {}

    def __iter__(self) -> Iterator[Edition]:
        return iter(self._editions.values())

    def register(self, edition: Edition) -> Edition:
        """Add an edition after linting it; raise `BrokenEdition` on a finding or a code already taken."""
        findings = lint(edition)
        if edition.code in self._editions:
            findings.append(f"edition code {edition.code} is registered already")
        if findings:
            raise BrokenEdition("\n".join(findings))
        self._editions[edition.code] = edition
        return edition

    def get(self, code: str) -> Edition:
        """Return an edition by code; KeyError if there is none."""
        return self._editions[code]

    def of(self, jurisdiction: str) -> list[Edition]:
        """Return the editions of a jurisdiction, newest first."""
        mine = [edition for edition in self if edition.jurisdiction == jurisdiction]
        return sorted(mine, key=lambda edition: edition.effective_from, reverse=True)

    def current(self, jurisdiction: str) -> Edition:
        """Return the edition new calls use: the newest that is not archived; KeyError if there is none."""
        for edition in self.of(jurisdiction):
            if edition.status is not EditionStatus.ARCHIVED:
                return edition
        raise KeyError(jurisdiction)

    def profiles(self) -> list[Profile]:
        """Return each jurisdiction's profile once, in the order of registration."""
        return list({edition.jurisdiction: edition.profile for edition in self}.values())


registry = Registry()
register, get, of, current, profiles = (
    registry.register,
    registry.get,
    registry.of,
    registry.current,
    registry.profiles,
)


def discover() -> None:
    """Import `editions`, and `samples` where there are any, of every policy app in the tree and of every installed package
    that names an entry point."""
    home = import_module("portal.jurisdictions")

    for module in iter_modules(home.__path__):
        name = f"{home.__name__}.{module.name}"
        if not find_spec(f"{name}.editions"):
            continue  # a policy app is a folder with editions; one being written has none yet
        import_module(f"{name}.editions")
        if find_spec(f"{name}.samples"):
            import_module(f"{name}.samples")
    for point in entry_points(group=ENTRY_POINTS):
        point.load()
