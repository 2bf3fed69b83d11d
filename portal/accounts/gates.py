"""What a signed-in person must do before anything else: prove the second factor, or choose a new password."""

from django.conf import settings
from django.http import HttpRequest

from portal.accounts.models import Membership
from portal.accounts.passwords import has_expired
from portal.tenancy.enums import OrganisationKind

SECOND_FACTOR_KEY = "second_factor"  # in the session: this person has a device and has not used it yet


def second_factor_due(request: HttpRequest, membership: Membership | None) -> bool:
    """Say whether the person must still prove the second factor: they have one, or their role asks for one (P3-16)."""
    if request.user.is_verified():  # type: ignore[union-attr]
        return False
    return bool(request.session.get(SECOND_FACTOR_KEY)) or (settings.PORTAL_REQUIRE_TOTP and is_staff_role(membership))


def first_step(request: HttpRequest) -> str:
    """Return the name of the page that comes before every other, or an empty string."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.user.is_authenticated and getattr(request, "second_factor_due", False):
        return "accounts:second_factor"
    if actor.user is not None and is_staff_role(actor.membership) and has_expired(actor.user):
        return "accounts:password"
    return ""


def is_staff_role(membership: Membership | None) -> bool:
    """Say whether the capacity is one of an office, an expert or an administrator, not of an applicant unit."""
    return membership is not None and membership.organisation.kind != OrganisationKind.UNIT
