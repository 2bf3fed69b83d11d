"""How an item of a periodic assessment gets its points from what the base has stated or filed; None leaves it to the experts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.policy.facts import filled

NONE = Decimal(0)


@dataclass(frozen=True)
class Stated:
    """Full points where the self-assessment answers `reference` (`section.field`) with yes or a number above nought."""

    reference: str

    def points(self, maximum: Decimal, answer: Any) -> Decimal | None:
        """Return full points or none; None while nothing has been answered."""
        if not filled(answer):
            return None
        return maximum if answer == "yes" or (answer != "no" and Decimal(str(answer)) > 0) else NONE


@dataclass(frozen=True)
class OwnedOnly:
    """Full points where everything of value is owned, none where nothing is; partly leased is for the experts."""

    owned: str
    leased: str

    def points(self, maximum: Decimal, owned: Any, leased: Any) -> Decimal | None:
        """Return the points for two values in 万元; None where part is leased, or nothing has been answered."""
        if not filled(owned) and not filled(leased):
            return None
        mine, others = (Decimal(str(each or 0)) for each in (owned, leased))
        if mine <= 0:
            return NONE
        return maximum if others <= 0 else None


@dataclass(frozen=True)
class Filed:
    """Points by how many of the reports due in the period were filed: all give full points unless `judged`, none give none.

    Anything between, and everything where it is `judged`, is for the experts, with the share before them.
    """

    reports: tuple[str, ...]
    judged: bool = False

    def points(self, maximum: Decimal, filed: int, due: int) -> Decimal | None:
        """Return the points for `filed` of `due` reports."""
        if not filed:
            return NONE
        return maximum if filed >= due and not self.judged else None


@dataclass(frozen=True)
class Kept:
    """None without a row in any of the ledgers; otherwise for the experts, with the share of complete rows before them."""

    ledgers: tuple[str, ...]

    def points(self, maximum: Decimal, rows: Mapping[str, int]) -> Decimal | None:
        """Return no points where nothing was kept, else None."""
        return None if any(rows.get(key, 0) for key in self.ledgers) else NONE
