"""Handing a sheet in and photos from a device: once, over what the device has seen, with every problem told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.audit.models import Event
from portal.calendars import clock
from reviews.models import Opinion, SheetEntry, VisitPhoto
from reviews.services import opinions, reopening, visits
from tests.reviews import kit
from tests.reviews.onsite_kit import Device, Work, at_work, entry, whole_sheet
from tests.reviews.test_scores import FULL
from tests.reviews.test_visits import picture

pytestmark = pytest.mark.django_db
SHOT = {"item": "4", "caption": "数控实训室", "taken_at": "2024-09-02T09:50:12+08:00", "latitude": "31.38512345678",
        "longitude": "120.98", "accuracy": "12.5"}  # fmt: skip


@pytest.fixture
def work(db: Any) -> Iterator[Work]:
    with at_work() as made:
        yield made


@pytest.fixture
def device(work: Work) -> Device:
    return Device(work.people[0])


def planned(work: Work) -> Any:
    start = clock.now() + timedelta(days=2)
    plan = {"starts_at": start, "ends_at": start + timedelta(hours=3), "place": "昆山市测试路 1 号"}
    return visits.plan_visit(panel=work.panel, by=work.bureau.officer, **plan)


def send_photo(device: Device, work: Work, content: bytes | None = None, at: int = 0, **fields: str) -> dict[str, Any]:
    photo = SimpleUploadedFile("IMG_1.JPG", picture((60, 40)).read() if content is None else content, "image/jpeg")
    body = {**device.said, "operation": str(uuid4()), "seat": work.seat(at).pk, **SHOT, **fields, "photo": photo}
    answer = device.client.post(device.address("photos"), body)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_whole_sheet_is_handed_in_as_the_page_would(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(*whole_sheet(seat, FULL))
    told = device.submit(seat)
    opinion = work.opinion()
    assert (told["outcome"], told["submitted_at"]) == ("written", "2024-09-02T10:00:00+08:00")
    assert told["sha256"] == opinion.sha256 == opinions.opinion_hash(opinion)
    assert (opinion.scores, opinion.text, opinion.conclusion) == (FULL, kit.LONG, "recommend")
    assert Event.objects.filter(action="opinion.submit").count() == 1
    assert device.day()["seats"][0]["state"] == "submitted"


def test_the_second_time_changes_nothing_whoever_sends_it(work: Work, device: Device) -> None:
    seat, operation = work.seat(), str(uuid4())
    device.send(*whole_sheet(seat, FULL))
    first = device.submit(seat, operation=operation)
    again = [device.submit(seat, operation=operation), Device(work.people[0]).submit(seat, revisions={})]
    assert [(each["outcome"], each["sha256"], each["submitted_at"]) for each in again] == [
        ("same", first["sha256"], first["submitted_at"])
    ] * 2
    assert Event.objects.filter(action="opinion.submit").count() == 1


def test_newer_entries_of_another_device_are_shown_before_anything_is_handed_in(work: Work, device: Device) -> None:
    seat, operation = work.seat(), str(uuid4())
    device.send(*whole_sheet(seat, FULL))
    seen = work.opinion().revisions
    Device(work.people[0]).send(entry(seat, "score.1", "14", 1), entry(seat, "remark.1", "设备新增", 0))
    told = device.submit(seat, revisions=seen, operation=operation)
    assert told["outcome"] == "conflict"
    assert told["conflicts"] == [
        {"key": "score.1", "revision": 2, "value": "14"}, {"key": "remark.1", "revision": 1, "value": "设备新增"},
    ]  # fmt: skip
    assert work.opinion().submitted_at is None
    assert device.submit(seat, operation=operation)["outcome"] == "written"
    assert work.opinion().scores["1"] == "14"


def test_every_problem_is_told_at_once_and_the_signature_is_kept(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(entry(seat, "score.1", "99"), entry(seat, "score.4", "15"), entry(seat, "text", "太短"))
    told = device.submit(seat, signature="typed:不是本人")
    assert told["outcome"] == "refused"
    assert set(told["problems"]) == {
        "conclusion", "text", "score_1", "score_2", "score_3", "remark_4", "score_5", "score_6",
    }  # fmt: skip
    assert "尚未评分" in told["problems"]["score_2"]
    assert work.opinion().submitted_at is None
    device.send(*(each for each in whole_sheet(seat, FULL) if each["key"] not in ("score.1", "score.4", "text")))
    device.send(entry(seat, "score.1", "12", 1), entry(seat, "score.4", "20", 1), entry(seat, "text", kit.LONG, 1))
    told = device.submit(seat, signature="typed:不是本人")
    assert set(told["problems"]) == {"typed_name"}
    assert [row.value for row in SheetEntry.objects.filter(key="submit")] == ["typed:不是本人"] * 2
    assert device.submit(seat, signature=f"typed:{seat.expert.name}")["outcome"] == "written"


def test_a_sheet_handed_back_meanwhile_is_not_handed_in_by_an_old_sending(work: Work, device: Device) -> None:
    seat, operation = work.seat(1), str(uuid4())
    device = Device(work.people[1])
    device.send(*whole_sheet(seat, FULL))
    first = device.submit(seat, operation=operation)
    seen = work.opinion(1).revisions
    reopening.reopen_opinion(member=seat, reason="第 1 项请核对", by=work.people[0])
    again = device.submit(seat, operation=operation, round=0, revisions=seen)
    assert (again["outcome"], again["sha256"], again["round"]) == ("same", first["sha256"], 1)
    told = device.submit(seat, round=0, revisions=seen)
    assert (told["outcome"], list(told["problems"]), told["round"]) == ("refused", ["round"], 1)
    assert work.opinion(1).submitted_at is None
    assert device.submit(seat)["outcome"] == "written"


def test_a_foreign_seat_a_lock_and_an_operation_used_before_hand_nothing_in(work: Work, device: Device) -> None:
    seat = work.seat()
    sent = whole_sheet(seat, FULL)
    device.send(*sent)
    assert device.submit(work.seat(1))["problems"] == {"seat": "无此评审任务"}
    assert list(device.submit(seat, operation=sent[0]["operation"])["problems"]) == ["operation"]
    seat.alarms.create(kind="rival", detail="所在单位为本批次申报单位", found_at=clock.now())
    assert "已暂时锁定" in device.submit(seat)["problems"]["seat"]
    work.panel.members.filter(pk=seat.pk).update(state="recused", chair=False)
    assert "已回避" in device.submit(seat)["problems"]["seat"]
    assert not Opinion.objects.filter(submitted_at__isnull=False).exists()
    for wrong in ({"operation": "x"}, {"revisions": ["score.1"]}, {"revisions": {"text": "viele"}}, {"seat": None}):
        assert device.post("submit", **{"operation": str(uuid4()), "seat": seat.pk, **wrong}).status_code == 400


def test_a_photo_is_kept_once_with_when_and_where_and_without_what_the_camera_wrote(work: Work, device: Device) -> None:
    planned(work)
    operation = str(uuid4())
    first, again = (send_photo(device, work, operation=operation) for _ in range(2))
    assert (first["outcome"], again["outcome"]) == ("written", "same")
    assert first["photo"] == again["photo"]
    photo = VisitPhoto.objects.get()
    assert first["photo"] == {
        "id": photo.pk, "operation": operation, "item": 4, "caption": "数控实训室", "url": f"/files/{photo.stored_id}/",
        "taken_at": "2024-09-02T09:50:12+08:00",
    }  # fmt: skip
    assert photo.position == {"latitude": 31.385123, "longitude": 120.98, "accuracy": 12.5}
    assert (photo.added_by, photo.added_at) == (work.people[0].user, clock.now())
    with photo.stored.content.open("rb") as stream, Image.open(stream) as kept:
        assert not kept.getexif()
    assert device.day()["seats"][0]["photos"] == [first["photo"]]
    assert Device(work.people[1]).day()["seats"][0]["photos"] == []


def test_where_it_was_taken_may_be_left_out_or_be_nonsense(work: Work, device: Device) -> None:
    planned(work)
    for where in ({"latitude": ""}, {"longitude": "181"}, {"latitude": "nan"}, {"longitude": "östlich"}):
        told = send_photo(device, work, **where, taken_at="2035-01-01T00:00:00+08:00")
        assert told["outcome"] == "written"
    assert {str(photo.position) for photo in VisitPhoto.objects.all()} == {"{}"}
    assert {photo.taken_at.year for photo in VisitPhoto.objects.all() if photo.taken_at} == {2034}
    send_photo(device, work, accuracy="", item="")
    last = VisitPhoto.objects.last()
    assert last is not None
    assert (last.position, last.item) == ({"latitude": 31.385123, "longitude": 120.98}, 0)


def test_a_photo_that_cannot_be_kept_is_refused_with_a_reason(work: Work, device: Device) -> None:
    assert "没有已安排的现场考察" in send_photo(device, work)["message"]
    visit = planned(work)
    assert "照片" in send_photo(device, work, b"%PDF-1.4 not a picture")["message"]
    assert "字库中没有" in send_photo(device, work, caption="好\U0001f600")["message"]
    assert send_photo(device, work, at=1)["message"] == "无此评审任务"
    visits.cancel_visit(visit=visit, reason="台风", by=work.bureau.officer)
    assert send_photo(device, work)["outcome"] == "refused"
    work.panel.members.filter(pk=work.seat().pk).update(state="removed", chair=False)
    assert "不是该专家组成员" in send_photo(device, work)["message"]
    type(work.panel).objects.filter(pk=work.panel.pk).update(state="closed")
    assert not VisitPhoto.objects.exists()
    assert device.client.post(device.address("photos"), {**device.said, "operation": str(uuid4())}).status_code == 400


def test_each_expert_has_a_number_of_photos_of_their_own(
    work: Work, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(work)
    monkeypatch.setattr(visits, "MAXIMUM_PHOTOS", 1)
    assert send_photo(device, work)["outcome"] == "written"
    assert send_photo(device, work)["message"] == "每人最多上传 1 张照片"
    assert send_photo(Device(work.people[1]), work, at=1)["outcome"] == "written"
