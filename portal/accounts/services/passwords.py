"""Choosing a new password, and proving by a link that one may."""

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.selectors import usable_memberships
from portal.accounts.services.news import tell
from portal.calendars import clock


def change_password(*, user: User, password: str, by: Actor, action: str = "account.password") -> None:
    """Give a person a new password; it must meet the rules and differ from the last five. Raises ValidationError."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        validate_password(password, locked)
        locked.set_password(password)
        locked.password_changed_at = clock.now()
        locked.save()
        user.password, user.password_changed_at = locked.password, locked.password_changed_at
        tell(by=by, action=action, obj=locked)


def send_reset_links(*, username: str, email: str, address: str, ip: str) -> None:
    """Mail a link to the account with this login name and address, if there is one; the caller learns nothing.

    `address` is the link with {uid} and {token} left open.
    """
    user = User.objects.filter(username=username, email__iexact=email, is_active=True).first()
    if user is None or not email:
        return
    with transaction.atomic():
        by = Actor(user=None, membership=None, ip=ip)
        place = usable_memberships(user).values_list("organisation__jurisdiction", flat=True).first()
        tell(by=by, action="account.reset_link", obj=user, jurisdiction_id=place)
        link = address.format(**reset_parts(user))
        body = f"{user.name}：\n\n请在 1 小时内打开以下链接设置新密码，链接只能使用一次：\n{link}\n\n如不是您本人申请，请忽略本邮件。"
        transaction.on_commit(lambda: send_mail("重置登录密码", body, None, [user.email], fail_silently=True))


def reset_parts(user: User) -> dict[str, str]:
    """Return `uid` and `token` of a link that works once, for a short time, while the password stays as it is."""
    return {"uid": urlsafe_base64_encode(str(user.pk).encode()), "token": default_token_generator.make_token(user)}


def user_of_link(uid: str, token: str) -> User | None:
    """Return whose link it is; None when it is used, old or made up."""
    try:
        user = User.objects.get(pk=int(urlsafe_base64_decode(uid)), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return user if default_token_generator.check_token(user, token) else None


def reset_password(*, uid: str, token: str, password: str, ip: str) -> User | None:
    """Set a new password by a link; None when the link no longer holds. Raises ValidationError for a bad password."""
    with transaction.atomic():
        user = user_of_link(uid, token)
        if user is None:
            return None
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not default_token_generator.check_token(locked, token):
            return None
        by = Actor(user=locked, membership=usable_memberships(locked).first(), ip=ip)
        change_password(user=locked, password=password, by=by, action="account.password_reset")
    return locked
