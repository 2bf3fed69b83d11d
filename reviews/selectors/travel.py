"""Minutes on the road between districts, as the bureau has entered them. What it has not entered is unknown, never guessed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

from applications.models import Application
from portal.policy import registry
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, TravelTime, Visit

Pair = tuple[str, str]
MOST_MINUTES = 1440  # a day: whoever is further away is not coming from a visit
_COLUMNS = ("origin", "destination", "minutes")


def pair(one: str, other: str) -> Pair:
    """The key of a road: the district whose characters sort first stands first. Both the same: within that district."""
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True)
class Roads:
    """The roads of a jurisdiction by `pair`."""

    known: Mapping[Pair, int] = field(default_factory=dict)

    def minutes(self, one: str, other: str) -> int | None:
        """Minutes from one district to the other, either way; None where nobody has entered them."""
        return self.known.get(pair(one, other))


def roads_of(jurisdiction_id: int) -> Roads:
    """Every road of a jurisdiction; one query."""
    rows = TravelTime.objects.filter(jurisdiction=jurisdiction_id)
    return Roads({pair(one, other): minutes for one, other, minutes in rows.values_list(*_COLUMNS)})


def districts_of(jurisdiction: Jurisdiction) -> list[str]:
    """The districts of a place in its own order, then every other one its experts, visits and applicants are in."""
    own = list(registry.current(jurisdiction.code).profile.districts)
    units = Application.objects.filter(jurisdiction=jurisdiction).values_list("organisation__district", flat=True)
    seen: set[str] = set(Expert.objects.filter(jurisdiction=jurisdiction).values_list("district", flat=True))
    seen |= set(Visit.objects.filter(panel__jurisdiction=jurisdiction).values_list("district", flat=True))
    seen |= set(units.order_by().distinct())
    for pair_of in TravelTime.objects.filter(jurisdiction=jurisdiction).values_list("origin", "destination"):
        seen |= set(pair_of)
    return own + sorted(seen - {*own, ""})


def pairs_of(districts: Iterable[str]) -> Iterator[Pair]:
    """Every road there can be between these, the one within each included, in their order."""
    yield from combinations_with_replacement(districts, 2)


def matrix(districts: list[str], roads: Roads) -> list[tuple[str, list[tuple[str, int | None]]]]:
    """Return each district with its minutes to every one: (to, minutes)."""
    return [(one, [(other, roads.minutes(one, other)) for other in districts]) for one in districts]
