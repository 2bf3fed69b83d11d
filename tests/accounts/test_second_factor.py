"""The second factor: required of staff where the setting says so, proved once a session, reset by a security administrator."""

from binascii import unhexlify
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.models import User
from portal.accounts.services.refusals import Refused
from portal.accounts.services.second_factor import enrol, new_secret, reset_second_factor
from portal.audit.models import Event
from portal.tenancy.models import Jurisdiction
from tests.accounts.test_members import invited
from tests.factories import PASSWORD, make_actor, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db
FACTOR, PROFILE = reverse("accounts:second_factor"), reverse("accounts:profile")


def code_of(device: TOTPDevice, drift: int = 0) -> str:
    return f"{TOTP(unhexlify(device.key), drift=drift).token():06d}"


def with_device(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="x", key=new_secret())


def sign_in(client: Client, user: User) -> None:
    client.post(reverse("accounts:login"), {"username": user.username, "password": PASSWORD})


def test_a_person_enrols_with_a_code_from_the_app(client: Client) -> None:
    user = make_actor("unit_admin", make_unit()).user
    sign_in(client, user)
    page = client.get(FACTOR)
    secret = client.session["new_second_factor"]
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert client.get(FACTOR).context["secret"] == page.context["secret"]
    assert client.post(FACTOR, {"code": "abc"}).status_code == 400
    right = f"{TOTP(unhexlify(secret)).token():06d}"
    assert client.post(FACTOR, {"code": right, "next": PROFILE}).url == PROFILE
    assert TOTPDevice.objects.get(user=user).confirmed
    assert "已启用" in client.get(FACTOR).content.decode()
    assert secret not in str(list(Event.objects.values()))
    assert Event.objects.filter(action="account.second_factor").count() == 1


def test_who_has_a_device_proves_it_before_anything_opens(client: Client) -> None:
    user = make_actor("unit_admin", make_unit()).user
    device = with_device(user)
    sign_in(client, user)
    answer = client.get(PROFILE)
    assert answer.url == f"{FACTOR}?next={PROFILE}"
    assert answer.wsgi_request.actor.membership is None
    assert client.get("/api/v1/applications/").json()["results"] == []
    assert client.post(FACTOR, {"code": "000000"}).status_code == 400
    TOTPDevice.objects.update(throttling_failure_count=0)
    before = client.session.session_key
    assert client.post(FACTOR, {"code": code_of(device), "next": PROFILE}).url == PROFILE
    assert client.session.session_key != before
    assert client.get(PROFILE).status_code == 200
    again = Client()
    sign_in(again, user)
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert again.post(FACTOR, {"code": code_of(device)}).status_code == 400, "a code works once"


def test_guessing_has_to_wait(client: Client) -> None:
    user = make_actor("unit_admin", make_unit()).user
    device = with_device(user)
    sign_in(client, user)
    for _ in range(2):
        page = client.post(FACTOR, {"code": "000000"})
    assert "请稍候片刻" in page.content.decode()
    assert client.post(FACTOR, {"code": code_of(device)}).status_code == 400


@pytest.mark.rule("P3-16")
def test_staff_must_have_one_where_the_setting_says_so(client: Client, hangzhou: Jurisdiction, settings: Any) -> None:
    settings.PORTAL_REQUIRE_TOTP = True
    for role in ("bureau_officer", "expert", "security_admin"):
        sign_in(client, make_actor(role, make_office(hangzhou)).user)
        assert client.get(PROFILE).url == f"{FACTOR}?next={PROFILE}"
        assert client.get(FACTOR).status_code == 200
        assert client.get(PROFILE, headers={"HX-Request": "true"}).status_code == 401
        client.post(reverse("accounts:logout"))
    sign_in(client, make_actor("unit_admin", make_unit()).user)
    assert client.get(PROFILE).status_code == 200


def test_a_reset_needs_another_administrator_and_a_reason(client: Client, hangzhou: Jurisdiction) -> None:
    office = make_office(hangzhou)
    security, officer = make_actor("security_admin", office), make_actor("bureau_officer", office)
    device = with_device(officer.user)
    with pytest.raises(PermissionDenied):
        reset_second_factor(membership=security.membership, reason="x", by=security)
    with pytest.raises(PermissionDenied):
        reset_second_factor(membership=officer.membership, reason="x", by=make_actor("system_admin", office))
    with pytest.raises(Refused, match="请填写重置原因"):
        reset_second_factor(membership=officer.membership, reason="", by=security)
    sign_in(client, officer.user)
    client.post(FACTOR, {"code": code_of(device)})
    reset_second_factor(membership=officer.membership, reason="手机遗失，已当面核验", by=security)
    assert not TOTPDevice.objects.exists()
    assert Event.objects.get(action="account.second_factor_reset").reason == "手机遗失，已当面核验"


def test_an_invitation_is_no_way_round_the_second_factor(client: Client) -> None:
    user, admin = make_user(), make_actor("unit_admin", make_unit())
    with_device(user)
    sign_in(client, user)
    address = reverse("accounts:invitation", args=[invited(admin, admin.organisation)])
    assert client.post(address).url.startswith(FACTOR)
    assert not user.memberships.exists()


def test_two_devices_are_not_enrolled(hangzhou: Jurisdiction) -> None:
    actor = make_actor("bureau_officer", make_office(hangzhou))
    with_device(actor.user)
    secret = new_secret()
    with pytest.raises(Refused, match="已启用"):
        enrol(user=actor.user, secret=secret, code=f"{TOTP(unhexlify(secret)).token():06d}", by=actor)
