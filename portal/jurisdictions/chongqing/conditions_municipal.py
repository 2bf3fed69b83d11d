"""The conditions of the municipal level, 四（一）2."""

from portal.jurisdictions.chongqing.conditions_national import (
    AUTO,
    DOCUMENT,
    JUDGEMENT,
    MATCHED,
    NO_VIOLATIONS,
    SKILLED_SHARE,
    rules_in_force,
)
from portal.jurisdictions.chongqing.form_people import HIRED, JOINT_BASES, SHARE_ASKED
from portal.jurisdictions.chongqing.tracks import BY_SCHOOL, MUNICIPAL
from portal.policy.condition import Condition, Severity
from portal.policy.measures import Count, Number, Quotient, Share
from portal.policy.tests import AllOf, AnyOf, Compare, SettingIs

_PERSONS, _HIGH = Number("training.persons"), Number("training.high_persons")
STUDENTS_TO_TEACHER = Quotient(Number("teachers.students"), Number("teachers.total"))
_IN_RANGE = AllOf(
    (
        Compare(STUDENTS_TO_TEACHER, ">=", 20, "", "师生比 1:20－1:22"),
        Compare(STUDENTS_TO_TEACHER, "<=", 22, "", "师生比 1:20－1:22"),
    )
)
_BETTER = AllOf(
    (
        SettingIs("ratio.below_range", ("accept",)),
        Compare(STUDENTS_TO_TEACHER, "<", 20, "", "优于 1:20 的视为符合"),
    )
)

MANAGEMENT = (
    Condition(
        "CQ-M01",
        "四项管理制度",
        "具有较强的管理能力和高效的组织管理体系，建立了规范的培训管理、财务管理、资产管理、风险管理等制度",
        "四（一）2（1）",
        Severity.HARD,
        (DOCUMENT,),
        rules_in_force("training", "finance", "assets", "risk"),
        applies_to=MUNICIPAL,
    ),
    Condition(
        "CQ-M02",
        "未发生过违法违规事件",
        "遵守国家有关法律法规，未发生过违法违规事件",
        "四（一）2（1）",
        Severity.HARD,
        (AUTO,),
        NO_VIOLATIONS,
        applies_to=MUNICIPAL,
        note="市级条件未列失信联合惩戒。",
        default="CQ-A-13",
        conduct=True,
    ),
)

TRAINING = (
    Condition(
        "CQ-M03",
        "年培训高技能人才能力",
        "满足年培训高级工以上高技能人才500名以上的需要",
        "四（一）2（2）",
        Severity.HARD,
        (AUTO,),
        Compare(Number("training.high_capacity"), ">=", 500, "人"),
        applies_to=MUNICIPAL,
        note="本项核对培训能力，实际培训数量按下项核对。",
        default="CQ-A-05",
    ),
    Condition(
        "CQ-M04",
        "匹配的实训装备",
        "具有与2－3个经济发展急需、紧缺高技能人才培训的特色专业（职业）相匹配的实训装备",
        "四（一）2（2）",
        Severity.HARD,
        (AUTO,),
        Compare(MATCHED, ">=", "professions.equipped", "个专业（职业）"),
        applies_to=MUNICIPAL,
        note="“2－3个”以 2 个为下限，多于 3 个的视为符合。",
        default="CQ-A-04",
    ),
    Condition(
        "CQ-M05",
        "技能人才占比",
        "技能人才比较密集，占企业用工（含劳务派遣）总量的35%以上",
        "四（一）2（2）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        Compare(SKILLED_SHARE, ">=", 35, "%"),
        when=SHARE_ASKED,
        applies_to=MUNICIPAL,
        note="推荐部门核查后出具核查证明表；非依托企业建设的，核查结论填“不适用”。",
        default="CQ-A-06",
    ),
    Condition(
        "CQ-M06",
        "年培训规模和高级工以上占比",
        "面向企业和社会开展职业技能培训，年培训规模不少于1500人，其中，高级工以上培训占20%以上",
        "四（一）2（2）",
        Severity.HARD,
        (AUTO,),
        AllOf((Compare(_PERSONS, ">=", 1500, "人"), Compare(Share(_HIGH, _PERSONS), ">=", 20, "%"))),
        applies_to=MUNICIPAL,
        default="CQ-A-14",
    ),
    Condition(
        "CQ-M07",
        "培训目标、标准和场所安全",
        "培训场所和设施设备符合国家建设和安全标准……培训目标明确，严格按照国家职业标准要求开展职业技能培训",
        "四（一）2（2）",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=MUNICIPAL,
    ),
)

TEACHERS = (
    Condition(
        "CQ-M08",
        "师生比",
        "有符合培训要求的稳定的专兼职教师队伍，师生比为1:20－1:22",
        "四（一）2（3）",
        Severity.HARD,
        (AUTO,),
        AnyOf((_IN_RANGE, _BETTER)),
        applies_to=MUNICIPAL,
        note="每名教师对应学生多于 22 人的不符合；少于 20 人的优于区间，视为符合并提示。",
        default="CQ-A-03",
    ),
    Condition(
        "CQ-M09",
        "高级实习指导教师和高级技师教师比例",
        "高级实习指导教师和具有高级技师职业资格的教师占实训教师总数的35%以上",
        "四（一）2（3）",
        Severity.HARD,
        (AUTO,),
        Compare(Share(Number("teachers.senior_qualified"), Number("teachers.practice")), ">=", 35, "%"),
        applies_to=MUNICIPAL,
    ),
)

COOPERATION = (
    Condition(
        "CQ-M10",
        "大、中型合作企业",
        "与3家以上大、中型企业建立了稳定的合作关系",
        "四（一）2（4）",
        Severity.HARD,
        (AUTO,),
        Compare(Count("cooperation.partners", "size", ("large", "medium")), ">=", 3, "家"),
        applies_to=MUNICIPAL,
    ),
    Condition(
        "CQ-M11",
        "与合作企业共同研究的专业",
        "有3个以上专业与合作企业共同研究确定专业建设、课程设置、培养计划、师资建设、研发课题和学生实习方案",
        "四（一）2（4）",
        Severity.HARD,
        (AUTO,),
        Compare(Count("professions.items", "developed", ("yes",)), ">=", 3, "个专业"),
        when=BY_SCHOOL,
        applies_to=MUNICIPAL,
        note="只适用于院校。",
        default="CQ-A-04",
    ),
    Condition(
        "CQ-M12",
        "共建学生实习基地、聘请指导教师",
        "与合作企业共建了学生实习基地，聘请技师、高级技师和优秀专业技术人才担任指导教师",
        "四（一）2（4）",
        Severity.SOFT,
        (AUTO,),
        AllOf((Compare(JOINT_BASES, ">=", 1, "个学生实习基地"), Compare(HIRED, ">=", 1, "名指导教师"))),
        when=BY_SCHOOL,
        applies_to=MUNICIPAL,
        explain="cooperation.joint_note",
        note="只适用于院校；未达到的须说明。",
    ),
)

MUNICIPAL_CONDITIONS = (*MANAGEMENT, *TRAINING, *TEACHERS, *COOPERATION)
