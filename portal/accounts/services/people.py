"""What a security administrator does for an account: unlock it, stop it, give a link to set a new password."""

from axes.utils import reset as forget_failures
from django.db import transaction

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.services.news import tell
from portal.accounts.services.passwords import reset_parts
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import require_account_manager


def give_reset_link(*, membership: Membership, reason: str, address: str, by: Actor) -> str:
    """Return a link to set a new password, for a person whose identity has been checked; lifts the lock as well.

    `address` is the link with {uid} and {token} left open.
    """
    with transaction.atomic():
        user = _in_care(membership, reason, by)
        forget_failures(username=user.username)
        tell(by=by, action="account.reset_link", obj=user, reason=reason)
    return address.format(**reset_parts(user))


def set_enabled(*, membership: Membership, enabled: bool, reason: str, by: Actor) -> None:
    """Stop an account everywhere at once, or let it go on. Raises Refused."""
    with transaction.atomic():
        user = _in_care(membership, reason, by)
        if user.is_active == enabled:
            raise Refused("账户状态已是如此，请刷新页面")
        user.is_active = enabled
        user.save(update_fields=["is_active"])
        tell(by=by, action="account.enable" if enabled else "account.disable", obj=user, reason=reason)


def _in_care(membership: Membership, reason: str, by: Actor) -> User:
    require_account_manager(by, membership.organisation)
    if by.user == membership.user:
        raise Refused("不能对本人的账户办理此事项，请由其他安全管理员办理")
    if not reason:
        raise Refused("请填写原因和核实身份的方式", "reason")
    return User.objects.select_for_update().get(pk=membership.user_id)
