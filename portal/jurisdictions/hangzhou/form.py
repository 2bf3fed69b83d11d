"""The application form, 附件2: headings, labels and notes verbatim; what the portal adds is marked `supplement` (HZ-A-08)."""

from portal.jurisdictions.hangzhou.project import PROJECT
from portal.jurisdictions.hangzhou.standard import PLEDGE, STANDARD
from portal.policy.form import Field, FieldKind, Form, OfficeBlock, Section

COVER = Section(
    "cover",
    "封面",
    (
        Field("unit_name", "单位名称", source="name", locked=True, hint="取自单位资料；打印后在此处盖章"),
        Field("contact", "联系人", limit=30, source="contact_name", personal=True),
        Field("phone", "联系电话", FieldKind.PHONE, source="contact_phone", personal=True, example="0571-0000 0000"),
        Field("filled_on", "填表日期", FieldKind.DATE, source="today", hint="按当日预填，可以修改"),
    ),
    short="封面",
    clause="附件2",
)

BASIC = Section(
    "basic",
    "一、基本情况",
    (
        Field("unit_name", "单位名称", source="name", locked=True, width=30),
        Field("address", "单位地址", limit=200, source="address", width=20),
        Field("postcode", "邮编", FieldKind.POSTCODE, source="postcode", example="310000"),
        Field("contact1", "联系人（1）", limit=30, source="contact_name", personal=True, width=15),
        Field("phone1", "联系电话及手机", FieldKind.PHONE, source="contact_phone", personal=True, width=15),
        Field("email1", "电子邮箱", FieldKind.EMAIL, source="contact_email", personal=True, width=30),
        Field("contact2", "联系人（2）", required=False, limit=30, personal=True, width=15),
        Field("phone2", "联系电话及手机", FieldKind.PHONE, required=False, personal=True, width=15),
        Field("email2", "电子邮箱", FieldKind.EMAIL, required=False, personal=True, width=30),
        Field(
            "intro",
            "单位简介",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="含本单位基本情况、师资、场地、设备、特色等",
            width=30,
        ),
    ),
    clause="附件2 一",
)

TRAINING = Section(
    "training",
    "二、高技能人才培养情况",
    (
        Field(
            "results",
            "高技能人才培养情况",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="近几年来，本单位的高技能人才培养情况和对社会服务情况等",
            clause="二（二）3",
            width=30,
        ),
    ),
    short="二、培养情况",
    clause="附件2 二",
)

FORM = Form(
    title="杭州市市级高技能人才公共实训基地（市公共实训基地分基地）申报表",
    parts=(COVER, BASIC, TRAINING, PROJECT, STANDARD, PLEDGE),
    notes=(
        "一、提交本表的书面文本（盖章）和电子文本各一份。",
        "二、随表附上：",
        "（一）法人登记证书副本（批准文件）或营业执照副本原件及复印件；",
        "（二）专职管理人员和师资基本情况及资格证明文件，包括聘用合同或劳动合同、学历证书、专业技术职称证书或技术等级证书等；",
        "（三）内部相关管理制度，如实训管理制度、固定资产管理制度等。",
        "三、填写过程中如填写内容较多，表格可扩充后填写，也可另加附页。",
    ),
    office_title="四、审核意见",
    office=(
        OfficeBlock("experts", "专家评估意见", "签名："),
        OfficeBlock("bureau", "市人力资源和社会保障局意见", "盖章："),
    ),
    declaration=(
        "本单位承诺：申报表及所附材料的内容真实、准确、完整，复印件与原件一致；如有虚假，愿意承担由此产生的一切后果。"
    ),
    cover=("cover.unit_name", "cover.contact", "cover.phone", "cover.filled_on"),
)
