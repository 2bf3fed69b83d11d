"""From when until when each stage of a call may be acted on, as its policy page, its start and its board tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from applications.models import Call
from portal.calendars import clock
from portal.policy.edition import Edition
from portal.policy.procedure import StageKind

RECENT = 5  # a call that is still running is never older than so many of the same policy


@dataclass(frozen=True)
class StagePeriod:
    """`closes_at` is inclusive to the second; empty where files are received all the year round."""

    stage: str
    title: str
    opens_at: datetime
    closes_at: datetime | None


def stage_periods(call: Call) -> list[StagePeriod]:
    """Return the periods of a call in the order of its procedure: the filing, and each stage with a window. One query."""
    windows, found = {window.stage: window for window in call.windows.all()}, []
    for stage in call.edition.procedure:
        if stage.kind is StageKind.FILING:
            found.append(StagePeriod(stage.key, stage.title, call.opens_at, call.closes_at))
        elif window := windows.get(stage.key):
            found.append(StagePeriod(stage.key, stage.title, window.opens_at, window.closes_at))
    return found


def running_call(calls: QuerySet[Call], edition: Edition) -> Call | None:
    """Return which of these calls under an edition people now work on; two queries.

    It is the newest that has opened and is not over, windows included; else the next that will open.
    """
    rows = calls.filter(edition_code=edition.code).order_by("-opens_at").prefetch_related("windows")[:RECENT]
    alive = [call for call in rows if not _is_over(call.closes_at, stage_periods(call))]
    opened = [call for call in alive if call.opens_at <= clock.now()]
    return next(iter(opened or alive[::-1]), None)


def _is_over(closes_at: datetime | None, periods: Iterable[StagePeriod]) -> bool:
    ends = [closes_at, *(each.closes_at for each in periods)]
    return all(end is not None and end < clock.now() for end in ends)
