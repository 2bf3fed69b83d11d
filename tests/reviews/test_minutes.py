"""Minutes: settled under a hash, signed by everybody present, taken back or struck out, and what waits for them."""

import hashlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.chain import canonical
from portal.audit.models import Event
from portal.calendars import clock
from portal.notifications.models import Message
from reviews.models import Meeting
from reviews.selectors.minutes import content_hash, holds
from reviews.services import meetings, minutes, opinions
from reviews.services.refusal import Refused
from tests.reviews import kit
from tests.reviews.meet_kit import BEFORE, Room, room
from tests.reviews.test_pages import sign_in, url


@pytest.fixture
def here(hangzhou: Any) -> Room:
    """Two files, six experts."""
    return room(hangzhou)


def test_settled_minutes_are_hashed_and_no_longer_change(here: Room) -> None:
    meeting = here.settled()
    assert meeting.sha256 == hashlib.sha256(canonical(meeting.snapshot).encode()).hexdigest()
    meeting.refresh_from_db()
    assert holds(meeting)
    for change in ({"place": "另一处"}, {"discussion": "补记"}, {"starts_at": "2020-01-01T00:00:00+08:00"}):
        assert content_hash(meeting.snapshot | change) != meeting.sha256
    for act in (
        lambda: here.keep(meeting),
        lambda: meetings.choose_files(meeting=meeting, panels=here.panels, by=here.officer),
    ):
        with pytest.raises(WrongState, match="待签名"):
            act()
    here.panels[0].application.organisation.name = "已更名的学校"
    here.panels[0].application.organisation.save()
    assert holds(Meeting.objects.get())
    event = Event.objects.get(action="meeting.settle")
    assert event.data == {"sha256": meeting.sha256}


def sign(meeting: Meeting, actor: Actor, signature: str = "") -> None:
    minutes.sign_minutes(meeting=meeting, signature=signature or kit.signature(), by=actor)


def test_everybody_present_signs_and_nobody_else(here: Room) -> None:
    meeting = meetings.settle_minutes(meeting=here.keep(here.opened(), away={5: "出差"}), by=here.officer)
    _, stranger = kit.make_expert(here.jurisdiction)
    for actor in (stranger, here.people[5]):
        with pytest.raises(WrongState, match="不是本次会议的到会专家"):
            sign(meeting, actor)
    with pytest.raises(PermissionDenied):
        sign(meeting, here.officer)
    with pytest.raises(Refused, match="以确认签名"):
        sign(meeting, here.people[0], "typed:别人")
    sign(meeting, here.people[0], f"typed:{here.people[0].user.name}")
    with pytest.raises(WrongState, match="您已签名"):
        sign(meeting, here.people[0])
    here.sign(meeting, *here.people[1:4])
    meeting.refresh_from_db()
    assert meeting.state == "signing"
    here.sign(meeting, here.people[4])
    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_at is not None) == ("closed", True)
    with pytest.raises(WrongState, match="已签齐"):
        meetings.reopen_minutes(meeting=meeting, reason="更正", by=here.officer)
    assert [event.data["sha256"] for event in Event.objects.filter(action="meeting.sign")] == [meeting.sha256] * 5


def test_minutes_changed_behind_the_hash_are_not_signed(here: Room) -> None:
    meeting = here.settled()
    Meeting.objects.update(snapshot=meeting.snapshot | {"place": "别处"})
    with pytest.raises(WrongState, match="内容摘要不符"):
        sign(meeting, here.people[0])


def test_taken_back_with_a_reason_signatures_are_void(
    here: Room, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(
        "portal.documents.services.issue.enqueue", lambda pk: None
    )  # the PDF itself is looked at elsewhere
    with django_capture_on_commit_callbacks(execute=True):
        meeting = here.settled()
    here.sign(meeting, *here.people[:2])
    with pytest.raises(Refused, match="理由"):
        meetings.reopen_minutes(meeting=meeting, reason=" ", by=here.officer)
    with django_capture_on_commit_callbacks(execute=True):
        meetings.reopen_minutes(meeting=meeting, reason="地点有误", by=here.officer)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sha256, meeting.snapshot, meeting.settled_at) == ("draft", "", None, None)
    assert set(meeting.attendance.values_list("signature", "signed_at")) == {("", None)}
    with pytest.raises(WrongState):
        sign(meeting, here.people[0])
    titles = Message.objects.filter(user=here.people[0].user, key__startswith="meeting:").values_list(
        "title", flat=True
    )
    assert set(titles) == {"评审会议纪要待签名", "评审会议纪要退回修改"}
    with clock.travel(clock.now() + BEFORE):
        again = meetings.settle_minutes(meeting=meeting, by=here.officer)
        here.sign(again, *here.people)
    again.refresh_from_db()
    assert again.state == "closed"


def test_a_meeting_opened_by_mistake_is_struck_out_until_it_was_settled(here: Room) -> None:
    meeting = here.opened()
    with pytest.raises(Refused, match="理由"):
        meetings.drop_meeting(meeting=meeting, reason="", by=here.officer)
    meetings.drop_meeting(meeting=meeting, reason="批次选错", by=here.officer)
    assert (Meeting.objects.count(), Event.objects.get(action="meeting.drop").reason) == (0, "批次选错")
    settled = here.settled()
    with pytest.raises(WrongState, match="待签名"):
        meetings.drop_meeting(meeting=settled, reason="批次选错", by=here.officer)
    meetings.reopen_minutes(meeting=settled, reason="更正", by=here.officer)
    with pytest.raises(WrongState, match="曾经定稿"):
        meetings.drop_meeting(meeting=settled, reason="批次选错", by=here.officer)


def test_a_review_waits_for_the_meeting_where_the_bureau_says_so(hangzhou: Any) -> None:
    here = room(hangzhou, **{"meeting.required": True})
    panel = here.panels[0]
    for actor in here.people:
        kit.declarations.declare(
            member=kit.seat(panel, actor), conflicts=[], explanation="", undertaking=True, by=actor
        )
    kit.hand_in_all(panel, here.people)
    kit.visited(panel, here.officer)
    opinions.unseal(panel=panel, by=here.officer)

    def finish() -> Any:
        return opinions.finish_review(panel=panel, conclusion="建议认定。", by=here.officer)

    put_off = meetings.settle_minutes(meeting=here.keep(here.opened(), decision="adjourned"), by=here.officer)
    here.sign(put_off, *here.people)
    meeting = here.settled()
    with pytest.raises(WrongState, match="评审会"):
        finish()
    page = sign_in(here.officer).get(url("reviews:panel", pk=panel.application_id)).content.decode()
    assert "议决并签齐纪要" in page
    here.sign(meeting, *here.people)
    assert finish().state == "closed"
