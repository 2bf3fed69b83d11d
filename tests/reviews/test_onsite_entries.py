"""What devices send of a sheet: once, in order, over what they had seen; what is not written is kept beside what stood."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from portal.audit.models import Event
from portal.calendars import clock
from reviews.models import Opinion, SheetEntry
from reviews.services import entries as service
from reviews.services import opinions, panels
from tests.reviews import kit
from tests.reviews.onsite_kit import Device, Work, another_seat, at_work, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(db: Any) -> Iterator[Work]:
    with at_work() as made:
        yield made


@pytest.fixture
def device(work: Work) -> Device:
    return Device(work.people[0])


def brief(results: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(each["outcome"], each["revision"], each["value"]) for each in results]


def test_entries_are_written_in_order_and_each_counts_its_own_revision(work: Work, device: Device) -> None:
    seat = work.seat()
    first = device.send(
        entry(seat, "score.1", "12"),
        entry(seat, "text", "场地  整洁 "),
        entry(seat, "remark.1", " 设备较新 "),
        entry(seat, "conclusion", "recommend"),
    )
    assert brief(first) == [
        ("written", 1, "12"), ("written", 1, "场地  整洁 "), ("written", 1, "设备较新"), ("written", 1, "recommend"),
    ]  # fmt: skip
    assert brief(device.send(entry(seat, "score.1", "12.5", 1))) == [("written", 2, "12.5")]
    assert brief(device.send(entry(seat, "remark.1", "", 1))) == [("written", 2, "")]
    opinion = work.opinion()
    assert (opinion.scores, opinion.score_remarks) == ({"1": "12.5"}, {})
    assert (opinion.conclusion, opinion.text) == ("recommend", "场地  整洁 ")
    assert opinion.revisions == {"score.1": 2, "text": 1, "remark.1": 2, "conclusion": 1}
    assert opinion.saved_at == clock.now()


def test_the_same_operation_twice_is_written_once_and_answered_alike(work: Work, device: Device) -> None:
    seat = work.seat()
    sent = [entry(seat, "score.1", "12"), entry(seat, "score.2", "9")]
    first = device.send(*sent)
    device.send(entry(seat, "score.1", "13", 1))
    assert device.send(*sent) == first
    assert device.send(sent[0], sent[0]) == [first[0]] * 2
    assert work.opinion().scores == {"1": "13", "2": "9"}
    assert SheetEntry.objects.count() == 3


def test_a_value_typed_over_an_older_one_is_a_conflict_and_both_are_kept(work: Work, device: Device) -> None:
    seat, tablet = work.seat(), Device(work.people[0])
    device.send(entry(seat, "score.1", "12"))
    late = entry(seat, "score.1", "14")
    (told,) = tablet.send(late)
    assert (told["outcome"], told["revision"], told["value"]) == ("conflict", 1, "12")
    assert "另一处" in told["message"]
    kept = SheetEntry.objects.get(operation=late["operation"])
    assert (kept.value, kept.stood, kept.revision) == ("14", "12", 1)
    assert work.opinion().scores == {"1": "12"}
    assert tablet.send(late)[0]["outcome"] == "conflict"
    assert brief(tablet.send(entry(seat, "score.1", "14", told["revision"]))) == [("written", 2, "14")]
    event = Event.objects.get(action="opinion.set_aside")
    assert event.data == {"member": seat.pk, "device": tablet.said["device"], "conflict": ["score.1"]}


def test_two_devices_that_typed_the_same_agree(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(entry(seat, "score.1", "12"))
    assert brief(Device(work.people[0]).send(entry(seat, "score.1", "12"))) == [("same", 1, "12")]
    assert work.opinion().revisions == {"score.1": 1}


def test_one_sending_may_change_an_entry_twice_but_not_go_on_over_a_conflict(work: Work, device: Device) -> None:
    seat, tablet = work.seat(), Device(work.people[0])
    assert brief(device.send(entry(seat, "score.1", "12"), entry(seat, "score.1", "13"))) == [
        ("written", 1, "12"), ("written", 2, "13"),
    ]  # fmt: skip
    device.send(entry(seat, "score.2", "9"))
    results = tablet.send(entry(seat, "score.2", "7"), entry(seat, "score.2", "8", 1))
    assert brief(results) == [("conflict", 1, "9"), ("conflict", 1, "9")]
    assert work.opinion().scores == {"1": "13", "2": "9"}


def test_what_was_typed_before_a_sheet_was_reopened_is_shown_not_written(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(entry(seat, "score.1", "12"), entry(seat, "score.2", "9"))
    Opinion.objects.filter(member=seat).update(round=1)
    results = device.send(entry(seat, "score.1", "13", 1), entry(seat, "score.2", "9", 1))
    assert brief(results) == [("conflict", 1, "12"), ("same", 1, "9")]
    assert "退回" in results[0]["message"]
    assert {each["round"] for each in results} == {1}
    assert brief(device.send(entry(seat, "score.1", "13", 1, round=1))) == [("written", 2, "13")]


def test_a_seat_given_to_somebody_else_takes_nothing_and_keeps_all(work: Work) -> None:
    gone, seat = Device(work.people[1]), work.seat(1)
    gone.send(entry(seat, "score.1", "12"))
    newcomer, actor = kit.make_expert(work.bureau.place)
    panels.replace_member(member=seat, expert=newcomer, reason="出差", by=work.bureau.officer)
    late = entry(seat, "score.1", "13", 1)
    (told,) = gone.send(late)
    assert (told["outcome"], told["message"]) == ("refused", "您不是该专家组的现任成员")
    kept = SheetEntry.objects.get(operation=late["operation"])
    assert (kept.value, kept.stood, kept.outcome) == ("13", "12", "refused")
    assert work.opinion(1).scores == {"1": "12"}
    (other,) = Device(actor).send(entry(seat, "score.1", "13", 1))
    assert (other["outcome"], other["message"]) == ("refused", "无此评审任务")


def test_a_sheet_handed_in_takes_nothing_more(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(entry(seat, "score.1", "12"))
    Opinion.objects.filter(member=seat).update(submitted_at=clock.now())
    (told,) = device.send(entry(seat, "score.1", "13", 1))
    assert (told["outcome"], told["value"], told["message"]) == (
        "refused",
        "12",
        "您的评估意见已提交并锁定，不能再修改",
    )
    assert SheetEntry.objects.filter(value="13", stood="12", outcome="refused").count() == 1


def test_who_has_not_declared_or_is_recused_writes_nothing(work: Work, device: Device) -> None:
    seat = work.seat()
    for state, words in (("invited", "请先作回避声明"), ("recused", "您已回避本件评审")):
        work.panel.members.filter(pk=seat.pk).update(state=state)
        (told,) = device.send(entry(seat, "score.1", "13"))
        assert told["outcome"] == "refused"
        assert words in told["message"]
    assert not Opinion.objects.exists()
    assert {row.value for row in SheetEntry.objects.all()} == {"13"}


def test_a_panel_that_is_over_and_a_conflict_nobody_ruled_on_lock_the_sheet(work: Work, device: Device) -> None:
    seat = work.seat()
    seat.alarms.create(kind="rival", detail="所在单位为本批次申报单位", found_at=clock.now())
    (told,) = device.send(entry(seat, "score.1", "13"))
    assert "已暂时锁定" in told["message"]
    seat.alarms.all().delete()
    type(work.panel).objects.filter(pk=work.panel.pk).update(state="closed")
    (told,) = device.send(entry(seat, "score.1", "13"))
    assert "评审结束" in told["message"]
    assert [each.outcome for each in SheetEntry.objects.all()] == ["refused", "refused"]


def test_nobody_writes_into_anothers_seat(work: Work, device: Device) -> None:
    theirs, own = work.seat(1), work.seat()
    nobodys = {**entry(own, "score.1", "3"), "seat": 999999}
    results = device.send(entry(theirs, "score.1", "1"), entry(own, "score.1", "2"), nobodys)
    assert [each["outcome"] for each in results] == ["refused", "written", "refused"]
    assert {each["message"] for each in results} == {"无此评审任务", ""}
    assert list(SheetEntry.objects.values_list("member", flat=True)) == [own.pk]
    assert list(Opinion.objects.values_list("member", flat=True)) == [own.pk]


def test_a_devices_clock_decides_nothing(work: Work, device: Device) -> None:
    seat = work.seat()
    later = entry(seat, "score.1", "12", typed_at="2035-01-01T00:00:00+08:00")
    device.said["sent_at"] = "1999-01-01T00:00:00"
    assert brief(device.send(later, entry(seat, "score.1", "13", 1, typed_at="1970-05-01T00:00:00Z"))) == [
        ("written", 1, "12"), ("written", 2, "13"),
    ]  # fmt: skip
    assert device.send(entry(seat, "score.2", "9", typed_at="gestern"))[0]["outcome"] == "written"
    rows = SheetEntry.objects.order_by("id")
    assert [row.typed_at and row.typed_at.year for row in rows] == [2034, 1970, None]
    assert {row.received_at for row in rows} == {clock.now()} == {work.opinion().saved_at}
    assert rows[0].sent_at == datetime(1999, 1, 1, tzinfo=clock.SHANGHAI)


def test_two_hundred_entries_cost_hardly_more_queries_than_two(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(entry(seat, "score.1", "1"))
    counts = []
    for start, number in ((1, 2), (3, 200)):
        sent = [entry(seat, "score.1", str(at % 9), start + at, sequence=at) for at in range(number)]
        with CaptureQueriesContext(connection) as caught:
            assert {each["outcome"] for each in device.send(*sent)} == {"written"}
        counts.append(len(caught))
    assert counts[1] - counts[0] <= 4  # a long INSERT is cut into pieces
    assert work.opinion().revisions == {"score.1": 203}


BAD = (
    ("score.99", "1", "评分表中没有此项"),
    ("signature", "x", "评分表中没有此项"),
    ("conclusion", "perhaps", "评估结论不在可选范围内"),
    ("text", "字" * 3001, "超过 3,000 字，请删减 1 字"),
    ("remark.1", "字" * 201, "超过 200 字"),
    ("remark.1", "好\U0001f600", "公文字库中没有的字"),
    ("score.1", "1" * 11, "得分最多 10 个字符"),
)
UNREADABLE: tuple[dict[str, Any], ...] = (
    {"operation": "x"}, {"seat": "a"}, {"base": -1}, {"key": ""}, {"key": "k" * 41}, {"value": ["1"]}, {"round": 10**9},
)  # fmt: skip


def test_one_bad_entry_is_refused_alone_and_kept_whole(work: Work, device: Device) -> None:
    seat = work.seat()
    bad = [entry(seat, key, value, 1) for key, value, _ in BAD]
    results = device.send(entry(seat, "score.1", "12"), *bad, entry(seat, "score.2", "9"))
    assert [each["outcome"] for each in results] == ["written", *["refused"] * len(BAD), "written"]
    for told, (key, _, words) in zip(results[1:], BAD, strict=False):
        assert words in told["message"], key
    kept = SheetEntry.objects.filter(outcome="refused").order_by("id")
    assert [(row.key, row.value) for row in kept] == [(key, value) for key, value, _ in BAD]
    assert work.opinion().scores == {"1": "12", "2": "9"}


def test_what_cannot_be_read_is_refused_alone(work: Work, device: Device) -> None:
    seat = work.seat()
    results = device.send(
        *({**entry(seat, "score.1", "12"), **change} for change in UNREADABLE), entry(seat, "score.2", "9")
    )
    assert [each["outcome"] for each in results] == [*["refused"] * len(UNREADABLE), "written"]
    assert {each["message"] for each in results[:-1]} == {"此项的数据格式不正确，未写入"}
    assert SheetEntry.objects.count() == 1


def test_points_that_are_no_number_stay_as_typed_and_unseen_characters_go(work: Work, device: Device) -> None:
    seat = work.seat()
    results = device.send(entry(seat, "score.1", "十二"), entry(seat, "text", "a\x00b\ud800\u200b"))
    assert [each["value"] for each in results] == ["十二", "ab"]
    assert work.opinion().scores == {"1": "十二"}


def test_an_entry_the_database_refuses_does_not_take_the_others_along(
    work: Work, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, write = work.seat(), service._write

    def fussy(*, entries: list[Any], **rest: Any) -> Any:
        if any(each.value == "poison" for each in entries):
            raise DataError
        return write(entries=entries, **rest)

    monkeypatch.setattr(service, "_write", fussy)
    results = device.send(entry(seat, "score.1", "12"), entry(seat, "text", "poison"), entry(seat, "score.2", "9"))
    assert [each["outcome"] for each in results] == ["written", "refused", "written"]
    assert work.opinion().scores == {"1": "12", "2": "9"}


def test_the_first_score_freezes_the_sheet_and_a_text_does_not(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(entry(seat, "text", "现场整洁"))
    work.panel.refresh_from_db()
    assert work.panel.sheet == []
    device.send(entry(seat, "score.1", "12"))
    work.panel.refresh_from_db()
    assert [line["number"] for line in work.panel.sheet["lines"]] == [1, 2, 3, 4, 5, 6]


def test_a_sheet_saved_on_the_page_is_noticed_by_a_device(work: Work, device: Device) -> None:
    seat = work.seat()
    device.send(entry(seat, "score.1", "12"), entry(seat, "score.2", "9"))
    opinions.save_opinion(
        member=seat, conclusion="", text="页面", by=work.people[0], scores={"1": "13", "2": "9"}, remarks={}
    )
    assert work.opinion().revisions == {"score.1": 2, "score.2": 1, "text": 1}
    results = device.send(entry(seat, "score.1", "14", 1), entry(seat, "score.2", "8", 1))
    assert brief(results) == [("conflict", 2, "13"), ("written", 2, "8")]


def test_entries_of_several_seats_come_back_in_the_order_sent(work: Work, device: Device) -> None:
    one, two = work.seat(), another_seat(work, work.seat().expert)
    sent = [entry(seat, key, "5") for key in ("score.1", "score.2") for seat in (one, two)]
    results = device.send(*sent)
    assert [each["operation"] for each in results] == [each["operation"] for each in sent]
    assert [(each["seat"], each["key"], each["outcome"]) for each in results] == [
        (each["seat"], each["key"], "written") for each in sent
    ]


def test_too_many_at_a_time_or_no_list_is_not_read(work: Work, device: Device) -> None:
    sent = [entry(work.seat(), "score.1", "1")] * 201
    for entries in (sent, "x", None):
        assert device.post("entries", entries=entries).status_code == 400
    assert not SheetEntry.objects.exists()


def test_a_late_sending_is_not_late(work: Work, device: Device) -> None:
    """A device that was without a connection for weeks sends as if it had never been."""
    with clock.travel(clock.now() + timedelta(days=20)):
        again = Device(work.people[0])
        assert brief(again.send(entry(work.seat(), "score.1", "12", operation=str(uuid4())))) == [("written", 1, "12")]
