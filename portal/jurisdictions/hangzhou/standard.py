"""What 附件1 asks and 附件2 has no box for: the self-assessment and the pledges, all of it supplement (HZ-A-08)."""

from dataclasses import replace

from portal.jurisdictions.hangzhou.profile import DISTRICTS
from portal.jurisdictions.hangzhou.tracks import BY_ENTERPRISE_STANDARD, BY_SCHOOL_STANDARD, STANDARDS
from portal.policy.form import Field, FieldKind, Option, Section, Table
from portal.policy.measures import Number
from portal.policy.tests import AllOf, AnyOf, Compare, Is, OnTrack, SettingIs

INDUSTRIES = (
    Option("equipment", "高端装备制造业"),
    Option("strategic", "战略性新兴产业"),
    Option("hightech", "高新技术产业"),
    Option("traditional", "传统优势产业"),
    Option("services", "现代服务业"),
    Option("pillar", "当地支柱产业"),
)

_FEW_ENROLLED = Compare(Number("standard.enrol"), "<", 200)
_BELOW_RELAXED = AllOf(
    (
        BY_SCHOOL_STANDARD,
        SettingIs("relax.scope", ("all",)),
        Is("standard.scarce_major", ("yes",)),
        AnyOf(
            (
                Compare(Number("standard.social_trainees"), "<", 500),
                Compare(Number("standard.employment_rate"), "<", 95),
            )
        ),
    )
)

_UNIT = (
    Field(
        "credit_code", "统一社会信用代码", FieldKind.CREDIT_CODE, source="credit_code", locked=True, clause="二（二）1"
    ),
    Field(
        "district",
        "所在区、县（市）",
        FieldKind.CHOICE,
        options=tuple(Option(each, each) for each in DISTRICTS),
        source="district",
        clause="二（二）4",
    ),
    Field("unit_kind", "单位类型", limit=40, example="技师学院", clause="二（一）"),
    Field("legal_person", "是否依法设立并具有独立法人资格", FieldKind.YES_NO, clause="二（二）1"),
    Field(
        "office_tenure",
        "办公场所产权",
        FieldKind.CHOICE,
        options=(Option("owned", "自有"), Option("leased", "租赁")),
        clause="二（二）2",
    ),
    Field(
        "applied_standard",
        "参照的认定标准",
        FieldKind.CHOICE,
        options=tuple(Option(value, label) for value, label in STANDARDS),
        when=OnTrack(("other",)),
        hint="办法对其他单位未另列标准，由申报单位提出、市人力社保局审定",
        clause="二（一）",
    ),
)

_SCHOOL = (
    Field("stat_year", "以下数据所属年度", FieldKind.INTEGER, minimum=2015, maximum=2100, example="2023"),
    Field("majors", "相关专业", limit=200, example="数控技术、工业机器人应用与维护", clause="附件1 一（一）"),
    Field("enrol", "相关专业年招生人数", FieldKind.INTEGER, unit="人", clause="附件1 一（一）"),
    Field(
        "scarce_major",
        "是否属于招生困难的特殊紧缺专业",
        FieldKind.YES_NO,
        clause="附件1 一（一）",
        hint="招生困难的特殊紧缺专业，标准可适当放宽",
    ),
    Field(
        "enrol_note",
        "年招生未达到 200 人的说明",
        FieldKind.LONG_TEXT,
        limit=500,
        when=AllOf((BY_SCHOOL_STANDARD, _FEW_ENROLLED)),
        clause="附件1 一（一）",
    ),
    Field(
        "social_trainees",
        "年培训社会人员规模",
        FieldKind.INTEGER,
        unit="人",
        hint="面向各类社会人员开展技能培训的人数（不是人次）",
        clause="附件1 一（一）",
    ),
    Field(
        "employment_rate",
        "相关专业毕业生一次性就业率",
        FieldKind.DECIMAL,
        minimum=0,
        maximum=100,
        unit="%",
        clause="附件1 一（一）",
    ),
    Field(
        "relax_note",
        "申请放宽培训规模或就业率标准的理由",
        FieldKind.LONG_TEXT,
        limit=500,
        when=_BELOW_RELAXED,
        clause="附件1 一（一）",
    ),
    Table(
        "partners",
        "长期稳定、紧密和实质性合作的企业",
        (
            Field("name", "合作单位名称", limit=100, width=24),
            Field(
                "kind",
                "类型",
                FieldKind.CHOICE,
                options=(Option("enterprise", "企业"), Option("other", "其他")),
                width=8,
            ),
            Field("since", "合作起始年月", FieldKind.YEAR_MONTH, example="2021-09", width=12),
            Field("until", "协议到期年月", FieldKind.YEAR_MONTH, required=False, width=12),
            Field("content", "合作内容", limit=200, example="共建实训室、接收学生实习、培训职工", width=30),
            Field("active", "目前仍在合作", FieldKind.YES_NO, width=10),
        ),
        max_rows=200,
        noun="家",
        clause="附件1 一（二）",
    ),
    Field("major_teachers", "专业课教师总数", FieldKind.INTEGER, unit="人", clause="附件1 一（三）"),
    Field(
        "integrated_teachers",
        "其中：一体化教师",
        FieldKind.INTEGER,
        unit="人",
        at_most="major_teachers",
        clause="附件1 一（三）",
    ),
    Field("practice_teachers", "实习教师总数", FieldKind.INTEGER, unit="人", clause="附件1 一（三）"),
    Field(
        "senior_practice",
        "其中：高级实习指导教师、技师和高级技师",
        FieldKind.INTEGER,
        unit="人",
        at_most="practice_teachers",
        hint="一人兼有几种资格的只计一次",
        clause="附件1 一（三）",
    ),
)

_ENTERPRISE = (
    Field("industry", "所属产业", FieldKind.CHOICE, options=INDUSTRIES, clause="附件1 二（一）"),
    Field("industry_note", "产业归属依据", limit=200, example="国家高新技术企业证书", clause="附件1 二（一）"),
    Table(
        "funds",
        "职工培训经费（近 3 个完整年度）",
        (
            Field("year", "年度", FieldKind.INTEGER, minimum=2015, maximum=2100, example="2023", width=8),
            Field("payroll", "工资薪金总额（万元）", FieldKind.MONEY, minimum=0, width=14),
            Field("rate", "规定提取比例（%）", FieldKind.DECIMAL, minimum=0, maximum=100, example="8", width=12),
            Field("due", "应提取（万元）", FieldKind.MONEY, minimum=0, width=12),
            Field("accrued", "已提取（万元）", FieldKind.MONEY, minimum=0, width=12),
            Field("used", "用于职工培训（万元）", FieldKind.MONEY, minimum=0, width=14),
        ),
        min_rows=3,
        max_rows=3,
        totals=("due", "accrued", "used"),
        noun="个年度",
        hint="依次填写申报前 3 个完整年度；提取比例按国家规定或本单位制度填写",
        clause="附件1 二（二）",
    ),
)


def _added(items: tuple[Field | Table, ...], when: AnyOf | None = None) -> tuple[Field | Table, ...]:
    """Mark questions as the portal's addition, asked only under one standard."""
    return tuple(replace(item, supplement=True, when=item.when or when) for item in items)


STANDARD = Section(
    "standard",
    "认定标准自评",
    (*_added(_UNIT), *_added(_SCHOOL, BY_SCHOOL_STANDARD), *_added(_ENTERPRISE, BY_ENTERPRISE_STANDARD)),
    hint="官方申报表未列、核对附件1认定标准所需的内容，由平台增设，随申报表另页打印。",
    clause="附件1",
    supplement=True,
)

PLEDGE = Section(
    "pledge",
    "承诺",
    _added(
        (
            Field(
                "public_service", "是否具备并承诺履行开展职业培训公共服务的意愿", FieldKind.YES_NO, clause="二（二）1"
            ),
            Field(
                "matching_funds",
                "是否支持基地建设，并能按规定落实配套经费，确保基地规划项目如期实施",
                FieldKind.YES_NO,
                clause="附件1 一（四）、二（三）",
            ),
            Field(
                "matching_amount",
                "承诺配套经费（万元）",
                FieldKind.MONEY,
                minimum=0,
                when=Is("pledge.matching_funds", ("yes",)),
                clause="附件1 一（四）、二（三）",
            ),
        )
    ),
    clause="二（二）1；附件1",
    supplement=True,
)
