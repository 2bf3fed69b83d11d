"""Shunyi, the whole line: a base of each type through both years, paid in full, improved, terminated, found out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from assessments.enums import PlaqueState
from assessments.models import Account, Assessment, Base, Case, Claim, GrantLine, Improvement, RecoveryOrder
from assessments.selectors.bases import with_terms
from assessments.selectors.rounds import due_of_bases
from assessments.selectors.rounds_checks import check_lines, suggestion
from assessments.services import case_effects, improvements, rounds_checks, rounds_results
from assessments.services.claim_decisions import approve_first, approve_second
from assessments.services.money import receive_back
from assessments.services.payments import record_award_plaque
from assessments.services.register import record_plaque
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from tests.assessments import cases_kit
from tests.assessments.money_kit import counted, line_of, make_base, pay, people, submitted, unit_of
from tests.assessments.whole_kit import balanced, brought_in, case_of, ended, on

pytestmark = pytest.mark.django_db
FIRST, SECOND, AFTER = date(2025, 3, 1), date(2026, 3, 1), date(2026, 11, 1)
YEAR_OVER, TERM_OVER = on(2025, 10, 20), on(2026, 10, 20)
FOUND = dict.fromkeys(("SY-K05", "SY-K10"), "专家组查看，体系已形成，培养能力达到要求")


@dataclass
class World:
    """A district with its people."""

    place: Jurisdiction
    officer: Actor
    approver: Actor
    finance: Actor


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(on(2024, 10, 28)):
        yield World(place, *people(place))


def begun(world: World, track: str) -> tuple[Base, Actor]:
    """Return a base just recognised, its plaque hung, and paid what may be paid by then; and a person of its unit."""
    base = make_base(world.place, track)
    record_plaque(base=base, state=PlaqueState.HANDED_OVER, on=clock.today(), receiver="基地经办人", by=world.officer)
    for line in GrantLine.objects.filter(grant__account__base=base, state="payable"):
        pay(line, world.finance, clock.today())
    return base, unit_of(base)


def grown(base: Base, month: date, number: int) -> None:
    """So many trained, certified, asked and content."""
    counted(base, month, certified=number, trained=number, surveyed=number, satisfied=number)


def spent(base: Base, by: Actor, *amounts: int) -> None:
    """Bring the dedicated account's ledger in, as a workbook."""
    brought_in(
        base,
        "spending",
        [
            {"on": clock.today().isoformat(), "item": "training", "purpose": "培训耗材", "payee": "某公司",
             "voucher": f"V{clock.today():%m%d}{number}", "amount": f"{amount}.00"}
            for number, amount in enumerate(amounts)
        ],
        by=by,
    )  # fmt: skip


def checked(world: World, base: Base, scheme: str, outcome: str) -> Assessment:
    """Do the check that is due today: begun, what only a person sees found, proposed by what the lines say, approved."""
    held = with_terms(Base.objects.filter(pk=base.pk)).get()
    (each,) = [due for due in due_of_bases([held], clock.today()) if due.scheme.key == scheme]
    row = rounds_checks.begin_check(base=base, scheme_key=scheme, ends_on=each.ends_on, by=world.officer)
    for line in check_lines(row):
        if line.judged:
            rounds_checks.judge(assessment=row, code=line.code, met=True, words=FOUND[line.code], by=world.officer)
    row.refresh_from_db()
    assert suggestion(row.scheme, check_lines(row)) == outcome
    row = rounds_results.propose_outcome(assessment=row, outcome=outcome, by=world.officer)
    return row if row.state == "hearing" else rounds_results.approve_result(assessment=row, by=world.approver)


def improving(world: World, row: Assessment) -> Improvement:
    """Give a base its period to mend, with one occasion of guidance."""
    case_effects.carry_out(case=cases_kit.decided(case_of(row), world.approver, number=row.pk), by=world.officer)
    period = Improvement.objects.get(base=row.base)
    improvements.add_guidance(
        improvement=period,
        on=clock.today(),
        guide="职业能力建设科",
        content="指导扩大招生和增加认定批次。",
        by=world.officer,
    )
    return period


def granted(world: World, base: Base, by: Actor, support: str, year: int | None = None) -> Claim:
    """Claim money, have it approved by two persons and paid."""
    claim = submitted(base, support, by, year)
    approve_first(claim=claim, words="核对无误", findings=FOUND, by=world.officer)
    approve_second(claim=claim, words="同意", by=world.approver)
    for line in GrantLine.objects.filter(grant__account__base=base, state="payable"):
        pay(line, world.finance, clock.today())
    claim.refresh_from_db()
    assert claim.state == "paid"
    return claim


def sums(base: Base) -> tuple[int, ...]:
    """Return what was granted, paid, is due, cancelled, spent, ordered back and come back; all of it balances."""
    found = balanced(base)
    return tuple(found[each] for each in ("granted", "paid", "due", "cancelled", "spent", "ordered", "recovered"))


@pytest.mark.rule("SY-F1")
@pytest.mark.rule("SY-F2")
@pytest.mark.rule("SY-F4")
@pytest.mark.parametrize(("track", "target", "yuan"), [("ts", 600, 1_000_000), ("cy", 300, 500_000)])
def test_a_training_base_does_all_it_promised_and_is_paid_all_of_it(
    world: World, track: str, target: int, yuan: int
) -> None:
    base, unit = begun(world, track)
    first = yuan * 40 // 100
    assert sums(base) == (yuan, first, yuan - first, 0, 0, 0, 0)
    grown(base, FIRST, 2 * target)
    with clock.travel(on(2025, 9, 1)):
        spent(base, unit, first // 2, first // 4)
        assert granted(world, base, unit, "brand", 1).amount == 50_000
        award = Account.objects.get(base=base).grants.get(support_key="brand")
        record_award_plaque(grant=award, on=clock.today(), receiver="基地经办人", by=world.officer)
        assert sums(base) == (yuan + 50_000, first + 50_000, yuan - first, 0, first // 4 * 3, 0, 0)
    with clock.travel(YEAR_OVER):
        assert checked(world, base, "year1", "met").outcome_title == "达到"
    grown(base, SECOND, target + 150)
    counted(base, SECOND, certified_high=420)
    with clock.travel(TERM_OVER):
        assert checked(world, base, "term", "met").consequence == ""
        claim = granted(world, base, unit, "grant")
        assert claim.amount == yuan - first + 50_000  # 150 beyond the target: one whole hundred
        assert sums(base) == (yuan + 100_000, yuan + 100_000, 0, 0, first // 4 * 3, 0, 0)
        spent(base, unit, yuan + 100_000 - first // 4 * 3)
    assert balanced(base)["unspent"] == 0
    assert (Base.objects.get(pk=base.pk).state, Case.objects.filter(base=base).exists()) == ("active", False)


@pytest.mark.rule("SY-A-10")
def test_a_contest_base_is_paid_once_holds_its_contests_and_keeps_its_title(world: World) -> None:
    base, unit = begun(world, "ds")
    assert sums(base) == (100_000, 100_000, 0, 0, 0, 0, 0)
    contest = {
        "on": "2025-05-24",
        "name": "焊工项目竞赛",
        "level": "district",
        "entrants": "300",
        "document": "组委会3号",
    }
    with clock.travel(on(2026, 9, 1)):
        brought_in(base, "contests", [contest], by=unit, officer=world.officer)
        spent(base, unit, 60_000, 40_000)
    with clock.travel(TERM_OVER):
        row = checked(world, base, "term", "met")
    assert [line["met"] for line in row.lines] == [True, True]
    assert (sums(base), base.is_active) == ((100_000, 100_000, 0, 0, 100_000, 0, 0), True)


@pytest.mark.rule("SY-A-03")
def test_who_missed_the_first_year_mends_it_in_the_second_and_is_paid_in_full(world: World) -> None:
    base, unit = begun(world, "cy")
    grown(base, FIRST, 299)
    with clock.travel(YEAR_OVER):
        period = improving(world, checked(world, base, "year1", "missed"))
        assert (period.ends_on, period.cut) == (date(2026, 10, 18), False)
    grown(base, SECOND, 601)
    with clock.travel(TERM_OVER):
        checked(world, base, "improved", "met")
        period.refresh_from_db()
        assert (period.state, period.guidance.count()) == ("passed", 1)
        assert granted(world, base, unit, "grant").amount == 300_000
    assert sums(base) == (500_000, 500_000, 0, 0, 0, 0, 0)


@pytest.mark.rule("SY-A-03")
def test_who_missed_the_total_mends_it_by_the_end_of_2026_and_is_paid_after_it(world: World) -> None:
    base, unit = begun(world, "ts")
    grown(base, FIRST, 600)
    with clock.travel(YEAR_OVER):
        checked(world, base, "year1", "met")
    grown(base, SECOND, 1199)
    with clock.travel(TERM_OVER):
        period = improving(world, checked(world, base, "term", "missed"))
        assert (period.ends_on, period.cut, period.policy_end) == (date(2026, 12, 31), True, date(2027, 10, 18))
    grown(base, AFTER, 1)
    with clock.travel(on(2027, 1, 5)):
        checked(world, base, "improved", "met")
        claim = granted(world, base, unit, "grant")
        assert claim.warnings
    assert sums(base) == (1_000_000, 1_000_000, 0, 0, 0, 0, 0)


@pytest.mark.rule("SY-F6")
@pytest.mark.parametrize(("track", "target", "yuan"), [("ts", 600, 1_000_000), ("cy", 300, 500_000)])
def test_who_fails_to_mend_loses_title_and_last_instalment_and_gives_back_what_is_unspent(
    world: World, track: str, target: int, yuan: int
) -> None:
    base, unit = begun(world, track)
    first = yuan * 40 // 100
    grown(base, FIRST, target - 1)
    with clock.travel(on(2025, 8, 1)):
        spent(base, unit, first // 4 * 3)
    with clock.travel(YEAR_OVER):
        improving(world, checked(world, base, "year1", "missed"))
    grown(base, SECOND, target)
    with clock.travel(TERM_OVER):
        row = checked(world, base, "improved", "missed")
        assert (row.state, row.consequence) == ("hearing", "terminate")
        gone = ended(case_of(row), world.officer, world.approver)
        assert (gone.state, Improvement.objects.get(base=base).state) == ("terminated", "failed")
        assert sums(base) == (yuan, first, 0, yuan - first, first // 4 * 3, first // 4, 0)
    with clock.travel(on(2026, 11, 20)):
        order = RecoveryOrder.objects.get(account__base=base)
        receive_back(order=order, amount=order.amount, received_on=clock.today(), voucher="收-1", by=world.finance)
        record_plaque(base=gone, state=PlaqueState.REMOVED, on=clock.today(), receiver="经办人", by=world.officer)
    assert sums(base) == (yuan, first, 0, yuan - first, first // 4 * 3, first // 4, first // 4)
    assert line_of(base, "final").state == "cancelled"


@pytest.mark.rule("SY-F6")
@pytest.mark.parametrize(("track", "yuan"), [("ts", 1_000_000), ("cy", 500_000), ("ds", 100_000)])
def test_who_is_found_out_gives_everything_back_awards_included(world: World, track: str, yuan: int) -> None:
    base, unit = begun(world, track)
    paid = yuan if track == "ds" else yuan * 40 // 100
    with clock.travel(on(2025, 9, 1)):
        spent(base, unit, paid)
        if track != "ds":
            counted(base, FIRST, certified=600, trained=1200)
            granted(world, base, unit, "brand", 1)
            paid += 50_000
        gone = ended(cases_kit.proposed(base, "misconduct", world.officer), world.officer, world.approver)
        assert gone.state == "revoked"
    found = balanced(base)
    assert (found["paid"], found["ordered"], found["due"]) == (paid, paid, 0)
    with clock.travel(on(2025, 12, 1)):
        order = RecoveryOrder.objects.get(account__base=base)
        for part in (paid // 2, paid - paid // 2):
            receive_back(order=order, amount=part, received_on=clock.today(), voucher=f"收-{part}", by=world.finance)
            balanced(base)
    assert balanced(base)["recovered"] == paid
