"""How an application goes: 二（三）, then 四 and 五; and the panel, the notice, the names."""

from portal.policy.draw import DrawRule, Exclusion
from portal.policy.edition import Duty, Support
from portal.policy.notice import NamingPattern, NoticeRule
from portal.policy.procedure import PanelRule, Stage, StageKind

BUREAU = "市人力社保局"

PROCEDURE = (
    Stage(
        "filing",
        StageKind.FILING,
        "网上填报",
        "申请单位",
        "申请单位将申报材料报市人力社保部门，不经区、县（市）转报。",
        "二（三）1",
        documents=("application_form",),
    ),
    Stage(
        "acceptance",
        StageKind.ACCEPTANCE,
        "申报受理",
        BUREAU,
        "核对申报表和附件，作出受理、一次性补正告知或不予受理的处理。",
        "二（三）1",
        documents=("acceptance", "correction", "refusal"),
        days_setting="acceptance.days",
    ),
    Stage(
        "review",
        StageKind.EXPERT_REVIEW,
        "现场考察和评估",
        "专家",
        "市人社保部门组织专家进行现场考察和评估。",
        "二（三）2",
        documents=("panel_record", "visit_record", "expert_opinion", "minutes"),
        days_setting="onsite.days",
    ),
    Stage(
        "shortlist",
        StageKind.SHORTLIST,
        "拟定名单",
        BUREAU,
        "拟定杭州市市级高技能人才公共实训基地（市公共实训基地分基地）名单。",
        "二（三）2",
        documents=("shortlist",),
    ),
    Stage(
        "notice",
        StageKind.NOTICE,
        "公示",
        BUREAU,
        "拟认定名单向社会公示，登记并处理异议。",
        "二（三）2",
        documents=("notice",),
        days_setting="notice.days",
    ),
    Stage(
        "recognition",
        StageKind.RECOGNITION,
        "授予名称和铭牌",
        BUREAU,
        "经公示无异议后，授予名称和铭牌。",
        "二（三）2",
        documents=("recognition", "certificate"),
    ),
    Stage(
        "operation",
        StageKind.OPERATION,
        "运行",
        "分基地",
        "发挥公共服务职能，开展公益性实训、技能竞赛和资助性培训，维护和管理实训设备。",
        "三；四",
    ),
    Stage(
        "assessment",
        StageKind.ASSESSMENT,
        "考核评估",
        f"{BUREAU}、专家",
        "市人力社保部门每两年组织专家对分基地进行考核评估。",
        "五（一）",
        documents=("assessment_result",),
    ),
    Stage(
        "revocation",
        StageKind.REVOCATION,
        "撤销和摘牌",
        BUREAU,
        "对于考核结果不合格的分基地予以撤销，并作摘牌处理。",
        "五（二）",
        documents=("revocation",),
        days_setting="revocation.hearing_days",
        default="HZ-A-12",
    ),
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
        "与申请单位有其他可能影响公正评估的利害关系",
    ),
    clause="二（三）2",
    draw=DrawRule(
        size_setting="panel.minimum",
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
        clause="二（三）2",
        default="HZ-A-15",
        alternates_setting="draw.alternates",
    ),
    votes_setting="meeting.votes",
    quorum_setting="meeting.quorum",
    meeting_setting="meeting.required",
)

NOTICE = NoticeRule(
    title="关于杭州市市级高技能人才公共实训基地（市公共实训基地分基地）拟认定名单的公示",
    place_setting="notice.place",
    days_setting="notice.days",
    count_publication_day_setting="notice.count_publication_day",
    objection=(
        "公示期间，如对公示对象有异议，请以书面形式或在本平台实名反映，写明真实姓名、联系方式和具体事实，并附证据材料。"
    ),
    text="经公示无异议后，授予名称和铭牌",
    clause="二（三）2",
)

NAMING = NamingPattern(
    pattern="杭州市公共实训基地{core}分基地",
    plaque="杭州市高技能人才公共实训基地",
    modes=(("unit", "单位名称"), ("region", "区域")),
    clause="二（三）2",
)

DUTIES = (
    Duty(
        "提供实训、认定和竞赛场地",
        "为职业技能实训、职业技能等级认定（技能鉴定）和职业技能竞赛提供相应场地，着重体现公益性，兼顾经济性。",
        "三",
    ),
    Duty("维护保养实训设备", "自行承担实训设备的维护保养经费，配备专职人员对实训资源进行维护和管理。", "四（二）"),
    Duty("代管政府投入的设备", "政府财政投入添置的设备由分基地代为管理。", "四（三）"),
    Duty("月度实训统计、分析", "有月度、年度实训情况统计、分析。", "附件3 第10项", "次月 10 日前（平台默认）"),
    Duty("年度工作计划", "有年度工作计划和总结。", "附件3 第9项", "当年 1 月 31 日前（平台默认）"),
    Duty("年度工作总结", "有年度工作计划和总结。", "附件3 第9项", "次年 1 月 31 日前（平台默认）"),
    Duty("实训台账", "有完整的实训台账（准入申请、实训协议、实训预约、学员信息等）。", "附件3 第11项", "随时登记"),
)

SUPPORT = (
    Support(
        "公益性实训服务资助",
        "对在杭高校、职业院校（含技工院校）、培训机构、用人单位和其他社会组织（不包含分基地所在的院校或企业）"
        "提供公益性的公共实训服务，可根据《杭州市人民政府关于推进高质量就业工作的实施意见》（杭政函〔2022〕81号）文件，"
        "按相关内容予以资助。",
        "六（二）",
    ),
    Support(
        "优先推荐定点培训机构",
        "对符合杭州市职业技能培训定点机构认定条件的分基地，可优先推荐认定定点培训机构。",
        "六（三）",
    ),
    Support(
        "参加评价组织遴选",
        "符合杭州市职业技能等级认定（技能鉴定）社会培训评价组织机构申报条件的分基地可申请参加遴选。",
        "六（四）",
    ),
    Support("业务指导", "杭州市职业能力建设指导服务中心为分基地建设提供师资培训、业务指导等服务。", "六（一）"),
)
