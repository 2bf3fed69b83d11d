"""The conditions of the national level, 四（一）1. Ratios are exact (G-02); 以上 and 不少于 include the number (G-01)."""

from portal.jurisdictions.chongqing.form_capacity import RULE_KINDS
from portal.jurisdictions.chongqing.form_people import SHARE_ASKED, SKILL_LEVELS
from portal.jurisdictions.chongqing.tracks import BY_ENTERPRISE, NATIONAL
from portal.policy.condition import Condition, Kind, Severity, Test
from portal.policy.lookups import DatedWithin
from portal.policy.measures import Count, Number, Share, Sum
from portal.policy.tests import AllOf, Attached, Compare, Each, Is, LastYear, NotBelow

AUTO, DOCUMENT, JUDGEMENT = Kind.AUTO, Kind.DOCUMENT, Kind.JUDGEMENT

SKILLED = Sum(tuple(Number(f"workforce.{key}") for key, _ in SKILL_LEVELS))
WORKFORCE = Sum((Number("workforce.employees"), Number("workforce.dispatched")))
SKILLED_SHARE = Share(SKILLED, WORKFORCE)
MATCHED = Count("professions.items", "matched", ("yes",))
PROOF = Attached("evidence", said="佐证材料")
FACETS = 7


def rules_in_force(*kinds: str) -> Test:
    """Every kind of rule is listed with its page, and the bundle of evidence is there."""
    names = dict(RULE_KINDS)
    listed = tuple(
        Compare(Count("management.rules", "kind", (kind,)), ">=", 1, f"项{names[kind]}", f"有{names[kind]}")
        for kind in kinds
    )
    return AllOf((*listed, PROOF))


NO_VIOLATIONS = Is("management.violations", ("no",), "未发生过违法违规事件", (("yes", "发生过"), ("no", "未发生过")))

MANAGEMENT = (
    Condition(
        "CQ-N01",
        "管理能力和管理体系",
        "具有较强的管理能力和高效的组织管理体系",
        "四（一）1（1）",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=NATIONAL,
    ),
    Condition(
        "CQ-N02",
        "培训管理、财务管理制度",
        "建立规范的培训管理、财务管理等制度",
        "四（一）1（1）",
        Severity.HARD,
        (DOCUMENT,),
        rules_in_force("training", "finance"),
        applies_to=NATIONAL,
    ),
    Condition(
        "CQ-N03",
        "未发生过违法违规事件",
        "遵守国家有关法律法规，未发生过违法违规事件",
        "四（一）1（1）",
        Severity.HARD,
        (AUTO,),
        NO_VIOLATIONS,
        applies_to=NATIONAL,
        note="通知未限定年限，按自成立之日起申报；信用信息显示有 3 年以前记录的，由审核人员核对。",
        default="CQ-A-13",
        conduct=True,
    ),
    Condition(
        "CQ-N04",
        "未受到失信联合惩戒",
        "未受到失信联合惩戒",
        "四（一）1（1）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        AllOf(
            (
                Is("management.punished", ("no",), "未受到失信联合惩戒", (("yes", "受到"), ("no", "未受到"))),
                DatedWithin("management.credit_report_on", 30, "信用报告为提交前 30 日内出具"),
            )
        ),
        applies_to=NATIONAL,
        note="信用报告须为提交前 30 日内出具，系平台默认。",
    ),
)

TRAINING = (
    Condition(
        "CQ-N05",
        "场所和设施设备安全",
        "培训场所和设施设备符合国家建设和安全标准",
        "四（一）1（2）",
        Severity.JUDGED,
        (JUDGEMENT, DOCUMENT),
        applies_to=NATIONAL,
    ),
    Condition(
        "CQ-N06",
        "年培训能力",
        "能满足年培训2000人次以上的需要",
        "四（一）1（2）",
        Severity.HARD,
        (AUTO,),
        Compare(Number("training.capacity"), ">=", 2000, "人次"),
        applies_to=NATIONAL,
        default="CQ-A-14",
    ),
    Condition(
        "CQ-N07",
        "按标准和规范培训、新型学徒制",
        "按照国家职业技能标准和职业培训包规范开展职业技能培训，积极开展中国特色企业新型学徒制培训",
        "四（一）1（2）",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=NATIONAL,
        note="可参考填报的企业新型学徒制培训班数。",
    ),
    Condition(
        "CQ-N08",
        "职工技能培训制度",
        "依托企业建设的，须建立有完善的职工技能培训制度",
        "四（一）1（2）",
        Severity.HARD,
        (DOCUMENT,),
        rules_in_force("staff"),
        when=BY_ENTERPRISE,
        applies_to=NATIONAL,
    ),
    Condition(
        "CQ-N09",
        "足额提取使用职工教育经费",
        "能足额提取使用职工教育经费开展职业技能培训",
        "四（一）1（2）",
        Severity.HARD,
        (AUTO,),
        AllOf(
            (
                LastYear("workforce.fund_year", "职工教育经费所属年度为上一年度："),
                NotBelow(Number("workforce.accrued"), Number("workforce.due"), "万元", "已提取不低于应提取"),
                Compare(Number("workforce.used"), ">", 0, "万元", "用于职业技能培训"),
            )
        ),
        when=BY_ENTERPRISE,
        applies_to=NATIONAL,
        note="按上一年度核对（平台默认）。",
    ),
    Condition(
        "CQ-N10",
        "技能人才占比",
        "技能人才占企业用工（含劳务派遣）总量的40%以上",
        "四（一）1（2）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        Compare(SKILLED_SHARE, ">=", 40, "%"),
        when=SHARE_ASKED,
        applies_to=NATIONAL,
        note="推荐部门核查后出具核查证明表；非依托企业建设的，核查结论填“不适用”。",
        default="CQ-A-06",
    ),
)

TEACHERS = (
    Condition(
        "CQ-N11",
        "稳定的师资队伍",
        "有符合培训要求的稳定的专兼职教师队伍",
        "四（一）1（3）",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=NATIONAL,
    ),
    Condition(
        "CQ-N12",
        "一体化教师比例",
        "一体化教师不少于50%",
        "四（一）1（3）",
        Severity.HARD,
        (AUTO,),
        Compare(Share(Number("teachers.integrated"), Number("teachers.total")), ">=", 50, "%"),
        applies_to=NATIONAL,
        note="以专兼职教师总数为分母（平台默认）。",
    ),
    Condition(
        "CQ-N13",
        "高级实习指导教师和技师以上教师比例",
        "高级实习指导教师和具有技师以上职业资格（或者职业技能等级）的教师占实习、实训教师总数的40%以上",
        "四（一）1（3）",
        Severity.HARD,
        (AUTO,),
        Compare(Share(Number("teachers.qualified"), Number("teachers.practice")), ">=", 40, "%"),
        applies_to=NATIONAL,
    ),
)

COOPERATION = (
    Condition(
        "CQ-N14",
        "校企合作关系",
        "院校与企业之间建立有稳定的合作关系，共建培训实习基地，互派教师交流实践",
        "四（一）1（4）",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=NATIONAL,
        note="合作单位表至少填 1 家（平台默认）。",
    ),
    Condition(
        "CQ-N15",
        "匹配的实习实训条件",
        "具有5个以上职业工种与经济发展急需紧缺高技能人才培训特色专业相匹配的实习实训条件",
        "四（一）1（4）",
        Severity.HARD,
        (AUTO,),
        Compare(MATCHED, ">=", 5, "个职业工种"),
        applies_to=NATIONAL,
    ),
    Condition(
        "CQ-N16",
        "信息化管理与服务平台",
        "建立信息化管理与服务平台",
        "四（一）1（4）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        AllOf((Is("site.platform", ("yes",), "已建立平台", (("yes", "已建立"), ("no", "未建立"))), PROOF)),
        applies_to=NATIONAL,
    ),
)

TARGETS = (
    Condition(
        "CQ-K01",
        "一年后形成培养培训体系",
        "项目实施一年后，围绕5个以上职业工种，从培训模式、课程设置、教材开发、师资建设、培训装备、能力评价、技能竞赛等方面，"
        "构成较为完备系统的高技能人才培养培训体系，并积极面向社会和本行业开展培训服务，承担政府补贴性职业技能培训任务，"
        "组织和承担职业培训师资研修培训、教材教法研发等工作",
        "四（一）1（5）",
        Severity.TARGET,
        (AUTO, JUDGEMENT),
        Each("build", Compare(Count("content.facets"), ">=", FACETS, "个方面"), "个专业", "content.name", minimum=5),
        applies_to=NATIONAL,
        note="申报时按实施方案核对计划，批建满 12 个月后核定实际产出。",
    ),
    Condition(
        "CQ-K02",
        "两年后年培训规模",
        "项目实施两年后，年开展培训规模3000人次以上，其中高技能人才不少于1000人次",
        "四（一）1（5）",
        Severity.TARGET,
        (AUTO,),
        AllOf(
            (
                Compare(Number("targets.year2_times"), ">=", 3000, "人次"),
                Compare(Number("targets.year2_high"), ">=", 1000, "人次高技能人才"),
            )
        ),
        applies_to=NATIONAL,
        note="申报时按实施方案核对计划，批建满 24 个月后核定实际产出。",
        default="CQ-A-14",
    ),
)

NATIONAL_CONDITIONS = (*MANAGEMENT, *TRAINING, *TEACHERS, *COOPERATION, *TARGETS)
