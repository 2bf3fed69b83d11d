"""The application form, 附件1. The notice is published without its annexes: the whole form is the portal's default (7.2 F11)."""

from portal.jurisdictions.kunshan.profile import DISTRICTS
from portal.jurisdictions.kunshan.project import PROJECT
from portal.jurisdictions.kunshan.site import BASE, EQUIPMENT
from portal.jurisdictions.kunshan.tracks import CATEGORIES
from portal.jurisdictions.kunshan.work import MANAGEMENT, PLAN, SERVICE, TRAINING
from portal.policy.form import Field, FieldKind, Form, OfficeBlock, Option, Section

DRAWN_UP = "通知附件1未随通知公开，本表为平台按通知所列条件和材料拟定的默认表样，可由新版本替换。"

COVER = Section(
    "cover",
    "封面",
    (
        Field("unit_name", "单位名称", source="name", locked=True, hint="取自单位资料；打印后在此处盖章"),
        Field("contact", "联系人", limit=30, source="contact_name", personal=True),
        Field("phone", "联系电话", FieldKind.PHONE, source="contact_phone", personal=True, example="0512-0000 0000"),
        Field("filled_on", "填表日期", FieldKind.DATE, source="today", hint="按当日预填，可以修改"),
    ),
    short="封面",
    hint=DRAWN_UP,
    clause="附件1",
)

UNIT = Section(
    "unit",
    "一、单位基本情况",
    (
        Field("unit_name", "单位名称", source="name", locked=True, width=30),
        Field("credit_code", "统一社会信用代码", FieldKind.CREDIT_CODE, source="credit_code", locked=True, width=15),
        Field(
            "category",
            "类别",
            FieldKind.CHOICE,
            options=CATEGORIES,
            source="nature",
            hint="评审按类别分组进行",
            clause="三（一）；三（三）2",
            width=15,
        ),
        Field(
            "district",
            "所属区镇",
            FieldKind.CHOICE,
            options=tuple(Option(each, each) for each in DISTRICTS),
            source="district",
            hint="由所在区镇社会保障部门初审",
            clause="三（三）1",
            width=15,
        ),
        Field("address", "地址", limit=200, source="address", width=15),
        Field("legal_person", "法定代表人", limit=30, personal=True, width=15),
        Field("contact", "联系人", limit=30, source="contact_name", personal=True, width=15),
        Field("phone", "联系电话", FieldKind.PHONE, source="contact_phone", personal=True, width=15),
        Field("email", "电子邮箱", FieldKind.EMAIL, required=False, source="contact_email", personal=True, width=15),
        Field("bank", "开户行", limit=100, width=15),
        Field("account", "账号", FieldKind.ACCOUNT, personal=True, width=15),
        Field(
            "intro",
            "单位简介",
            FieldKind.LONG_TEXT,
            limit=2000,
            hint="单位概况、主营业务或办学情况，与本市主体产业的关系",
            clause="三（二）1",
            width=30,
        ),
    ),
    short="一、单位情况",
    clause="三（一）",
)

FORM = Form(
    title="昆山市高技能人才公共实训基地申报表",
    parts=(COVER, UNIT, BASE, PROJECT, EQUIPMENT, TRAINING, SERVICE, MANAGEMENT, PLAN),
    notes=(
        DRAWN_UP,
        "申报表一式两份，其他证明材料一份，按照项目分类装盒或装袋，于规定时间内报送至昆山市人社局职称办，逾期视同自动放弃。",
        "申报材料的全部电子档由平台按类别打包，不必另发邮箱。",
    ),
    office_title="审核意见",
    office=(
        OfficeBlock("unit", "单位意见", "盖章："),
        OfficeBlock("town", "区镇社会保障部门审核意见", "盖章："),
        OfficeBlock("experts", "专家组评审意见", "签名："),
        OfficeBlock("bureau", "市人力资源和社会保障局意见", "盖章："),
    ),
    declaration=(
        "本单位承诺：申报表及所附材料的内容真实、准确、完整，复印件与原件一致；如有虚假，愿意承担由此产生的一切后果。"
    ),
    cover=("cover.unit_name", "cover.contact", "cover.phone", "cover.filled_on"),
)
