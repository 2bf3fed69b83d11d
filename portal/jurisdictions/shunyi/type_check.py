"""The numbers each type of base is held to (二（二）3、4): pages that 附件1 does not have, all supplement."""

from portal.jurisdictions.shunyi.tracks import ON_CY, ON_DS, ON_TRAINING, ON_TS
from portal.policy.form import Field, FieldKind, Option, Section, Table

_NOTE = "官方表样未列、核对申报条件所需的内容，由平台增设，随申报表另页打印。"

PARTNER_KINDS = (
    Option("enterprise", "企业"),
    Option("association", "行业组织"),
    Option("college", "高等院校"),
    Option("technical", "技工院校"),
    Option("training", "职业技能培训机构"),
)


def _people_times(key: str, label: str, *, required: bool = True) -> Field:
    return Field(
        key,
        label,
        FieldKind.INTEGER,
        required=required,
        minimum=0,
        unit="人次",
        clause="二（二）3",
        supplement=True,
    )


TRAINING_NUMBERS = Section(
    "training",
    "职业技能培训和评价规模自评",
    (
        _people_times("previous_trained", "上一年度职业技能培训人次"),
        _people_times("previous_assessed", "上一年度职业技能评价人次"),
        _people_times("recent_trained", "申报前十二个月职业技能培训人次", required=False),
        _people_times("recent_assessed", "申报前十二个月职业技能评价人次", required=False),
    ),
    short="培训和评价规模自评",
    hint=f"{_NOTE}上一年度指上一个自然年度；两个期间取合计较大的一个，申报前十二个月可以不填。",
    clause="二（二）3",
    when=ON_TS,
    supplement=True,
)

CHAIN = Section(
    "chain",
    "产业链带动情况自评",
    (
        Field(
            "jobs", "可提供的培训就业岗位", FieldKind.INTEGER, minimum=0, unit="个", clause="二（二）3", supplement=True
        ),
        Table(
            "firms",
            "带动参与技能人才培养和使用的生态链企业",
            (
                Field("name", "企业名称", limit=100, supplement=True, width=20),
                Field("relation", "产业链关系", limit=60, example="零部件配套", supplement=True, width=14),
                Field("participation", "参与方式", limit=200, example="联合培养、吸纳就业", supplement=True, width=24),
            ),
            max_rows=100,
            noun="家",
            supplement=True,
            clause="二（二）3",
        ),
    ),
    hint=_NOTE,
    clause="二（二）3",
    when=ON_CY,
    supplement=True,
)

COOPERATION = Section(
    "cooperation",
    "稳定的职业技能培训合作关系自评",
    (
        Table(
            "partners",
            "合作单位",
            (
                Field("name", "单位名称", limit=100, supplement=True, width=22),
                Field("kind", "类型", FieldKind.CHOICE, options=PARTNER_KINDS, supplement=True, width=12),
                Field("since", "合作起始年月", FieldKind.YEAR_MONTH, example="2021-09", supplement=True, width=10),
                Field("until", "协议到期年月", FieldKind.YEAR_MONTH, required=False, supplement=True, width=10),
                Field("content", "合作内容", limit=200, supplement=True, width=24),
                Field("active", "目前仍在合作", FieldKind.YES_NO, supplement=True, width=8),
            ),
            max_rows=100,
            noun="家",
            supplement=True,
            clause="二（二）4",
        ),
    ),
    short="合作关系自评",
    hint=_NOTE,
    clause="二（二）4",
    when=ON_TRAINING,
    supplement=True,
)

CONTEST = Section(
    "contest",
    "集训和办赛能力自评",
    (
        Table(
            "team",
            "提供集训技术支持的工作团队",
            (
                Field("name", "姓名", limit=30, personal=True, supplement=True, width=10),
                Field("post", "部门及职务", limit=60, supplement=True, width=14),
                Field("skill", "职称或技能等级", limit=60, supplement=True, width=14),
                Field("duty", "承担工作", limit=100, supplement=True, width=18),
            ),
            max_rows=100,
            noun="人",
            supplement=True,
            clause="二（二）3",
        ),
        Table(
            "contests",
            "组织管理过的技能竞赛",
            (
                Field("name", "竞赛名称", limit=100, supplement=True, width=22),
                Field(
                    "level",
                    "级别",
                    FieldKind.CHOICE,
                    options=(
                        Option("unit", "单位或行业内部"),
                        Option("district", "区级"),
                        Option("city", "市级"),
                        Option("nation", "国家级"),
                        Option("world", "国际"),
                    ),
                    supplement=True,
                    width=10,
                ),
                Field("held", "举办年月", FieldKind.YEAR_MONTH, supplement=True, width=10),
                Field("entrants", "参赛选手人数", FieldKind.INTEGER, minimum=0, supplement=True, width=10),
                Field("role", "承担工作", limit=100, example="承办", supplement=True, width=14),
            ),
            max_rows=100,
            totals=("entrants",),
            noun="场",
            supplement=True,
            clause="二（二）4",
        ),
        *(
            Field(key, label, FieldKind.LONG_TEXT, limit=1000, clause=clause, supplement=True)
            for key, label, clause in (
                ("emergency", "突发事件应急处理能力", "二（二）3"),
                ("living", "生活场所和后勤服务保障", "二（二）3"),
                ("selection", "集训选手阶段性选拔办法", "二（二）4"),
                ("exchange", "技术交流条件", "二（二）4"),
            )
        ),
    ),
    hint=_NOTE,
    clause="二（二）3、4",
    when=ON_DS,
    supplement=True,
)
