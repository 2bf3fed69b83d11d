"""区镇初审 (三（三）1): the zone or town checks, signs an opinion, ranks, and puts forward to the city; with the 汇总表 (7.2 F12)."""

from portal.jurisdictions.kunshan.conditions import QUALIFIED
from portal.jurisdictions.kunshan.project import HIGH_SKILL
from portal.policy.form import Field, FieldKind, Option, Section
from portal.policy.measures import Count, CountAny, Share, Total
from portal.policy.recommendation import (
    PaperKind,
    QuotaLine,
    RecommendationPaper,
    RecommendationRule,
    Route,
    SummaryColumn,
)
from portal.policy.tests import SettingIs

FIRST_OPINION = Section(
    "first_opinion",
    "初审审核意见",
    (
        Field(
            "area",
            "核实的建筑面积",
            FieldKind.DECIMAL,
            minimum=0,
            maximum=99_999_999,
            unit="平方米",
            clause="三（二）5",
        ),
        Field("facilities", "消防、通风、照明、控温设备是否满足实训要求", FieldKind.YES_NO, clause="三（二）5"),
        Field("teachers", "每个实训项目教师占比是否均不低于 50%", FieldKind.YES_NO, clause="三（二）4"),
        Field("originals", "证明材料是否与原件一致", FieldKind.YES_NO, clause="三（三）1"),
        Field(
            "method",
            "核查方式",
            FieldKind.MULTIPLE,
            options=(Option("site", "现场核查"), Option("documents", "资料核查")),
        ),
        Field(
            "conclusion",
            "初审结论",
            FieldKind.CHOICE,
            options=(Option("recommend", "同意推荐"), Option("refuse", "不同意推荐")),
            clause="三（三）1",
        ),
        Field("opinion", "审核意见", FieldKind.LONG_TEXT, limit=1000, clause="三（三）1", width=30),
        Field("checker", "核查人（1）", limit=30),
        Field("second_checker", "核查人（2）", required=False, limit=30),
        Field("checked_on", "审核日期", FieldKind.DATE, source="today"),
    ),
    hint="通知未附格式，本表为平台拟定的默认表样，可由新版本替换。",
    clause="三（三）1",
)

ROUTES = (
    Route(
        "place",
        "所在区镇",
        ("town",),
        "向所在区镇社会保障部门申报，由其初审并择优推荐。",
        "三（三）1",
    ),
    Route(
        "industry",
        "市各委办局",
        ("industry",),
        "通知主送市各委办局，但未写明其推荐程序；系统管理员增设该委办局后，其所属单位可由其推荐。",
        "主送机关",
        when=SettingIs("route.industry", ("when_added",)),
    ),
)

SUMMARY = (
    SummaryColumn("序号", fact="order", width=5),
    SummaryColumn("区镇", fact="recommender", width=12),
    SummaryColumn("单位", fact="unit", width=20),
    SummaryColumn("类别", reference="unit.category", width=10),
    SummaryColumn("基地名称", reference="base.name", width=20),
    SummaryColumn("实训项目", reference="project.outline.name", width=20),
    SummaryColumn("面积", reference="base.area", width=8),
    SummaryColumn("设备原值", measure=Total("equipment.items", "value"), width=10),
    SummaryColumn(
        "教师数/达标占比",
        measure=Share(CountAny("project.teachers.items", QUALIFIED), Count("project.teachers.items")),
        width=14,
    ),
    SummaryColumn(
        "近年高级工以上培训数",
        measure=Total("training.records", "persons", (("level", HIGH_SKILL),)),
        width=10,
    ),
    SummaryColumn("两年经验", reference="training.experienced", width=8),
    SummaryColumn("初审意见", fact="opinion", width=16),
    SummaryColumn("推荐次序", fact="rank", width=8),
    SummaryColumn("联系人", fact="contact", width=10),
)

PAPERS = (
    RecommendationPaper(
        "first_opinion",
        PaperKind.VERIFICATION,
        "初审审核意见",
        "对每份申报材料和有关证明材料的初审意见，签署后上传。",
        "三（三）1",
    ),
    RecommendationPaper(
        "recommendation_summary",
        PaperKind.SUMMARY,
        "昆山市高技能人才公共实训基地申报汇总表",
        "按推荐次序列出全部推荐单位（附件2，平台拟定的默认表样）。",
        "三（三）1；附件2",
    ),
    RecommendationPaper(
        "recommendation_letter",
        PaperKind.LETTER,
        "推荐函",
        "择优推荐至市人社部门的函，按推荐次序列出单位。",
        "三（三）1",
    ),
)

RULE = RecommendationRule(
    tier="区镇社会保障部门",
    routes=ROUTES,
    lines=(QuotaLine("base", "高技能人才公共实训基地（不限名额，择优推荐）", ("base",), clause="三（三）1"),),
    papers=PAPERS,
    summary=SUMMARY,
    clause="三（三）1",
    summary_title="昆山市高技能人才公共实训基地申报汇总表",
    summary_footer=("填报人", "审核人", "盖章", "日期"),
    verification=FIRST_OPINION,
    counterparts=(("area", "base.area"),),
    default="KS-A-08",
)
