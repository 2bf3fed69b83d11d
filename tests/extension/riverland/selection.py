"""三（二） to 三（四）: how towns recommend, how experts score, how the places are filled."""

from decimal import Decimal

from portal.policy.form import Field, FieldKind, Section
from portal.policy.measures import Number, Share
from portal.policy.recommendation import (
    PaperKind,
    QuotaLine,
    RecommendationPaper,
    RecommendationRule,
    Route,
    SummaryColumn,
)
from portal.policy.score_settings import aggregation, remark_rule
from portal.policy.scoring import ByConditions, Mode, ReviewSheet, ScoreItem
from portal.policy.selection import Cell, RankBy, RankingRule, RankKey

CLAUSE = "三（二）"
VERIFICATION = Section(
    "verification",
    "乡镇核实表",
    (
        Field("persons", "核实的培训人数", FieldKind.INTEGER, minimum=0, unit="人", clause=CLAUSE),
        Field("area", "核实的建筑面积", FieldKind.DECIMAL, minimum=0, unit="平方米", clause=CLAUSE),
    ),
    clause=CLAUSE,
)
RECOMMENDATION = RecommendationRule(
    tier="乡镇",
    routes=(Route("place", "所在乡镇", ("town",), "向所在乡镇申报", "三（一）"),),
    lines=(
        QuotaLine("all", "技能实训基地（院校类、企业类合计）", ("school", "enterprise"), "quota.town", clause=CLAUSE),
    ),
    papers=(
        RecommendationPaper("letter", PaperKind.LETTER, "推荐函", "择优推荐下列单位，按次序排列。", CLAUSE),
        RecommendationPaper("verification", PaperKind.VERIFICATION, "核实表", "经核实，情况如下。", CLAUSE),
        RecommendationPaper("summary", PaperKind.SUMMARY, "汇总表", "按推荐次序列出。", CLAUSE, stamped=False),
    ),
    summary=(
        SummaryColumn("次序", fact="rank", width=5),
        SummaryColumn("单位名称", fact="unit", width=20),
        SummaryColumn("培训人数", reference="training.persons"),
        SummaryColumn("技师以上占比", measure=Share(Number("training.qualified"), Number("training.teachers"))),
    ),
    clause=CLAUSE,
    verification=VERIFICATION,
    counterparts=(("persons", "training.persons"), ("area", "site.area")),
)
REVIEW_SHEET = ReviewSheet(
    "review",
    "评审评分表",
    (
        ScoreItem(1, "基础", "实训场地和师资", Decimal(40), "面积、师资达到条件的各得一半", Mode.PROPOSED,
                  formula=ByConditions((("XC-C03", 1), ("XC-C04", 1))),
                  evidence=("site.area", "training.teachers", "training.qualified", "#licence")),
        ScoreItem(2, "成效", "培训规模和质量", Decimal(40), "由专家酌情评分", evidence=("training.persons", "training.projects")),
        ScoreItem(3, "方向", "符合产业发展方向", Decimal(20), "由专家酌情评分"),
    ),
    "三（三）",
    remark=remark_rule("三（三）"),
)  # fmt: skip
AGGREGATION = aggregation("三（三）")
CELLS = (
    Cell("school", "院校类", "school", "cells.school", "三（四）"),
    Cell("enterprise", "企业类", "enterprise", "cells.enterprise", "三（四）"),
)
RANKING = RankingRule(
    (
        RankKey(RankBy.SCORE, "专家评分的平均分"),
        RankKey(RankBy.PREFERENCES, "承办过市级以上职业技能竞赛"),
        RankKey(RankBy.RECOMMENDED_RANK, "乡镇推荐次序"),
    ),
    clause="三（四）；二（六）",
)
