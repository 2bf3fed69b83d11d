"""Which applications, files and calls an actor reaches. Everything is denied that is not named here."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from portal.accounts.actor import Actor
from portal.accounts.grants import granted
from portal.policy.procedure import Desk, Status
from portal.tenancy.enums import Tier

if TYPE_CHECKING:
    from applications.models import Application, Call

READ_FILE = "applications.read_file"
_NEVER_SUBMITTED = Q(current__isnull=True)


def readable_applications(applications: "QuerySet[Application]", actor: Actor) -> "QuerySet[Application]":
    """A unit's own; an office's once submitted, in its own jurisdiction and as far up as it has come; an expert's as assigned.

    A recommending office reads what goes through it, the bureau what has been handed on to it, the level above what has
    been reported to it. The files that only hold what was recognised before the portal are nobody's to work on.
    """
    if not actor.can("review.score"):
        applications = applications.exclude(call__state="history")
    if actor.can("application.edit") and actor.organisation:
        return applications.filter(organisation=actor.organisation)
    if actor.can("application.read") and actor.jurisdiction_id:
        here = applications.filter(jurisdiction=actor.jurisdiction_id).exclude(_NEVER_SUBMITTED)
        if actor.tier is Tier.RECOMMENDER:
            return here.filter(recommender=actor.organisation)
        return here.filter(desk=Desk.SUPERIOR) if actor.tier is Tier.SUPERIOR else here.exclude(desk=Desk.RECOMMENDER)
    if actor.can("review.score") and actor.user:
        return granted(actor.user, READ_FILE, applications.filter(jurisdiction=actor.jurisdiction_id))
    return applications if actor.can("system") else applications.none()


def editable_applications(applications: "QuerySet[Application]", actor: Actor) -> "QuerySet[Application]":
    """A unit's own, while it is a draft or returned for correction."""
    if not (actor.can("application.edit") and actor.organisation):
        return applications.none()
    return applications.filter(organisation=actor.organisation, status__in=[Status.DRAFT.value, Status.RETURNED.value])


def holds(actor: Actor, application: "Application") -> bool:
    """Say whether a submitted file lies on the actor's desk: its recommending office's, the bureau's, the one above's."""
    if actor.can("system"):
        return True
    if (
        actor.tier is None
        or actor.jurisdiction_id != application.jurisdiction_id
        or actor.tier.value != application.desk
    ):
        return False
    return actor.tier is not Tier.RECOMMENDER or application.recommender_id == getattr(actor.organisation, "pk", None)


def visible_calls(calls: "QuerySet[Call]", actor: Actor) -> "QuerySet[Call]":
    """Published ones for everybody; all of its own jurisdiction for a bureau that prepares them."""
    shown = Q(state="published")
    if actor.can("call.prepare") and actor.jurisdiction_id:
        shown |= Q(jurisdiction=actor.jurisdiction_id)
    return calls.filter(shown).exclude(state="history")
