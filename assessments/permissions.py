"""Which bases an actor reaches in the register. What the public may see is a selector of its own."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from portal.accounts.actor import Actor

if TYPE_CHECKING:
    from assessments.models import Base


def readable_bases(bases: "QuerySet[Base]", actor: Actor) -> "QuerySet[Base]":
    """A bureau's own register; a unit's own bases."""
    if actor.can("base.read") and actor.jurisdiction_id:
        return bases.filter(jurisdiction=actor.jurisdiction_id)
    if (actor.can("base.report") or actor.can("application.edit")) and actor.organisation:
        return bases.filter(organisation=actor.organisation)
    return bases if actor.can("system") else bases.none()
