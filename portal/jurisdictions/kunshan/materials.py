"""The background materials of 三（三）1, and the evidence the conditions call for (`supplement`)."""

from portal.policy.material import Material

MATERIALS = (
    Material(
        "application_form",
        "申报表（盖章扫描件）",
        "《昆山市高技能人才公共实训基地申报表》：提交后打印、盖章，再上传扫描件；纸质件一式两份报送。",
        "三（三）1；六",
        maximum=1,
        max_pages=300,
        sealed=True,
    ),
    Material(
        "project_setting",
        "实训项目设置",
        "各实训项目的设置说明、实训大纲和教学安排；按项目分别上传或合并成册。",
        "三（三）1",
    ),
    Material(
        "equipment_list",
        "教学实训设备清单",
        "与申报表一致的教学实训设备清单，附固定资产账目或购置凭证。",
        "三（三）1",
    ),
    Material(
        "teacher_proof",
        "师资资质证明",
        "教师的职称证书、职业资格证书或职业技能等级证书；可以每人一份，也可以合并成册。",
        "三（三）1",
        maximum=200,
        per_row=("project.teachers.items",),
    ),
    Material(
        "training_record",
        "已开展培训的情况",
        "近两年培训的班次、人数、取证名册或证明；尚未开展的，书面说明。",
        "三（三）1",
    ),
    Material("rules", "规章制度", "制定的管理、安全、设备、学员等规章制度文本。", "三（三）1"),
    Material(
        "service_proof",
        "公共服务证明材料",
        "面向学校、用人单位和劳动者开展公共实训的协议、通知、签到或承诺。",
        "三（二）2",
        supplement=True,
    ),
    Material(
        "site_proof",
        "场地和设施证明",
        "建筑面积的权属或租赁证明，消防验收（备案）等证明。",
        "三（二）5",
        minimum=0,
        supplement=True,
    ),
    Material(
        "status_proof",
        "单位资质证明",
        "社会团体登记证书、营业执照、办学许可证等证明申报单位类别的文件。",
        "三（一）",
        minimum=0,
        supplement=True,
    ),
    Material("other_proof", "其他有效证明材料", "其他有效证明材料文件。", "三（三）1", minimum=0),
)
