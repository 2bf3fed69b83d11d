"""Who applies and for what: cover, the unit, the level with its tier or category, and bases it has already."""

from portal.jurisdictions.chongqing.profile import DISTRICTS
from portal.jurisdictions.chongqing.tracks import HAS_BASE, ON_MUNICIPAL, ON_NATIONAL, UNIT_KINDS
from portal.policy.form import Field, FieldKind, Option, Section, Table

COVER = Section(
    "cover",
    "封面",
    (
        Field("unit_name", "项目单位", source="name", locked=True, hint="取自单位资料；打印后在此处盖章"),
        Field("contact", "填报人", limit=30, source="contact_name", personal=True),
        Field("phone", "联系电话", FieldKind.PHONE, source="contact_phone", personal=True, example="023-0000 0000"),
        Field("filled_on", "填报时间", FieldKind.DATE, source="today", hint="按当日预填，可以修改"),
    ),
    clause="七（二）",
)

UNIT = Section(
    "unit",
    "一、单位信息",
    (
        Field("name", "单位名称", source="name", locked=True, width=20),
        Field("credit_code", "统一社会信用代码", FieldKind.CREDIT_CODE, source="credit_code", locked=True, width=10),
        Field(
            "kind",
            "单位性质",
            FieldKind.CHOICE,
            options=tuple(
                Option(value, label, other=True) if value == "other" else Option(value, label)
                for value, label in UNIT_KINDS
            ),
            clause="三",
            width=15,
        ),
        Field(
            "ownership",
            "举办属性",
            FieldKind.CHOICE,
            options=(
                Option("government", "政府办"),
                Option("industry", "行业、企业办"),
                Option("other", "其它", other=True),
            ),
            width=15,
        ),
        Field(
            "enterprise_based",
            "是否依托企业建设",
            FieldKind.YES_NO,
            hint="选“是”的，须填写技能人才占企业用工总量的比例和职工教育经费",
            clause="四（一）1（2）；四（一）2（2）",
            width=15,
        ),
        Field(
            "central",
            "是否中央在渝单位",
            FieldKind.YES_NO,
            hint="中央在渝单位向属地区县人力社保部门申报",
            clause="五（一）",
            width=15,
        ),
        Field(
            "district",
            "所在区县",
            FieldKind.CHOICE,
            options=tuple(Option(each, each) for each in DISTRICTS),
            source="district",
            clause="五（一）",
            width=15,
        ),
        Field("supervisor", "主管部门", limit=60, hint="没有主管部门的填“无”", clause="五（一）", width=15),
        Field("address", "单位地址", limit=200, source="address", width=20),
        Field("postcode", "邮编", FieldKind.POSTCODE, source="postcode", example="400000", width=10),
        Field("website", "网址", FieldKind.URL, required=False, source="website", width=30),
        Field("legal_name", "法人代表姓名", limit=30, personal=True, width=10),
        Field("legal_post", "法人代表部门及职务", limit=60, width=10),
        Field("legal_phone", "法人代表办公电话", FieldKind.PHONE, personal=True, width=10),
        Field("contact_post", "联系人部门及职务", limit=60, width=10),
        Field("contact_mobile", "联系人手机", FieldKind.PHONE, source="contact_phone", personal=True, width=10),
        Field("contact_email", "联系人电子邮箱", FieldKind.EMAIL, source="contact_email", personal=True, width=10),
        Field("bank_account", "资金账号", limit=40, required=False, personal=True, width=15),
        Field("bank", "开户银行", limit=80, required=False, width=15),
        Field(
            "intro",
            "特色概述",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="包括但不限于规范管理、培训能力、师资队伍、校企合作、办赛经验等方面",
            clause="三",
            width=30,
        ),
    ),
    hint="通知的附件未随文公布，本部分为平台按通知条件拟定的默认表样，可由新版本替换。",
    clause="三；五（一）",
)

_ADJUST = Field(
    "adjust",
    "是否服从调剂",
    FieldKind.YES_NO,
    hint="服从调剂的，所报档次或支持方式名额已满时按排名调剂；档次只向下调剂",
    clause="二",
)

NATIONAL_LEVEL = Section(
    "national",
    "二、申报档次",
    (
        Field(
            "tier",
            "申报档次",
            FieldKind.CHOICE,
            options=tuple(Option(tier, f"{tier} 档") for tier in "ABCD"),
            hint="分档标准见分类分档对照表（附件1），由专家组核定",
            clause="二（一）",
        ),
        Field(
            "type",
            "申报类型",
            FieldKind.CHOICE,
            options=(Option("new", "新建"), Option("existing", "已建")),
            clause="二（一）；附件1",
        ),
        _ADJUST,
    ),
    hint="推荐部门由平台按申报路径记载，不另填写。",
    clause="二（一）",
    when=ON_NATIONAL,
)

CATEGORIES = (("international", "国际合作"), ("digital", "数字技能"), ("other", "其他"))
SUPPORTS = (("funded", "资金补助"), ("named", "命名支持"))

MUNICIPAL_LEVEL = Section(
    "municipal",
    "二、申报类别",
    (
        Field(
            "category",
            "申报类别",
            FieldKind.CHOICE,
            options=tuple(Option(value, label) for value, label in CATEGORIES),
            clause="二（二）",
        ),
        Field(
            "support",
            "支持方式意向",
            FieldKind.CHOICE,
            options=tuple(Option(value, label) for value, label in SUPPORTS),
            hint="实际支持方式按类别内的排名确定，先资金补助类、后命名支持类",
            clause="二（二）",
        ),
        _ADJUST,
        Field(
            "cross",
            "是否由国家级申报同时申请参评市级",
            FieldKind.YES_NO,
            hint="由“同时申请参评市级”生成的申报表自动填“是”，须上传承诺书；其他申报填“否”",
            clause="五（二）",
        ),
    ),
    hint="推荐部门由平台按申报路径记载，不另填写。",
    clause="二（二）",
    when=ON_MUNICIPAL,
)

GRADES = (("excellent", "优秀"), ("qualified", "合格"), ("failed", "不合格"), ("pending", "未验收"))

BASES = Section(
    "bases",
    "三、已建基地情况",
    (
        Field(
            "has_existing",
            "是否已建立高技能人才培训基地",
            FieldKind.YES_NO,
            hint="选“是”的，须另行提供已建基地考核评估和运营情况报告，不计入 30 页佐证材料",
            clause="七（二）",
        ),
        Table(
            "items",
            "已建基地",
            (
                Field(
                    "level",
                    "级别",
                    FieldKind.CHOICE,
                    options=(Option("national", "国家级"), Option("municipal", "市级"), Option("district", "区县级")),
                    width=12,
                ),
                Field("year", "批建年份", FieldKind.INTEGER, minimum=1990, maximum=2100, width=10),
                Field("document", "批建文号", limit=60, hint="没有文号的填“无”", width=20),
                Field(
                    "grade",
                    "验收评估等次",
                    FieldKind.CHOICE,
                    options=tuple(Option(value, label) for value, label in GRADES),
                    clause="四（二）5",
                    width=12,
                ),
                Field("funds_used", "建设资金使用（万元）", FieldKind.MONEY, required=False, minimum=0, width=14),
            ),
            max_rows=20,
            noun="个基地",
            when=HAS_BASE,
        ),
    ),
    clause="四（二）5；七（二）",
)
