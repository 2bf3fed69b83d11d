"""A number that is masked is shown in full once, for a reason, and who looked is on record (P3-17)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from portal.accounts.actor import Actor
from portal.accounts.services.refusals import Refused
from portal.accounts.services.reveal import reveal_phone
from portal.audit.models import Event
from portal.tenancy.models import Jurisdiction
from tests.factories import make_actor, make_office, make_unit

pytestmark = pytest.mark.django_db
PHONE = "13800005678"
WHY = "补正材料需电话联系"


@pytest.fixture
def member(hangzhou: Jurisdiction) -> Actor:
    """The administrator of a unit of this place."""
    actor = make_actor("unit_admin", make_unit(review_jurisdiction=hangzhou))
    actor.person.phone = PHONE
    actor.person.save()
    return actor


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def address(member: Actor) -> str:
    assert member.membership
    return reverse("accounts:reveal", args=[member.membership.pk])


@pytest.mark.rule("P3-17")
@pytest.mark.parametrize(
    ("role", "page"), [("bureau_officer", "accounts:registration"), ("security_admin", "accounts:member")]
)
def test_the_page_masks_and_a_reason_shows_the_number_once(
    hangzhou: Jurisdiction, member: Actor, role: str, page: str
) -> None:
    assert member.membership
    by = make_actor(role, make_office(hangzhou))
    client = signed_in(by)
    of = member.membership.organisation_id if page == "accounts:registration" else member.membership.pk
    before = client.get(reverse(page, args=[of])).content.decode()
    assert "138****5678" in before
    assert address(member) in before
    assert PHONE not in before + client.get(address(member)).content.decode()
    shown = client.post(address(member), {"reason": WHY})
    assert PHONE in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert PHONE not in client.get(address(member)).content.decode()
    event = Event.objects.get(action="personal.reveal")
    assert (event.actor, event.reason, event.jurisdiction) == (by.user, WHY, hangzhou)
    assert PHONE not in str(event.data) + event.object_label


@pytest.mark.rule("P3-17")
@pytest.mark.parametrize("reason", ["", "    看看    ", "长" * 301])
def test_without_a_proper_reason_nothing_is_shown(hangzhou: Jurisdiction, member: Actor, reason: str) -> None:
    answer = signed_in(make_actor("bureau_officer", make_office(hangzhou))).post(address(member), {"reason": reason})
    assert answer.status_code == 422
    assert PHONE not in answer.content.decode()
    assert "查看原因" in answer.content.decode()
    assert not Event.objects.filter(action="personal.reveal").exists()


@pytest.mark.parametrize("role", ["bureau_approver", "supervisor", "finance", "expert"])
def test_who_neither_manages_nor_reviews_the_unit_sees_no_number(
    hangzhou: Jurisdiction, member: Actor, role: str
) -> None:
    assert member.membership
    by = make_actor(role, make_office(hangzhou))
    with pytest.raises(PermissionDenied):
        reveal_phone(membership=member.membership, reason=WHY, by=by)
    assert signed_in(by).post(address(member), {"reason": WHY}).status_code == 403


def test_another_units_administrator_sees_no_number(hangzhou: Jurisdiction, member: Actor) -> None:
    assert member.membership
    stranger = make_actor("unit_admin", make_unit(review_jurisdiction=hangzhou))
    with pytest.raises(PermissionDenied):
        reveal_phone(membership=member.membership, reason=WHY, by=stranger)
    assert signed_in(stranger).post(address(member), {"reason": WHY}).status_code == 404


def test_where_there_is_no_number_that_is_said(hangzhou: Jurisdiction, member: Actor) -> None:
    assert member.membership
    member.person.phone = ""
    member.person.save()
    member.membership.refresh_from_db()
    by = make_actor("security_admin", make_office(hangzhou))
    with pytest.raises(Refused, match="没有登记"):
        reveal_phone(membership=member.membership, reason=WHY, by=by)
