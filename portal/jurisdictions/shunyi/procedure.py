"""How an application goes: 四（一）–（三）, then 工作要求; and the panel, the notice, the duties. Nobody recommends."""

from portal.policy.draw import DrawRule, Exclusion
from portal.policy.edition import Duty
from portal.policy.notice import NamingPattern, NoticeRule
from portal.policy.procedure import Ground, PanelRule, Stage, StageKind

BUREAU = "顺义区人力资源和社会保障局"

GROUNDS = (
    Ground("missed", "指导后指标仍未达到产出指标", "工作要求（三）", rectify=True, default="SY-A-03"),
    Ground("misuse", "挪用、侵占、私分建设补助资金", "工作要求（三）"),
    Ground("fraud", "弄虚作假、谎报成果等行为经查属实", "工作要求（三）"),
)

PROCEDURE = (
    Stage(
        "filing",
        StageKind.FILING,
        "项目申报",
        "申请单位",
        "在2024年8月31日前向顺义区人力资源和社会保障局提交申请表，明确申请建设的基地类型，如实填写项目概述、工作思路与目标、"
        "工作重点及内容和保障措施，并提供佐证材料；纸质盖章申报表2份连同电子文档一并上报。",
        "四（一）；附件1 填写要求四",
        documents=("application_form",),
    ),
    Stage(
        "acceptance",
        StageKind.ACCEPTANCE,
        "受理",
        BUREAU,
        "核对申报表和附件，作出受理、一次性补正告知或不予受理的处理（方案未写明，平台默认）。",
        "四（一）",
        documents=("acceptance", "correction", "refusal"),
        days_setting="acceptance.days",
    ),
    Stage(
        "review",
        StageKind.EXPERT_REVIEW,
        "材料评审和现场核查",
        "专家组",
        "组织专家进行评审，采用随申即评的形式，专家组对申报材料进行评审，并进行现场核查。",
        "四（二）；附件1 表5",
        documents=("draw_record", "panel_record", "visit_record", "expert_opinion", "minutes"),
        days_setting="onsite.days",
    ),
    Stage(
        "shortlist",
        StageKind.SHORTLIST,
        "审核、拟定名单",
        BUREAU,
        "签署行政部门审核意见，拟定技能人才培训基地建设项目名单；没有名额限制，不列入的须说明理由。",
        "四（三）；附件1 表5",
        documents=("shortlist",),
        default="SY-A-13",
    ),
    Stage(
        "notice",
        StageKind.NOTICE,
        "公示",
        BUREAU,
        "将拟认定的建设项目通过顺义区人民政府官网向社会公示，登记并处理异议。",
        "四（三）",
        documents=("notice",),
        days_setting="notice.days",
    ),
    Stage(
        "recognition",
        StageKind.RECOGNITION,
        "发文公布、授予称号和铭牌",
        BUREAU,
        "对经公示无异议的建设项目予以发文公布，根据基地建设类型授予称号和铭牌；发文之日为建设期起算日。",
        "四（三）",
        documents=("recognition", "certificate"),
        default="SY-A-11",
    ),
    Stage(
        "operation",
        StageKind.OPERATION,
        "建设和过程监管",
        "基地建设单位",
        "建设期不超过2年，每月报送工作进展；人力社保局加强指导和监督检查。",
        "工作要求（二）",
    ),
    Stage(
        "assessment",
        StageKind.ASSESSMENT,
        "产出指标核验",
        BUREAU,
        "核验建设当年和两年内的产出指标，不评分、不定等；未达到的给予一年改进期并进行改进指导。",
        "工作要求（三）",
        documents=("assessment_result",),
        default="SY-A-03",
    ),
    Stage(
        "revocation",
        StageKind.REVOCATION,
        "终止建设、取消称号和追回资金",
        BUREAU,
        "指导后指标仍未达到的，终止项目建设，取消基地称号，追回剩余补助资金；挪用资金或弄虚作假的，撤销资格并追回所有补助资金。",
        "工作要求（三）",
        documents=("revocation",),
        days_setting="revocation.hearing_days",
        grounds=GROUNDS,
    ),
)

DRAW = DrawRule(
    size_setting="draw.size",
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
    clause="四（二）（专家如何产生未写明，平台默认随机抽取）",
    alternates_setting="draw.alternates",
)

PANEL = PanelRule(
    minimum_setting="panel.minimum",
    odd_setting="panel.odd",
    on_site=True,
    materials=True,
    recusals=(
        "在申请单位任职、兼职或受聘",
        "近三年内曾在申请单位任职，或与其有劳动、劳务、股权关系",
        "与申请单位负责人、项目负责人有近亲属关系",
        "与申请单位有其他可能影响公正评审的利害关系",
    ),
    clause="四（二）；附件1 表5",
    rolling=True,  # 随申即评
    draw=DRAW,
    votes_setting="meeting.votes",
    quorum_setting="meeting.quorum",
    meeting_setting="meeting.required",
)

NOTICE = NoticeRule(
    title="关于顺义区技能人才培训基地拟认定建设项目的公示",
    place_setting="notice.place",
    days_setting="notice.days",
    count_publication_day_setting="notice.count_publication_day",
    objection=(
        "公示期间，如对公示对象有异议，请以书面形式或在本平台实名反映，写明真实姓名、联系方式和具体事实，并附证据材料。"
    ),
    text="将经评审拟认定的技能人才培训基地建设项目通过顺义区人民政府官网向社会公示，对经公示无异议的建设项目予以发文公布",
    clause="四（三）",
    default="方案未写明公示期限，平台默认5个工作日",
)

# Each type of base has its own plaque (see tracks); this one stands for all where a page speaks of the policy as a whole.
NAMING = NamingPattern(
    "顺义区技能人才培训基地（{core}）", "顺义区技能人才培训基地", (("unit", "单位名称"),), "四（三）"
)

DUTIES = (
    Duty(
        "每月报送工作进展",
        "从项目认定起，每月按工作要求向顺义区人力资源和社会保障局报送工作进展。",
        "工作要求（二）",
        "次月第 5 个工作日前（平台默认）",
    ),
    Duty(
        "建设专账", "建立完善的资金管理制度，建立专账合理使用项目资金，确保资金安全有效。", "工作要求（四）", "随时登记"
    ),
    Duty(
        "建设当年产出指标核验",
        "报送建设第一年的取证人数、满意率、取证率和佐证材料，接受核验。",
        "三（一）（二）；工作要求（三）",
        "建设第一年届满后",
        "SY-A-02",
    ),
    Duty(
        "末次资金申请",
        "完成产出指标后申请拨付末次资金，提交基地建设工作总结、绩效自评报告及产出佐证材料等。",
        "工作要求（二）",
        "建设期内或改进期内",
    ),
    Duty(
        "承办竞赛",
        "技能大赛集训基地2年建设期内至少承办1场区级及以上职业技能竞赛，参赛选手人数不少于300人。",
        "三（三）",
        "建设期届满前",
        "SY-A-10",
    ),
    Duty(
        "改进",
        "未达到产出指标的，在一年改进期内接受人力社保部门指导，达到产出指标。",
        "工作要求（三）",
        "改进期届满前",
        "SY-A-03",
    ),
)
