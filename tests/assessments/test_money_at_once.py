"""Two people move one base's money at the same instant: an instalment is paid once, an award claimed and approved once.

On PostgreSQL the acts really run at once, each in a transaction of its own (`.ci/run` runs the suite there).
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from django_scopes import scope

from assessments.models import Account, Claim, Payment
from assessments.services import claims
from assessments.services.claim_decisions import approve_first, approve_second
from assessments.services.money import record_spending
from assessments.services.money_account import faults_of
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from tests.assessments.money_kit import TERM_OVER, counted, line_of, make_base, pay, people, row_of, submitted, unit_of
from tests.reviews.recommend_kit import at_once


@pytest.fixture
def place(transactional_db: Any) -> Iterator[Jurisdiction]:
    """A tenant, committed, so that other connections see it."""
    found = Jurisdiction.objects.get(code="shunyi")
    with clock.travel(TERM_OVER), scope(jurisdiction=found):
        yield found


def kinds(place: Jurisdiction, *acts: Callable[[], Any]) -> list[str]:
    """Do the acts at once, on the day the term is over; return what each came to."""

    def then(act: Callable[[], Any]) -> Any:
        with clock.travel(TERM_OVER):
            return act()

    return sorted(type(each).__name__ for each in at_once(place, *(partial(then, act) for act in acts)))


@pytest.mark.rule("SY-F1")
@pytest.mark.rule("SY-F2")
@pytest.mark.rule("SY-F6")
def test_of_two_payments_two_claims_and_two_approvals_at_once_one_wins(place: Jurisdiction) -> None:
    base = make_base(place)
    officer, approver, finance = people(place)
    colleague, other_approver = people(place)[2], people(place)[1]
    line = line_of(base, "first")
    assert kinds(place, lambda: pay(line, finance), lambda: pay(line, colleague)) == ["Payment", "WrongState"]
    unit, second = unit_of(base), unit_of(base)
    rows = [row_of(base, "250000", each) for each in (unit, second)]
    spent = kinds(place, lambda: record_spending(row=rows[0], by=unit), lambda: record_spending(row=rows[1], by=second))
    assert spent == ["Refused", "Spending"]
    counted(base, date(2025, 3, 1), certified=600, trained=1200)
    opened = kinds(
        place,
        lambda: claims.open_claim(base=base, support_key="brand", year=1, by=unit),
        lambda: claims.open_claim(base=base, support_key="brand", year=2, by=second),
    )
    assert opened == ["Claim", "WrongState"]
    claims.take_back_claim(claim=Claim.objects.get(), by=unit)
    claim = submitted(base, "brand", unit, 1)
    approve_first(claim=claim, words="同意", findings={}, by=officer)
    approved = kinds(
        place,
        lambda: approve_second(claim=claim, words="", by=approver),
        lambda: approve_second(claim=claim, words="", by=other_approver),
    )
    assert approved == ["Claim", "WrongState"]
    account = Account.objects.get(base=base)
    assert (account.granted, account.paid, account.spent) == (1_050_000, 400_000, 250_000)
    assert (Payment.objects.count(), account.grants.filter(support_key="brand").count()) == (1, 1)
    assert faults_of(account, account.entries.all()) == []
