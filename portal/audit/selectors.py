"""Reading the event log."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from portal.audit import permissions
from portal.audit.labels import ACTIONS, action_label
from portal.audit.models import Chain, Event
from portal.calendars import clock


@dataclass(frozen=True)
class Filters:
    """What the page's address asks for; empty means all. Days are Shanghai dates, both ends included."""

    since: date | None = None
    until: date | None = None
    actor: str = ""
    action: str = ""
    obj: str = ""
    jurisdiction_id: int | None = None


def readable(actor: Any, filters: Filters) -> QuerySet[Event]:
    """Return the events an auditor may read and asked for, the newest first."""
    events = permissions.readable_events(Event.objects.all(), actor)
    if filters.since:
        events = events.filter(at__gte=clock.start_of_day(filters.since))
    if filters.until:
        events = events.filter(at__lt=clock.end_of_day(filters.until))
    if filters.actor:
        events = events.filter(Q(actor_label__icontains=filters.actor) | Q(ip__startswith=filters.actor))
    if filters.action:
        events = events.filter(action__startswith=filters.action)
    if filters.obj:
        events = events.filter(Q(object_label__icontains=filters.obj) | Q(chain__key=filters.obj.lower()))
    if filters.jurisdiction_id:
        events = events.filter(jurisdiction_id=filters.jurisdiction_id)
    return events.select_related("chain", "jurisdiction").order_by("-id")


def chains_of(actor: Any, obj: str = "") -> QuerySet[Chain]:
    """Return the chains an auditor may have verified: of one object (`app.model:pk`), or all within their reach."""
    chains = Chain.objects.filter(key=obj.lower()) if obj else Chain.objects.all()
    if not actor.can("audit.read"):
        return chains.none()
    if actor.jurisdiction_id is None:
        return chains
    return chains.filter(pk__in=Event.objects.filter(jurisdiction_id=actor.jurisdiction_id).values("chain"))


def action_choices() -> list[tuple[str, str]]:
    """Return the actions one can filter by."""
    return sorted(((action, action_label(action)) for action in ACTIONS), key=lambda pair: pair[0])
