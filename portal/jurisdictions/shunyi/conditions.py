"""The conditions of 二（一）（二）: SY-C01 to SY-C07 for all, SY-C08 to SY-C14 by type, then the targets.

Thresholds stand here as the source has them; 不少于, 以上 and 至少 include the number (G-01).
"""

from portal.jurisdictions.shunyi.subjects import CHAIN_SUBJECTS, CONTEST_SUBJECTS, TRAINING_SUBJECTS
from portal.jurisdictions.shunyi.targets import TARGETS
from portal.jurisdictions.shunyi.tracks import CY, DS, TRAINING, TS
from portal.policy.codes import ValidUnitCode
from portal.policy.condition import Condition, Kind, Severity
from portal.policy.form import Option
from portal.policy.lookups import ByTrack, Includes
from portal.policy.measures import Count, Largest, Number, Sum, Total
from portal.policy.tests import AllOf, Attached, Compare, Is

AUTO, DOCUMENT, JUDGEMENT = Kind.AUTO, Kind.DOCUMENT, Kind.JUDGEMENT
ALL = (TS, CY, DS)
_YES_HELD = ("yes",)


def _words(options: tuple[Option, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((option.value, option.label) for option in options)


def _one_of(key: str, options: tuple[Option, ...]) -> Is:
    said = f"为{'、'.join(option.label for option in options)}之一"
    return Is(f"qualification.{key}", tuple(option.value for option in options), said, _words(options))


_SUBJECT = AllOf(
    (
        ByTrack(
            (
                (TS, _one_of("training_subject", TRAINING_SUBJECTS)),
                (
                    CY,
                    Includes(
                        "qualification.chain_subjects",
                        tuple(option.value for option in CHAIN_SUBJECTS),
                        f"为{'、'.join(option.label for option in CHAIN_SUBJECTS)}之一",
                        _words(CHAIN_SUBJECTS),
                        any_of=True,
                    ),
                ),
                (DS, _one_of("contest_subject", CONTEST_SUBJECTS)),
            )
        ),
        Attached("subject_proof", said="申报主体类型证明"),
    )
)
_RULES = AllOf(
    tuple(
        Attached(f"rules_{key}", said=f"{title}管理制度")
        for key, title in (("training", "培训"), ("finance", "财务"), ("assets", "资产"), ("risk", "风险"))
    )
)
_RECORD = AllOf(
    tuple(
        Compare(Number(f"qualification.{key}"), "=", 0, "次", f"近3年未受{word}")
        for key, word in (("criminal", "刑事处罚"), ("administrative", "行政处罚"), ("dishonest", "失信联合惩戒"))
    )
)
_SPECIALITY = AllOf(
    (
        Compare(Count("work"), ">=", 1, "个专业（职业、工种）"),
        Compare(Total("premises.sites", "area"), ">", 0, "平方米实训场地", "有实训场地"),
        Compare(Count("premises.equipment"), ">=", 1, "项设备", "有实训设备"),
    )
)
_TRAINED = Largest(
    (
        Sum((Number("training.previous_trained"), Number("training.previous_assessed"))),
        Sum((Number("training.recent_trained"), Number("training.recent_assessed"))),
    )
)


def _partners(*kinds: str) -> Count:
    return Count("cooperation.partners", "kind", kinds, (("active", _YES_HELD),))


GENERAL = (
    Condition(
        "SY-C01",
        "在顺义区内依法登记注册",
        "在顺义区内依法登记注册的高等院校、技工院校、职业技能培训机构和企事业单位可申报建设顺义区技能人才培训基地",
        "二（一）",
        Severity.HARD,
        (AUTO, DOCUMENT),
        AllOf(
            (
                ValidUnitCode("basic.unit_code"),
                Is("qualification.registered", ("yes",), "在顺义区内依法登记注册"),
                Attached("licence", said="营业执照等登记证照"),
            )
        ),
        applies_to=ALL,
        note="以登记证照为准；统一社会信用代码第 3 至 8 位为 110113 只作提示。",
    ),
    Condition(
        "SY-C02",
        "申报主体",
        "职业技能提升培训基地的申报主体为高等院校、技工院校、职业技能培训机构、企业培训中心；产业链企业培训基地的申报主体为"
        "规模以上企业、产业链链主企业、上市公司、产教融合型企业、技能型企业、有链接龙头企业或上市公司能力的单项冠军、"
        "专精特新企业，在同行业中具有较高知名度和较好成长性；技能大赛集训基地的申报主体为企业、技工院校、职业院校和培训机构等",
        "二（一）",
        Severity.HARD,
        (AUTO, DOCUMENT, JUDGEMENT),
        _SUBJECT,
        applies_to=ALL,
        note="主体类型由系统核对；链接能力、知名度和成长性，以及“等”所指的其他单位，由审核人员认定。",
        default="SY-A-04",
    ),
    Condition(
        "SY-C03",
        "管理体系和规章制度",
        "有较强的管理能力和高效的组织管理体系，建立规范的培训管理、财务管理、资产管理、风险管理等规章制度",
        "二（二）1",
        Severity.HARD,
        (DOCUMENT, JUDGEMENT),
        _RULES,
        applies_to=ALL,
        note="四类制度由系统核对是否齐备，管理能力由审核人员和专家认定。",
    ),
    Condition(
        "SY-C04",
        "遵纪守法和信用",
        "遵守国家法律法规，近3年未受过刑事行政处罚和失信联合惩戒",
        "二（二）1",
        Severity.HARD,
        (AUTO,),
        _RECORD,
        applies_to=ALL,
        note="自申报之日起向前推算 3 年；刑事处罚和行政处罚分别申报。",
        default="SY-A-12",
        conduct=True,
    ),
    Condition(
        "SY-C05",
        "场所、设备设施安全",
        "场所、设备设施符合国家建设和安全标准",
        "二（二）2",
        Severity.JUDGED,
        (JUDGEMENT, DOCUMENT),
        applies_to=ALL,
    ),
    Condition(
        "SY-C06",
        "特色专业和相匹配的场地、设备",
        "申报建设职业技能提升培训基地和产业链企业培训基地应具有特色职业技能培训专业（职业、工种）和相匹配的实训场地、设备",
        "二（二）2",
        Severity.HARD,
        (AUTO, JUDGEMENT),
        _SPECIALITY,
        applies_to=TRAINING,
        note="专业、场地和设备的有无由系统核对，是否相匹配由专家认定。",
    ),
    Condition(
        "SY-C07",
        "集训场地、设施设备、工具耗材",
        "申报建设技能大赛集训基地应具备满足集训工作任务要求的训练场地、设施设备、工具耗材等",
        "二（二）2",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=(DS,),
    ),
)

BY_TYPE = (
    Condition(
        "SY-C08",
        "培训和评价规模",
        "上一年度或申报前十二个月职业技能培训和评价总人数应不少于500人次/年",
        "二（二）3",
        Severity.HARD,
        (AUTO,),
        Compare(_TRAINED, ">=", 500, "人次/年"),
        applies_to=(TS,),
        note="培训和评价合计，上一年度与申报前十二个月取较大者。",
    ),
    Condition(
        "SY-C09",
        "培训就业岗位",
        "申报产业链头部企业培训基地，应能提供300个以上培训就业岗位",
        "二（二）3",
        Severity.HARD,
        (AUTO,),
        Compare(Number("chain.jobs"), ">=", 300, "个"),
        applies_to=(CY,),
        default="SY-A-04",
    ),
    Condition(
        "SY-C10",
        "带动生态链企业",
        "能带动不少于3家生态链企业参与技能人才培养和使用",
        "二（二）3",
        Severity.HARD,
        (AUTO,),
        Compare(Count("chain.firms"), ">=", 3, "家"),
        applies_to=(CY,),
    ),
    Condition(
        "SY-C11",
        "集训团队、应急和后勤保障",
        "申报建设技能大赛集训基地应具有提供集训技术支持的工作团队，具有突发事件应急处理能力和健全的后勤服务保障制度，"
        "能够为集训工作和工作团队提供较好的生活场所和服务保障",
        "二（二）3",
        Severity.HARD,
        (AUTO, DOCUMENT, JUDGEMENT),
        AllOf(
            (
                Compare(Count("contest.team"), ">=", 1, "人", "有技术支持团队"),
                Attached("emergency_plan", said="突发事件应急预案"),
                Attached("logistics_rules", said="后勤服务保障制度"),
            )
        ),
        applies_to=(DS,),
        note="团队、预案和制度的有无由系统核对，生活场所和服务保障由专家认定。",
    ),
    Condition(
        "SY-C12",
        "合作企业、行业组织",
        "申报建设职业技能提升培训基地，应与不少于5家企业、行业组织建立稳定的职业技能培训合作关系",
        "二（二）4",
        Severity.HARD,
        (AUTO, JUDGEMENT),
        Compare(_partners("enterprise", "association"), ">=", 5, "家"),
        applies_to=(TS,),
        note="企业和行业组织合并计数，合作是否稳定由专家认定。",
    ),
    Condition(
        "SY-C13",
        "合作院校、培训机构",
        "申报产业链头部企业培训基地，应至少与1家高等院校、技工院校、职业技能培训机构建立稳定的职业技能培训合作关系",
        "二（二）4",
        Severity.HARD,
        (AUTO, JUDGEMENT),
        Compare(_partners("college", "technical", "training"), ">=", 1, "家"),
        applies_to=(CY,),
        note="合作是否稳定由专家认定。",
        default="SY-A-04",
    ),
    Condition(
        "SY-C14",
        "竞赛组织管理经验",
        "申报建设技能大赛集训基地应具有技能竞赛组织管理经验，能够公开公平公正组织集训选手阶段性选拔工作，具备良好的技术交流条件",
        "二（二）4",
        Severity.JUDGED,
        (JUDGEMENT,),
        applies_to=(DS,),
        note="至少填报一场组织管理过的竞赛，由专家认定。",
    ),
)

CONDITIONS = (*GENERAL, *BY_TYPE, *TARGETS)
