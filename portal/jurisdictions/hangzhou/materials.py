"""The materials of 办法 二（三）1 and of the notes to 附件2; evidence the standards call for is `supplement`."""

from portal.jurisdictions.hangzhou.tracks import BY_ENTERPRISE_STANDARD, BY_SCHOOL_STANDARD
from portal.policy.material import Material

_STAFF = ("project.staff.managers", "project.staff.teachers")

MATERIALS = (
    Material(
        "application_form",
        "申报表（盖章扫描件）",
        "《杭州市市级高技能人才公共实训基地（市公共实训基地分基地）申报表》：提交后打印、盖章，再上传扫描件。",
        "二（三）1（1）；附件2 填写说明一",
        maximum=1,
        max_pages=300,
        sealed=True,
    ),
    Material(
        "licence",
        "法人登记证书或营业执照",
        "法人登记证书副本（批准文件）或营业执照副本原件及复印件；上传扫描件，现场考察时核对原件。",
        "二（三）1（2）",
        original_on_site=True,
    ),
    Material(
        "contracts",
        "聘用合同或劳动合同",
        "专职管理人员和师资的聘用合同或劳动合同；可以每人一份，也可以合并成册。",
        "二（三）1（3）",
        maximum=200,
        per_row=_STAFF,
    ),
    Material(
        "certificates",
        "学历、职称或技术等级证书",
        "专职管理人员和师资的学历证书、专业技术职称证书或技术等级证书等；可以每人一份，也可以合并成册。",
        "二（三）1（3）",
        maximum=200,
        per_row=_STAFF,
    ),
    Material("rules_training", "实训管理制度", "内部相关管理制度：实训管理制度。", "二（三）1（4）"),
    Material("rules_assets", "固定资产管理制度", "内部相关管理制度：固定资产管理制度。", "二（三）1（4）"),
    Material(
        "rules_other", "其他内部管理制度", "安全、学员、考核等其他内部相关管理制度。", "二（三）1（4）", minimum=0
    ),
    Material(
        "office_proof",
        "办公场所权属证明",
        "自有固定办公场所的不动产权证书或其他权属证明。",
        "二（二）2",
        supplement=True,
    ),
    Material(
        "site_proof",
        "实训场地权属证明",
        "自有实训场地的不动产权证书或其他权属证明。",
        "二（二）2",
        minimum=0,
        supplement=True,
    ),
    Material(
        "matching_proof",
        "配套经费证明",
        "落实配套经费的文件、预算或盖章承诺。",
        "附件1 一（四）、二（三）",
        supplement=True,
    ),
    Material(
        "partner_proof",
        "校企合作协议",
        "与合作企业签订的协议。",
        "附件1 一（二）",
        minimum=0,
        maximum=100,
        when=BY_SCHOOL_STANDARD,
        supplement=True,
    ),
    Material(
        "industry_proof",
        "产业归属证明",
        "高新技术企业证书、产业目录认定文件等。",
        "附件1 二（一）",
        when=BY_ENTERPRISE_STANDARD,
        supplement=True,
    ),
    Material(
        "fund_proof",
        "职工培训经费凭证",
        "近 3 个完整年度职工培训经费提取和使用的账目或审计材料。",
        "附件1 二（二）",
        minimum=0,
        when=BY_ENTERPRISE_STANDARD,
        supplement=True,
    ),
)
