"""What is favoured among equals (倾斜条件), and the pledge."""

from portal.policy.form import Field, FieldKind, Option, Section, Table
from portal.policy.tests import Is

PREFERENCES = (
    ("p1", "培训能力特别突出，年培训规模不少于5000人，年培训高级工以上高技能人才2000名以上"),
    ("p2", "年培训数字技能人才3000人以上，其中高技能人才不少于1000人"),
    ("p3", "备案为职业技能等级评价机构，年开展技能人才评价1000人次以上，承担重点任务，积极开展国际技能合作"),
    ("p4", "已建成世界技能大赛国家集训基地或者市级集训基地，竞赛成绩优异，积极承办竞赛和重大活动"),
    ("p5", "已建基地验收评估优秀，高级工及以上培养学生占比达30%、专业与重点产业匹配度达80%以上的技工院校"),
)


def _claim(key: str, label: str, number: int) -> tuple[Field, Field]:
    clause = f"四（二）{number}"
    return (
        Field(key, f"倾斜条件{number}：{label}", FieldKind.YES_NO, clause=clause, width=22),
        Field(
            f"{key}_page",
            f"倾斜条件{number}佐证材料页码",
            limit=40,
            example="第 15 页",
            when=Is(f"merits.{key}", ("yes",)),
            clause=clause,
            width=8,
        ),
    )


CONTEST_ROLES = (("award", "培养选手获奖"), ("host", "承办竞赛"), ("support", "项目保障、技术支持、活动组织"))

MERITS = Section(
    "merits",
    "倾斜条件和竞赛成绩",
    (
        *(field for number, (key, label) in enumerate(PREFERENCES, start=1) for field in _claim(key, label, number)),
        Field(
            "worldskills",
            "世界技能大赛集训基地",
            FieldKind.CHOICE,
            options=(Option("national", "国家集训基地"), Option("municipal", "市级集训基地"), Option("none", "不是")),
            clause="四（二）4",
        ),
        Table(
            "contests",
            "竞赛成绩和承办情况",
            (
                Field("name", "竞赛（活动）名称", limit=100, example="第二届“一带一路”国际技能竞赛", width=22),
                Field(
                    "level",
                    "级别",
                    FieldKind.CHOICE,
                    options=(
                        Option("international", "国际"),
                        Option("national", "国家"),
                        Option("municipal", "市级"),
                        Option("district", "区县级"),
                    ),
                    width=10,
                ),
                Field("held_in", "年月", FieldKind.YEAR_MONTH, example="2024-06", width=10),
                Field(
                    "role",
                    "承担工作",
                    FieldKind.CHOICE,
                    options=tuple(Option(value, label) for value, label in CONTEST_ROLES),
                    width=14,
                ),
                Field("result", "成绩或工作内容", limit=200, width=20),
            ),
            min_rows=0,
            max_rows=60,
            noun="项",
            clause="四（二）4",
        ),
    ),
    short="倾斜条件",
    hint="倾斜条件只在同等条件下用于排序，不加分；须在佐证材料中注明页码。",
    clause="四（二）",
)

_PLEDGED = (Option("yes", "本单位承诺"),)  # the one choice there is: without it the form cannot be submitted

PLEDGE = Section(
    "pledge",
    "承诺",
    (
        Field("truth", "申报材料真实有效", FieldKind.CHOICE, options=_PLEDGED, clause="七（二）"),
        Field(
            "copies",
            "复印件均已注明“此件与原件相符”，并由经办人签字后加盖公章",
            FieldKind.CHOICE,
            options=_PLEDGED,
            clause="七（二）",
        ),
    ),
    clause="七（二）",
)
