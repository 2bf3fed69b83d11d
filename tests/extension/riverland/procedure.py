"""三 and 四: the stages in order, the panel and its draw, the notice, the name, the yearly review."""

from decimal import Decimal

from portal.policy.draw import DrawRule, Exclusion
from portal.policy.notice import NamingPattern, NoticeRule
from portal.policy.procedure import Ground, PanelRule, Stage, StageKind
from portal.policy.scoring import Grade, ScoreItem, ScoreSheet, Veto
from riverland.selection import RECOMMENDATION

BUREAU = "市人社局"
GROUNDS = (Ground("failed", "考核不合格，整改后仍不合格的", "四", rectify=True),)
PROCEDURE = (
    Stage("filing", StageKind.FILING, "申报", "申报单位", "单位填写申报表，向所在乡镇申报。", "三（一）",
          documents=("application_form",)),
    Stage("recommendation", StageKind.RECOMMENDATION, "推荐", "乡镇", "乡镇核实，择优推荐不超过2家并排序。", "三（二）",
          documents=("correction", "recommendation_letter", "verification", "recommendation_summary"),
          recommendation=RECOMMENDATION),
    Stage("acceptance", StageKind.ACCEPTANCE, "受理", BUREAU, "市人社局受理乡镇推荐的申报。", "三（二）",
          documents=("acceptance", "refusal"), days_setting="acceptance.days"),
    Stage("review", StageKind.EXPERT_REVIEW, "评审", "专家组", "随机抽取5名专家，按评审评分表评分。", "三（三）",
          documents=("draw_record", "panel_record", "expert_opinion")),
    Stage("shortlist", StageKind.SHORTLIST, "确定名单", BUREAU, "按得分由高到低确定，其余依次备选。", "三（四）",
          documents=("placement", "shortlist")),
    Stage("notice", StageKind.NOTICE, "公示", BUREAU, "公示5个工作日。", "三（五）",
          documents=("notice",), days_setting="notice.days"),
    Stage("recognition", StageKind.RECOGNITION, "认定", BUREAU, "无异议的发文认定，授予铭牌。", "三（五）",
          documents=("recognition", "certificate")),
    Stage("assessment", StageKind.ASSESSMENT, "年度考核", BUREAU, "每年考核一次。", "四",
          documents=("assessment_result",)),
    Stage("revocation", StageKind.REVOCATION, "撤销", BUREAU, "考核不合格、整改后仍不合格的，撤销。", "四",
          documents=("revocation",),
          grounds=GROUNDS),
)  # fmt: skip
PANEL = PanelRule(
    "panel.minimum",
    "panel.odd",
    on_site=False,
    materials=True,
    recusals=("在申报单位任职或受聘", "与申报单位有其他利害关系"),
    clause="三（三）",
    rolling=False,
    draw=DrawRule(
        "panel.size",
        "panel.years",
        (Exclusion.SAME_UNIT, Exclusion.RECENT_SERVICE, Exclusion.OBJECTED),
        stratified=False,
        clause="三（三）",
        alternates_setting="panel.alternates",
    ),
)
NOTICE = NoticeRule(
    "关于溪川市技能实训基地拟认定名单的公示",
    "notice.place",
    "notice.days",
    "notice.count_publication_day",
    "公示期间有异议的，请实名反映，并附证据材料。",
    "拟认定名单公示5个工作日，无异议的发文认定",
    "三（五）",
)
NAMING = NamingPattern("溪川市{core}技能实训基地", "溪川市技能实训基地", (("unit", "单位名称"),), "三（五）")
ASSESSMENT = ScoreSheet(
    "溪川市技能实训基地年度考核表",
    (
        ScoreItem(1, "实训运行", "按计划开展实训", Decimal(60), "由考核组酌情评分"),
        ScoreItem(2, "开放服务", "向社会开放", Decimal(40), "由考核组酌情评分"),
    ),
    (Grade("优秀", Decimal(80)), Grade("合格", Decimal(60)), Grade("不合格", Decimal(0))),
    (Veto("absent", "拒不参加考核的", "四"),),
    "每年一次",
    "四",
    "grade.basis",
    failing="限期整改；仍不合格的，撤销",
)
