"""Instalments, awards and what is recovered, in yuan; and the years of building they follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.funding import After, MultipleAward, Reclaim, Recovery, StepAward
from portal.policy.funding_lint import funding
from portal.policy.term import BuildPeriod, Ending, months_later

D = Decimal
TWICE = MultipleAward(D(50_000), 2, (("a", (600, 1200)), ("b", (300, 600))), "base")
STEPS = StepAward(100, D(50_000), D(500_000), (("a", 1800),), "basis")
UNSPENT = Recovery("unspent", "", "", "", Reclaim.UNSPENT)
ALL = Recovery("all", "", "", "", Reclaim.ALL)
PERIOD = BuildPeriod(24, 12, "year", "cap", "", "")
CAP = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("track", "year", "base", "threshold"),
    [
        ("a", 1, "yearly", 1200),
        ("a", 2, "yearly", 2400),
        ("a", 3, "yearly", 2400),
        ("a", 2, "first", 1200),
        ("b", 1, "yearly", 600),
        ("b", 2, "yearly", 1200),
    ],
)
def test_a_multiple_is_of_the_year_or_of_the_first(track: str, year: int, base: str, threshold: int) -> None:
    assert TWICE.threshold(track, year, base) == threshold


def test_an_award_by_a_multiple_is_given_once_and_only_with_the_target_met() -> None:
    assert TWICE.earned(1200, 1200, target_met=True, granted_before=False) == D(50_000)
    assert TWICE.earned(1199, 1200, target_met=True, granted_before=False) == 0
    assert TWICE.earned(1200, 1200, target_met=False, granted_before=False) == 0
    assert TWICE.earned(5000, 1200, target_met=True, granted_before=True) == 0
    assert TWICE.tracks == {"a", "b"}


@pytest.mark.parametrize(
    ("total", "counted", "basis", "award"),
    [
        (1950, 400, "excess", 50_000),
        (3000, 1200, "excess", 500_000),
        (1899, 400, "excess", 0),
        (1900, 99, "excess", 0),
        (1900, 100, "excess", 50_000),
        (1800, 400, "excess", 0),
        (1800, 400, "all", 200_000),
        (1799, 1799, "all", 0),
        (1800, 1700, "all", 500_000),
    ],
)
def test_steps_beyond_the_target(total: int, counted: int, basis: str, award: int) -> None:
    assert STEPS.earned("a", total, counted, basis) == award
    assert STEPS.tracks == {"a"}


@pytest.mark.rule("G-13")
@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_an_award_by_steps_never_exceeds_its_cap_nor_a_full_step(total: int, counted: int) -> None:
    award = STEPS.earned("a", total, min(counted, total), "excess")
    assert 0 <= award <= STEPS.cap
    assert award % STEPS.amount == 0
    assert award <= STEPS.earned("a", total, min(counted, total), "all")


@pytest.mark.rule("G-13")
def test_what_is_recovered() -> None:
    assert UNSPENT.amount(D(400_000), D(275_000)) == D(125_000)
    assert ALL.amount(D(400_000), D(275_000)) == D(400_000)
    assert UNSPENT.amount(D(100_000), D(130_000)) == 0


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 10, 15), 12, date(2025, 10, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 31), 24, date(2026, 12, 31)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 1, 31), 11, date(2024, 12, 31)),
    ],
)
def test_a_period_ends_on_the_corresponding_day(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_the_first_year_by_months_or_by_the_calendar() -> None:
    start = date(2024, 10, 15)
    assert PERIOD.first_year_end(start, "12m") == date(2025, 10, 15)
    assert PERIOD.first_year_end(start, "calendar") == date(2024, 12, 31)
    assert PERIOD.end(start) == date(2026, 10, 15)


def test_one_improvement_period_never_longer_than_the_cap() -> None:
    start = date(2024, 10, 15)
    assert PERIOD.improvement_end(start, CAP, first_year_missed=True) == Ending(date(2026, 10, 15))
    assert PERIOD.improvement_end(start, CAP, first_year_missed=False) == Ending(CAP, cut=True)
    far = date(2028, 12, 31)
    assert PERIOD.improvement_end(start, far, first_year_missed=False) == Ending(date(2027, 10, 15))
    late = date(2025, 3, 1)
    assert PERIOD.improvement_end(late, CAP, first_year_missed=False) == Ending(date(2027, 3, 1), cut=True)


SHUNYI, CHONGQING = registry.get("SY-2024-DRAFT"), registry.get("CQ-2024-8")


def changed(which: str, **fields: Any) -> Edition:
    """Shunyi with one support changed on the track of the first training bases."""
    at = next(place for place, each in enumerate(SHUNYI.support) if each.key == which)
    support = list(SHUNYI.support)
    support[at] = replace(support[at], **fields)
    return replace(SHUNYI, support=tuple(support))


GRANT = SHUNYI.money_of("ts")[0]
FIRST, FINAL = GRANT.instalments
BRAND, HIGH = (each.award for each in SHUNYI.money_of("ts")[1:])
assert isinstance(BRAND, MultipleAward)
assert isinstance(HIGH, StepAward)
FAULTS: dict[str, tuple[Edition, str]] = {
    "no key": (changed("grant", key=""), "what is paid has a key"),
    "a key twice": (changed("brand", key="grant"), "two supports with the key grant"),
    "a key and no money": (changed("brand", award=None), "what is paid has a key"),
    "both": (changed("brand", entered=True), "more than one of instalments, award and entered"),
    "entered with a total": (
        changed("grant", instalments=(), entered=True), "entered by the bureau and yet has a total",
    ),
    "unknown target": (
        changed("grant", instalments=(FIRST, replace(FINAL, targets=("X-9",)))), "unknown target X-9",
    ),
    "claimed without papers": (
        changed("grant", instalments=(FIRST, replace(FINAL, materials=()))), "claimed, without targets or documents",
    ),
    "papers and no claim": (
        changed("grant", instalments=(FIRST, replace(FINAL, after=After.PLAQUE))), "is not claimed and yet has",
    ),
    "one key": (changed("grant", instalments=(FIRST, replace(FINAL, key="first"))), "have one key"),
    "unknown indicator": (changed("brand", award=replace(BRAND, basic="none")), "unknown indicator none"),
    "award without papers": (changed("brand", award=replace(BRAND, materials=())), "claimed without documents"),
    "award in no claim": (changed("high_skill", award=replace(HIGH, within="first")), "does not claim"),
    "no term": (replace(SHUNYI, build_period=None), "over years of building, and the edition has none"),
    "no time": (
        replace(SHUNYI, recoveries=(replace(SHUNYI.recoveries[0], days=0),)), "leaves no time to return the money",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_lint_finds_each_fault_of_money(name: str) -> None:
    edition, message = FAULTS[name]
    assert list(funding(SHUNYI)) == []
    assert any(message in finding for finding in funding(edition)), list(funding(edition))


@pytest.mark.rule("SY-F1")
@pytest.mark.rule("SY-F4")
def test_each_instalment_says_what_it_follows_and_each_award_where_it_is_claimed() -> None:
    assert [part.after for part in GRANT.instalments] == [After.RECOGNITION, After.TARGETS]
    assert [part.after for part in SHUNYI.money_of("ds")[0].instalments] == [After.PLAQUE]
    assert [slot.title for slot in FINAL.materials] == ["基地建设工作总结", "绩效自评报告", "产出佐证材料"]
    assert (HIGH.within, BRAND.counted, BRAND.basic) == ("final", "trained", "certified")
    assert [each.key for each in CHONGQING.money_of("national") if each.entered] == ["national"]
