"""The lint finds each fault it claims to find, and nothing in a sound edition."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.policy.aggregation import Aggregation
from portal.policy.condition import Condition, Waiver
from portal.policy.edition import Default, Edition, OfficialCall, Setting, Support, Track
from portal.policy.form import Field, FieldKind, Section, Table
from portal.policy.funding import Instalment, StepAward
from portal.policy.lint import RULES, lint
from portal.policy.material import Material
from portal.policy.measures import Number
from portal.policy.procedure import Ground, Stage, StageKind
from portal.policy.registry import BrokenEdition, Registry
from portal.policy.scoring import Band, Bands, ByConditions, Grade, Mode, RemarkRule, ReviewSheet, ScoreItem
from portal.policy.selection import Cell
from portal.policy.tests import Attached, Compare, Each, Is, SettingIs
from tests.policy.aftercare_faults import AFTER
from tests.policy.sample import BASIC, EDITION, LATER, PROJECT, with_form

PART = Instalment("first", "首期", Decimal(100), 100, "", "一")
GRANT = Support("补助", "", "一", total=Decimal(100), instalments=(PART,))


def condition(**changed: Any) -> Edition:
    declared = Condition(**{**vars(EDITION.conditions[0]), **changed})
    return replace(EDITION, conditions=(declared,))


def basic(*items: Field | Table, **changed: Any) -> Edition:
    return with_form(replace(BASIC, items=(*BASIC.items, *items), **changed), PROJECT, LATER)


def table(**changed: Any) -> Table:
    return Table("rows", "表", (Field("word", "字"), Field("number", "数", FieldKind.INTEGER)), **changed)


def sheet(**changed: Any) -> Edition:
    assert EDITION.assessment
    return replace(EDITION, assessment=replace(EDITION.assessment, **changed))


def item(number: int, points: int | str, **changed: Any) -> ScoreItem:
    return ScoreItem(number, "组", "项", Decimal(points), "", **changed)


def stage(key: str, kind: StageKind, clause: str = "一", **changed: Any) -> Stage:
    return Stage(key, kind, key, "机关", "", clause, **changed)


FILING, NOTICE, END = stage("f", StageKind.FILING), stage("n", StageKind.NOTICE), stage("r", StageKind.RECOGNITION)
NAIVE = datetime(2024, 1, 1)
UNKNOWN = Compare(Number("basic.nothing"), ">", 1)


def scored(*items: ScoreItem, **changed: Any) -> Edition:
    return replace(EDITION, review_sheets=(ReviewSheet("s", "评分表", items, "一", **changed),))


def ended(*grounds: Ground, kind: StageKind = StageKind.REVOCATION) -> Edition:
    return replace(EDITION, procedure=(FILING, END, stage("x", kind, grounds=grounds)))


FAULTS: dict[str, tuple[Edition, str]] = {
    "track": (replace(EDITION, tracks=EDITION.tracks * 2), "track only is declared twice"),
    "track code": (replace(EDITION, tracks=(*EDITION.tracks, Track("b", "乙", "WY"))), "track code WY"),
    "part": (with_form(BASIC, BASIC, PROJECT, LATER), "form part basic is declared twice"),
    "field": (basic(Field("name", "名")), "item of basic name is declared twice"),
    "column": (basic(Table("t", "表", (Field("a", "甲"), Field("a", "乙")))), "column of basic.t a"),
    "material": (replace(EDITION, materials=EDITION.materials * 2), "material licence is declared twice"),
    "condition": (replace(EDITION, conditions=EDITION.conditions * 2), "condition X-1 is declared twice"),
    "setting": (replace(EDITION, settings=(*EDITION.settings, EDITION.settings[0])), "setting panel.minimum is"),
    "default": (replace(EDITION, defaults=EDITION.defaults * 2), "default X-A-01 is declared twice"),
    "stage": (replace(EDITION, procedure=(FILING, FILING, END)), "stage f is declared twice"),
    "condition over an unknown field": (condition(test=UNKNOWN), "unknown field basic.nothing"),
    "condition over an unknown column": (
        condition(test=Each("project", Is("site.nothing", ()), "项")),
        "unknown field project.site.nothing",
    ),
    "soft part over an unknown field": (condition(soft=UNKNOWN), "unknown field basic.nothing"),
    "condition over an unknown slot": (condition(test=Attached("nothing")), "unknown material nothing"),
    "condition over an unknown setting": (condition(test=SettingIs("nothing", ())), "unknown setting nothing"),
    "threshold in an unknown setting": (
        condition(test=Compare(Number("basic.total"), ">", "nothing")),
        "unknown setting nothing",
    ),
    "waiver": (condition(waiver=Waiver("basic.flag", "basic.reason", "")), "unknown field basic.flag"),
    "explanation": (condition(explain="basic.why"), "unknown field basic.why"),
    "condition on an unknown track": (condition(applies_to=("other",)), "unknown track other"),
    "condition without a clause": (condition(clause=""), "cites no clause"),
    "section shown by an unknown field": (basic(when=UNKNOWN), "section basic reads the unknown field"),
    "field shown by an unknown field": (basic(Field("x", "", when=UNKNOWN)), "basic.x reads the unknown field"),
    "totals over a text": (basic(table(totals=("word",))), "totals word, which is no numeric column"),
    "totals over nothing": (basic(table(totals=("nothing",))), "totals nothing"),
    "choice without options": (basic(Field("x", "", FieldKind.CHOICE)), "basic.x offers no options"),
    "ceiling": (basic(Field("x", "", FieldKind.INTEGER, at_most="name")), "limits x by name"),
    "name of a group": (with_form(BASIC, replace(PROJECT, name_ref="site.no"), LATER), "unknown field project.site.no"),
    "cover": (with_form(*EDITION.form.parts, cover=("basic.no",)), "the cover reads the unknown field basic.no"),
    "material by row": (
        replace(EDITION, materials=(*EDITION.materials, Material("m", "", "", "", per_row=("project.no",)))),
        "material m reads the unknown field project.no",
    ),
    "setting used": (
        replace(EDITION, panel=replace(EDITION.panel, odd_setting="nothing")),
        "setting nothing is used but not declared",
    ),
    "setting of a formula": (
        sheet(items=(item(1, 100, formula=Bands((Band(None, Decimal(1)),), "nothing")),)),
        "setting nothing is used",
    ),
    "setting of an unknown default": (
        replace(EDITION, settings=(*EDITION.settings, Setting("s", "", 1, default="X-A-99"))),
        "unknown default X-A-99",
    ),
    "setting beside its default": (
        replace(EDITION, defaults=(Default("X-A-01", "", "", "grade.basis", "base"),)),
        "another value than its default",
    ),
    "setting outside its choices": (
        replace(EDITION, settings=(*EDITION.settings, Setting("s", "", 1, choices=((2, "二"),)))),
        "a value outside its choices",
    ),
    "no recognition": (replace(EDITION, procedure=(FILING,)), "no stage of kind recognition"),
    "does not begin with filing": (replace(EDITION, procedure=(NOTICE, FILING, END)), "does not begin with filing"),
    "unreachable stage": (replace(EDITION, procedure=(FILING, END, NOTICE)), "cannot be reached"),
    "stage without a source": (
        replace(EDITION, procedure=(FILING, stage("n", StageKind.NOTICE, ""), END)),
        "stage n cites neither",
    ),
    "score items twice": (sheet(items=(item(1, 50), item(1, 50))), "score item 1 is declared twice"),
    "score items with a gap": (sheet(items=(item(1, 50), item(3, 50))), "not numbered"),
    "grades out of order": (
        sheet(grades=(Grade("差", Decimal(0)), Grade("优", Decimal(90)))),
        "grades must fall",
    ),
    "maximum out of step": (sheet(items=(item(1, 100, step=Decimal(3)),)), "cannot reach its maximum"),
    "maxima that do not add up": (sheet(items=(item(1, 60), item(2, 30))), "add up to 90, not 100"),
    "instalments beside their total": (
        replace(EDITION, support=(replace(GRANT, instalments=(replace(PART, amount=Decimal(50)),)),)),
        "do not add up to its total",
    ),
    "an instalment beside its share": (
        replace(EDITION, support=(replace(GRANT, instalments=(replace(PART, share=50),)),)),
        "is not its share",
    ),
    "support of an unknown track": (
        replace(EDITION, support=(replace(GRANT, tracks=("nobody",)),)),
        "for the unknown track nobody",
    ),
    "an award by an unknown setting": (
        replace(EDITION, support=(Support("奖", "", "一", award=StepAward(1, Decimal(1), Decimal(1), (), "unknown")),)),
        "the setting unknown is used but not declared",
    ),
    "recommendation without a rule": (
        replace(EDITION, procedure=(FILING, stage("u", StageKind.RECOMMENDATION), END)),
        "stage u: a recommendation rule belongs to",
    ),
    "cell of an unknown track": (
        replace(EDITION, cells=(Cell("c", "名额", "nobody", "notice.days", "一"),)),
        "selection names the unknown track nobody",
    ),
    "instant without an offset": (
        replace(EDITION, official_calls=(OfficialCall("通知", 2024, 1, NAIVE, NAIVE),)),
        "has an instant without an offset",
    ),
    "points by an unknown condition": (
        scored(item(1, 100, formula=ByConditions((("X-9", 1),)))),
        "points by the unknown condition X-9",
    ),
    "a maximum nobody declared": (scored(item(1, 100), settings_prefix="points"), "the setting points.1 is used"),
    "a remark by an undeclared setting": (
        scored(item(1, 100), remark=RemarkRule("low", "")),
        "the setting low is used but not declared",
    ),
    "evidence nobody asks for": (
        scored(item(1, 100, evidence=("basic.nothing", "#nothing"))),
        "review sheet s reads the unknown field basic.nothing",
    ),
    "evidence among no materials": (scored(item(1, 100, evidence=("#nothing",))), "unknown material nothing"),
    "points nothing computes": (
        scored(item(1, 100, mode=Mode.AUTO)),
        "item 1 of review sheet s is computed by nothing",
    ),
    "scores nobody says how to count": (scored(item(1, 100)), "does not name a setting for each of its choices"),
    "an aggregation by an undeclared setting": (
        replace(EDITION, aggregation=Aggregation(method_setting="nothing")),
        "the setting nothing is used but not declared",
    ),
    "an aggregation that cannot be": (
        replace(
            EDITION,
            aggregation=Aggregation(method_setting="way"),
            settings=(*EDITION.settings, Setting("way", "", "best")),
        ),
        "the setting way is best, which the aggregation does not know",
    ),
    "a ground twice": (ended(Ground("g", "违法", "一"), Ground("g", "违约", "一")), "ground g is declared twice"),
    "a ground without a clause": (ended(Ground("g", "违法", "")), "ground g cites no clause"),
    "a ground out of place": (
        ended(Ground("g", "违法", "一"), kind=StageKind.OPERATION),
        "grounds belong to a revocation stage",
    ),
    "a name without a core": (
        replace(EDITION, naming=replace(EDITION.naming, bracket="（专业）")),
        "has no place for the core",
    ),
    "untitled section": (with_form(BASIC, PROJECT, LATER, Section("x", "", ())), "section x has no title"),
}


def test_a_sound_edition_has_no_finding() -> None:
    assert lint(EDITION) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_seeded_fault_is_found(fault: str) -> None:
    edition, said = FAULTS[fault]
    findings = lint(edition)
    assert any(said in finding for finding in findings), findings
    assert all(finding.startswith("SAMPLE-1: ") for finding in findings)


def test_every_rule_has_a_seeded_fault() -> None:
    def broken(rule: Callable[[Edition], Any]) -> bool:
        return any(list(rule(edition)) for edition, _ in {**FAULTS, **AFTER}.values())

    assert [rule.__name__ for rule in RULES if not broken(rule)] == []


def test_the_registry_refuses_faults_and_codes_taken() -> None:
    registry = Registry()
    registry.register(EDITION)
    with pytest.raises(BrokenEdition, match="registered already"):
        registry.register(EDITION)
    for edition, said in FAULTS.values():
        with pytest.raises(BrokenEdition) as refused:
            Registry().register(edition)
        assert said in str(refused.value)
    assert list(registry) == [EDITION]
