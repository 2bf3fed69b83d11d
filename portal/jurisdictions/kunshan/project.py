"""实训项目: repeated for each project, with its occupations, capacity and teachers (7.2 F11)."""

from portal.policy.form import Field, FieldKind, Group, Option, Section, Table

LEVELS = (
    Option("5", "五级/初级工"),
    Option("4", "四级/中级工"),
    Option("3", "三级/高级工"),
    Option("2", "二级/技师"),
    Option("1", "一级/高级技师"),
    Option("0", "特级技师、首席技师"),
)
HIGH_SKILL = ("3", "2", "1", "0")
"""高级工以上 (G-04)."""

TITLES = (
    Option("senior", "正高级"),
    Option("associate", "副高级"),
    Option("intermediate", "中级"),
    Option("junior", "初级"),
    Option("none", "无"),
)
MIDDLE_AND_ABOVE = ("senior", "associate", "intermediate")

SKILLS = (
    Option("0", "特级技师、首席技师"),
    Option("1", "一级/高级技师"),
    Option("2", "二级/技师"),
    Option("3", "三级/高级工"),
    Option("none", "无或其他"),
)
TECHNICIAN_AND_ABOVE = ("0", "1", "2")

OUTLINE = Section(
    "outline",
    "（一）项目概况",
    (
        Field("name", "实训项目", limit=80, example="工业机器人系统操作与运维", width=30),
        Table(
            "occupations",
            "职业（工种）和等级",
            (
                Field("name", "职业（工种）", limit=60, example="工业机器人系统运维员", width=16),
                Field("level", "可实训最高等级", FieldKind.CHOICE, options=LEVELS, hint="以高级工以上为主", width=12),
            ),
            max_rows=30,
            noun="个工种",
            clause="三（二）1",
        ),
        Field("stations", "工位", FieldKind.INTEGER, minimum=1, maximum=99_999, unit="个", clause="三（二）3"),
        Field("capacity", "年实训能力", FieldKind.INTEGER, minimum=1, maximum=999_999, unit="人次", clause="三（二）3"),
        Field("teachers", "教师数", FieldKind.INTEGER, minimum=1, maximum=9_999, unit="人", clause="三（二）4"),
        Field(
            "qualified",
            "其中：相应专业中级以上职称或技师以上职业资格的教师",
            FieldKind.INTEGER,
            unit="人",
            at_most="teachers",
            hint="一人兼有两者的只计一次；占比由系统按人数计算，不四舍五入",
            clause="三（二）4",
        ),
        Field(
            "outlook",
            "项目与本市主体产业发展趋势的关系，技能技术的先进性和市场成长性",
            FieldKind.LONG_TEXT,
            limit=1500,
            clause="三（二）1",
            width=30,
        ),
    ),
    short="（一）项目概况",
    clause="三（二）1、3、4",
)

TEACHERS = Section(
    "teachers",
    "（二）教师名册",
    (
        Table(
            "items",
            "教师",
            (
                Field("name", "姓名", limit=30, personal=True, width=10),
                Field("major", "任教专业", limit=60, width=14),
                Field(
                    "title",
                    "相应专业职称",
                    FieldKind.CHOICE,
                    options=TITLES,
                    hint="只填与本项目专业相应的，不相应的选“无”",
                    width=10,
                ),
                Field("skill", "相应职业资格（技能等级）", FieldKind.CHOICE, options=SKILLS, width=14),
                Field("certificate", "证书名称", limit=80, hint="没有的填“无”", width=16),
                Field(
                    "engagement",
                    "专职/兼职",
                    FieldKind.CHOICE,
                    options=(Option("full_time", "专职"), Option("part_time", "兼职")),
                    width=8,
                ),
            ),
            max_rows=300,
            noun="人",
            hint="填写能熟练操作使用实训设备的教师，人数与项目概况一致；每人应附师资资质证明",
        ),
    ),
    short="（二）教师名册",
    clause="三（二）4",
)

PROJECT = Group(
    "project",
    "三、实训项目",
    "项目",
    (OUTLINE, TEACHERS),
    name_ref="outline.name",
    clause="三（二）1、4",
)
