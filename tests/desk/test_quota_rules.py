"""What the rules page says of tiers, quotas, experts and places."""

from typing import Any

import pytest

from portal.desk.quota_rules import quota_rules
from portal.policy import registry


def said(code: str, **settings: Any) -> dict[str, tuple[str, str, str]]:
    """Return text, clause and default of each line by its title; the last of a title counts."""
    edition = registry.current(code)
    changed = {key.replace("__", "."): value for key, value in settings.items()}
    parts = quota_rules(edition, edition.setting_values(changed))
    return {line.title: (line.text, line.clause, line.default) for part in parts for line in part.lines}


@pytest.mark.parametrize(
    ("code", "title", "line"),
    [
        ("chongqing", "国家级", ("每个推荐部门不超过 1 个，不排序", "五（一）", "")),
        ("chongqing", "市级", ("每个推荐部门不超过 2 个，须排出次序", "五（一）", "")),
        ("chongqing", "市级资金补助类（数字技能）", ("3 个", "二（二）1", "CQ-A-08")),
        ("chongqing", "入选国家级的", ("释放其市级名额，由备选单位依次递补", "五（二）", "CQ-A-02")),
        (
            "chongqing",
            "由国家级交叉申报市级",
            (
                "承诺“保持国家级基地建设目标计划、配套投入等不变”；前 3 个专业（职业）按原顺序带入并锁定",
                "五（二）",
                "CQ-A-01",
            ),
        ),
        (
            "skills_foundation",
            "自治区推荐名额",
            ("5 个", "人社厅函〔2022〕162号 一（二）", "GJ-A-06"),
        ),
        (
            "shunyi",
            "材料评审和现场核查的专家组",
            ("不少于 3 人，人数为单数；受理一件评审一件", "四（二）；附件1 表5", ""),
        ),
        ("kunshan", "推荐函", ("由平台生成，盖章后一并报送", "三（三）1", "")),
    ],
)
def test_a_line_of_each_policy(code: str, title: str, line: tuple[str, str, str]) -> None:
    assert said(code)[title] == line


def test_numbers_are_those_the_bureau_has_set() -> None:
    assert said("chongqing", quota__municipal=3)["市级"][0] == "每个推荐部门不超过 3 个，须排出次序"
    crossed = said("chongqing", crossapply__mode="reserve_first")["由国家级交叉申报市级"][0]
    assert crossed.endswith("前 3 个专业（职业）留在原申报，只能使用其后的")
    drawn = said("kunshan", panel__size=7)["专家抽取"][0]
    assert drawn.startswith("从专家库中随机抽取 7 人，另抽候补 2 人；先公布种子哈希")


def test_a_policy_of_one_tier_says_nothing_of_recommending() -> None:
    edition = registry.current("hangzhou")
    assert [part.title for part in quota_rules(edition, edition.setting_values())] == ["专家组"]
