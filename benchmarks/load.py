"""Fills the database of one run: people, a full inbox, drafts that may be submitted."""

from dataclasses import dataclass

from django.db import connection

from benchmarks import bare, data
from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.calendars import clock
from portal.policy.registry import current
from portal.tenancy.enums import OrganisationKind
from portal.tenancy.models import Jurisdiction, Organisation

OFFICER, OTHER_OFFICER, APPLICANT, PASSWORD = "bench-officer", "bench-other", "bench-unit", "Bench-password-1"
SMALL, LARGE = 5_000, 20_000
FORM_OF = "hangzhou"  # whose form has the table of equipment that is filled with two hundred rows


@dataclass(frozen=True)
class Loaded:
    """Who and what the measurement works with: the longer list is that of `place`, the shorter that of `other`."""

    place: Jurisdiction
    other: Jurisdiction
    officer: User
    other_officer: User
    applicant: User
    drafts: list[int]  # each with a table of 200 rows


def fill(scale: int, drafts: int) -> Loaded:
    """Make the bare table, the people, a long and a short inbox under two bureaus, and the drafts."""
    bare.create_table()
    place = Jurisdiction.objects.get(code=FORM_OF)
    edition = current(place.code)
    other = Jurisdiction.objects.create(
        code="measured-other", name="测量", short_name="测量", issuer="测量局", receipt_prefix="BN"
    )
    bureau = Organisation.objects.create(kind=OrganisationKind.CITY, jurisdiction=other, name="测量局", state="active")
    officer = member(OFFICER, "bureau_officer", Organisation.objects.filter(jurisdiction=place).order_by("id")[0])
    other_officer = member(OTHER_OFFICER, "bureau_officer", bureau)
    applicant = member(APPLICANT, "unit_admin", data.units(1, 1)[0])
    data.fill_inbox(data.make_call(other, edition, 1), applicant, SMALL // scale, first=10)
    call = data.make_call(place, edition, 1)
    data.fill_inbox(call, applicant, LARGE // scale, first=10 + SMALL)
    ready = data.ready_drafts(call, applicant, drafts, first=2)
    for number in range(drafts):  # as many calls to choose from, so that only the length of the lists differs
        data.make_call(other, edition, 2 + number)
    settle()
    return Loaded(place, other, officer.person, other_officer.person, applicant.person, [each.pk for each in ready])


def settle() -> None:
    """Bring the planner's figures up to date, as a server does by itself sooner or later."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def member(username: str, role: str, organisation: Organisation) -> Actor:
    """Make somebody who can sign in, in a role at an office."""
    user = User.objects.create_user(username=username, password=PASSWORD, name="测量", password_changed_at=clock.now())
    membership = Membership.objects.create(user=user, organisation=organisation, role_code=role)
    return Actor(user=user, membership=membership, ip="127.0.0.1")
