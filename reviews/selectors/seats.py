"""An expert's own reviews and visits, as their home page shows them."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.calendars import clock
from reviews.models import Opinion, PanelMember, Visit
from reviews.selectors.panels import ACTING


def seats_with_progress(seats: QuerySet[PanelMember]) -> QuerySet[PanelMember]:
    """Seats with application and visit, `handed_in`, `begun` and `returned` of one's own opinion, and how many are in."""
    opinion = Opinion.objects.filter(member=OuterRef("pk"))
    acting = Q(panel__members__state__in=ACTING)
    return (
        seats.select_related(
            "panel__application__organisation", "panel__application__call", "panel__visit", "panel__jurisdiction"
        )
        .annotate(
            begun=Exists(opinion),
            handed_in=Exists(opinion.filter(submitted_at__isnull=False)),
            returned=Exists(opinion.filter(submitted_at__isnull=True, round__gt=0)),
            panel_size=Count("panel__members", filter=acting, distinct=True),
            panel_in=Count(
                "panel__members", filter=acting & Q(panel__members__opinion__submitted_at__isnull=False), distinct=True
            ),
        )
        .order_by("-panel__convened_at", "-id")
    )


@dataclass(frozen=True)
class Month:
    """A month of visits: `weeks` are rows of {date, inside, today, visits}; `previous` and `next` are YYYY-MM."""

    first: date
    weeks: list[list[dict[str, Any]]]
    previous: str
    next: str


def month_of_visits(visits: list[Visit], wanted: str, today: date) -> Month:
    """Lay visits out on the month `wanted` (YYYY-MM), or on today's when that is no month."""
    try:
        first = date.fromisoformat(f"{wanted}-01")
    except ValueError:
        first = today.replace(day=1)
    by_day: dict[date, list[Visit]] = {}
    for visit in visits:
        by_day.setdefault(clock.local_date(visit.starts_at), []).append(visit)
    weeks = [
        [
            {"date": day, "inside": day.month == first.month, "today": day == today, "visits": by_day.get(day, [])}
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    before, after = _moved(first, -1), _moved(first, 1)
    return Month(first, weeks, f"{before:%Y-%m}", f"{after:%Y-%m}")


def _moved(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
