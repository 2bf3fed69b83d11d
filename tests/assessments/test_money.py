"""A base's money: grants and payments, spending, what is cancelled and taken back, who may, and that it always balances."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.services.moves import WrongState
from assessments.access import may_read_recovery
from assessments.enums import PlaqueState
from assessments.models import Account, Base, MoneyEntry
from assessments.selectors.money import totals
from assessments.selectors.payment_sheet import account_number
from assessments.services.claim_decisions import approve_second, enter_grant, refuse_claim
from assessments.services.claims import register_bank
from assessments.services.money import (
    cancel_open,
    cancel_spending,
    open_grants,
    order_recovery,
    receive_back,
    record_spending,
)
from assessments.services.money_account import faults_of
from assessments.services.payments import record_payment
from assessments.services.register import record_plaque
from assessments.services.rotation import rotate_accounts
from portal.calendars import clock
from portal.documents.models import Document
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused
from tests.assessments.money_kit import D, line_of, make_base, pay, people, row_of, unit_of
from tests.factories import make_actor, make_office

LATER = datetime(2025, 6, 2, 10, tzinfo=clock.SHANGHAI)


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(LATER):
        yield place


def figures(base: Base) -> dict[str, Decimal]:
    """Return the account, after its journal has been held against it."""
    account = Account.objects.get(base=base)
    assert faults_of(account, account.entries.all()) == []
    return {name: Decimal(value) for name, value in account.figures().items()}


def spend(base: Base, amount: str, by: Any) -> Any:
    row = row_of(base, amount, by)
    record_spending(row=row, by=by)
    return row


@pytest.mark.rule("SY-F1")
@pytest.mark.rule("SY-A-02")
@pytest.mark.parametrize(("track", "total", "first"), [("ts", 1_000_000, 400_000), ("cy", 500_000, 200_000)])
def test_recognition_grants_two_instalments_and_the_first_is_payable(
    shunyi: Jurisdiction, track: str, total: int, first: int
) -> None:
    base = make_base(shunyi, track)
    assert (figures(base)["granted"], figures(base)["due"]) == (total, total)
    assert (line_of(base, "first").state, line_of(base, "final").state) == ("payable", "planned")
    assert line_of(base, "first").fiscal_year == 2024
    open_grants(base)
    assert figures(base)["granted"] == total
    _, _, finance = people(shunyi)
    pay(line_of(base, "first"), finance)
    assert (figures(base)["paid"], figures(base)["due"]) == (first, total - first)
    with pytest.raises(WrongState, match="已拨付"):
        pay(line_of(base, "first"), finance)


@pytest.mark.rule("SY-F1")
def test_a_contest_base_is_paid_at_once_when_its_plaque_hangs(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi, "ds")
    officer, _, finance = people(shunyi)
    with pytest.raises(WrongState, match="未到拨付条件"):
        pay(line_of(base, "whole"), finance)
    record_plaque(base=base, state=PlaqueState.HANDED_OVER, on=date(2025, 1, 6), receiver="王经办", by=officer)
    line = line_of(base, "whole")
    assert (line.state, line.fiscal_year, line.amount) == ("payable", 2025, 100_000)
    pay(line, finance)
    assert figures(base)["paid"] == 100_000


def test_a_payment_has_a_voucher_a_possible_day_and_is_made_by_finance(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    officer, approver, finance = people(shunyi)
    line = line_of(base, "first")
    for day, voucher in ((date(2025, 6, 3), "1"), (date(2024, 10, 17), "1"), (date(2025, 1, 2), " ")):
        with pytest.raises(Refused):
            record_payment(line=line, paid_on=day, voucher=voucher, by=finance)
    elsewhere = make_actor("finance", make_office(Jurisdiction.objects.get(code="hangzhou")))
    for other in (officer, approver, elsewhere, unit_of(base)):
        with pytest.raises(PermissionDenied):
            record_payment(line=line, paid_on=date(2025, 1, 2), voucher="1", by=other)
    assert figures(base)["paid"] == 0


@pytest.mark.rule("SY-F6")
@pytest.mark.rule("SY-A-10")
@pytest.mark.parametrize(("key", "back"), [("missed", 125_000), ("misconduct", 400_000)])
def test_termination_takes_back_what_is_unspent_and_fraud_all(shunyi: Jurisdiction, key: str, back: int) -> None:
    base = make_base(shunyi)
    _, approver, finance = people(shunyi)
    unit = unit_of(base)
    pay(line_of(base, "first"), finance)
    spend(base, "275000", unit)
    assert cancel_open(base=base, reason="终止", by=approver) == 600_000
    order = order_recovery(base=base, recovery_key=key, case=None, by=approver)
    assert order is not None and order.amount == back
    assert figures(base) == {
        "granted": 1_000_000, "paid": 400_000, "due": 0, "cancelled": 600_000, "spent": 275_000, "unspent": 125_000,
        "ordered": back, "recovered": 0,
    }  # fmt: skip
    with pytest.raises(Refused, match="自有资金"):
        spend(base, "0.01", unit)
    receive_back(order=order, amount=D("100000"), received_on=date(2025, 5, 30), voucher="收-1", by=finance)
    with pytest.raises(Refused, match="不能超过"):
        receive_back(order=order, amount=D(back), received_on=date(2025, 5, 30), voucher="收-2", by=finance)
    assert figures(base)["recovered"] == 100_000
    notice = Document.objects.get(kind="recovery_notice")
    assert f"{back:,.2f}" in notice.source
    assert may_read_recovery(unit, order, notice) and may_read_recovery(finance, order, notice)
    assert not may_read_recovery(unit_of(make_base(shunyi)), order, notice)


def test_bank_numbers_are_encrypted_anew_with_a_new_key(shunyi: Jurisdiction, settings: Any) -> None:
    base = make_base(shunyi)
    register_bank(base=base, holder="x", bank="x", number="6222000011112222", by=unit_of(base))
    before = Account.objects.get(base=base).bank_number
    settings.PERSONAL_KEYS = ["another", *settings.PERSONAL_KEYS]
    assert rotate_accounts() == 1
    account = Account.objects.get(base=base)
    assert account.bank_number != before
    settings.PERSONAL_KEYS = ["another"]
    assert account_number(account, full=True) == "6222000011112222"


@pytest.mark.rule("SY-A-10")
def test_where_all_is_spent_the_order_says_that_nothing_is_left_and_nothing_is_taken_twice(
    shunyi: Jurisdiction,
) -> None:
    base = make_base(shunyi)
    _, approver, finance = people(shunyi)
    pay(line_of(base, "first"), finance)
    spend(base, "400000", unit_of(base))
    first = order_recovery(base=base, recovery_key="missed", case=None, by=approver)
    assert first is not None and first.amount == 0
    second = order_recovery(base=base, recovery_key="misconduct", case=None, by=approver)
    third = order_recovery(base=base, recovery_key="misconduct", case=None, by=approver)
    assert second is not None and third is not None
    assert (second.amount, third.amount, third.ordered_before) == (400_000, 0, 400_000)
    assert order_recovery(base=base, recovery_key="", case=None, by=approver) is None


@pytest.mark.rule("SY-F6")
def test_spending_stays_within_what_was_paid_and_can_be_booked_back(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    _, _, finance = people(shunyi)
    unit = unit_of(base)
    with pytest.raises(Refused, match="自有资金"):
        spend(base, "1", unit)
    pay(line_of(base, "first"), finance)
    row = spend(base, "0.10", unit)
    spend(base, "0.20", unit)
    record_spending(row=row, by=unit)
    assert figures(base)["spent"] == D("0.30")
    cancel_spending(row=row, by=unit)
    cancel_spending(row=row, by=unit)
    assert figures(base)["spent"] == D("0.20")
    assert totals(Account.objects.all()).balances


def test_a_base_taken_over_is_granted_nothing_and_one_whose_policy_has_no_money_has_no_account(
    shunyi: Jurisdiction,
) -> None:
    base = make_base(shunyi, "cy", under="原办法〔2019〕1号")
    assert figures(base)["granted"] == 0
    place = Jurisdiction.objects.get(code="kunshan")
    with scope(jurisdiction=place):
        assert open_grants(make_base(place, "base")) is None
        assert not Account.objects.exists()


def test_what_a_policy_leaves_open_the_bureau_enters_and_another_person_approves(db: Any) -> None:
    place = Jurisdiction.objects.get(code="chongqing")
    with scope(jurisdiction=place), clock.travel(LATER):
        base = make_base(place, "municipal")
        officer, approver, finance = people(place)
        assert figures(base)["granted"] == 0
        claim = enter_grant(
            base=base, support_key="municipal", amount=D(1_000_000), basis="渝测〔2025〕3号", by=officer
        )
        with pytest.raises(PermissionDenied):
            approve_second(claim=claim, words="", by=make_actor("bureau_approver", officer.organisation, officer.user))
        approve_second(claim=claim, words="同意", by=approver)
        pay(line_of(base, "award"), finance, date(2025, 6, 2))
        claim.refresh_from_db()
        assert (claim.state, figures(base)["paid"]) == ("paid", 1_000_000)
        again = enter_grant(base=base, support_key="municipal", amount=D(5), basis="补充", by=officer)
        refuse_claim(claim=again, reason="重复", by=approver)
        with pytest.raises(Refused, match="大于 0"):
            enter_grant(base=base, support_key="municipal", amount=D(0), basis="x", by=officer)


@pytest.mark.parametrize(
    "broken",
    [
        {"granted": D(1)}, {"paid": D(1)}, {"due": D(-1), "granted": D(-1)}, {"ordered": D(1)}, {"recovered": D(1)},
        {"spent": D(1), "unspent": D(-1)},
    ],
)  # fmt: skip
def test_the_database_refuses_figures_that_do_not_balance(shunyi: Jurisdiction, broken: dict[str, Decimal]) -> None:
    base = make_base(shunyi, "cy")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(base=base).update(**broken)


def test_the_journal_is_only_ever_added_to(shunyi: Jurisdiction) -> None:
    entry = MoneyEntry.objects.get(account__base=make_base(shunyi))
    for refused in (entry.save, entry.delete, MoneyEntry.objects.all().delete):
        with pytest.raises(TypeError):
            refused()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        MoneyEntry._base_manager.filter(pk=entry.pk).update(words="x")
    assert MoneyEntry.objects.count() == 1
