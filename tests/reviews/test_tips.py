"""Anonymous leads: kept apart from objections, without a trace of who sent them, looked into by an officer (P3-12)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.calendars import clock
from reviews.models import Objection, PublicNotice, Tip
from reviews.selectors.notices import held_up
from reviews.services.refusal import Refused
from reviews.services.tips import MOST_AN_HOUR, check_tip, receive_tip
from tests.factories import make_actor, make_office
from tests.reviews.kit import SUNDAY_NOON, a_call, approver, officer, published
from tests.reviews.test_pages import sign_in, url

SAID = "公示名单第一家单位的实训设备清单与现场不一致，建议实地查看。"


@pytest.fixture(autouse=True)
def nobody_came_before() -> Iterator[None]:
    """Every test begins with all turns free."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def notice(hangzhou: Any) -> PublicNotice:
    """A notice with one unit."""
    with clock.travel(SUNDAY_NOON):
        return published(a_call(hangzhou), officer(hangzhou), approver(hangzhou), 1)


def visitor(address: str = "203.0.113.7") -> Actor:
    return Actor(user=None, membership=None, ip=address)


@pytest.mark.rule("P3-12")
def test_a_lead_is_no_objection_and_leaves_no_trace_of_who_sent_it(notice: PublicNotice) -> None:
    client = sign_in(make_actor("supervisor", make_office(notice.jurisdiction)))  # even somebody who is signed in
    address = url("reviews:tip_new", pk=notice.pk)
    with clock.travel(notice.published_at + timedelta(days=1)):
        page = client.post(address, {"text": SAID}, follow=True, REMOTE_ADDR="203.0.113.7").content.decode()
    assert "不出具回执" in page
    tip = Tip.objects.get()
    assert (tip.text, tip.notice, tip.jurisdiction, tip.state) == (SAID, notice, notice.jurisdiction, "received")
    event = Event.objects.get(action="tip.receive")
    assert (event.actor, event.ip, event.actor_label) == (None, None, "未登录访问者")
    assert (Objection.objects.count(), held_up(notice)) == (0, set())
    assert {field.name for field in Tip._meta.fields} == {
        "id", "jurisdiction", "notice", "text", "received_at", "state", "note", "handled_by", "handled_at",
    }  # fmt: skip


@pytest.mark.parametrize(("text", "status"), [("太短", 422), ("长" * 3001, 422), ("长" * 3000, 302), ("", 422)])
def test_what_cannot_be_taken_is_said_and_stays_typed(notice: PublicNotice, text: str, status: int) -> None:
    answer = Client().post(url("reviews:tip_new", pk=notice.pk), {"text": text})
    assert answer.status_code == status
    assert Tip.objects.count() == (status == 302)
    if status == 422:
        assert text in answer.content.decode()


def test_one_address_sends_so_many_an_hour_and_others_are_not_held_up(notice: PublicNotice) -> None:
    for _ in range(MOST_AN_HOUR):
        receive_tip(notice=notice, text=SAID, by=visitor())
    with pytest.raises(Refused, match="一小时后"):
        receive_tip(notice=notice, text=SAID, by=visitor())
    receive_tip(notice=notice, text=SAID, by=visitor("198.51.100.4"))
    assert Tip.objects.count() == MOST_AN_HOUR + 1


@pytest.mark.rule("P3-12")
def test_an_officer_writes_down_once_what_came_of_it(hangzhou: Any, notice: PublicNotice) -> None:
    tip, by = receive_tip(notice=notice, text=SAID, by=visitor()), officer(hangzhou)
    client, address = sign_in(by), url("reviews:tip", pk=tip.pk)
    assert SAID[:20] in client.get(url("reviews:tips")).content.decode()
    assert client.post(address, {"note": " "}).status_code == 422
    assert client.post(address, {"note": "已实地查看，设备齐全"}).status_code == 302
    tip.refresh_from_db()
    assert (tip.state, tip.note, tip.handled_by) == ("checked", "已实地查看，设备齐全", by.user)
    assert Event.objects.get(action="tip.check").actor == by.user
    with pytest.raises(WrongState):
        check_tip(tip=tip, note="再次登记", by=by)
    assert "已核实" in client.get(url("reviews:tips") + "?state=checked").content.decode()


@pytest.mark.rule("P3-23")
def test_a_supervisor_reads_leads_and_writes_nothing_others_see_none(hangzhou: Any, notice: PublicNotice) -> None:
    tip = receive_tip(notice=notice, text=SAID, by=visitor())
    watching = make_actor("supervisor", make_office(hangzhou))
    address = url("reviews:tip", pk=tip.pk)
    assert SAID in sign_in(watching).get(address).content.decode()
    assert sign_in(watching).post(address, {"note": "看过了"}).status_code == 403
    for actor in (watching, approver(hangzhou)):
        with pytest.raises(PermissionDenied):
            check_tip(tip=tip, note="核实", by=actor)
    assert sign_in(make_actor("finance", make_office(hangzhou))).get(address).status_code == 403


def test_the_list_costs_the_same_with_3_and_33(hangzhou: Any, notice: PublicNotice) -> None:
    client, counts = sign_in(officer(hangzhou)), []
    client.get(url("reviews:tips"))  # the first page of a session costs a little more
    for rows in (3, 30):
        Tip.objects.bulk_create(
            Tip(jurisdiction=hangzhou, notice=notice, text=SAID, received_at=clock.now()) for _ in range(rows)
        )
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url("reviews:tips")).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
