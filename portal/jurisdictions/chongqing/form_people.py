"""Teachers and students, the staff of the enterprise behind a base, and the firms it works with."""

from portal.jurisdictions.chongqing.tracks import BY_ENTERPRISE, BY_SCHOOL, ON_MUNICIPAL, ON_NATIONAL
from portal.policy.form import Field, FieldKind, Option, Section, Table
from portal.policy.measures import Count, Total
from portal.policy.tests import AllOf, AnyOf, Compare, SettingIs

SHARE_ASKED = AnyOf((BY_ENTERPRISE, SettingIs("share.applies", ("all",))))
"""Whom the share of skilled staff is asked of: enterprises, unless the setting widens it (CQ-A-06)."""

FUND_ASKED = AllOf((ON_NATIONAL, BY_ENTERPRISE))

SKILL_LEVELS = (
    ("junior", "初级工"),
    ("intermediate", "中级工"),
    ("senior", "高级工"),
    ("technician", "技师"),
    ("senior_technician", "高级技师"),
    ("chief", "特级技师、首席技师"),
)


def _persons(key: str, label: str, clause: str, **more: str) -> Field:
    return Field(
        key,
        label,
        FieldKind.INTEGER,
        unit="人",
        clause=clause,
        at_most=more.get("at_most", ""),
        hint=more.get("hint", ""),
    )


TEACHERS = Section(
    "teachers",
    "八、师资队伍",
    (
        _persons("full_time", "专职教师数", "四（一）1（3）", at_most="total"),
        _persons("total", "专兼职教师总数", "四（一）1（3）", hint="专职与兼职之和"),
        _persons("integrated", "其中：一体化教师数", "四（一）1（3）", at_most="total"),
        _persons("practice", "实习、实训教师总数", "四（一）1（3）；四（一）2（3）", at_most="total"),
        Field(
            "qualified",
            "高级实习指导教师和具有技师以上职业资格（职业技能等级）的教师数",
            FieldKind.INTEGER,
            unit="人",
            at_most="practice",
            hint="同一教师符合两项的只计 1 人",
            clause="四（一）1（3）",
            when=ON_NATIONAL,
        ),
        Field(
            "senior_qualified",
            "高级实习指导教师和具有高级技师职业资格的教师数",
            FieldKind.INTEGER,
            unit="人",
            at_most="practice",
            hint="同一教师符合两项的只计 1 人",
            clause="四（一）2（3）",
            when=ON_MUNICIPAL,
        ),
        _persons("students", "在校（在训）学生、学员数", "四（一）2（3）", hint="用于计算师生比"),
        Field(
            "senior_students",
            "其中：高级工及以上培养学生数",
            FieldKind.INTEGER,
            unit="人",
            at_most="students",
            clause="四（二）5",
        ),
        Field("qualification_pages", "教师资格佐证材料页码", limit=40, required=False, example="第 8—12 页"),
    ),
    short="八、师资队伍",
    clause="四（一）1（3）；四（一）2（3）",
)

WORKFORCE = Section(
    "workforce",
    "九、企业用工和职工教育经费",
    (
        Field("as_of", "用工统计截止日", FieldKind.DATE, clause="四（一）1（2）；四（一）2（2）"),
        _persons("employees", "在岗职工数", "四（一）1（2）"),
        _persons("dispatched", "劳务派遣人数", "四（一）1（2）", hint="没有劳务派遣的填 0"),
        *(_persons(key, f"技能人才：{label}", "四（一）1（2）；四（一）2（2）") for key, label in SKILL_LEVELS),
        Field(
            "fund_year",
            "职工教育经费所属年度",
            FieldKind.INTEGER,
            minimum=2015,
            maximum=2100,
            hint="填上一年度",
            clause="四（一）1（2）",
            when=FUND_ASKED,
        ),
        *(
            Field(
                key,
                label,
                FieldKind.MONEY,
                unit="万元",
                clause="四（一）1（2）",
                when=FUND_ASKED,
            )
            for key, label in (
                ("due", "应提取职工教育经费"),
                ("accrued", "已提取职工教育经费"),
                ("used", "用于职业技能培训的经费"),
            )
        ),
    ),
    short="九、用工和经费",
    hint="推荐部门将按本部分数据核查，出具推荐单位技能人才占比核查情况证明表。",
    clause="四（一）1（2）；四（一）2（2）",
    when=SHARE_ASKED,
)

SIZES = (("large", "大型企业"), ("medium", "中型企业"), ("small", "小型、微型企业"), ("other", "院校或其他单位"))

JOINT_BASES = Count("cooperation.partners", "joint_base", ("yes",))
HIRED = Total("cooperation.partners", "hired")
NO_JOINT_TRAINING = AllOf((ON_MUNICIPAL, BY_SCHOOL, AnyOf((Compare(JOINT_BASES, "<", 1), Compare(HIRED, "<", 1)))))

COOPERATION = Section(
    "cooperation",
    "十、校企合作",
    (
        Table(
            "partners",
            "合作单位",
            (
                Field("name", "合作单位名称", limit=100, width=20),
                Field(
                    "size",
                    "规模",
                    FieldKind.CHOICE,
                    options=tuple(Option(value, label) for value, label in SIZES),
                    hint="按统计上大中小微型企业划分办法",
                    clause="四（一）2（4）",
                    width=12,
                ),
                Field("since", "合作起始年月", FieldKind.YEAR_MONTH, example="2021-09", width=10),
                Field("until", "协议截止年月", FieldKind.YEAR_MONTH, example="2026-08", width=10),
                Field("content", "合作内容", limit=200, width=20),
                Field(
                    "joint_base",
                    "共建实习基地",
                    FieldKind.YES_NO,
                    clause="四（一）1（4）；四（一）2（4）",
                    width=9,
                ),
                Field("exchange", "互派教师", FieldKind.YES_NO, clause="四（一）1（4）", width=9),
                Field(
                    "hired",
                    "聘请指导教师（人）",
                    FieldKind.INTEGER,
                    minimum=0,
                    maximum=999,
                    hint="技师、高级技师和优秀专业技术人才",
                    clause="四（一）2（4）",
                    width=9,
                ),
            ),
            max_rows=60,
            totals=("hired",),
            noun="家单位",
        ),
        Field(
            "joint_note",
            "未共建学生实习基地或未聘请指导教师的说明",
            FieldKind.LONG_TEXT,
            limit=500,
            required=False,
            when=NO_JOINT_TRAINING,
            clause="四（一）2（4）",
        ),
    ),
    short="十、校企合作",
    clause="四（一）1（4）；四（一）2（4）",
)
