"""The implementation plan (附件3, 附件5): goals, what is built in each profession, targets, budget, indicators."""

from portal.jurisdictions.chongqing.tracks import ON_NATIONAL
from portal.policy.form import Field, FieldKind, Group, Option, Section, Table


def _text(key: str, label: str, clause: str, limit: int = 2000, hint: str = "") -> Field:
    return Field(key, label, FieldKind.LONG_TEXT, limit=limit, hint=hint, clause=clause, width=30)


SELF_REVIEW = Section(
    "review",
    "十一、五方面自评",
    (
        _text("management", "管理能力", "四（一）1（1）"),
        _text("training", "培训能力", "四（一）1（2）"),
        _text("teachers", "师资队伍", "四（一）1（3）"),
        _text("cooperation", "校企合作", "四（一）1（4）"),
        _text("outcome", "项目产出", "四（一）1（5）"),
    ),
    short="十一、自评",
    hint="对照基础条件逐项自评，数据与前列各表一致。",
    clause="四（一）1",
    when=ON_NATIONAL,
)

GOALS = Section(
    "goals",
    "实施方案一、建设目标",
    (
        _text("background", "项目背景和工作基础", "一"),
        _text("idea", "指导思想和基本思路", "一"),
        _text("overall", "总体目标", "四（一）1（5）；六"),
        Table(
            "yearly",
            "年度目标",
            (
                Field("indicator", "目标", limit=80, example="开发工学一体化课程", width=24),
                Field("year1", "建设期第一年", limit=120, width=18),
                Field("year2", "建设期第二年", limit=120, width=18),
            ),
            max_rows=30,
            noun="项",
            hint="可量化、可监测",
        ),
    ),
    short="方案一、建设目标",
    hint="筹建周期两年，自批建文件印发之日起算。",
    clause="六",
)

BUILD = Group(
    "build",
    "实施方案二、分专业建设内容",
    "专业",
    (
        Section(
            "content",
            "建设内容和验收要点",
            (
                Field("name", "专业（职业工种）", limit=60, hint="与专业清单的名称、顺序一致", width=14),
                Field("leader", "项目负责人", limit=30, personal=True, width=8),
                Field("members", "项目组成员", limit=200, personal=True, width=16),
                _text("goal", "建设目标", "四（一）1（5）", 800),
                Table(
                    "facets",
                    "建设内容",
                    (
                        Field("facet", "方面", limit=30, width=10),
                        Field("content", "建设内容", limit=300, width=24),
                        Field("year1", "建设期第一年验收要点", limit=200, width=18),
                        Field("year2", "建设期第二年验收要点", limit=200, width=18),
                    ),
                    max_rows=20,
                    noun="个方面",
                    rows_setting="plan.facets",
                ),
            ),
            short="建设内容",
            clause="四（一）1（5）",
        ),
    ),
    name_ref="content.name",
    minimum=2,
    maximum=30,
    clause="四（一）1（5）",
)

TARGETS = Section(
    "targets",
    "实施方案三、年度培训目标",
    (
        Field("year1_times", "第一年培训人次", FieldKind.INTEGER, unit="人次", clause="四（一）1（5）"),
        Field(
            "year1_high",
            "其中：高技能人才人次",
            FieldKind.INTEGER,
            unit="人次",
            at_most="year1_times",
            clause="四（一）1（5）",
        ),
        Field("year2_times", "第二年培训人次", FieldKind.INTEGER, unit="人次", clause="四（一）1（5）"),
        Field(
            "year2_high",
            "其中：高技能人才人次",
            FieldKind.INTEGER,
            unit="人次",
            at_most="year2_times",
            clause="四（一）1（5）",
        ),
        _text(
            "services",
            "面向社会和行业的培训服务、政府补贴性培训、师资研修和教研任务",
            "四（一）1（5）",
            1500,
        ),
        Table(
            "indicators",
            "绩效指标",
            (
                Field("name", "指标", limit=60, example="实训工位", width=20),
                Field("now", "现状", limit=40, width=12),
                Field("year1", "建设一年", limit=40, width=12),
                Field("year2", "建设两年", limit=40, width=12),
            ),
            max_rows=40,
            noun="项",
        ),
    ),
    short="方案三、培训目标",
    clause="四（一）1（5）",
)


def _money(key: str, label: str) -> Field:
    return Field(key, label, FieldKind.MONEY, minimum=0, width=10)


BUDGET = Section(
    "budget",
    "实施方案四、经费预算",
    (
        Table(
            "items",
            "经费预算（万元）",
            (
                Field("item", "项目", limit=60, example="实训设备购置", width=18),
                Field(
                    "year",
                    "年度",
                    FieldKind.CHOICE,
                    options=(Option("1", "建设期第一年"), Option("2", "建设期第二年")),
                    width=12,
                ),
                _money("central", "中央资金"),
                _money("city", "市级资金"),
                _money("own", "自筹资金"),
            ),
            max_rows=60,
            totals=("central", "city", "own"),
            noun="项",
            hint="没有的填 0；同时申请参评市级的，须保持国家级基地建设目标计划、配套投入等不变",
        ),
        _text("progress", "进度安排", "六", 1500),
        _text("safeguards", "保障措施", "六", 1500, "管理机构、保障机制、经费保障"),
    ),
    short="方案四、经费预算",
    clause="六",
)
