"""What the policy leaves open, and the numbers a bureau may change."""

from portal.policy.edition import AFTER_RECOGNITION, Default, Setting
from portal.policy.score_settings import scoring_settings

_SILENT = "办法未写明，平台默认"
_YES_NO = ((True, "是"), (False, "否"))
DEFAULTS = (
    Default(
        "XC-A-01",
        "“原则上在500平方米以上”，面积不足的能否申报？",
        "可以，须说明理由，由专家认定。",
        "area.rule",
        "explain",
    ),
)
SETTINGS = (
    Setting("area.rule", "场地面积不足", "explain", choices=(("explain", "说明理由后可以申报"),), default="XC-A-01"),
    Setting("quota.town", "每个乡镇推荐数上限", 2, "家", note="三（二）"),
    Setting("cells.school", "院校类名额", 1, "家", note="三（四）"),
    Setting("cells.enterprise", "企业类名额", 1, "家", note="三（四）"),
    Setting("panel.minimum", "专家组最少人数", 5, "人", note="三（三）"),
    Setting("panel.odd", "专家组人数须为单数", value=True, choices=_YES_NO, note=_SILENT),
    Setting(
        "review.reopen_after_unseal",
        "启封后可以退回评估意见",
        value=False,
        choices=_YES_NO,
        note=f"{_SILENT}：默认不可以；改为可以的，退回的意见在评审记录中注明“启封后退回”",
    ),
    Setting("panel.size", "抽取专家人数", 5, "人", note="三（三）"),
    Setting("panel.alternates", "候补专家人数", 2, "人", note=_SILENT),
    Setting("panel.years", "任职、服务回避年限", 3, "年", note=_SILENT),
    *scoring_settings(note=_SILENT),
    Setting("acceptance.days", "受理期限", 5, "个工作日", note=_SILENT),
    Setting("correction.days", "补正期限", 5, "个工作日", note=_SILENT),
    Setting("notice.days", "公示天数", 5, "个工作日", note="三（五）"),
    Setting("notice.count_publication_day", "公示期含发布当日", value=False, choices=_YES_NO, note=_SILENT),
    Setting("notice.place", "公示场所", "溪川市人民政府网站", note=_SILENT),
    Setting("assessment.minimum_months", "参加考核的最短认定时间", 6, "个月", note=f"{_SILENT}；{AFTER_RECOGNITION}"),
    Setting("revocation.hearing_days", "陈述申辩期限", 5, "个工作日", note=f"{_SILENT}；{AFTER_RECOGNITION}"),
    Setting("grade.basis", "定等依据", "total", choices=(("total", "合计"),), note="四"),
)
