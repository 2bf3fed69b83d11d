"""Grants, awards, recoveries and the years of building in the Shunyi draft (SY-F1 to SY-F6)."""

from datetime import date
from decimal import Decimal

import pytest

from portal.policy.edition import Support
from portal.policy.funding import MultipleAward, StepAward
from portal.policy.term import Ending
from tests.jurisdictions.shunyi_answers import EDITION

D = Decimal
SETTINGS = EDITION.setting_values()
RECOVERIES = {each.key: each for each in EDITION.recoveries}
assert EDITION.build_period
PERIOD = EDITION.build_period


def support(code: str, track: str = "ts") -> Support:
    return next(each for each in EDITION.support if each.code == code and (not each.tracks or track in each.tracks))


def test_every_rule_of_money_is_declared() -> None:
    assert {each.code for each in EDITION.support if each.code} == {f"SY-F{n}" for n in range(1, 7)}


@pytest.mark.rule("SY-F1")
@pytest.mark.parametrize(
    ("track", "total", "parts"),
    [
        ("ts", 1_000_000, [(400_000, 40), (600_000, 60)]),
        ("cy", 500_000, [(200_000, 40), (300_000, 60)]),
        ("ds", 100_000, [(100_000, 100)]),
    ],
)
def test_grants_and_their_instalments(track: str, total: int, parts: list[tuple[int, int]]) -> None:
    grant = support("SY-F1", track)
    assert grant.total == total
    assert [(part.amount, part.share) for part in grant.instalments] == parts


def brand() -> MultipleAward:
    award = support("SY-F2").award
    assert isinstance(award, MultipleAward)
    return award


@pytest.mark.rule("F20")
@pytest.mark.rule("SY-F2")
@pytest.mark.rule("SY-A-05")
@pytest.mark.parametrize(
    ("track", "year", "base", "threshold"),
    [
        ("ts", 1, "yearly", 1200),
        ("ts", 2, "yearly", 2400),
        ("cy", 1, "yearly", 600),
        ("cy", 2, "yearly", 1200),
        ("ts", 2, "first", 1200),
        ("cy", 2, "first", 600),
    ],
)
def test_the_brand_award_asks_for_twice_the_years_target(track: str, year: int, base: str, threshold: int) -> None:
    assert brand().threshold(track, year, base) == threshold
    assert brand().earned(threshold, threshold, target_met=True, granted_before=False) == D(50_000)
    assert brand().earned(threshold - 1, threshold, target_met=True, granted_before=False) == 0


@pytest.mark.rule("SY-F2")
def test_the_brand_award_is_given_once_and_not_to_contest_bases() -> None:
    assert brand().earned(9000, 1200, target_met=True, granted_before=True) == 0
    assert brand().tracks == {"ts", "cy"}
    assert SETTINGS[brand().base_setting] == "yearly"


@pytest.mark.rule("SY-F3")
@pytest.mark.rule("SY-A-06")
@pytest.mark.parametrize(
    ("track", "total", "high", "basis", "award"),
    [
        ("ts", 1950, 400, "excess", 50_000),
        ("ts", 3000, 1200, "excess", 500_000),
        ("ts", 1899, 400, "excess", 0),
        ("ts", 1799, 1799, "all", 0),
        ("ts", 1800, 400, "all", 200_000),
        ("cy", 1000, 100, "excess", 50_000),
        ("cy", 1000, 99, "excess", 0),
        ("cy", 900, 450, "excess", 0),
    ],
)
def test_the_award_for_high_skill(track: str, total: int, high: int, basis: str, award: int) -> None:
    rule = support("SY-F3").award
    assert isinstance(rule, StepAward)
    assert rule.earned(track, total, high, basis) == award
    assert SETTINGS[rule.basis_setting] == "excess"


@pytest.mark.rule("F19")
@pytest.mark.rule("SY-F4")
@pytest.mark.rule("SY-F5")
def test_the_award_comes_with_the_last_instalment_of_training_bases() -> None:
    assert support("SY-F4").tracks == support("SY-F5").tracks == ("ts", "cy")
    assert "末次资金" in support("SY-F4").text
    assert support("SY-F5").default == "SY-A-07"


@pytest.mark.rule("SY-F6")
@pytest.mark.rule("SY-A-10")
def test_what_is_recovered_when_a_base_ends() -> None:
    paid, spent = D(400_000), D(275_000)
    assert RECOVERIES["missed"].amount(paid, spent) == D(125_000)
    assert RECOVERIES["misconduct"].amount(paid, spent) == paid
    assert RECOVERIES["missed"].amount(D(100_000), D(100_000)) == 0  # a contest base that has spent all


@pytest.mark.rule("SY-A-02")
def test_the_first_year_is_twelve_months_unless_the_bureau_reads_it_otherwise() -> None:
    start = date(2024, 10, 18)
    assert PERIOD.first_year_end(start, SETTINGS[PERIOD.first_year_setting]) == date(2025, 10, 18)
    assert PERIOD.first_year_end(start, "calendar") == date(2024, 12, 31)


@pytest.mark.rule("SY-A-03")
def test_one_improvement_year_up_to_the_end_of_the_scheme() -> None:
    start, cap = date(2024, 10, 18), date.fromisoformat(SETTINGS[PERIOD.cap_setting])
    assert PERIOD.end(start) == date(2026, 10, 18)
    assert PERIOD.improvement_end(start, cap, first_year_missed=True) == Ending(date(2026, 10, 18))
    assert PERIOD.improvement_end(start, cap, first_year_missed=False) == Ending(date(2026, 12, 31), cut=True)


@pytest.mark.rule("SY-A-08")
def test_certificates_are_counted_by_person_times() -> None:
    assert SETTINGS["certificate.count"] == "person_times"
    first = EDITION.condition("SY-K01")
    assert "600人次" in first.text
    assert first.test is not None
