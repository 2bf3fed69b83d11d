"""Reading notices, their progress and what holds their units up."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from portal.calendars import clock
from portal.calendars.selectors import load_days, notice_strip, remaining
from reviews.enums import OPEN_OBJECTIONS, NoticeState
from reviews.models import Objection, PublicNotice, ShortlistEntry

KINDS = {
    "published": "off",
    "past": "past",
    "today": "now",
    "future": "future",
    "last": "end",
    "rest": "rest",
    "unknown": "off",
}


def held_up(notice: PublicNotice) -> set[int]:
    """Return the entries an open objection holds up: its own unit alone, or all when it names none."""
    open_ones = list(notice.objections.filter(state__in=OPEN_OBJECTIONS).values_list("entry_id", flat=True))
    if None in open_ones:
        return set(notice.shortlist.entries.values_list("pk", flat=True))
    return set(open_ones)


def recognisable_entries(notice: PublicNotice) -> QuerySet[ShortlistEntry]:
    """Return the units that may be recognised once the time is over."""
    standing = ShortlistEntry.objects.filter(shortlist=notice.shortlist_id, removed=False, recognised__isnull=True)
    return standing.exclude(pk__in=held_up(notice)).select_related("application__organisation", "application__call")


def notices_in_list(notices: QuerySet[PublicNotice]) -> QuerySet[PublicNotice]:
    """Notices for the bureau's list: units, open objections and units recognised counted."""
    entries = Q(shortlist__entries__removed=False)
    return (
        notices.select_related("shortlist__call", "jurisdiction")
        .order_by("-published_at", "-id")
        .annotate(
            unit_count=Count("shortlist__entries", filter=entries, distinct=True),
            objection_count=Count("objections", distinct=True),
            open_count=Count("objections", filter=Q(objections__state__in=OPEN_OBJECTIONS), distinct=True),
            recognised_count=Count("shortlist__entries__recognised", distinct=True),
        )
    )


def with_time_left(notices: list[PublicNotice], now: datetime) -> list[tuple[PublicNotice, Any]]:
    """Pair each notice with what is left of it (`portal.calendars` Remaining); one query for all."""
    if not notices:
        return []
    last = max(clock.local_date(notice.ends_at) for notice in notices)
    days = load_days(clock.local_date(now), last)
    return [(notice, remaining(now, notice.ends_at, days=days)) for notice in notices]


def period_of(notice: PublicNotice, now: datetime) -> dict[str, Any]:
    """The context of components/period.html: what is left, and a cell a day from publication to the last day."""
    values = notice.shortlist.call.setting_values
    rule = notice.shortlist.call.edition.notice
    counts = bool(values[rule.count_publication_day_setting])
    strip = notice_strip(notice.published_at, notice.ends_at, now=now, count_publication_day=counts)
    left = remaining(now, notice.ends_at)
    return {
        "days": [
            {"date": cell.date, "kind": KINDS[cell.kind], "count": cell.label, "note": cell.note} for cell in strip
        ],
        "left": left,
        "over": left.is_over,
        "ends_at": notice.ends_at,
    }


def phase(notice: PublicNotice, now: datetime) -> tuple[str, str]:
    """Return the state kind and word of a notice by the clock, whatever a sweep has or has not noted."""
    if notice.state == NoticeState.CLOSED:
        return "locked", NoticeState.CLOSED.label
    return ("open", NoticeState.RUNNING.label) if now < notice.ends_at else ("judged", NoticeState.ENDED.label)


def objections_in_list(objections: QuerySet[Objection]) -> QuerySet[Objection]:
    """Objections with the unit and notice they concern."""
    return objections.select_related("entry__application__organisation", "notice", "handled_by", "ruled_by")
