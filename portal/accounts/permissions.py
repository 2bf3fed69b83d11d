"""Which rows of accounts an actor reaches: functions on querysets."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from portal.tenancy.models import Organisation

if TYPE_CHECKING:
    from portal.accounts.actor import Actor
    from portal.accounts.models import Invitation, Membership, UnitChange


def reviewable_units(units: "QuerySet[Organisation]", actor: "Actor") -> "QuerySet[Organisation]":
    """Return the units whose registration an office reviews, or whose special code a security administrator approves."""
    if actor.can("registration.review"):
        return units.filter(
            kind="unit", review_jurisdiction_id=actor.jurisdiction_id, review_jurisdiction__isnull=False
        )
    return _units_in_care(units, actor) if actor.can("account.manage") else units.none()


def reviewable_changes(changes: "QuerySet[UnitChange]", actor: "Actor") -> "QuerySet[UnitChange]":
    """Return the requests of units to change their name or code that an office decides."""
    if not actor.can("registration.review"):
        return changes.none()
    return changes.filter(
        organisation__review_jurisdiction_id=actor.jurisdiction_id, organisation__review_jurisdiction__isnull=False
    )


def manageable_organisations(organisations: "QuerySet[Organisation]", actor: "Actor") -> "QuerySet[Organisation]":
    """Return the organisations whose members an actor manages: their own unit, or the offices and units of their place."""
    if actor.can("unit.manage") and actor.organisation:
        return organisations.filter(pk=actor.organisation.pk)
    if not actor.can("account.manage"):
        return organisations.none()
    if actor.jurisdiction_id is None:
        return organisations
    return organisations.filter(
        Q(jurisdiction_id=actor.jurisdiction_id) | Q(review_jurisdiction_id=actor.jurisdiction_id)
    )


def manageable_memberships(memberships: "QuerySet[Membership]", actor: "Actor") -> "QuerySet[Membership]":
    """Return the memberships of organisations an actor manages."""
    return memberships.filter(organisation__in=manageable_organisations(Organisation.objects.all(), actor))


def reachable_memberships(memberships: "QuerySet[Membership]", actor: "Actor") -> "QuerySet[Membership]":
    """Return the memberships an actor reads: those they manage, and those of the units whose registration they review."""
    managed = manageable_organisations(Organisation.objects.all(), actor)
    reviewed = reviewable_units(Organisation.objects.all(), actor)
    return memberships.filter(Q(organisation__in=managed) | Q(organisation__in=reviewed))


def manageable_invitations(invitations: "QuerySet[Invitation]", actor: "Actor") -> "QuerySet[Invitation]":
    """Return the invitations of organisations an actor manages."""
    return invitations.filter(organisation__in=manageable_organisations(Organisation.objects.all(), actor))


def _units_in_care(units: "QuerySet[Organisation]", actor: "Actor") -> "QuerySet[Organisation]":
    if actor.jurisdiction_id is None:
        return units.filter(kind="unit")
    return units.filter(kind="unit", review_jurisdiction_id=actor.jurisdiction_id)
