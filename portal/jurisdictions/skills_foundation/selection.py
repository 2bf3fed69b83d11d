"""How the region chooses its list, what follows for a base, and the call the source announced."""

from datetime import datetime, timedelta, timezone

from portal.jurisdictions.skills_foundation.tracks import TRACK
from portal.policy.edition import Duty, OfficialCall, Support, Window
from portal.policy.selection import Cell, RankBy, RankingRule, RankKey

_NATION = "人社厅函〔2022〕162号"
_BEIJING = timezone(timedelta(hours=8))

CELLS = (Cell("region", "自治区推荐名额", TRACK, "quota.region", f"{_NATION} 一（二）", default="GJ-A-06"),)
RANKING = RankingRule(
    (
        RankKey(RankBy.VOTES, "同意推荐的专家人数"),
        RankKey(RankBy.RECOMMENDED_RANK, "盟市推荐次序"),
    ),
    f"{_NATION} 一（二）（遴选办法未写明，平台默认）",
)

DUTIES = (
    Duty(
        "急需紧缺高技能人才培训研修",
        "服务区域经济发展需要，对接制造业产业链和创新链，建立培训交流互动平台，积极开展制造业高新技术、数字技能、绿色技能等急需紧缺职业（工种）的高技能人才培训研修，充分发挥引领示范作用。",
        f"{_NATION} 二（二）",
    ),
    Duty("接受检查", "配合对基地建设和运行情况的检查。", f"{_NATION} 二（三）", "按人力资源社会保障部安排"),
    Duty("总结推广经验", "总结制造业技能人才培养培训成效，参加经验交流。", f"{_NATION} 二（三）"),
    Duty("2027年规划指标", "按申报书第 8 部分的年度指标推进建设。", "附件2 8", "到 2027 年底"),
)
SUPPORT = (
    Support(
        "优先推荐国家级高技能人才培训基地",
        "符合条件的基地可优先推荐纳入国家级高技能人才培训基地建设项目，二者有机结合、同向发力；只作提示，不计分。",
        f"{_NATION} 二（一）",
    ),
)

OFFICIAL_CALLS = (
    OfficialCall(
        title="2022年国家技能根基工程培训基地申报遴选",
        year=2022,
        batch=1,
        opens_at=datetime(2022, 11, 13, tzinfo=_BEIJING),
        closes_at=datetime(2022, 11, 18, 23, 59, 59, tzinfo=_BEIJING),
        windows=(
            Window(
                "recommendation",
                datetime(2022, 11, 13, tzinfo=_BEIJING),
                datetime(2022, 11, 23, 23, 59, 59, tzinfo=_BEIJING),
            ),
            Window(
                "report",
                datetime(2022, 11, 24, tzinfo=_BEIJING),
                datetime(2022, 11, 30, 23, 59, 59, tzinfo=_BEIJING),
            ),
        ),
        summary=(
            "盟市于 2022 年 11 月 23 日前报送自治区厅，自治区厅于 11 月 30 日前报部。开始时间取通知印发日；"
            "单位向盟市提交的截止日由各盟市确定，平台默认 11 月 18 日。"
        ),
        default="开始时间取通知印发日；单位向盟市提交的截止日、各级开始受理的时间，通知未写明，平台默认。",
    ),
)
