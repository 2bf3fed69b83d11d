"""A small policy of no real place, in which a test seeds one fault or asks one question."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from portal.policy.condition import Condition, Severity
from portal.policy.edition import Default, Edition, EditionStatus, Profile, Setting, Track
from portal.policy.form import Field, FieldKind, Form, Group, Option, Section, Table
from portal.policy.material import Material
from portal.policy.measures import Number
from portal.policy.notice import NamingPattern, NoticeRule
from portal.policy.procedure import PanelRule, Stage, StageKind
from portal.policy.scoring import Grade, ScoreItem, ScoreSheet
from portal.policy.tests import Compare, Is

BASIC = Section(
    "basic",
    "一、基本情况",
    (
        Field("name", "名称", limit=10),
        Field(
            "audience",
            "对象",
            FieldKind.MULTIPLE,
            options=(Option("students", "学生"), Option("other", "其他", other=True)),
        ),
        Field("total", "总人数", FieldKind.INTEGER, unit="人"),
        Field("part", "其中", FieldKind.INTEGER, required=False, at_most="total"),
        Field("leased", "是否租赁", FieldKind.YES_NO),
        Field("reason", "理由", when=Is("basic.leased", ("yes",))),
    ),
)
ITEMS = Table(
    "items",
    "设备",
    (
        Field("name", "设备名称", limit=20),
        Field("count", "数量", FieldKind.INTEGER, minimum=1),
        Field("tenure", "产权", FieldKind.CHOICE, options=(Option("owned", "自有"), Option("leased", "租赁"))),
        Field("note", "说明", when=Is("tenure", ("leased",))),
    ),
    max_rows=300,
    totals=("count",),
)
PROJECT = Group(
    "project",
    "二、项目",
    "项目",
    (Section("site", "（一）场地", (Field("title", "项目名称"),)), Section("equipment", "（二）设备", (ITEMS,))),
    name_ref="site.title",
    maximum=3,
)
LATER = Section("later", "三、大项目另填", (Field("plan", "计划"),), when=Compare(Number("basic.total"), ">=", 100))


def _stage(kind: StageKind) -> Stage:
    return Stage(kind.value, kind, kind.value, "机关", "", "一")


PROFILE = Profile("sample", "样例市", "样例", "样", "ink", "样例平台", "样例局", "SM", ())
EDITION = Edition(
    code="SAMPLE-1",
    profile=PROFILE,
    title="样例办法",
    short_title="样例",
    document_number="样〔2024〕1号",
    issuer="样例局",
    status=EditionStatus.IN_FORCE,
    issued_on=date(2024, 1, 1),
    effective_from=date(2024, 2, 1),
    tracks=(Track("only", "唯一", "WY"),),
    form=Form("申报表", (BASIC, PROJECT, LATER), cover=("basic.name",)),
    materials=(
        Material("licence", "执照", "", "一", maximum=2),
        Material("proof", "人员证明", "", "一", minimum=0, per_row=("project.equipment.items",)),
        Material("scan", "盖章扫描件", "", "一", sealed=True),
    ),
    conditions=(
        Condition(
            "X-1", "规模", "100人以上", "二", Severity.HARD, test=Compare(Number("basic.total"), ">=", 100, "人")
        ),
    ),
    procedure=(_stage(StageKind.FILING), _stage(StageKind.RECOGNITION)),
    panel=PanelRule("panel.minimum", "panel.odd", True, True, (), "三"),
    notice=NoticeRule("公示", "notice.place", "notice.days", "notice.count", "", "", "三"),
    naming=NamingPattern("样例{core}基地", "样例基地", (("unit", "单位名称"),), "三"),
    assessment=ScoreSheet(
        "考核表",
        (ScoreItem(1, "组", "项", Decimal(100), ""),),
        (Grade("优", Decimal(80)), Grade("差", Decimal(0))),
        (),
        "每年",
        "四",
        "grade.basis",
    ),
    settings=(
        Setting("panel.minimum", "人数", 3),
        Setting("panel.odd", "单数", value=True),
        Setting("notice.place", "场所", "网站"),
        Setting("notice.days", "天数", 5),
        Setting("notice.count", "含当日", value=False),
        Setting("grade.basis", "依据", "total", choices=(("total", "合计"),), default="X-A-01"),
    ),
    defaults=(Default("X-A-01", "问", "答", "grade.basis", "total"),),
)


def with_form(*parts: Any, **changed: Any) -> Edition:
    """The sample with other form parts."""
    return replace(EDITION, form=replace(EDITION.form, parts=parts, **changed))


def answers(**changed: Any) -> dict[str, Any]:
    """Complete, acceptable answers."""
    return {
        "basic": {"name": "样例学院", "audience": ["students"], "total": 120, "part": 20, "leased": "no"},
        "project": [
            {
                "_id": "a1",
                "site": {"title": "数控"},
                "equipment": {"items": [{"_id": "r1", "name": "车床", "count": 2, "tenure": "owned"}]},
            }
        ],
        "later": {"plan": "计划"},
        **changed,
    }
