"""The day a device takes along: what is in it, for how many queries, and what is never in it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.calendars import clock
from reviews.models import Opinion, SheetEntry
from reviews.services import visits
from tests.applications.desk_factories import add_file
from tests.reviews import kit
from tests.reviews.onsite_kit import Device, Work, another_seat, at_work, entry
from tests.reviews.test_visits import picture

pytestmark = pytest.mark.django_db
MARK = "密封内容标记"


@pytest.fixture
def work(db: Any) -> Iterator[Work]:
    with at_work() as made:
        yield made


@pytest.fixture
def device(work: Work) -> Device:
    return Device(work.people[0])


def planned(work: Work) -> Any:
    start = clock.now() + timedelta(days=2)
    plan = {
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "place": "昆山市测试路 1 号",
        "route": "08:20 集合",
    }
    return visits.plan_visit(panel=work.panel, by=work.bureau.officer, **plan)


def test_the_day_holds_what_the_protocol_names(work: Work, device: Device) -> None:
    visit = planned(work)
    stored = add_file(work.panel.application, work.panel.application.edition.materials[0].key).stored
    device.send(
        entry(work.seat(), "score.1", "12"), entry(work.seat(), "score.1", "", 1), entry(work.seat(), "text", "好")
    )
    day = device.day()
    (seat,) = day.pop("seats")
    assert day.pop("token")
    person = work.people[0].person
    assert day == {
        "account": {"id": person.pk, "name": person.name},
        "place": {"code": "kunshan", "name": "昆山市", "accent": work.bureau.place.accent},
        "now": "2024-09-02T10:00:00+08:00",
    }
    application = work.panel.application
    own = ("id", "round", "unit", "number", "track", "chair", "expert_no", "state", "message", "submitted_at", "sha256")
    assert [seat[name] for name in own] == [
        work.seat().pk, 0, application.organisation.name, application.number, application.track.title, True, 1, "open", "",
        None, "",
    ]  # fmt: skip
    assert seat["kept"] == {"score.1": {"value": "", "revision": 2}, "text": {"value": "好", "revision": 1}}
    assert (seat["visit"]["id"], seat["visit"]["starts_at"]) == (visit.pk, "2024-09-04T10:00:00+08:00")
    assert (seat["visit"]["word"], seat["visit"]["state"], seat["visit"]["route"]) == (
        "现场考察",
        "planned",
        "08:20 集合",
    )
    assert [seat[name] for name in ("text_minimum", "text_maximum", "remark_maximum")] == [20, 3000, 200]
    assert seat["conclusions"][0] == ["recommend", "建议认定"]
    files = [file for slot in seat["file"]["materials"] for file in slot["files"]]
    assert files == [
        {
            "id": stored.pk,
            "name": stored.name,
            "url": f"/files/{stored.pk}/",
            "bytes": stored.size,
            "pages": stored.pages,
        }
    ]
    assert seat["file"]["sections"][0]["rows"]


def test_the_sheet_of_the_day_is_that_of_the_page(work: Work, device: Device) -> None:
    (seat,) = device.day()["seats"]
    sheet = seat["sheet"]
    assert (sheet["maximum"], len(sheet["lines"])) == ("100", 6)
    assert sheet["title"] and sheet["clause"]
    first, fourth = sheet["lines"][0], sheet["lines"][3]
    assert (first["key"], first["mode"], first["maximum"], first["step"], first["proposal"]) == (
        "1",
        "expert",
        "15",
        "0.5",
        None,
    )
    assert (fourth["mode"], fourth["proposal"], bool(fourth["calculation"])) == ("proposed", "20", True)
    assert set(first) == {
        "key", "number", "group", "title", "maximum", "step", "rule", "mode", "bonus", "proposal", "calculation",
        "remark_needed_below", "remark_needed_above", "evidence", "bands",
    }  # fmt: skip
    paths = {section["path"] for section in seat["file"]["sections"]}
    evidence = [each for line in sheet["lines"] for each in line["evidence"]]
    assert evidence
    assert {each["section"] for each in evidence} <= paths | {"", "materials"}


def test_twelve_seats_cost_the_queries_of_one(work: Work, device: Device) -> None:
    planned(work)
    device.day()
    with CaptureQueriesContext(connection) as one:
        assert len(device.day()["seats"]) == 1
    assert not [each["sql"] for each in one if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    for _ in range(11):
        seat = another_seat(work, work.seat().expert)
        add_file(seat.panel.application, seat.panel.application.edition.materials[0].key)
        Opinion.objects.create(member=seat, text="草稿", saved_at=clock.now())
    with CaptureQueriesContext(connection) as twelve:
        assert len(device.day()["seats"]) == 12
    assert len(twelve) == len(one)


def test_nothing_of_another_experts_sheet_is_in_the_day(work: Work, device: Device) -> None:
    """Not while they write, not when they have handed in, not on a panel whose chair one is."""
    visit = planned(work)
    for at in (1, 2):
        other = Device(work.people[at])
        other.send(entry(work.seat(at), "text", f"{MARK}正文"), entry(work.seat(at), "remark.1", f"{MARK}备注"))
        other.send(entry(work.seat(at), "score.1", "13.5"), entry(work.seat(at), "score.1", f"{MARK}", 1))
    Opinion.objects.filter(member=work.seat(2)).update(submitted_at=clock.now(), sha256="f" * 64, signature=MARK)
    visits.add_photo(visit=visit, content=picture((9, 9)), name="a.jpg", caption=MARK, by=work.people[1])
    said = json.dumps(device.day(), ensure_ascii=False)
    assert MARK in SheetEntry.objects.values_list("value", flat=True)
    assert MARK not in said
    assert "13.5" not in said
    assert "f" * 64 not in said
    assert not {actor.person.name for actor in work.people[1:]} & set(said.split('"'))


def test_personal_data_are_masked_in_the_file_and_in_the_evidence(hangzhou: Any) -> None:
    with clock.travel(kit.SUNDAY_NOON):
        panel, people = kit.working_panel(kit.make_application(kit.a_call(hangzhou)), kit.officer(hangzhou))
        kit.declare_all(panel, people)
        day = Device(people[0], "hangzhou").day()
    said = json.dumps(day, ensure_ascii=False)
    assert "吴**" in said
    assert "数控加工实训中心" in said
    assert not [hidden for hidden in ("吴师资", "0571-00000001", "测试联系人") if hidden in said]
    assert day["seats"][0]["sheet"] is None


def test_before_the_declaration_a_seat_is_a_name_and_a_way_to_declare(work: Work, device: Device) -> None:
    seat = work.seat()
    work.panel.members.filter(pk=seat.pk).update(state="invited")
    assert device.day()["seats"] == [
        {
            "id": seat.pk,
            "unit": work.panel.application.organisation.name,
            "state": "undeclared",
            "declare_url": f"/kunshan/expert/seats/{seat.pk}/declare/",
            "text_minimum": 20,
            "text_maximum": 3000,
            "remark_maximum": 200,
        }
    ]


def test_what_is_handed_in_is_named_for_a_month_without_sheet_and_file(work: Work, device: Device) -> None:
    opinion = Opinion.objects.create(member=work.seat(), text=MARK, saved_at=clock.now(), sha256="a" * 64)
    Opinion.objects.filter(pk=opinion.pk).update(submitted_at=clock.now())
    (seat,) = device.day()["seats"]
    assert (seat["state"], seat["sha256"], seat["submitted_at"]) == ("submitted", "a" * 64, "2024-09-02T10:00:00+08:00")
    assert (seat["sheet"], seat["kept"], seat["file"]) == (None, {}, {"sections": [], "materials": []})
    type(work.panel).objects.filter(pk=work.panel.pk).update(state="closed")
    assert len(device.day()["seats"]) == 1
    Opinion.objects.filter(pk=opinion.pk).update(submitted_at=clock.now() - timedelta(days=31))
    assert device.day()["seats"] == []


def test_a_seat_that_was_taken_away_or_recused_is_gone_and_an_alarm_locks(work: Work, device: Device) -> None:
    seat = work.seat()
    seat.alarms.create(kind="rival", detail="所在单位为本批次申报单位", found_at=clock.now())
    (found,) = device.day()["seats"]
    assert (found["state"], "所在单位为本批次申报单位" in found["message"]) == ("locked", True)
    for state in ("recused", "removed"):
        work.panel.members.filter(pk=seat.pk).update(state=state, chair=False)
        assert device.day()["seats"] == []


def test_each_expert_has_the_number_of_their_place_in_the_panel(work: Work) -> None:
    numbers = [Device(actor).day()["seats"][0]["expert_no"] for actor in work.people[:3]]
    assert numbers == [1, 2, 3]
