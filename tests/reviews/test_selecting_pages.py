"""The pages of scoring and selection: who opens them, what they show, how many queries they cost."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reviews.models import Opinion, Selection
from reviews.services import selecting
from tests.factories import PASSWORD
from tests.reviews import kit
from tests.reviews.select_kit import Desk, desk, drawn_up, file_of, fixed, municipal, sample
from tests.reviews.test_pages import sign_in

pytestmark = [pytest.mark.django_db]


def url(desk: Desk, name: str, **arguments: Any) -> str:
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": desk.place.code, **arguments})


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("chongqing", cells__funded_digital=1, cells__named_digital=1) as made:
        yield made


def test_the_outcome_is_drawn_up_ordered_fixed_and_printed_from_the_page(bureau: Desk) -> None:
    first, second = municipal(bureau, "80"), municipal(bureau, "80")
    officer, approver = sign_in(bureau.officer), sign_in(bureau.approver)
    page = url(bureau, "selection", call_pk=bureau.call.pk)
    assert "尚未拟制名单" in officer.get(page).content.decode()
    assert officer.post(page).status_code == 302
    shown = officer.get(page).content.decode()
    assert "有 1 组单位" in shown
    assert "同等条件下优先，不计分" in shown
    row = Selection.objects.get()
    order = url(bureau, "selection_order", pk=row.pk)
    same = {f"place_{first.pk}": "1", f"place_{second.pk}": "1", "reason": "设备"}
    answer = officer.post(order, same)
    assert answer.status_code == 422
    assert "每个次序只用一次" in answer.content.decode()
    assert officer.post(order, same | {f"place_{first.pk}": "2"}).status_code == 302
    assert list(row.placements.order_by("overall").values_list("application", flat=True)) == [second.pk, first.pk]
    assert officer.post(url(bureau, "selection_print", pk=row.pk)).status_code == 302
    fix = url(bureau, "selection_fix", pk=row.pk)
    assert officer.get(fix).status_code == 403
    assert approver.get(fix).status_code == 200
    assert approver.post(fix, {"password": PASSWORD}).status_code == 302
    final = officer.get(page).content.decode()
    assert "空缺" in final
    assert "第 2 版" in final


def test_places_are_moved_from_the_page_and_the_list_is_a_workbook(bureau: Desk) -> None:
    files = [municipal(bureau, score) for score in ("90", "80", "70")]
    row, officer = drawn_up(bureau), sign_in(bureau.officer)
    move = url(bureau, "selection_move", pk=row.pk)
    assert officer.get(move).status_code == 200
    moved = {"source": "funded_other", "target": "funded_digital", "places": "1", "reason": "无人申报"}
    assert officer.post(move, moved | {"reason": ""}).status_code == 422
    assert officer.post(move, moved).status_code == 302
    assert row.placements.get(application=files[1]).cell == "funded_digital"
    answer = officer.get(url(bureau, "selection_sheet", pk=row.pk))
    lines = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    taken = [(line[1], line[2], line[5]) for line in lines[1:] if line[2] == "拟入选"]
    names = [file.organisation.name for file in files]
    assert taken == [
        ("市级资金补助类（数字技能）", "拟入选", names[0]),
        ("市级资金补助类（数字技能）", "拟入选", names[1]),
        ("市级命名支持类（数字技能）", "拟入选", names[2]),
    ]


@pytest.mark.parametrize("page", ["selection", "selections"])
def test_queries_do_not_grow_with_the_files(bureau: Desk, page: str) -> None:
    client = sign_in(bureau.officer)
    address = url(bureau, page, **({"call_pk": bureau.call.pk} if page == "selection" else {}))
    counts = []
    for more in (3, 297):
        for at in range(more):
            municipal(bureau, str(50 + at % 50), *([] if more == 3 else [""]))
        drawn_up(bureau)
        counts.append(queries(client, address))
    assert counts[0] == counts[1]


def test_drawing_up_reads_with_as_many_queries_for_three_as_for_thirty(bureau: Desk) -> None:
    counts = []
    for more in (3, 27):
        for at in range(more):
            municipal(bureau, str(50 + at))
        with CaptureQueriesContext(connection) as caught:
            selecting.standings(bureau.call)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_all_selected_go_on_a_list_with_one_button(bureau: Desk) -> None:
    files = [municipal(bureau, score) for score in ("90", "80", "70")]
    fixed(bureau)
    client = sign_in(bureau.officer)
    row = kit.shortlists.draft_shortlist(call=bureau.call, title="名单", by=bureau.officer)
    page = url(bureau, "shortlist", pk=row.pk)
    assert "全部列入（2 家）" in client.get(page).content.decode()
    assert client.post(url(bureau, "entries_add", pk=row.pk)).status_code == 302
    assert list(row.entries.values_list("application", flat=True)) == [files[0].pk, files[1].pk]


def test_an_expert_scores_saves_and_hands_in_on_one_page(db: Any) -> None:
    with desk("kunshan") as made:
        file = file_of(made.call, sample("kunshan"), status="accepted")
        panel, people = kit.working_panel(file, made.officer, size=5)
        kit.declare_all(panel, people)
        client, seat = sign_in(people[0]), kit.seat(panel, people[0])
        page = url(made, "opinion", pk=seat.pk)
        shown = client.get(page).content.decode()
        assert "系统建议 <b>20 分</b>" in shown
        assert 'name="score_4" value="20"' in shown
        typed = {"score_1": "12", "score_4": "15", "score_5": "15", "conclusion": "recommend", "text": kit.LONG}
        assert client.post(page, typed | {"save": "1"}).status_code == 302
        answer = client.post(page, typed | {"submit": "1", "typed_name": people[0].user.name})
        refused = answer.content.decode()
        assert answer.status_code == 422
        for message in ("第 2 项“突出公共服务功能”尚未评分", "第 6 项", "与系统建议的 20 分不同，请写明理由"):
            assert message in refused
        whole = typed | {"score_2": "18", "score_3": "20", "score_6": "9", "remark_4": "证书过期"}
        assert client.post(page, whole | {"submit": "1", "typed_name": people[0].user.name}).status_code == 302
        assert Opinion.objects.get(member=seat).scores["4"] == "15"
        assert "<b>89</b> / 100 分" in client.get(page).content.decode()
