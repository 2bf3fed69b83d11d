"""What follows publication of a national skills-foundation base: yearly figures towards 2027, and the ministry's inspections.

The source has no assessment scheme, no exit and no deadline for figures: what is asked here is a marked default.
"""

from portal.policy.aftercare import Method, Outcome, Rhythm, Scheme
from portal.policy.form import Field, FieldKind, Section
from portal.policy.indicator import Indicator
from portal.policy.ledger import Due, Every, ReportForm, Tally
from portal.policy.material import Material
from portal.policy.measures import Number
from portal.policy.record import RecordItem

_NATION = "人社厅函〔2022〕162号"
_CLAUSE = f"{_NATION} 二（三）；附件2 8"

RECORD = (
    RecordItem("area", "教学与实训场所建筑面积", "平方米", Number("site.area"), "场地"),
    RecordItem("equipment", "教学实训设备", "台（套）", Number("site.equipment_count"), "设备"),
    RecordItem("value", "教学实训设备总值", "万元", Number("site.equipment_value"), "设备"),
    RecordItem("robots", "其中智能机器人仪器设备总值", "万元", Number("site.robot_value"), "设备"),
    RecordItem("full_time", "专任教师", "人", Number("staff.full_time"), "人员"),
    RecordItem("integrated", "其中一体化（双师型）教师", "人", Number("staff.integrated"), "人员"),
    RecordItem("instructors", "实习指导教师", "人", Number("staff.instructors"), "人员"),
)
REPORTS = (
    ReportForm(
        "yearly",
        "年度数据",
        Every.YEAR,
        Due(31, setting="annual.day"),
        _CLAUSE,
        (
            Section(
                "figures",
                "年度数据",
                (
                    Field("trained", "年培训人次", FieldKind.INTEGER, minimum=0, unit="人次"),
                    Field("advanced", "其中高级工及以上", FieldKind.INTEGER, minimum=0, at_most="trained", unit="人次"),
                    Field("certified", "取得证书人次", FieldKind.INTEGER, minimum=0, unit="人次"),
                    Field("projects", "开展的急需紧缺高技能人才培训研修", FieldKind.LONG_TEXT, limit=2000),
                    Field("experience", "制造业技能人才培养成效和经验", FieldKind.LONG_TEXT, limit=3000),
                ),
                hint="通知未附格式，本表为平台拟定的默认表样。",
            ),
        ),
        materials=(
            Material("proofs", "年度数据佐证材料", "培训名册、证书查询结果等。", _CLAUSE, minimum=0, maximum=20),
        ),
        default="GJ-D-01",
    ),
)
TALLIES = (
    Tally("trained", "年培训人次", "人次", column="trained", report="yearly"),
    Tally("advanced", "高级工及以上培训人次", "人次", column="advanced", report="yearly"),
    Tally("certified", "取得证书人次", "人次", column="certified", report="yearly"),
)
INDICATORS = (
    Indicator("trained", "年培训人次", "人次", "trained"),
    Indicator("advanced", "高级工及以上占比", "%", "advanced", "trained"),
    Indicator("certified", "取得证书人次", "人次", "certified"),
)
SCHEMES = (
    Scheme(
        "inspection",
        "基地建设和运行情况检查",
        Rhythm.ON_DEMAND,
        Method.CHECKED,
        f"{_NATION} 二（三）",
        text="对基地建设和运行情况进行检查，总结推广经验。通知没有规定等次和退出，检查结果只作记录。",
        reports=("yearly",),
        outcomes=(
            Outcome("sound", "建设运行正常", proposed_when="met"),
            Outcome("improve", "提出改进意见", needs_reason=True),
        ),
        paper_title="基地建设和运行情况检查结果通知",
        default="GJ-D-02",
    ),
)
