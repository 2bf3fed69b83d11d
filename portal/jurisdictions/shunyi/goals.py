"""Part 二 of the form: 表2-1, and 表2-2 with a table of indicators that makes its goals measurable."""

from portal.jurisdictions.shunyi.tracks import ON_DS, ON_TRAINING
from portal.policy.condition import Test
from portal.policy.form import Field, FieldKind, Option, Section, Table

TRAINING_INDICATORS = (
    Option("certificates", "取证人数（人次）"),
    Option("satisfaction", "学员培训满意率（%）"),
    Option("pass_rate", "参加培训学员取证率（%）"),
    Option("capacity", "建设期满后培养能力（人次/年）"),
    Option("other", "其他", other=True),
)
CONTEST_INDICATORS = (
    Option("contests", "承办区级及以上职业技能竞赛（场）"),
    Option("entrants", "参赛选手人数（人）"),
    Option("other", "其他", other=True),
)
YEARS = (Option("first", "建设期第一年"), Option("second", "建设期第二年"), Option("end", "建设期满"))


def _indicators(key: str, options: tuple[Option, ...], when: Test) -> Table:
    return Table(
        key,
        "阶段目标指标",
        (
            Field("indicator", "指标", FieldKind.CHOICE, options=options, width=24),
            Field("year", "年度", FieldKind.CHOICE, options=YEARS, width=12),
            Field("value", "目标值", FieldKind.DECIMAL, minimum=0, width=10),
            Field("evidence", "监测方式", required=False, limit=100, example="证书编号台账", width=20),
        ),
        max_rows=60,
        noun="项",
        hint="每个指标按年度各填一行；取证人数第一年、第二年分别填写",
        when=when,
        supplement=True,
        clause="附件1 填写要求二",
    )


IDEAS = Section(
    "ideas",
    "表2-1项目实施工作思路",
    (
        Field(
            "guidance",
            "指导思想",
            FieldKind.LONG_TEXT,
            limit=2000,
            hint="重点围绕贯彻落实“十四五”职业技能培训规划，培训急需紧缺技能人才，促进区域经济和产业发展等简述指导思想",
            width=30,
        ),
        Field(
            "approach",
            "基本思路",
            FieldKind.LONG_TEXT,
            limit=2000,
            hint="简述开展培训基地建设的工作思路和建设原则",
            width=30,
        ),
    ),
    short="表2-1 工作思路",
    clause="附件1 二",
)

TARGETS = Section(
    "targets",
    "表2-2项目实施工作目标",
    (
        Field("overall", "总体目标", FieldKind.LONG_TEXT, limit=2000, hint="简述项目建设总体目标和项目产出", width=30),
        Field("stages", "阶段目标", FieldKind.LONG_TEXT, limit=2000, hint="按年度制定可量化、可监测目标", width=30),
        _indicators("indicators", TRAINING_INDICATORS, ON_TRAINING),
        _indicators("contest_indicators", CONTEST_INDICATORS, ON_DS),
    ),
    short="表2-2 工作目标",
    clause="附件1 二",
)

GOALS = (IDEAS, TARGETS)
