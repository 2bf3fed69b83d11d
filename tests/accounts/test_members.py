"""Invitations and authorisations (P3-01); three administrators who are never one person (GB/T 22239-2019 8.1.4.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from portal.accounts.actor import Actor
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.services.members import LINK_DAYS, accept, cancel_invitation, extend, invite, revoke
from portal.accounts.services.people import give_reset_link, set_enabled
from portal.accounts.services.refusals import Refused
from portal.accounts.signals import membership_created
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction, Organisation
from tests.factories import PASSWORD, make_actor, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db
NEW_PERSON = {
    "username": "newcomer",
    "person_name": "新人",
    "phone": "13800000009",
    "email": "new@example.cn",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


def invited(
    by: Actor, organisation: Organisation, role: str = "unit_operator", days: int | None = 30, **more: Any
) -> str:
    """Invite somebody; return the token."""
    until = None if days is None else clock.today() + timedelta(days=days)
    values = {"name": "受邀人", "email": "", "valid_until": until, "address": "{token}", "by": by} | more
    return invite(organisation=organisation, role_code=role, **values)[1]


@pytest.mark.rule("P3-01")
def test_a_unit_invites_an_operator_who_opens_an_account(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    admin = make_actor("unit_admin", make_unit())
    client.force_login(admin.user)
    form = {
        "organisation": admin.organisation.pk,
        "role_code": "unit_operator",
        "name": "新人",
        "email": "new@example.cn",
        "valid_until": clock.today() + timedelta(days=100),
    }
    with django_capture_on_commit_callbacks(execute=True):
        link = client.post(reverse("accounts:invite"), form).context["link"]
    assert link in mail.outbox[0].body
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in str(list(Invitation.objects.values()))
    assert link not in client.get(reverse("accounts:members")).content.decode()
    stranger = Client()
    assert stranger.post(link, NEW_PERSON).status_code == 302
    joined = Membership.objects.get(user__username="newcomer")
    assert (joined.organisation, joined.role_code, joined.authorised_by) == (
        admin.organisation,
        "unit_operator",
        admin.user,
    )
    assert joined.valid_until == clock.today() + timedelta(days=100)
    assert stranger.get(reverse("accounts:profile")).wsgi_request.actor.membership == joined
    assert Client().post(link, NEW_PERSON | {"username": "second"}).status_code == 410


def test_a_person_with_an_account_joins_with_it(client: Client) -> None:
    user, admin = make_user(), make_actor("unit_admin", make_unit())
    heard: list[Membership] = []
    listener = lambda membership, **_: heard.append(membership)  # noqa: E731 - kept alive by its name
    membership_created.connect(listener)
    client.force_login(user)
    client.post(reverse("accounts:invitation", args=[invited(admin, admin.organisation)]))
    membership_created.disconnect(listener)
    assert heard == list(Membership.objects.filter(user=user))
    events = Event.objects.filter(chain__key=f"tenancy.organisation:{admin.organisation.pk}").order_by("id")
    assert [event.action for event in events] == ["membership.invite", "membership.accept"]


def test_the_typed_stays_when_the_login_name_is_taken(client: Client) -> None:
    admin = make_actor("unit_admin", make_unit())
    User.objects.create_user(username="newcomer", password=PASSWORD, name="先到者")
    page = client.post(reverse("accounts:invitation", args=[invited(admin, admin.organisation)]), NEW_PERSON)
    assert page.status_code == 400
    assert "该登录名已被使用" in page.content.decode()
    assert "13800000009" in page.content.decode()


def test_a_link_lives_seven_days() -> None:
    admin = make_actor("unit_admin", make_unit())
    token, start = invited(admin, admin.organisation), clock.now()
    with clock.travel(start + timedelta(days=LINK_DAYS, seconds=5)), pytest.raises(Refused, match="已过有效期"):
        accept(token=token, user=make_user(), ip="")
    with clock.travel(start + timedelta(days=LINK_DAYS) - timedelta(seconds=5)):
        accept(token=token, user=make_user(), ip="")


def test_a_cancelled_link_opens_nothing(client: Client) -> None:
    admin = make_actor("unit_admin", make_unit())
    token = invited(admin, admin.organisation)
    client.force_login(admin.user)
    client.post(reverse("accounts:cancel_invitation", args=[Invitation.objects.get().pk]))
    assert client.get(reverse("accounts:invitation", args=[token])).status_code == 410
    with pytest.raises(Refused, match="已取消"):
        cancel_invitation(invitation=Invitation.objects.get(), by=admin)


@pytest.mark.rule("P3-01")
@pytest.mark.parametrize("days", [None, 367, -1])
def test_a_unit_authorises_for_a_year_at_most(days: int | None) -> None:
    admin = make_actor("unit_admin", make_unit())
    with pytest.raises(Refused) as refused:
        invited(admin, admin.organisation, days=days)
    assert refused.value.field == "valid_until"
    invited(admin, admin.organisation, days=366)
    operator = make_actor("unit_operator", admin.organisation)
    with pytest.raises(Refused, match="最长一年"):
        extend(membership=operator.membership, valid_until=clock.today() + timedelta(days=400), by=admin)


@pytest.mark.parametrize("role", ["bureau_officer", "security_admin", "expert", "no_such_role"])
def test_a_unit_has_no_offices_roles(role: str) -> None:
    admin = make_actor("unit_admin", make_unit())
    with pytest.raises(Refused, match="没有此岗位"):
        invited(admin, admin.organisation, role)


def test_who_manages_whom(hangzhou: Jurisdiction) -> None:
    admin, security = make_actor("unit_admin", make_unit()), make_actor("security_admin", make_office(hangzhou))
    with pytest.raises(PermissionDenied):
        invited(admin, make_unit())
    with pytest.raises(PermissionDenied):
        invited(make_actor("unit_operator", admin.organisation), admin.organisation)
    with pytest.raises(PermissionDenied):
        invited(make_actor("system_admin", make_office(hangzhou)), make_office(hangzhou), "finance")
    with pytest.raises(PermissionDenied):
        invited(security, make_unit())
    invited(security, make_unit(review_jurisdiction=hangzhou), "unit_admin")
    invited(security, make_office(hangzhou), "finance", None)


@pytest.mark.rule("P3-16")
def test_nobody_is_two_of_the_three_administrators(hangzhou: Jurisdiction) -> None:
    office = make_office(hangzhou)
    security, auditor = make_actor("security_admin", office), make_actor("audit_admin", office)
    token = invited(security, office, "system_admin", None)
    with pytest.raises(Refused, match="不能同时担任"):
        accept(token=token, user=auditor.user, ip="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=auditor.user, organisation=office, role_code="security_admin")
    revoke(membership=auditor.membership, reason="换岗", by=security)
    accept(token=token, user=auditor.user, ip="")


@pytest.mark.rule("P3-01")
def test_a_revoked_membership_ends_at_once(client: Client) -> None:
    admin = make_actor("unit_admin", make_unit())
    operator = make_actor("unit_operator", admin.organisation)
    client.force_login(admin.user)
    client.post(reverse("accounts:member", args=[operator.membership.pk]), {"act": "revoke", "reason": "离职"})
    theirs = Client()
    theirs.force_login(operator.user)
    assert theirs.get(reverse("accounts:profile")).wsgi_request.actor.membership is None
    assert Event.objects.get(action="membership.revoke").reason == "离职"


def test_a_unit_keeps_an_administrator(hangzhou: Jurisdiction) -> None:
    first = make_actor("unit_admin", make_unit(review_jurisdiction=hangzhou))
    second = make_actor("unit_admin", first.organisation)
    with pytest.raises(Refused, match="不能撤销本人"):
        revoke(membership=first.membership, reason="", by=first)
    revoke(membership=second.membership, reason="", by=first)
    with pytest.raises(Refused, match="已撤销"):
        revoke(membership=second.membership, reason="", by=first)


@pytest.mark.rule("P3-01")
def test_an_authorisation_ends_with_its_last_day() -> None:
    until = clock.today() + timedelta(days=3)
    actor = make_actor("unit_operator", make_unit(), valid_until=until)
    client = Client()
    client.force_login(actor.user)
    seen = []
    for days in (3, 4):
        with clock.travel(clock.now() + timedelta(days=days)):
            client.force_login(actor.user)
            seen.append(client.get(reverse("accounts:profile")).wsgi_request.actor.membership)
    assert seen == [actor.membership, None]


def test_a_security_administrator_helps_and_says_why(hangzhou: Jurisdiction, client: Client) -> None:
    office = make_office(hangzhou)
    security, officer = make_actor("security_admin", office), make_actor("bureau_officer", office)
    with pytest.raises(Refused, match="请填写原因"):
        give_reset_link(membership=officer.membership, reason="", address="", by=security)
    with pytest.raises(Refused, match="不能对本人"):
        set_enabled(membership=security.membership, enabled=False, reason="x", by=security)
    client.force_login(security.user)
    address = reverse("accounts:member", args=[officer.membership.pk])
    page = client.post(address, {"act": "reset_link", "reason": "当面核验工作证"})
    assert client.get(page.context["link"]).status_code == 200
    client.post(address, {"act": "disable", "reason": "停职"})
    officer.user.refresh_from_db()
    assert not officer.user.is_active
    assert [event.reason for event in Event.objects.filter(action__startswith="account.").order_by("id")] == [
        "当面核验工作证",
        "停职",
    ]


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same(
    client: Client, hangzhou: Jurisdiction, rows: int, django_assert_num_queries: Any
) -> None:
    security = make_actor("security_admin", make_office(hangzhou))
    for _ in range(rows):
        make_actor("bureau_officer", make_office(hangzhou))
        invited(security, make_office(hangzhou), "finance", None)
    client.force_login(security.user)
    client.get(reverse("accounts:members"))
    with django_assert_num_queries(8):
        client.get(reverse("accounts:members"))


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_of_registrations_costs_the_same(
    client: Client, hangzhou: Jurisdiction, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_unit(state="pending", review_jurisdiction=hangzhou)
    client.force_login(make_actor("bureau_officer", make_office(hangzhou)).user)
    client.get(reverse("accounts:registrations"))
    with django_assert_num_queries(7):
        client.get(reverse("accounts:registrations"))
