"""Keeping the minutes on the road between districts."""

from collections.abc import Mapping

from django.db import transaction

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.tenancy.models import Jurisdiction
from reviews.models import TravelTime
from reviews.selectors.travel import MOST_MINUTES, Pair, pair
from reviews.services.refusal import Refused


@transaction.atomic
def set_travel(*, jurisdiction: Jurisdiction, minutes: Mapping[Pair, int | None], by: Actor) -> int:
    """Enter roads by (district, district); None takes one out. Return how many changed; twice changes nothing.

    Raise `Refused` for minutes outside 0 to `MOST_MINUTES` or a district without a name.
    """
    place = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
    by.require("review.run", place.pk)
    wanted = {pair(*road): value for road, value in minutes.items()}
    for road, value in wanted.items():
        if not all(each.strip() for each in road):
            raise Refused("地区名称不能为空")
        if value is not None and not 0 <= value <= MOST_MINUTES:
            raise Refused(f"{'至'.join(road)}的路程应为 0 至 {MOST_MINUTES} 分钟")
    rows = {(row.origin, row.destination): row for row in TravelTime.objects.filter(jurisdiction=place)}
    before = {road: rows[road].minutes if road in rows else None for road in wanted}
    changed = {road: value for road, value in wanted.items() if before[road] != value}
    if changed:
        _write(place, rows, changed)
        told = (
            {"—".join(road): before[road] for road in changed},
            {"—".join(road): now for road, now in changed.items()},
        )
        record(
            by=by, action="travel.change", obj=place, jurisdiction_id=place.pk, before=told[0], after=told[1],
            data={"from": told[0], "to": told[1]},
        )  # fmt: skip
    return len(changed)


def _write(place: Jurisdiction, rows: Mapping[Pair, TravelTime], changed: Mapping[Pair, int | None]) -> None:
    """Put the changed roads down: a handful of queries, however many there are."""
    gone = [rows[road].pk for road, value in changed.items() if value is None]
    TravelTime.objects.filter(jurisdiction=place, pk__in=gone).delete()
    fresh = [
        TravelTime(jurisdiction=place, origin=road[0], destination=road[1], minutes=value)
        for road, value in changed.items()
        if value is not None and road not in rows
    ]
    TravelTime.objects.bulk_create(fresh)
    other = []
    for road, value in changed.items():
        if value is not None and road in rows:
            rows[road].minutes = value
            other.append(rows[road])
    TravelTime.objects.bulk_update(other, ["minutes"], batch_size=200)
