"""Which panels, visits, lists, notices and objections an actor reaches. Everything is denied that is not named here."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from portal.accounts.actor import Actor
from portal.tenancy.enums import Tier

if TYPE_CHECKING:
    from reviews.models import (
        Expert,
        Meeting,
        Objection,
        Panel,
        PanelMember,
        PublicNotice,
        Recognition,
        Recommendation,
        Selection,
        Shortlist,
        Tip,
        Visit,
    )


def readable_experts(experts: "QuerySet[Expert]", actor: Actor) -> "QuerySet[Expert]":
    """The list of the bureau's own jurisdiction."""
    return _own(experts, actor, "expert.read", "jurisdiction")


def readable_panels(panels: "QuerySet[Panel]", actor: Actor) -> "QuerySet[Panel]":
    """The bureau's own panels, those that assess bases too; the level above its own. Experts reach theirs through `own_memberships`."""
    mine = _own(panels, actor, "review.read", "jurisdiction")
    if actor.tier is Tier.SUPERIOR:
        return mine.filter(stage="recheck")
    return mine.filter(stage__in=("expert_review", "assessment")) if actor.tier is Tier.BUREAU else mine


def own_memberships(members: "QuerySet[PanelMember]", actor: Actor) -> "QuerySet[PanelMember]":
    """An expert's own seats on panels that have begun, in the jurisdiction they act in."""
    if not (actor.can("review.score") and actor.user):
        return members.none()
    return members.filter(
        expert__user=actor.user, panel__jurisdiction=actor.jurisdiction_id, panel__convened_at__isnull=False
    ).exclude(state="removed")


def seats_ever_held(members: "QuerySet[PanelMember]", actor: Actor) -> "QuerySet[PanelMember]":
    """Every seat of an expert's in the jurisdiction they act in, those they were taken off too.

    For receiving what their device still holds, so that it can be refused and kept; never for showing a file.
    """
    if not (actor.can("review.score") and actor.user):
        return members.none()
    return members.filter(
        expert__user=actor.user, panel__jurisdiction=actor.jurisdiction_id, panel__convened_at__isnull=False
    )


def readable_visits(visits: "QuerySet[Visit]", actor: Actor) -> "QuerySet[Visit]":
    """The bureau's own; an expert's as a declared member; a unit's own, once planned."""
    if actor.can("system"):
        return visits
    if actor.can("review.read"):
        return visits.filter(panel__jurisdiction=actor.jurisdiction_id)
    if actor.can("review.score") and actor.user:
        return visits.filter(
            panel__members__expert__user=actor.user,
            panel__members__state="declared",
            panel__jurisdiction=actor.jurisdiction_id,
        )
    if actor.can("application.edit") and actor.organisation:
        return visits.filter(panel__application__organisation=actor.organisation)
    return visits.none()


def readable_meetings(meetings: "QuerySet[Meeting]", actor: Actor) -> "QuerySet[Meeting]":
    """The bureau's own meetings, the level above its own. Experts reach theirs through `own_meetings`."""
    mine = _own(meetings, actor, "review.read", "jurisdiction")
    if actor.tier is Tier.SUPERIOR:
        return mine.filter(stage="recheck")
    return mine.filter(stage="expert_review") if actor.tier is Tier.BUREAU else mine


def own_meetings(meetings: "QuerySet[Meeting]", actor: Actor) -> "QuerySet[Meeting]":
    """The meetings an expert was at, in the jurisdiction they act in, once the minutes are settled."""
    if not (actor.can("review.score") and actor.user):
        return meetings.none()
    return meetings.filter(
        jurisdiction=actor.jurisdiction_id,
        attendance__expert__user=actor.user,
        attendance__present=True,
        state__in=("signing", "closed"),
    )


def readable_selections(selections: "QuerySet[Selection]", actor: Actor) -> "QuerySet[Selection]":
    """The outcomes of the bureau's own jurisdiction."""
    return _own(selections, actor, "shortlist.read", "jurisdiction")


def readable_shortlists(shortlists: "QuerySet[Shortlist]", actor: Actor) -> "QuerySet[Shortlist]":
    """The lists of the bureau's own jurisdiction."""
    return _own(shortlists, actor, "shortlist.read", "jurisdiction")


def readable_notices(notices: "QuerySet[PublicNotice]", actor: Actor) -> "QuerySet[PublicNotice]":
    """The bureau's view of the notices of its own jurisdiction; what is published is open to everybody elsewhere."""
    return _own(notices, actor, "shortlist.read", "jurisdiction")


def readable_objections(objections: "QuerySet[Objection]", actor: Actor) -> "QuerySet[Objection]":
    """The objections to the notices of the bureau's own jurisdiction."""
    return _own(objections, actor, "objection.read", "notice__jurisdiction")


def readable_tips(tips: "QuerySet[Tip]", actor: Actor) -> "QuerySet[Tip]":
    """The anonymous leads of the bureau's own jurisdiction."""
    return _own(tips, actor, "objection.read", "jurisdiction")


def readable_recommendations(recommendations: "QuerySet[Recommendation]", actor: Actor) -> "QuerySet[Recommendation]":
    """An office's own; the level it goes to once it has been handed in. No office reaches another's."""
    if actor.can("system"):
        return recommendations
    if not (actor.can("recommendation.read") and actor.jurisdiction_id and actor.organisation):
        return recommendations.none()
    here = recommendations.filter(jurisdiction=actor.jurisdiction_id)
    if actor.tier is Tier.RECOMMENDER:
        return here.filter(office=actor.organisation)
    own = Q(office=actor.organisation)
    sent = Q(round__gt=0)
    below = sent & (Q(office__parent=actor.organisation) if actor.tier is Tier.SUPERIOR else ~Q(office__parent=None))
    return here.filter(own | below)


def readable_recognitions(recognitions: "QuerySet[Recognition]", actor: Actor) -> "QuerySet[Recognition]":
    """The recognition documents of the bureau's own jurisdiction."""
    return _own(recognitions, actor, "base.read", "jurisdiction")


def _own(rows: "QuerySet[Any]", actor: Actor, capability: str, path: str) -> "QuerySet[Any]":
    if actor.can("system"):
        return rows
    if not (actor.can(capability) and actor.jurisdiction_id):
        return rows.none()
    return rows.filter(**{path: actor.jurisdiction_id})
