"""Makers of valid rows for tests: units, people, calls, applications. Each call makes something new."""

from datetime import timedelta
from itertools import count
from typing import Any

from applications.models import Call
from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.calendars import clock
from portal.policy import registry
from portal.policy.values import _CREDIT_ALPHABET
from portal.tenancy.enums import OrganisationKind, OrganisationState
from portal.tenancy.models import Jurisdiction, Organisation

_serial = count(1)
PASSWORD = "Correct-horse-1"


def credit_code(serial: int | None = None) -> str:
    """Return a valid, invented 统一社会信用代码."""
    body = f"91330100MA{serial or next(_serial):07d}"
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + _CREDIT_ALPHABET[(31 - total % 31) % 31]


def make_unit(name: str = "", **fields: Any) -> Organisation:
    """Return an active applicant unit."""
    serial = next(_serial)
    values = {
        "kind": OrganisationKind.UNIT,
        "name": name or f"杭州测试技师学院{serial}",
        "credit_code": credit_code(serial),
        "state": OrganisationState.ACTIVE,
        "nature": "vocational",
        "address": "杭州市余杭区测试路 1 号",
        "postcode": "311100",
        "district": "余杭区",
        "contact_name": "测试联系人",
        "contact_phone": "0571-00000001",
        "contact_email": "unit@example.cn",
    }
    return Organisation.objects.create(**(values | fields))


def make_office(jurisdiction: Jurisdiction) -> Organisation:
    """Return the jurisdiction's own bureau, the first office of its profile."""
    return Organisation.objects.filter(jurisdiction=jurisdiction).order_by("id").first() or Organisation.objects.create(
        jurisdiction=jurisdiction, kind=OrganisationKind.CITY, name=jurisdiction.issuer
    )


def make_user(name: str = "测试人员", **fields: Any) -> User:
    """Return a user with `PASSWORD`."""
    serial = next(_serial)
    return User.objects.create_user(username=f"user{serial}", password=PASSWORD, name=f"{name}{serial}", **fields)


def make_actor(role: str, organisation: Organisation, user: User | None = None, **fields: Any) -> Actor:
    """Return a person acting in a role of an organisation."""
    user = user or make_user()
    membership = Membership.objects.create(user=user, organisation=organisation, role_code=role, **fields)
    return Actor(user=user, membership=membership, ip="127.0.0.1")


def make_call(jurisdiction: Jurisdiction, **fields: Any) -> Call:
    """Return a published call that is open now."""
    serial, now = next(_serial), clock.now()
    edition = registry.current(jurisdiction.code)
    values = {
        "jurisdiction": jurisdiction,
        "edition_code": edition.code,
        "title": f"测试批次{serial}",
        "year": now.year,
        "batch": 2 + serial % 90,  # never the first: that is the call a source announced
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        "state": "published",
        "published_at": now - timedelta(days=1),
        "settings": edition.setting_values(),
    }
    return Call.objects.create(**(values | fields))
