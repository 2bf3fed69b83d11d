"""Somebody whose session is gone signs in again and comes back to the page they were on, whatever they were doing there."""

from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
LOGIN, HOME = reverse("accounts:login"), reverse("desk:home")
PROFILE = reverse("accounts:profile")
PASSWORD_PAGE = reverse("accounts:password")
HERE = f"http://testserver{PROFILE}"


def without_cookies() -> Client:
    """Return a browser that has lost every cookie, the form token's too."""
    return Client(enforce_csrf_checks=True)


def asked_to_sign_in(answer: HttpResponse) -> str:
    """Return where the sign-in page that this answer leads to would lead back to."""
    assert answer.status_code == 302
    page, _, query = answer["Location"].partition("?")
    assert page == LOGIN
    return query


def test_a_page_is_opened_after_signing_in() -> None:
    asked = f"{PROFILE}?tab=1"
    assert asked_to_sign_in(without_cookies().get(asked)) == urlencode({"next": asked}, safe="/")


@pytest.mark.parametrize("cookies", ["all gone", "token left"])
def test_an_act_leads_back_to_the_page_it_was_sent_from(cookies: str) -> None:
    client = without_cookies() if cookies == "all gone" else Client()
    answer = client.post(PASSWORD_PAGE, {}, headers={"referer": f"{HERE}?tab=1"})
    assert asked_to_sign_in(answer) == urlencode({"next": f"{PROFILE}?tab=1"}, safe="/")


@pytest.mark.parametrize("sent_from", ["", "https://example.com/account/", "//example.com/"])
def test_an_act_sent_from_elsewhere_leads_to_the_workplace(sent_from: str) -> None:
    answer = without_cookies().post(PASSWORD_PAGE, {}, headers={"referer": sent_from})
    assert asked_to_sign_in(answer) == urlencode({"next": HOME}, safe="/")


@pytest.mark.parametrize("header", [{"hx-request": "true"}, {"accept": "application/json"}])
def test_a_page_that_saves_in_the_background_is_told_so(header: dict[str, str]) -> None:
    answer = without_cookies().post(PASSWORD_PAGE, {}, headers=header)
    assert (answer.status_code, answer.content.decode()) == (401, "登录已失效，请重新登录")


def test_a_visitors_own_form_only_says_that_it_is_too_old() -> None:
    answer = without_cookies().post(LOGIN, {"username": "somebody"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
