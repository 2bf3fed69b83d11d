"""The numbers and switches a bureau may change with a reason."""

from typing import Any

from portal.jurisdictions.chongqing.form_unit import CATEGORIES, SUPPORTS
from portal.policy.edition import AFTER_RECOGNITION, Setting
from portal.policy.meeting import meeting_settings
from portal.policy.score_settings import scoring_settings

VERIFICATION_TITLE = "推荐单位技能人才占比核查情况证明表"
_SILENT = "通知未写明，平台默认"
_YES_NO = ((True, "是"), (False, "否"))
_PLACES = {"international": 2, "digital": 3, "other": 3}


def _fixed(key: str, label: str, value: Any, said: str, default: str) -> Setting:
    """A decision with one answer so far, shown with the default it belongs to."""
    return Setting(key, label, value, choices=((value, said),), default=default)


QUOTAS = (
    Setting("quota.national", "每个推荐部门国家级推荐数", 1, "个", note="五（一）“可推荐国家级高技能人才培训基地1个”"),
    Setting("quota.municipal", "每个推荐部门市级推荐数上限", 2, "个", note="五（一）“不超过2个并排序”"),
    Setting("cells.national_ab", "国家级 A 或 B 档名额", 2, "个", note="二（一）"),
    Setting("cells.national_cd", "国家级 C 或 D 档名额", 1, "个", note="二（一）"),
    *(
        Setting(f"cells.{support}_{category}", f"市级{said}类（{title}）名额", _PLACES[category], "个", note="二（二）")
        for support, said in SUPPORTS
        for category, title in CATEGORIES
    ),
)

REVIEW = (
    Setting("panel.minimum", "专家组最少人数", 5, "人", note=_SILENT),
    Setting("panel.maximum", "专家组最多人数", 7, "人", note=_SILENT),
    Setting("panel.size", "抽取专家人数", 5, "人", default="CQ-D-02"),
    Setting("panel.odd", "专家组人数须为单数", value=True, choices=_YES_NO, note=_SILENT),
    Setting(
        "review.reopen_after_unseal",
        "启封后可以退回评估意见",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：默认不可以；改为可以的，退回的意见在评审记录中注明“启封后退回”",
    ),
    Setting(
        "panel.per_level",
        "国家级、市级分别组建专家组",
        value=True,
        choices=((True, "分别组建"),),
        note="五（二）“原则上分别申报、分开评审”：每件申报的专家组只审阅本级别的该件申报",
    ),
    Setting("draw.years", "任职、服务回避年限", 3, "年", note=_SILENT),
    Setting("draw.alternates", "候补专家人数", 2, "人", note=_SILENT),
    Setting(
        "review.defence",
        "组织现场答辩",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：2022 年曾组织现场答辩；选“是”的，登记答辩记录后方可办结评审",
    ),
    *meeting_settings(note=_SILENT),
    Setting("review.days", "专家评审期限", 30, "个工作日", note=_SILENT),
    *scoring_settings(note=_SILENT, default="CQ-D-03"),
)

DECISIONS = (
    Setting(
        "crossapply.mode",
        "交叉申报的专业（职业）",
        "keep_first",
        choices=(("keep_first", "前三个写入市级申报"), ("reserve_first", "前三个留在国家级")),
        default="CQ-A-01",
    ),
    _fixed("release.national", "入选国家级后的市级名额", "release", "释放并递补", "CQ-A-02"),
    Setting(
        "ratio.below_range",
        "每名教师对应学生少于 20 人",
        "accept",
        choices=(("accept", "视为符合"), ("refuse", "不符合")),
        default="CQ-A-03",
    ),
    Setting("professions.equipped", "市级匹配实训装备的专业（职业）下限", 2, "个", default="CQ-A-04"),
    _fixed("scale.basis", "高级工以上培训数量的核对", "both", "能力和实际数量都核对", "CQ-A-05"),
    Setting(
        "share.applies",
        "技能人才占比适用对象",
        "enterprise",
        choices=(("enterprise", "依托企业建设的单位"), ("all", "所有单位")),
        default="CQ-A-06",
    ),
    _fixed("label.verification", "核查证明表名称", VERIFICATION_TITLE, VERIFICATION_TITLE, "CQ-A-07"),
    _fixed("support.decided_by", "支持方式的确定", "rank", "按类别内排名", "CQ-A-08"),
    _fixed("cells.unfilled", "空缺名额", "empty", "空缺，可由市局决定调剂", "CQ-A-09"),
    _fixed("alternates.promotion", "备选递补", "own_notice", "依次递补，未公示过的另行公示", "CQ-A-10"),
    _fixed("correction.limit", "截止后补正", "window", "不晚于推荐期截止", "CQ-A-11"),
    _fixed("reapply.allowed", "已建基地再次申报", "with_report", "可以，须附运营情况报告", "CQ-A-12"),
    _fixed("violations.lookback", "违法违规追溯期", "lifetime", "自成立之日起", "CQ-A-13"),
    _fixed("training.counting", "人与人次", "as_written", "都填报，按原文单位核对", "CQ-A-14"),
    _fixed("routes.per_unit", "申报渠道", "one", "每一级别一个渠道", "CQ-A-15"),
    _fixed("call.opened_on", "2024 年首批开放日期", "2024-06-17", "2024 年 6 月 17 日", "CQ-D-01"),
    _fixed("ranking.order", "同分排序", "default", "倾斜条件、高级工以上人数、表决", "CQ-D-03"),
    Setting("revocation.hearing_days", "取消前陈述申辩期", 5, "个工作日", default="CQ-D-04", note=AFTER_RECOGNITION),
    Setting("rectification.months", "验收不合格整改期", 6, "个月", default="CQ-D-04", note=AFTER_RECOGNITION),
    _fixed("form.source", "附件表样", "platform", "平台默认表样", "CQ-D-05"),
    _fixed("naming.source", "基地名称", "platform", "平台默认格式", "CQ-D-06"),
    Setting(
        "plan.facets",
        "分专业建设内容的方面",
        "培训模式,课程设置,教材开发,师资建设,培训装备,能力评价,技能竞赛",
        note="四（一）1（5）列举的七个方面",
    ),
)

SERVICE = (
    Setting("acceptance.days", "形式审查期限", 5, "个工作日", note=_SILENT),
    Setting("correction.days", "补正期限", 3, "个工作日", note=f"{_SILENT}：且不晚于推荐期截止"),
    Setting(
        "acceptance.sealed_scan",
        "受理前须上传盖章扫描件",
        value=True,
        choices=_YES_NO,
        note="改为否的，可先审核、后交盖章文本",
    ),
    Setting("notice.days", "公示天数", 5, "个工作日", note="五（二）“不少于5个工作日”"),
    Setting(
        "notice.count_publication_day",
        "公示期含发布当日",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：发布当日不计入，自次日起算",
    ),
    Setting("notice.place", "公示场所", "市人力社保局公众信息网", note="五（二）"),
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

TIERS = tuple(
    Setting(
        f"tiers.{tier}",
        f"{tier} 档的分类分档标准（附件1）",
        "—",
        note="附件1未随文公布；取得后依次填写分类、年培训人次下限、高技能人才下限、职业数下限、其他条件、资金（万元），用分号分开",
        default="CQ-D-05",
    )
    for tier in "ABCD"
)

SETTINGS = (*QUOTAS, *REVIEW, *DECISIONS, *SERVICE, *TIERS)
