"""The form and its materials: what 二 and 三（一） ask, box by box."""

from portal.policy.edition import Track
from portal.policy.form import Field, FieldKind, Form, OfficeBlock, Option, Section, Table
from portal.policy.material import Material
from portal.policy.measures import Number
from portal.policy.tests import Compare

TRACKS = (
    Track("school", "院校类", "YX", "职业院校", "一"),
    Track("enterprise", "企业类", "QY", "企业", "一"),
)
AREA = Compare(Number("site.area"), ">=", 500, "平方米")

UNIT = Section(
    "unit",
    "一、单位情况",
    (
        Field("name", "单位名称", source="name", locked=True),
        Field("credit_code", "统一社会信用代码", FieldKind.CREDIT_CODE, source="credit_code", locked=True),
        Field("contact", "联系人", limit=30, source="contact_name", personal=True),
        Field("phone", "联系电话", FieldKind.PHONE, source="contact_phone", personal=True),
    ),
)
TRAINING = Section(
    "training",
    "二、培训情况",
    (
        Field("persons", "上年度培训人数", FieldKind.INTEGER, minimum=0, unit="人", clause="二（二）"),
        Field("teachers", "实训教师总数", FieldKind.INTEGER, minimum=1, unit="人", clause="二（四）"),
        Field("qualified", "其中：技师以上", FieldKind.INTEGER, at_most="teachers", unit="人", clause="二（四）"),
        Field("contest", "是否承办过市级以上职业技能竞赛", FieldKind.YES_NO, clause="二（六）"),
        Table(
            "projects",
            "实训项目",
            (
                Field("name", "项目名称", limit=40, width=20),
                Field(
                    "level",
                    "最高等级",
                    FieldKind.CHOICE,
                    options=(Option("1", "高级技师"), Option("2", "技师"), Option("3", "高级工")),
                ),
            ),
            max_rows=20,
            clause="二（五）",
        ),
    ),
)
SITE = Section(
    "site",
    "三、实训场地",
    (
        Field("area", "建筑面积", FieldKind.DECIMAL, minimum=0, unit="平方米", clause="二（三）"),
        Field("area_note", "面积不足的说明", FieldKind.LONG_TEXT, required=False, limit=300, clause="二（三）"),
    ),
)
FORM = Form(
    title="溪川市技能实训基地申报表",
    parts=(UNIT, TRAINING, SITE),
    office_title="审核意见",
    office=(OfficeBlock("town", "乡镇推荐意见", "盖章："), OfficeBlock("bureau", "市人社局意见", "盖章：")),
    declaration="本单位承诺：申报内容真实、准确，如有虚假，愿意承担由此产生的一切后果。",
    cover=("unit.name", "unit.contact", "unit.phone"),
)
MATERIALS = (
    Material("application_form", "申报表（盖章扫描件）", "", "三（一）", maximum=1, sealed=True),
    Material("licence", "营业执照或法人证书", "", "三（一）", original_on_site=True),
)
