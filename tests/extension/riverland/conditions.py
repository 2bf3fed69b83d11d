"""The conditions of 二, each under a code, with the source's words, its clause, and a test where a machine can tell."""

from portal.policy.condition import Condition, Kind, Severity
from portal.policy.measures import Number, Share
from portal.policy.tests import AllOf, Attached, Compare, Is, ValidCreditCode
from riverland.form import AREA

CONDITIONS = (
    Condition(
        "XC-C01",
        "独立法人",
        "依法设立，具有独立的法人资格",
        "二（一）",
        Severity.HARD,
        (Kind.AUTO, Kind.DOCUMENT),
        AllOf((ValidCreditCode("unit.credit_code"), Attached("licence", said="营业执照或法人证书"))),
    ),
    Condition(
        "XC-C02",
        "年培训规模",
        "年培训规模不少于300人",
        "二（二）",
        Severity.HARD,
        test=Compare(Number("training.persons"), ">=", 300, "人"),
    ),
    Condition(
        "XC-C03",
        "实训场地",
        "实训场地建筑面积原则上在500平方米以上",
        "二（三）",
        Severity.SOFT,  # 原则上: a miss is explained, not refused
        test=AREA,
        explain="site.area_note",
        default="XC-A-01",
    ),
    Condition(
        "XC-C04",
        "技师以上教师",
        "技师以上教师占实训教师总数的30%以上",
        "二（四）",
        Severity.HARD,
        test=Compare(Share(Number("training.qualified"), Number("training.teachers")), ">=", 30, "%"),
    ),
    Condition("XC-C05", "符合产业方向", "实训项目符合本市产业发展方向", "二（五）", Severity.JUDGED, (Kind.JUDGEMENT,)),
    Condition(
        "XC-P01",
        "承办过竞赛",
        "承办过市级以上职业技能竞赛的，同等条件下优先",
        "二（六）",
        Severity.PREFERENCE,
        test=Is("training.contest", ("yes",)),
    ),
)
