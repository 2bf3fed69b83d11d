"""The roads of the demonstration, worked out from where the districts lie, and entered as a bureau enters them."""

from itertools import combinations_with_replacement
from math import cos, hypot, radians

from portal.desk.demo.filing import Cast
from portal.policy.sample import SampleMap, samples_of
from portal.tenancy.models import Jurisdiction
from reviews.models import TravelTime
from reviews.selectors.travel import MOST_MINUTES, Pair
from reviews.services.travel import set_travel

KILOMETRES = 111.2  # of one degree of latitude
SETTING_OUT = 10  # minutes until one is on the road, and at the other end
STEP = 5


def enter_roads(cast: Cast, jurisdiction: Jurisdiction) -> int:
    """Enter the roads of a place that has a map and no roads yet; return how many."""
    samples = samples_of(jurisdiction.code)
    known = samples.map if samples else None
    if known is None or TravelTime.objects.filter(jurisdiction=jurisdiction).exists():
        return 0
    return set_travel(jurisdiction=jurisdiction, minutes=roads_on(known), by=cast.officer)


def roads_on(known: SampleMap) -> dict[Pair, int | None]:
    """Return the minutes between every two seats, in steps of five."""
    return {
        (one, other): known.inside if one == other else _minutes(known, known.seats[one], known.seats[other])
        for one, other in combinations_with_replacement(known.seats, 2)
    }


def _minutes(known: SampleMap, one: tuple[float, float], other: tuple[float, float]) -> int:
    east = (one[0] - other[0]) * cos(radians((one[1] + other[1]) / 2)) * KILOMETRES
    north = (one[1] - other[1]) * KILOMETRES
    minutes = SETTING_OUT + hypot(east, north) / known.pace * 60
    return min(MOST_MINUTES, max(STEP * 2, STEP * round(minutes / STEP)))
