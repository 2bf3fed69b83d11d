"""Which events an actor may read."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:
    from portal.accounts.actor import Actor
    from portal.audit.models import Event


def readable_events(events: "QuerySet[Event]", actor: "Actor") -> "QuerySet[Event]":
    """Return the events of the actor's own jurisdiction; the platform's auditors read all."""
    if not actor.can("audit.read"):
        return events.none()
    return events if actor.jurisdiction_id is None else events.filter(jurisdiction_id=actor.jurisdiction_id)
