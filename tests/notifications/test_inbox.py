"""The message centre: the unread first, a reading is a POST, nobody reads another's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.actor import Actor
from portal.notifications.models import Message
from portal.notifications.services import notify
from portal.tenancy.models import Jurisdiction
from tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db
INBOX = reverse("notifications:inbox")


@pytest.fixture
def reader() -> Actor:
    return make_actor("unit_admin", make_unit())


def send(reader: Actor, key: str, **values: Any) -> Message:
    assert reader.membership is not None
    notify(memberships=[reader.membership], key=key, title=f"消息{key}", **values)
    return Message.objects.get(user=reader.user, key=key)


def enter(client: Client, reader: Actor) -> None:
    assert reader.user is not None
    client.force_login(reader.user)


def listed(client: Client, **query: str) -> list[str]:
    return [message.key for message in client.get(INBOX, query).context["page"]]


def test_the_unread_come_first_then_the_newest(client: Client, reader: Actor) -> None:
    rows = [send(reader, key) for key in "abcd"]
    enter(client, reader)
    client.post(reverse("notifications:open", args=[rows[3].pk]))
    client.post(reverse("notifications:open", args=[rows[0].pk]))
    assert listed(client) == ["c", "b", "d", "a"]
    assert listed(client, state="unread") == ["c", "b"]


def test_looking_reads_nothing_opening_does(client: Client, reader: Actor) -> None:
    message = send(reader, "a", link=reverse("accounts:profile"))
    enter(client, reader)
    client.get(INBOX)
    address = reverse("notifications:open", args=[message.pk])
    assert client.get(address).status_code == 405
    message.refresh_from_db()
    assert message.read_at is None
    assert client.post(address).url == reverse("accounts:profile")
    message.refresh_from_db()
    first = message.read_at
    client.post(address)
    message.refresh_from_db()
    assert message.read_at == first is not None


def test_a_link_leads_nowhere_else(client: Client, reader: Actor) -> None:
    message = send(reader, "a", link="https://example.com/")
    enter(client, reader)
    assert client.post(reverse("notifications:open", args=[message.pk])).url == INBOX


def test_nobody_opens_anothers(client: Client, reader: Actor) -> None:
    message = send(make_actor("unit_admin", make_unit()), "a")
    enter(client, reader)
    assert client.post(reverse("notifications:open", args=[message.pk])).status_code == 404
    client.post(reverse("notifications:read_all"))
    message.refresh_from_db()
    assert message.read_at is None
    assert listed(client) == []


def test_all_can_be_marked_read(client: Client, reader: Actor) -> None:
    for key in "abc":
        send(reader, key)
    enter(client, reader)
    client.post(reverse("notifications:read_all"))
    assert listed(client, state="unread") == []
    assert not Message.objects.filter(user=reader.user, read_at__isnull=True).exists()


def test_titles_and_texts_are_shown_as_text(client: Client, reader: Actor) -> None:
    send(reader, "<script>alert(1)</script>", body="<img src=x>\n第二行")
    enter(client, reader)
    page = client.get(INBOX).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "<br>第二行" in page


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_costs_the_same(
    client: Client, reader: Actor, hangzhou: Jurisdiction, rows: int, django_assert_num_queries: Any
) -> None:
    for serial in range(rows):
        send(reader, str(serial), jurisdiction=hangzhou, link="/")
    enter(client, reader)
    client.get(INBOX)
    with django_assert_num_queries(7):
        client.get(INBOX)
