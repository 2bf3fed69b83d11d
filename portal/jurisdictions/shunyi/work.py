"""Part 三 of the form, repeated for each occupation n: 表3-n-1 and 表3-n-2 with the three headings of 建设内容.

The printed headings speak of training only; a 大赛集训基地 gets headings of its own, a default (see `WORK.clause`).
"""

from portal.jurisdictions.shunyi.tracks import ON_DS, ON_TRAINING
from portal.policy.form import Field, FieldKind, Group, Section, Table

TEAM = Section(
    "team",
    "专业（职业）项目组构成与建设目标",
    (
        Field("name", "专业（职业）", limit=60, example="工业机器人系统运维员", width=30),
        Field("leader", "项目负责人", limit=30, personal=True, width=15),
        Table(
            "members",
            "项目组成员",
            (
                Field("name", "姓名", limit=30, personal=True, width=10),
                Field("post", "部门及职务", required=False, limit=60, supplement=True, width=14),
                Field("duty", "分工", required=False, limit=60, supplement=True, width=14),
            ),
            max_rows=40,
            noun="人",
        ),
        Field(
            "goals",
            "建设目标",
            FieldKind.LONG_TEXT,
            limit=2000,
            hint="根据项目产出制定，应包括可量化、可监测的数据指标",
            width=30,
        ),
    ),
    short="项目组和目标（表3-n-1）",
    clause="附件1 三 表3-n-1",
)


def _contents(key: str, label: str, hint: str) -> Table:
    """One heading of 表3-n-2: its numbered lines, each with what is accepted after either year."""
    return Table(
        key,
        label,
        (
            Field("content", "建设内容", limit=300, width=20),
            Field("first", "建设期第一年验收要点", limit=300, width=20),
            Field("second", "建设期第二年验收要点", limit=300, width=20),
        ),
        max_rows=20,
        noun="条",
        hint=hint,
    )


CONTENT = Section(
    "content",
    "专业（职业）建设内容与进度",
    (
        _contents(
            "system",
            "建设内容一：构建完善的高技能人才培训体系",
            "重点包括课程设置、培训模式、教材开发、师资配备、培训设备设施、实训实操、技能评价等内容",
        ),
        _contents(
            "ability",
            "建设内容二：提升培训能力",
            "重点包括校企合作、企业新型学徒制、师资能力提升、设备设施改造等内容",
        ),
        _contents(
            "experience",
            "建设内容三：高技能人才培养经验成果",
            "重点包括高技能人才培训体系建设形成的技术经验、创新性规律性成果",
        ),
    ),
    short="建设内容与进度（表3-n-2）",
    clause="附件1 三 表3-n-2",
    when=ON_TRAINING,
)

CONTEST_CONTENT = Section(
    "contest_content",
    "专业（职业）建设内容与进度（技能大赛集训基地）",
    (
        _contents(
            "system",
            "建设内容一：构建完善的集训工作体系",
            "重点包括集训方案、训练场地、设施设备、工具耗材、技术支持团队等内容",
        ),
        _contents(
            "ability",
            "建设内容二：提升集训和办赛能力",
            "重点包括选手选拔、竞赛承办、技术交流、后勤保障、应急处理等内容",
        ),
        _contents("experience", "建设内容三：集训经验成果", "重点包括竞赛成绩、集训形成的技术经验、赛训成果转化等内容"),
    ),
    short="建设内容与进度（表3-n-2）",
    hint="官方表样的三项建设内容针对培训基地，平台为技能大赛集训基地拟定相应内容，可由新版本替换。",
    clause="附件1 三 表3-n-2（平台默认）",
    when=ON_DS,
)

WORK = Group(
    "work",
    "三、项目实施工作重点及内容",
    "专业（职业）",
    (TEAM, CONTENT, CONTEST_CONTENT),
    name_ref="team.name",
    maximum=10,
    clause="附件1 三",
)
