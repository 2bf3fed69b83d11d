"""Signing in: lock-out, idle end, session rotation, capacities, nothing given away about who exists."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, override_settings
from django.urls import reverse

from portal.accounts.models import Membership
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from tests.factories import PASSWORD, make_actor, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db
LOGIN = reverse("accounts:login")


def enter(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_a_person_signs_in_and_goes_where_they_wanted(client: Client) -> None:
    actor = make_actor("unit_admin", make_unit())
    answer = enter(client, actor.user.username, next=reverse("accounts:profile"))
    assert answer.url == reverse("accounts:profile")
    event = Event.objects.get(action="account.login")
    assert (event.actor, event.ip) == (actor.user, "127.0.0.1")


@pytest.mark.parametrize("wanted", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_nobody_is_led_away(client: Client, wanted: str) -> None:
    actor = make_actor("unit_admin", make_unit())
    assert enter(client, actor.user.username, next=wanted).url == reverse("desk:home")


def test_the_session_gets_a_new_key(client: Client) -> None:
    actor = make_actor("unit_admin", make_unit())
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    enter(client, actor.user.username)
    assert client.session.session_key != planted
    assert client.session["_auth_user_id"] == str(actor.user.pk)


def test_a_wrong_password_and_an_unknown_name_read_the_same(client: Client) -> None:
    user = make_user()
    wrong, unknown = enter(client, user.username, "Wrong-horse-1"), enter(client, "nobody", "Wrong-horse-1")
    assert (wrong.status_code, unknown.status_code) == (400, 400)
    assert wrong.context["error"] == unknown.context["error"]
    assert "Wrong-horse-1" not in wrong.content.decode()
    assert user.username in wrong.content.decode()


def test_failures_are_recorded_without_what_was_typed(client: Client) -> None:
    user = make_user()
    enter(client, user.username, "Wrong-horse-1")
    enter(client, "My-Password-1", "x")
    events = Event.objects.filter(action="account.login_failed").order_by("id")
    assert [(event.object_label, event.actor_label) for event in events] == [
        (user.name, "未登录访问者"),
        ("不存在的登录名", "未登录访问者"),
    ]
    assert "My-Password-1" not in str(list(events.values()))


@pytest.mark.rule("P3-16")
@override_settings(AXES_ENABLED=True)
def test_five_failures_lock_the_name_at_that_address_and_the_right_password_waits(client: Client) -> None:
    user = make_user()
    answers = [enter(client, user.username, "Wrong-horse-1").status_code for _ in range(5)]
    assert answers == [400, 400, 400, 400, 429]
    locked = enter(client, user.username)
    assert locked.status_code == 429
    assert "15 分钟" in locked.content.decode()
    assert enter(client, make_user().username).status_code == 302
    assert Event.objects.filter(action="account.login_failed").count() == 4
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))
    assert enter(Client(), user.username).status_code == 302


@pytest.mark.rule("P3-16")
def test_an_idle_session_ends_and_the_page_says_so(client: Client) -> None:
    actor = make_actor("unit_admin", make_unit())
    enter(client, actor.user.username)
    profile = reverse("accounts:profile")
    start = clock.now()
    with clock.travel(start + timedelta(minutes=29)):
        assert client.get(profile).status_code == 200
    with clock.travel(start + timedelta(minutes=58)):
        assert client.get(profile).status_code == 200
    with clock.travel(start + timedelta(minutes=89)):
        answer = client.get(profile, follow=True)
    assert answer.redirect_chain == [(f"{LOGIN}?next={profile}", 302)]
    assert "超过 30 分钟未操作" in answer.content.decode()
    assert enter(client, actor.user.username, next=profile).url == profile
    assert "ended_idle" not in client.session


def test_a_background_request_without_a_session_is_told_so(client: Client) -> None:
    answer = client.get(reverse("accounts:profile"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode()) == (401, "登录已失效，请重新登录")


def test_signing_out_is_a_post_and_recorded(client: Client) -> None:
    actor = make_actor("unit_admin", make_unit())
    client.force_login(actor.user)
    assert client.get(reverse("accounts:logout")).status_code == 405
    client.post(reverse("accounts:logout"))
    assert "_auth_user_id" not in client.session
    assert Event.objects.get(action="account.logout").actor == actor.user


def test_a_person_switches_between_capacities(client: Client, hangzhou: Jurisdiction) -> None:
    user, unit = make_user(), make_unit()
    make_actor("unit_operator", unit, user)
    second = make_actor("unit_admin", make_unit("第二单位"), user)
    client.force_login(user)
    address = reverse("accounts:switch")
    assert "第二单位" in client.get(address).content.decode()
    assert client.get(reverse("accounts:members")).status_code == 403
    client.post(address, {"membership": second.membership.pk})
    assert client.get(reverse("accounts:members")).status_code == 200


@pytest.mark.parametrize("case", ["another's", "lapsed", "revoked", "closed", "nonsense"])
def test_nobody_switches_into_what_they_do_not_hold(client: Client, hangzhou: Jurisdiction, case: str) -> None:
    user, unit = make_user(), make_unit()
    held = make_actor("unit_operator", unit, user).membership
    fields: dict[str, Any] = {
        "another's": {},
        "lapsed": {"valid_until": clock.today() - timedelta(days=1)},
        "revoked": {"active": False},
        "closed": {},
        "nonsense": {},
    }[case]
    owner = make_user() if case == "another's" else user
    organisation = make_unit(state="closed") if case == "closed" else make_unit()
    wanted = make_actor("unit_admin", organisation, owner, **fields).membership
    client.force_login(user)
    client.post(reverse("accounts:switch"), {"membership": "²" if case == "nonsense" else wanted.pk})
    assert client.get(reverse("accounts:profile")).wsgi_request.actor.membership == (
        held if case != "nonsense" else Membership.objects.filter(user=user).first()
    )


def test_a_stopped_account_cannot_sign_in(client: Client) -> None:
    user = make_user(is_active=False)
    assert enter(client, user.username).status_code == 400


def test_only_trusted_proxies_are_believed(client: Client, settings: Any, hangzhou: Jurisdiction) -> None:
    actor = make_actor("bureau_officer", make_office(hangzhou))
    forged = {"X-Forwarded-For": "1.1.1.1, 203.0.113.9"}
    body = {"username": actor.user.username, "password": PASSWORD}
    client.post(LOGIN, body, headers=forged)
    settings.PORTAL_TRUSTED_PROXIES = 1
    client.post(LOGIN, body, headers=forged)
    client.post(LOGIN, body, headers={"X-Forwarded-For": "nonsense"})
    assert list(Event.objects.order_by("id").values_list("ip", flat=True)) == ["127.0.0.1", "203.0.113.9", None]
