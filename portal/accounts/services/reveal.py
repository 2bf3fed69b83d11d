"""Showing a personal number that is masked everywhere else: with a reason, and on record (P3-17)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.actor import Actor
from portal.accounts.models import Membership
from portal.accounts.permissions import reachable_memberships
from portal.accounts.services.news import tell
from portal.accounts.services.refusals import Refused

MINIMUM_REASON = 5
MAXIMUM_REASON = 300


@transaction.atomic
def reveal_phone(*, membership: Membership, reason: str, by: Actor) -> str:
    """Return a member's telephone number in full, after writing down who looked and why. The number itself is not recorded.

    Raise `Refused` for a reason too short or too long and where there is no number; `PermissionDenied` for another's members.
    """
    if not reachable_memberships(Membership.objects.filter(pk=membership.pk), by).exists():
        raise PermissionDenied("只能查看本单位或本辖区成员的号码")
    said = reason.strip()
    if len(said) < MINIMUM_REASON:
        raise Refused(f"请写明查看原因，至少 {MINIMUM_REASON} 字", "reason")
    if len(said) > MAXIMUM_REASON:
        raise Refused(f"查看原因最多 {MAXIMUM_REASON} 字，已填 {len(said)} 字", "reason")
    if not membership.user.phone:
        raise Refused("该成员没有登记手机号码")
    tell(
        by=by,
        action="personal.reveal",
        obj=membership.user,
        jurisdiction_id=by.jurisdiction_id,
        reason=said,
        data={"what": "phone", "organisation": membership.organisation.name},
    )
    return membership.user.phone
