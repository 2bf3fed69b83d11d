"""Bases of earlier years for the demonstration: a national one whose two years are over, a municipal one after its first year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.policy.sample import Answers, SampleAfter, SampleBase
from portal.policy.term import months_later

_TRADES = ("汽车维修工", "工业机器人系统操作员", "电工", "焊工", "养老护理员")


def _ago(months: int) -> Any:
    return lambda today: months_later(today, -months)


BASES = (
    SampleBase(
        "qijiang", "重庆綦岭公共职业技能实训中心", "渝人社发〔{year}〕31号", _ago(25), 110,
        "national",
    ),
    SampleBase(
        "liangjiang", "重庆两江新能源汽车技能培训中心", "渝人社发〔{year}〕40号", _ago(13), 80,
        "municipal",
    ),
)  # fmt: skip


def rows(base: SampleBase, ledger: str, month: date) -> Sequence[Answers]:
    """A class a month, more in the second year; spending each half year."""
    if ledger == "training":
        times = 260 * base.pace // 100
        return [
            {
                "on": month.replace(day=25).isoformat(),
                "name": f"{_TRADES[month.month % 5]}高级工班（{month:%Y%m}）",
                "occupation": _TRADES[month.month % 5],
                "person_times": times,
                "high": times * 36 // 100,
                "persons": times * 8 // 10,
            }
        ]
    if ledger == "spending" and month.month in (6, 12):
        return [
            {
                "on": month.replace(day=16).isoformat(),
                "purpose": "实训设备购置",
                "payee": "重庆北碚实训装备有限公司",
                "voucher": f"{month:%Y%m}-11",
                "amount": "180000.00",
            }
        ]
    return []


def answers(report: str) -> Answers:
    """What a report on the outputs says."""
    said: dict[str, Any] = {
        "outputs": "围绕五个专业建成课程标准、教材和题库，师资和装备按实施方案到位，面向社会和本行业开展培训。",
        "funds": "资金按年度预算到位，专账管理，支出手续齐全。",
        "problems": "部分设备到货延迟，已调整进度。",
    }
    return {"outputs12": said, "outputs24": said}[report]


AFTER = SampleAfter(BASES, rows, answers)
