"""Totals far from the panel's: the chair is asked, explains them, and only then is the result fixed and kept."""

import json
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.calendars import clock
from portal.notifications.models import Message
from reviews.models import Opinion, OutlierNote, Panel
from reviews.selectors.outliers import find_outliers, unexplained
from reviews.selectors.panels import unsealed_opinions
from reviews.selectors.printing import panel_record
from reviews.selectors.score_matrix import score_matrix
from reviews.selectors.standings import standings
from reviews.services import opinions
from reviews.services.outliers import explain_outliers
from reviews.services.refusal import Refused
from tests.reviews import kit
from tests.reviews.select_kit import Desk, desk, file_of, sample, scored
from tests.reviews.test_pages import sign_in
from tests.reviews.test_scores import FULL, hand_in, working

pytestmark = [pytest.mark.django_db]
WHY = "该专家按设备现状从严评分，已与其他专家核对，予以采信。"
LOW = FULL | {"1": "9", "2": "12", "3": "12", "6": "6"}  # 74 of 100, and 8 of 20 below the others in item 3
REASONS = {"3": "设备使用年限较长"}
Work = tuple[Panel, list[Actor], Desk]


@pytest.fixture
def work(db: Any, django_capture_on_commit_callbacks: Any) -> Iterator[Work]:
    """An unsealed panel of five: four give 94.5, the last one 74."""
    with desk("kunshan") as bureau:
        panel, people = working(file_of(bureau.call, sample("kunshan"), status="accepted"), bureau)
        for actor in people[:-1]:
            hand_in(panel, actor, FULL)
        hand_in(panel, people[-1], LOW, REASONS)
        kit.visited(panel, bureau.officer)
        assert find_outliers(panel) == []  # sealed
        with django_capture_on_commit_callbacks(execute=True):
            opinions.unseal(panel=panel, by=bureau.officer)
        yield (
            Panel.objects.select_related("application__call", "application__organisation").get(pk=panel.pk),
            people,
            bureau,
        )


def key_of(panel: Panel, actor: Actor, item: int = 0) -> str:
    return f"{kit.seat(panel, actor).pk}_{item}"


def test_what_stands_off_is_named_with_both_figures(work: Work) -> None:
    panel, people, _ = work
    found = find_outliers(panel)
    assert [(each.item, each.title, each.points, each.middle, each.off, each.must) for each in found] == [
        (0, "总分", "74", "94.5", "低 20.5", True),
        (2, "2 突出公共服务功能", "12", "18.5", "低 6.5", False),
        (3, "3 拥有先进设施设备", "12", "20", "低 8", False),
        (6, "6 建立管理运作机制", "6", "9", "低 3", False),
    ]
    assert {each.member.expert.user for each in found} == {people[-1].user}
    assert found[2].remark == "设备使用年限较长"
    asked = Message.objects.filter(title="请说明离群评分")
    assert [message.user for message in asked] == [people[0].user]
    assert "74" not in asked[0].body


def test_the_review_is_not_closed_before_the_chair_has_explained(work: Work) -> None:
    panel, people, bureau = work
    with pytest.raises(WrongState) as refusal:
        opinions.finish_review(panel=panel, conclusion="建议认定。", by=bureau.officer)
    for named in (
        people[-1].user.name,
        panel.application.organisation.name,
        str(panel.application.number),
        "74 分",
        "94.5 分",
    ):
        assert named in str(refusal.value)
    explain_outliers(panel=panel, texts={key_of(panel, people[-1]): WHY}, by=people[0])
    assert unexplained(find_outliers(panel)) == []
    closed = opinions.finish_review(panel=panel, conclusion="建议认定。", by=bureau.officer)
    assert closed.state == "closed"
    (note,) = panel_record(closed)["outliers"]
    assert (note["text"], note["points"], note["middle"], note["by_chair"]) == (WHY, "74", "94.5", True)
    with pytest.raises(WrongState, match="启封后、评审办结前"):
        explain_outliers(panel=panel, texts={key_of(panel, people[-1]): WHY * 2}, by=people[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "已填 0 字，至少应填 10 字"), ("从严评分", "已填 4 字，至少应填 10 字"), ("说" * 501, "超过 500 字")],
)
def test_an_explanation_says_something(work: Work, text: str, words: str) -> None:
    panel, people, _ = work
    with pytest.raises(Refused, match=words) as refusal:
        explain_outliers(panel=panel, texts={key_of(panel, people[-1]): text}, by=people[0])
    assert refusal.value.field == f"text_{key_of(panel, people[-1])}"
    assert not OutlierNote.objects.exists()


def test_an_explanation_may_be_written_again_and_the_log_holds_both(work: Work) -> None:
    panel, people, _ = work
    texts = {
        key_of(panel, people[-1]): WHY,
        key_of(panel, people[-1], 3): "设备年限较长，与备注一致，供核对。",
        "9999_0": WHY,
    }
    explain_outliers(panel=panel, texts=texts, by=people[0])
    assert OutlierNote.objects.count() == 2
    explain_outliers(panel=panel, texts={key_of(panel, people[-1]): WHY + "已复核。"}, by=people[0])
    assert OutlierNote.objects.get(item=0).text == WHY + "已复核。"
    events = Event.objects.filter(action="panel.explain").order_by("id")
    assert [event.data["item"] for event in events] == [0, 3, 0]
    assert events[2].old_hash == events[0].new_hash != events[2].new_hash


def test_an_explanation_holds_for_the_sheets_it_was_written_about(work: Work) -> None:
    panel, people, _ = work
    explain_outliers(panel=panel, texts={key_of(panel, people[-1]): WHY}, by=people[0])
    Opinion.objects.filter(member=kit.seat(panel, people[1])).update(submitted_at=clock.now() + timedelta(minutes=1))
    (total,) = unexplained(find_outliers(panel))
    assert (total.earlier, total.note) == (WHY, None)
    with clock.travel(clock.now() + timedelta(minutes=2)):
        explain_outliers(panel=panel, texts={total.key: WHY}, by=people[0])
    assert unexplained(find_outliers(panel)) == []


def test_only_the_chair_explains_or_an_officer_with_a_reason(work: Work) -> None:
    panel, people, bureau = work
    texts = {key_of(panel, people[-1]): WHY}
    with pytest.raises(PermissionDenied):
        explain_outliers(panel=panel, texts=texts, by=people[1])
    with pytest.raises(Refused, match="代组长登记的理由"):
        explain_outliers(panel=panel, texts=texts, by=bureau.officer)
    explain_outliers(panel=panel, texts=texts, by=bureau.officer, reason="组长住院，附书面说明")
    assert [each.by_chair for each in find_outliers(panel) if each.note] == [False]
    assert Event.objects.get(action="panel.explain").reason == "组长住院，附书面说明"


def test_the_pages_of_chair_and_officer(work: Work) -> None:
    panel, people, bureau = work
    own = reverse("reviews:panel_outliers", kwargs={"jurisdiction": "kunshan", "pk": panel.pk})
    desk_page = reverse("reviews:panel_outliers_desk", kwargs={"jurisdiction": "kunshan", "pk": panel.pk})
    chair, officer = sign_in(people[0]), sign_in(bureau.officer)
    assert [sign_in(people[1]).get(own).status_code, chair.get(desk_page).status_code] == [404, 403]
    field = f"text_{key_of(panel, people[-1])}"
    shown = chair.get(own).content.decode()
    for text in ("74 分", "94.5 分", "低 20.5 分", f'name="{field}"', "设备使用年限较长"):
        assert text in shown
    short = chair.post(own, {field: "太短了"})
    assert (short.status_code, "至少应填 10 字" in short.content.decode(), "太短了" in short.content.decode()) == (
        422,
        True,
        True,
    )
    assert "请填写说明" in chair.post(own, {}).content.decode()
    assert officer.post(desk_page, {field: WHY}).status_code == 422
    assert chair.post(own, {field: WHY}).status_code == 302
    board = reverse("reviews:panel", kwargs={"jurisdiction": "kunshan", "pk": panel.application_id})
    assert WHY in officer.get(board).content.decode()
    opinions.finish_review(panel=panel, conclusion="建议认定。", by=bureau.officer)
    assert "评审已办结，说明只能查看" in chair.get(own).content.decode()


def test_before_the_seal_is_open_there_is_no_page(db: Any) -> None:
    with desk("kunshan") as bureau:
        panel, people = working(file_of(bureau.call, sample("kunshan"), status="accepted"), bureau)
        for name, actor in (("panel_outliers", people[0]), ("panel_outliers_desk", bureau.officer)):
            page = reverse(f"reviews:{name}", kwargs={"jurisdiction": "kunshan", "pk": panel.pk})
            assert sign_in(actor).get(page).status_code == 404
        with pytest.raises(WrongState, match="启封后"):
            explain_outliers(panel=panel, texts={}, by=people[0])


def test_the_result_is_kept_with_all_it_follows_from(work: Work) -> None:
    panel, people, bureau = work
    explain_outliers(panel=panel, texts={key_of(panel, people[-1]): WHY}, by=people[0])
    closed = opinions.finish_review(panel=panel, conclusion="建议认定。", by=bureau.officer)
    seats = [kit.seat(panel, actor).pk for actor in people]
    assert closed.result == {
        "method": "mean", "trim_from": 5, "places": 2, "rounding": "down", "basis": "exact", "maximum": "100",
        "totals": [{"member": pk, "total": "94.5", "counted": True} for pk in seats[:-1]]
        + [{"member": seats[-1], "total": "74", "counted": True}],
        "exact": "452/5", "shown": "90.40", "items": closed.result["items"],
    }  # fmt: skip
    assert sum(Fraction(each["exact"]) for each in closed.result["items"]) == Fraction(452, 5)
    assert json.loads(json.dumps(closed.result)) == closed.result
    told = Event.objects.get(action="application.finish_review").data
    assert told["panel"] == panel.pk
    assert len(told["result"]) == 64
    (standing,) = standings(bureau.call)
    assert standing.candidate.standing[0] == Fraction(452, 5)


@pytest.mark.rule("KS-A-01")
def test_a_trimmed_mean_leaves_the_ends_out_everywhere(db: Any) -> None:
    with desk(
        "kunshan", score__method="trimmed", score__places=1, score__rounding="half_up", score__basis="shown"
    ) as bureau:
        file = file_of(bureau.call, sample("kunshan"))
        panel = scored(file, bureau.officer, ["60", "90.5", "80", "99", "90"])
        given = list(unsealed_opinions(panel))
        matrix = score_matrix(panel, given)
        assert matrix is not None
        assert matrix["counted"] == [False, True, True, False, True]
        assert matrix["result"] == "86.8"  # 260.5 / 3
        assert matrix["how"].startswith("评分表不少于 5 份的，去掉一个最高分和一个最低分")
        (standing,) = standings(bureau.call)
        assert standing.candidate.standing[0] == Fraction(868, 10)
        assert standing.figures[0]["value"] == "86.8"


def test_the_panel_page_costs_the_same_for_three_sheets_and_thirty(db: Any) -> None:
    costs = {}
    with desk("kunshan") as bureau:
        client = sign_in(bureau.officer)
        for number in (3, 30):
            file = file_of(bureau.call, sample("kunshan"))
            panel = scored(file, bureau.officer, ["90"] * (number - 1) + ["60"])
            page = reverse("reviews:panel", kwargs={"jurisdiction": "kunshan", "pk": file.pk})
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                shown = client.get(page).content.decode()
            assert "待组长说明" in shown
            costs[number] = len(captured)
            assert len(find_outliers(panel)) >= 1
    assert costs[3] == costs[30]
