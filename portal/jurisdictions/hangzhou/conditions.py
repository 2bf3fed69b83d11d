"""The conditions of 办法 二（二） for everyone (HZ-C), and with those of 附件1, all of them.

Thresholds stand here as the source has them; 以上 and 达到 include the number (G-01), ratios are exact (G-02).
"""

from portal.jurisdictions.hangzhou.criteria import ENTERPRISES, SCHOOLS
from portal.policy.condition import Condition, Kind, Severity, Test
from portal.policy.measures import Count, Number
from portal.policy.tests import (
    AllOf,
    AnyOf,
    Attached,
    Compare,
    Each,
    Is,
    NoRow,
    SettingIs,
    ValidCreditCode,
)

ALL = ("school", "enterprise", "other")
AUTO, DOCUMENT, JUDGEMENT = Kind.AUTO, Kind.DOCUMENT, Kind.JUDGEMENT

_OWN_SITE = Each(
    "project",
    AllOf(
        (
            Compare(Number("site.area"), ">", 0, "平方米", "有自有实训场地"),
            Compare(Number("site.leased_area"), "=", 0, "平方米租赁场地", "无租赁场地"),
        )
    ),
    "个项目",
    "site.name",
)
_OWN_EQUIPMENT = NoRow("project.equipment.items", "tenure", ("leased",), "设备均不属租赁", "租赁")


def _full_time(table: str, noun: str) -> Test:
    count = Count(table, "engagement", ("full_time",))
    return Compare(count, ">=", 1, f"名专职{noun}", f"专职{noun}不少于 1 名")


_FULL_TIME = Each(
    "project",
    AllOf((_full_time("staff.managers", "管理人员"), _full_time("staff.teachers", "师资"))),
    "个项目",
    "site.name",
)
_RULES = AllOf((Attached("rules_training", said="实训管理制度"), Attached("rules_assets", said="固定资产管理制度")))
GENERAL = (
    Condition(
        "HZ-C01",
        "依法设立的独立法人",
        "依法设立，具有独立的法人资格",
        "二（二）1",
        Severity.HARD,
        (AUTO, DOCUMENT),
        AllOf(
            (
                ValidCreditCode("standard.credit_code"),
                Is("standard.legal_person", ("yes",), "具有独立法人资格"),
                Attached("licence", said="法人登记证书或营业执照"),
            )
        ),
        applies_to=ALL,
    ),
    Condition(
        "HZ-C02",
        "公共服务意愿",
        "具备开展职业培训公共服务的意愿",
        "二（二）1",
        Severity.HARD,
        (AUTO,),
        Is("pledge.public_service", ("yes",), "承诺开展公共服务"),
        applies_to=ALL,
    ),
    Condition(
        "HZ-C03",
        "自有实训场地及设备",
        "具备申报实训项目所需的自有实训场地及设备（不含租赁）",
        "二（二）2",
        Severity.HARD,
        (AUTO,),
        AllOf((_OWN_SITE, AnyOf((SettingIs("equipment.leased", ("explain",)), _OWN_EQUIPMENT)))),
        applies_to=ALL,
        soft=_OWN_EQUIPMENT,
        note="场地应为自有；个别设备为租赁的，须逐台说明是否为所列工种必需，由专家现场核定。",
        default="HZ-A-06",
    ),
    Condition(
        "HZ-C04",
        "自有固定办公场所",
        "有自有固定的办公场所",
        "二（二）2",
        Severity.HARD,
        (AUTO, DOCUMENT),
        AllOf(
            (
                Is("standard.office_tenure", ("owned",), "办公场所为自有", (("owned", "自有"), ("leased", "租赁"))),
                Attached("office_proof", said="权属证明"),
            )
        ),
        applies_to=ALL,
    ),
    Condition(
        "HZ-C05",
        "专职管理人员和师资",
        "有专职的管理人员和师资力量",
        "二（二）2",
        Severity.HARD,
        (AUTO,),
        _FULL_TIME,
        applies_to=ALL,
        note="每个项目至少 1 名专职管理人员和 1 名专职教师。",
    ),
    Condition(
        "HZ-C06",
        "组织机构、管理制度与信誉",
        "有健全的组织机构和管理制度，社会信誉好",
        "二（二）3",
        Severity.HARD,
        (DOCUMENT, JUDGEMENT),
        _RULES,
        applies_to=ALL,
        note="制度文件由系统核对是否齐备，机构健全程度和社会信誉由审核人员和专家认定。",
    ),
    Condition(
        "HZ-C07",
        "培养成效",
        "近几年在高技能人才培养方面成效突出",
        "二（二）3",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=ALL,
    ),
    Condition(
        "HZ-C08",
        "符合发展导向",
        "所申报项目符合杭州市经济和社会发展导向，市场前景广、社会需求大",
        "二（二）4",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=ALL,
    ),
    Condition(
        "HZ-C09",
        "与现有项目互补",
        "实现与杭州市公共实训基地现有实训项目、实训区域等方面的互补",
        "二（二）4",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=ALL,
        note="可参考已认定基地同工种、同区域的重合情况。",
    ),
)

CONDITIONS = (*GENERAL, *SCHOOLS, *ENTERPRISES)
