"""The pages, papers and devices by which a base is assessed, and the pages of its call, which know nothing of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from applications.models import Application
from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.notifications.models import Message
from reviews.models import Panel, PanelMember
from reviews.permissions import readable_panels
from reviews.selectors import occasions, printing
from reviews.selectors.meetings import meetable_panels
from reviews.selectors.onsite import seats_of_day
from reviews.selectors.panels import waiting_for_panel
from reviews.selectors.paper_sheets import printed_sheet
from reviews.selectors.results import panels_of
from reviews.selectors.score_board import call_scores
from reviews.selectors.standings import standings
from reviews.services import opinions
from tests.reviews import assess_kit, kit
from tests.reviews.onsite_kit import Device, whole_sheet
from tests.reviews.select_kit import Desk
from tests.reviews.sheet_kit import fresh
from tests.reviews.test_pages import sign_in, url

pytestmark = pytest.mark.django_db
RECORD = occasions.About(
    text="2024年、2025年两个年度，台账已核实。",
    for_bureau=(("返回本次考核评估", "/hangzhou/desk/assessments/1/"),),
    for_experts=(("基地台账", "/hangzhou/expert/assessments/1/"),),
    sections=(
        occasions.Section(
            "occasion-service",
            "对外服务",
            (("2024年", "620 人次"),),
            (occasions.Table("台账", ("日期",), (("3月1日",),)),),
        ),
    ),
)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occasions, "_resolvers", {"assessment": lambda panels: {each.pk: RECORD for each in panels}})


@pytest.fixture
def work(db: Any, told: None) -> Iterator[tuple[Desk, Panel, list[Actor]]]:
    with assess_kit.recognised() as (bureau, application):
        panel, people = assess_kit.working(application, bureau.officer)
        yield bureau, fresh(panel), people


def page(client: Client, name: str, **arguments: Any) -> str:
    answer = client.get(url(f"reviews:{name}", **arguments))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_bureau_works_on_a_page_of_the_panel_itself(work: tuple[Desk, Panel, list[Actor]]) -> None:
    bureau, panel, people = work
    desk = sign_in(bureau.officer)
    shown = page(desk, "assessment_panel", pk=panel.pk)
    for words in (assess_kit.TITLE, "返回本次考核评估", RECORD.text, "　考核评估", "基地与要求"):
        assert words in shown
    assert "不予认定…" not in shown
    listed = page(desk, "panels")
    assert url("reviews:assessment_panel", pk=panel.pk) in listed
    assert url("reviews:panel", pk=panel.application_id) not in listed
    assert "尚未组建专家组" in page(desk, "panel", pk=panel.application_id)
    for actor in people:
        assess_kit.hand_in(panel, actor)
    kit.visited(panel, bureau.officer)
    opinions.unseal(panel=panel, by=bureau.officer)
    for name in ("panel_finish", "panel_outliers_desk", "visit_plan"):
        assert assess_kit.TITLE in page(desk, name, pk=panel.pk)
    answer = desk.post(url("reviews:panel_finish", pk=panel.pk), {"conclusion": "运行规范。", "password": "x"})
    assert answer.status_code in (302, 422)
    assert "加分" in page(desk, "assessment_panel", pk=panel.pk)


def test_an_expert_reads_the_record_of_the_base_before_its_file_and_says_no_conclusion(
    work: tuple[Desk, Panel, list[Actor]],
) -> None:
    _, panel, people = work
    client, seat = sign_in(people[0]), kit.seat(panel, people[0])
    assert assess_kit.TITLE in page(client, "expert_home")
    read = page(client, "file", pk=seat.pk)
    assert read.index("620 人次") < read.index("单位名称")
    assert "基地台账" in read
    written = page(client, "opinion", pk=seat.pk)
    assert ("评估结论" in written, "系统计分 <b>40 分</b>" in written, "/ 120" in written) == (False, True, True)
    assert "基地单位不存在应当回避" not in page(client, "declare", pk=seat.pk)  # declared already
    assert assess_kit.TITLE in page(client, "chair", pk=panel.pk)


def test_a_device_takes_the_record_along_and_hands_in_without_a_conclusion(
    work: tuple[Desk, Panel, list[Actor]],
) -> None:
    _, panel, people = work
    device, seat = Device(people[0], "hangzhou"), kit.seat(panel, people[0])
    (day,) = device.day()["seats"]
    assert (day["conclusions"], day["sheet"]["maximum"]) == ([], "120")
    assert day["track"].endswith(assess_kit.TITLE)
    assert day["file"]["sections"][0]["rows"] == [{"label": "2024年", "value": "620 人次", "long": False}]
    entries = [each for each in whole_sheet(seat, {"2": "20", "3": "38", "4": "12"}) if each["key"] != "conclusion"]
    assert {each["outcome"] for each in device.send(*entries)} == {"written"}
    (refused,) = device.send({**entries[0], "operation": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "key": "conclusion"})
    assert refused["outcome"] == "refused"
    assert device.submit(seat)["outcome"] == "written"


def test_more_seats_cost_no_more_queries(
    work: tuple[Desk, Panel, list[Actor]], django_assert_max_num_queries: Any
) -> None:
    bureau, panel, people = work
    for at in range(2, 6):
        assess_kit.working(panel.application, bureau.officer, f"assessment:{at}", people)
    with django_assert_max_num_queries(14):
        assert len(seats_of_day(people[0], "hangzhou")) == 5
    client = sign_in(bureau.officer)
    with django_assert_max_num_queries(16):
        page(client, "panels")


def test_the_call_knows_nothing_of_it(db: Any) -> None:
    with assess_kit.recognised("kunshan") as (bureau, application):
        panel, people = assess_kit.working(application, bureau.officer)
        for actor in people:
            assess_kit.hand_in(panel, actor)
        opinions.unseal(panel=fresh(panel), by=bureau.officer)
        call, mine = bureau.call, readable_panels(Panel.objects.all(), bureau.officer)
        assert mine.count() == 1
        assert not panels_of(call).exists()
        assert not meetable_panels(call, "expert_review").exists()
        assert not waiting_for_panel(Application.objects.all()).exists()
        assert [each.candidate.standing[0] for each in standings(call)] == [-1]
        assert call_scores(call, mine, names=True, placed=True).files == ()


def test_papers_and_messages_name_the_assessment(
    work: tuple[Desk, Panel, list[Actor]], django_capture_on_commit_callbacks: Any
) -> None:
    bureau, panel, people = work
    sheet = printed_sheet(PanelMember.objects.get(pk=kit.seat(panel, people[0]).pk))
    assert (sheet["conclusions"], sheet["call_title"], sheet["words"]["unit"]) == ([], assess_kit.TITLE, "基地单位")
    with django_capture_on_commit_callbacks(execute=True):
        for actor in people:
            assess_kit.hand_in(panel, actor)
    told = Message.objects.get(title="专家意见已齐，可以启封", user=bureau.officer.user)
    assert told.link.endswith(url("reviews:assessment_panel", pk=panel.pk))
    assert assess_kit.TITLE in told.body
    assess_kit.closed(panel, bureau.officer)
    paper = Document.objects.get(kind="panel_record")
    assert paper.title == f"{assess_kit.TITLE}专家意见"
    for words in ("申报单位", "申报批次", "结论</th>", "建议认定"):
        assert words not in paper.source.replace(kit.LONG, "")
    assert printing.panel_record(fresh(panel))["call_title"] == assess_kit.TITLE
