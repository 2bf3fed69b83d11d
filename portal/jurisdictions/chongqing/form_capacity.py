"""What the unit can do: its professions in order, training figures, premises, systems of rules and platform."""

from portal.jurisdictions.chongqing.tracks import ON_MUNICIPAL, ON_NATIONAL
from portal.policy.form import Field, FieldKind, Option, Section, Table
from portal.policy.tests import AllOf, Is

LEVELS = (
    Option("5", "五级/初级工"),
    Option("4", "四级/中级工"),
    Option("3", "三级/高级工"),
    Option("2", "二级/技师"),
    Option("1", "一级/高级技师"),
    Option("0", "特级技师、首席技师"),
)

PROFESSIONS = Section(
    "professions",
    "四、专业（职业）清单",
    (
        Table(
            "items",
            "申报专业（职业工种）",
            (
                Field("name", "专业（职业工种）名称", limit=60, example="数控铣工", width=14),
                Field("code", "职业编码", limit=20, required=False, example="6-18-01-02", width=10),
                Field("level", "培训最高等级", FieldKind.CHOICE, options=LEVELS, clause="四（一）", width=10),
                Field(
                    "matched",
                    "匹配急需紧缺专业",
                    FieldKind.YES_NO,
                    hint="实习实训条件（实训装备）与经济发展急需紧缺高技能人才培训特色专业（职业）相匹配",
                    clause="四（一）1（4）；四（一）2（2）",
                    width=9,
                ),
                Field("basis", "急需紧缺依据", limit=200, example="2024 年重庆市急需紧缺职业目录", width=16),
                Field(
                    "priority",
                    "属重点产业",
                    FieldKind.YES_NO,
                    hint="我市重点产业和战略性新兴产业",
                    clause="四（二）5",
                    width=9,
                ),
                Field("sets", "实训设备（台套）", FieldKind.INTEGER, minimum=0, maximum=99_999, width=8),
                Field("value", "设备总值（万元）", FieldKind.MONEY, minimum=0, width=10),
                Field("seats", "工位（个）", FieldKind.INTEGER, minimum=0, maximum=99_999, width=8),
                Field("teachers", "教师数（人）", FieldKind.INTEGER, minimum=0, maximum=9_999, width=8),
                Field("partner", "合作企业", limit=100, hint="没有的填“无”", width=14),
                Field(
                    "developed",
                    "与企业共同研究",
                    FieldKind.YES_NO,
                    when=ON_MUNICIPAL,
                    hint="与合作企业共同研究确定专业建设、课程设置、培养计划、师资建设、研发课题和学生实习方案",
                    clause="四（一）2（4）",
                    width=9,
                ),
            ),
            min_rows=2,
            max_rows=30,
            totals=("sets", "value", "seats", "teachers"),
            noun="个专业",
            hint="按重要程度排列；同时申请参评市级时，按本表顺序保留前三个专业（职业）",
            clause="四（一）1（4）；五（二）",
        ),
    ),
    short="四、专业清单",
    clause="四（一）1（4）；四（一）2（2）",
)


def _persons(key: str, label: str, clause: str, **more: str) -> Field:
    return Field(key, label, FieldKind.INTEGER, unit="人", clause=clause, at_most=more.get("at_most", ""))


def _times(key: str, label: str, clause: str, **more: str) -> Field:
    return Field(key, label, FieldKind.INTEGER, unit="人次", clause=clause, at_most=more.get("at_most", ""))


TRAINING = Section(
    "training",
    "五、培训评价情况",
    (
        Field("year", "以下数据所属年度", FieldKind.INTEGER, minimum=2015, maximum=2100, example="2023"),
        _times("capacity", "培训场所和设施设备可满足的年培训量", "四（一）1（2）"),
        _persons("high_capacity", "可满足的年培训高级工以上高技能人才数", "四（一）2（2）"),
        _times("person_times", "年培训人次", "四（二）1"),
        _persons("persons", "年培训人数", "四（一）2（2）", at_most="person_times"),
        _persons("high_persons", "其中：高级工以上人数", "四（一）2（2）", at_most="persons"),
        _times("high_times", "其中：高级工以上人次", "四（一）1（5）", at_most="person_times"),
        _persons("digital", "年培训数字技能人才数", "四（二）2", at_most="persons"),
        _persons("digital_high", "数字技能人才中的高技能人才数", "四（二）2", at_most="digital"),
        Field(
            "evaluator",
            "是否在人力社保部门备案为职业技能等级评价机构",
            FieldKind.YES_NO,
            clause="四（二）3",
        ),
        _times("evaluated", "年开展技能人才评价人次", "四（二）3"),
        Field(
            "apprentice_classes",
            "中国特色企业新型学徒制培训班数",
            FieldKind.INTEGER,
            unit="个",
            clause="四（一）1（2）",
        ),
        Field(
            "subsidised",
            "承担的重点任务",
            FieldKind.MULTIPLE,
            required=False,
            options=(
                Option("improvement", "职业技能提升"),
                Option("apprentice", "企业新型学徒制"),
                Option("integrated", "工学一体化推广"),
                Option("international", "国际技能合作"),
            ),
            clause="四（二）3",
        ),
    ),
    hint="人数按人计（同一人一年内多次参加只计 1 人），人次按参加次数计，两项都须填写。",
    short="五、培训评价",
    clause="四（一）；四（二）",
)

RULE_KINDS = (
    ("training", "培训管理制度"),
    ("finance", "财务管理制度"),
    ("assets", "资产管理制度"),
    ("risk", "风险管理制度"),
    ("staff", "职工技能培训制度"),
    ("other", "其他制度"),
)

MANAGEMENT = Section(
    "management",
    "六、管理制度与守法情况",
    (
        Table(
            "rules",
            "管理制度",
            (
                Field(
                    "kind",
                    "类别",
                    FieldKind.CHOICE,
                    options=tuple(Option(value, label) for value, label in RULE_KINDS),
                    width=14,
                ),
                Field("title", "制度名称", limit=100, width=24),
                Field(
                    "page",
                    "佐证材料页码",
                    FieldKind.INTEGER,
                    minimum=1,
                    maximum=30,
                    hint="在佐证材料 PDF 中的页码",
                    width=10,
                ),
            ),
            max_rows=40,
            noun="项制度",
            hint="市级须有培训、财务、资产、风险管理制度；国家级须有培训、财务管理制度；依托企业建设的国家级基地还须有职工技能培训制度",
            clause="四（一）1（1）；四（一）2（1）",
        ),
        Field(
            "violations",
            "是否发生过违法违规事件",
            FieldKind.YES_NO,
            hint="通知未限定年限，自单位成立之日起申报",
            clause="四（一）1（1）；四（一）2（1）",
        ),
        Field("punished", "是否受到失信联合惩戒", FieldKind.YES_NO, when=ON_NATIONAL, clause="四（一）1（1）"),
        Field(
            "credit_report_on",
            "信用报告出具日期",
            FieldKind.DATE,
            when=ON_NATIONAL,
            hint="提交前 30 日内出具，报告放入佐证材料",
            clause="四（一）1（1）",
            supplement=True,
        ),
    ),
    short="六、制度与守法",
    clause="四（一）1（1）；四（一）2（1）",
)

HAS_PLATFORM = AllOf((ON_NATIONAL, Is("site.platform", ("yes",))))

SITE = Section(
    "site",
    "七、场地设施与信息平台",
    (
        Field(
            "area",
            "培训场地面积",
            FieldKind.DECIMAL,
            minimum=0,
            maximum=99_999_999,
            unit="平方米",
            clause="四（一）1（2）",
        ),
        Field(
            "tenure",
            "场地权属",
            FieldKind.CHOICE,
            options=(Option("owned", "自有"), Option("leased", "租赁"), Option("government", "政府投入（代管）")),
        ),
        Field(
            "safety",
            "符合国家建设和安全标准的情况",
            FieldKind.LONG_TEXT,
            limit=800,
            hint="说明工程验收、消防验收或备案、设备安全检验等情况，证明放入佐证材料",
            clause="四（一）1（2）；四（一）2（2）",
        ),
        Field("platform", "是否建立信息化管理与服务平台", FieldKind.YES_NO, clause="四（一）1（4）", when=ON_NATIONAL),
        Field(
            "platform_note",
            "平台名称和功能",
            FieldKind.LONG_TEXT,
            limit=500,
            when=HAS_PLATFORM,
            clause="四（一）1（4）",
        ),
    ),
    short="七、场地与平台",
    clause="四（一）1（2）、（4）；四（一）2（2）",
)
