"""The roads between districts: entered once for both ways, audited, brought in by a workbook only after a look at it."""

import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from portal.audit.models import Event
from portal.calendars import clock
from portal.desk.demo.travel import enter_roads, roads_on
from portal.policy import registry
from portal.policy.sample import samples_of
from reviews.forms.road_rows import preview_of
from reviews.models import TravelTime
from reviews.selectors import travel_sheet
from reviews.selectors.travel import Roads, districts_of, pair, pairs_of, roads_of
from reviews.services.refusal import Refused
from reviews.services.travel import set_travel
from tests.reviews.kit import SUNDAY_NOON, approver, make_expert, officer
from tests.reviews.test_pages import sign_in, url

ROAD = ("西湖区", "余杭区")


def rows() -> list[tuple[str, str, int]]:
    return list(TravelTime.objects.order_by("origin", "destination").values_list("origin", "destination", "minutes"))


def test_a_road_is_the_same_both_ways_and_written_once(hangzhou: Any) -> None:
    by = officer(hangzhou)
    assert set_travel(jurisdiction=hangzhou, minutes={ROAD: 40, ("余杭区", "余杭区"): 20}, by=by) == 2
    assert set_travel(jurisdiction=hangzhou, minutes={ROAD[::-1]: 40}, by=by) == 0
    assert rows() == sorted([(*pair(*ROAD), 40), ("余杭区", "余杭区", 20)])
    roads = roads_of(hangzhou.pk)
    assert (roads.minutes(*ROAD), roads.minutes(*ROAD[::-1]), roads.minutes("西湖区", "西湖区")) == (40, 40, None)
    assert set_travel(jurisdiction=hangzhou, minutes={ROAD: 45, ("余杭区", "余杭区"): None}, by=by) == 2
    assert rows() == [(*pair(*ROAD), 45)]
    told = list(Event.objects.filter(action="travel.change").order_by("id").values_list("data__from", "data__to"))
    name = "—".join(pair(*ROAD))
    assert told[1] == ({name: 40, "余杭区—余杭区": 20}, {name: 45, "余杭区—余杭区": None})
    assert len(told) == 2


def test_what_cannot_be_a_road_is_refused(hangzhou: Any) -> None:
    by = officer(hangzhou)
    for minutes in ({ROAD: -1}, {ROAD: 1441}, {("", "余杭区"): 10}):
        with pytest.raises(Refused):
            set_travel(jurisdiction=hangzhou, minutes=minutes, by=by)
    with pytest.raises(PermissionDenied):
        set_travel(jurisdiction=hangzhou, minutes={ROAD: 10}, by=approver(hangzhou))
    assert rows() == []


def test_districts_are_the_places_own_and_those_people_come_from(hangzhou: Any) -> None:
    make_expert(hangzhou, district="柯桥区")
    make_expert(hangzhou, district="")
    assert districts_of(hangzhou) == [*registry.current("hangzhou").profile.districts, "柯桥区"]


def test_one_district_is_filled_in_on_a_page(hangzhou: Any) -> None:
    client = sign_in(officer(hangzhou))
    address = f"{url('reviews:travel')}?from=西湖区"
    places = districts_of(hangzhou)
    at = {name: f"to_{number}" for number, name in enumerate(places)}
    assert client.post(address, {at["余杭区"]: "40", at["西湖区"]: "15"}).status_code == 302
    page = client.get(address).content.decode()
    assert rows() == sorted([(*pair(*ROAD), 40), ("西湖区", "西湖区", 15)])
    assert (f'name="{at["余杭区"]}" value="40"' in page, "已登记 2 段" in page, "上次修改" in page) == (
        True,
        True,
        True,
    )
    wrong = client.post(address, {at["余杭区"]: "很远", at["西湖区"]: "15"})
    assert wrong.status_code == 422
    assert "很远" in wrong.content.decode()
    assert rows() == sorted([(*pair(*ROAD), 40), ("西湖区", "西湖区", 15)])


def workbook(*lines: tuple[Any, ...], head: tuple[str, ...] = ("地区", "到", "路程（分钟）")) -> io.BytesIO:
    from openpyxl import Workbook

    book = Workbook()
    for line in (head, *lines):
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    content.name = "travel.xlsx"
    return content


def test_a_workbook_is_shown_before_it_is_taken(hangzhou: Any) -> None:
    by = officer(hangzhou)
    set_travel(jurisdiction=hangzhou, minutes={ROAD: 40}, by=by)
    client = sign_in(by)
    lines = [
        ("余杭区", "西湖区", 45),
        ("西湖区", "滨江区", 30.0),
        ("西湖区", "上城区", None),
        ("西湖区", "外地", 5),
        ("余杭区", "余杭区", -3),
    ]
    shown = client.post(url("reviews:travel_import"), {"workbook": workbook(*lines)})
    preview = shown.context["preview"]
    assert preview.changes == [(pair(*ROAD), 40, 45), (pair("西湖区", "滨江区"), None, 30)]
    assert [number for number, _ in preview.problems] == [5, 6]
    assert rows() == [(*pair(*ROAD), 40)], "nothing is written by looking"
    client.post(url("reviews:travel_import"), {"rows": shown.context["rows_json"]})
    assert rows() == sorted([(*pair(*ROAD), 45), (*pair("西湖区", "滨江区"), 30)])
    forged = json.dumps([{"origin": "外地", "destination": "西湖区", "minutes": "3"}, {"origin": 5}])
    client.post(url("reviews:travel_import"), {"rows": forged})
    client.post(url("reviews:travel_import"), {"rows": "[1"})
    assert len(rows()) == 2


def test_a_workbook_that_is_none_says_so(hangzhou: Any) -> None:
    client = sign_in(officer(hangzhou))
    broken = io.BytesIO(b"not a workbook")
    broken.name = "a.xlsx"
    for content, said in (
        (broken, "不是可以识别的"),
        (workbook(head=("甲", "乙", "丙")), "缺少"),
        (workbook(), "没有填写"),
    ):
        page = client.post(url("reviews:travel_import"), {"workbook": content})
        assert (page.status_code, said in page.content.decode()) == (422, True)


def test_rows_of_one_road_must_agree() -> None:
    places = ["甲区", "乙区"]
    told = (("甲区", "乙区", 30), ("乙区", "甲区", 30), ("乙区", "甲区", 35))
    given = [{"origin": one, "destination": other, "minutes": str(minutes)} for one, other, minutes in told]
    preview = preview_of(enumerate(given, start=2), places, Roads())
    assert preview.changes == [(pair("甲区", "乙区"), None, 30)]
    assert preview.problems == [(3, "与第 2 行同为一段路程"), (4, "与第 2 行同为一段路程，分钟数不同")]


def test_what_is_exported_comes_back_unchanged(hangzhou: Any) -> None:
    by = officer(hangzhou)
    set_travel(jurisdiction=hangzhou, minutes={ROAD: 40, ("余杭区", "余杭区"): 0}, by=by)
    content = sign_in(by).get(url("reviews:travel_sheet")).content
    lines = list(load_workbook(io.BytesIO(content)).active.values)
    places = districts_of(hangzhou)
    assert [tuple(line[:2]) for line in lines[1:]] == list(pairs_of(places))
    found, problem = travel_sheet.LAYOUT.read(io.BytesIO(content))
    preview = preview_of(found, places, roads_of(hangzhou.pk))
    assert (problem, preview.changes, preview.problems, preview.same) == ("", [], [], 2)


def test_the_demonstration_enters_its_roads_once_and_leaves_a_bureaus_alone(hangzhou: Any) -> None:
    cast: Any = SimpleNamespace(officer=officer(hangzhou))
    assert (enter_roads(cast, hangzhou), enter_roads(cast, hangzhou)) == (105, 0)
    assert TravelTime.objects.count() == 105


def test_the_demonstrations_roads_cover_every_district() -> None:
    told = 0
    for profile in registry.registry.profiles():
        samples = samples_of(profile.code)
        if samples is not None and samples.map is not None:
            known = roads_on(samples.map)
            assert set(profile.districts) <= set(samples.map.seats)
            assert all(0 < minutes <= 1440 for minutes in known.values())
            assert len(known) == len(list(pairs_of(samples.map.seats)))
            told += 1
    assert told >= 5


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.travel(SUNDAY_NOON):
        yield
