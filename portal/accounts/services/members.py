"""Inviting people into an organisation, and taking their authorisation back (P3-01)."""

import hashlib
import secrets
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from portal.accounts.actor import Actor
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.roles import EXCLUSIVE, ROLES
from portal.accounts.services.news import tell
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import PersonDetails, one_at_a_time, open_account, require_account_manager
from portal.accounts.signals import membership_created
from portal.calendars import clock
from portal.tenancy.models import Organisation

LINK_DAYS = 7
LONGEST = timedelta(days=366)  # a unit authorises for a year at most
TWO_ADMINISTRATORS = "同一人不能同时担任系统管理员、安全管理员、审计管理员中的两项（GB/T 22239-2019 8.1.4.2）"


def invite(
    *,
    organisation: Organisation,
    role_code: str,
    name: str,
    email: str,
    valid_until: date | None,
    address: str,
    by: Actor,
) -> tuple[Invitation, str]:
    """Return the invitation and its link, which is shown once: only a hash of it is kept.

    `address` is the link with {token} left open. Raises Refused when the role does not exist there, or the time is too long.
    """
    require_manager(by, organisation)
    _check_role(organisation, role_code, by)
    _check_time(organisation, valid_until)
    token = secrets.token_urlsafe(32)
    link = address.format(token=token)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            organisation=organisation,
            role_code=role_code,
            name=name,
            email=email,
            token_hash=hashed(token),
            invited_by=by.person,
            valid_until=valid_until,
            expires_at=clock.now() + timedelta(days=LINK_DAYS),
        )
        _tell(by, "membership.invite", organisation, invitation.role_code, name)
        if email:
            text = f"{name}：\n\n{organisation.name}邀请您担任{invitation.role.label}，请在 {LINK_DAYS} 日内打开以下链接办理：\n{link}"
            transaction.on_commit(lambda: send_mail("加入单位邀请", text, None, [email], fail_silently=True))
    return invitation, link


def cancel_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Make a link void. Raises Refused when it has been used."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
        require_manager(by, locked.organisation)
        if not locked.is_open:
            raise Refused("该邀请已被接受或已取消")
        locked.cancelled_at = clock.now()
        locked.save(update_fields=["cancelled_at"])
        _tell(by, "membership.invite_cancel", locked.organisation, locked.role_code, locked.name)


def accept(*, token: str, ip: str, user: User | None = None, person: PersonDetails | None = None) -> Membership:
    """Join by a link: with one's present account, or with a new one. Raises Refused."""
    with one_at_a_time():
        invitation = Invitation.objects.select_for_update().filter(token_hash=hashed(token)).first()
        if invitation is None or not invitation.is_open or invitation.expires_at <= clock.now():
            raise Refused("该邀请链接已使用、已取消或已过有效期，请向邀请人索取新的链接")
        if user is None:
            if person is None:
                raise Refused("请登录已有账户，或填写新账户信息")
            user = open_account(person)
        membership = _join(invitation, user)
        invitation.accepted_by, invitation.accepted_at = user, clock.now()
        invitation.save(update_fields=["accepted_by", "accepted_at"])
        by = Actor(user=user, membership=membership, ip=ip)
        _tell(by, "membership.accept", invitation.organisation, invitation.role_code, user.name)
        membership_created.send(sender=Membership, membership=membership)
    return membership


def revoke(*, membership: Membership, reason: str, by: Actor) -> None:
    """End a membership at once. Raises Refused when it has ended, is one's own, or is a unit's last administrator."""
    with transaction.atomic():
        locked = Membership.objects.select_for_update().select_related("organisation", "user").get(pk=membership.pk)
        require_manager(by, locked.organisation)
        if by.membership == locked:
            raise Refused("不能撤销本人的授权，请由其他管理员办理")
        if not locked.active:
            raise Refused("该授权已撤销")
        if locked.role_code == "unit_admin" and by.role and by.role.code == "unit_admin":
            _keep_one_administrator(locked)
        locked.active = False
        locked.save(update_fields=["active"])
        _tell(by, "membership.revoke", locked.organisation, locked.role_code, locked.user.name, reason=reason)


def extend(*, membership: Membership, valid_until: date, by: Actor) -> None:
    """Authorise for longer, a year at most from today. Raises Refused."""
    with transaction.atomic():
        locked = Membership.objects.select_for_update().select_related("organisation", "user").get(pk=membership.pk)
        require_manager(by, locked.organisation)
        if not locked.active:
            raise Refused("该授权已撤销，请重新邀请")
        _check_time(locked.organisation, valid_until)
        locked.valid_until = valid_until
        locked.save(update_fields=["valid_until"])
        _tell(by, "membership.extend", locked.organisation, locked.role_code, locked.user.name)


def require_manager(by: Actor, organisation: Organisation) -> None:
    """Raise PermissionDenied unless the actor manages the members of this organisation."""
    if by.can("unit.manage") and by.organisation == organisation:
        return
    require_account_manager(by, organisation)


def hashed(token: str) -> str:
    """Return what is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _join(invitation: Invitation, user: User) -> Membership:
    others = Membership.objects.filter(user=user, active=True, role_code__in=EXCLUSIVE)
    if invitation.role_code in EXCLUSIVE and others.exclude(organisation=invitation.organisation).exists():
        raise Refused(TWO_ADMINISTRATORS)
    try:
        with transaction.atomic():
            membership, _ = Membership.objects.update_or_create(
                user=user,
                organisation=invitation.organisation,
                role_code=invitation.role_code,
                defaults={
                    "active": True,
                    "valid_until": invitation.valid_until,
                    "authorised_by": invitation.invited_by,
                },
            )
    except IntegrityError as error:
        raise Refused(TWO_ADMINISTRATORS) from error
    return membership


def _check_role(organisation: Organisation, role_code: str, by: Actor) -> None:
    role = ROLES.get(role_code)
    if role is None or organisation.kind not in role.kinds:
        raise Refused("该机构没有此岗位，请重新选择", "role_code")
    if not organisation.may_act and not by.can("account.manage"):
        raise PermissionDenied("单位尚未通过审核")


def _check_time(organisation: Organisation, valid_until: date | None) -> None:
    today = clock.today()
    if valid_until is not None and valid_until < today:
        raise Refused("授权截止日期不能早于今天", "valid_until")
    if organisation.is_unit and (valid_until is None or valid_until > today + LONGEST):
        raise Refused("单位授权最长一年，请填写一年以内的截止日期", "valid_until")


def _keep_one_administrator(membership: Membership) -> None:
    others = Membership.objects.filter(
        organisation=membership.organisation, role_code="unit_admin", active=True, user__is_active=True
    )
    if not others.exclude(pk=membership.pk).exists():
        raise Refused("单位至少保留一名管理员，请先邀请新的管理员")


def _tell(by: Actor, action: str, organisation: Organisation, role_code: str, name: str, *, reason: str = "") -> None:
    place = organisation.jurisdiction_id or organisation.review_jurisdiction_id
    data = {"role": ROLES[role_code].label, "name": name}
    tell(by=by, action=action, obj=organisation, jurisdiction_id=place, reason=reason, data=data)
