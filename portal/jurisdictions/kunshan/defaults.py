"""What the source leaves open (KS-A-01 … KS-A-09) and the settings that hold the answers."""

from portal.jurisdictions.kunshan.calls import SPLIT_DAYS
from portal.jurisdictions.kunshan.review import SHEET_SETTINGS
from portal.policy.edition import AFTER_RECOGNITION, Default, Setting
from portal.policy.meeting import meeting_settings

DEFAULTS = (
    Default(
        "KS-A-01",
        "通知要求制定以量化指标为主的评审标准，但没有给出评分表，如何评分？",
        "按行业协会、生产型企业、职业院校、职业培训机构分设四张评分表，起始分值均为产业导向15、公共服务20、设备20、师资20、"
        "基础条件15、管理10，合计100分；师资和基础条件按条件核对结果提出建议分，由专家确认；各项满分可以调整。"
        "得分为各专家总分的平均值，可改为去掉最高分、最低分后的平均值；单项低于满分 60% 的须写明理由。",
        "review.standard",
        "by_category",
    ),
    Default(
        "KS-A-02",
        "年度绩效考核不合格即撤销，但通知没有考核办法，如何考核？",
        "年培训高技能人才、取证占比两项指标均达到，且实训计划、实训数据、总结三份材料齐全的为合格；"
        "任一项不足的列为待定，由市人社局说明理由后确定合格、整改或不合格。",
        "assessment.method",
        "targets_and_documents",
    ),
    Default(
        "KS-A-03",
        "整改只写在“违反协议的约定”一项，其他撤销情形是否整改，撤销前是否听取意见？",
        "违反协议约定的先限期整改；其他情形直接进入撤销程序；撤销前均给予 5 个工作日陈述申辩。",
        "revocation.hearing_days",
        5,
    ),
    Default(
        "KS-A-04",
        "取证人数“不少于培训人数的70%”，培训人数是全部培训人数还是高技能人才培训人数？",
        "按当年高技能人才培训人数计算，证书为高级工以上；可改为按全部培训人数计算。",
        "kpi.denominator",
        "high_skill",
    ),
    Default(
        "KS-A-05",
        "“发文确认并给予挂牌”没有写明名称和铭牌文字，如何命名？",
        "名称和铭牌为“昆山市高技能人才公共实训基地”，名称可以加注“（XX专业）”。",
        "naming.speciality",
        "optional",
    ),
    Default(
        "KS-A-06",
        "建筑面积写作“原则在1000平方米以上”，申报条件写作“一般应具有”，达不到能否申报？",
        "可以申报，须说明理由，由审核人员和专家认定；也可改为达不到的不能申报。",
        "area.rule",
        "explain",
    ),
    Default(
        "KS-A-07",
        "培训类项目由“市人社局职称办”接收材料，与职能名称不一致，如何处理？",
        "只作为接收材料的科室，对应平台的市级受理角色，不影响流程。",
        "desk.recipient",
        "昆山市人社局职称办",
    ),
    Default(
        "KS-A-08",
        "通知主送“市各委办局，各直属单位”，但只写了区镇推荐，委办局能否推荐？",
        "默认只经区镇推荐；系统管理员增设某委办局后，其所属单位可以由该委办局推荐；也可改为不开通。",
        "route.industry",
        "when_added",
    ),
    Default(
        "KS-A-09",
        "通知提到“资金相助”，但没有写明金额，平台是否计算资助？",
        "不计算、不拨付；培训补贴按免费技能晋升培训协议和有关规定另行办理。",
        "support.amount",
        "none",
    ),
)

_SILENT = "通知未写明，平台默认"
_YES_NO = ((True, "是"), (False, "否"))

SETTINGS = (
    Setting(
        "recommendation.split_days",
        "单位申报截止早于区镇推荐截止",
        SPLIT_DAYS,
        choices=((SPLIT_DAYS, f"{SPLIT_DAYS} 天"),),
        note=f"{_SILENT}，用于 2021 年批次：通知只有一个截止日（12 月 30 日），单位向区镇申报至 12 月 23 日；"
        "以后的批次分别填写单位申报截止时间和区镇推荐期限",
    ),
    Setting("acceptance.days", "受理期限", 5, "个工作日", note=f"{_SILENT}：推荐后多少个工作日内作出受理处理"),
    Setting("correction.days", "补正期限", 10, "个工作日", note=f"{_SILENT}：退回补正后申报单位重新提交的期限"),
    Setting(
        "acceptance.sealed_scan",
        "受理前须上传盖章扫描件",
        value=True,
        choices=_YES_NO,
        note="纸质申报表一式两份报送（六）；改为否的，可先受理、后交盖章文本",
    ),
    Setting("onsite.days", "评审期限", 30, "个工作日", note=f"{_SILENT}：受理后多少个工作日内完成书面审核和现场考核"),
    Setting("notice.days", "公示天数", 5, "个工作日", note=_SILENT),
    Setting(
        "notice.count_publication_day",
        "公示期含发布当日",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：发布当日不计入，自次日起算",
    ),
    Setting("notice.place", "公示场所", "昆山市人力资源和社会保障局网站", note=_SILENT),
    Setting("panel.minimum", "专家组最少人数", 5, "人", note=_SILENT),
    Setting("panel.odd", "专家组人数须为单数", value=True, choices=_YES_NO, note=_SILENT),
    Setting(
        "review.reopen_after_unseal",
        "启封后可以退回评估意见",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：默认不可以；改为可以的，退回的意见在评审记录中注明“启封后退回”",
    ),
    Setting("panel.size", "抽取专家人数", 5, "人", note=f"{_SILENT}：随机抽取"),
    Setting("panel.alternates", "备选专家人数", 2, "人", note=_SILENT),
    Setting("panel.service_years", "任职、服务关系回避年限", 3, "年", note=_SILENT),
    *meeting_settings(note=_SILENT),
    Setting(
        "review.standard", "评分表", "by_category", choices=(("by_category", "按类别分设四张"),), default="KS-A-01"
    ),
    *SHEET_SETTINGS,
    Setting(
        "assessment.method",
        "年度考核办法",
        "targets_and_documents",
        choices=(("targets_and_documents", "两项指标和三份材料"),),
        default="KS-A-02",
        note=AFTER_RECOGNITION,
    ),
    Setting("revocation.hearing_days", "撤销前陈述申辩期", 5, "个工作日", default="KS-A-03", note=AFTER_RECOGNITION),
    Setting(
        "kpi.denominator",
        "取证占比的计算基数",
        "high_skill",
        choices=(("high_skill", "高技能人才培训人数"), ("all", "全部培训人数")),
        default="KS-A-04",
    ),
    Setting("naming.speciality", "名称加注专业", "optional", choices=(("optional", "可以加注"),), default="KS-A-05"),
    Setting(
        "area.rule",
        "建筑面积不足",
        "explain",
        choices=(("explain", "说明理由后可以申报"), ("refuse", "不能申报")),
        default="KS-A-06",
    ),
    Setting(
        "desk.recipient",
        "材料接收",
        "昆山市人社局职称办",
        choices=(("昆山市人社局职称办", "昆山市人社局职称办"),),
        default="KS-A-07",
    ),
    Setting(
        "route.industry",
        "委办局推荐",
        "when_added",
        choices=(("when_added", "管理员增设后可用"), ("never", "不开通")),
        default="KS-A-08",
    ),
    Setting("support.amount", "建设资助", "none", choices=(("none", "平台不计算金额"),), default="KS-A-09"),
    Setting("annual.day", "年度材料报送期限（1 月几日前）", 31, "日", note=f"{_SILENT}；{AFTER_RECOGNITION}"),
    Setting("rectification.months", "整改期限", 3, "个月", default="KS-A-03", note=f"{_SILENT}；{AFTER_RECOGNITION}"),
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
