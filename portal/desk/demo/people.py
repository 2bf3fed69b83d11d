"""Who can sign in to the demonstration: one account for each role, one for each unit and expert."""

import os
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.roles import ROLES
from portal.calendars import clock
from portal.policy import registry
from portal.policy.sample import SampleExpert, Samples, SampleUnit
from portal.tenancy.enums import OrganisationKind, OrganisationState, Tier
from portal.tenancy.models import Jurisdiction, Organisation

PASSWORD = os.environ.get("PORTAL_DEMO_PASSWORD", "Portal-demo-2026")
ABOVE = (("ministry-officer", "bureau_officer", "常复核"), ("ministry-approver", "bureau_approver", "傅签发"))
STAFF = (
    ("officer", "bureau_officer", "林受理"),
    ("approver", "bureau_approver", "何审批"),
    ("finance", "finance", "郑财务"),
    ("supervisor", "supervisor", "梁监督"),
    ("sysadmin", "system_admin", "唐系统"),
    ("secadmin", "security_admin", "许安全"),
    ("auditor", "audit_admin", "邓审计"),
)


@dataclass(frozen=True)
class Account:
    """A line of the list printed at the end: what to sign in with, and as whom."""

    username: str
    role: str
    organisation: str


def sign_up(username: str, name: str, organisation: Organisation, role: str) -> Actor:
    """Return a person who signs in with `username` and acts in one role; made when missing."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create(
            username=username,
            password=_hashed(),
            name=name,
            email=f"{username}@example.cn",
            password_changed_at=clock.now(),
        )
    membership, _ = Membership.objects.get_or_create(user=user, organisation=organisation, role_code=role)
    return Actor(user=user, membership=membership, ip="127.0.0.1")


@cache
def _hashed() -> str:
    """Hash the one password of all accounts once: a good hash takes a quarter of a second."""
    return make_password(PASSWORD)


def bureau(jurisdiction: Jurisdiction) -> Organisation:
    """Return the office that runs the calls."""
    office = _office_of(jurisdiction, Tier.BUREAU)
    if office is None:
        raise LookupError(f"{jurisdiction.code} has no bureau")
    return office


def superior(jurisdiction: Jurisdiction) -> Organisation | None:
    """Return the office of the level above the bureau, where the policy has one."""
    return _office_of(jurisdiction, Tier.SUPERIOR)


def _office_of(jurisdiction: Jurisdiction, tier: Tier) -> Organisation | None:
    offices = Organisation.objects.filter(jurisdiction=jurisdiction).select_related("parent").order_by("id")
    return next((office for office in offices if office.tier is tier), None)


def staff(jurisdiction: Jurisdiction, prefix: str) -> dict[str, Actor]:
    """Return one member of the bureau for each role."""
    office = bureau(jurisdiction)
    return {role: sign_up(f"{prefix}{username}", name, office, role) for username, role, name in STAFF}


def above(jurisdiction: Jurisdiction, prefix: str) -> Actor | None:
    """Return who runs the re-check at the level above, and let somebody there sign; None where there is no such level."""
    office = superior(jurisdiction)
    if office is None:
        return None
    found = [sign_up(f"{prefix}{username}", name, office, role) for username, role, name in ABOVE]
    return found[0]


def recommending(jurisdiction: Jurisdiction, samples: Samples, prefix: str) -> dict[str, Actor]:
    """Return who recommends, by the key of the office in the profile."""
    names = {office.key: office.name for office in registry.current(jurisdiction.code).profile.offices}
    offices = Organisation.objects.filter(jurisdiction=jurisdiction).select_related("parent")
    by_name = {office.name: office for office in offices}
    return {
        each.office: sign_up(f"{prefix}{each.username}", each.name, by_name[names[each.office]], "recommender")
        for each in samples.offices
    }


def unit(sample: SampleUnit, prefix: str) -> Actor:
    """Return the administrator of an invented unit whose registration has been reviewed."""
    organisation = Organisation.objects.filter(credit_code=sample.credit_code).first()
    if organisation is None:
        organisation = Organisation.objects.create(
            kind=OrganisationKind.UNIT,
            name=sample.name,
            credit_code=sample.credit_code,
            nature=sample.nature,
            district=sample.district,
            address=sample.address,
            postcode=sample.postcode,
            state=OrganisationState.ACTIVE,
            reviewed_at=clock.now(),
            contact_name=str(sample.answers(clock.today())["cover"]["contact"]),
            contact_phone=str(sample.answers(clock.today())["cover"]["phone"]),
            contact_email=f"{sample.key}@example.cn",
        )
    return sign_up(f"{prefix}{sample.key}", str(organisation.contact_name), organisation, "unit_admin")


def expert(sample: SampleExpert, jurisdiction: Jurisdiction, prefix: str) -> Actor:
    """Return an invented expert's account."""
    return sign_up(f"{prefix}{sample.key}", sample.name, bureau(jurisdiction), "expert")


def prefix_of(jurisdiction: Jurisdiction, samples: Samples) -> str:
    """Return how usernames of a jurisdiction begin: `ks-`, say, or nothing."""
    return f"{jurisdiction.receipt_prefix.lower()}-" if samples.prefixed else ""


def accounts(jurisdiction: Jurisdiction, samples: Samples) -> list[Account]:
    """Return one account for each role and office, the most useful first."""
    prefix = prefix_of(jurisdiction, samples)
    first, second = samples.units[0], samples.units[1]
    names = {office.key: office.name for office in registry.current(jurisdiction.code).profile.offices}
    lines = [
        Account(f"{prefix}{first.key}", ROLES["unit_admin"].label, first.name),
        Account(f"{prefix}{first.key}-op", ROLES["unit_operator"].label, first.name),
        Account(f"{prefix}{second.key}", ROLES["unit_admin"].label, second.name),
        *(
            Account(f"{prefix}{unit.key}", ROLES["unit_admin"].label, unit.name)
            for unit in samples.units[2:]
            if unit.also
        ),
        *(
            Account(f"{prefix}{each.username}", ROLES["recommender"].label, names[each.office])
            for each in samples.offices
        ),
        Account(f"{prefix}{samples.experts[0].key}", ROLES["expert"].label, jurisdiction.issuer),
        *(Account(f"{prefix}{name}", ROLES[role].label, jurisdiction.issuer) for name, role, _ in STAFF),
    ]
    if (office := superior(jurisdiction)) is not None:
        lines += [Account(f"{prefix}{name}", ROLES[role].label, office.name) for name, role, _ in ABOVE]
    return lines
