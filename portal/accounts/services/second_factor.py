"""The second factor: a code of six digits from an app, new every 30 seconds (P3-16; RFC 6238)."""

import os
from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.services.news import tell
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import require_account_manager

WRONG = "动态口令不正确。请确认手机时间准确，等待下一组口令后重新输入"


def new_secret() -> str:
    """Return a secret of 160 bits in hexadecimal; it belongs to nobody until enrolled."""
    return os.urandom(20).hex()


def readable_secret(secret: str) -> str:
    """Return the secret as apps take it by hand, in groups of four."""
    text = b32encode(unhexlify(secret)).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def enrolment_uri(user: User, secret: str) -> str:
    """Return what the QR code says to the app."""
    issuer = quote(str(settings.PORTAL_NAME))
    key = b32encode(unhexlify(secret)).decode()
    return f"otpauth://totp/{issuer}:{quote(user.username)}?secret={key}&issuer={issuer}&digits=6&period=30"


def enrol(*, user: User, secret: str, code: str, by: Actor) -> TOTPDevice:
    """Bind the app to the account once it has shown a right code. Raises Refused."""
    if not code.isdecimal() or not TOTP(unhexlify(secret)).verify(int(code), tolerance=1):
        raise Refused(WRONG, "code")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
            raise Refused("该账户已启用动态口令")
        device = TOTPDevice.objects.create(user=user, name="动态口令", key=secret, confirmed=True)
        tell(by=by, action="account.second_factor", obj=user)
    return device


def prove(*, user: User, code: str) -> TOTPDevice:
    """Return the device that the code comes from; a code works once, and after failures the next must wait. Raises Refused."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            raise Refused("该账户未启用动态口令")
        allowed, _ = device.verify_is_allowed()
        right = allowed and code.isdecimal() and device.verify_token(int(code))
    if not allowed:
        raise Refused("连续输错，请稍候片刻再输入", "code")
    if not right:
        raise Refused(WRONG, "code")
    return device


def reset_second_factor(*, membership: Membership, reason: str, by: Actor) -> None:
    """Take the second factor off an account whose owner has lost the phone; they enrol anew. Raises Refused."""
    with transaction.atomic():
        require_account_manager(by, membership.organisation)
        if by.user == membership.user:
            raise PermissionDenied("不能重置本人的动态口令，请由其他安全管理员办理")
        if not reason:
            raise Refused("请填写重置原因和核实身份的方式", "reason")
        deleted, _ = TOTPDevice.objects.filter(user=membership.user).delete()
        if not deleted:
            raise Refused("该账户未启用动态口令，无需重置")
        tell(by=by, action="account.second_factor_reset", obj=membership.user, reason=reason)
