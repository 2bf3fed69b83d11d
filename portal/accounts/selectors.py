"""Reading people and memberships."""

from django.db.models import Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.enums import ChangeState
from portal.accounts.models import Invitation, Membership, UnitChange, User
from portal.accounts.roles import ROLES
from portal.calendars import clock
from portal.tenancy.enums import OrganisationState
from portal.tenancy.models import Jurisdiction, Organisation


def usable_memberships(user: User) -> QuerySet[Membership]:
    """Return the memberships a person can choose today; in a unit not yet reviewed the choice shows how it stands."""
    today = clock.today()
    return (
        Membership.objects.filter(user=user, active=True)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        .exclude(organisation__state=OrganisationState.CLOSED)
        .select_related("organisation", "organisation__jurisdiction", "organisation__parent", "user")
    )


def members_with(capability: str, jurisdiction: Jurisdiction) -> QuerySet[Membership]:
    """Return the memberships of a jurisdiction's offices whose role holds a capability."""
    roles = [role.code for role in ROLES.values() if capability in role.capabilities]
    return Membership.objects.filter(
        active=True, user__is_active=True, organisation__jurisdiction=jurisdiction, role_code__in=roles
    ).select_related("user")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the active memberships of one organisation."""
    return Membership.objects.filter(active=True, user__is_active=True, organisation=organisation).select_related(
        "user"
    )


def has_second_factor(user: User) -> bool:
    """Say whether a person has set up a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def open_change(organisation: Organisation) -> UnitChange | None:
    """Return the request to change name or code that waits for review, if there is one."""
    return UnitChange.objects.filter(organisation=organisation, state=ChangeState.PENDING).first()


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the memberships of an organisation, the lapsed ones too, active first."""
    return Membership.objects.filter(organisation=organisation).select_related("user").order_by("-active", "id")


def open_invitation(token_hash: str) -> Invitation | None:
    """Return the invitation whose link this is, while it holds."""
    return (
        Invitation.objects.filter(
            token_hash=token_hash, accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=clock.now()
        )
        .select_related("organisation", "invited_by")
        .first()
    )


def latest_change(organisation: Organisation) -> UnitChange | None:
    """Return a unit's last request to change name or code."""
    return UnitChange.objects.filter(organisation=organisation).order_by("-id").first()
