"""The recognition standard, 附件1: part 一 for schools (HZ-S) and part 二 for enterprises (HZ-E).

Thresholds stand here as the source has them; 以上 and 达到 include the number (G-01), ratios are exact (G-02).
"""

from portal.jurisdictions.hangzhou.standard import INDUSTRIES
from portal.jurisdictions.hangzhou.tracks import BY_ENTERPRISE_STANDARD, BY_SCHOOL_STANDARD
from portal.policy.condition import Condition, Kind, Severity, Test, Waiver
from portal.policy.measures import Count, Number, Share
from portal.policy.tests import AllOf, Attached, Compare, Each, FullYears, Is, NotBelow, SettingIs

SCHOOL = ("school", "other")
ENTERPRISE = ("enterprise", "other")
AUTO, DOCUMENT, JUDGEMENT = Kind.AUTO, Kind.DOCUMENT, Kind.JUDGEMENT

_MATCHING = AllOf(
    (
        Is("pledge.matching_funds", ("yes",), "承诺落实配套经费"),
        Compare(Number("pledge.matching_amount"), ">", 0, "万元", "写明配套金额"),
        Attached("matching_proof", said="配套经费证明"),
    )
)
_FUNDS = AllOf(
    (
        FullYears("standard.funds", "year", 3),
        Each(
            "standard.funds",
            AllOf(
                (
                    NotBelow(Number("accrued"), Number("due"), "万元", "已提取不低于应提取"),
                    Compare(Number("used"), ">", 0, "万元用于职工培训", "每年有培训支出"),
                )
            ),
            "个年度",
            "year",
            minimum=3,
        ),
    )
)


def _scarce(reason: str, when: Test | None = None) -> Waiver:
    return Waiver("standard.scarce_major", reason, "招生困难的特殊紧缺专业，标准可适当放宽。", when)


SCHOOLS = (
    Condition(
        "HZ-S01",
        "相关专业年招生",
        "原则上相关专业年招生在200人以上",
        "附件1 一（一）",
        Severity.SOFT,
        (AUTO,),
        Compare(Number("standard.enrol"), ">=", 200, "人"),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
        waiver=_scarce("standard.enrol_note"),
        explain="standard.enrol_note",
    ),
    Condition(
        "HZ-S02",
        "年培训规模",
        "积极开展各类社会人员的技能培训，年培训规模达到500人以上",
        "附件1 一（一）",
        Severity.HARD,
        (AUTO,),
        Compare(Number("standard.social_trainees"), ">=", 500, "人"),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
        waiver=_scarce("standard.relax_note", SettingIs("relax.scope", ("all",))),
        default="HZ-A-07",
    ),
    Condition(
        "HZ-S03",
        "一次性就业率",
        "相关专业毕业生一次性就业率达95%以上",
        "附件1 一（一）",
        Severity.HARD,
        (AUTO,),
        Compare(Number("standard.employment_rate"), ">=", 95, "%"),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
        waiver=_scarce("standard.relax_note", SettingIs("relax.scope", ("all",))),
        default="HZ-A-07",
    ),
    Condition(
        "HZ-S04",
        "合作企业",
        "学校已与10家以上相关企业形成长期稳定、紧密和实质性的合作关系",
        "附件1 一（二）",
        Severity.HARD,
        (AUTO, JUDGEMENT),
        Compare(Count("standard.partners", "kind", ("enterprise",), (("active", ("yes",)),)), ">=", 10, "家"),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
        note="家数由系统核对，合作是否长期、实质由审核人员和专家认定。",
    ),
    Condition(
        "HZ-S05",
        "一体化教师",
        "一体化教师达到专业课教师总数的50%以上",
        "附件1 一（三）",
        Severity.HARD,
        (AUTO,),
        Compare(Share(Number("standard.integrated_teachers"), Number("standard.major_teachers")), ">=", 50, "%"),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
    ),
    Condition(
        "HZ-S06",
        "高级实习指导教师等",
        "高级实习指导教师、技师和高级技师占实习教师总数的40%以上",
        "附件1 一（三）",
        Severity.HARD,
        (AUTO,),
        Compare(Share(Number("standard.senior_practice"), Number("standard.practice_teachers")), ">=", 40, "%"),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
        note="一人兼有几种资格的只计一次。",
    ),
    Condition(
        "HZ-S07",
        "实训场地充足",
        "有充足的实训场地，实验实训设施能满足技能训练需要",
        "附件1 一（三）",
        Severity.JUDGED,
        (JUDGEMENT,),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
    ),
    Condition(
        "HZ-S08",
        "配套经费",
        "支持基地建设，并能按规定落实配套经费，确保基地规划项目如期实施",
        "附件1 一（四）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        _MATCHING,
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
    ),
    Condition(
        "HZ-S09",
        "培养规模与教学质量",
        "学校已形成一定的人才培养规模，教学（培训）改革成效明显，教育教学（培训）质量良好；"
        "学校已为企业培养培训了大批高素质技术工人，在企业发挥骨干作用，受到用人单位的好评",
        "附件1 一（一）（二）",
        Severity.JUDGED,
        (JUDGEMENT,),
        when=BY_SCHOOL_STANDARD,
        applies_to=SCHOOL,
    ),
)

ENTERPRISES = (
    Condition(
        "HZ-E01",
        "所属产业",
        "属于高端装备制造业、战略性新兴产业、高新技术产业、传统优势产业、现代服务业以及当地支柱产业",
        "附件1 二（一）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        AllOf(
            (
                Is(
                    "standard.industry",
                    tuple(option.value for option in INDUSTRIES),
                    "属于六类产业之一",
                    tuple((option.value, option.label) for option in INDUSTRIES),
                ),
                Attached("industry_proof", said="产业归属证明"),
            )
        ),
        when=BY_ENTERPRISE_STANDARD,
        applies_to=ENTERPRISE,
    ),
    Condition(
        "HZ-E02",
        "职工培训经费",
        "重视支持技能人才的培养，职工培训经费连续3年足额提取并用于职工培训",
        "附件1 二（二）",
        Severity.HARD,
        (AUTO,),
        _FUNDS,
        when=BY_ENTERPRISE_STANDARD,
        applies_to=ENTERPRISE,
        note="按申报前 3 个完整年度核对，每年已提取不低于应提取且有实际使用。",
        default="HZ-A-09",
    ),
    Condition(
        "HZ-E03",
        "配套经费",
        "支持基地建设，并能按规定落实配套经费，确保基地规划项目如期实施",
        "附件1 二（三）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        _MATCHING,
        when=BY_ENTERPRISE_STANDARD,
        applies_to=ENTERPRISE,
    ),
)
