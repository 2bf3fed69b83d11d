"""How a league recommends to the region, and the region to the ministry; the 推荐报告 follows field list F13 (a default form)."""

from portal.jurisdictions.skills_foundation.standard import ADVANCED, EQUIPPED, SCALE
from portal.jurisdictions.skills_foundation.tracks import TRACK
from portal.policy.recommendation import (
    PaperKind,
    QuotaLine,
    RecommendationPaper,
    RecommendationRule,
    Route,
    SummaryColumn,
)

_REGION, _MINISTRY = "内人社办函〔2022〕278号", "人社厅函〔2022〕162号"

_WHO = (
    SummaryColumn("排序", fact="rank", width=5),
    SummaryColumn("受理编号", fact="number", width=14),
    SummaryColumn("申报单位", fact="unit", width=22),
    SummaryColumn("统一社会信用代码", fact="credit_code", width=18),
)
_WHAT = (
    SummaryColumn("单位类别", reference="unit.kind", width=14),
    SummaryColumn("申报职业", reference="cover.occupations.name", width=24),
    SummaryColumn("场所面积（平方米）", reference="site.area"),
    SummaryColumn("设备总值（万元）", reference="site.equipment_value"),
    SummaryColumn("年培训规模（人次）", measure=SCALE.quantity),
    SummaryColumn("高级工及以上占比（%）", measure=ADVANCED.quantity, width=14),
    SummaryColumn("有匹配设备的职业数", measure=EQUIPPED.quantity, width=8),
    SummaryColumn("专任教师", reference="staff.full_time", width=8),
    SummaryColumn("一体化教师", reference="staff.integrated", width=8),
)
_REACH = (SummaryColumn("联系人", fact="contact"), SummaryColumn("联系电话", fact="phone", width=14))

LEAGUE_RULE = RecommendationRule(
    tier="盟市",
    routes=(
        Route(
            "place",
            "所在地盟市",
            ("league",),
            "通过所在地盟市级人力资源社会保障部门申报；驻自治区央企、自治区直属事业单位和国有大型企业也走这一渠道。",
            f"{_REGION} 一",
        ),
    ),
    lines=(QuotaLine("league", "盟市推荐名额", (TRACK,), "quota.league", ranked=True, clause=f"{_REGION} 二"),),
    papers=(
        RecommendationPaper(
            "letter",
            PaperKind.LETTER,
            "正式文件（推荐函）",
            "盟市人力资源社会保障局推荐国家技能根基工程培训基地的正式文件，报送 PDF 扫描件。",
            f"{_REGION} 四",
        ),
        RecommendationPaper(
            "report",
            PaperKind.REPORT,
            "推荐报告",
            "书面推荐报告，写明推荐单位的排序、每家的推荐理由和未达参考标准各条的说明。平台按通行要素拟定的默认表样，可由新版本替换。",
            f"{_REGION} 二、四",
        ),
        RecommendationPaper(
            "summary",
            PaperKind.SUMMARY,
            "推荐汇总表",
            "推荐单位主要数据汇总。平台拟定的默认表样，可由新版本替换。",
            f"{_REGION} 四",
            stamped=False,
        ),
    ),
    summary=(
        *_WHO,
        SummaryColumn("所在盟市", fact="district"),
        *_WHAT,
        SummaryColumn("推荐意见", fact="opinion", width=20),
        *_REACH,
    ),
    clause=f"{_REGION} 二、四",
    summary_title="国家技能根基工程培训基地盟市推荐汇总表",
    justify=True,
    report_sections=(
        ("organisation", "组织申报情况"),
        ("checking", "审核过程"),
        ("notice", "公示情况"),
        ("contact", "专人报送（姓名、电话）"),
    ),
    default="GJ-A-08",
)

REGION_RULE = RecommendationRule(
    tier="自治区",
    routes=(),
    lines=(
        QuotaLine(
            "region",
            "自治区推荐名额",
            (TRACK,),
            "quota.region",
            ranked=True,
            clause=f"{_MINISTRY} 一（二）",
            exceed_with_basis=True,
        ),
    ),
    papers=(
        RecommendationPaper(
            "letter",
            PaperKind.LETTER,
            "报部函",
            "自治区厅向人力资源社会保障部报送遴选推荐的国家技能根基工程培训基地。",
            f"{_MINISTRY} 一（二）",
        ),
        RecommendationPaper(
            "report",
            PaperKind.REPORT,
            "遴选推荐报告",
            "写明组织申报、遴选推荐和公示情况。平台拟定的默认表样，可由新版本替换。",
            f"{_MINISTRY} 一（二）",
            stamped=False,
        ),
        RecommendationPaper(
            "summary",
            PaperKind.SUMMARY,
            "遴选推荐汇总表",
            "报部单位主要数据汇总。平台拟定的默认表样，可由新版本替换。",
            f"{_MINISTRY} 一（二）",
            stamped=False,
        ),
    ),
    summary=(*_WHO, SummaryColumn("推荐盟市", fact="recommender", width=20), *_WHAT, *_REACH),
    clause=f"{_MINISTRY} 一（二）",
    summary_title="国家技能根基工程培训基地遴选推荐汇总表",
    report_sections=(
        ("organisation", "组织申报情况"),
        ("selection", "遴选推荐情况"),
        ("notice", "公示情况"),
    ),
    default="GJ-A-06",
)
