"""How an application goes: unit, league, region, ministry; with the panels of the region and of the ministry."""

from portal.jurisdictions.skills_foundation.recommending import LEAGUE_RULE, REGION_RULE
from portal.policy.draw import DrawRule, Exclusion, Region
from portal.policy.notice import NamingPattern, NoticeRule
from portal.policy.procedure import PanelRule, Stage, StageKind

BUREAU = "自治区人力资源社会保障厅"
MINISTRY = "人力资源社会保障部"
_REGION, _NATION = "内人社办函〔2022〕278号", "人社厅函〔2022〕162号"
_RECUSALS = (
    "在申报单位任职、兼职或受聘",
    "近三年内曾在申报单位任职，或与其有劳动、劳务、股权关系",
    "与申报单位负责人有近亲属关系",
    "与申报单位有其他可能影响公正评审的利害关系",
)
_EXCLUSIONS = (
    Exclusion.SAME_UNIT,
    Exclusion.SAME_GROUP,
    Exclusion.RECENT_SERVICE,
    Exclusion.UNAVAILABLE,
    Exclusion.OBJECTED,
    Exclusion.INACTIVE,
)

PANEL = PanelRule(
    minimum_setting="panel.minimum",
    odd_setting="panel.odd",
    on_site=False,
    materials=True,
    recusals=_RECUSALS,
    clause=f"{_REGION} 二；{_NATION} 一（二）（遴选办法未写明，平台默认）",
    rolling=False,
    draw=DrawRule(
        size_setting="panel.minimum",
        years_setting="draw.service_years",
        exclusions=_EXCLUSIONS,
        stratified=True,
        clause=f"{_NATION} 一（二）（遴选办法未写明，平台默认）",
        alternates_setting="draw.alternates",
    ),
    votes_setting="meeting.votes",
    quorum_setting="meeting.quorum",
    meeting_setting="meeting.required",
)

RECHECK_PANEL = PanelRule(
    minimum_setting="recheck.size",
    odd_setting="recheck.odd",
    on_site=False,
    materials=True,
    recusals=_RECUSALS,
    clause=f"{_NATION} 一（三）",
    rolling=False,
    draw=DrawRule(
        size_setting="recheck.size",
        years_setting="draw.service_years",
        exclusions=(*_EXCLUSIONS, Exclusion.SAME_REGION),
        stratified=True,
        clause=f"{_NATION} 一（三）",
        default="GJ-A-04",
        alternates_setting="draw.alternates",
        region=Region.PLACE,
    ),
    votes_setting="recheck_meeting.votes",
    quorum_setting="recheck_meeting.quorum",
    meeting_setting="recheck_meeting.required",
)

_BELOW = (
    Stage(
        "filing",
        StageKind.FILING,
        "网上填报",
        "申报单位",
        "认真填写申报书，提供相关佐证材料，加盖公章后向所在地盟市申报；不接受申报单位直接向自治区提交申报材料。",
        f"{_REGION} 一、三",
        documents=("application_form",),
    ),
    Stage(
        "recommendation",
        StageKind.RECOMMENDATION,
        "盟市审核推荐",
        "盟市人力资源社会保障局",
        "对照参考标准严格审核申报单位的相关条件，核对申报单位名称与印章是否一致，把关材料质量；推荐不超过 3 家并排序，"
        "报送申报材料电子文稿、正式文件 PDF 扫描件和推荐报告，纸质材料及时邮寄。",
        f"{_REGION} 二、四",
        documents=("correction", "recommendation_letter", "recommendation_report", "recommendation_summary"),
        recommendation=LEAGUE_RULE,
    ),
)
_REGIONAL = (
    Stage(
        "acceptance",
        StageKind.ACCEPTANCE,
        "形式审查",
        BUREAU,
        "核对推荐材料和申报材料是否齐全、申报单位名称与印章是否统一，作出受理、退回盟市或不予受理的处理。",
        f"{_REGION} 三、四",
        documents=("acceptance", "refusal"),
        days_setting="acceptance.days",
    ),
    Stage(
        "review",
        StageKind.EXPERT_REVIEW,
        "专家评审",
        "专家",
        "随机抽取专家审阅申报材料，提出评审意见；通知未写明遴选办法，平台默认组织专家评审。",
        f"{_NATION} 一（二）",
        documents=("draw_record", "panel_record", "expert_opinion", "minutes"),
        days_setting="review.days",
    ),
    Stage(
        "shortlist",
        StageKind.SHORTLIST,
        "拟定推荐名单",
        BUREAU,
        "从盟市推荐的单位中遴选，拟定向人力资源社会保障部推荐的名单，原则上不超过 5 个。",
        f"{_NATION} 一（二）",
        documents=("shortlist",),
        default="GJ-A-06",
    ),
    Stage(
        "notice",
        StageKind.NOTICE,
        "公示",
        BUREAU,
        "拟推荐名单在自治区人力资源社会保障厅网站公示，登记并处理异议。",
        f"{_NATION} 一（二）",
        documents=("notice",),
        days_setting="notice.days",
        default="GJ-A-05",
    ),
    Stage(
        "report",
        StageKind.REPORT,
        "报部",
        BUREAU,
        "将遴选推荐的基地排序，连同申报材料报送人力资源社会保障部。",
        f"{_NATION} 一（二）",
        documents=("recommendation_letter", "recommendation_report", "recommendation_summary"),
        recommendation=REGION_RULE,
    ),
)
_NATIONAL = (
    Stage(
        "recheck",
        StageKind.RECHECK,
        "复核",
        MINISTRY,
        "组建专家库，通过随机抽取专家的方式，组织专家对申报材料进行复核。",
        f"{_NATION} 一（三）",
        documents=("draw_record", "panel_record", "expert_opinion", "minutes"),
        panel=RECHECK_PANEL,
        default="GJ-A-04",
    ),
    Stage(
        "recognition",
        StageKind.RECOGNITION,
        "公布",
        MINISTRY,
        "符合条件的予以公布。",
        f"{_NATION} 一（三）",
        documents=("recognition", "certificate"),
    ),
    Stage(
        "operation",
        StageKind.OPERATION,
        "运行和检查",
        f"基地、{MINISTRY}",
        "基地开展急需紧缺职业（工种）的高技能人才培训研修；人力资源社会保障部对基地建设和运行情况进行检查，总结推广经验。",
        f"{_NATION} 二",
    ),
)
PROCEDURE = (*_BELOW, *_REGIONAL, *_NATIONAL)

NOTICE = NoticeRule(
    title="关于国家技能根基工程培训基地拟推荐名单的公示",
    place_setting="notice.place",
    days_setting="notice.days",
    count_publication_day_setting="notice.count_publication_day",
    objection=(
        "公示期间，如对公示对象有异议，请以书面形式或在本平台实名反映，写明真实姓名、联系方式和具体事实，并附证据材料。"
    ),
    text="各省遴选推荐基地数原则上不超过5个；通知未提公示，经公示无异议后报送为平台默认。",
    clause=f"{_NATION} 一（二）",
    default="GJ-A-05",
)

# The source gives bases no name of their own; the pattern is the portal's.
NAMING = NamingPattern(
    pattern="国家技能根基工程培训基地（{core}）",
    plaque="国家技能根基工程培训基地",
    modes=(("unit", "单位名称"),),
    clause=f"{_NATION} 一（三）",
)
