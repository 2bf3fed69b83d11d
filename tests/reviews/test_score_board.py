"""The score matrix of a call: who sees what of it, the figures, what the other method changes, what it costs."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from applications.models import Application
from portal.accounts.actor import Actor
from portal.policy import registry
from reviews.models import Expert, Opinion, OutlierNote, Panel, PanelMember
from reviews.permissions import readable_panels
from reviews.selectors.score_board import Scores, call_scores
from reviews.selectors.score_board_items import sheets_of
from reviews.selectors.score_board_other import cells_changed
from reviews.selectors.score_board_rows import groups_of, matrix_of
from reviews.templatetags.reviews_nav import scores as gives_points
from tests.factories import make_actor
from tests.reviews import kit
from tests.reviews.select_kit import Desk, desk, drawn_up, file_of, municipal, sample
from tests.reviews.test_pages import sign_in
from tests.reviews.test_selecting_pages import queries, url

pytestmark = [pytest.mark.django_db]

ITEMS = [{"number": number, "group": "组", "title": f"项目{number}", "maximum": "50"} for number in (1, 2)]
SHEET = {"key": "s", "title": "测试评分表", "clause": "四", "lines": ITEMS}


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("chongqing", cells__funded_digital=1, cells__named_digital=1) as made:
        yield made


def seven(bureau: Desk, number: int = 7) -> list[Expert]:
    return [
        Expert.objects.create(jurisdiction=bureau.place, name=f"评委{letter}", unit_name="测试大学")
        for letter in "甲乙丙丁戊己庚"[:number]
    ]


def scored(
    bureau: Desk, people: list[Expert], *totals: str, recused: tuple[int, ...] = (), sealed: bool = False,
    status: str = "reviewed", **options: Any,
) -> Application:  # fmt: skip
    """A municipal file scored on a sheet of two items by the same experts: one total an expert, empty for none."""
    changed = {"municipal": {"category": "digital", "support": "funded", "adjust": "yes"}}
    made = file_of(bureau.call, sample("chongqing", track="municipal"), status=status, **changed, **options)
    now = bureau.call.opens_at
    panel = Panel.objects.create(
        jurisdiction=bureau.place, application=made, state="complete" if sealed else "closed", sheet=SHEET,
        created_by=bureau.officer.user, created_at=now, unsealed_at=None if sealed else now,
    )  # fmt: skip
    for at, expert in enumerate(people):
        state = "recused" if at in recused else "declared"
        member = PanelMember.objects.create(panel=panel, expert=expert, chair=at == 0, state=state)
        if at < len(totals) and totals[at] and at not in recused:
            half = Decimal(totals[at]) / 2
            Opinion.objects.create(
                member=member, conclusion="recommend", text=kit.LONG, scores={"1": str(half), "2": str(half)},
                saved_at=now, submitted_at=now, sha256="0" * 64,
            )  # fmt: skip
    return made


def read(bureau: Desk, actor: Actor | None = None) -> Scores:
    who = actor or bureau.officer
    return call_scores(bureau.call, readable_panels(Panel.objects.all(), who), names=True, placed=True)


def board(bureau: Desk, **asked: str) -> str:
    return url(bureau, "score_board", call_pk=bureau.call.pk) + ("?" + "&".join(f"{k}={v}" for k, v in asked.items()))


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def rows_of(bureau: Desk, *, scaled: bool = False) -> list[dict[str, Any]]:
    matrix = matrix_of(read(bureau), "municipal")
    assert matrix is not None
    return [row for group in groups_of(matrix, scaled=scaled) for row in group["rows"]]


def test_rows_are_ranked_by_the_edition_and_cells_tinted_by_their_distance_from_the_files_mean(bureau: Desk) -> None:
    people = seven(bureau, 4)
    low = scored(bureau, people, "70", "72", "71", recused=(3,))
    high = scored(bureau, people, "80", "85.5", "78.5", "80")
    first, second = rows_of(bureau)
    assert [(row["pk"], row["rank"], row["result"]) for row in (first, second)] == [
        (high.pk, 1, "81.00"), (low.pk, 2, "71.00"),
    ]  # fmt: skip
    assert [(cell["text"], cell["css"]) for cell in first["cells"]] == [
        ("80.0", "heat heat--low-1"), ("85.5", "heat heat--high-3"), ("78.5", "heat heat--low-2"),
        ("80.0", "heat heat--low-1"),
    ]  # fmt: skip
    assert [cell["text"] for cell in second["cells"]] == ["70.0", "72.0", "71.0", "回避"]
    assert second["deviation"] == "1.00"


def test_equal_results_share_a_rank(bureau: Desk) -> None:
    people = seven(bureau, 3)
    for totals in (("80", "80", "80"), ("79", "80", "81"), ("70", "70", "70")):
        scored(bureau, people, *totals)
    assert [row["rank"] for row in rows_of(bureau)] == [1, 1, 3]


def test_nothing_of_a_sealed_panel_is_anywhere_but_that_it_is_sealed(bureau: Desk) -> None:
    people = seven(bureau)
    scored(bureau, people[:3], "80", "81", "82")
    secret = scored(bureau, people, *["13.5"] * 7, sealed=True, status="in_review")
    OutlierNote.objects.create(
        panel=secret.panels.get(), member=secret.panels.get().members.first(), text="机密说明",
        written_by=bureau.officer.user, written_at=bureau.call.opens_at,
    )  # fmt: skip
    scores = read(bureau)
    assert [(each.opened, each.sealed) for each in scores.tracks] == [(1, 1)]
    assert secret.pk not in {file.pk for file in scores.files}
    assert {column.name for column in scores.columns} == {"评委甲", "评委乙", "评委丙"}
    assert scores.notes == {}
    client = sign_in(bureau.officer)
    for asked in ({}, {"view": "items"}, {"show": "standard"}):
        page = words(client, board(bureau, **asked))
        assert "尚有 1 份未启封" in page
        assert not {"13.5", "6.75", "机密说明", secret.organisation.name, "评委庚"} & set(page.split())
        assert secret.organisation.name not in page
    book = client.get(url(bureau, "score_board_sheet", call_pk=bureau.call.pk))
    texts = {str(cell) for line in load_workbook(BytesIO(book.content)).worksheets[0].values for cell in line}
    assert "尚有 1 份未启封" in texts
    assert not {"13.5", secret.organisation.name} & texts


def test_experts_have_names_for_those_who_run_reviews_and_numbers_for_the_supervisor(bureau: Desk) -> None:
    scored(bureau, seven(bureau, 3), "80", "81", "82")
    supervisor = make_actor("supervisor", bureau.bureau)
    assert "评委甲" in words(sign_in(bureau.officer), board(bureau))
    for client in (sign_in(supervisor), sign_in(bureau.approver)):
        page = words(client, board(bureau))
        assert "专家 1" in page
        assert "评委" not in page


@pytest.mark.parametrize("role", ["expert", "finance", "system_admin"])
def test_who_may_not_read_reviews_is_turned_away(bureau: Desk, role: str) -> None:
    client = sign_in(make_actor(role, bureau.bureau))
    for name in ("score_board", "score_board_sheet"):
        assert client.get(url(bureau, name, call_pk=bureau.call.pk)).status_code == 403


def test_another_places_call_is_not_found(bureau: Desk) -> None:
    client = sign_in(bureau.officer)
    assert client.get(url(bureau, "score_board", call_pk=10**6)).status_code == 404


def test_the_other_method_moves_ranks_and_is_told_with_the_cells_it_would_change(bureau: Desk) -> None:
    people = seven(bureau, 5)
    plain = scored(bureau, people, "100", "60", "80", "80", "80")
    steady = scored(bureau, people, "81", "81", "81", "81", "40")
    scored(bureau, people, "70", "70", "70", "70", "70")
    selection = drawn_up(bureau)
    moved = {row["pk"]: (row["rank"], row["slope"]["after"], row["slope"]["kind"]) for row in rows_of(bureau)}
    assert moved[plain.pk] == (1, 2, "down")
    assert moved[steady.pk] == (2, 1, "up")
    assert cells_changed(read(bureau), selection) == ["市级资金补助类（数字技能）", "市级命名支持类（数字技能）"]
    page = words(sign_in(bureau.officer), board(bureau))
    assert "改用去掉一个最高分、一个最低分后的平均值，2 家名次变化，“市级资金补助类（数字技能）”" in page
    assert "此处只作比较，不改变结果" in page
    assert "平均值第 2 名，去极值均值第 1 名，上升 1 名" in page
    assert [each["title"] for each in _groups(bureau)] == ["拟入选", "备选"]


def _groups(bureau: Desk) -> list[dict[str, Any]]:
    matrix = matrix_of(read(bureau), "municipal")
    assert matrix is not None
    return groups_of(matrix, scaled=False)


def test_a_swap_between_two_that_are_both_in_changes_no_cell(bureau: Desk) -> None:
    people = seven(bureau, 5)
    bureau.call.settings = bureau.call.settings | {"cells.funded_digital": 2}
    bureau.call.save()
    scored(bureau, people, "100", "60", "80", "80", "80")
    scored(bureau, people, "81", "81", "81", "81", "40")
    drawn_up(bureau)
    assert "2 家名次变化，各名额的拟入选单位不变" in words(sign_in(bureau.officer), board(bureau))


def test_fewer_sheets_than_are_trimmed_say_so(bureau: Desk) -> None:
    scored(bureau, seven(bureau, 3), "80", "81", "82")
    assert "均不足 5 份，去掉最高分、最低分不适用" in words(sign_in(bureau.officer), board(bureau))


def test_standardised_totals_stand_beside_and_change_nothing(bureau: Desk) -> None:
    people = seven(bureau, 4)
    for number in range(6):
        base = 60 + 5 * number
        scored(bureau, people, str(base), str(base + 1), str(base - 1), str(base - 12))
    plain, scaled = rows_of(bureau), rows_of(bureau, scaled=True)
    assert [row["result"] for row in plain] == [row["result"] for row in scaled]
    assert {cell["scaled"] for row in plain for cell in row["cells"]} == {""}
    assert all(len({cell["scaled"] for cell in row["cells"]}) == 1 for row in scaled), "the same order on one scale"
    client = sign_in(bureau.officer)
    page = words(client, board(bureau, show="standard"))
    assert "只供参考，不用于计分和排序" in page
    assert "专家 4（评委丁）平均偏低 12.00 分" in page
    assert "标准化名次" not in words(client, board(bureau))


def test_a_total_that_stands_off_is_marked_and_says_whether_it_has_been_explained(bureau: Desk) -> None:
    people = seven(bureau, 5)
    made = scored(bureau, people, "80", "80", "80", "80", "60")
    client = sign_in(bureau.officer)
    assert "60 ▼ 离群，待组长说明" in words(client, board(bureau))
    panel = made.panels.get()
    OutlierNote.objects.create(
        panel=panel, member=panel.members.get(expert=people[4]), text="该专家发现设备租赁", written_by=bureau.officer.user,
        written_at=bureau.call.opens_at,
    )  # fmt: skip
    page = words(client, board(bureau))
    assert "60 ▼ 离群，组长已说明" in page
    assert "该专家发现设备租赁" in page


def test_items_have_their_spread_over_the_call_and_for_each_expert(bureau: Desk) -> None:
    people = seven(bureau, 3)
    scored(bureau, people, "80", "90", "70")
    scored(bureau, people, "60", "60", "60")
    (sheet,) = sheets_of(read(bureau), "municipal")
    assert (sheet["title"], sheet["count"]) == ("测试评分表", 2)
    first = sheet["rows"][0]
    shown = {key: first[key] for key in ("maximum", "mean", "share", "deviation", "lowest", "highest")}
    assert shown == {
        "maximum": "50", "mean": "35.00", "share": "70.0%", "deviation": "6.32", "lowest": "30", "highest": "45",
    }  # fmt: skip
    assert [(cell["text"], cell["css"]) for cell in first["cells"]] == [
        ("35.00", "heat"), ("37.50", "heat heat--high-1"), ("32.50", "heat heat--low-1"),
    ]  # fmt: skip
    page = words(sign_in(bureau.officer), board(bureau, view="items"))
    assert "1 项目1 50 35.00 70.0%" in page


def test_the_workbook_holds_what_the_page_shows(bureau: Desk) -> None:
    people = seven(bureau, 3)
    files = [scored(bureau, people, "80", "90", "70"), scored(bureau, people, "60", "61", "59.5")]
    client = sign_in(bureau.officer)

    def lines(query: str) -> list[tuple[Any, ...]]:
        answer = client.get(url(bureau, "score_board_sheet", call_pk=bureau.call.pk) + query)
        return list(load_workbook(BytesIO(answer.content)).worksheets[0].values)

    head, *rows = lines("")
    assert head[:7] == (
        "结果",
        "名次",
        "申报单位",
        "受理编号",
        "专家 1（评委甲）",
        "专家 2（评委乙）",
        "专家 3（评委丙）",
    )
    names = [file.organisation.name for file in files]
    assert [row[1:3] + row[4:9] for row in rows[:2]] == [
        ("1", names[0], "80.0", "90.0", "70.0", "80.00", "10.00"),
        ("2", names[1], "60.0", "61.0", "59.5", "60.16", "0.76"),
    ]
    assert [row[0] for row in rows[2:]] == [
        "专家均分", "相对其他专家的偏离", "离散（标准差）", "与其他专家的相关系数", "评分家数", "提示",
    ]  # fmt: skip
    assert lines("?show=standard")[0][-2:] == ("标准化均值", "标准化名次")
    items = lines("?view=items")
    assert items[1][:4] == ("测试评分表", "1 项目1", "50", "35.04")


def test_the_matrix_is_linked_from_the_call_and_its_list_where_experts_give_points(bureau: Desk) -> None:
    client, links = sign_in(bureau.officer), board(bureau).rstrip("?")
    pages = [url(bureau, "selection", call_pk=bureau.call.pk), f"/{bureau.place.code}/desk/calls/{bureau.call.pk}/"]
    assert [links in client.get(page).content.decode() for page in pages] == [True, True]
    editions = {
        code: gives_points(registry.current(code)) for code in ("chongqing", "kunshan", "skills_foundation", "hangzhou")
    }
    assert editions == {"chongqing": True, "kunshan": True, "skills_foundation": False, "hangzhou": False}


def test_a_call_without_scores_says_what_will_come(bureau: Desk) -> None:
    client = sign_in(bureau.officer)
    assert "还没有启封的评分" in words(client, board(bureau))
    municipal(bureau, "")
    assert "没有评分" in words(client, board(bureau))
    assert client.get(url(bureau, "score_board_sheet", call_pk=bureau.call.pk)).status_code == 200


def test_queries_do_not_grow_with_the_files(bureau: Desk) -> None:
    """Three files, and three hundred with seven experts each; drawn up, so that the other method is worked out too."""
    people, client, counts = seven(bureau), sign_in(bureau.officer), []
    for totals in (("100", "60", "80", "80", "80"), ("81", "81", "81", "81", "40")):
        scored(bureau, people, *totals)  # these two change places under the other method, so that it is worked out
    for more in (1, 297):
        _fill(bureau, people, more)
        drawn_up(bureau)
        counts.append([queries(client, board(bureau, **asked)) for asked in ({}, {"view": "items"})])
        with CaptureQueriesContext(connection) as caught:
            read(bureau)
        counts[-1].append(len(caught))
    assert counts[0] == counts[1]


def _fill(bureau: Desk, people: list[Expert], count: int) -> None:
    """Files in bulk: making three hundred one by one takes a minute."""
    first = scored(bureau, people, *(str(60 + at) for at in range(7)))
    panel, version = first.panels.get(), first.current
    assert version is not None
    units = [_copy(first.organisation, name=f"单位{at}", credit_code=f"{count:09d}{at:09d}") for at in range(1, count)]
    type(first.organisation).objects.bulk_create(units)
    rows = [_copy(first, organisation=unit) for unit in units]
    Application.objects.bulk_create(rows)
    versions = [_copy(version, application=row) for row in rows]
    type(version).objects.bulk_create(versions)
    for row, made in zip(rows, versions, strict=True):
        row.current = made
    Application.objects.bulk_update(rows, ["current"], batch_size=300)
    panels = Panel.objects.bulk_create([_copy(panel, application=row) for row in rows])
    seats = PanelMember.objects.bulk_create(
        [PanelMember(panel=each, expert=expert, state="declared") for each in panels for expert in people]
    )
    now = bureau.call.opens_at
    Opinion.objects.bulk_create(
        [
            Opinion(
                member=seat, conclusion="recommend", text=kit.LONG, saved_at=now, submitted_at=now,
                scores={"1": str(20 + at % 31), "2": str(20 + at % 17)},
            )
            for at, seat in enumerate(seats)
        ]
    )  # fmt: skip


def _copy(row: Any, **changed: Any) -> Any:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    if "number" in kept and "organisation_id" in kept:
        kept["number"] = ""
    made = type(row)(**kept)
    for name, value in changed.items():
        setattr(made, name, value)
    return made
