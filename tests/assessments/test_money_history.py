"""Random histories of a base's money: whatever happens in whatever order, the account balances and its journal explains it."""

from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.services.moves import WrongState
from assessments.enums import EntryKind
from assessments.models import Account, Grant, GrantLine, LedgerRow, RecoveryOrder
from assessments.services.money import (
    cancel_open,
    cancel_spending,
    order_recovery,
    receive_back,
    record_spending,
)
from assessments.services.money_account import account_of, book, faults_of
from portal.calendars import clock
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused
from tests.assessments.money_kit import make_base, pay, people, row_of, unit_of

CENTS = st.integers(1, 40_000_000).map(lambda cents: Decimal(cents) / 100)
STEPS = st.lists(
    st.tuples(st.sampled_from(["grant", "pay", "spend", "unspend", "cancel", "missed", "misconduct", "back"]), CENTS),
    max_size=14,
)
NOW = datetime(2025, 6, 2, 10, tzinfo=clock.SHANGHAI)


class History:
    """A base whose money moves at random: the instalments of its policy, and lines of any amount beside them."""

    def __init__(self, place: Jurisdiction) -> None:
        _, self.approver, self.finance = people(place)
        self.base = make_base(place, "cy")
        self.unit = unit_of(self.base)
        self.rows: list[LedgerRow] = []
        self.orders: list[RecoveryOrder] = []

    def grant(self, amount: Decimal) -> None:
        account = account_of(self.base)
        grant = Grant.objects.create(
            account=account, support_key="brand", title="补助", total=amount, entered=True, granted_on=NOW.date()
        )
        GrantLine.objects.create(
            grant=grant,
            key="award",
            title="拨付",
            amount=amount,
            after="targets",
            state="payable",
            payable_on=NOW.date(),
        )
        book(account=account, kind=EntryKind.GRANTED, amount=amount, obj=grant, words="补助", by=self.approver)

    def pay(self, amount: Decimal) -> None:
        for line in GrantLine.objects.filter(grant__account__base=self.base)[int(amount) % 3 :][:1]:
            pay(line, self.finance, date(2025, 6, 2))

    def spend(self, amount: Decimal) -> None:
        row = row_of(self.base, str(amount), self.unit)
        record_spending(row=row, by=self.unit)
        self.rows.append(row)

    def unspend(self, amount: Decimal) -> None:
        if self.rows:
            cancel_spending(row=self.rows[int(amount) % len(self.rows)], by=self.unit)

    def cancel(self, amount: Decimal) -> None:
        cancel_open(base=self.base, reason="终止", by=self.approver)

    def missed(self, amount: Decimal) -> None:
        self._order("missed")

    def misconduct(self, amount: Decimal) -> None:
        self._order("misconduct")

    def back(self, amount: Decimal) -> None:
        if self.orders:
            order = self.orders[int(amount) % len(self.orders)]
            receive_back(order=order, amount=amount, received_on=date(2025, 6, 2), voucher="收", by=self.finance)

    def _order(self, key: str) -> None:
        order = order_recovery(base=self.base, recovery_key=key, case=None, by=self.approver)
        if order is not None:
            self.orders.append(order)

    def check(self) -> None:
        account = Account.objects.get(base=self.base)
        assert account.granted == account.paid + account.due + account.cancelled
        assert account.paid == account.spent + account.unspent
        assert 0 <= account.recovered <= account.ordered <= account.paid
        assert faults_of(account, account.entries.all()) == []


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(NOW):
        yield place


@pytest.fixture
def life(shunyi: Jurisdiction) -> History:
    """One base for all histories: each is undone when it ends."""
    return History(shunyi)


@pytest.mark.rule("SY-F6")
@pytest.mark.rule("G-13")
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_account_balances_after_every_step_of_any_history(life: History, steps: list[tuple[str, Decimal]]) -> None:
    with transaction.atomic():
        life.rows, life.orders = [], []
        live(life, steps)
        transaction.set_rollback(True)  # the next history begins with nothing


def live(life: History, steps: list[tuple[str, Decimal]]) -> None:
    """Take every step that is not refused, and look at the account after each."""
    for name, amount in steps:
        try:
            with transaction.atomic():
                getattr(life, name)(amount)
        except (Refused, WrongState):
            continue
        life.check()


def test_verify_tells_an_account_its_journal_does_not_explain(shunyi: Jurisdiction) -> None:
    base, said = make_base(shunyi), StringIO()
    call_command("money", "verify", stdout=said)
    assert "1 个账户与流水一致" in said.getvalue()
    Account.objects.filter(base=base).update(granted=5, due=5)
    with pytest.raises(CommandError, match="1 个账户"):
        call_command("money", "verify", stderr=StringIO())
