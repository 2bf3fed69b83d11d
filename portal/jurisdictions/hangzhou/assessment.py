"""The score sheet of 附件3: 14 items, 100 points and 20 on top, verbatim; grades and vetoes of 办法 五（二）（三）."""

from decimal import Decimal

from portal.policy.proposal import Filed, Kept, OwnedOnly, Stated
from portal.policy.scoring import Band, Bands, Grade, Mode, PerEvent, ScoreItem, ScoreSheet, Veto

D = Decimal
BASICS, RULES, TRAINING, SERVICE, BONUS = "基本建设", "制度建设", "实训管理", "公共服务", "加分项目"


def _all_or_nothing(
    number: int, title: str, points: int, rule: str, *, evidence: tuple[str, ...], stated: str
) -> ScoreItem:
    """An item of which the source knows only full points and none."""
    return ScoreItem(
        number, BASICS, title, D(points), rule, Mode.PROPOSED, step=D(points), formula=Stated(stated), evidence=evidence
    )


ITEMS = (
    _all_or_nothing(1, "有申报项目所需的实训场地", 15, "无专门场地不得分", evidence=("site",), stated="self.site"),
    ScoreItem(
        2,
        BASICS,
        "有申报项目所需的实训设备（不含租赁）",
        D(15),
        "无实训设备或设备属于租赁不得分；部分租赁酌情扣分",
        Mode.PROPOSED,
        formula=OwnedOnly("self.owned", "self.leased"),
        evidence=("equipment",),
    ),
    _all_or_nothing(3, "有专职的分基地负责人", 3, "无专职负责人不得分", evidence=("managers",), stated="self.manager"),
    _all_or_nothing(
        4,
        "有专职的实训设备维护保养人员",
        3,
        "无专职设备维护保养人员不得分",
        evidence=("maintainers",),
        stated="self.maintainer",
    ),
    _all_or_nothing(
        5, "所在单位安排配套经费", 4, "无配套经费不得分", evidence=("matching_funds",), stated="self.funds"
    ),
    ScoreItem(6, RULES, "有专门的分基地运行管理制度", D(4), "无制度不得分；制度不明确酌情扣分", evidence=("rules",)),
    ScoreItem(7, RULES, "有规范合理的运行流程", D(3), "无流程不得分；流程不清晰酌情扣分", evidence=("rules",)),
    ScoreItem(8, RULES, "有工作人员岗位职责", D(3), "无岗位职责不得分；岗位职责不明确酌情扣分", evidence=("rules",)),
    ScoreItem(
        9,
        TRAINING,
        "有年度工作计划和总结",
        D(5),
        "无计划总结不得分",
        Mode.PROPOSED,
        formula=Filed(("plan", "summary")),
        evidence=("annual_plan", "annual_summary"),
    ),
    ScoreItem(
        10,
        TRAINING,
        "有月度、年度实训情况统计、分析",
        D(10),
        "无统计、分析不得分；统计、分析不完整酌情扣分",
        Mode.PROPOSED,
        formula=Filed(("monthly", "annual"), judged=True),
        evidence=("monthly_statistics", "annual_statistics"),
    ),
    ScoreItem(
        11,
        TRAINING,
        "有完整的实训台账（准入申请、实训协议、实训预约、学员信息等）",
        D(5),
        "无台账不得分；台账不完整酌情扣分",
        Mode.PROPOSED,
        formula=Kept(("service", "trainees")),
        evidence=("ledger",),
    ),
    ScoreItem(
        12,
        SERVICE,
        "对外公共服务情况",
        D(30),
        "考核年度内未对外提供公共服务的不得分；每年提供服务300（含）人次以内的得10分；"
        "每年提供服务300（不含）至1500（含）人次的得20分；每年提供服务1500（不含）以上人次的得30分",
        Mode.AUTO,
        step=D(5),
        formula=Bands(
            (Band(0, D(0)), Band(300, D(10)), Band(1500, D(20)), Band(None, D(30))),
            aggregate_setting="item12.aggregate",
        ),
        feeds=(("", "service_external"),),
        evidence=("service_ledger",),
    ),
    ScoreItem(
        13,
        BONUS,
        "承办技能大赛",
        D(10),
        "承办一次市级技能大赛得2分；承办一次省级技能大赛得5分；承办一次国家级技能大赛得10分，最高不超过10分",
        Mode.AUTO,
        bonus=True,
        step=D(1),
        formula=PerEvent((("city", D(2)), ("province", D(5)), ("nation", D(10))), D(10)),
        feeds=(("city", "contests_city"), ("province", "contests_province"), ("nation", "contests_nation")),
        evidence=("competitions",),
    ),
    ScoreItem(
        14,
        BONUS,
        "其他公益性服务",
        D(10),
        "对外承接一次其他公益性服务得2分，最高不超过10分",
        Mode.AUTO,
        bonus=True,
        step=D(1),
        formula=PerEvent((("service", D(2)),), D(10)),
        feeds=(("service", "public_services"),),
        evidence=("public_services",),
    ),
)

SHEET = ScoreSheet(
    title="杭州市公共实训基地分基地考核评估表",
    items=ITEMS,
    # Half-open: 90分及以上为优秀，80—89分为良好，60—79分为合格，60分以下为不合格 leaves no gap for decimals (HZ-A-01, HZ-A-02).
    grades=(Grade("优秀", D(90)), Grade("良好", D(80)), Grade("合格", D(60)), Grade("不合格", D(0))),
    vetoes=(
        Veto("refusal", "拒绝接受市人力社保部门考核管理的", "五（三）1"),
        Veto("dissolved", "所在单位被注销或撤销的", "五（三）2"),
        Veto("incident", "经查属实且造成不良社会影响的投诉、舆情，或发生重大安全事故及其他违法违规事件", "五（三）3"),
    ),
    cycle="每两年一次",
    clause="五；附件3",
    basis_setting="grade.basis",
    failing="对于考核结果不合格的分基地予以撤销，并作摘牌处理",
)
