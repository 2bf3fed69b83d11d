"""The blocks of 附件2 in figures: 培训场所条件, 培训师资情况, 培训评价能力; with the columns C08, C09 and C12 need."""

from portal.policy.form import Field, FieldKind, Option, Section, Table
from portal.policy.tests import Is

_EQUIPMENT, _ROBOTS = "教学实训设备", "智能机器人仪器设备"
_TITLE, _LEVEL = "实习指导教师职称", "实习指导教师职业资格（技能等级）"


def _number(key: str, label: str, **more: object) -> Field:
    return Field(key, label, FieldKind.INTEGER, maximum=9_999_999, minimum=0, **more)  # type: ignore[arg-type]


SITE = Section(
    "site",
    "培训场所条件",
    (
        Field(
            "area",
            "教学与实训场所建筑面积（平方米）",
            FieldKind.DECIMAL,
            minimum=0,
            maximum=99_999_999,
            unit="平方米",
            clause="附件1 第九条",
            width=30,
        ),
        _number("equipment_count", f"{_EQUIPMENT}：数量（台/套）", unit="台/套", clause="附件1 第十条"),
        Field("equipment_value", f"{_EQUIPMENT}：总值（万元）", FieldKind.MONEY, minimum=0, clause="附件1 第十条"),
        _number(
            "robot_count",
            f"{_ROBOTS}：数量（台/套）",
            unit="台/套",
            at_most="equipment_count",
            hint="包含在教学实训设备之内；没有的填 0",
        ),
        Field(
            "robot_value",
            f"{_ROBOTS}：总值（万元）",
            FieldKind.MONEY,
            minimum=0,
            at_most="equipment_value",
            hint="包含在教学实训设备之内；没有的填 0",
        ),
        _number(
            "capacity",
            "场所可满足的年累计培训规模",
            unit="人次",
            hint="教学与实训场所一年最多可以承担的培训人次",
            clause="附件1 第九条",
            supplement=True,
        ),
    ),
    clause="附件2",
)

STAFF = Section(
    "staff",
    "培训师资情况",
    (
        _number("full_time", "专任教师人数", unit="人", clause="附件1 第十三条", width=15),
        _number("integrated", "一体化（双师型）教师人数", unit="人", clause="附件1 第十四条", width=15),
        _number("instructors", "实习指导教师人数", unit="人", width=30),
        _number("title_senior", f"{_TITLE}：高级实习指导教师", unit="人"),
        _number("title_first", f"{_TITLE}：一级实习指导教师", unit="人"),
        _number("title_other", f"{_TITLE}：其他", unit="人"),
        _number("level_senior_technician", f"{_LEVEL}：高级技师", unit="人"),
        _number("level_technician", f"{_LEVEL}：技师", unit="人"),
        _number("level_advanced", f"{_LEVEL}：高级工", unit="人"),
        _number("level_other", f"{_LEVEL}：其他", unit="人"),
    ),
    hint="职称三项之和、职业资格（技能等级）四项之和，一般都应等于实习指导教师人数；不一致的须作说明。",
    clause="附件2",
)

_BODY = Is("evaluation.is_body", ("yes",))

TOTALS = Table(
    "totals",
    "培训总量（人次）",
    (
        Field("year", "年度", FieldKind.INTEGER, minimum=2000, maximum=2100, width=8),
        _number("trained", "培训数量", width=14),
        _number("advanced", "高级工及以上数量", at_most="trained", width=16),
    ),
    noun="个年度",
    hint="按年度填报培训人次；年份由本批次给定",
    clause="附件1 第四条",
    rows_setting="stats.years",
)
OCCUPATIONS = Table(
    "occupations",
    "职业（工种）",
    (
        Field("name", "职业（工种）", limit=60, example="数控车工", width=16),
        Field("code", "职业编码", required=False, limit=20, example="6-18-01-01", supplement=True, width=10),
        Field(
            "level",
            "可培训最高等级",
            FieldKind.CHOICE,
            options=(
                Option("3", "三级/高级工"),
                Option("2", "二级/技师"),
                Option("1", "一级/高级技师"),
                Option("0", "特级技师、首席技师"),
            ),
            clause="附件1 第四条",
            supplement=True,
            width=12,
        ),
        Field(
            "equipped",
            "具备相匹配的实训设备",
            FieldKind.YES_NO,
            hint="该职业（工种）属当地制造业发展急需紧缺，且具备相匹配的实训设备",
            clause="附件1 第十条",
            supplement=True,
            width=10,
        ),
        Field(
            "equipment",
            "主要实训设备",
            limit=200,
            when=Is("equipped", ("yes",)),
            example="数控车床 16 台、车铣复合中心 2 台",
            clause="附件1 第十条",
            supplement=True,
            width=20,
        ),
        _number(
            "experts",
            "专家人数",
            hint="制造业行业专家、企业实践专家、职业技能培训专家、实习实训指导专家",
            clause="附件1 第十二条",
            supplement=True,
            width=8,
        ),
    ),
    max_rows=60,
    noun="个职业（工种）",
    hint="填写申报的制造类职业（工种）；除名称外为平台增设，用于核对第十条、第十二条",
    clause="附件2",
)

EVALUATION = Section(
    "evaluation",
    "培训评价能力",
    (
        Field("is_body", "是否为技能等级认定机构", FieldKind.YES_NO),
        Field("granted_on", "获批等级认定资质时间", FieldKind.DATE, when=_BODY, width=15),
        _number("granted_count", "等级认定资质制造类职业（工种）数量", when=_BODY, unit="个", width=15),
        TOTALS,
        OCCUPATIONS,
    ),
    clause="附件2",
)
