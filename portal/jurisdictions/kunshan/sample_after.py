"""Bases of earlier years for the demonstration: one that reaches its yearly figures, one that does not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.policy.sample import Answers, SampleAfter, SampleBase, invented_person

_TRADES = ("工业机器人系统运维员", "模具工", "电工")


def _spring(today: date) -> date:
    return date(today.year - 2, 3, 20)


BASES = (
    SampleBase("jinxi", "传动设备", "昆人社培〔{year}〕8号", _spring, 120),
    SampleBase("qiandeng", "电气", "昆人社培〔{year}〕8号", _spring, 40),
)


def rows(base: SampleBase, ledger: str, month: date) -> Sequence[Answers]:
    """Those who finished in a month: about thirteen a month make 150 a year."""
    return [_trainee(base, month, number) for number in range(14 * base.pace // 100)] if ledger == "training" else []


def _trainee(base: SampleBase, month: date, number: int) -> dict[str, Any]:
    serial = (month.year * 12 + month.month) * 50 + number
    name, identity = invented_person(serial + (20_000 if base.pace < 100 else 0))
    certified = number % 5 != 0
    return {
        "on": month.replace(day=22).isoformat(),
        "name": name,
        "id_number": identity,
        "occupation": _TRADES[number % 3],
        "level": "3" if number % 3 else "2",
        "certified": "yes" if certified else "no",
        "certificate": f"KS{serial:08d}{base.pace}" if certified else "",
    }


def answers(report: str) -> Answers:
    """What a yearly document says."""
    texts: dict[str, dict[str, Any]] = {
        "plan": {
            "plan": "全年培训高级工以上 160 人，取证率不低于 75%；开发工业机器人系统运维员题库一套；承办市级竞赛一次。"
        },
        "data": {"explanation": "培训和取证人数由台账汇总，证书信息已在证书查询系统核对。"},
        "summary": {"summary": "全年按计划开展免费技能晋升培训，服务企业 12 家，设备完好率 98%。"},
    }
    return texts[report]


AFTER = SampleAfter(BASES, rows, answers)
