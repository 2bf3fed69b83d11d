"""A sheet stands as it was at the first score; it shows what points rest on, and which of them need a reason."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.policy.scoring import Band, Bands, ByConditions, Mode, ScoreItem
from reviews.models import Panel
from reviews.selectors.evidence import Finder
from reviews.selectors.file_for_expert import sections_of
from reviews.selectors.scores import (
    SheetLine,
    frozen,
    panel_sheet,
    remark_words,
    score_problems,
    sheet_lines,
    thawed,
    with_given,
)
from reviews.services import opinions
from reviews.services.refusal import Refused
from tests.applications.desk_factories import add_file
from tests.reviews import kit
from tests.reviews.select_kit import Desk, desk, file_of, sample
from tests.reviews.test_pages import sign_in
from tests.reviews.test_scores import FULL, hand_in, working

pytestmark = [pytest.mark.django_db]
D = Decimal


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("kunshan") as made:
        yield made


@pytest.fixture
def work(bureau: Desk) -> tuple[Panel, list[Actor]]:
    return working(file_of(bureau.call, sample("kunshan"), status="accepted"), bureau)


def fresh(panel: Panel) -> Panel:
    return Panel.objects.select_related("application__call", "application__current").get(pk=panel.pk)


def unsettle(bureau: Desk, panel: Panel, key: str) -> None:
    """Change a maximum, the bound of reasons and a verdict that a proposal rests on."""
    changed = {f"review.{key}.1": 25, "score.remark_below": 90}
    bureau.call.settings = bureau.call.setting_values | changed
    bureau.call.save()
    panel.application.checks.create(
        version=panel.application.current, code="KS-C05", verdict="unmet", checked_by=bureau.officer.user,
        checked_at=panel.created_at,
    )  # fmt: skip


def test_a_sheet_moves_until_the_first_score_and_never_after(bureau: Desk, work: tuple[Panel, list[Actor]]) -> None:
    panel, people = work
    declared = panel_sheet(panel)
    assert declared is not None
    opinions.save_opinion(member=kit.seat(panel, people[0]), conclusion="", text="还没有评分", by=people[0])
    assert fresh(panel).sheet == []
    opinions.save_opinion(member=kit.seat(panel, people[0]), conclusion="", text="", by=people[0], scores={"1": "十"})
    kept = fresh(panel)
    assert kept.sheet == frozen(declared)
    assert Event.objects.filter(action="panel.freeze").count() == 1
    unsettle(bureau, panel, declared.key)
    assert panel_sheet(fresh(panel)) == thawed(kept.sheet)
    assert [line.proposal for line in sheet_lines(fresh(panel))] == [None, None, None, D(20), D(15), None]
    hand_in(panel, people[0], FULL)
    assert fresh(panel).sheet == kept.sheet
    assert Event.objects.filter(action="panel.freeze").count() == 1


def test_a_sheet_nobody_has_begun_follows_settings_and_verdicts(bureau: Desk, work: tuple[Panel, list[Actor]]) -> None:
    panel, people = work
    unsettle(bureau, panel, "vocational" if (key := panel_sheet(panel)) is None else key.key)
    lines = sheet_lines(fresh(panel))
    assert [(line.maximum, line.proposal, line.remark_below) for line in lines][::4] == [
        (D(25), None, D("22.5")), (D(15), D(7), D("13.5")),
    ]  # fmt: skip
    hand_in(panel, people[0], FULL | {"1": "23", "2": "19", "5": "7", "6": "9.5"})
    assert thawed(fresh(panel).sheet).maximum == 110


def test_what_is_frozen_is_all_that_is_shown(work: tuple[Panel, list[Actor]]) -> None:
    panel, _ = work
    sheet = panel_sheet(panel)
    assert sheet is not None
    again = thawed(frozen(sheet))
    assert (again.key, again.title, again.clause, again.maximum) == (
        sheet.key,
        sheet.title,
        sheet.clause,
        sheet.maximum,
    )
    for line, kept in zip(sheet.lines, again.lines, strict=True):
        assert replace(kept, item=line.item) == line
        assert replace(kept.item, max_points=line.item.max_points, formula=line.item.formula,
                       evidence=line.item.evidence) == line.item  # fmt: skip


@pytest.mark.rule("KS-A-01")
def test_points_below_the_bound_need_a_reason_and_above_it_where_the_bureau_wants_one(
    bureau: Desk, work: tuple[Panel, list[Actor]]
) -> None:
    panel, people = work
    line = sheet_lines(panel)[0]
    assert (line.remark_below, line.remark_above, remark_words(line)) == (D(9), None, "低于 9 分的，须写明理由")
    with pytest.raises(
        Refused, match=r"第 1 项“体现产业发展导向”评 8\.5 分，低于 9 分，请在备注中写明扣分理由"
    ) as refusal:
        hand_in(panel, people[0], FULL | {"1": "8.5"})
    assert refusal.value.field == "remark_1"
    assert hand_in(panel, people[0], FULL | {"1": "8.5"}, {"1": "项目以通用工种为主"}).scores["1"] == "8.5"
    assert hand_in(panel, people[1], FULL | {"1": "9"}).scores["1"] == "9"
    bureau.call.settings = bureau.call.setting_values | {"score.remark_above": 95, "score.remark_below": 0}
    bureau.call.save()
    other, others = working(file_of(bureau.call, sample("kunshan"), status="accepted"), bureau)
    with pytest.raises(Refused, match="第 3 项“拥有先进设施设备”评 20 分，高于 19 分，请在备注中写明评高分的理由"):
        hand_in(other, others[0], FULL)
    kept = hand_in(other, others[0], FULL | {"1": "0"}, {"3": "设备为同行最新"})
    assert (kept.scores["1"], kept.score_remarks) == ("0", {"3": "设备为同行最新"})  # proposals followed need none


AUTO = SheetLine(
    ScoreItem(1, "甲", "规模", D(20), "按人数", Mode.AUTO, formula=ByConditions((("X", 1),))), D(20), D(15), ("600 人",),
    remark_below=D(18),
)  # fmt: skip


def test_an_item_the_portal_fills_cannot_be_changed() -> None:
    assert with_given([AUTO], {}) == with_given([AUTO], {"1": ""}) == {"1": "15"}
    assert score_problems([AUTO], with_given([AUTO], {}), {}) == {}
    assert score_problems([AUTO], with_given([AUTO], {"1": "16"}), {"1": "更多"}) == {
        "score_1": "第 1 项“规模”由系统计分，为 15 分，不能更改"
    }
    assert remark_words(AUTO) == ""
    assert thawed(frozen(replace_lines(AUTO))).lines[0].given == "15"


def replace_lines(line: SheetLine) -> Any:
    from reviews.selectors.scores import PanelSheet

    return PanelSheet("x", "表", "一", (line,))


def test_bands_are_kept_in_words() -> None:
    rule = Bands((Band(300, D(10)), Band(None, D(20))), unit="人次")
    line = SheetLine(ScoreItem(1, "甲", "规模", D(20), "按人次", formula=rule), D(20), bands=rule.lines())
    assert thawed(frozen(replace_lines(line))).lines[0].bands == (("300 人次以内", D(10)), ("超过 300 人次", D(20)))


def test_evidence_leads_to_the_section_or_the_file_and_hides_persons(work: tuple[Panel, list[Actor]]) -> None:
    panel, people = work
    application = panel.application
    file = add_file(application, "equipment_list", name="设备清单.pdf")
    anchors = {section["path"] for section in sections_of(application)} | {"materials"}
    lines = sheet_lines(panel)
    assert {each.section for line in lines for each in line.evidence} <= anchors
    table, *_, proof = lines[2].evidence
    rows = application.current.answers["equipment"]["items"]
    quantity = sum(int(row["quantity"]) for row in rows)
    assert (table.label, table.section, table.file_id) == (f"实训设备（{len(rows)} 行）", "equipment", None)
    assert table.text.startswith(f"合计：数量 {quantity:,}，原值（万元） ")
    assert (proof.label, proof.text, proof.file_id) == ("教学实训设备清单", "设备清单.pdf（12 页）", file.stored_id)
    assert [each.text for each in lines[5].evidence if each.label == "规章制度" and each.section == "materials"] == [
        "未提供"
    ]
    (person,) = Finder(application).of(("unit.legal_person",))
    name = application.current.answers["unit"]["legal_person"]
    assert person.text == name[0] + "*" * (len(name) - 1)
    shown = sign_in(people[0]).get(f"/kunshan/expert/seats/{kit.seat(panel, people[0]).pk}/opinion/").content.decode()
    assert '#equipment" target' in shown
    assert f"/files/{file.stored_id}" in shown or str(file.stored_id) in shown
    assert "低于 9 分的，须写明理由" in shown


def test_a_repeated_part_gives_its_evidence_for_each_instance(work: tuple[Panel, list[Actor]]) -> None:
    application = work[0].application
    projects = application.current.answers["project"]
    found = Finder(application).of(("project.teachers.items", "project"))
    assert [each.section for each in found if "名册" not in each.label][: len(projects)] == [
        f"project-{project['_id']}-teachers" for project in projects
    ]
    assert found[0].label == f"项目一　教师（{len(projects[0]['teachers']['items'])} 人）"
