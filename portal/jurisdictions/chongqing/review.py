"""The panel and how it scores: the source names a panel and nothing of its size or sheet, so the rest is a default."""

from decimal import Decimal

from portal.jurisdictions.chongqing.tracks import ON_MUNICIPAL, ON_NATIONAL
from portal.policy.draw import DrawRule, Exclusion
from portal.policy.procedure import PanelRule
from portal.policy.score_settings import aggregation, remark_rule
from portal.policy.scoring import ReviewSheet, ScoreItem

PANEL = PanelRule(
    minimum_setting="panel.minimum",
    odd_setting="panel.odd",
    on_site=False,
    materials=True,
    recusals=(
        "在申报单位任职、兼职或受聘",
        "近三年内曾在申报单位任职，或与其有劳动、劳务、股权关系",
        "与申报单位负责人、项目负责人有近亲属关系",
        "与申报单位有其他可能影响公正评审的利害关系",
    ),
    clause="五（二）",
    rolling=False,
    draw=DrawRule(
        size_setting="panel.size",
        years_setting="draw.years",
        exclusions=(
            Exclusion.SAME_UNIT,
            Exclusion.SAME_GROUP,
            Exclusion.RECENT_SERVICE,
            Exclusion.UNAVAILABLE,
            Exclusion.OBJECTED,
            Exclusion.INACTIVE,
        ),
        stratified=True,
        clause="五（二）",
        default="CQ-D-02",
        alternates_setting="draw.alternates",
    ),
    votes_setting="meeting.votes",
    quorum_setting="meeting.quorum",
    meeting_setting="meeting.required",
    maximum_setting="panel.maximum",
    visit_setting="review.defence",
    visit_word="现场答辩",
)


AGGREGATION = aggregation("五（二）", default="CQ-D-03")
REMARK = remark_rule("五（二）")


def _item(number: int, title: str, points: int, rule: str, evidence: str) -> ScoreItem:
    return ScoreItem(number, "基础条件和实施方案", title, Decimal(points), rule, evidence=tuple(evidence.split()))


_MANAGEMENT = "对照基础条件（1）：组织管理体系高效，培训、财务等制度规范并有效执行，遵守法律法规。"

REVIEW_SHEETS = (
    ReviewSheet(
        "national",
        "国家级高技能人才培训基地评分表",
        (
            _item(1, "管理能力", 15, _MANAGEMENT, "management.rules management.violations review.management #evidence"),
            _item(
                2,
                "培训能力",
                25,
                "对照基础条件（2）：场所设施符合标准，培训规模、按标准和培训包规范培训、企业新型学徒制开展情况。",
                "training.capacity training.person_times training.high_times training.apprentice_classes site.area review.training",
            ),
            _item(
                3,
                "师资队伍",
                20,
                "对照基础条件（3）：专兼职教师稳定，一体化教师和高级实习指导教师、技师以上教师比例。",
                "teachers.total teachers.integrated teachers.practice teachers.qualified review.teachers",
            ),
            _item(
                4,
                "校企合作",
                15,
                "对照基础条件（4）：合作关系稳定，共建实习基地、互派教师，实习实训条件匹配，信息化平台运行。",
                "cooperation.partners professions.items site.platform review.cooperation",
            ),
            _item(
                5,
                "项目产出和实施方案",
                25,
                "对照基础条件（5）：5 个以上职业工种七个方面建设内容完整，年度目标可量化，预算合理，预期产出可实现。",
                "goals.yearly build.content.facets targets.year1_times targets.year2_times targets.indicators budget.items",
            ),
        ),
        "五（二）",
        when=ON_NATIONAL,
        default="CQ-D-03",
        remark=REMARK,
    ),
    ReviewSheet(
        "municipal",
        "市级高技能人才培训基地评分表",
        (
            _item(
                1,
                "管理能力",
                15,
                f"{_MANAGEMENT}资产管理、风险管理制度健全。",
                "management.rules management.violations #evidence",
            ),
            _item(
                2,
                "培训能力",
                25,
                "对照基础条件（2）：场所设施符合标准，实训装备与特色专业匹配，年培训规模和高级工以上培训占比。",
                "training.persons training.high_persons training.high_capacity professions.items site.area",
            ),
            _item(
                3,
                "师资队伍",
                20,
                "对照基础条件（3）：专兼职教师稳定，师生比适当，高级实习指导教师和高级技师教师比例。",
                "teachers.total teachers.students teachers.practice teachers.senior_qualified",
            ),
            _item(
                4,
                "校企合作",
                20,
                "对照基础条件（4）：大、中型企业合作稳定，共同研究专业建设，共建实习基地，聘请指导教师。",
                "cooperation.partners professions.items",
            ),
            _item(
                5,
                "实施方案",
                20,
                "建设目标与申报类别相符，分专业建设内容和验收要点明确，预算合理，保障有力。",
                "goals.overall goals.yearly build.content.facets targets.indicators budget.items budget.safeguards",
            ),
        ),
        "五（二）",
        when=ON_MUNICIPAL,
        default="CQ-D-03",
        remark=REMARK,
    ),
)
