"""What follows approval in Chongqing: two years of building with outputs after 12 and 24 months (CQ-K01, CQ-K02), and CQ-D-04.

How bases are assessed and lose their title stands in two regulations that are not available: all of it is a marked default.
"""

from portal.jurisdictions.chongqing.tracks import NATIONAL
from portal.policy.aftercare import Consequence, Effect, Method, Outcome, Rhythm, Scheme
from portal.policy.form import Field, FieldKind, Section
from portal.policy.funding import Reclaim, Recovery
from portal.policy.indicator import Indicator, Span, Target
from portal.policy.ledger import Due, Every, Ledger, ReportForm, Tally
from portal.policy.material import Material
from portal.policy.measures import Number, Total
from portal.policy.record import RecordItem
from portal.policy.term import BuildPeriod

_BUILD, _FORM = "四（一）1（5）；六", "考核办法未随文提供，本表为平台拟定的默认表样。"
_DEFAULT = "CQ-D-04"

BUILD_PERIOD = BuildPeriod(24, 6, "", "", "从批建文件印发之日起开始实施建设，筹建周期两年。", "六", _DEFAULT)

RECORD = (
    RecordItem("area", "培训场地面积", "平方米", Number("site.area"), "场地"),
    RecordItem("seats", "工位", "个", Total("professions.items", "seats"), "场地"),
    RecordItem("sets", "实训设备", "台（套）", Total("professions.items", "sets"), "设备"),
    RecordItem("value", "实训设备总值", "万元", Total("professions.items", "value"), "设备"),
    RecordItem("teachers", "专兼职教师", "人", Number("teachers.total"), "人员"),
    RecordItem("full_time", "其中专职教师", "人", Number("teachers.full_time"), "人员"),
    RecordItem("integrated", "其中一体化教师", "人", Number("teachers.integrated"), "人员"),
)
LEDGERS = (
    Ledger(
        "training",
        "培训台账",
        (
            Field("on", "结业日期", FieldKind.DATE, width=10),
            Field("name", "班次名称", limit=80, width=20),
            Field("occupation", "职业（工种）", limit=60, width=14),
            Field("person_times", "培训人次", FieldKind.INTEGER, minimum=1, maximum=99_999, unit="人次", width=8),
            Field("high", "其中高技能人才", FieldKind.INTEGER, minimum=0, at_most="person_times", unit="人次", width=8),
            Field("persons", "培训人数", FieldKind.INTEGER, minimum=1, at_most="person_times", unit="人", width=8),
        ),
        dated="on",
        clause=_BUILD,
        noun="班",
        hint=_FORM,
        default="CQ-A-14",
    ),
    Ledger(
        "spending",
        "建设资金台账",
        (
            Field("on", "支出日期", FieldKind.DATE, width=10),
            Field("purpose", "用途", limit=200, width=24),
            Field("payee", "收款单位", limit=80, width=18),
            Field("voucher", "凭证号", limit=40, width=12),
            Field("amount", "金额", FieldKind.DECIMAL, minimum=0, unit="元", width=12),
        ),
        dated="on",
        clause="六",
        noun="笔",
        certificate="voucher",
        spending="amount",
        default=_DEFAULT,
    ),
)
TALLIES = (
    Tally("trained", "培训人次", "人次", "training", "person_times"),
    Tally("high", "高技能人才培训人次", "人次", "training", "high"),
    Tally("persons", "培训人数", "人", "training", "persons"),
    Tally("spent", "建设资金支出", "元", "spending", "amount"),
)
INDICATORS = (
    Indicator("trained", "年开展培训规模", "人次", "trained"),
    Indicator("high", "其中高技能人才", "人次", "high"),
    Indicator("persons", "培训人数", "人", "persons"),
)
TARGETS = (
    Target(
        "CQ-K01", "一年后形成培养培训体系", "", 0, Span.FIRST_YEAR, _BUILD, "CQ-K01", tracks=NATIONAL, judged=True
    ),
    Target(
        "CQ-K02-1", "两年后年培训规模", "trained", 3000, Span.SECOND_YEAR, _BUILD, "CQ-K02",
        Number("targets.year2_times"), NATIONAL, default="CQ-A-14",
    ),
    Target(
        "CQ-K02-2", "其中高技能人才", "high", 1000, Span.SECOND_YEAR, _BUILD, "CQ-K02",
        Number("targets.year2_high"), NATIONAL, default="CQ-A-14",
    ),
)  # fmt: skip


def _outputs(key: str, title: str, months: int, label: str) -> ReportForm:
    """A report on the outputs, due a month after so many months of building."""
    return ReportForm(
        key,
        title,
        Every.ONCE,
        Due(31),
        _BUILD,
        (
            Section(
                key,
                title,
                (
                    Field("outputs", "建设内容完成情况", FieldKind.LONG_TEXT, limit=3000),
                    Field("funds", "资金到位和使用情况", FieldKind.LONG_TEXT, limit=1500),
                    Field("problems", "存在问题和改进措施", FieldKind.LONG_TEXT, limit=1500),
                ),
                hint=_FORM,
            ),
        ),
        ("trained", "high", "persons", "spent"),
        (Material(f"{key}_report", f"{label}自评报告（盖章）", f"加盖公章的{label}自评报告。", "六", maximum=3),),
        after_months=months,
        default=_DEFAULT,
    )


REPORTS = (
    _outputs("outputs12", "一年产出报告", 12, "中期"),
    _outputs("outputs24", "两年产出报告", 24, "验收"),
)

SCHEMES = (
    Scheme(
        "midterm",
        "中期评估",
        Rhythm.AFTER_MONTHS,
        Method.CHECKED,
        "六",
        every=12,
        text="核对一年产出和实施方案第一年验收要点。",
        targets=("CQ-K01",),
        reports=("outputs12",),
        outcomes=(
            Outcome("passed", "通过", proposed_when="met"),
            Outcome("rectify", "整改", "rectify", needs_reason=True),
        ),
        paper_title="中期评估结果通知",
        default=_DEFAULT,
    ),
    Scheme(
        "acceptance",
        "验收评估",
        Rhythm.AFTER_MONTHS,
        Method.CHECKED,
        "六",
        every=24,
        text="核对两年产出和实施方案全部验收要点。",
        targets=("CQ-K01", "CQ-K02-1", "CQ-K02-2"),
        reports=("outputs24",),
        outcomes=(
            Outcome("excellent", "优秀", needs_reason=True),
            Outcome("passed", "合格", proposed_when="met"),
            Outcome("failed", "不合格", "rectify", "cancel", proposed_when="missed"),
        ),
        paper_title="验收评估结果通知",
        default=_DEFAULT,
    ),
    Scheme(
        "recheck",
        "整改复评",
        Rhythm.IMPROVEMENT,
        Method.CHECKED,
        "六",
        text="整改期满复评，仍不合格的取消。",
        targets=("CQ-K01", "CQ-K02-1", "CQ-K02-2"),
        outcomes=(
            Outcome("passed", "合格", proposed_when="met"),
            Outcome("failed", "仍不合格", "cancel", proposed_when="missed"),
        ),
        paper_title="整改复评结果通知",
        default=_DEFAULT,
    ),
)

CONSEQUENCES = (
    Consequence(
        "rectify",
        "限期整改",
        Effect.IMPROVE,
        "中期评估须整改，或者验收评估不合格",
        "六",
        "限期整改，期满复评。",
        months_setting="rectification.months",
        announced=False,
        removes_plaque=False,
        paper_title="限期整改通知书",
        default=_DEFAULT,
    ),
    Consequence(
        "cancel",
        "取消",
        Effect.REVOKE,
        "整改后仍不合格",
        "六",
        "取消高技能人才培训基地，收回资金。",
        hearing_setting="revocation.hearing_days",
        rectify_first="rectify",
        recovery="cancelled",
        paper_title="关于取消高技能人才培训基地的决定",
        default=_DEFAULT,
    ),
)
RECOVERIES = (
    Recovery("cancelled", "整改后仍不合格", "取消并收回资金；收回尚未支出的部分。", "六", Reclaim.UNSPENT, _DEFAULT),
)
