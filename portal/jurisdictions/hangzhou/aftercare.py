"""What follows recognition in Hangzhou: ledgers and statistics (三, 附件3), the assessment every two years, revocation (五)."""

from portal.policy.aftercare import Consequence, Effect, Method, Rhythm, Scheme
from portal.policy.form import Field, FieldKind, Option, Section
from portal.policy.indicator import Indicator
from portal.policy.ledger import Due, Every, Ledger, Once, ReportForm, Tally
from portal.policy.material import Material
from portal.policy.measures import Total
from portal.policy.record import Across, RecordItem, Rows

_FORM = "文件未附表样，本表为平台拟定的默认表样。"
_LEDGER = "附件3 第11项"

SERVICE = Ledger(
    "service",
    "服务台账",
    (
        Field("on", "服务日期", FieldKind.DATE, width=10),
        Field("client", "服务单位（对象）", limit=80, width=18),
        Field("client_code", "服务单位统一社会信用代码", FieldKind.CREDIT_CODE, required=False, width=16),
        Field(
            "side",
            "服务类别",
            FieldKind.CHOICE,
            options=(Option("external", "对外"), Option("own", "本单位")),
            hint="服务对象为分基地所在院校或企业的，选“本单位”，不计入对外公共服务",
            width=8,
        ),
        Field(
            "kind",
            "服务内容",
            FieldKind.CHOICE,
            options=(
                Option("training", "职业技能实训"),
                Option("evaluation", "职业技能等级认定"),
                Option("contest", "职业技能竞赛"),
                Option("other", "其他"),
            ),
            width=12,
        ),
        Field("project", "实训项目", limit=60, width=14),
        Field("person_times", "服务人次", FieldKind.INTEGER, minimum=1, maximum=9_999, unit="人次", width=8),
        Field("hours", "学时", FieldKind.DECIMAL, minimum=0, places=1, required=False, width=6),
        Field("application", "准入申请", FieldKind.YES_NO, width=6),
        Field("agreement", "实训协议", FieldKind.YES_NO, width=6),
        Field("booking", "实训预约", FieldKind.YES_NO, width=6),
        Field("trainees", "学员信息", FieldKind.YES_NO, width=6),
    ),
    dated="on",
    clause=_LEDGER,
    outsider=("side", ("external",)),
    proofs=("application", "agreement", "booking", "trainees"),
    hint=_FORM,
)
TRAINEES = Ledger(
    "trainees",
    "学员信息",
    (
        Field("on", "实训日期", FieldKind.DATE, width=10),
        Field("name", "姓名", limit=30, personal=True, width=8),
        Field("id_number", "身份证号码", FieldKind.ID_NUMBER, personal=True, width=16),
        Field("client", "所在单位", limit=80, width=18),
        Field("project", "实训项目", limit=60, width=14),
        Field("certificate", "证书编号", limit=40, required=False, width=14),
    ),
    dated="on",
    clause=_LEDGER,
    noun="人次",
    person="id_number",
    named="name",
    certificate="certificate",
    hint=_FORM,
)
CONTESTS = Ledger(
    "contests",
    "承办技能大赛",
    (
        Field("on", "举办日期", FieldKind.DATE, width=10),
        Field("name", "大赛名称", limit=80, width=24),
        Field(
            "level",
            "级别",
            FieldKind.CHOICE,
            options=(Option("city", "市级"), Option("province", "省级"), Option("nation", "国家级")),
            width=8,
        ),
        Field("entrants", "参赛人数", FieldKind.INTEGER, minimum=1, unit="人", width=8),
        Field("document", "依据文件", limit=80, width=18),
    ),
    dated="on",
    clause="附件3 第13项",
    noun="次",
    hint=_FORM,
)
PUBLIC_SERVICES = Ledger(
    "public_services",
    "其他公益性服务",
    (
        Field("on", "服务日期", FieldKind.DATE, width=10),
        Field("name", "服务名称", limit=80, width=22),
        Field("client", "服务对象", limit=80, width=18),
        Field("persons", "受益人数", FieldKind.INTEGER, minimum=0, unit="人", width=8),
        Field("content", "服务内容", limit=200, width=24),
    ),
    dated="on",
    clause="附件3 第14项",
    noun="次",
    hint=_FORM,
)
RECORD = (
    RecordItem("area", "实训室总面积", "平方米", Across("project", "site.area"), "场地"),
    RecordItem("rooms", "实训室", "间", Rows("project.site.rooms"), "场地"),
    RecordItem("equipment", "主要实训设备", "台（套）", Total("project.equipment.items", "quantity"), "设备"),
    RecordItem("value", "主要实训设备原值", "万元", Total("project.equipment.items", "value"), "设备"),
    RecordItem("teachers", "师资", "人", Rows("project.staff.teachers"), "人员"),
    RecordItem("managers", "管理人员", "人", Rows("project.staff.managers"), "人员"),
    RecordItem("maintainers", "设备维护人员", "人", Rows("project.staff.maintainers"), "人员"),
)
LEDGERS = (SERVICE, TRAINEES, CONTESTS, PUBLIC_SERVICES)

TALLIES = (
    Tally("service_external", "对外公共服务", "人次", "service", "person_times", (("side", ("external",)),)),
    Tally("service_own", "本单位实训", "人次", "service", "person_times", (("side", ("own",)),)),
    Tally("trainees", "参加实训人员", "人", "trainees", once=Once.PERSON, within_year=True),
    Tally("contests_city", "承办市级技能大赛", "次", "contests", where=(("level", ("city",)),)),
    Tally("contests_province", "承办省级技能大赛", "次", "contests", where=(("level", ("province",)),)),
    Tally("contests_nation", "承办国家级技能大赛", "次", "contests", where=(("level", ("nation",)),)),
    Tally("public_services", "其他公益性服务", "次", "public_services"),
)
INDICATORS = (
    Indicator("service_external", "对外公共服务", "人次", "service_external"),
    Indicator("service_own", "本单位实训", "人次", "service_own"),
    Indicator("trainees", "参加实训人员", "人", "trainees"),
    Indicator("public_services", "其他公益性服务", "次", "public_services"),
)

REPORTS = (
    ReportForm(
        "monthly",
        "月度实训统计",
        Every.MONTH,
        Due(10, setting="report.day"),
        "附件3 第10项",
        (
            Section(
                "month",
                "月度实训统计",
                (
                    Field("classes", "开设班次", FieldKind.INTEGER, minimum=0, unit="班"),
                    Field("hours", "实训学时", FieldKind.DECIMAL, minimum=0, places=1, unit="学时"),
                    Field("evaluated", "等级认定（评价）人次", FieldKind.INTEGER, minimum=0, unit="人次"),
                    Field("machine_hours", "设备使用时数", FieldKind.DECIMAL, minimum=0, places=1, unit="小时"),
                    Field("analysis", "统计分析", FieldKind.LONG_TEXT, limit=1000),
                    Field("problems", "存在问题", FieldKind.LONG_TEXT, limit=500, required=False),
                ),
                hint=_FORM,
            ),
        ),
        ("service_external", "service_own", "trainees"),
        text="有月度、年度实训情况统计、分析。",
    ),
    ReportForm(
        "annual",
        "年度实训统计",
        Every.YEAR,
        Due(31, setting="annual.day"),
        "附件3 第10项",
        (
            Section(
                "year",
                "年度实训统计",
                (Field("analysis", "年度统计分析", FieldKind.LONG_TEXT, limit=3000),),
                hint=_FORM,
            ),
        ),
        (
            "service_external",
            "service_own",
            "trainees",
            "contests_city",
            "contests_province",
            "contests_nation",
            "public_services",
        ),
        text="有月度、年度实训情况统计、分析。",
    ),
    ReportForm(
        "plan",
        "年度工作计划",
        Every.YEAR,
        Due(31, months=0, from_start=True, setting="annual.day"),
        "附件3 第9项",
        (Section("plan", "年度工作计划", (Field("plan", "工作计划", FieldKind.LONG_TEXT, limit=3000),), hint=_FORM),),
        materials=(
            Material("plan", "年度工作计划（盖章）", "加盖公章的年度工作计划。", "附件3 第9项", minimum=0, maximum=3),
        ),
    ),
    ReportForm(
        "summary",
        "年度工作总结",
        Every.YEAR,
        Due(31, setting="annual.day"),
        "附件3 第9项",
        (
            Section(
                "summary", "年度工作总结", (Field("summary", "工作总结", FieldKind.LONG_TEXT, limit=3000),), hint=_FORM
            ),
        ),
        materials=(
            Material(
                "summary", "年度工作总结（盖章）", "加盖公章的年度工作总结。", "附件3 第9项", minimum=0, maximum=3
            ),
        ),
    ),
)

SELF_ASSESSMENT = Section(
    "self",
    "自评",
    (
        Field("site", "有申报项目所需的专门实训场地", FieldKind.YES_NO, clause="附件3 第1项"),
        Field("owned", "自有实训设备原值", FieldKind.MONEY, minimum=0, clause="附件3 第2项"),
        Field("leased", "租赁实训设备原值", FieldKind.MONEY, minimum=0, clause="附件3 第2项"),
        Field("manager", "有专职的分基地负责人", FieldKind.YES_NO, clause="附件3 第3项"),
        Field("maintainer", "有专职的实训设备维护保养人员", FieldKind.YES_NO, clause="附件3 第4项"),
        Field("funds", "考核期内所在单位安排的配套经费", FieldKind.MONEY, minimum=0, clause="附件3 第5项"),
        Field(
            "rules",
            "运行管理制度、运行流程和岗位职责的建立和执行情况",
            FieldKind.LONG_TEXT,
            limit=2000,
            clause="附件3 第6至8项",
        ),
        Field("summary", "两年工作自评", FieldKind.LONG_TEXT, limit=3000),
    ),
    hint=_FORM,
    clause="附件3",
)

SCHEMES = (
    Scheme(
        "biennial",
        "两年一次考核评估",
        Rhythm.CALENDAR_YEARS,
        Method.SCORED,
        "五；附件3",
        every=2,
        text="市人力社保部门每两年组织专家对分基地进行考核评估，考核包括基础部分和加分部分。",
        reports=("plan", "summary", "monthly", "annual"),
        failing="revoke",
        minimum_months_setting="assessment.minimum_months",
        sections=(SELF_ASSESSMENT,),
        prefill=(
            ("self.site", Across("project", "site.area")),
            ("self.owned", Total("project.equipment.items", "value", (("tenure", ("owned", "government")),))),
            ("self.leased", Total("project.equipment.items", "value", (("tenure", ("leased",)),))),
            ("self.manager", Rows("project.staff.managers")),
            ("self.maintainer", Rows("project.staff.maintainers")),
        ),
        paper_title="杭州市公共实训基地分基地考核评估表",
        default="HZ-A-11",
    ),
)

CONSEQUENCES = (
    Consequence(
        "revoke",
        "撤销",
        Effect.REVOKE,
        "考核结果不合格",
        "五（二）（三）",
        "对于考核结果不合格的分基地予以撤销，并作摘牌处理。",
        hearing_setting="revocation.hearing_days",
        paper_title="关于撤销杭州市公共实训基地分基地的决定",
        default="HZ-A-12",
    ),
)
