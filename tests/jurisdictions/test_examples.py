"""The worked examples that come with the policies, one test for each line: what needs no database.

The lines on quotas of recommending offices and on applying for two types stand in `test_examples_at_work.py`.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from applications.selectors.materials import rules_of
from portal.calendars import clock, notice_period, wording
from portal.calendars.deadlines import is_in_time
from portal.calendars.working_days import MissingCalendarYear
from portal.documents.inspection.inspecting import inspect
from portal.policy import registry
from portal.policy.condition import Result
from portal.policy.edition import Edition, Support
from portal.policy.funding import StepAward
from portal.policy.scoring import Bands, PerEvent
from portal.policy.validation import check_materials, evaluate_all, facts_for
from portal.policy.values import credit_code_is_valid
from reviews.selectors.eligibility import size_problem
from tests.calendars.years import official_days
from tests.documents import hostile
from tests.jurisdictions import chongqing_answers, kunshan_answers

HANGZHOU, CHONGQING, SHUNYI, KUNSHAN = map(registry.current, ("hangzhou", "chongqing", "shunyi", "kunshan"))
SHEET = HANGZHOU.assessment
assert SHEET is not None
D = Decimal


def result(edition: Edition, code: str, track: str, given: dict[str, Any], files: dict[str, int]) -> Result:
    known = facts_for(edition, track, given, files)
    return next(each for each in evaluate_all(edition, known) if each.condition.code == code)


@pytest.mark.rule("G-07")
@pytest.mark.parametrize(
    ("published", "ends"),
    [
        (date(2024, 8, 5), "8月12日（周一）24:00"),
        (date(2024, 9, 12), "9月20日（周五）24:00"),
        (date(2024, 9, 27), "10月10日（周四）24:00"),
        (date(2025, 9, 26), "10月10日（周五）24:00"),
    ],
)
def test_five_working_days_without_the_day_of_publication(published: date, ends: str) -> None:
    period = notice_period.notice_period(official_days(), clock.start_of_day(published) + timedelta(hours=10), 5)
    assert wording.period_end(period.ends_at) == ends
    assert period.ends_at.astimezone(clock.SHANGHAI).year == published.year


@pytest.mark.rule("G-08")
def test_a_day_in_a_year_without_an_official_calendar_is_refused() -> None:
    with pytest.raises(MissingCalendarYear, match="缺少2027年工作日历"):
        notice_period.notice_period(official_days(), datetime(2026, 12, 28, 10, tzinfo=clock.SHANGHAI), 5)


@pytest.mark.rule("P3-19")
@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),
        ("91330100MA0000015W", True),
        ("91110113MA0000031P", True),
        ("52320583MJ00000420", True),
        ("91310115MA1H8R7C6D", False),
    ],
)
def test_credit_codes(code: str, valid: bool) -> None:
    assert credit_code_is_valid(code) is valid


def points(base: Decimal, bonus: Decimal) -> dict[int, Decimal]:
    """Share points out over the items of the assessment, each up to its maximum."""
    left, scores = {False: base, True: bonus}, {}
    for item in SHEET.items:
        scores[item.number] = min(item.max_points, left[item.bonus])
        left[item.bonus] -= scores[item.number]
    return scores


@pytest.mark.parametrize(
    ("base", "title"),
    [
        ("89.50", "良好"),
        ("90.00", "优秀"),
        ("79.99", "合格"),
        ("80.00", "良好"),
        ("60.00", "合格"),
        ("59.99", "不合格"),
    ],
)
def test_hangzhou_grades(base: str, title: str) -> None:
    found = SHEET.result(points(D(base), D(0)), HANGZHOU.setting_values(), ())
    assert (found.grade.title, found.flagged) == (title, False)
    assert (found.grade is SHEET.grades[-1]) is (title == "不合格")  # the lowest grade is the one that is revoked


def test_hangzhou_bonus_and_veto() -> None:
    lifted, values = points(D(78), D(14)), HANGZHOU.setting_values()
    found = SHEET.result(lifted, values, ())
    assert (found.grade.title, found.flagged) == ("优秀", True)
    assert SHEET.result(lifted, HANGZHOU.setting_values({"grade.basis": "base"}), ()).grade.title == "合格"
    third = SHEET.vetoes[2].code
    assert SHEET.result(points(D(100), D(20)), values, (third,)).grade.title == "不合格"


@pytest.mark.parametrize(("served", "won"), [(0, 0), (1, 10), (300, 10), (301, 20), (1500, 20), (1501, 30)])
def test_hangzhou_item_twelve_in_one_year(served: int, won: int) -> None:
    formula = SHEET.items[11].formula
    assert isinstance(formula, Bands)
    assert formula.points(served) == won


@pytest.mark.parametrize(("events", "won"), [({"city": 1, "province": 1}, 7), ({"city": 3, "province": 1}, 10)])
def test_hangzhou_item_thirteen(events: dict[str, int], won: int) -> None:
    formula = SHEET.items[12].formula
    assert isinstance(formula, PerEvent)
    assert formula.points(events) == won


def support(code: str) -> Support:
    return next(each for each in SHUNYI.support if each.code == code)


@pytest.mark.rule("SY-F3")
@pytest.mark.parametrize(("total", "high", "award"), [(1950, 400, 50_000), (3000, 1200, 500_000)])
def test_shunyi_high_skill_award(total: int, high: int, award: int) -> None:
    rule = support("SY-F3").award
    assert isinstance(rule, StepAward)
    assert rule.earned("ts", total, high, SHUNYI.setting_values()[rule.basis_setting]) == award


@pytest.mark.parametrize(("reason", "back"), [("missed", 125_000), ("misconduct", 400_000)])
def test_shunyi_termination(reason: str, back: int) -> None:
    recovery = next(each for each in SHUNYI.recoveries if each.key == reason)
    assert recovery.amount(D(400_000), D(275_000)) == back


@pytest.mark.rule("G-02")
@pytest.mark.parametrize(("part", "whole", "verdict"), [(62, 125, "unmet"), (63, 126, "met")])
def test_chongqing_ratio(part: int, whole: int, verdict: str) -> None:
    given = chongqing_answers.answers("national", teachers=chongqing_answers.teachers(integrated=part, total=whole))
    assert result(CHONGQING, "CQ-N12", "national", given, chongqing_answers.FILES).verdict == verdict


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(("second", "accepted"), [(0, True), (1, False)])
def test_chongqing_window(second: int, accepted: bool) -> None:
    (call,) = CHONGQING.official_calls
    received = datetime(2024, 7, 17, 18, 0, second, tzinfo=clock.SHANGHAI)
    assert is_in_time(received, call.closes_at) is accepted


@pytest.mark.rule("P3-08")
@pytest.mark.parametrize(("pages", "accepted"), [(30, True), (31, False)])
def test_chongqing_evidence_has_thirty_pages(pages: int, accepted: bool) -> None:
    rules = rules_of(CHONGQING.material("evidence"), CHONGQING.setting_values())
    found = inspect(hostile.plain(pages), filename="佐证材料.pdf", rules=rules)
    assert (found.pages, not found.problems) == (pages, accepted)


@pytest.mark.parametrize(("count", "accepted"), [(1, True), (2, False)])
def test_chongqing_evidence_is_one_file(count: int, accepted: bool) -> None:
    known = facts_for(CHONGQING, "national", chongqing_answers.answers("national"), {"evidence": count})
    assert (check_materials(CHONGQING, known) == []) is accepted


@pytest.mark.rule("KS-C04")
def test_kunshan_teachers_of_every_project() -> None:
    projects = [kunshan_answers.project("a", 100, 50), kunshan_answers.project("b", 100, 49)]
    given = kunshan_answers.answers(project=projects)
    assert result(KUNSHAN, "KS-C04", "base", given, kunshan_answers.FILES).verdict == "unmet"
    alone = kunshan_answers.answers(project=projects[:1])
    assert result(KUNSHAN, "KS-C04", "base", alone, kunshan_answers.FILES).verdict == "met"


@pytest.mark.parametrize(("experts", "allowed"), [(2, False), (4, False), (3, True), (5, True)])
def test_shunyi_panel(experts: int, allowed: bool) -> None:
    call = SimpleNamespace(setting_values=SHUNYI.setting_values())
    panel: Any = SimpleNamespace(rule=SHUNYI.panel, application=SimpleNamespace(call=call))
    assert (size_problem(panel, experts) == "") is allowed
