"""The five preferences of 四（二）: they order equals and give no points."""

from portal.jurisdictions.chongqing.tracks import BOTH, BY_TECHNICIAN_SCHOOL
from portal.policy.condition import Condition, Kind, Severity, Test
from portal.policy.measures import Count, Number, Share
from portal.policy.tests import AllOf, Compare, Is

_AUTO, _JUDGEMENT = Kind.AUTO, Kind.JUDGEMENT


def _claimed(key: str, *tests: Test) -> Test:
    claim = Is(f"merits.{key}", ("yes",), "申请倾斜", (("yes", "申请"), ("no", "未申请")))
    return AllOf((claim, *tests))


def _contests(*roles: str) -> Count:
    return Count("merits.contests", "role", roles)


_P1 = _claimed(
    "p1",
    Compare(Number("training.persons"), ">=", 5000, "人"),
    Compare(Number("training.high_persons"), ">=", 2000, "名高级工以上"),
)
_P2 = _claimed(
    "p2",
    Compare(Number("training.digital"), ">=", 3000, "人数字技能人才"),
    Compare(Number("training.digital_high"), ">=", 1000, "人高技能人才"),
)
_P3 = _claimed(
    "p3",
    Is("training.evaluator", ("yes",), "备案为评价机构"),
    Compare(Number("training.evaluated"), ">=", 1000, "人次"),
)
_P4 = _claimed(
    "p4",
    Is(
        "merits.worldskills",
        ("national", "municipal"),
        "世赛国家或市级集训基地",
        (("national", "国家集训基地"), ("municipal", "市级集训基地"), ("none", "不是")),
    ),
    Compare(_contests("award"), ">=", 1, "项获奖"),
    Compare(_contests("host", "support"), ">=", 1, "项承办或保障"),
)
_P5 = _claimed(
    "p5",
    Compare(Count("bases.items", "grade", ("excellent",)), ">=", 1, "个优秀等次基地"),
    Compare(
        Share(Number("teachers.senior_students"), Number("teachers.students")),
        ">=",
        30,
        "%",
        "高级工及以上培养学生≥30%",
    ),
    Compare(
        Share(Count("professions.items", "priority", ("yes",)), Count("professions.items")),
        ">=",
        80,
        "%",
        "专业匹配度≥80%",
    ),
)

PREFERENCE_CONDITIONS = (
    Condition(
        "CQ-P1",
        "培训能力特别突出",
        "培训能力特别突出，面向企业和社会开展职业技能培训，年培训规模不少于5000人，年培训高级工以上高技能人才2000名以上",
        "四（二）1",
        Severity.PREFERENCE,
        (_AUTO,),
        _P1,
        applies_to=BOTH,
    ),
    Condition(
        "CQ-P2",
        "数字技能人才培训",
        "年培训数字技能人才3000人以上，其中高技能人才不少于1000人",
        "四（二）2",
        Severity.PREFERENCE,
        (_AUTO,),
        _P2,
        applies_to=BOTH,
    ),
    Condition(
        "CQ-P3",
        "职业技能等级评价机构",
        "在人力社保部门备案为职业技能等级评价机构，年开展技能人才评价1000人次以上。承担职业技能提升、企业新型学徒制、"
        "工学一体化推广等重点任务，积极开展国际技能合作",
        "四（二）3",
        Severity.PREFERENCE,
        (_AUTO, _JUDGEMENT),
        _P3,
        applies_to=BOTH,
        note="备案和评价人次由系统核对，重点任务和国际技能合作由专家认定。",
    ),
    Condition(
        "CQ-P4",
        "世界技能大赛集训基地",
        "已建成世界技能大赛国家集训基地或者市级集训基地，培养选手在国际、全国技能大赛上取得优异成绩，并积极承办各级各类"
        "职业技能竞赛和重大活动，特别是在2024年第二届“一带一路”国际技能竞赛中承担项目保障、技术支持、活动组织等工作中作出突出贡献",
        "四（二）4",
        Severity.PREFERENCE,
        (_AUTO, _JUDGEMENT),
        _P4,
        applies_to=BOTH,
        note="集训基地和竞赛记录由系统核对，成绩和贡献由专家认定。",
    ),
    Condition(
        "CQ-P5",
        "验收优秀的技工院校",
        "已建成高技能人才培训基地、验收评估等次为优秀，且高级工及以上培养学生占比达30%、申报专业（职业工种）与我市重点产业和"
        "战略性新兴产业匹配度达到80%以上的技工院校",
        "四（二）5",
        Severity.PREFERENCE,
        (_AUTO,),
        _P5,
        when=BY_TECHNICIAN_SCHOOL,
        applies_to=BOTH,
    ),
)
