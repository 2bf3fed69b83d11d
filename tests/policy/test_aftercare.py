"""The words for the time after recognition: periods and due days, tallies, indicators, targets, proposals, and their lint."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.policy import registry
from portal.policy.form import Field, FieldKind
from portal.policy.indicator import Indicator, Span, Target, span_of
from portal.policy.ledger import Due, Every, Once, Period, ReportForm, Tally
from portal.policy.lint import lint
from portal.policy.proposal import Filed, Kept, OwnedOnly, Stated
from portal.policy.term import BuildPeriod
from portal.policy.values import Unreadable, complete_id_number, read
from tests.policy.aftercare_faults import AFTER, SHUNYI

BUILD = BuildPeriod(24, 12, "mode", "cap", "两年", "一")
HANGZHOU = registry.get("HZ-2023-115")


def test_monthly_reports_begin_with_the_month_of_recognition() -> None:
    form = ReportForm("m", "月报", Every.MONTH, Due(10), "一")
    periods = list(form.periods(date(2024, 11, 20), date(2025, 1, 2)))
    assert [each.title for each in periods] == ["2024 年 11 月", "2024 年 12 月", "2025 年 1 月"]
    assert form.due.month_of(periods[1]) == date(2025, 1, 1)


def test_a_plan_is_due_in_its_own_year_and_a_summary_in_the_next() -> None:
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert Due(31, months=0, from_start=True).month_of(year) == date(2025, 1, 1)
    assert Due(31).month_of(year) == date(2026, 1, 1)
    assert Due(31, setting="day").day_of({"day": 15}) == 15


def test_a_report_due_once_covers_the_time_since_recognition() -> None:
    form = ReportForm("o", "产出", Every.ONCE, Due(31), "一", after_months=12)
    assert list(form.periods(date(2024, 2, 29), date(2024, 3, 1))) == [Period(date(2024, 2, 29), date(2025, 2, 28))]


def test_which_rows_a_tally_takes_and_what_counts_once() -> None:
    tally = Tally("t", "取证", "人次", "c", where=(("level", ("3", "2")),), once_setting="count")
    assert tally.takes({"level": "3"})
    assert not tally.takes({"level": "5"})
    assert tally.counts_once({"count": "persons"}) is Once.PERSON
    assert tally.counts_once({"count": "person_times"}) is Once.CERTIFICATE


@pytest.mark.rule("SY-A-14")
def test_a_share_is_exact_and_not_formed_over_too_small_a_survey() -> None:
    shares = Indicator("s", "满意率", "%", "satisfied", "surveyed", ("trained", "least"))
    sums = {"satisfied": Fraction(285), "surveyed": Fraction(300), "trained": Fraction(1000)}
    assert shares.value(sums, {"least": 30}) == 95
    assert shares.value(sums | {"surveyed": Fraction(299)}, {"least": 30}) is None
    assert shares.value({}, {"least": 0}) is None
    assert Target("x", "满意率", "s", 95, Span.TERM, "一").met(Fraction(9499, 100)) is False


@pytest.mark.rule("KS-A-04")
def test_the_bureau_may_choose_the_other_denominator() -> None:
    shares = Indicator("s", "占比", "%", "certified", "high", over_if=("base", "all", "trained"))
    sums = {"certified": Fraction(70), "high": Fraction(100), "trained": Fraction(140)}
    assert shares.value(sums, {"base": "high_skill"}) == 70
    assert shares.value(sums, {"base": "all"}) == 50


@pytest.mark.rule("SY-A-02")
def test_spans_of_a_building_base() -> None:
    day = date(2024, 10, 15)
    assert span_of(Span.FIRST_YEAR, day, BUILD, {"mode": "12m"}, 0) == Period(day, date(2025, 10, 15))
    assert span_of(Span.FIRST_YEAR, day, BUILD, {"mode": "calendar"}, 0) == Period(day, date(2024, 12, 31))
    assert span_of(Span.SECOND_YEAR, day, BUILD, {}, 0) == Period(date(2025, 10, 16), date(2026, 10, 15))
    assert span_of(Span.TERM, day, BUILD, {}, 0) == Period(day, date(2026, 10, 15))
    with pytest.raises(ValueError, match="建设期"):
        span_of(Span.TERM, day, None, {}, 0)


@pytest.mark.rule("SY-A-07")
def test_nine_tenths_suffice_only_where_the_bureau_has_opened_it() -> None:
    target = next(each for each in SHUNYI.targets if each.code == "SY-K02")
    assert target.tolerable(Fraction(1620), {"final.tolerance": "ninety"})
    assert not target.tolerable(Fraction(1619), {"final.tolerance": "ninety"})
    assert not target.tolerable(Fraction(1620), {"final.tolerance": "none"})


def test_points_follow_from_what_is_stated_and_filed() -> None:
    most = Decimal(15)
    assert [Stated("a.b").points(most, each) for each in ("yes", "no", "0", "12.5", "")] == [15, 0, 0, 15, None]
    assert OwnedOnly("a", "b").points(most, "100", "0") == 15
    assert OwnedOnly("a", "b").points(most, "0", "80") == 0
    assert OwnedOnly("a", "b").points(most, "100", "20") is None
    assert [Filed(("plan",)).points(most, filed, 4) for filed in (0, 3, 4)] == [0, None, 15]
    assert Filed(("month",), judged=True).points(most, 24, 24) is None
    assert Kept(("ledger",)).points(most, {}) == 0
    assert Kept(("ledger",)).points(most, {"ledger": 1}) is None


def test_an_identity_number_is_checked() -> None:
    number = complete_id_number("00000019900101001")
    field = Field("id", "身份证号码", FieldKind.ID_NUMBER)
    assert read(field, number) == number
    for wrong in (number[:-1] + ("0" if number[-1] != "0" else "1"), "123", complete_id_number("00000019900231001")):
        with pytest.raises(Unreadable):
            read(field, wrong)


@pytest.mark.parametrize("part", AFTER)
def test_lint_finds_what_is_not_declared(part: str) -> None:
    edition, finding = AFTER[part]
    assert lint(SHUNYI) == []
    assert any(finding in each for each in lint(edition))


def test_every_item_of_the_sheet_that_is_computed_has_something_to_compute_from() -> None:
    assert HANGZHOU.assessment is not None
    computed = [item.number for item in HANGZHOU.assessment.items if item.formula is not None]
    assert computed == [1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14]
