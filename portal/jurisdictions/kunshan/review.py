"""The score sheets: one for each category of applicant (分类评审), starting from KS-A-01; and how candidates are ordered."""

from decimal import Decimal

from portal.jurisdictions.kunshan.tracks import CATEGORIES, in_category
from portal.policy.edition import Setting
from portal.policy.score_settings import aggregation, remark_rule, scoring_settings
from portal.policy.scoring import ByConditions, Mode, ReviewSheet, ScoreItem
from portal.policy.selection import RankBy, RankingRule, RankKey

D = Decimal

TITLES = (
    ("产业导向", "体现产业发展导向", 15),
    ("公共服务", "突出公共服务功能", 20),
    ("设备", "拥有先进设施设备", 20),
    ("师资", "拥有合格师资队伍", 20),
    ("基础条件", "具备相应基础条件", 15),
    ("管理", "建立管理运作机制", 10),
)
"""Group, title (the heading of the condition) and starter maximum of each item, in order."""

STANDARDS: dict[str, tuple[str, str, str, str]] = {
    "association": (
        "项目覆盖本行业主要职业（工种），体现当地主体产业发展趋势，技能技术先进、市场成长性好；行业代表性不足的酌情扣分",
        "面向会员和非会员单位、各类学校和劳动者开放，组织行业竞赛、技术交流成效明显；只服务会员单位的酌情扣分",
        "自有或整合会员单位的设施设备在同行具有先进水平，使用权稳定，满足较大实训规模；使用权不稳定的酌情扣分",
        "管理队伍能协调行业资源，组织管理和协作能力较强；机构、制度不健全的酌情扣分",
    ),
    "enterprise": (
        "项目与本企业所在主体产业的关键岗位一致，技能技术先进、市场成长性好；只适用于本企业专用岗位的酌情扣分",
        "向社会学校、其他用人单位和劳动者开放，对外服务有协议、有计划；只培训本企业职工的酌情扣分",
        "实训设备与生产现场技术水平相当，在同行具有先进水平，满足较大实训规模；与生产争用设备的酌情扣分",
        "实训管理与生产管理衔接，有专人负责，组织管理和协作能力较强；机构、制度不健全的酌情扣分",
    ),
    "vocational": (
        "项目对接当地主体产业发展趋势，专业布局合理，技能技术先进、市场成长性好；与产业脱节的酌情扣分",
        "除在校教学外，面向企业职工和各类劳动者开展公共实训、技能评价和竞赛服务；只用于校内教学的酌情扣分",
        "设施设备或教学能力在同行具有先进水平，符合高技能人才培养实训大纲，满足较大实训规模；工位不足的酌情扣分",
        "实训中心机构健全，校企协作机制完善，组织管理能力较强；机构、制度不健全的酌情扣分",
    ),
    "training": (
        "项目面向当地主体产业紧缺职业（工种），技能技术先进、市场成长性好；以初、中级或通用项目为主的酌情扣分",
        "以公益性为主，面向各类学校、用人单位和劳动者开展公共实训，收费公开；以营利性培训为主的酌情扣分",
        "设施设备或教学能力在同行具有先进水平，符合实训大纲，满足较大实训规模；设备陈旧或不足的酌情扣分",
        "管理队伍稳定，教学、安全和财务管理规范，组织管理和协作能力较强；机构、制度不健全的酌情扣分",
    ),
}
"""How the four judged items are scored in each category: 产业导向, 公共服务, 设备, 管理."""

TEACHERS = (
    "按核实人数，每个实训项目相应专业中级以上职称或技师以上职业资格的教师占比均不低于50%的得满分；任一项目不足的不得分"
)
FACILITIES = (
    "建筑面积在1000平方米以上的得十五分之八；有满足实训要求的消防、通风、照明、控温设备的得十五分之七；不具备的不得分"
)


EVIDENCE = (
    ("project.outline.occupations", "project.outline.outlook", "#project_setting"),
    ("service.audience", "service.content", "training.records", "#service_proof"),
    ("equipment.items", "project.outline.stations", "project.outline.capacity", "#equipment_list"),
    ("project.outline.teachers", "project.outline.qualified", "project.teachers.items", "#teacher_proof"),
    ("base.area", "base.fire", "base.ventilation", "base.lighting", "base.climate", "#site_proof"),
    ("management.organisation", "management.managers", "management.rules", "#rules"),
)
"""What the points of each item rest on, in the form and among the materials."""


def _item(category: str, number: int) -> ScoreItem:
    group, title, points = TITLES[number - 1]
    direction, service, equipment, management = STANDARDS[category]
    rules = (direction, service, equipment, TEACHERS, FACILITIES, management)
    computed = {4: (("KS-C04", 1),), 5: (("KS-C05", 8), ("KS-C06", 7))}
    return ScoreItem(
        number,
        group,
        title,
        D(points),
        rules[number - 1],
        Mode.PROPOSED if number in computed else Mode.EXPERT,
        formula=ByConditions(computed[number]) if number in computed else None,
        evidence=EVIDENCE[number - 1],
    )


REVIEW_SHEETS = tuple(
    ReviewSheet(
        key=option.value,
        title=f"评审评分表（{option.label}）",
        items=tuple(_item(option.value, number) for number in range(1, len(TITLES) + 1)),
        clause="三（三）2",
        when=in_category(option.value),
        default="KS-A-01",
        settings_prefix=f"review.{option.value}",
        remark=remark_rule("三（三）2"),
    )
    for option in CATEGORIES
)

AGGREGATION = aggregation("三（三）2", default="KS-A-01")
MAXIMA = tuple(
    Setting(
        f"{sheet.settings_prefix}.{item.number}",
        f"{option.label}评分表“{item.group}”满分",
        int(item.max_points),
        "分",
        default="KS-A-01",
    )
    for option, sheet in zip(CATEGORIES, REVIEW_SHEETS, strict=True)
    for item in sheet.items
)
# A condition met earns its whole share, so full marks are ordinary here: a reason is asked only for few points.
SHEET_SETTINGS = (
    *MAXIMA,
    *scoring_settings(note="通知未写明，平台默认", default="KS-A-01", remark_above=100),
)

RANKING = RankingRule(
    (
        RankKey(RankBy.SCORE, "专家评分的平均分"),
        RankKey(RankBy.PREFERENCES, "具有两年以上高级工以上培养、实训经验的优先"),
        RankKey(RankBy.VOTES, "同意推荐的专家人数"),
    ),
    clause="三（二）2；三（三）2",
)
