"""The rules page tells what a base owes after recognition, and when."""

import pytest

from portal.desk.after_rules import after_lines, due_words, target_rows
from portal.policy import registry


def due_of(code: str, report: str) -> str:
    edition = registry.get(code)
    form = next(each for each in edition.reports if each.key == report)
    return due_words(form, edition.setting_values())


@pytest.mark.parametrize(
    ("code", "report", "words"),
    [
        ("HZ-2023-115", "monthly", "次月 10 日前"),
        ("HZ-2023-115", "plan", "当年 1 月 31 日前"),
        ("HZ-2023-115", "summary", "次年 1 月 31 日前"),
        ("SY-2024-DRAFT", "monthly", "次月第 5 个工作日前"),
        ("CQ-2024-8", "outputs12", "认定满 12 个月后 1 个月内"),
    ],
)
def test_when_a_report_is_due(code: str, report: str, words: str) -> None:
    assert due_of(code, report) == words


def test_every_report_ledger_and_target_stands_on_the_page() -> None:
    for profile in registry.profiles():
        edition = registry.current(profile.code)
        lines = after_lines(edition, edition.setting_values())
        assert len(lines) == len(edition.reports) + len(edition.ledgers)
        assert all(each.text and each.note for each in lines)
        assert len(target_rows(edition)) == len(edition.targets)


def test_a_target_says_how_much_by_when_and_for_whom() -> None:
    row = next(each for each in target_rows(registry.get("SY-2024-DRAFT")) if each.target.code == "SY-K02")
    assert (row.tracks, row.span, row.wanted) == ("职业技能提升培训基地", "建设期", "不少于 1,800 人次")
