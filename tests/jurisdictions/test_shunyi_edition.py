"""The Shunyi draft as a whole: identity, types, plaques, procedure, labels, defaults, samples."""

from datetime import date, datetime, timedelta, timezone

import pytest

from portal.policy.condition import Severity
from portal.policy.edition import EditionStatus
from portal.policy.form import Section, Table
from portal.policy.lint import lint
from portal.policy.procedure import PAPERS, StageKind
from portal.policy.sample import samples_of
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for
from portal.policy.values import credit_code_is_valid
from tests.jurisdictions.shunyi_answers import EDITION, FILES

SETTINGS = {setting.key: setting for setting in EDITION.settings}


@pytest.mark.rule("SY-A-01")
def test_identity() -> None:
    assert lint(EDITION) == []
    assert EDITION.status is EditionStatus.DRAFT
    assert EDITION.document_number == ""
    assert "征求意见稿" in EDITION.title
    assert "征求意见稿" in EDITION.citation
    assert EDITION.issued_on.isoformat() == EDITION.effective_from.isoformat() == SETTINGS["edition.issued_on"].value
    assert (EDITION.profile.receipt_prefix, EDITION.profile.mark) == ("SY", "顺")
    assert [(office.name, office.parent) for office in EDITION.profile.offices] == [(EDITION.issuer, "")]
    assert len(set(EDITION.profile.districts)) == 25


def test_no_condition_is_missing_and_each_has_its_clause() -> None:
    codes = [f"SY-C{n:02}" for n in range(1, 15)] + [f"SY-K{n:02}" for n in range(1, 13)]
    assert [condition.code for condition in EDITION.conditions] == codes
    targets = {condition.code for condition in EDITION.conditions if condition.severity is Severity.TARGET}
    assert targets == set(codes[14:])
    judged = {condition.code for condition in EDITION.conditions if condition.severity is Severity.JUDGED}
    assert judged == {"SY-C05", "SY-C07", "SY-C14"}


def test_every_default_of_the_policy_has_a_question_an_answer_and_a_setting() -> None:
    assert [default.code for default in EDITION.defaults] == [f"SY-A-{n:02}" for n in range(1, 16)]
    for default in EDITION.defaults:
        assert default.question
        assert default.answer
        assert SETTINGS[default.setting].value == default.value
        assert SETTINGS[default.setting].default == default.code


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("year1.mode", "12m"),
        ("improve.cap", "2026-12-31"),
        ("brand.base", "yearly"),
        ("award.baseline", "excess"),
        ("final.tolerance", "none"),
        ("survey.minimum_share", 30),
        ("decision.reason", True),
        ("panel.minimum", 3),
        ("panel.odd", True),
        ("notice.days", 5),
        ("notice.place", "顺义区人民政府官网"),
        ("report.day", 5),
        ("deadline.roll_to_workday", False),
    ],
)
def test_settings_start_with_the_defaults(key: str, value: object) -> None:
    assert EDITION.setting_values()[key] == value


@pytest.mark.rule("SY-A-04")
@pytest.mark.rule("SY-A-11")
def test_each_type_has_its_own_plaque_word_for_word() -> None:
    assert [(track.code, EDITION.naming_of(track.key).plaque) for track in EDITION.tracks] == [
        ("TS", "顺义区职业技能提升培训基地"),
        ("CY", "顺义区产业链企业培训基地"),
        ("DS", "技能大赛集训基地"),
    ]
    assert EDITION.naming_of("ds").name("北京甲学校") == "技能大赛集训基地（北京甲学校）"
    assert SETTINGS["plaque.alias"].value == "顺义区技能大赛集训基地"


@pytest.mark.rule("SY-A-09")
def test_which_types_may_be_applied_for_together() -> None:
    assert [rule.tracks for rule in EDITION.exclusive] == [("ts", "cy")]
    assert [(rule.tracks, rule.natures) for rule in EDITION.combinable] == [
        (("ts", "ds"), ("enterprise",)),
        (("cy", "ds"), ("enterprise",)),
    ]


@pytest.mark.rule("SY-A-13")
def test_nobody_recommends_and_nothing_is_scored() -> None:
    kinds = [stage.kind for stage in EDITION.procedure]
    left_out = {StageKind.RECOMMENDATION, StageKind.REPORT, StageKind.RECHECK}
    assert kinds == [kind for kind in StageKind if kind not in left_out]
    assert EDITION.assessment is None
    assert all(paper in PAPERS for stage in EDITION.procedure for paper in stage.documents)
    shortlist, revocation = EDITION.stage(StageKind.SHORTLIST), EDITION.stage(StageKind.REVOCATION)
    assert shortlist is not None
    assert shortlist.default == "SY-A-13"
    assert revocation is not None
    assert [(ground.code, ground.rectify) for ground in revocation.grounds] == [
        ("missed", True),
        ("misuse", False),
        ("fraud", False),
    ]


def test_files_are_reviewed_as_they_come_on_paper_and_on_site_by_experts_drawn() -> None:
    panel = EDITION.panel_of(StageKind.EXPERT_REVIEW)
    assert (panel.rolling, panel.materials, panel.on_site) == (True, True, True)
    assert panel.draw is not None
    values = EDITION.setting_values()
    assert (values[panel.minimum_setting], values[panel.odd_setting], values[panel.draw.size_setting]) == (3, True, 5)


def test_the_call_ends_on_a_saturday_to_the_second() -> None:
    call = EDITION.official_calls[0]
    beijing = timezone(timedelta(hours=8))
    assert call.closes_at == datetime(2024, 8, 31, 23, 59, 59, tzinfo=beijing)
    assert call.closes_at.weekday() == 5
    assert call.opens_at < call.closes_at
    assert call.default


def official(reference: str) -> list[str]:
    found = EDITION.form.find(reference)
    assert isinstance(found, Section | Table)
    items = found.items if isinstance(found, Section) else found.columns
    return [item.label for item in items if not item.supplement]


def test_the_official_labels_stand_verbatim_and_what_is_added_is_marked() -> None:
    assert official("cover") == ["项目单位", "申报专业（职业工种）", "填报人", "填报时间"]
    person = ["部门及职务", "办公电话", "手机"]
    assert official("basic") == [
        "项目单位名称",
        "属性",
        "统一社会信用代码或组织机构代码",
        "项目单位地址",
        "网址",
        "法人代表信息：姓名",
        *person,
        "联系人信息：姓名",
        *person,
        "资金账号",
        "开户银行",
        "特色概述",
    ]
    assert official("background") == ["项目背景", "工作基础"]
    assert official("ideas") == ["指导思想", "基本思路"]
    assert official("targets") == ["总体目标", "阶段目标"]
    assert official("work.team") == ["专业（职业）", "项目负责人", "项目组成员", "建设目标"]
    assert official("work.content") == [
        "建设内容一：构建完善的高技能人才培训体系",
        "建设内容二：提升培训能力",
        "建设内容三：高技能人才培养经验成果",
    ]
    assert official("safeguards") == ["管理机构", "保障机制", "经费保障"]
    added = [section for _, section in EDITION.form.sections() if section.supplement]
    assert [section.key for section in added] == [
        "qualification",
        "premises",
        "training",
        "chain",
        "cooperation",
        "contest",
        "budget",
    ]
    assert all(item.supplement for section in added for item in section.items)


def test_the_office_fills_table_five_with_its_two_rules() -> None:
    titles = [block.title for block in EDITION.form.office]
    assert titles[0] == "申报单位意见"
    assert titles[1] == "专家评审意见"
    assert "专家人数不得少于3人" in titles[2]
    assert "专家人数应为单数" in titles[2]
    assert titles[3].startswith("行政部门审核意见")


@pytest.mark.rule("SY-A-15")
def test_the_materials_are_the_two_groups_of_the_annex_and_the_evidence() -> None:
    own = [material.key for material in EDITION.materials if not material.supplement]
    assert own == [
        "application_form",
        "permit",
        "licence",
        "equipment_list",
        "teacher_list",
        "rules_project",
        "rules_funds",
        "rules_safety",
        "other",
    ]
    assert [material.key for material in EDITION.materials if material.sealed] == ["application_form"]


def test_the_bank_account_is_hidden_from_experts() -> None:
    basic = EDITION.form.find("basic")
    assert isinstance(basic, Section)
    assert {field.key for field in basic.fields if field.personal} == {
        "legal_name",
        "legal_phone",
        "legal_mobile",
        "contact_name",
        "contact_phone",
        "contact_mobile",
        "account",
    }


SAMPLES = samples_of("shunyi")
assert SAMPLES
UNITS = SAMPLES.units


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2024, 8, 31), date(2027, 1, 1)])
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.key)
def test_the_sample_units_file_complete_applications_on_any_day(unit: object, day: date) -> None:
    sample = next(each for each in UNITS if each is unit)
    known = facts_for(EDITION, sample.track, sample.answers(day), FILES, on=day)
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == known.answers
    assert {each.verdict for each in evaluate_all(EDITION, known)} <= {"met", "judged", "not_applicable"}


def test_the_samples_cover_every_type_and_stand_apart() -> None:
    assert SAMPLES is not None
    assert {unit.track for unit in UNITS} == {"ts", "cy", "ds"}
    assert len({unit.credit_code for unit in UNITS}) == len({unit.key for unit in UNITS}) == len(UNITS) >= 8
    assert all(credit_code_is_valid(unit.credit_code) and unit.credit_code[2:8] == "110113" for unit in UNITS)
    assert {unit.district for unit in UNITS} <= set(EDITION.profile.districts)
    assert len({expert.key for expert in SAMPLES.experts}) == len(SAMPLES.experts) >= 8


@pytest.mark.rule("F17")
@pytest.mark.rule("F18")
@pytest.mark.rule("F19")
def test_monthly_reports_and_the_last_instalment_with_its_self_review_are_owed() -> None:
    owed = {duty.title: duty for duty in EDITION.duties}
    monthly, last = owed["每月报送工作进展"], owed["末次资金申请"]
    assert (monthly.clause, monthly.due) == ("工作要求（二）", "次月第 5 个工作日前（平台默认）")
    assert (last.clause, last.due) == ("工作要求（二）", "建设期内或改进期内")
    assert [word in last.text for word in ("建设工作总结", "绩效自评报告", "佐证材料")] == [True] * 3
