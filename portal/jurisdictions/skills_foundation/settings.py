"""The settings of the edition: the answers to its defaults, and what the portal needs beside them."""

from portal.policy.edition import AFTER_RECOGNITION, Setting
from portal.policy.meeting import meeting_settings

_SILENT = "通知未写明，平台默认"
_YES_NO = ((True, "是"), (False, "否"))


def _only(key: str, label: str, value: str, words: str, default: str) -> Setting:
    return Setting(key, label, value, choices=((value, words),), default=default)


_ANSWERS = (
    Setting("copies.paper", "申报单位提供纸质材料份数", 2, "份", default="GJ-A-01"),
    Setting("copies.ministry", "自治区厅报部打印份数", 4, choices=((4, "4 份"),), default="GJ-A-01"),
    _only("unit.kinds", "单位类别", "form", "按申报书所列类别，另可填“其他”", "GJ-A-02"),
    Setting(
        "stats.years", "培训总量填报年度", "2019,2020,2021", default="GJ-A-03", note="用逗号分开，申报书按此给定各行"
    ),
    Setting(
        "stats.basis",
        "年培训规模的核对年度",
        "latest",
        choices=(("latest", "所报年度中最近一年"), ("mean", "所报各年平均")),
        default="GJ-A-03",
    ),
    Setting("recheck.size", "部级复核专家人数", 5, "人", default="GJ-A-04"),
    Setting("recheck.odd", "部级复核专家须为单数", value=True, choices=_YES_NO, default="GJ-A-04"),
    Setting("notice.days", "公示天数", 5, "个工作日", default="GJ-A-05"),
    Setting("quota.region", "自治区推荐名额", 5, "个", default="GJ-A-06"),
    _only("text.counting", "计字办法", "words", "汉字、标点逐个计，字母数字按串计，空格不计", "GJ-A-07"),
    _only("rank.order", "盟市推荐排序", "total", "不得并列，从 1 起连续编号", "GJ-A-08"),
    Setting(
        "seal.supervisor",
        "主管单位盖章",
        "optional",
        choices=(("optional", "可说明理由后不盖"), ("required", "一律须有主管单位")),
        default="GJ-A-09",
    ),
    _only("standard.misses", "数据未达参考标准", "justify", "可以提交，盟市逐条写明推荐理由", "GJ-A-10"),
    _only("equipment.robots", "智能机器人仪器设备", "within", "包含在教学实训设备之内", "GJ-A-11"),
)

SETTINGS = (
    *_ANSWERS,
    Setting("quota.league", "盟市推荐名额", 3, "个", note="内人社办函〔2022〕278号 二：每个盟市可推荐不超过3家基地"),
    Setting("acceptance.days", "受理期限", 5, "个工作日", note=_SILENT),
    Setting("correction.days", "补正期限", 5, "个工作日", note=f"{_SILENT}：推荐截止以前"),
    Setting(
        "acceptance.sealed_scan",
        "受理前须上传盖章扫描件",
        value=True,
        choices=_YES_NO,
        note="所提供材料均需报送电子文档和纸质盖章原件（内人社办函〔2022〕278号 三）",
    ),
    Setting("review.days", "自治区专家评审期限", 3, "个工作日", note=_SILENT),
    Setting("panel.minimum", "自治区评审专家最少人数", 5, "人", note=_SILENT),
    Setting("panel.odd", "自治区评审专家须为单数", value=True, choices=_YES_NO, note=_SILENT),
    Setting(
        "review.reopen_after_unseal",
        "启封后可以退回评估意见",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：默认不可以；改为可以的，退回的意见在评审记录中注明“启封后退回”",
    ),
    Setting("draw.alternates", "每组备选专家", 2, "人", note=_SILENT),
    Setting(
        "annual.day",
        "年度数据报送期限（次年 1 月几日前）",
        31,
        "日",
        default="GJ-D-01",
        note=f"{_SILENT}；{AFTER_RECOGNITION}",
    ),
    Setting(
        "inspection.outcome",
        "检查结果的效力",
        "recorded",
        choices=(("recorded", "只作记录"),),
        default="GJ-D-02",
        note=AFTER_RECOGNITION,
    ),
    Setting("draw.service_years", "回避的任职、服务年限", 3, "年", note=_SILENT),
    *meeting_settings(note=_SILENT, name="自治区评审会"),
    *meeting_settings(note=_SILENT, name="部级复核会", prefix="recheck_meeting"),
    Setting("notice.count_publication_day", "公示期含发布当日", value=False, choices=_YES_NO, note=_SILENT),
    Setting("notice.place", "公示场所", "内蒙古自治区人力资源和社会保障厅网站", note=_SILENT),
    Setting("upload.max_mb", "单个文件上限", 50, "MB", note=_SILENT),
    Setting("upload.total_mb", "全部文件上限", 500, "MB", note=_SILENT),
    Setting(
        "deadline.roll_to_workday",
        "截止日遇休息日顺延",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：不顺延，平台全天开放",
    ),
)
