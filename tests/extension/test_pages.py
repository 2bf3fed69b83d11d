"""The pages of the engine show the invented jurisdiction: public ones, the unit's, the town's, the bureau's, the expert's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.actor import Actor
from portal.calendars import clock
from reviews.models import Panel, Recommendation
from tests.applications.applicant_kit import browser
from tests.extension import steps
from tests.extension.world import World, at, fresh


def url(name: str, **more: Any) -> str:
    return reverse(name, kwargs={"jurisdiction": "riverland", **more})


def page(address: str, by: Actor | None = None) -> str:
    client = browser(by) if by else Client()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def test_the_public_pages_speak_of_it(world: World) -> None:
    assert "溪川市" in page("/")
    assert "溪川市技能实训基地" in page(url("place:home"))
    assert world.call.title in page(url("place:call", pk=world.call.pk))
    for name in ("notices", "directory", "verify"):
        assert "溪川" in page(url(f"place:{name}"))


@pytest.mark.parametrize(
    "said",
    [
        "年培训规模不少于300人",
        "二（二）",
        "乡镇核实，择优推荐不超过2家并排序。",
        "技能实训基地（院校类、企业类合计）",
        "随机抽取5名专家",
        "院校类",
        "“原则上在500平方米以上”，面积不足的能否申报？",
        "拒不参加考核的",
        "考核不合格，整改后仍不合格的",
    ],
)
def test_the_rules_page_says_every_part_of_the_policy(world: World, said: str) -> None:
    assert said in page(url("place:rules"))


def test_a_unit_fills_in_every_page_of_its_form(world: World) -> None:
    sample, unit = world.units["academy"]
    client = browser(unit)
    data = {"track": "school", "office": f"place-{world.towns['upper'].organisation.pk}"}
    start = client.get(url("applications:start", call_pk=world.call.pk))
    assert start.status_code == 200
    assert {"院校类", "上溪镇人民政府"} <= {word for word in ("院校类", "上溪镇人民政府") if word in start.text}
    assert data["track"] == sample.track
    application = steps.file_application(world, "college")
    by = world.units["college"][1]
    for name in ("history", "receipt"):
        assert application.number in page(url(f"applications:{name}", pk=application.pk), by)


def test_the_offices_and_experts_find_their_files(world: World) -> None:
    files = steps.recommended(world)
    with clock.travel(at(7, 19)):
        town = world.towns["upper"]
        recommendation = Recommendation.objects.get(office=town.organisation)
        board = page(url("reviews:recommend", pk=recommendation.pk), town)
        assert board.index(world.units["academy"][0].name) < board.index(world.units["works"][0].name)
    with clock.travel(at(7, 25)):
        received = page(url("reviews:received_call", call_pk=world.call.pk), world.officer)
        assert "上溪镇人民政府" in received
        for file in files.values():
            steps.accept(world, file)
    with clock.travel(at(7, 26)):
        people = [steps.make_expert(world.place) for _ in range(9)]
        steps.draw_panel(world, fresh(files["academy"]))
        seats = Panel.objects.get().members.order_by("id")
        by = {expert.pk: actor for expert, actor in people}
        first = seats[0]
        steps.declare_all(seats, by)
        sheet = page(url("reviews:opinion", pk=first.pk), by[first.expert_id])
        assert "符合产业发展方向" in sheet
        assert "面积、师资达到条件的各得一半" in sheet
        assert "回避" in page(url("reviews:draw", pk=Panel.objects.get().pk), world.officer)
