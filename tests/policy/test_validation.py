"""Checking a form: what is asked, what is wrong, where, and how to mend it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy.facts import Facts
from portal.policy.form import Section
from portal.policy.validation import (
    Problem,
    SectionState,
    blocking,
    check_form,
    check_materials,
    check_section,
    chinese_number,
    facts_for,
    place_at,
    settle,
    state_of,
    visible_sections,
)
from tests.policy.sample import BASIC, EDITION, PROJECT, answers, with_form

FILES = {"licence": 1}


def facts(files: dict[str, int] | None = None, **changed: Any) -> Facts:
    return facts_for(EDITION, "only", answers(**changed), FILES if files is None else files)


def basic(**changed: Any) -> dict[str, Any]:
    return {**answers()["basic"], **changed}


def rows(*listed: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"_id": "a1", "site": {"title": "数控"}, "equipment": {"items": list(listed)}}]


def problems(**changed: Any) -> dict[str, str]:
    found = check_form(EDITION, facts(**changed)).problems
    return {problem.path: problem.message for problem in found}


def test_a_complete_form_has_no_problem_and_is_kept_as_it_is() -> None:
    checked = check_form(EDITION, facts())
    assert checked.problems == []
    assert checked.cleaned == answers()
    assert blocking(EDITION, facts()) == []


def test_sections_are_listed_in_order_with_every_instance() -> None:
    two = [{"_id": "a1", "site": {"title": "数控"}}, {"_id": "b2"}]
    places = visible_sections(EDITION, facts(project=two))
    assert [place.path for place in places] == [
        "basic",
        "project/a1/site",
        "project/a1/equipment",
        "project/b2/site",
        "project/b2/equipment",
        "later",
    ]
    assert [(place.number, place.heading, place.name) for place in places[1:4]] == [
        (1, "项目一（一）场地", "数控"),
        (1, "项目一（二）设备", "数控"),
        (2, "项目二（一）场地", ""),
    ]
    assert [place.path for place in visible_sections(EDITION, facts(basic=basic(total=99)))][-1] != "later"


def test_a_hidden_question_is_neither_asked_nor_kept() -> None:
    assert problems(basic=basic(leased="yes")) == {"basic/reason": "未填，请填写"}
    cleaned = check_form(EDITION, facts(basic=basic(reason="没人问"))).cleaned
    assert "reason" not in cleaned["basic"]


@pytest.mark.parametrize(
    ("changed", "path", "said"),
    [
        ({"name": " "}, "basic/name", "未填，请填写"),
        ({"name": "字" * 11}, "basic/name", "请删减 1 字"),
        ({"audience": []}, "basic/audience", "请至少选择一项"),
        ({"audience": ["other"]}, "basic/audience_other", "请在旁边写明"),
        ({"audience": ["other"], "audience_other": "字" * 31}, "basic/audience_other", "请删减 1 字"),
        ({"total": "很多"}, "basic/total", "不是数字"),
        ({"part": 121}, "basic/part", "不能大于“总人数”120"),
        ({"leased": None}, "basic/leased", "请选择"),
    ],
)
def test_each_fault_is_found_where_it_is(changed: dict[str, Any], path: str, said: str) -> None:
    found = problems(basic=basic(**changed))
    assert list(found) == [path]
    assert said in found[path]


def test_rows_are_named_by_their_id_and_their_place() -> None:
    good = {"_id": "r1", "name": "车床", "count": 2, "tenure": "owned"}
    bad = {"_id": "r7", "name": "", "count": "0", "tenure": "租赁"}
    found = check_form(EDITION, facts(project=rows(good, {"_id": "r2"}, bad))).problems
    head = "project/a1/equipment/items/r7"
    assert [(problem.path, problem.label, problem.missing) for problem in found] == [
        (f"{head}/name", "第 2 行“设备名称”", False),
        (f"{head}/count", "第 2 行“数量”", False),
        (f"{head}/note", "第 2 行“说明”", False),
    ]
    assert {problem.section_path for problem in found} == {"project/a1/equipment"}
    assert {problem.section_title for problem in found} == {"项目一（二）设备"}


def test_too_few_and_too_many() -> None:
    row = {"name": "车床", "count": 1, "tenure": "owned"}
    assert problems(project=[]) == {"project": "至少填报 1 个项目"}
    assert problems(project=rows()) == {"project/a1/equipment/items": "至少填 1 行，现有 0 行"}
    many = [{"_id": f"r{number}", **row} for number in range(301)]
    assert problems(project=rows(*many)) == {"project/a1/equipment/items": "最多填 300 行，请删减 1 行"}
    four = [{**rows({"_id": "r1", **row})[0], "_id": name} for name in "abcd"]
    assert problems(project=four) == {"project": "最多填报 3 个项目，现有 4 个"}


def test_one_section_is_checked_as_typed_before_it_is_saved() -> None:
    known = facts(basic={})
    place = place_at(EDITION, known, "basic")
    assert check_section(EDITION, place, basic(), known) == []
    found = check_section(EDITION, place, basic(leased="是"), known)
    assert [problem.path for problem in found] == ["basic/reason"]
    inside = place_at(EDITION, known, "project/a1/equipment")
    typed = {"items": [{"_id": "r1", "name": "车床", "count": 1, "tenure": "租赁"}]}
    assert [problem.path for problem in check_section(EDITION, inside, typed, known)] == [
        "project/a1/equipment/items/r1/note"
    ]
    with pytest.raises(KeyError):
        place_at(EDITION, known, "project/zz/equipment")


def test_a_text_the_fonts_cannot_print_is_refused_at_its_field() -> None:
    def refuse(text: str) -> str | None:
        return "“😀”无法打印，请改用其他字" if "😀" in text else None

    known = facts(basic=basic(name="学院😀", audience=["other"], audience_other="😀"))
    found = check_form(EDITION, known, refuse).problems
    assert [problem.path for problem in found] == ["basic/name", "basic/audience_other"]


def test_materials_are_counted_and_rows_served() -> None:
    assert [problem.path for problem in check_materials(EDITION, facts({}))] == ["#licence"]
    assert [problem.path for problem in check_materials(EDITION, facts({}), sealed=True)] == ["#licence", "#scan"]
    assert "最多 2 份" in check_materials(EDITION, facts({"licence": 3}))[0].message
    machine = {"count": 1, "tenure": "owned"}
    two = rows({"_id": "r1", "name": "车床", **machine}, {"_id": "r2", "name": "铣床", **machine})
    bundle = facts({**FILES, "proof": 1}, project=two)
    assert check_materials(EDITION, bundle) == []
    linked = facts({**FILES, "proof": 1, "proof/r1": 1}, project=two)
    assert "铣床" in check_materials(EDITION, linked)[0].message
    everyone = facts({**FILES, "proof": 2, "proof/r1": 1, "proof/*": 1}, project=two)
    assert check_materials(EDITION, everyone) == []


def test_a_hard_condition_stops_submission_at_the_answer_it_reads() -> None:
    found = blocking(EDITION, facts(basic=basic(total=99)))
    assert [(problem.path, problem.label, problem.section_title) for problem in found] == [
        ("basic/total", "规模", "一、基本情况")
    ]
    assert found[0].message == "要求 ≥100 人，填报 99 人（二）"


def test_a_missing_answer_is_told_once() -> None:
    found = blocking(EDITION, facts(basic=basic(total="")))
    assert [problem.path for problem in found] == ["basic/total"]


def test_how_far_a_section_is() -> None:
    missing = Problem("x", "", "", "", missing=True)
    wrong = Problem("y", "", "", "")
    assert state_of([missing], {"name": ""}) == SectionState("not_started")
    assert state_of([missing], {"name": "甲"}).label == "进行中"
    assert state_of([missing, wrong], {"name": "甲"}).label == "2 处需完善"
    assert state_of([], {"name": "甲"}).label == "已完成"


def test_numbers_of_headings() -> None:
    assert [chinese_number(number) for number in (1, 9, 10, 11, 20, 23)] == ["一", "九", "十", "十一", "二十", "二十三"]


def test_typed_labels_and_units_are_settled_and_junk_is_left_alone() -> None:
    typed = answers(basic=basic(total="120 人", leased="否", part="几个"), project=rows({"_id": "r", "tenure": "租赁"}))
    settled = settle(EDITION, typed)
    assert (settled["basic"]["total"], settled["basic"]["leased"], settled["basic"]["part"]) == (120, "no", "几个")
    assert settled["project"][0]["equipment"]["items"][0]["tenure"] == "leased"
    assert typed["basic"]["total"] == "120 人"


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["yes", "租赁", "1e9"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["_id", "name", "items", "site", "equipment", "total", "audience"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200)
@given(
    st.dictionaries(st.sampled_from(["basic", "project", "later", "other"]), JUNK), st.sampled_from(["only", "?", ""])
)
def test_no_draft_breaks_a_check_and_what_is_kept_is_kept_again(draft: dict[str, Any], track: str) -> None:
    known = facts_for(EDITION, track, draft, {})
    once = check_form(EDITION, known).cleaned
    again = check_form(EDITION, replace(known, answers=once)).cleaned
    assert again == once
    assert blocking(EDITION, known)  # junk is never complete


def test_a_declared_section_may_be_all_there_is() -> None:
    only = Section("only", "只有一节", BASIC.items[:1])
    edition = with_form(only)
    assert check_form(edition, facts_for(edition, "only", {"only": {"name": "甲"}})).problems == []
    assert PROJECT.key not in check_form(edition, facts_for(edition, "only", {})).cleaned
