"""What follows recognition in Shunyi: monthly progress, output targets by year, the improvement year, termination (三, 工作要求)."""

from portal.jurisdictions.shunyi.procedure import GROUNDS
from portal.jurisdictions.shunyi.targets import CAPACITY, FIRST_YEAR, TWO_YEARS, planned
from portal.jurisdictions.shunyi.tracks import CY, DS, TRAINING, TS
from portal.policy.aftercare import Consequence, Effect, Method, Outcome, Rhythm, Scheme
from portal.policy.form import Field, FieldKind, Option, Section
from portal.policy.indicator import Indicator, Span, Target
from portal.policy.ledger import Due, Every, Ledger, Once, ReportForm, Tally
from portal.policy.measures import Total
from portal.policy.procedure import Ground
from portal.policy.record import RecordItem, Rows

_REPORT, _MONEY, _EXIT = "工作要求（二）", "工作要求（四）", "工作要求（三）"
_CLAUSES = {TS: "三（一）", CY: "三（二）", DS: "三（三）"}

KINDS = (
    Option("qualification", "国家职业资格证书"),
    Option("level", "职业技能等级证书"),
    Option("special", "专项职业能力证书"),
    Option("training", "培训合格证书"),
)
LEVELS = (
    Option("none", "不分等级"),
    Option("5", "五级/初级工"),
    Option("4", "四级/中级工"),
    Option("3", "三级/高级工"),
    Option("2", "二级/技师"),
    Option("1", "一级/高级技师"),
    Option("0", "特级技师、首席技师"),
)
HIGH_SKILL = ("3", "2", "1", "0")

RECORD = (
    RecordItem("area", "实训（训练）场地面积", "平方米", Total("premises.sites", "area"), "场地"),
    RecordItem("sites", "实训（训练）场地", "处", Rows("premises.sites"), "场地"),
    RecordItem("equipment", "主要设备设施、工具", "台（套）", Total("premises.equipment", "quantity"), "设备"),
    RecordItem("value", "主要设备设施原值", "万元", Total("premises.equipment", "value"), "设备"),
    RecordItem("members", "项目组成员", "人", Rows("work.team.members"), "人员"),
    RecordItem("team", "集训技术支持团队", "人", Rows("contest.team"), "人员", (DS,)),
)
LEDGERS = (
    Ledger(
        "classes",
        "开班台账",
        (
            Field("on", "结业日期", FieldKind.DATE, width=10),
            Field("name", "班次名称", limit=80, width=20),
            Field("occupation", "职业（工种）", limit=60, width=14),
            Field("trained", "培训人次", FieldKind.INTEGER, minimum=1, maximum=9_999, unit="人次", width=8),
            Field("surveyed", "受访人数", FieldKind.INTEGER, minimum=0, at_most="trained", unit="人", width=8),
            Field("satisfied", "满意人数", FieldKind.INTEGER, minimum=0, at_most="surveyed", unit="人", width=8),
        ),
        dated="on",
        clause=_REPORT,
        noun="班",
        tracks=TRAINING,
        default="SY-A-14",
    ),
    Ledger(
        "certificates",
        "取证台账",
        (
            Field("on", "发证日期", FieldKind.DATE, width=10),
            Field("name", "姓名", limit=30, personal=True, width=8),
            Field("id_number", "身份证号码", FieldKind.ID_NUMBER, personal=True, width=16),
            Field("occupation", "职业（工种）", limit=60, width=14),
            Field("kind", "证书类别", FieldKind.CHOICE, options=KINDS, width=12),
            Field("level", "等级", FieldKind.CHOICE, options=LEVELS, width=10),
            Field("certificate", "证书编号", limit=40, width=16),
        ),
        dated="on",
        clause="三（一）（二）",
        noun="本",
        person="id_number",
        named="name",
        certificate="certificate",
        tracks=TRAINING,
        default="SY-A-08",
    ),
    Ledger(
        "contests",
        "承办竞赛台账",
        (
            Field("on", "举办日期", FieldKind.DATE, width=10),
            Field("name", "竞赛名称", limit=80, width=24),
            Field(
                "level",
                "级别",
                FieldKind.CHOICE,
                options=(
                    Option("unit", "单位自办"),
                    Option("district", "区级"),
                    Option("city", "市级"),
                    Option("nation", "国家级及以上"),
                ),
                width=10,
            ),
            Field("entrants", "参赛选手人数", FieldKind.INTEGER, minimum=1, unit="人", width=10),
            Field("document", "依据文件", limit=80, required=False, width=16),
        ),
        dated="on",
        clause="三（三）",
        noun="场",
        tracks=(DS,),
        default="SY-A-10",
    ),
    Ledger(
        "spending",
        "项目资金专账",
        (
            Field("on", "支出日期", FieldKind.DATE, width=10),
            Field(
                "item",
                "支出项目",
                FieldKind.CHOICE,
                options=(
                    Option("curriculum", "课程和教材开发"),
                    Option("teachers", "师资能力提升"),
                    Option("equipment", "设备设施购置和改造"),
                    Option("training", "培训实施"),
                    Option("evaluation", "技能评价"),
                    Option("contest", "集训和竞赛组织"),
                    Option("management", "管理和其他"),
                ),
                width=14,
            ),
            Field("purpose", "用途", limit=200, width=24),
            Field("payee", "收款单位", limit=80, width=18),
            Field("voucher", "凭证号", limit=40, width=12),
            Field("amount", "金额", FieldKind.DECIMAL, minimum=0, unit="元", width=12),
        ),
        dated="on",
        clause=_MONEY,
        noun="笔",
        certificate="voucher",
        spending="amount",
    ),
)

TALLIES = (
    Tally("trained", "培训人次", "人次", "classes", "trained"),
    Tally("surveyed", "受访人数", "人", "classes", "surveyed"),
    Tally("satisfied", "满意人数", "人", "classes", "satisfied"),
    Tally("certified", "取证人数", "人次", "certificates", once=Once.CERTIFICATE, once_setting="certificate.count"),
    Tally(
        "certified_high",
        "高级工及以上取证人数",
        "人次",
        "certificates",
        where=(("level", HIGH_SKILL), ("kind", ("qualification", "level"))),
        once=Once.CERTIFICATE,
        once_setting="certificate.count",
    ),
    Tally("contests", "承办区级及以上竞赛", "场", "contests", where=(("level", ("district", "city", "nation")),)),
    Tally("entrants", "参赛选手", "人", "contests", "entrants", (("level", ("district", "city", "nation")),)),
    Tally("spent", "专账支出", "元", "spending", "amount"),
)
INDICATORS = (
    Indicator("certified", "取证人数", "人次", "certified", default="SY-A-08"),
    Indicator("certified_high", "高级工及以上取证人数", "人次", "certified_high"),
    Indicator("trained", "培训人次", "人次", "trained"),
    Indicator(
        "satisfaction",
        "学员培训满意率",
        "%",
        "satisfied",
        "surveyed",
        ("trained", "survey.minimum_share"),
        default="SY-A-14",
    ),
    Indicator("pass_rate", "参加培训学员取证率", "%", "certified", "trained", default="SY-A-14"),
    Indicator("contests", "承办区级及以上竞赛", "场", "contests"),
    Indicator("entrants", "参赛选手人数", "人", "entrants"),
)


def _of_training(first: int, track: str) -> tuple[Target, ...]:
    """The five targets of a training base; their words are the conditions SY-K01… of the same codes."""
    codes = [f"SY-K{number:02}" for number in range(first, first + 5)]
    clause, only = _CLAUSES[track], (track,)
    return (
        Target(
            codes[0], "建设当年取证人数", "certified", FIRST_YEAR[track], Span.FIRST_YEAR, clause, codes[0],
            planned("certificates", "first"), only, default="SY-A-02",
        ),
        Target(
            codes[1], "两年内取证总人数", "certified", TWO_YEARS[track], Span.TERM, clause, codes[1],
            planned("certificates", "first", "second"), only, tolerated=TWO_YEARS[track] * 9 // 10,
            tolerance=("final.tolerance", "ninety"), default="SY-A-07",
        ),
        Target(
            codes[2], "学员培训满意率", "satisfaction", 95, Span.TERM, clause, codes[2],
            planned("satisfaction", "first"), only, default="SY-A-14",
        ),
        Target(
            codes[3], "参加培训学员取证率", "pass_rate", 90, Span.TERM, clause, codes[3],
            planned("pass_rate", "first"), only, default="SY-A-14",
        ),
        # The capacity is what experts find; the second year's person-times stand beside it as its evidence.
        Target(
            codes[4], "建设期满后培养能力", "trained", CAPACITY[track], Span.SECOND_YEAR, clause, codes[4],
            planned("capacity"), only, judged=True,
        ),
    )  # fmt: skip


TARGETS = (
    *_of_training(1, TS),
    *_of_training(6, CY),
    Target(
        "SY-K11", "承办竞赛", "contests", 1, Span.TERM, "三（三）", "SY-K11",
        planned("contests", table="contest_indicators"), (DS,), default="SY-A-10",
    ),
    Target(
        "SY-K12", "参赛选手人数", "entrants", 300, Span.TERM, "三（三）", "SY-K12",
        planned("entrants", table="contest_indicators"), (DS,), default="SY-A-10",
    ),
)  # fmt: skip

REPORTS = (
    ReportForm(
        "monthly",
        "工作进展月报",
        Every.MONTH,
        Due(5, working=True, setting="report.day"),
        _REPORT,
        (
            Section(
                "progress",
                "工作进展",
                (
                    Field("progress", "本月工作进展", FieldKind.LONG_TEXT, limit=1000),
                    Field("problems", "存在问题", FieldKind.LONG_TEXT, limit=500, required=False),
                    Field("next", "下月计划", FieldKind.LONG_TEXT, limit=500),
                ),
                hint="方案未附表样，本表为平台拟定的默认表样。",
            ),
        ),
        ("trained", "certified", "certified_high", "surveyed", "satisfied", "contests", "entrants", "spent"),
        text="从项目认定起，每月按工作要求向区人力社保局报送工作进展。",
        breakdowns=(("certified", "kind"), ("certified", "level"), ("spent", "item")),
    ),
)

_YEAR1 = ("SY-K01", "SY-K06")
_ALL = tuple(target.code for target in TARGETS)
SCHEMES = (
    Scheme(
        "year1",
        "建设当年产出指标核验",
        Rhythm.FIRST_YEAR,
        Method.CHECKED,
        _EXIT,
        text="核验建设当年的取证人数；未达到的给予一年改进期。",
        targets=_YEAR1,
        outcomes=(
            Outcome("met", "达到", proposed_when="met"),
            Outcome("missed", "未达到", "improve", "terminate", proposed_when="missed"),
        ),
        tracks=TRAINING,
        paper_title="建设当年产出指标核验结果通知",
        default="SY-A-02",
    ),
    Scheme(
        "term",
        "两年产出指标核验",
        Rhythm.TERM,
        Method.CHECKED,
        _EXIT,
        text="建设期满核验全部产出指标；完成建设当年标准但未完成两年内产出指标的，给予一年改进期。",
        targets=_ALL,
        outcomes=(
            Outcome("met", "达到", proposed_when="met"),
            Outcome("accepted", "基本达到（书面认可）", needs_reason=True, tolerates=True),
            Outcome("missed", "未达到", "improve", "terminate", proposed_when="missed"),
        ),
        paper_title="两年产出指标核验结果通知",
        default="SY-A-03",
    ),
    Scheme(
        "improved",
        "改进期满核验",
        Rhythm.IMPROVEMENT,
        Method.CHECKED,
        _EXIT,
        text="改进期满仍未达到产出指标的，终止项目建设。",
        targets=_ALL,
        outcomes=(
            Outcome("met", "达到", proposed_when="met"),
            Outcome("accepted", "基本达到（书面认可）", needs_reason=True, tolerates=True),
            Outcome("missed", "仍未达到", "terminate", proposed_when="missed"),
        ),
        paper_title="改进期满核验结果通知",
        default="SY-A-03",
    ),
)


def _of(*codes: str) -> tuple[Ground, ...]:
    return tuple(ground for ground in GROUNDS if ground.code in codes)


CONSEQUENCES = (
    Consequence(
        "improve",
        "改进",
        Effect.IMPROVE,
        "建设当年未达到产出指标，或者完成建设当年标准但未完成两年内产出指标",
        _EXIT,
        "给予一年改进期，由人力社保部门予以指导。",
        to_term=True,
        once=True,
        announced=False,
        removes_plaque=False,
        paper_title="改进通知书",
        default="SY-A-03",
    ),
    Consequence(
        "terminate",
        "终止项目建设",
        Effect.TERMINATE,
        "",
        _EXIT,
        "终止项目建设，取消基地称号，追回剩余补助资金，并不再发放末次补助资金。",
        hearing_setting="revocation.hearing_days",
        rectify_first="improve",
        recovery="missed",
        paper_title="关于终止技能人才培训基地项目建设的决定",
        default="SY-A-10",
        grounds=_of("missed"),
    ),
    Consequence(
        "misconduct",
        "撤销资格",
        Effect.REVOKE,
        "",
        _EXIT,
        "撤销其相应资格并追回所有补助资金。",
        hearing_setting="revocation.hearing_days",
        recovery="misconduct",
        paper_title="关于撤销技能人才培训基地资格的决定",
        grounds=_of("misuse", "fraud"),
    ),
)
