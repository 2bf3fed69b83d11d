"""The conditions of the reference standard (附件1). What can be measured is SOFT: a miss is explained, and justified by
the league that recommends (GJ-A-10); what must be there as a document is uploaded; the rest a person judges."""

from typing import Any

from portal.jurisdictions.skills_foundation import standard
from portal.policy.condition import Condition, Kind, Severity
from portal.policy.tests import AllOf, Attached

AUTO, DOCUMENT, JUDGEMENT = Kind.AUTO, Kind.DOCUMENT, Kind.JUDGEMENT
_SYSTEMS = AllOf(
    (
        Attached("rules_training", said="培训管理制度"),
        Attached("rules_finance", said="财务管理制度"),
        Attached("rules_risk", said="风险管理制度"),
        Attached("emergency_plan", said="突发事件应急预案"),
    )
)
_OVERSIGHT = AllOf(
    (
        Attached("annual_plan", said="年度工作计划及目标"),
        Attached("rules_quality", said="培训质量评估机制"),
        Attached("rules_oversight", said="监督、审计及绩效评估制度"),
    )
)


_TESTS = {**standard.TESTS, "scale": standard.SCALE}  # the mean of the years is the soft part of the scale


def _measured(code: str, title: str, text: str, clause: str, key: str, **more: Any) -> Condition:
    """A part of the reference standard the portal can compute; `notes.<key>` takes the reason for a miss."""
    declared = {"kinds": (AUTO,), "test": _TESTS[key], "explain": f"notes.{key}", **more}
    return Condition(code, title, text, clause, Severity.SOFT, **declared)


def _judged(code: str, title: str, text: str, clause: str, note: str = "") -> Condition:
    return Condition(code, title, text, clause, Severity.JUDGED, (JUDGEMENT,), note=note)


_ORIENTATION = (
    _measured(
        "GJ-C01",
        "单位类别",
        "重点依托国家制造业高质量发展试验区、国家先进制造业集群等遴选制造业龙头企业、单项冠军企业、专精特新“小巨人”企业、公共实训基地和优质技工院校建设基地",
        "附件1 第三条",
        "kind",
        kinds=(AUTO, DOCUMENT),
        note="其他单位（民办职业培训学校、企业职工培训中心等）选“其他”并说明；技工院校是否优质由审核人员和专家凭证明材料认定。",
        default="GJ-A-02",
    ),
    _measured(
        "GJ-C02",
        "年培训规模",
        "年培训规模不少于2000人次",
        "附件1 第四条",
        "scale",
        soft=standard.SCALE_MEAN,
        note="以所报年度中最近一年为准，并列示各年数据；各年平均不足 2000 人次的也须说明。",
        default="GJ-A-03",
    ),
    _measured(
        "GJ-C03",
        "高级工及以上培训占比",
        "高级工及以上培训不少于20%",
        "附件1 第四条",
        "advanced",
        note="与年培训规模取同一年度，按人次计算，不四舍五入。",
        default="GJ-A-03",
    ),
    _judged(
        "GJ-C04",
        "就业导向和重点人群",
        "基地应强化职业技能培训的就业导向，开展企业新型学徒制培训，为高校毕业生、退役军人、农民工、失业人员、残疾人等重点人群提供面向制造业相关领域的个性化定制培训，提升就业创业能力",
        "附件1 第五条",
        "可参考“参考标准对照”中填报的各类人群培训人次。",
    ),
    _judged(
        "GJ-C05",
        "研发推广和中小微企业服务",
        "基地应参与创新研发、产品孵化、技术推广和成果交流工作，面向产业链上下游中小微企业职工提供培训服务，开展制造业新职业、新技术宣传推广活动，建立制造业技能人才的技术交流互动平台。可承担不同层级制造类专业师资培训、师资研修交流等工作",
        "附件1 第六条",
        "承担师资培训、研修交流为鼓励事项，不作必备要求。",
    ),
    _judged(
        "GJ-C06",
        "国际交流合作",
        "基地应注重引进、消化、吸收国际制造业先进培训理念、培训模式和课程体系，建立国际交流合作服务平台，积极开展具有国际先进水平的培训项目",
        "附件1 第七条",
    ),
)

_SITE = (
    _judged(
        "GJ-C07",
        "场地设置",
        "基地设备设施应满足技能培训、评价、竞赛等功能需要，场地设置科学合理、功能齐备、配套完整，符合工学一体化发展需要",
        "附件1 第八条",
    ),
    _measured(
        "GJ-C08",
        "场所培训能力",
        "基地教学与实训场所建筑面积应符合国家有关建设标准和安全要求，能满足年累计培训 2000 人次以上的培训需求",
        "附件1 第九条",
        "capacity",
        kinds=(AUTO, JUDGEMENT),
        note="培训能力由系统核对，建设标准和安全要求由审核人员和专家认定。",
    ),
    _measured(
        "GJ-C09",
        "相匹配的实训设备",
        "具备 3 个以上与当地制造业发展急需紧缺技能人才职业（工种）相匹配的实训设备",
        "附件1 第十条",
        "equipped",
        kinds=(AUTO, JUDGEMENT),
        note="按“职业（工种）”表中具备相匹配实训设备的职业数核对，是否急需紧缺由审核人员和专家认定。",
    ),
    _measured(
        "GJ-C10",
        "设备总价值",
        "设备总价值原则上不低于 2000 万元",
        "附件1 第十条",
        "equipment_value",
        note="教学实训设备总值已包含智能机器人仪器设备。",
        default="GJ-A-11",
    ),
    _measured(
        "GJ-C11",
        "教学保障和信息化",
        "基地应配备满足正常教学需求的多媒体和网络设备设施，具有一定数量的专业图书、专业期刊和技术培训资料。建立有丰富的数字化培训资源库，具备便捷高效的信息化管理与服务平台",
        "附件1 第十一条",
        "facilities",
        kinds=(AUTO, JUDGEMENT),
        note="四项是否具备由单位填报，是否满足需要由审核人员和专家认定。",
    ),
)

_TEACHING = (
    _measured(
        "GJ-C12",
        "专家团队",
        "每个职业（工种）不少于 3 名专家",
        "附件1 第十二条",
        "experts",
        note="逐个职业（工种）核对。",
    ),
    _judged(
        "GJ-C13",
        "专兼职师资队伍",
        "基地应拥有一支数量充足、结构合理、技能精湛、师德高尚的专兼职师资队伍，优先选聘中华技能大奖获得者、全国技术能手、国家级技能大师工作室带头人、享受省级以上政府特殊津贴或获得省级以上技能相关荣誉表彰等高技能领军人才担任培训师资",
        "附件1 第十三条",
        "可参考“参考标准对照”中填报的专兼职人数和领军人才人数。",
    ),
    Condition(
        "GJ-C14",
        "师资培养机制",
        "基地应建立完善的师资培养机制，有科学合理的师资培养规划和实施方案，探索推行“工程师+技师”、“高级工程师+高级技师”的双师型师资培养模式",
        "附件1 第十四条",
        Severity.HARD,
        (DOCUMENT, JUDGEMENT),
        Attached("teacher_plan", said="师资培养规划和实施方案"),
        note="文件由系统核对是否齐备，是否科学合理由审核人员和专家认定。",
    ),
    _judged(
        "GJ-C15",
        "培训模式与课程资源",
        "基地应实施以工作任务为导向、以国家职业标准为依据、以综合职业能力培养为核心，理论教学与技能训练融合贯通的工学一体化培训模式。"
        "基地应加强互联网、大数据、人工智能等数字技术的应用，多渠道共建共享培训资源和网络学习平台。鼓励基地推行个性化定制培训、送教上门培训等模式。"
        "基地应根据制造业特点和行业企业需求，面向重点人群、新技术、新领域等开发一批重点培训项目，开发分级分类的培训课程资源包，根据发展实际迭代更新培训课程等。"
        "建立多层次、模块化、高质量的技能培训课程体系，打造具有行业和区域特色的培训品牌。"
        "基地应能够承担制造类职业技能竞赛的成果转化、集训、技术服务等工作",
        "附件1 第十五条至第十八条",
    ),
    _judged(
        "GJ-C16",
        "分层次培养和规范培训",
        "基地可针对参训人员情况，因材施教，制定分层次培养方案。采取全日制、非全日制等形式开展技能人才培养工作。建立完善弹性学制、学分制教学管理制度。"
        "基地应根据国家职业标准、国家基本职业培训包和专项职业能力考核规范等要求，规范配备师资、设备、教学资料等，规范开展培训和考核",
        "附件1 第十九条、第二十条",
    ),
    _measured("GJ-C17", "培训合格率", "培训合格率达90%以上", "附件1 第二十一条", "pass_rate"),
    _measured(
        "GJ-C18",
        "满意率",
        "企业及劳动者调查评价满意率达90%以上",
        "附件1 第二十一条",
        "satisfaction",
        note="企业满意率和劳动者满意率分别核对。",
    ),
)

_SUPPORT = (
    Condition(
        "GJ-C19",
        "管理制度和应急能力",
        "建立培训管理、财务管理、风险管理等制度，具备突发事件应急处理能力",
        "附件1 第二十二条",
        Severity.HARD,
        (DOCUMENT,),
        _SYSTEMS,
    ),
    Condition(
        "GJ-C20",
        "年度计划和监督评估",
        "基地应将基地建设纳入本单位年度工作计划及目标，建立培训质量评估机制，建立监督、审计及绩效评估制度",
        "附件1 第二十三条",
        Severity.HARD,
        (DOCUMENT,),
        _OVERSIGHT,
    ),
    Condition(
        "GJ-C21",
        "经费来源",
        "基地应有明确、稳定的经费和资金来源，可通过提供优质培训服务，探索市场化培训模式，满足基地日常运营和可持续发展需要",
        "附件1 第二十四条",
        Severity.HARD,
        (DOCUMENT, JUDGEMENT),
        Attached("funding_proof", said="经费来源证明"),
        note="证明材料由系统核对是否齐备，是否明确、稳定由审核人员和专家认定。",
    ),
)

_CONSISTENCY = (
    _measured(
        "GJ-S01",
        "一体化教师人数",
        "一体化（双师型）教师人数",
        "附件2 培训师资情况",
        "integrated",
        note="平台增设的数据提示，来源文件未作规定：一体化（双师型）教师人数不应多于专任教师人数，人数不合的须说明。",
    ),
    _measured(
        "GJ-S02",
        "实习指导教师分项人数",
        "实习指导教师人数",
        "附件2 培训师资情况",
        "instructors",
        note="平台增设的数据提示，来源文件未作规定：职称三项之和、职业资格（技能等级）四项之和都应等于实习指导教师人数，人数不合的须说明。",
    ),
)

CONDITIONS = (*_ORIENTATION, *_SITE, *_TEACHING, *_SUPPORT, *_CONSISTENCY)
