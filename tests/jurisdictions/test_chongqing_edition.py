"""The Chongqing call of 2024 as a whole: identity, tracks, form, recommendation, selection, defaults."""

from datetime import datetime, timedelta, timezone

import pytest

from portal.policy import registry
from portal.policy.draw import Exclusion
from portal.policy.edition import EditionStatus
from portal.policy.export import export
from portal.policy.facts import Facts
from portal.policy.form import Group, Section, Table
from portal.policy.lint import lint
from portal.policy.procedure import PAPERS, StageKind
from portal.policy.recommendation import PaperKind
from portal.policy.rows import given_rows
from portal.policy.selection import Candidate, RankBy, allocate
from portal.policy.validation import visible_sections
from tests.jurisdictions.chongqing_answers import FACETS

EDITION = registry.current("chongqing")
BEIJING = timezone(timedelta(hours=8))
FIVE_SIDES = {"management", "training", "teachers", "cooperation", "outcome"}
PLAN = {
    "goals.yearly": {"year1", "year2"},
    "build.content.facets": {"facet", "content", "year1", "year2"},
    "targets.indicators": {"name", "now", "year1", "year2"},
    "budget.items": {"item", "year", "central", "city", "own"},
    "professions.items": {"matched", "priority", "developed"},
}


@pytest.mark.rule("CQ-D-06")
def test_identity() -> None:
    assert lint(EDITION) == []
    assert (EDITION.code, EDITION.document_number) == ("CQ-2024-8", "渝高技办〔2024〕8号")
    assert (EDITION.issuer, EDITION.status) == ("重庆市高技能人才工作联席会办公室", EditionStatus.IN_FORCE)
    assert (EDITION.profile.receipt_prefix, EDITION.profile.accent, EDITION.act) == ("CQ", "brick", "批建")
    assert [(track.key, track.title, track.code) for track in EDITION.tracks] == [
        ("national", "国家级", "GJ"),
        ("municipal", "市级", "SJ"),
    ]
    assert EDITION.form_title("national") == "国家级高技能人才培训基地建设项目申报书"
    assert EDITION.form_title("municipal") == "市级高技能人才培训基地建设项目申报表"
    assert EDITION.naming_of("national").name("某某学院") == "某某学院国家级高技能人才培训基地"


def test_no_condition_is_missing_and_each_has_its_clause() -> None:
    codes = [f"CQ-N{n:02}" for n in range(1, 17)] + ["CQ-K01", "CQ-K02"]
    codes += [f"CQ-M{n:02}" for n in range(1, 13)] + [f"CQ-P{n}" for n in range(1, 6)]
    assert [condition.code for condition in EDITION.conditions] == codes
    severities = {condition.code: condition.severity.value for condition in EDITION.conditions}
    assert {code for code, severity in severities.items() if severity == "judged"} == {
        "CQ-N01",
        "CQ-N05",
        "CQ-N07",
        "CQ-N11",
        "CQ-N14",
        "CQ-M07",
    }
    assert {code for code, severity in severities.items() if severity == "soft"} == {"CQ-M12"}
    assert {code for code, severity in severities.items() if severity == "target"} == {"CQ-K01", "CQ-K02"}
    assert {code for code, severity in severities.items() if severity == "preference"} == set(codes[-5:])


def test_every_default_has_a_question_an_answer_and_a_setting() -> None:
    expected = [f"CQ-A-{n:02}" for n in range(1, 16)] + [f"CQ-D-{n:02}" for n in range(1, 7)]
    assert [default.code for default in EDITION.defaults] == expected
    settings = {setting.key: setting for setting in EDITION.settings}
    for default in EDITION.defaults:
        assert default.question
        assert default.answer
        assert settings[default.setting].default == default.code
    named = {condition.default for condition in EDITION.conditions if condition.default}
    assert named == {f"CQ-A-{n}" for n in ("03", "04", "05", "06", "13", "14")}


@pytest.mark.rule("CQ-D-05")
def test_each_level_sees_its_own_form() -> None:
    sections = {
        track: [place.path for place in visible_sections(EDITION, Facts({}, track))]
        for track in ("national", "municipal")
    }
    assert set(sections["national"]) - set(sections["municipal"]) == {"national", "review"}
    assert set(sections["municipal"]) - set(sections["national"]) == {"municipal"}
    facets = EDITION.form.find("build.content.facets")
    assert isinstance(facets, Table)
    assert given_rows(facets, EDITION.setting_values()) == FACETS


@pytest.mark.rule("F1")
@pytest.mark.rule("F2")
@pytest.mark.rule("F3")
@pytest.mark.rule("F4")
@pytest.mark.parametrize(
    ("track", "own", "shared"),
    [
        ("national", {"national": {"tier", "type"}, "review": FIVE_SIDES}, PLAN),
        ("municipal", {"municipal": {"category", "support"}, "merits": {f"p{n}" for n in range(1, 6)}}, PLAN),
    ],
)
def test_forms_and_plans_of_both_levels_hold_what_the_missing_annexes_need(
    track: str, own: dict[str, set[str]], shared: dict[str, set[str]]
) -> None:
    seen = {place.path for place in visible_sections(EDITION, Facts({}, track))}
    for key, fields in own.items():
        section = EDITION.form.find(key)
        assert isinstance(section, Section)
        assert key in seen
        assert fields <= {item.key for item in section.items}
    for reference, columns in shared.items():
        table = EDITION.form.find(reference)
        assert isinstance(table, Table)
        assert columns <= {column.key for column in table.columns}
    assert {"goals", "targets", "budget"} <= seen
    assert isinstance(EDITION.form.find("build"), Group)


def test_who_recommends() -> None:
    offices = EDITION.profile.offices
    assert (offices[0].name, offices[0].kind, offices[0].parent) == ("重庆市人力资源和社会保障局", "city", "")
    assert {office.parent for office in offices[1:]} == {"bureau"}
    districts = [office.name for office in offices if office.kind == "district"]
    assert len(districts) == len(set(districts)) == 41
    named = {"两江新区社会保障局", "西部科学城重庆高新区公共服务和社会事务中心", "万盛经开区人力社保局"}
    assert named < set(districts)
    assert len([office for office in offices if office.kind == "industry"]) >= 5


@pytest.mark.rule("CQ-A-15")
def test_recommendation_has_two_routes_and_two_quotas() -> None:
    rule = EDITION.recommendation()
    assert rule is not None
    assert [(each.key, each.kinds, each.closed_to) for each in rule.routes] == [
        ("place", ("district",), ()),
        ("industry", ("industry",), ("central",)),
    ]
    values = EDITION.setting_values()
    quotas = [(line.key, values[line.places_setting], line.ranked, line.exceed_with_basis) for line in rule.lines]
    assert quotas == [("national", 1, False, False), ("municipal", 2, True, False)]
    assert [(paper.kind, paper.stamped) for paper in rule.papers] == [
        (PaperKind.LETTER, True),
        (PaperKind.VERIFICATION, True),
        (PaperKind.SUMMARY, False),
    ]
    assert rule.verified_tracks == ()
    assert len(rule.summary) == len({column.title for column in rule.summary})


@pytest.mark.rule("CQ-A-07")
def test_the_verified_share_is_the_offices_own_and_may_not_apply() -> None:
    rule = EDITION.recommendation()
    assert rule is not None
    section = rule.verification
    assert section is not None
    assert section.title == EDITION.setting_values()["label.verification"]
    conclusion = section.fields[0]
    assert [option.label for option in conclusion.options] == ["符合", "不符合", "不适用"]
    unneeded = Facts({"verification": {"conclusion": "not_applicable"}}, "municipal")
    asked = [each.key for each in section.fields if each.when is None or each.when.check(unneeded).met]
    assert asked == ["conclusion", "methods", "checker1", "checker2", "checked_on", "remark"]


@pytest.mark.rule("CQ-D-01")
def test_the_call_closes_at_six_and_the_window_at_midnight() -> None:
    (call,) = EDITION.official_calls
    (window,) = call.windows
    assert (call.year, call.batch, call.default) == (2024, 1, "CQ-D-01")
    assert call.closes_at == datetime(2024, 7, 17, 18, tzinfo=BEIJING)
    assert (window.stage, window.opens_at) == ("recommendation", datetime(2024, 7, 18, tzinfo=BEIJING))
    assert window.closes_at == datetime(2024, 7, 24, 23, 59, 59, tzinfo=BEIJING)


@pytest.mark.rule("F10")
def test_the_evidence_is_one_pdf_of_thirty_pages_and_the_report_stands_outside() -> None:
    evidence = EDITION.material("evidence")
    assert (evidence.minimum, evidence.maximum, evidence.types, evidence.max_pages) == (1, 1, ("pdf",), 30)
    assert EDITION.material("operations_report").max_pages == 0
    assert [material.key for material in EDITION.materials if material.sealed] == ["application_form"]


@pytest.mark.rule("CQ-D-02")
def test_the_procedure_and_its_papers() -> None:
    assert [stage.kind for stage in EDITION.procedure] == [
        StageKind.FILING,
        StageKind.RECOMMENDATION,
        StageKind.ACCEPTANCE,
        StageKind.EXPERT_REVIEW,
        StageKind.SHORTLIST,
        StageKind.NOTICE,
        StageKind.RECOGNITION,
        StageKind.OPERATION,
    ]
    assert {paper for stage in EDITION.procedure for paper in stage.documents} <= set(PAPERS)
    panel = EDITION.panel
    assert (panel.on_site, panel.materials, panel.rolling) == (False, True, False)
    assert panel.draw is not None
    assert Exclusion.RECENT_SERVICE in panel.draw.exclusions
    values = EDITION.setting_values()
    assert (values["panel.minimum"], values["panel.odd"], values["notice.days"]) == (5, True, 5)
    assert values["notice.place"] == "市人力社保局公众信息网"


def fitting(track: str, section: str, **said: str) -> list[str]:
    known = Facts({section: said}, track)
    return [cell.key for cell in EDITION.cells if cell.track == track and cell.when and cell.when.check(known).met]


@pytest.mark.rule("CQ-A-08")
@pytest.mark.parametrize(
    ("tier", "adjust", "cells"),
    [
        ("A", "no", ["national_ab"]),
        ("B", "yes", ["national_ab", "national_cd"]),
        ("C", "yes", ["national_cd"]),
        ("D", "no", ["national_cd"]),
    ],
)
def test_a_tier_is_adjusted_downward_only(tier: str, adjust: str, cells: list[str]) -> None:
    assert fitting("national", "national", tier=tier, adjust=adjust) == cells


@pytest.mark.rule("CQ-A-08")
def test_the_cells_of_the_municipal_level() -> None:
    values = EDITION.setting_values()
    places = {cell.key: values[cell.places_setting] for cell in EDITION.cells}
    assert {key: places[f"national_{key}"] for key in ("ab", "cd")} == {"ab": 2, "cd": 1}
    for support in ("funded", "named"):
        each = [places[f"{support}_{category}"] for category in ("international", "digital", "other")]
        assert each == [2, 3, 3]
    both = ["funded_digital", "named_digital"]
    assert fitting("municipal", "municipal", category="digital", support="named", adjust="yes") == both
    assert fitting("municipal", "municipal", category="digital", support="named", adjust="no") == both[1:]
    assert fitting("municipal", "municipal", category="digital", support="funded", adjust="no") == both[:1]


@pytest.mark.rule("CQ-A-10")
def test_a_category_is_filled_by_rank_funded_first_and_the_rest_wait_together() -> None:
    values = EDITION.setting_values()
    cells = [cell for cell in EDITION.cells if cell.pool == "international"]
    pools = {cell.key: cell.pool for cell in cells}
    candidates = [Candidate(key, tuple(pools), (100 - key,)) for key in range(1, 7)]
    placed = allocate(candidates, {cell.key: values[cell.places_setting] for cell in cells}, pools)
    assert placed.selected == {"funded_international": (1, 2), "named_international": (3, 4)}
    assert placed.alternates == {"international": (5, 6)}


@pytest.mark.rule("CQ-D-03")
def test_preferences_order_equals_after_the_score() -> None:
    assert EDITION.ranking is not None
    order = [key.by for key in EDITION.ranking.keys]
    assert order == [RankBy.SCORE, RankBy.PREFERENCES, RankBy.MEASURE, RankBy.VOTES]
    for sheet in EDITION.review_sheets:
        assert sum(item.max_points for item in sheet.items) == 100


@pytest.mark.rule("CQ-A-01")
def test_a_cross_application_keeps_three_professions_and_what_both_levels_ask() -> None:
    rule = EDITION.cross_application
    assert rule is not None
    assert (rule.source, rule.target, rule.keep, rule.table) == ("national", "municipal", 3, "professions.items")
    assert rule.commitment == "保持国家级基地建设目标计划、配套投入等不变"
    copied = {source for source, _ in rule.copies}
    assert all(source == target for source, target in rule.copies)
    assert {"unit.kind", "training.persons", "cooperation.partners", "budget.items"} < copied
    of_one_level = {"teachers.qualified", "teachers.senior_qualified", "site.platform", "workforce.due"}
    assert copied.isdisjoint({*of_one_level, "professions.items", "municipal.category"})
    assert isinstance(EDITION.form.find(rule.along[0][0]), Group)
    setting = next(each for each in EDITION.settings if each.key == rule.mode_setting)
    assert [value for value, _ in setting.choices] == ["keep_first", "reserve_first"]


@pytest.mark.rule("CQ-A-02")
def test_a_unit_selected_nationally_frees_its_municipal_place() -> None:
    assert [(release.winner, release.loser) for release in EDITION.releases] == [("national", "municipal")]


@pytest.mark.rule("F7")
def test_the_tier_table_is_empty_but_there() -> None:
    (table,) = export(EDITION)["extra"]["tables"]
    assert table["rows"] == []
    assert table["note"]
