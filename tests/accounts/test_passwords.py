"""Passwords: the rules, the last five, ninety days for staff, links that work once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.services.passwords import change_password, reset_parts
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from tests.factories import PASSWORD, make_actor, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db
CHANGE, FORGOT = reverse("accounts:password"), reverse("accounts:forgot")


def typed(current: str, new: str, again: str = "") -> dict[str, str]:
    return {"current": current, "password": new, "password_again": again or new}


def test_a_new_password_ends_other_sessions_and_keeps_this_one(client: Client) -> None:
    actor, elsewhere = make_actor("unit_admin", make_unit()), Client()
    client.force_login(actor.user)
    elsewhere.force_login(actor.user)
    assert client.post(CHANGE, typed(PASSWORD, "Another-horse-2")).status_code == 302
    assert client.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302
    assert Event.objects.filter(action="account.password", actor=actor.user).exists()


@pytest.mark.parametrize(
    ("current", "new", "again", "message"),
    [
        ("wrong", "Another-horse-2", "", "当前密码不正确"),
        (PASSWORD, "Another-horse-2", "Another-horse-3", "两次输入的密码不一致"),
        (PASSWORD, "Short-1", "", "不少于 10 位，现为 7 位"),
        (PASSWORD, "onlylowercase", "", "至少 3 类"),
        (PASSWORD, PASSWORD, "", "最近 5 次使用过"),
        (PASSWORD, "", "", "请填写新密码"),
    ],
)
def test_what_is_wrong_is_said(client: Client, current: str, new: str, again: str, message: str) -> None:
    client.force_login(make_user())
    page = client.post(CHANGE, typed(current, new, again))
    assert page.status_code == 400
    assert message in page.content.decode()
    assert "Another-horse-2" not in page.content.decode()


@pytest.mark.rule("P3-16")
def test_the_last_five_do_not_come_back_the_sixth_does() -> None:
    actor = make_actor("unit_admin", make_unit())
    assert actor.user is not None
    for step in range(1, 6):
        change_password(user=actor.user, password=f"Another-horse-{step}", by=actor)
    with pytest.raises(ValidationError, match="最近 5 次"):
        change_password(user=actor.user, password="Another-horse-1", by=actor)
    change_password(user=actor.user, password=PASSWORD, by=actor)
    assert actor.user.check_password(PASSWORD)


@pytest.mark.rule("P3-16")
def test_staff_choose_a_new_password_after_ninety_days_units_do_not(client: Client, hangzhou: Jurisdiction) -> None:
    officer, admin = make_actor("bureau_officer", make_office(hangzhou)), make_actor("unit_admin", make_unit())
    profile = reverse("accounts:profile")
    User.objects.update(password_changed_at=clock.now() - timedelta(days=91))
    client.force_login(officer.user)
    assert client.get(profile).url == f"{CHANGE}?next={profile}"
    assert "超过 90 天" in client.get(f"{CHANGE}?next={profile}").content.decode()
    assert client.get(profile, headers={"HX-Request": "true"}).status_code == 401
    answer = client.post(CHANGE, typed(PASSWORD, "Another-horse-2") | {"next": profile})
    assert answer.url == profile
    assert client.get(profile).status_code == 200
    client.force_login(admin.user)
    assert client.get(profile).status_code == 200


def ask(client: Client, callbacks: Any, username: str, email: str) -> str:
    with callbacks(execute=True):
        return client.post(FORGOT, {"username": username, "email": email}).content.decode()


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user(email="someone@example.cn")
    ask(client, django_capture_on_commit_callbacks, user.username, "Someone@example.cn")
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    new = {"password": "Another-horse-2", "password_again": "Another-horse-2"}
    assert "最近 5 次" in client.post(link[1], {"password": PASSWORD, "password_again": PASSWORD}).content.decode()
    assert client.post(link[1], new).url == reverse("accounts:login")
    assert client.post(link[1], new).status_code == 410
    user.refresh_from_db()
    assert user.check_password("Another-horse-2")
    assert Event.objects.filter(action="account.password_reset").count() == 1


def test_the_answer_does_not_tell_who_exists(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    user = make_user(email="someone@example.cn")
    without_mail = make_user()
    with clock.travel(clock.now()):
        pages = {
            re.sub(r'csrfmiddlewaretoken" value="\w+"', "", ask(client, django_capture_on_commit_callbacks, *pair))
            for pair in (
                (user.username, "someone@example.cn"),
                (user.username, "other@example.cn"),
                ("nobody", "someone@example.cn"),
                (without_mail.username, "x@example.cn"),
            )
        }
    assert len(pages) == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("uid", "token"), [("MQ", "bad-token"), ("@@", "x"), ("5LiA", "x"), ("OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "x")]
)
def test_a_made_up_link_opens_nothing(client: Client, uid: str, token: str) -> None:
    assert client.get(reverse("accounts:reset", args=[uid, token])).status_code == 410


def test_a_link_of_a_stopped_account_opens_nothing(client: Client) -> None:
    user = make_user()
    parts = reset_parts(user)
    User.objects.update(is_active=False)
    assert client.get(reverse("accounts:reset", kwargs=parts)).status_code == 410
