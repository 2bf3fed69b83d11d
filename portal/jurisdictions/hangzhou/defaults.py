"""What the source leaves open (HZ-A-01 … HZ-A-15) and the settings that hold the answers."""

from portal.policy.edition import AFTER_RECOGNITION, Default, Setting
from portal.policy.meeting import meeting_settings

DEFAULTS = (
    Default(
        "HZ-A-01",
        "考核等次按整数分写成（80—89、60—79），出现小数分时 89 至 90、79 至 80 之间如何归等？",
        "按半开区间：90 分及以上优秀，80 分及以上不足 90 分良好，60 分及以上不足 80 分合格；不四舍五入，89.99 分为良好。",
        "grade.bounds",
        "half_open",
    ),
    Default(
        "HZ-A-02",
        "“60分以下为不合格”按通常法律用语包含 60 分，而“60—79分为合格”也包含 60 分，60 分归哪一等？",
        "60 分为合格。",
        "grade.sixty",
        "合格",
    ),
    Default(
        "HZ-A-03",
        "加分项目是否计入定等？",
        "按基础分与加分合计（0 至 120 分）定等，同时列示基础分；因加分而提高等次的，须由专家组长说明理由并确认。",
        "grade.basis",
        "total",
    ),
    Default(
        "HZ-A-04",
        "每两年考核一次，而第 12 项按“每年”计分，两年如何合并？",
        "两个年度分别计分，取较低的一年；也可改为取平均。两年的服务台账都须报送。",
        "item12.aggregate",
        "min",
    ),
    Default(
        "HZ-A-05",
        "第 13、14 项按年还是按整个考核周期计算？",
        "按两年的整个考核周期累计，最高分只封顶一次。",
        "item13.period",
        "cycle",
    ),
    Default(
        "HZ-A-06",
        "申报条件要求设备自有（不含租赁），考核表又允许“部分租赁酌情扣分”，申报时有个别租赁设备怎么办？",
        "场地必须自有；有租赁设备的可以提交，但须逐台说明，系统提示，由专家核定。也可改为不得有租赁设备。",
        "equipment.leased",
        "explain",
    ),
    Default(
        "HZ-A-07",
        "“标准可适当放宽”写在招生、培训规模、就业率三项之后，是否三项都可放宽？",
        "只适用于招生人数；可改为三项都可申请放宽，并须说明理由。",
        "relax.scope",
        "enrolment",
    ),
    Default(
        "HZ-A-08",
        "官方申报表没有填写附件1各项数据、统一社会信用代码、专职兼职和设备产权的位置，如何核对？",
        "增设“认定标准自评”“承诺”两节和表内增列，均标明为平台增设。",
        "form.supplement",
        "added",
    ),
    Default(
        "HZ-A-09",
        "“足额提取”没有写明比例，按什么核对？",
        "由企业填写规定的提取比例和应提取金额，已提取不低于应提取即为足额。",
        "fund.full",
        "stated_due",
    ),
    Default(
        "HZ-A-10",
        "“等单位”中的其他单位（培训机构、协会等）没有单列标准，能否申报？",
        "可以申报，适用一般条件，并由单位提出、市人力社保局审定参照院校标准或企业标准。",
        "other.standard",
        "chosen",
    ),
    Default(
        "HZ-A-11",
        "首次考核从何时起算，依原通知（杭人社发〔2013〕480号）认定的基地如何处理？",
        "考核周期为市人力社保局确定的两个自然年度；周期内认定不满 12 个月的不参评；原有基地导入后按本办法考核。",
        "assessment.minimum_months",
        12,
    ),
    Default(
        "HZ-A-12",
        "撤销前是否听取意见，撤销后能否再次申报？",
        "撤销前给予 5 个工作日陈述申辩；办法未作限制，撤销后可以再次申报。",
        "revocation.hearing_days",
        5,
    ),
    Default(
        "HZ-A-13",
        "原文“人社保”“人力社保”两种写法并存，页面用哪一种？",
        "页面统一写“市人力社保局”。",
        "label.bureau",
        "市人力社保局",
    ),
    Default(
        "HZ-A-14",
        "同一基地内的各个项目能否单独判定不合格？",
        "以基地为单位考核，对单个项目只作书面意见。",
        "assessment.unit",
        "base",
    ),
    Default(
        "HZ-A-15",
        "“组织专家进行现场考察和评估”没有写明专家如何产生，采取什么方式？",
        "从专家库中随机抽取：分领域，排除与申请单位同一单位、同一集团、近三年有任职或服务关系的专家；另行选用的须写明理由并记录。",
        "draw.years",
        3,
    ),
)

_SILENT = "办法未写明，平台默认"
_YES_NO = ((True, "是"), (False, "否"))

SETTINGS = (
    Setting(
        "acceptance.days",
        "受理期限",
        5,
        "个工作日",
        note=f"{_SILENT}：提交后多少个工作日内作出受理、补正或不予受理的处理",
    ),
    Setting("correction.days", "补正期限", 10, "个工作日", note=f"{_SILENT}：退回补正后申请单位重新提交的期限"),
    Setting(
        "acceptance.sealed_scan",
        "受理前须上传盖章扫描件",
        value=True,
        choices=_YES_NO,
        note="申报表须有“书面文本（盖章）”（附件2 填写说明一）；改为否的，可先受理、后交盖章文本",
    ),
    Setting("onsite.days", "现场考察期限", 30, "个工作日", note=f"{_SILENT}：受理后多少个工作日内完成现场考察"),
    Setting("notice.days", "公示天数", 5, "个工作日", note=_SILENT),
    Setting(
        "notice.count_publication_day",
        "公示期含发布当日",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：发布当日不计入，自次日起算",
    ),
    Setting("notice.place", "公示场所", "杭州市人力资源和社会保障局网站", note=_SILENT),
    Setting("panel.minimum", "专家组最少人数", 5, "人", note=_SILENT),
    Setting("panel.odd", "专家组人数须为单数", value=True, choices=_YES_NO, note=_SILENT),
    Setting(
        "review.reopen_after_unseal",
        "启封后可以退回评估意见",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：默认不可以；改为可以的，退回的意见在评审记录中注明“启封后退回”",
    ),
    Setting(
        "draw.years",
        "抽取专家时任职和服务经历的回溯年限",
        3,
        "年",
        note=f"{_SILENT}：此期间曾在申请单位任职或为其服务的专家不参加抽取",
        default="HZ-A-15",
    ),
    Setting("draw.alternates", "抽取的候补专家人数", 3, "人", note=_SILENT),
    *meeting_settings(note=_SILENT),
    Setting(
        "grade.bounds", "等次区间", "half_open", choices=(("half_open", "半开区间，不四舍五入"),), default="HZ-A-01"
    ),
    Setting("grade.sixty", "60 分的等次", "合格", choices=(("合格", "合格"),), default="HZ-A-02"),
    Setting(
        "grade.basis",
        "定等依据",
        "total",
        choices=(("total", "基础分与加分合计"), ("base", "只按基础分")),
        default="HZ-A-03",
        note=AFTER_RECOGNITION,
    ),
    Setting(
        "item12.aggregate",
        "第 12 项两年合并办法",
        "min",
        choices=(("min", "取较低的一年"), ("mean", "取平均")),
        default="HZ-A-04",
        note=AFTER_RECOGNITION,
    ),
    Setting("item13.period", "第 13、14 项计算期间", "cycle", choices=(("cycle", "整个考核周期"),), default="HZ-A-05"),
    Setting(
        "equipment.leased",
        "申报时有租赁设备",
        "explain",
        choices=(("explain", "逐台说明，由专家核定"), ("refuse", "不得提交")),
        default="HZ-A-06",
    ),
    Setting(
        "relax.scope",
        "紧缺专业放宽范围",
        "enrolment",
        choices=(("enrolment", "只放宽招生人数"), ("all", "招生、培训规模、就业率都可放宽")),
        default="HZ-A-07",
    ),
    Setting("form.supplement", "自评部分", "added", choices=(("added", "由平台增设"),), default="HZ-A-08"),
    Setting(
        "fund.full", "足额提取的核对", "stated_due", choices=(("stated_due", "不低于应提取金额"),), default="HZ-A-09"
    ),
    Setting("other.standard", "其他单位的标准", "chosen", choices=(("chosen", "参照选定的标准"),), default="HZ-A-10"),
    Setting(
        "assessment.minimum_months", "参加考核的最短认定时间", 12, "个月", default="HZ-A-11", note=AFTER_RECOGNITION
    ),
    Setting("revocation.hearing_days", "撤销前陈述申辩期", 5, "个工作日", default="HZ-A-12", note=AFTER_RECOGNITION),
    Setting(
        "label.bureau",
        "页面对主管部门的称呼",
        "市人力社保局",
        choices=(("市人力社保局", "市人力社保局"),),
        default="HZ-A-13",
    ),
    Setting("assessment.unit", "考核单位", "base", choices=(("base", "以基地为单位"),), default="HZ-A-14"),
    Setting(
        "report.day",
        "月度统计报送期限（次月几日前）",
        10,
        "日",
        note=f"{_SILENT}；{AFTER_RECOGNITION}",
    ),
    Setting(
        "annual.day", "年度计划、总结和统计报送期限（1 月几日前）", 31, "日", note=f"{_SILENT}；{AFTER_RECOGNITION}"
    ),
    Setting("upload.max_mb", "单个文件上限", 20, "MB", note=_SILENT),
    Setting("upload.total_mb", "全部文件上限", 200, "MB", note=_SILENT),
    Setting(
        "deadline.roll_to_workday",
        "截止日遇休息日顺延",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：不顺延，平台全天开放",
    ),
)
