"""Part 三 of the form, 申报项目情况: repeated for each project, with its four sections as 附件2 has them."""

from portal.policy.form import Field, FieldKind, Group, Option, Section, Table
from portal.policy.tests import Is

TENURES = (Option("owned", "自有"), Option("leased", "租赁"), Option("government", "政府投入（代管）"))

EDUCATION = (
    Option("doctor", "博士研究生"),
    Option("master", "硕士研究生"),
    Option("bachelor", "大学本科"),
    Option("college", "大学专科"),
    Option("technical", "技工学校（中专）"),
    Option("secondary", "高中"),
    Option("junior", "初中及以下"),
)

LEVELS = (
    Option("5", "五级/初级工"),
    Option("4", "四级/中级工"),
    Option("3", "三级/高级工"),
    Option("2", "二级/技师"),
    Option("1", "一级/高级技师"),
    Option("0", "特级技师、首席技师"),
)

SITE = Section(
    "site",
    "（一）基本情况",
    (
        Field("name", "实训中心名称", limit=80, example="数控加工与智能制造实训中心", width=30),
        Table(
            "occupations",
            "可实训工种",
            (
                Field("name", "工种名称", limit=60, example="数控车工", width=14),
                Field("code", "职业编码", required=False, limit=20, example="6-18-01-01", supplement=True, width=8),
                Field(
                    "level",
                    "可实训最高等级",
                    FieldKind.CHOICE,
                    required=False,
                    options=LEVELS,
                    supplement=True,
                    width=10,
                ),
            ),
            max_rows=50,
            noun="个工种",
            hint="按国家职业分类大典填写工种名称",
        ),
        Table(
            "rooms",
            "实训室名称",
            (Field("name", "实训室名称", limit=60, example="五轴加工实训室", width=30),),
            max_rows=100,
            noun="间",
        ),
        Field(
            "open_times",
            "开放时间",
            FieldKind.MULTIPLE,
            options=(Option("day", "白天"), Option("evening", "晚上"), Option("weekend", "双休日")),
        ),
        Field(
            "open_to",
            "开放对象",
            FieldKind.MULTIPLE,
            options=(
                Option("students", "大学生"),
                Option("unemployed", "失业人员"),
                Option("employed", "在职人员"),
                Option("vocational", "中职生"),
                Option("other", "其他", other=True),
            ),
        ),
        Field(
            "area",
            "自有场地情况：实训室总面积",
            FieldKind.DECIMAL,
            minimum=0,
            maximum=99_999_999,
            unit="平方米",
            clause="二（二）2",
        ),
        Field(
            "leased_area",
            "另有租赁场地面积",
            FieldKind.DECIMAL,
            minimum=0,
            maximum=99_999_999,
            unit="平方米",
            hint="没有租赁场地的填 0；申报项目的场地应为自有（不含租赁）",
            clause="二（二）2",
            supplement=True,
        ),
    ),
    short="（一）工种与场地",
    clause="附件2 三（一）",
)

EQUIPMENT = Section(
    "equipment",
    "（二）实训设备情况（填写主要设备）",
    (
        Table(
            "items",
            "实训设备",
            (
                Field("name", "设备名称", limit=80, example="五轴联动加工中心", width=19),
                Field("quantity", "数量", FieldKind.INTEGER, minimum=1, maximum=99_999, width=7),
                Field("model", "型号规格", limit=80, example="QM-DQ03A", hint="照铭牌填写；无型号的填“定制”", width=15),
                Field("maker", "生产厂家", limit=80, width=20),
                Field("tenure", "产权", FieldKind.CHOICE, options=TENURES, supplement=True, width=12),
                Field("value", "原值（万元）", FieldKind.MONEY, minimum=0, supplement=True, width=16),
                Field(
                    "lease_note",
                    "租赁说明",
                    limit=200,
                    when=Is("tenure", ("leased",)),
                    hint="自有设备要求“不含租赁”：请说明该设备是否为本项目所列工种必需",
                    clause="二（二）2",
                    supplement=True,
                    width=20,
                ),
            ),
            totals=("quantity", "value"),
            noun="行",
        ),
    ),
    short="（二）实训设备",
    hint="填写主要设备；“产权”“原值”为平台增设，用于核对“不含租赁”。",
    clause="附件2 三（二）",
)


def _people(key: str, label: str) -> Table:
    return Table(
        key,
        label,
        (
            Field("name", "姓名", limit=30, personal=True, width=10),
            Field("age", "年龄", FieldKind.INTEGER, minimum=16, maximum=80, personal=True, width=6),
            Field("post", "职务", limit=40, width=12),
            Field("education", "学历", FieldKind.CHOICE, options=EDUCATION, width=12),
            Field("major", "所学专业", limit=60, width=14),
            Field("title", "职称（职业资格）", limit=60, hint="没有的填“无”", width=16),
            Field(
                "engagement",
                "专职/兼职",
                FieldKind.CHOICE,
                options=(Option("full_time", "专职"), Option("part_time", "兼职")),
                clause="二（二）2",
                supplement=True,
                width=10,
            ),
            Field(
                "contract",
                "合同",
                FieldKind.CHOICE,
                options=(
                    Option("employment", "聘用合同"),
                    Option("labour", "劳动合同"),
                    Option("none", "其他协议"),
                ),
                clause="二（三）1（3）",
                supplement=True,
                width=10,
            ),
        ),
        noun="人",
        hint="每人应附聘用合同或劳动合同，以及学历、职称或技术等级证书",
    )


STAFF = Section(
    "staff",
    "（三）自有管理人员和师资情况",
    (_people("managers", "管理人员"), _people("maintainers", "设备维护人员"), _people("teachers", "师资")),
    short="（三）人员",
    clause="附件2 三（三）",
)

PROSPECTS = Section(
    "prospects",
    "（四）项目前景",
    (
        Field(
            "outlook",
            "项目前景",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="包括项目背景、工作基础、实训工作思路等",
            clause="二（二）4",
            width=30,
        ),
    ),
    clause="附件2 三（四）",
)

PROJECT = Group(
    "project",
    "三、申报项目情况",
    "项目",
    (SITE, EQUIPMENT, STAFF, PROSPECTS),
    name_ref="site.name",
    clause="附件2 三",
)
