"""Sign-ins, failures and sign-outs, for the event log."""

from django.db import transaction

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.selectors import usable_memberships
from portal.accounts.services.news import tell


@transaction.atomic
def note_sign_in(*, user: User, ip: str) -> None:
    """Record that a person has signed in, in the capacity they begin with."""
    tell(by=Actor(user=user, membership=usable_memberships(user).first(), ip=ip), action="account.login", obj=user)


@transaction.atomic
def note_failed_sign_in(*, username: str, ip: str) -> None:
    """Record a failed sign-in against the account tried; for an unknown name against no account, without the name.

    What was typed is not kept: people type their password into the wrong box.
    """
    user = User.objects.filter(username=username).first()
    nobody = User(pk=0, name="不存在的登录名")
    place = user and usable_memberships(user).values_list("organisation__jurisdiction", flat=True).first()
    visitor = Actor(user=None, membership=None, ip=ip)
    tell(by=visitor, action="account.login_failed", obj=user or nobody, jurisdiction_id=place or None)


@transaction.atomic
def note_sign_out(*, by: Actor) -> None:
    """Record that a person has signed out."""
    if by.user is not None:
        tell(by=by, action="account.logout", obj=by.user)
