"""How an application goes: 三（三）, then 四 and 五; and the panel, the notice, the names."""

from portal.jurisdictions.kunshan.recommendation import RULE
from portal.policy.draw import DrawRule, Exclusion
from portal.policy.notice import NamingPattern, NoticeRule
from portal.policy.procedure import Ground, PanelRule, Stage, StageKind

BUREAU = "市人社局"
TITLE = "昆山市高技能人才公共实训基地"

GROUNDS = (
    Ground("unlawful", "违反国家法律法规和相关政策的", "五（二）1", default="KS-A-03"),
    Ground("breach", "违反协议的约定且未整改或整改不到位的", "五（二）2", rectify=True),
    Ground("reputation", "出现其他严重影响公共服务声誉的行为", "五（二）3", default="KS-A-03"),
    Ground("failed", "年度绩效考核不合格或履约评估不合格的", "五（二）4", default="KS-A-03"),
)

PROCEDURE = (
    Stage(
        "filing",
        StageKind.FILING,
        "申报",
        "申报单位",
        "申报单位对照相应的认定条件填写申报表，向所在区镇社会保障部门申报，同时提交基地建设情况相关背景材料。",
        "三（三）1",
        documents=("application_form",),
    ),
    Stage(
        "recommendation",
        StageKind.RECOMMENDATION,
        "区镇初审和推荐",
        "区镇社会保障部门",
        "区镇社会保障部门对申报材料和有关证明材料进行初审，签署审核意见后择优推荐至市人社部门；推荐名额不限，须排出推荐次序。",
        "三（三）1",
        documents=("correction", "first_opinion", "recommendation_summary", "recommendation_letter"),
        recommendation=RULE,
    ),
    Stage(
        "acceptance",
        StageKind.ACCEPTANCE,
        "市级受理",
        BUREAU,
        "核对区镇报送的申报表、初审意见和汇总表，作出受理或不予受理的处理；须补正的，退回区镇，由区镇一次性告知申报单位。",
        "六",
        documents=("acceptance", "refusal"),
        days_setting="acceptance.days",
    ),
    Stage(
        "review",
        StageKind.EXPERT_REVIEW,
        "评审",
        "评审专家组",
        "书面审核与现场考核相结合，建立实训基地评审专家组，以量化指标为主的评审标准对入围的项目分类进行评审，并提出评审意见。",
        "三（三）2",
        documents=("draw_record", "panel_record", "visit_record", "expert_opinion", "minutes"),
        days_setting="onsite.days",
    ),
    Stage(
        "shortlist",
        StageKind.SHORTLIST,
        "确定候选单位",
        BUREAU,
        "根据专家组评审意见，确定候选单位；通知未设名额，按得分排序，得分相同的具有两年以上经验者优先。",
        "三（三）3；三（二）2",
        documents=("score_result", "shortlist"),
    ),
    Stage(
        "notice",
        StageKind.NOTICE,
        "公示",
        BUREAU,
        "候选单位向社会公示，登记并处理异议。",
        "三（三）3",
        documents=("notice",),
        days_setting="notice.days",
    ),
    Stage(
        "recognition",
        StageKind.RECOGNITION,
        "发文确认和挂牌",
        BUREAU,
        "公示无异议后，由市人社局发文确认并给予挂牌。",
        "三（三）3",
        documents=("recognition", "certificate"),
    ),
    Stage(
        "operation",
        StageKind.OPERATION,
        "运行",
        "基地",
        "突出公共实训和开展人才评价的核心功能，以体现公益性为主；可直接与市人社局签订免费技能晋升培训协议，每年报送实训计划、相关实训数据及总结材料。",
        "四；五（一）",
    ),
    Stage(
        "assessment",
        StageKind.ASSESSMENT,
        "年度绩效考核和履约评估",
        BUREAU,
        "每年核对培训高技能人才不少于150人、取证人数不少于培训人数的70%两项指标，以及实训计划、实训数据和总结材料；"
        "指标达到且材料齐全的为合格，否则列为待定，由市人社局说明理由后确定合格、整改或不合格。",
        "五（一）2、3；五（二）4",
        documents=("assessment_result",),
        default="KS-A-02",
    ),
    Stage(
        "revocation",
        StageKind.REVOCATION,
        "撤销和公告",
        BUREAU,
        "出现规定情形之一的予以撤销，由市人社局发出书面处理通知，并向社会公告；违反协议约定的，先限期整改；撤销前听取陈述申辩。",
        "五（二）",
        documents=("revocation",),
        days_setting="revocation.hearing_days",
        default="KS-A-03",
        grounds=GROUNDS,
    ),
)

PANEL = PanelRule(
    minimum_setting="panel.minimum",
    odd_setting="panel.odd",
    on_site=True,
    materials=True,
    recusals=(
        "在申报单位任职、兼职或受聘",
        "近三年内曾在申报单位任职，或与其有劳动、劳务、股权关系",
        "与申报单位负责人、项目负责人有近亲属关系",
        "与申报单位有其他可能影响公正评审的利害关系",
    ),
    clause="三（三）2",
    rolling=False,
    draw=DrawRule(
        size_setting="panel.size",
        years_setting="panel.service_years",
        exclusions=(
            Exclusion.SAME_UNIT,
            Exclusion.SAME_GROUP,
            Exclusion.RECENT_SERVICE,
            Exclusion.UNAVAILABLE,
            Exclusion.OBJECTED,
            Exclusion.INACTIVE,
        ),
        stratified=True,
        clause="三（三）2",
        alternates_setting="panel.alternates",
    ),
    votes_setting="meeting.votes",
    quorum_setting="meeting.quorum",
    meeting_setting="meeting.required",
)

NOTICE = NoticeRule(
    title=f"关于{TITLE}候选单位的公示",
    place_setting="notice.place",
    days_setting="notice.days",
    count_publication_day_setting="notice.count_publication_day",
    objection=(
        "公示期间，如对公示对象有异议，请以书面形式或在本平台实名反映，写明真实姓名、联系方式和具体事实，并附证据材料。"
    ),
    text="确定候选单位并向社会公示，无异议后，由市人社局发文确认并给予挂牌",
    clause="三（三）3",
)

NAMING = NamingPattern(
    pattern=f"{TITLE}{{core}}",
    plaque=TITLE,
    modes=(("speciality", "可以加注专业"),),
    clause="三（三）3",
    core_limit=20,
    bracket="（{core}专业）",
)
