"""A visit as a calendar entry (RFC 5545): calendars that hold it take over changes by UID and SEQUENCE.

Times stand on a Shanghai clock, whose zone the file itself describes: it has had one offset since 1992.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from portal.calendars import clock
from reviews.enums import VisitState
from reviews.models import Visit

OFFSET = timedelta(hours=8)


def visit_calendar(visits: Iterable[Visit], *, host: str, method: bool = True) -> bytes:
    """Return an .ics file. For one visit METHOD says whether it is a request or a cancellation; a whole list is published."""
    rows = list(visits)
    calendar = Calendar()
    calendar.add("prodid", "-//training-base-portal//visits//ZH")
    calendar.add("version", "2.0")
    if method and len(rows) == 1:
        calendar.add("method", "CANCEL" if rows[0].state == VisitState.CANCELLED else "REQUEST")
    else:
        calendar.add("method", "PUBLISH")
    calendar.add_component(_zone())
    for visit in rows:
        calendar.add_component(_event(visit, host))
    content: bytes = calendar.to_ical()
    return content


def _zone() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", clock.SHANGHAI.key)
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001 - a zone's own beginning is told in local time
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(visit: Visit, host: str) -> Event:
    cancelled = visit.state == VisitState.CANCELLED
    event = Event()
    event.add("uid", f"visit-{visit.pk}@{host}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", clock.local(visit.starts_at))
    event.add("dtend", clock.local(visit.ends_at))
    word, unit = visit.panel.rule.visit_word, visit.panel.application.organisation.name
    event.add("summary", f"{word}：{unit}{'（已取消）' if cancelled else ''}")
    event.add("location", visit.place)
    lines = [("集合地点", visit.meeting_point), ("联系人", visit.contact), ("路线", visit.route)]
    event.add("description", "\n".join(f"{label}：{text}" for label, text in lines if text))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event
