"""The selection of 国家技能根基工程培训基地 as a whole: offices, form, procedure, quotas, windows, defaults."""

from datetime import datetime, timedelta, timezone

import pytest

from portal.policy import registry
from portal.policy.condition import Kind, Severity
from portal.policy.draw import Exclusion
from portal.policy.edition import EditionStatus
from portal.policy.form import FieldKind, Section, Table
from portal.policy.lint import lint
from portal.policy.procedure import StageKind, find_move
from portal.policy.recommendation import PaperKind

EDITION = registry.current("skills_foundation")
BEIJING = timezone(timedelta(hours=8))


def test_identity() -> None:
    assert lint(EDITION) == []
    assert (EDITION.code, EDITION.document_number) == ("GJ-2022-162", "人社厅函〔2022〕162号")
    assert (EDITION.status, EDITION.issued_on.isoformat()) == (EditionStatus.IN_FORCE, "2022-11-13")
    assert [(track.code, track.title) for track in EDITION.tracks] == [("JD", "国家技能根基工程培训基地")]
    profile = EDITION.profile
    assert (profile.receipt_prefix, profile.platform_title) == ("GJ", "国家技能根基工程培训基地（内蒙古）")
    assert (EDITION.act, EDITION.assessment) == ("公布", None)


def test_the_ministry_stands_above_the_region_and_fourteen_leagues_below() -> None:
    offices = EDITION.profile.offices
    assert [(office.key, office.kind, office.parent) for office in offices[:2]] == [
        ("ministry", "ministry", ""),
        ("bureau", "province", "ministry"),
    ]
    leagues = offices[2:]
    assert {(office.kind, office.parent) for office in leagues} == {("league", "bureau")}
    names = {office.name.removesuffix("人力资源和社会保障局") for office in leagues}
    assert names == set(EDITION.profile.districts)
    assert len(names) == 14
    assert {"兴安盟", "锡林郭勒盟", "阿拉善盟", "满洲里市", "二连浩特市"} < names


@pytest.mark.rule("GJ-A-10")
def test_no_condition_is_missing_and_what_can_be_measured_is_soft() -> None:
    codes = [f"GJ-C{number:02}" for number in range(1, 22)]
    assert [each.code for each in EDITION.conditions] == [*codes, "GJ-S01", "GJ-S02"]
    assert all(each.clause for each in EDITION.conditions)
    measured = [each for each in EDITION.conditions if Kind.AUTO in each.kinds]
    assert {each.severity for each in measured} == {Severity.SOFT}
    explained = [each.explain for each in measured]
    notes = EDITION.form.find("notes")
    assert isinstance(notes, Section)
    assert explained
    assert sorted(explained) == sorted(f"notes.{field.key}" for field in notes.fields)
    rule = EDITION.recommendation()
    assert rule is not None
    assert rule.justify


VALUES = {
    "GJ-A-01": ("copies.paper", 2),
    "GJ-A-02": ("unit.kinds", "form"),
    "GJ-A-03": ("stats.basis", "latest"),
    "GJ-A-04": ("recheck.size", 5),
    "GJ-A-05": ("notice.days", 5),
    "GJ-A-06": ("quota.region", 5),
    "GJ-A-07": ("text.counting", "words"),
    "GJ-A-08": ("rank.order", "total"),
    "GJ-A-09": ("seal.supervisor", "optional"),
    "GJ-A-10": ("standard.misses", "justify"),
    "GJ-A-11": ("equipment.robots", "within"),
    "GJ-D-01": ("annual.day", 31),
    "GJ-D-02": ("inspection.outcome", "recorded"),
}


@pytest.mark.parametrize("code", [pytest.param(code, marks=pytest.mark.rule(code)) for code in VALUES])
def test_every_default_has_a_question_an_answer_and_a_setting(code: str) -> None:
    assert [default.code for default in EDITION.defaults] == list(VALUES)
    default = next(each for each in EDITION.defaults if each.code == code)
    assert default.question
    assert default.answer
    assert (default.setting, default.value) == VALUES[code]
    assert EDITION.setting_values()[default.setting] == default.value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("quota.league", 3),
        ("copies.ministry", 4),
        ("stats.years", "2019,2020,2021"),
        ("recheck.odd", True),
        ("panel.minimum", 5),
        ("panel.odd", True),
        ("notice.count_publication_day", False),
        ("deadline.roll_to_workday", False),
    ],
)
def test_settings_start_with_the_defaults(key: str, value: object) -> None:
    assert EDITION.setting_values()[key] == value


def test_the_form_follows_the_official_order_and_labels() -> None:
    assert [section.title for _, section in EDITION.form.sections()] == [
        "封面",
        "申报单位基本情况",
        "培训场所条件",
        "培训师资情况",
        "培训评价能力",
        "1.申报背景",
        "2.工作基础",
        "3.师资队伍",
        "4.技能培训",
        "5.技能评价",
        "6.技能竞赛",
        "7.合作交流",
        "8.建设规划",
        "参考标准对照",
        "未达参考标准的说明",
    ]
    assert official("cover") == ["申报单位", "主管单位", "申报职业", "填报时间"]
    legal = ("姓名", "职务", "办公电话", "传真", "手机", "电子邮箱")
    assert official("unit") == [
        "申报单位名称",
        "单位类别",
        "申报单位地址",
        "邮政编码",
        "网址",
        *(f"法人代表信息：{label}" for label in legal),
        "申报单位主管部门",
    ]
    assert official("site") == [
        "教学与实训场所建筑面积（平方米）",
        "教学实训设备：数量（台/套）",
        "教学实训设备：总值（万元）",
        "智能机器人仪器设备：数量（台/套）",
        "智能机器人仪器设备：总值（万元）",
    ]
    assert (EDITION.form.seals, EDITION.form.maker) == (2, "人力资源社会保障部职业能力建设司")


def official(key: str) -> list[str]:
    section = EDITION.form.find(key)
    assert isinstance(section, Section)
    return [item.label for item in section.items if not item.supplement]


def test_staff_have_three_titles_and_four_levels() -> None:
    labels = official("staff")
    assert labels[:3] == ["专任教师人数", "一体化（双师型）教师人数", "实习指导教师人数"]
    assert [label.partition("：")[2] for label in labels[3:]] == [
        "高级实习指导教师",
        "一级实习指导教师",
        "其他",
        "高级技师",
        "技师",
        "高级工",
        "其他",
    ]


@pytest.mark.rule("GJ-A-02")
def test_the_unit_names_every_kind_it_is_of() -> None:
    kind = EDITION.form.find("unit.kind")
    assert not isinstance(kind, (Section, Table))
    assert kind.kind is FieldKind.MULTIPLE  # type: ignore[union-attr]
    assert [(option.label, option.other) for option in kind.options] == [  # type: ignore[union-attr]
        ("制造业龙头企业", False),
        ("单项冠军企业", False),
        ("专精特新“小巨人”企业", False),
        ("技工院校", False),
        ("公共实训中心", False),
        ("其他", True),
    ]


@pytest.mark.rule("GJ-A-07")
def test_eight_chapters_of_three_thousand_words_with_the_pages_of_their_evidence() -> None:
    for number in range(1, 9):
        section = EDITION.form.find(f"chapter{number}")
        assert isinstance(section, Section)
        text, *tables = section.items
        assert (text.kind, text.limit, text.counting) == (FieldKind.LONG_TEXT, 3000, "words")  # type: ignore[union-attr]
        evidence = tables[-1]
        assert [column.label for column in evidence.columns] == ["证明材料名称", "页码"]  # type: ignore[union-attr]
    indicators = EDITION.form.find("chapter8.indicators")
    assert isinstance(indicators, Table)
    assert [column.label for column in indicators.columns[2:]] == [f"{year}年" for year in range(2023, 2028)]


def test_the_procedure_goes_through_four_levels() -> None:
    assert [stage.kind for stage in EDITION.procedure] == [
        StageKind.FILING,
        StageKind.RECOMMENDATION,
        StageKind.ACCEPTANCE,
        StageKind.EXPERT_REVIEW,
        StageKind.SHORTLIST,
        StageKind.NOTICE,
        StageKind.REPORT,
        StageKind.RECHECK,
        StageKind.RECOGNITION,
        StageKind.OPERATION,
    ]
    submitted = find_move("draft", "submit", "bureau", EDITION.stage_kinds)
    assert submitted is not None
    assert submitted.to == "recommender"  # 不接受申报单位直接向自治区提交申报材料
    assert find_move("in_notice", "recognise", "bureau", EDITION.stage_kinds) is None
    assert find_move("rechecked", "recognise", "superior", EDITION.stage_kinds) is not None


@pytest.mark.rule("GJ-A-08")
def test_a_league_ranks_at_most_three_and_hands_in_its_papers() -> None:
    rule = EDITION.recommendation()
    assert rule is not None
    line = rule.line_for("base")
    assert (EDITION.setting_values()[line.places_setting], line.ranked, line.exceed_with_basis) == (3, True, False)
    assert [(paper.kind, paper.title) for paper in rule.papers] == [
        (PaperKind.LETTER, "正式文件（推荐函）"),
        (PaperKind.REPORT, "推荐报告"),
        (PaperKind.SUMMARY, "推荐汇总表"),
    ]
    assert [route.kinds for route in rule.routes] == [("league",)]
    assert [route.closed_to for route in rule.routes] == [()]  # 央企 go through their place too
    headings = [heading for _, heading in rule.report_sections]
    assert headings == ["组织申报情况", "审核过程", "公示情况", "专人报送（姓名、电话）"]


@pytest.mark.rule("GJ-A-06")
def test_the_region_reports_five_and_more_only_with_a_basis() -> None:
    rule = EDITION.recommendation(StageKind.REPORT)
    assert rule is not None
    line = rule.line_for("base")
    assert (EDITION.setting_values()[line.places_setting], line.ranked, line.exceed_with_basis) == (5, True, True)
    assert [(cell.track, cell.places_setting) for cell in EDITION.cells] == [("base", "quota.region")]


@pytest.mark.rule("GJ-A-04")
def test_the_ministry_draws_five_experts_from_elsewhere() -> None:
    panel = EDITION.panel_of(StageKind.RECHECK)
    assert (panel.on_site, panel.materials, panel.minimum_setting) == (False, True, "recheck.size")
    assert panel.draw is not None
    assert {Exclusion.SAME_REGION, Exclusion.SAME_UNIT} < set(panel.draw.exclusions)
    assert EDITION.panel.draw is not None
    assert Exclusion.SAME_REGION not in EDITION.panel.draw.exclusions
    assert (EDITION.panel.rolling, EDITION.panel.on_site) == (False, False)


@pytest.mark.rule("GJ-A-05")
def test_only_the_region_gives_public_notice() -> None:
    kinds = [stage.kind for stage in EDITION.procedure]
    assert kinds.count(StageKind.NOTICE) == 1
    assert kinds.index(StageKind.NOTICE) < kinds.index(StageKind.REPORT)
    settings = EDITION.setting_values()
    assert settings[EDITION.notice.place_setting] == "内蒙古自治区人力资源和社会保障厅网站"


def test_the_official_call_has_its_true_dates() -> None:
    (call,) = EDITION.official_calls
    assert call.closes_at == datetime(2022, 11, 18, 23, 59, 59, tzinfo=BEIJING)
    assert {window.stage: window.closes_at for window in call.windows} == {
        "recommendation": datetime(2022, 11, 23, 23, 59, 59, tzinfo=BEIJING),
        "report": datetime(2022, 11, 30, 23, 59, 59, tzinfo=BEIJING),
    }


@pytest.mark.rule("GJ-A-01")
def test_copies_are_a_parameter_and_one_scan_is_sealed() -> None:
    assert "一式四份" in "".join(EDITION.form.notes)
    assert "2份" in "".join(EDITION.form.notes)
    assert [material.key for material in EDITION.materials if material.sealed] == ["application_form"]
