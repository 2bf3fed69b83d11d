"""What the reference standard (附件1) lets the portal compute, as tests; the form asks for a reason where one is missed.

Thresholds stand here as the source has them; 不少于, 不低于 and 达…以上 include the number (G-01), ratios are exact (G-02).
"""

from portal.policy.condition import Measure, Test
from portal.policy.lookups import Equal, Includes
from portal.policy.measures import BySetting, Count, Latest, Mean, Number, Share, Sum
from portal.policy.tests import AllOf, Compare, Each, Is, NotBelow

KINDS = (
    ("leading", "制造业龙头企业"),
    ("champion", "单项冠军企业"),
    ("little_giant", "专精特新“小巨人”企业"),
    ("technical", "技工院校"),
    ("public", "公共实训中心"),
)
"""The kinds the form names; 其他 stands beside them and is explained (GJ-A-02)."""

_YEARS = "evaluation.totals"


def _yearly(column: str) -> Measure:
    """The year that counts: the latest of those reported, or their mean, as the setting says (GJ-A-03)."""
    return BySetting("stats.basis", (("latest", Latest(_YEARS, "year", column)), ("mean", Mean(_YEARS, column))))


KIND = Includes("unit.kind", tuple(key for key, _ in KINDS), "属于参考标准所列遴选对象", KINDS, any_of=True)
SCALE = Compare(_yearly("trained"), ">=", 2000, "人次")
SCALE_MEAN = Compare(Mean(_YEARS, "trained"), ">=", 2000, "人次", "各年平均≥2,000 人次")
ADVANCED = Compare(Share(_yearly("advanced"), _yearly("trained")), ">=", 20, "%")
CAPACITY = Compare(Number("site.capacity"), ">=", 2000, "人次")
EQUIPPED = Compare(Count("evaluation.occupations", "equipped", ("yes",)), ">=", 3, "个职业（工种）")
EQUIPMENT_VALUE = Compare(Number("site.equipment_value"), ">=", 2000, "万元")
FACILITIES = AllOf(
    (
        Is("standard.multimedia", ("yes",), "配备多媒体和网络设备设施"),
        Is("standard.books", ("yes",), "有专业图书、期刊和技术培训资料"),
        Is("standard.resource_bank", ("yes",), "有数字化培训资源库"),
        Is("standard.information_platform", ("yes",), "有信息化管理与服务平台"),
    )
)
EXPERTS = Each("evaluation.occupations", Compare(Number("experts"), ">=", 3, "名专家"), "个职业（工种）", "name")
PASS_RATE = Compare(Number("standard.pass_rate"), ">=", 90, "%")
SATISFACTION = AllOf(
    (
        Compare(Number("standard.employer_satisfaction"), ">=", 90, "%", "企业满意率≥90%"),
        Compare(Number("standard.learner_satisfaction"), ">=", 90, "%", "劳动者满意率≥90%"),
    )
)

_INSTRUCTORS = Number("staff.instructors")


def _sum(*keys: str) -> Measure:
    return Sum(tuple(Number(f"staff.{key}") for key in keys))


INTEGRATED = NotBelow(Number("staff.full_time"), Number("staff.integrated"), "人", "一体化教师不多于专任教师")
INSTRUCTOR_SUMS = AllOf(
    (
        Equal(_sum("title_senior", "title_first", "title_other"), _INSTRUCTORS, "职称三项之和等于实习指导教师人数"),
        Equal(
            _sum("level_senior_technician", "level_technician", "level_advanced", "level_other"),
            _INSTRUCTORS,
            "职业资格（技能等级）四项之和等于实习指导教师人数",
        ),
    )
)
TESTS: dict[str, Test] = {
    "kind": KIND,
    "scale": AllOf((SCALE, SCALE_MEAN)),
    "advanced": ADVANCED,
    "capacity": CAPACITY,
    "equipped": EQUIPPED,
    "equipment_value": EQUIPMENT_VALUE,
    "facilities": FACILITIES,
    "experts": EXPERTS,
    "pass_rate": PASS_RATE,
    "satisfaction": SATISFACTION,
    "integrated": INTEGRATED,
    "instructors": INSTRUCTOR_SUMS,
}
"""By the key of the field that takes the reason for a miss (`notes.<key>`)."""
