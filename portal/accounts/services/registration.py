"""Registration of an applicant unit and its review by a bureau (P3-02)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.services.news import tell
from portal.accounts.services.refusals import Refused
from portal.calendars import clock
from portal.tenancy.enums import OrganisationKind, OrganisationState
from portal.tenancy.models import Jurisdiction, Organisation

CODE_TAKEN = "该统一社会信用代码已注册。请联系该单位的管理员，由其在“成员管理”中向您发出邀请，无需重复注册"
WAITING = (OrganisationState.PENDING, OrganisationState.REJECTED)


@dataclass(frozen=True)
class UnitDetails:
    """What a unit says of itself; `special_code_reason` is given only when its code fails the check digit."""

    name: str
    credit_code: str
    nature: str
    address: str
    postcode: str
    district: str
    website: str
    contact_name: str
    contact_phone: str
    contact_email: str
    special_code_reason: str = ""
    central: bool = False


@dataclass(frozen=True)
class PersonDetails:
    """The person who opens an account."""

    username: str
    name: str
    phone: str
    email: str
    password: str


def register_unit(*, unit: UnitDetails, person: PersonDetails, review_jurisdiction: Jurisdiction, ip: str) -> User:
    """Create the unit, waiting for review, and its administrator, who may sign in and see how the review stands.

    Raises Refused when the code or the login name is taken.
    """
    with one_at_a_time():
        refuse_taken_code(unit.credit_code)
        user = open_account(person)
        organisation = Organisation.objects.create(
            kind=OrganisationKind.UNIT,
            state=OrganisationState.PENDING,
            review_jurisdiction=review_jurisdiction,
            **asdict(unit),
        )
        membership = Membership.objects.create(user=user, organisation=organisation, role_code="unit_admin")
        tell(
            by=Actor(user=user, membership=membership, ip=ip),
            action="unit.register",
            obj=organisation,
            jurisdiction_id=review_jurisdiction.pk,
            data={"name": unit.name, "credit_code": unit.credit_code},
        )
    return user


def open_account(person: PersonDetails) -> User:
    """Create a user inside the caller's transaction. Raises Refused when the login name is taken."""
    if User.objects.filter(username=person.username).exists():
        raise Refused("该登录名已被使用，请换一个", "username")
    return User.objects.create_user(
        username=person.username,
        password=person.password,
        name=person.name,
        phone=person.phone,
        email=person.email,
        password_changed_at=clock.now(),
    )


def amend_registration(
    *, organisation: Organisation, unit: UnitDetails, review_jurisdiction: Jurisdiction, by: Actor
) -> None:
    """Correct a registration that waits or was rejected, and ask for review again. Raises Refused."""
    with one_at_a_time():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if by.organisation != locked or by.role is None or by.role.code != "unit_admin":
            raise PermissionDenied("只有本单位管理员可以修改注册信息")
        if locked.state not in WAITING:
            raise Refused("注册已审核通过，请在“单位信息”中修改")
        refuse_taken_code(unit.credit_code, apart_from=locked)
        if (unit.credit_code, unit.special_code_reason) != (locked.credit_code, locked.special_code_reason):
            locked.special_code_approved_at = None
        for field, value in asdict(unit).items():
            setattr(locked, field, value)
        locked.review_jurisdiction = review_jurisdiction
        locked.state, locked.review_reason, locked.reviewed_at = OrganisationState.PENDING, "", None
        locked.save()
        tell(
            by=by,
            action="unit.resubmit",
            obj=locked,
            jurisdiction_id=review_jurisdiction.pk,
            data={"name": unit.name, "credit_code": unit.credit_code},
        )


def review_registration(*, organisation: Organisation, approve: bool, reason: str, by: Actor) -> None:
    """Let a unit act from now on, or turn its registration down with a reason it can act upon. Raises Refused."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        by.require_at("registration.review", locked.review_jurisdiction_id)
        if locked.state != OrganisationState.PENDING:
            raise Refused("该注册申请已由他人审核，请刷新后查看结果")
        if not approve and not reason:
            raise Refused("请填写不通过的原因，申报单位将据此修改", "reason")
        if approve and locked.waits_for_special_code:
            raise Refused("该单位的统一社会信用代码未通过校验，须先由安全管理员核准特殊代码")
        locked.state = OrganisationState.ACTIVE if approve else OrganisationState.REJECTED
        locked.review_reason, locked.reviewed_at = reason, clock.now()
        locked.save(update_fields=["state", "review_reason", "reviewed_at"])
        tell(
            by=by,
            action="unit.approve" if approve else "unit.reject",
            obj=locked,
            jurisdiction_id=locked.review_jurisdiction_id,
            reason=reason,
        )


def approve_special_code(*, organisation: Organisation, reason: str, by: Actor) -> None:
    """Let a code pass that fails the check digit (P3-19); the reason is recorded. Raises Refused."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        require_account_manager(by, locked)
        if not locked.waits_for_special_code:
            raise Refused("该单位没有待核准的特殊代码")
        if not reason:
            raise Refused("请填写核准依据", "reason")
        locked.special_code_approved_at = clock.now()
        locked.save(update_fields=["special_code_approved_at"])
        tell(
            by=by,
            action="unit.special_code",
            obj=locked,
            jurisdiction_id=locked.review_jurisdiction_id,
            reason=reason,
            data={"credit_code": locked.credit_code},
        )


def require_account_manager(by: Actor, organisation: Organisation) -> None:
    """Raise PermissionDenied unless a security administrator is at work in a place of theirs; the platform's reaches all."""
    by.require_at("account.manage", organisation.jurisdiction_id or organisation.review_jurisdiction_id)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Run in a transaction; of two that take the same login name or code at the same moment, the second is Refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused("登录名或统一社会信用代码刚刚被他人注册，请核对后重新提交") from error


def refuse_taken_code(credit_code: str, *, apart_from: Organisation | None = None) -> None:
    """Raise Refused when another unit has the code."""
    others = Organisation.objects.filter(credit_code=credit_code).exclude(state=OrganisationState.REJECTED)
    if apart_from is not None:
        others = others.exclude(pk=apart_from.pk)
    if others.exists():
        raise Refused(CODE_TAKEN, "credit_code")
