"""Bases of earlier years for the demonstration: two that were published two years ago and report their yearly figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.policy.sample import Answers, SampleAfter, SampleBase


def _summer(today: date) -> date:
    return date(today.year - 2, 6, 28)


BASES = (
    SampleBase("haibowan", "乌海海勃湾化工技师学院", "人社厅函〔{year}〕60号", _summer, 110),
    SampleBase("hulun", "呼伦贝尔航空职业技术学院", "人社厅函〔{year}〕60号", _summer, 40),
)


def rows(base: SampleBase, ledger: str, month: date) -> Sequence[Answers]:
    """The policy keeps no ledgers."""
    return ()


def answers(report: str) -> Answers:
    """What the yearly report says."""
    said: dict[str, dict[str, Any]] = {
        "yearly": {
            "trained": 2360,
            "advanced": 640,
            "certified": 1890,
            "projects": "围绕现代煤化工、航空服务等开展急需紧缺高技能人才培训研修 12 期。",
            "experience": "校企共建实训中心，工学一体化培养，形成可推广的课程包。",
        }
    }
    return said[report]


AFTER = SampleAfter(BASES, rows, answers)
