"""The materials of 附件1 请附 (two groups, SY-A-15), and the evidence that 四（一） wants with the form."""

from portal.jurisdictions.shunyi.tracks import ON_DS, ON_TRAINING
from portal.policy.material import Material
from portal.policy.tests import Is

_ONE, _TWO = "附件1 请附1", "附件1 请附"
_RULES = "培训管理、财务管理、资产管理、风险管理等规章制度"

MATERIALS = (
    Material(
        "application_form",
        "申报表（盖章扫描件）",
        "《顺义区技能人才培训基地建设项目申报表》：提交后用A4纸双面打印，左侧装订，盖章后上传扫描件；纸质件2份另行报送。",
        "四（一）；附件1 填写要求四",
        maximum=1,
        max_pages=300,
        sealed=True,
    ),
    Material(
        "permit",
        "办学许可证",
        "申请项目建设单位办学许可证；没有办学许可证的单位不需要提供。",
        _ONE,
        when=Is("qualification.permit", ("yes",)),
        original_on_site=True,
    ),
    Material(
        "licence", "营业执照等登记证照", "申请项目建设单位营业执照，事业单位为法人证书。", _ONE, original_on_site=True
    ),
    Material("equipment_list", "设备清单", "申请项目建设单位设备清单。", _ONE),
    Material("teacher_list", "师资清单", "申请项目建设单位师资清单。", _ONE),
    Material("rules_project", "项目实施管理制度", "申请项目建设单位项目实施管理制度。", _TWO),
    Material("rules_funds", "经费管理制度", "申请项目建设单位经费管理制度。", _TWO),
    Material("rules_safety", "安全管理制度", "申请项目建设单位安全管理制度。", _TWO),
    Material("rules_training", "培训管理制度", f"{_RULES}：培训管理制度。", "二（二）1", supplement=True),
    Material("rules_finance", "财务管理制度", f"{_RULES}：财务管理制度。", "二（二）1", supplement=True),
    Material("rules_assets", "资产管理制度", f"{_RULES}：资产管理制度。", "二（二）1", supplement=True),
    Material("rules_risk", "风险管理制度", f"{_RULES}：风险管理制度。", "二（二）1", supplement=True),
    Material(
        "subject_proof",
        "申报主体类型证明",
        "证明属于方案所列申报主体的认定文件、名录或其他材料。",
        "二（一）",
        supplement=True,
    ),
    Material(
        "site_proof",
        "场所和设备设施安全证明",
        "场地权属或租赁材料，消防验收或备案、设备检验等证明。",
        "二（二）2",
        supplement=True,
    ),
    Material(
        "credit_report",
        "信用查询结果",
        "信用中国等平台的查询结果，查询日期在申报前 30 日内为宜。",
        "二（二）1",
        minimum=0,
        supplement=True,
    ),
    Material(
        "partner_proof",
        "合作协议",
        "与合作单位签订的职业技能培训合作协议。",
        "二（二）4",
        maximum=100,
        when=ON_TRAINING,
        per_row=("cooperation.partners",),
        supplement=True,
    ),
    Material(
        "output_proof",
        "培训、评价或岗位证明",
        "培训和评价台账，或培训就业岗位和生态链企业的证明。",
        "二（二）3",
        when=ON_TRAINING,
        supplement=True,
    ),
    Material(
        "emergency_plan",
        "突发事件应急预案",
        "集训期间突发事件应急预案。",
        "二（二）3",
        when=ON_DS,
        supplement=True,
    ),
    Material(
        "logistics_rules",
        "后勤服务保障制度",
        "集训后勤服务保障制度。",
        "二（二）3",
        when=ON_DS,
        supplement=True,
    ),
    Material(
        "contest_proof",
        "竞赛组织管理证明",
        "承办、协办竞赛的文件、总结等。",
        "二（二）4",
        when=ON_DS,
        supplement=True,
    ),
    Material("other", "其他佐证材料", "特色概述附加页等其他相应的佐证材料。", "四（一）", minimum=0, maximum=50),
)
