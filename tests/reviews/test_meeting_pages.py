"""The pages of panel meetings: from the call to the signed minutes, and who reaches what."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from portal.calendars import clock
from portal.documents.access import may_read_document
from portal.documents.models import Document
from reviews.models import Meeting
from reviews.selectors.minutes import minutes
from reviews.selectors.minutes_word import minutes_word
from reviews.services import meetings
from tests.factories import PASSWORD, make_actor, make_office
from tests.reviews import kit
from tests.reviews.meet_kit import Room, room
from tests.reviews.test_pages import post, sign_in, url


@pytest.fixture
def here(hangzhou: Any) -> Room:
    """Two files, six experts, votes counted."""
    return room(hangzhou, **{"meeting.votes": "counted"})


def typed(meeting: Meeting, **other: Any) -> dict[str, Any]:
    """What the page of the minutes sends: all there, every file agreed by all who may vote."""
    now = clock.local(clock.now())
    data: dict[str, Any] = {
        "title": "评审会", "starts_at": f"{now - timedelta(hours=3):%Y-%m-%dT%H:%M}", "ends_at": f"{now:%Y-%m-%dT%H:%M}",
        "place": "三楼会议室", "chair": meeting.chair_id, "discussion": "与会专家认为，两所学校条件具备。",
    }  # fmt: skip
    for each in meeting.attendance.all():
        data |= {f"a{each.pk}-present": "on"}
    for at, item in enumerate(meeting.items.order_by("position")):
        votes = {"votes_for": 6 - at, "votes_against": 0, "votes_abstained": 0}
        data |= {f"f{item.pk}-{name}": value for name, value in ({"decision": "agreed"} | votes).items()}
    return data | other


def test_from_the_call_to_the_signed_minutes(here: Room) -> None:
    desk = sign_in(here.officer)
    new = url("reviews:meeting_new")
    assert here.call.title in desk.get(new).content.decode()
    now = clock.local(clock.now())
    answer = post(
        desk, f"{new}?call={here.call.pk}", title="评审会", starts_at=f"{now:%Y-%m-%dT09:00}",
        ends_at=f"{now:%Y-%m-%dT11:30}", place="三楼会议室", panels=[panel.pk for panel in here.panels],
    )  # fmt: skip
    meeting = Meeting.objects.get()
    page = url("reviews:meeting", pk=meeting.pk)
    assert answer["Location"] == page
    first = meeting.items.order_by("position")[0]
    wrong = desk.post(page, typed(meeting, **{f"f{first.pk}-votes_for": "-1", "discussion": "不能丢的文字"}))
    assert (wrong.status_code, "不能丢的文字" in wrong.content.decode()) == (422, True)
    answer = post(desk, page, **typed(meeting, settle="1"))
    assert answer["Location"] == url("reviews:meeting_settle", pk=meeting.pk)
    assert "同意 2 件" in desk.get(answer["Location"]).content.decode()
    post(desk, answer["Location"])
    late = desk.post(page, typed(meeting, discussion="迟到的文字"))
    assert (late.status_code, "迟到的文字" in late.content.decode()) == (422, True)
    signing = url("reviews:meeting_sign", pk=meeting.pk)
    for at, actor in enumerate(here.people):
        client = sign_in(actor)
        assert client.get(signing).status_code == 200
        assert client.post(signing, {"typed_name": "别人"}).status_code == 422
        post(client, signing, **({"signature": kit.signature()} if at else {"typed_name": actor.user.name}))
        assert "您已于" in client.get(signing).content.decode()
    assert "已签名" in sign_in(here.people[0]).get(url("reviews:expert_meetings")).content.decode()
    shown = desk.get(page).content.decode()
    assert "已签齐" in shown
    assert "同意 6 票，不同意 0 票，弃权 0 票" in shown


def test_files_are_changed_and_settled_minutes_taken_back_by_pages(here: Room) -> None:
    meeting, desk = here.opened(), sign_in(here.officer)
    files = url("reviews:meeting_files", pk=meeting.pk)
    assert desk.get(files).content.decode().count(" checked") == 2
    assert desk.post(files, {}).status_code == 422
    post(desk, files, panels=[here.panels[1].pk])
    assert [item.application for item in meeting.items.all()] == [here.panels[1].application]
    settle = url("reviews:meeting_settle", pk=meeting.pk)
    assert "尚未填写决定" in desk.get(settle).content.decode()
    assert desk.post(settle, {"password": PASSWORD}).status_code == 422
    here.keep(meeting, votes=(5, 0, 0))
    post(desk, settle)
    reopen = url("reviews:meeting_reopen", pk=meeting.pk)
    assert desk.get(reopen).status_code == 200
    post(desk, reopen, reason="地点有误")
    meeting.refresh_from_db()
    assert meeting.state == "draft"
    drop = url("reviews:meeting_drop", pk=here.opened().pk)
    assert desk.get(drop).status_code == 200
    post(desk, drop, reason="批次选错")
    assert Meeting.objects.get() == meeting


def test_who_reads_and_who_does_not(here: Room) -> None:
    meeting = here.keep(here.opened(), away={5: "出差"}, votes=(5, 0, 0))
    page, signing = url("reviews:meeting", pk=meeting.pk), url("reviews:meeting_sign", pk=meeting.pk)
    supervisor = sign_in(make_actor("supervisor", make_office(here.jurisdiction)))
    assert supervisor.get(page).status_code == 200
    assert supervisor.post(page, typed(meeting)).status_code == 403
    assert sign_in(here.people[0]).get(page).status_code == 403
    assert sign_in(here.people[0]).get(signing).status_code == 404  # not settled yet
    meetings.settle_minutes(meeting=meeting, by=here.officer)
    _, stranger = kit.make_expert(here.jurisdiction)
    for actor, status in ((here.people[0], 200), (here.people[5], 404), (stranger, 404), (here.officer, 403)):
        assert sign_in(actor).get(signing).status_code == status
    document = Document.objects.get(kind="minutes")
    reads = [may_read_document(actor, document) for actor in (here.officer, here.people[0], here.people[5], stranger)]
    assert reads == [True, True, False, False]
    Meeting.objects.update(stage="recheck")  # the level above holds its own
    for name in ("meeting", "meeting_settle", "meeting_files", "meeting_reopen", "meeting_drop", "meeting_word"):
        assert sign_in(here.officer).get(url(f"reviews:{name}", pk=meeting.pk)).status_code == 404


def test_a_meeting_of_another_place_is_not_there(here: Room) -> None:
    from portal.tenancy.models import Jurisdiction

    other = Jurisdiction.objects.get(code="shunyi")
    stranger = sign_in(kit.officer(other))
    meeting = here.settled(decision="adjourned")
    for name in ("meeting", "meeting_word"):
        away = reverse(f"reviews:{name}", kwargs={"jurisdiction": "shunyi", "pk": meeting.pk})
        assert stranger.get(away).status_code == 404
        assert stranger.get(url(f"reviews:{name}", pk=meeting.pk)).status_code == 403


def test_the_word_file_says_what_was_hashed_and_is_the_same_each_time(here: Room) -> None:
    meeting = here.keep(here.opened(), decision="conditional", conditions="一个月内补齐设备台账", votes=(6, 0, 0))
    desk, address = sign_in(here.officer), url("reviews:meeting_word", pk=meeting.pk)
    assert "草稿" in words(desk.get(address).content)
    here.keep(meeting, decision="conditional", conditions="一个月内补齐设备台账", votes=(5, 0, 0), away={5: "出差"})
    meeting = meetings.settle_minutes(meeting=meeting, by=here.officer)
    here.sign(meeting, *here.people[:4])
    meetings_last = here.people[4]
    post(sign_in(meetings_last), url("reviews:meeting_sign", pk=meeting.pk), typed_name=meetings_last.user.name)
    once = desk.get(address).content
    with clock.travel(clock.now() + timedelta(days=400)):
        assert once == minutes_word(minutes(Meeting.objects.get()))
    text = words(once)
    for part in (
        "评审会会议纪要",
        "实到 5 人",
        "条件：一个月内补齐设备台账",
        "同意 5 票",
        "曾任该校兼职教师",
        "出差",
        meeting.sha256,
    ):
        assert part in text
    assert [name for name in zipfile.ZipFile(io.BytesIO(once)).namelist() if "media" in name] != []
    document = Document.objects.filter(kind="minutes").order_by("version").last()
    assert document is not None
    assert (document.version, meeting.sha256[:8] in document.source) == (2, True)
    assert document.source.count("data:image/png") == 4


def words(content: bytes) -> str:
    """Every text of a Word file."""
    paper = WordFile(io.BytesIO(content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])


@pytest.mark.parametrize("number", [3, 30])
def test_lists_ask_the_same_questions_however_long(here: Room, number: int, django_assert_num_queries: Any) -> None:
    now = clock.now()
    for _ in range(number):
        Meeting.objects.create(
            jurisdiction=here.jurisdiction, call=here.call, stage="expert_review", title="会议", starts_at=now,
            ends_at=now + timedelta(hours=1), place="三楼", chair=here.panels[0].members.all()[0].expert,
            minuted_by=here.officer.user, created_at=now,
        )  # fmt: skip
    desk = Client()
    desk.force_login(here.officer.user, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(10):
        assert desk.get(url("reviews:meetings")).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_minutes_ask_the_same_questions_however_many_files(
    here: Room, number: int, django_assert_num_queries: Any
) -> None:
    meeting = here.opened()
    meeting.items.all().delete()
    for at in range(number):
        meeting.items.create(application=kit.make_application(here.call), position=at + 1)
    desk = sign_in(here.officer)
    with django_assert_num_queries(15):
        assert desk.get(url("reviews:meeting", pk=meeting.pk)).status_code == 200
    with django_assert_num_queries(12):
        assert desk.get(url("reviews:meeting_settle", pk=meeting.pk)).status_code == 200
