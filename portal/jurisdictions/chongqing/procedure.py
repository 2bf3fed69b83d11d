"""How an application goes: 五, 六 and 七; the notice, what a base owes, what it gets."""

from portal.jurisdictions.chongqing.recommend import RECOMMENDATION
from portal.policy.edition import Duty, Support
from portal.policy.notice import NoticeRule
from portal.policy.procedure import Stage, StageKind

BUREAU = "市人力社保局"
TIER = "推荐部门"

PROCEDURE = (
    Stage(
        "filing",
        StageKind.FILING,
        "网上申报",
        "申报单位",
        "申报单位按属地或者归口管理原则网上填报申报表、实施方案和基本情况，提供佐证材料；"
        "2024 年网上集中申报截止时间为 7 月 17 日 18:00。",
        "五（一）；七（二）",
        documents=("application_form",),
    ),
    Stage(
        "recommendation",
        StageKind.RECOMMENDATION,
        "审核推荐",
        TIER,
        "区县（自治县）人力社保部门或者市级行业主管部门审核申报材料，核查技能人才占比，推荐国家级 1 个、市级不超过 2 个并排序，上传加盖公章的推荐函和核查情况证明表；"
        "2024 年集中审核推荐时间为 7 月 18－24 日，逾期不再受理。",
        "五（一）；七（二）",
        documents=("correction", "verification", "recommendation_summary", "recommendation_letter"),
        recommendation=RECOMMENDATION,
    ),
    Stage(
        "acceptance",
        StageKind.ACCEPTANCE,
        "形式审查",
        BUREAU,
        "对推荐上报的申报材料进行审查，核对申报表、佐证材料页数、推荐函和核查情况证明表。",
        "七（二）",
        documents=("acceptance", "correction", "refusal"),
        days_setting="acceptance.days",
    ),
    Stage(
        "review",
        StageKind.EXPERT_REVIEW,
        "专家评审",
        "专家组",
        "市人力社保局会同有关部门组建专家组，按规定流程和纪律要求对申报材料进行评审；国家级和市级原则上分别申报、分开评审。",
        "五（二）",
        documents=("draw_record", "expert_opinion", "panel_record", "minutes"),
        days_setting="review.days",
    ),
    Stage(
        "shortlist",
        StageKind.SHORTLIST,
        "确定拟入选和备选名单",
        BUREAU,
        "分别确定国家级以及市级资金补助类、命名支持类高技能人才培训基地拟入选和备选单位名单。",
        "五（二）",
        documents=("placement", "score_result", "shortlist"),
    ),
    Stage(
        "notice",
        StageKind.NOTICE,
        "公示",
        BUREAU,
        "将评审结果在市人力社保局公众信息网进行不少于 5 个工作日的公示，登记并处理异议。",
        "五（二）",
        documents=("notice",),
        days_setting="notice.days",
    ),
    Stage(
        "recognition",
        StageKind.RECOGNITION,
        "批建",
        f"{BUREAU}、市财政局",
        "对公示无异议的，发文组织实施；国家级由市人力社保局、市财政局报人力资源社会保障部、财政部审核备案。",
        "五（二）；六",
        documents=("recognition", "certificate"),
    ),
    Stage(
        "operation",
        StageKind.OPERATION,
        "筹建、中期评估和验收评估",
        "基地建设单位",
        "从批建文件印发之日起开始实施建设，筹建周期两年；满 12 个月中期评估，满 24 个月验收评估（评估办法为平台默认）。",
        "六",
        default="CQ-D-04",
    ),
)

NOTICE = NoticeRule(
    title="关于高技能人才培训基地拟入选名单的公示",
    place_setting="notice.place",
    days_setting="notice.days",
    count_publication_day_setting="notice.count_publication_day",
    objection=(
        "公示期间，如对公示对象有异议，请以书面形式或在本平台实名反映，写明真实姓名、联系方式和具体事实，并附证据材料。"
    ),
    text="将评审结果在市人力社保局公众信息网进行不少于5个工作日的公示。对公示无异议的，发文组织实施",
    clause="五（二）",
)

_BUILD = "四（一）1（5）；六"
DUTIES = (
    Duty("两年筹建", "从批建文件印发之日起开始实施建设，筹建周期两年。", "六", "批建文件印发之日起 2 年"),
    Duty(
        "一年产出（国家级）",
        "围绕 5 个以上职业工种，从培训模式、课程设置、教材开发、师资建设、培训装备、能力评价、技能竞赛等方面构成较为完备系统的"
        "高技能人才培养培训体系，面向社会和本行业开展培训服务，承担政府补贴性职业技能培训任务，"
        "组织和承担职业培训师资研修培训、教材教法研发等工作。",
        _BUILD,
        "批建满 12 个月",
    ),
    Duty(
        "两年产出（国家级）",
        "年开展培训规模 3000 人次以上，其中高技能人才不少于 1000 人次。",
        _BUILD,
        "批建满 24 个月",
    ),
    Duty(
        "中期评估",
        "核对一年产出和实施方案第一年验收要点，结论为通过或者整改。",
        "六",
        "批建满 12 个月（平台默认）",
        default="CQ-D-04",
    ),
    Duty(
        "验收评估",
        "结论为优秀、合格、不合格；不合格的限期 6 个月整改，仍不合格的取消基地并收回资金。",
        "六",
        "批建满 24 个月（平台默认）",
        default="CQ-D-04",
    ),
)

SUPPORT = (
    Support(
        "国家级资金支持",
        "经评审通过的，由市人力社保局、市财政局按规定报人力资源社会保障部、财政部审核备案，并按规定档次标准给予一定的资金支持；"
        "通知未载明金额。",
        "六",
        tracks=("national",),
        key="national",
        entered=True,
    ),
    Support(
        "市级资金补助类",
        "给予政策支持和资金资助；通知未载明金额。",
        "二（二）1；六",
        tracks=("municipal",),
        key="municipal",
        entered=True,
    ),
    Support("市级命名支持类", "给予职业培训、技能评价、竞赛承办等方面政策支持。", "二（二）2"),
)
