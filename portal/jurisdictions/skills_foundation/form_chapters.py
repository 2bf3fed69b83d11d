"""The eight chapters of 附件2, each of at most 3000 字 with the pages of its evidence; the eighth with indicators to 2027."""

from portal.policy.form import Field, FieldKind, Section, Table

LIMIT = 3000
YEARS = range(2023, 2028)

_CHAPTERS = (
    (
        "申报背景",
        "请简述当地制造业发展面临的形势任务，对制造业领域技能人才需求、职业技能培训计划推进等方面总体情况及有关数据，不超过 3000 字，下同",
        "附件2 1",
    ),
    ("工作基础", "请简述申报主体基本情况、制造业技能人才培训场地建设、设施设备、制度及资金保障等情况", "附件2 2"),
    ("师资队伍", "请简述制造业领域师资队伍培养体系、师资培训及专家团队建设等情况", "附件2 3"),
    (
        "技能培训",
        "请简述制造业技能人才培养工种、培训规模、培训体系建设、培训质量、培训形式及配套资源建设等情况",
        "附件2 4",
    ),
    ("技能评价", "请简述制造业技能人才技能评价资质、评价规模及评价规范管理能力的情况", "附件2 5"),
    ("技能竞赛", "请简述制造业技能竞赛组织能力、办赛条件及竞赛成果转化等情况", "附件2 6"),
    ("合作交流", "请简述制造业国际交流、技术推广及校企合作等情况", "附件2 7"),
    (
        "建设规划",
        "请结合上述7个方面，简述本单位到2027年底项目实施的指导思想、基本思路、建设总体目标、阶段目标及项目产出可量化、可监测的数据指标等",
        "附件2 8",
    ),
)

INDICATORS = Table(
    "indicators",
    "可量化、可监测的数据指标",
    (
        Field("name", "指标", limit=60, example="年培训规模", width=18),
        Field("unit", "单位", limit=12, example="人次", width=8),
        *(Field(f"y{year}", f"{year}年", FieldKind.DECIMAL, minimum=0, maximum=99_999_999, width=8) for year in YEARS),
    ),
    max_rows=40,
    noun="项指标",
    hint="项目产出可量化、可监测的数据指标，逐年填写到 2027 年",
    clause="附件2 8",
    supplement=True,
)


def _evidence(clause: str) -> Table:
    return Table(
        "evidence",
        "证明材料",
        (
            Field("name", "证明材料名称", limit=100, example="关于印发制造业技能人才培养规划的通知", width=24),
            Field("pages", "页码", limit=20, example="12—15", hint="在佐证材料中的页码", width=6),
        ),
        min_rows=0,
        max_rows=60,
        noun="份",
        hint="可加附页，另附相关证明材料，并标注证明材料页码",
        clause=clause,
        supplement=True,
    )


def _chapter(number: int, title: str, hint: str, clause: str) -> Section:
    text = Field("text", title, FieldKind.LONG_TEXT, limit=LIMIT, counting="words", hint=hint, clause=clause, width=30)
    tables = (INDICATORS,) if number == len(_CHAPTERS) else ()
    return Section(f"chapter{number}", f"{number}.{title}", (text, *tables, _evidence(clause)), clause=clause)


CHAPTERS = tuple(_chapter(number, *chapter) for number, chapter in enumerate(_CHAPTERS, start=1))
