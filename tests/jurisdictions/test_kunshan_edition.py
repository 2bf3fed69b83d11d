"""The Kunshan policy as a whole: identity, form, recommendation, review, calls, defaults."""

from datetime import date
from decimal import Decimal

import pytest

from portal.jurisdictions.kunshan.samples import SAMPLES
from portal.policy import registry
from portal.policy.condition import Severity
from portal.policy.draw import Exclusion
from portal.policy.edition import EditionStatus
from portal.policy.form import Section, Table
from portal.policy.lint import lint
from portal.policy.procedure import PAPERS, StageKind
from portal.policy.recommendation import PaperKind, SummaryColumn
from portal.policy.sample import SampleUnit
from portal.policy.scoring import ByConditions, Mode
from portal.policy.selection import RankBy
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for
from portal.policy.values import credit_code_is_valid
from tests.jurisdictions.kunshan_answers import FILES, answers, project, record

EDITION = registry.current("kunshan")
RULE = EDITION.recommendation()
CATEGORIES = ["association", "enterprise", "vocational", "training"]


def test_identity() -> None:
    assert lint(EDITION) == []
    assert (EDITION.code, EDITION.document_number, EDITION.status) == ("KS-2021", "", EditionStatus.IN_FORCE)
    assert EDITION.issued_on.isoformat() == "2021-11-26"
    assert [(track.key, track.code) for track in EDITION.tracks] == [("base", "SX")]
    profile = EDITION.profile
    assert (profile.receipt_prefix, profile.mark, profile.accent) == ("KS", "昆", "violet")


def test_every_condition_has_its_severity_and_clause() -> None:
    severities = {condition.code: condition.severity for condition in EDITION.conditions}
    assert severities == {
        "KS-C01": Severity.JUDGED,
        "KS-C02": Severity.HARD,
        "KS-P01": Severity.PREFERENCE,
        "KS-C03": Severity.JUDGED,
        "KS-C04": Severity.HARD,
        "KS-C05": Severity.SOFT,
        "KS-C06": Severity.HARD,
        "KS-C07": Severity.JUDGED,
        "KS-K01": Severity.TARGET,
        "KS-K02": Severity.TARGET,
    }
    assert all(condition.clause for condition in EDITION.conditions)
    assert EDITION.condition("KS-C05").explain == "base.area_note"


def test_every_default_of_the_policy_has_a_question_an_answer_and_a_setting() -> None:
    assert [default.code for default in EDITION.defaults] == [f"KS-A-{n:02}" for n in range(1, 10)]
    settings = {setting.key: setting for setting in EDITION.settings}
    for default in EDITION.defaults:
        assert default.question
        assert default.answer
        assert settings[default.setting].value == default.value


def test_the_offices_of_the_zones_and_towns_stand_under_the_city() -> None:
    root, *rest = EDITION.profile.offices
    assert (root.name, root.kind, root.parent) == ("昆山市人力资源和社会保障局", "city", "")
    assert {(office.kind, office.parent) for office in rest} == {("town", root.key)}
    assert len(rest) == len(EDITION.profile.districts) == 13
    places = {"昆山开发区", "昆山高新区", "花桥经济开发区", "旅游度假区", "周庄镇", "锦溪镇", "城市管理办事处"}
    assert places <= set(EDITION.profile.districts)


@pytest.mark.rule("F11")
def test_the_default_form_holds_what_the_missing_annex_needs_and_says_what_it_is() -> None:
    assert "默认表样" in EDITION.form.notes[0]
    tables = {
        "project.outline.occupations": {"name", "level"},
        "project.teachers.items": {"title", "skill"},
        "equipment.items": {"name", "model", "quantity", "value", "advance"},
        "training.records": {"year", "occupation", "level", "persons", "certified"},
        "management.managers": {"name"},
        "management.rules": {"name"},
    }
    for reference, columns in tables.items():
        table = EDITION.form.find(reference)
        assert isinstance(table, Table)
        assert columns <= {column.key for column in table.columns}
    outline = EDITION.form.find("project.outline")
    assert isinstance(outline, Section)
    assert {"name", "stations", "capacity", "teachers", "qualified"} <= {field.key for field in outline.fields}
    titles = [block.title for block in EDITION.form.office]
    assert titles == ["单位意见", "区镇社会保障部门审核意见", "专家组评审意见", "市人力资源和社会保障局意见"]
    for key in ("unit_name", "contact", "phone", "filled_on"):
        EDITION.form.find(f"cover.{key}")


@pytest.mark.rule("KS-A-08")
def test_the_zones_and_towns_recommend_in_order_and_without_a_quota() -> None:
    assert RULE is not None
    assert [(route.key, route.kinds) for route in RULE.routes] == [("place", ("town",)), ("industry", ("industry",))]
    line = RULE.line_for("base")
    assert (line.places_setting, line.ranked) == ("", True)
    assert not [office for office in EDITION.profile.offices if office.kind == "industry"]
    kinds = [(paper.key, paper.kind) for paper in RULE.papers]
    assert kinds == [
        ("first_opinion", PaperKind.VERIFICATION),
        ("recommendation_summary", PaperKind.SUMMARY),
        ("recommendation_letter", PaperKind.LETTER),
    ]
    assert RULE.verification is not None


@pytest.mark.rule("KS-A-08")
@pytest.mark.parametrize(("value", "open_routes"), [("when_added", ["place", "industry"]), ("never", ["place"])])
def test_departments_recommend_only_while_the_setting_says_so(value: str, open_routes: list[str]) -> None:
    assert RULE is not None
    settings = EDITION.setting_values({"route.industry": value})
    assert [route.key for route in RULE.routes if route.exists(settings)] == open_routes


@pytest.mark.rule("F12")
def test_the_summary_has_the_columns_of_the_annex() -> None:
    assert RULE is not None
    assert [column.title for column in RULE.summary] == [
        "序号",
        "区镇",
        "单位",
        "类别",
        "基地名称",
        "实训项目",
        "面积",
        "设备原值",
        "教师数/达标占比",
        "近年高级工以上培训数",
        "两年经验",
        "初审意见",
        "推荐次序",
        "联系人",
    ]
    assert RULE.summary_footer == ("填报人", "审核人", "盖章", "日期")


def column(title: str) -> SummaryColumn:
    assert RULE is not None
    return next(each for each in RULE.summary if each.title == title)


def test_the_summary_counts_teachers_equipment_and_high_skill_trainees() -> None:
    rows = [record("r1", persons=80), record("r2", level="4", persons=500), record("r3", level="0", persons=7)]
    given = answers(project=[project("a", 4, 2), project("b", 6, 5)], training={"records": rows})
    known = facts_for(EDITION, "base", given, FILES)
    shown = {
        title: measure.show(known)
        for title in ("设备原值", "教师数/达标占比", "近年高级工以上培训数")
        if (measure := column(title).measure)
    }
    assert shown == {"设备原值": "264", "教师数/达标占比": "7/10 = 70", "近年高级工以上培训数": "87"}


def test_the_procedure_runs_from_the_unit_to_the_city_and_ends_on_four_grounds() -> None:
    absent = {StageKind.REPORT, StageKind.RECHECK}
    assert [stage.kind for stage in EDITION.procedure] == [kind for kind in StageKind if kind not in absent]
    assert all(paper in PAPERS for stage in EDITION.procedure for paper in stage.documents)
    assert EDITION.assessment is None
    revocation = EDITION.stage(StageKind.REVOCATION)
    assert revocation is not None
    assert len(revocation.grounds) == 4


@pytest.mark.rule("KS-A-03")
def test_only_a_breach_of_the_agreement_may_be_put_right() -> None:
    revocation = EDITION.stage(StageKind.REVOCATION)
    assert revocation is not None
    assert [ground.code for ground in revocation.grounds if ground.rectify] == ["breach"]
    assert revocation.days_setting == "revocation.hearing_days"
    assert EDITION.setting_values()["revocation.hearing_days"] == 5


def test_five_experts_are_drawn_for_papers_and_site_when_every_window_has_closed() -> None:
    panel = EDITION.panel
    assert (panel.on_site, panel.materials, panel.rolling) == (True, True, False)
    assert panel.draw is not None
    values = EDITION.setting_values()
    assert (values[panel.minimum_setting], values[panel.draw.size_setting], values[panel.odd_setting]) == (5, 5, True)
    assert Exclusion.SAME_REGION not in panel.draw.exclusions


@pytest.mark.rule("KS-A-01")
@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_has_its_own_sheet_of_a_hundred(category: str) -> None:
    known = facts_for(EDITION, "base", answers(unit={"category": category}), FILES)
    held = [sheet for sheet in EDITION.review_sheets if sheet.when is not None and sheet.when.check(known).met]
    assert [sheet.key for sheet in held] == [category]
    sheet, values = held[0], EDITION.setting_values()
    assert [(item.group, item.max_points) for item in sheet.items] == [
        ("产业导向", 15),
        ("公共服务", 20),
        ("设备", 20),
        ("师资", 20),
        ("基础条件", 15),
        ("管理", 10),
    ]
    assert sum(sheet.maximum_of(item, values) for item in sheet.items) == 100
    assert sheet.maximum_of(sheet.items[0], {**values, f"review.{category}.1": 25}) == 25
    assert [item.number for item in sheet.items if item.mode is Mode.PROPOSED] == [4, 5]


@pytest.mark.rule("KS-A-01")
def test_the_conditions_met_propose_the_points_of_teachers_and_site() -> None:
    teachers, site = (EDITION.review_sheets[0].items[number].formula for number in (3, 4))
    assert isinstance(teachers, ByConditions)
    assert isinstance(site, ByConditions)
    step = Decimal("0.5")
    assert [teachers.points(Decimal(20), met, step) for met in ({"KS-C04"}, set())] == [20, 0]
    found = [site.points(Decimal(15), met, step) for met in ({"KS-C05", "KS-C06"}, {"KS-C05"}, {"KS-C06"}, set())]
    assert found == [15, 8, 7, 0]
    codes = {condition.code for condition in EDITION.conditions}
    assert {code for code, _ in (*teachers.weights, *site.weights)} <= codes


@pytest.mark.rule("KS-P01")
def test_candidates_are_ordered_by_score_then_preference_then_votes() -> None:
    assert EDITION.ranking is not None
    assert [key.by for key in EDITION.ranking.keys] == [RankBy.SCORE, RankBy.PREFERENCES, RankBy.VOTES]
    assert EDITION.cells == ()


@pytest.mark.rule("KS-A-05")
def test_the_name_may_carry_a_speciality_and_the_plaque_does_not() -> None:
    assert EDITION.naming.name("") == "昆山市高技能人才公共实训基地"
    assert EDITION.naming.name(" 智能制造 ") == "昆山市高技能人才公共实训基地（智能制造专业）"
    assert EDITION.naming.plaque == "昆山市高技能人才公共实训基地"


def test_the_call_of_2021_with_its_two_deadlines() -> None:
    (call,) = EDITION.official_calls
    assert call.opens_at.isoformat() == "2021-11-26T00:00:00+08:00"
    assert call.closes_at.isoformat() == "2021-12-23T23:59:59+08:00"
    (window,) = call.windows
    assert (window.stage, window.closes_at.isoformat()) == ("recommendation", "2021-12-30T23:59:59+08:00")
    assert EDITION.setting_values()["recommendation.split_days"] == (window.closes_at - call.closes_at).days
    assert "默认" in call.default


@pytest.mark.rule("F21")
@pytest.mark.rule("F22")
@pytest.mark.rule("KS-A-09")
@pytest.mark.rule("KS-A-02")
def test_the_agreement_and_the_annual_report_are_owed() -> None:
    titles = [duty.title for duty in EDITION.duties]
    assert titles[:3] == ["免费技能晋升培训协议", "年度报告", "年度培训指标"]
    assert [report.title for report in EDITION.reports] == ["高技能人才实训计划", "实训数据", "年度总结"]
    agreements = next(ledger for ledger in EDITION.ledgers if ledger.key == "agreements")
    assert {"number", "valid_until", "occupations", "basis"} <= {column.key for column in agreements.columns}
    assert EDITION.support[0].total is None


@pytest.mark.parametrize("day", [date(2021, 12, 1), date(2026, 1, 1), date(2028, 2, 29)])
@pytest.mark.parametrize("unit", SAMPLES.units, ids=lambda unit: unit.key)
def test_samples_may_be_submitted_on_any_day(unit: SampleUnit, day: date) -> None:
    files = {material.key: 1 for material in EDITION.materials}
    known = facts_for(EDITION, unit.track, unit.answers(day), files, on=day)
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == known.answers
    assert credit_code_is_valid(unit.credit_code)
    assert unit.recommender in {office.key for office in EDITION.profile.offices if office.kind == "town"}


def test_the_samples_show_every_category_soft_misses_and_a_newcomer() -> None:
    day = date(2026, 1, 1)
    assert {str(unit.nature) for unit in SAMPLES.units} == set(CATEGORIES)
    assert len({unit.credit_code for unit in SAMPLES.units}) == len(SAMPLES.units) >= 10
    verdicts = [
        (found.condition.code, found.verdict.value)
        for unit in SAMPLES.units
        for found in evaluate_all(EDITION, facts_for(EDITION, unit.track, unit.answers(day), {}, on=day))
    ]
    assert verdicts.count(("KS-C05", "explain")) == 2
    assert verdicts.count(("KS-P01", "unmet")) == 2
    fields = {field for expert in SAMPLES.experts for field in expert.fields}
    assert len(SAMPLES.experts) >= 8
    assert {"精密制造", "智能制造", "电子信息", "新能源汽车", "现代服务"} == fields


@pytest.mark.rule("KS-A-07")
@pytest.mark.rule("KS-A-09")
def test_an_office_that_takes_papers_in_and_money_not_named_change_nothing() -> None:
    settings = {setting.key: setting for setting in EDITION.settings}
    assert settings["desk.recipient"].value == "昆山市人社局职称办"
    assert EDITION.profile.contact_department in settings["desk.recipient"].value
    assert not any("职称办" in stage.actor for stage in EDITION.procedure)
    assert settings["support.amount"].value == "none"
    assert [(each.total, each.instalments, each.award) for each in EDITION.support] == [(None, (), None)]
