"""What follows recognition in Kunshan: the yearly documents and figures (五（一）), the yearly assessment, four triggers (五（二）)."""

from portal.jurisdictions.kunshan.procedure import GROUNDS
from portal.jurisdictions.kunshan.project import HIGH_SKILL, LEVELS
from portal.policy.aftercare import Consequence, Effect, Method, Outcome, Rhythm, Scheme
from portal.policy.form import Field, FieldKind, Section
from portal.policy.indicator import Indicator, Span, Target
from portal.policy.ledger import Due, Every, Ledger, Once, ReportForm, Tally
from portal.policy.measures import Number, Share, Total
from portal.policy.procedure import Ground
from portal.policy.record import Across, RecordItem, Rows

_YEARLY, _FIGURES, _EXIT = "五（一）3", "五（一）2", "五（二）"
_FORM = "通知未附格式，本表为平台拟定的默认表样。"

RECORD = (
    RecordItem("area", "建筑面积", "平方米", Number("base.area"), "场地"),
    RecordItem("stations", "工位", "个", Across("project", "outline.stations"), "场地"),
    RecordItem("equipment", "实训设备", "台（套）", Total("equipment.items", "quantity"), "设备"),
    RecordItem("value", "实训设备原值", "万元", Total("equipment.items", "value"), "设备"),
    RecordItem("teachers", "教师", "人", Across("project", "outline.teachers"), "人员"),
    RecordItem("qualified", "其中相应专业中级以上职称或技师以上", "人", Across("project", "outline.qualified"), "人员"),
    RecordItem("managers", "管理人员", "人", Rows("management.managers"), "人员"),
)
LEDGERS = (
    Ledger(
        "training",
        "培训和取证台账",
        (
            Field("on", "结业日期", FieldKind.DATE, width=10),
            Field("name", "姓名", limit=30, personal=True, width=8),
            Field("id_number", "身份证号码", FieldKind.ID_NUMBER, personal=True, width=16),
            Field("occupation", "职业（工种）", limit=60, width=14),
            Field("level", "等级", FieldKind.CHOICE, options=LEVELS, width=10),
            Field("certified", "是否取证", FieldKind.YES_NO, width=6),
            Field("certificate", "证书编号", limit=40, required=False, width=16),
        ),
        dated="on",
        clause=_FIGURES,
        noun="人",
        person="id_number",
        named="name",
        certificate="certificate",
        hint=_FORM,
    ),
    Ledger(
        "agreements",
        "免费技能晋升培训协议台账",
        (
            Field("on", "签订日期", FieldKind.DATE, width=10),
            Field("number", "协议编号", limit=40, width=14),
            Field("valid_from", "有效期起", FieldKind.DATE, width=10),
            Field("valid_until", "有效期止", FieldKind.DATE, width=10),
            Field("occupations", "培训职业（工种）和等级", limit=200, width=24),
            Field("persons", "年培训人数", FieldKind.INTEGER, minimum=1, unit="人", width=8),
            Field("basis", "补贴依据", limit=200, width=20),
        ),
        dated="on",
        clause="五（一）1",
        noun="份",
        certificate="number",
        hint="可直接与市人社局签订；违约和整改在“处置”中登记。",
    ),
)
_HIGH = ("level", HIGH_SKILL)
TALLIES = (
    Tally("high", "高技能人才培训人数", "人", "training", where=(_HIGH,), once=Once.PERSON, within_year=True),
    Tally("trained", "全部培训人数", "人", "training", once=Once.PERSON, within_year=True),
    Tally(
        "certified",
        "取得高级工以上证书人数",
        "人",
        "training",
        where=(_HIGH, ("certified", ("yes",))),
        once=Once.PERSON,
        within_year=True,
    ),
)
INDICATORS = (
    Indicator("high", "年培训高技能人才", "人", "high"),
    Indicator(
        "certified",
        "取证人数占比",
        "%",
        "certified",
        "high",
        over_if=("kpi.denominator", "all", "trained"),
        default="KS-A-04",
    ),
)
TARGETS = (
    Target("KS-K01", "年培训高技能人才", "high", 150, Span.CALENDAR_YEAR, _FIGURES, "KS-K01", Number("plan.trainees")),
    Target(
        "KS-K02",
        "取证人数占比",
        "certified",
        70,
        Span.CALENDAR_YEAR,
        _FIGURES,
        "KS-K02",
        Share(Number("plan.certified"), Number("plan.trainees")),
        default="KS-A-04",
    ),
)

REPORTS = (
    ReportForm(
        "plan",
        "高技能人才实训计划",
        Every.YEAR,
        Due(31, months=0, from_start=True, setting="annual.day"),
        _YEARLY,
        (
            Section(
                "plan", "高技能人才实训计划", (Field("plan", "实训计划", FieldKind.LONG_TEXT, limit=2000),), hint=_FORM
            ),
        ),
    ),
    ReportForm(
        "data",
        "实训数据",
        Every.YEAR,
        Due(31, setting="annual.day"),
        _YEARLY,
        (
            Section(
                "data",
                "实训数据",
                (Field("explanation", "数据说明", FieldKind.LONG_TEXT, limit=1000, required=False),),
                hint="培训和取证人数由台账汇总，只核对说明。",
            ),
        ),
        ("high", "trained", "certified"),
        default="KS-A-02",
    ),
    ReportForm(
        "summary",
        "年度总结",
        Every.YEAR,
        Due(31, setting="annual.day"),
        _YEARLY,
        (Section("summary", "年度总结", (Field("summary", "年度总结", FieldKind.LONG_TEXT, limit=3000),), hint=_FORM),),
    ),
)

_OUTCOMES = (
    Outcome("passed", "合格", proposed_when="met"),
    Outcome("rectify", "整改", "rectify", needs_reason=True),
    Outcome("failed", "不合格", "failed", needs_reason=True),
)
SCHEMES = (
    Scheme(
        "annual",
        "年度绩效考核",
        Rhythm.CALENDAR_YEARS,
        Method.CHECKED,
        _EXIT,
        text="两项年度指标完成、三份年度材料报齐的，为合格；有缺项的待定，由市人社局说明理由后决定。",
        targets=("KS-K01", "KS-K02"),
        reports=("plan", "data", "summary"),
        outcomes=_OUTCOMES,
        paper_title="年度绩效考核结果通知",
        default="KS-A-02",
    ),
    Scheme(
        "agreement",
        "履约评估",
        Rhythm.ON_DEMAND,
        Method.CHECKED,
        _EXIT,
        text="对照免费技能晋升培训协议评估履约情况。",
        outcomes=tuple(Outcome(each.key, each.title, each.leads_to, needs_reason=True) for each in _OUTCOMES),
        paper_title="履约评估结果通知",
        default="KS-A-03",
    ),
)


def _revoke(ground: Ground) -> Consequence:
    return Consequence(
        ground.code,
        "撤销",
        Effect.REVOKE,
        "",
        ground.clause,
        "由市人社局发出书面处理通知，并向社会公告。",
        hearing_setting="revocation.hearing_days",
        rectify_first="rectify" if ground.rectify else "",
        paper_title="关于撤销昆山市高技能人才公共实训基地的处理通知",
        default="KS-A-03",
        grounds=(ground,),
    )


CONSEQUENCES = (
    Consequence(
        "rectify",
        "整改",
        Effect.IMPROVE,
        "违反协议的约定，或者年度绩效考核、履约评估决定整改",
        f"{_EXIT}2",
        "限期整改，整改到位的继续履行协议。",
        months_setting="rectification.months",
        announced=False,
        removes_plaque=False,
        paper_title="整改通知书",
        default="KS-A-03",
    ),
    *(_revoke(ground) for ground in GROUNDS),
)
