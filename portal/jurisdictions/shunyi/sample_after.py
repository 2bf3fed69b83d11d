"""Bases of earlier years for the demonstration: one at the end of its term, one that missed its first year, a contest base."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.jurisdictions.shunyi.tracks import CY, DS, TS
from portal.policy.sample import Answers, SampleAfter, SampleBase, invented_person
from portal.policy.term import months_later

_TRADES = ("数控铣工", "养老护理员", "供应链管理师")


def _ago(months: int) -> Any:
    return lambda today: months_later(today, -months)


BASES = (
    SampleBase("shuntong", "北京顺通高级技工学校", "顺人社发〔{year}〕9号", _ago(25), 100, TS),
    SampleBase("linkong", "北京临空智慧供应链有限公司", "顺人社发〔{year}〕15号", _ago(14), 55, CY),
    SampleBase("yangge", "北京杨各庄职业教育中心", "顺人社发〔{year}〕15号", _ago(14), 100, DS),
)


def rows(base: SampleBase, ledger: str, month: date) -> Sequence[Answers]:
    """A class a month with its certificates, spending each quarter, one contest in May."""
    full = 80 if base.track == TS else 38
    certified = full * base.pace // 100
    if ledger == "classes":
        return [
            {
                "on": month.replace(day=20).isoformat(),
                "name": f"{_TRADES[month.month % 3]}培训{month:%Y%m}班",
                "occupation": _TRADES[month.month % 3],
                "trained": certified * 107 // 100,
                "surveyed": certified // 2,
                "satisfied": certified // 2 - (month.month % 12 == 0),
            }
        ]
    if ledger == "certificates":
        return [_certificate(base, month, number) for number in range(certified)]
    if ledger == "contests":
        return [_contest(month)] if month.month == 5 else []
    return [_spending(base, month)] if month.month % 3 == 0 else []


def _certificate(base: SampleBase, month: date, number: int) -> dict[str, Any]:
    serial = (month.year * 12 + month.month) * 100 + number
    name, identity = invented_person(serial + (50_000 if base.track == CY else 0))
    high = number % 4 == 0
    return {
        "on": month.replace(day=26).isoformat(),
        "name": name,
        "id_number": identity,
        "occupation": _TRADES[month.month % 3],
        "kind": "level",
        "level": "3" if high else "4",
        "certificate": f"S{base.track.upper()}{serial:09d}",
    }


def _contest(month: date) -> dict[str, Any]:
    return {
        "on": month.replace(day=24).isoformat(),
        "name": f"顺义区职业技能竞赛焊工项目（{month.year} 年）",
        "level": "district",
        "entrants": 326,
        "document": f"竞赛组委会〔{month.year}〕3号",
    }


def _spending(base: SampleBase, month: date) -> dict[str, Any]:
    amount = {TS: "40000.00", CY: "30000.00", DS: "15000.00"}[base.track]
    return {
        "on": month.replace(day=15).isoformat(),
        "item": ("training", "teachers", "equipment")[month.month % 3],
        "purpose": "培训耗材和实训设备维护",
        "payee": "北京燕北实训设备有限公司",
        "voucher": f"{month:%Y%m}-07",
        "amount": amount,
    }


def answers(report: str) -> Answers:
    """What a monthly report says beside its figures."""
    return {
        "monthly": {
            "progress": "按计划完成本月培训班次，组织一次职业技能等级认定，专账支出手续齐全。",
            "problems": "",
            "next": "继续开展等级认定培训，准备下一批考核。",
        }
    }[report]


AFTER = SampleAfter(BASES, rows, answers)
