"""What the unit has done and will do: training of two years, public service, management, plans (7.2 F11)."""

from portal.jurisdictions.kunshan.project import LEVELS
from portal.policy.form import Field, FieldKind, Option, Section, Table
from portal.policy.tests import Is

TRAINING = Section(
    "training",
    "五、近两年开展培训情况",
    (
        Field(
            "experienced",
            "是否具有两年以上高级工以上培养、实训经验",
            FieldKind.YES_NO,
            hint="具有的优先纳入建设范围，不作为必备条件",
            clause="三（二）2",
        ),
        Field(
            "experience_years",
            "高级工以上培养、实训年限",
            FieldKind.DECIMAL,
            minimum=2,
            maximum=100,
            places=1,
            unit="年",
            when=Is("training.experienced", ("yes",)),
            hint="不满 2 年的，上一项请选“否”",
            clause="三（二）2",
        ),
        Table(
            "records",
            "近两年培训",
            (
                Field("year", "年", FieldKind.INTEGER, minimum=2015, maximum=2100, example="2020", width=8),
                Field("occupation", "工种", limit=60, width=18),
                Field("level", "等级", FieldKind.CHOICE, options=LEVELS, width=12),
                Field("persons", "人数", FieldKind.INTEGER, minimum=0, hint="填人数，不填人次", width=8),
                Field(
                    "certified",
                    "取证人数",
                    FieldKind.INTEGER,
                    minimum=0,
                    at_most="persons",
                    hint="取得职业资格证书（职业技能等级证书）的人数",
                    width=10,
                ),
            ),
            min_rows=0,
            max_rows=100,
            totals=("persons", "certified"),
            noun="行",
            hint="填写申报前两个完整年度；没有开展的不填",
        ),
        Field("results", "培训情况和成效", FieldKind.LONG_TEXT, limit=2000, clause="三（二）2；三（三）1", width=30),
    ),
    short="五、培训情况",
    clause="三（二）2；三（三）1",
)

SERVICE = Section(
    "service",
    "六、公共服务",
    (
        Field(
            "public_service",
            "是否面向社会各类学校、企业等用人单位以及各类劳动者开展公共实训等公共服务",
            FieldKind.YES_NO,
            clause="三（二）2",
        ),
        Field(
            "audience",
            "服务对象",
            FieldKind.MULTIPLE,
            options=(
                Option("schools", "各类学校"),
                Option("employers", "企业等用人单位"),
                Option("workers", "各类劳动者"),
                Option("other", "其他", other=True),
            ),
            clause="三（二）2",
        ),
        Field(
            "content",
            "已开展和拟开展的公共服务",
            FieldKind.LONG_TEXT,
            limit=2000,
            hint="公共实训、技能评价、竞赛支持、技术交流等，写明对象、人数和收费办法（以公益性为主）",
            clause="三（二）2；四",
            width=30,
        ),
    ),
    clause="三（二）2；四",
)

MANAGEMENT = Section(
    "management",
    "七、管理机构和规章制度",
    (
        Field("organisation", "管理机构设置和分工", FieldKind.LONG_TEXT, limit=1000, clause="三（二）6", width=30),
        Table(
            "managers",
            "管理人员",
            (
                Field("name", "姓名", limit=30, personal=True, width=10),
                Field("post", "职务", limit=40, width=14),
                Field("qualification", "学历、职称（职业资格）", limit=60, width=18),
                Field("duty", "分工", limit=100, width=20),
            ),
            max_rows=50,
            noun="人",
            hint="至少 1 人",
            clause="三（二）6",
        ),
        Table(
            "rules",
            "规章制度",
            (
                Field("name", "制度名称", limit=80, example="实训安全管理制度", width=24),
                Field("since", "制定（修订）年月", FieldKind.YEAR_MONTH, example="2020-09", width=12),
            ),
            max_rows=50,
            noun="项",
            clause="三（三）1",
        ),
    ),
    short="七、管理与制度",
    clause="三（二）6；三（三）1",
)

PLAN = Section(
    "plan",
    "八、建设和培训计划",
    (
        Field("three_year", "三年建设计划", FieldKind.LONG_TEXT, limit=2000, clause="三（二）3；四", width=30),
        Field("annual", "年度培训计划", FieldKind.LONG_TEXT, limit=2000, clause="四（一）", width=30),
        Field("all_trainees", "计划年培训总人数", FieldKind.INTEGER, unit="人", clause="四（一）"),
        Field(
            "trainees",
            "其中：高技能人才",
            FieldKind.INTEGER,
            unit="人",
            at_most="all_trainees",
            hint="认定后每年培训高技能人才不少于 150 人",
            clause="五（一）2",
        ),
        Field(
            "certified",
            "计划年取证人数（高级工以上）",
            FieldKind.INTEGER,
            unit="人",
            at_most="trainees",
            hint="取得职业资格证书（职业技能等级证书）的人数，不少于培训人数的 70%",
            clause="五（一）2",
        ),
    ),
    short="八、计划",
    clause="四（一）；五（一）2",
)
