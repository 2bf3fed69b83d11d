"""The 相关佐证材料 of 内人社办函〔2022〕278号 三; what 附件1 calls for as a document has a slot of its own (`supplement`)."""

from portal.policy.material import Material
from portal.policy.tests import Is

_PROOF = "内人社办函〔2022〕278号 三"


def _document(key: str, title: str, text: str, clause: str) -> Material:
    return Material(key, title, text, clause, supplement=True)


MATERIALS = (
    Material(
        "application_form",
        "申报书（盖章扫描件）",
        "《国家技能根基工程培训基地申报书》：提交后打印，由申报单位、主管单位盖章，再上传扫描件。"
        "申报单位名称要与所使用印章统一；没有主管单位的，在封面写明理由。",
        "附件2；内人社办函〔2022〕278号 三",
        maximum=1,
        max_pages=300,
        sealed=True,
        copies_setting="copies.paper",
    ),
    Material(
        "evidence",
        "佐证材料",
        "申报书各部分所附的相关证明材料，按申报书标注的页码编排；可以分册上传。",
        "附件2；内人社办函〔2022〕278号 三",
        maximum=50,
        max_megabytes=50,
    ),
    _document(
        "kind_proof",
        "单位类别证明",
        "制造业龙头企业、单项冠军企业、专精特新“小巨人”企业的认定文件，公共实训基地的批准文件，或者优质技工院校的证明材料；"
        "其他单位提供办学许可证、企业职工培训中心的设立文件等。",
        "附件1 第三条",
    ),
    Material(
        "body_proof",
        "技能等级认定机构备案文件",
        "获批技能等级认定资质的备案文件或目录，写明制造类职业（工种）。",
        "附件2 培训评价能力",
        when=Is("evaluation.is_body", ("yes",)),
        supplement=True,
    ),
    _document("training_proof", "培训规模证明", "各年度培训台账汇总、开班备案或补贴拨付文件等。", "附件1 第四条"),
    _document(
        "equipment_proof", "设备清单", "教学实训设备台账，写明数量和价值，单列智能机器人仪器设备。", "附件1 第十条"
    ),
    _document("expert_list", "专家团队名册", "按职业（工种）列明的专家名册和聘书。", "附件1 第十二条"),
    _document("teacher_plan", "师资培养规划和实施方案", "师资培养规划和实施方案。", "附件1 第十四条"),
    _document(
        "survey_proof",
        "合格率和满意率证明",
        "培训考核结果汇总、培训效果评估和企业、劳动者满意度调查报告。",
        "附件1 第二十一条",
    ),
    _document("rules_training", "培训管理制度", "培训管理制度文件。", "附件1 第二十二条"),
    _document("rules_finance", "财务管理制度", "财务管理制度文件。", "附件1 第二十二条"),
    _document("rules_risk", "风险管理制度", "风险管理制度文件。", "附件1 第二十二条"),
    _document("emergency_plan", "突发事件应急预案", "突发事件应急处理预案。", "附件1 第二十二条"),
    _document(
        "annual_plan", "年度工作计划及目标", "将基地建设纳入本单位年度工作计划及目标的文件。", "附件1 第二十三条"
    ),
    _document("rules_quality", "培训质量评估机制", "培训质量评估机制或办法。", "附件1 第二十三条"),
    _document("rules_oversight", "监督、审计及绩效评估制度", "监督、审计及绩效评估制度文件。", "附件1 第二十三条"),
    _document("funding_proof", "经费来源证明", "经费预算、资金安排文件或培训收入证明。", "附件1 第二十四条"),
)
