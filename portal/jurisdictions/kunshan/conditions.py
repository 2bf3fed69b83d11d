"""The conditions of 三（二） (KS-C, KS-P) and the yearly targets of 五（一）2 (KS-K).

The notice says 「一般应具有以下条件」; what blocks is what it words without 原则. 以上 and 不低于 include the number (G-01), ratios are exact (G-02).
"""

from portal.jurisdictions.kunshan.project import MIDDLE_AND_ABOVE, TECHNICIAN_AND_ABOVE
from portal.policy.condition import Condition, Kind, Severity
from portal.policy.lookups import Equal
from portal.policy.measures import Count, CountAny, Number, Share
from portal.policy.tests import AllOf, AnyOf, Attached, Compare, Each, Is, SettingIs

AUTO, DOCUMENT, JUDGEMENT = Kind.AUTO, Kind.DOCUMENT, Kind.JUDGEMENT
QUALIFIED = (("title", MIDDLE_AND_ABOVE), ("skill", TECHNICIAN_AND_ABOVE))
"""中级以上职称或技师以上职业资格: who has both counts once."""

TEACHERS = Each(
    "project",
    AllOf(
        (
            Compare(Share(Number("outline.qualified"), Number("outline.teachers")), ">=", 50, "%"),
            Equal(Number("outline.teachers"), Count("teachers.items"), "教师数与教师名册一致"),
            Equal(
                Number("outline.qualified"),
                CountAny("teachers.items", QUALIFIED),
                "中级以上职称或技师以上职业资格的人数与教师名册一致",
            ),
        )
    ),
    "个项目",
    "outline.name",
)

_FACILITIES = (("fire", "消防"), ("ventilation", "通风"), ("lighting", "照明"), ("climate", "控温"))
FACILITIES = AllOf(
    tuple(
        Is(f"base.{key}", ("yes",), f"有{label}设备", (("yes", f"有{label}设备"), ("no", f"无{label}设备")))
        for key, label in _FACILITIES
    )
)


def _certified(whole: str) -> Compare:
    return Compare(Share(Number("plan.certified"), Number(whole)), ">=", 70, "%")


# KS-A-04 says over whom the share of certificates is taken: one of the two comparisons is always excused by the setting.
_CERTIFIED = AllOf(
    (
        AnyOf((SettingIs("kpi.denominator", ("all",)), _certified("plan.trainees"))),
        AnyOf((SettingIs("kpi.denominator", ("high_skill",)), _certified("plan.all_trainees"))),
    )
)

CONDITIONS = (
    Condition(
        "KS-C01",
        "体现产业发展导向",
        "开设实训的项目能体现当地主体产业发展趋势，具备技能技术先进、市场成长性好等特点",
        "三（二）1",
        Severity.JUDGED,
        (JUDGEMENT,),
    ),
    Condition(
        "KS-C02",
        "突出公共服务功能",
        "重点面向社会各类学校、企业等用人单位以及各类劳动者开展公共实训等公共服务",
        "三（二）2",
        Severity.HARD,
        (AUTO, DOCUMENT, JUDGEMENT),
        AllOf(
            (
                Is("service.public_service", ("yes",), "面向社会开展公共服务"),
                Attached("service_proof", said="公共服务证明材料"),
            )
        ),
        note="是否开展、有无证明由系统核对，服务是否面向社会由审核人员和专家认定；作为必备条件核对系平台默认。",
    ),
    Condition(
        "KS-P01",
        "两年以上高级工以上培养、实训经验",
        "具有两年以上高级工以上培养、实训经验优先纳入建设范围",
        "三（二）2",
        Severity.PREFERENCE,
        (AUTO,),
        AllOf(
            (
                Is("training.experienced", ("yes",), "有两年以上经验"),
                Compare(Number("training.experience_years"), ">=", 2, "年"),
            )
        ),
        note="只在得分相同时优先，不加分。",
    ),
    Condition(
        "KS-C03",
        "拥有先进设施设备",
        "设施设备或教学能力在同行具有先进水平，符合高技能人才培养实训大纲的要求，并能满足较大实训规模的需要",
        "三（二）3",
        Severity.JUDGED,
        (JUDGEMENT,),
        note="可参考各实训项目的工位、年实训能力和设备原值。",
    ),
    Condition(
        "KS-C04",
        "拥有合格师资队伍",
        "每个实训项目配备相应专业中级以上职称或技师以上职业资格的教师占比应不低于50%",
        "三（二）4",
        Severity.HARD,
        (AUTO,),
        TEACHERS,
        note="逐个项目计算，每个项目都须达到；一人兼有职称和职业资格的只计一次。",
    ),
    Condition(
        "KS-C05",
        "建筑面积",
        "建筑面积原则在1000平方米以上",
        "三（二）5",
        Severity.SOFT,
        (AUTO,),
        Compare(Number("base.area"), ">=", 1000, "平方米"),
        explain="base.area_note",
        strict=SettingIs("area.rule", ("refuse",)),
        default="KS-A-06",
    ),
    Condition(
        "KS-C06",
        "消防、通风、照明、控温设备",
        "有满足实训要求的消防、通风、照明、控温等设备",
        "三（二）5",
        Severity.HARD,
        (AUTO,),
        FACILITIES,
    ),
    Condition(
        "KS-C07",
        "建立管理运作机制",
        "配备具有较强组织管理和协作能力的管理队伍",
        "三（二）6",
        Severity.JUDGED,
        (JUDGEMENT,),
        note="申报表至少填写 1 名管理人员（平台默认），能力由审核人员和专家认定。",
    ),
    Condition(
        "KS-K01",
        "年培训高技能人才",
        "每年培训高技能人才不少于150人",
        "五（一）2",
        Severity.TARGET,
        (AUTO,),
        Compare(Number("plan.trainees"), ">=", 150, "人"),
        note="认定后的年度指标；申报时按计划数提示，不影响提交。",
    ),
    Condition(
        "KS-K02",
        "取证人数占比",
        "取得职业资格证书（职业技能等级证书）的人数不少于培训人数的70%",
        "五（一）2",
        Severity.TARGET,
        (AUTO,),
        _CERTIFIED,
        note="认定后的年度指标；申报时按计划数提示，不影响提交。",
        default="KS-A-04",
    ),
)
