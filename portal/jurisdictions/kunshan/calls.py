"""The call of 2021 with its true deadline, split between the units and the zones and towns (requirements 5.4)."""

from datetime import datetime, timedelta, timezone

from portal.policy.edition import OfficialCall, Window

_LOCAL = timezone(timedelta(hours=8))
SPLIT_DAYS = 7
"""Days the zones and towns have for themselves before the city's deadline: 12-23 for units, 12-30 for them."""

ISSUED_AT = datetime(2021, 11, 26, tzinfo=_LOCAL)
DEADLINE = datetime(2021, 12, 30, 23, 59, 59, tzinfo=_LOCAL)

CALL_2021 = OfficialCall(
    title="2021年昆山市高技能人才公共实训基地建设项目申报",
    year=2021,
    batch=1,
    opens_at=ISSUED_AT,
    closes_at=DEADLINE - timedelta(days=SPLIT_DAYS),
    windows=(Window("recommendation", ISSUED_AT, DEADLINE),),
    summary=(
        "昆山市范围内符合条件的行业协会（组织）、生产型企业、职业院校、职业培训机构等向所在区镇社会保障部门申报，"
        "区镇于 2021 年 12 月 30 日前择优推荐至市人社局。"
    ),
    default=(
        "通知只公布 2021 年 12 月 30 日截止：自印发之日开放，单位向区镇申报至 12 月 23 日、区镇向市推荐至 12 月 30 日，均系平台默认。"
    ),
)
