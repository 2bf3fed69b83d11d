"""What is uploaded: the sealed form, one bundle of evidence, the operations report, the cross-application letter."""

from portal.jurisdictions.chongqing.tracks import CROSS_APPLICATION, HAS_BASE
from portal.policy.material import Material

EVIDENCE_PAGES = 30

MATERIALS = (
    Material(
        "application_form",
        "申报表和实施方案（盖章扫描件）",
        "网上填报后打印、签字盖章，再上传扫描件；国家级为申报书，市级为申报表，均含建设项目实施方案。",
        "五（一）；七（二）",
        maximum=1,
        max_pages=300,
        sealed=True,
    ),
    Material(
        "evidence",
        "佐证材料",
        "佐证等其他所有证明材料不超过30页，整合为1个PDF文档：单位登记证书、管理制度、信用报告、场地安全、教师资格、合作协议、"
        "职工教育经费、信息平台、倾斜条件等；凡复印件需注明“此件与原件相符”，并由经办人签字后加盖公章。",
        "七（二）",
        maximum=1,
        types=("pdf",),
        max_pages=EVIDENCE_PAGES,
    ),
    Material(
        "operations_report",
        "已建基地考核评估和运营情况报告",
        "已建立高技能人才培训基地的单位再次申报的，须另行提供：已建基地的级别、批建年份和文号，考核等次，资金使用，"
        "各年度培训评价产出，存在问题及改进情况；不计入 30 页佐证材料。",
        "七（二）",
        maximum=1,
        types=("pdf",),
        when=HAS_BASE,
    ),
    Material(
        "commitment_letter",
        "同时申请参评市级基地承诺书",
        "承诺“保持国家级基地建设目标计划、配套投入等不变”，列明保留的前三个专业（职业），由法定代表人签字并加盖公章。",
        "五（二）",
        maximum=1,
        when=CROSS_APPLICATION,
    ),
)
