"""What the first pages say of money and ledgers: what a unit may claim or mend, what an officer has to look at."""

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from assessments.models import Base, LedgerRow
from assessments.selectors.claim_pages import waiting_claims
from assessments.services import claim_decisions, claims
from portal.calendars import clock
from portal.desk import homes
from portal.tenancy.models import Jurisdiction
from tests.assessments.money_kit import TERM_OVER, grown, make_base, people, row_of, unit_of
from tests.assessments.test_claims import submitted
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted

pytestmark = pytest.mark.django_db
HOME = "/home/"


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(TERM_OVER):
        yield place


def lines(base: Base) -> list[tuple[str, str]]:
    found = waiting_claims(Base.objects.filter(organisation=base.organisation), clock.today())
    return [(each.title, each.claim.state if each.claim else "") for each in found]


def test_a_unit_sees_what_it_may_claim_once_the_years_are_over_and_what_was_returned(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    unit, officer = unit_of(base), people(shunyi)[0]
    with clock.travel(datetime(2025, 6, 2, 10, tzinfo=clock.SHANGHAI)):
        assert lines(base) == []
    grown(base)
    with clock.travel(TERM_OVER):
        [last, brand] = lines(base)
        assert (last[1], brand[1]) == ("", "")
        page = sign_in(unit).get(HOME).content.decode()
        assert (reverse("assessments:my_money", args=["shunyi", base.pk]) in page, last[0] in page) == (True, True)
        claim = submitted(base, "grant", unit)
        assert lines(base) == [brand]
        claim_decisions.return_claim(claim=claim, reason="请补充满意度调查表", by=officer)
        assert lines(base) == [(last[0], "returned"), brand]
        page = sign_in(unit).get(HOME).content.decode()
        assert (reverse("assessments:my_claim", args=["shunyi", claim.pk]) in page, "已退回，请修改" in page) == (
            True,
            True,
        )


def test_a_base_that_lost_its_title_has_nothing_to_claim(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    claims.open_claim(base=base, support_key="grant", by=unit_of(base))
    assert [state for _, state in lines(base)] == ["draft", ""]
    base.state, base.ended_on = "revoked", clock.today()
    base.save()
    assert lines(base) == []


def test_the_unit_page_costs_the_same_with_one_base_and_eight(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    with clock.travel(TERM_OVER):
        client = sign_in(unit_of(base))
        few = counted(client, HOME)
        for _ in range(7):
            more = make_base(shunyi)
            more.organisation = base.organisation
            more.save()
            claims.open_claim(base=more, support_key="grant", by=unit_of(base))
        assert counted(client, HOME) == few
        assert len(lines(base)) == 16


def ledger_duty(by: Any, place: Jurisdiction) -> tuple[str, int, str] | None:
    found = (each for each in homes.duties(by, place) if "台账" in each.label)
    return next(((each.label, each.number, each.url) for each in found), None)


def test_an_officer_sees_how_many_rows_wait_and_comes_to_the_oldest(shunyi: Jurisdiction) -> None:
    officer, approver, _ = people(shunyi)
    old, new = make_base(shunyi), make_base(shunyi)
    unit = unit_of(old)
    assert ledger_duty(officer, shunyi) is None
    rows = [row_of(old, "100", unit), row_of(old, "200", unit)]
    page = reverse("assessments:records", args=["shunyi", old.pk])
    assert ledger_duty(officer, shunyi) == ("台账记录待核实", 2, f"{page}?ledger=spending&state=reported")
    assert ledger_duty(approver, shunyi) is None
    row_of(new, "300", unit_of(new), date(2025, 2, 1))
    label, number, address = ledger_duty(officer, shunyi) or ("", 0, "")
    assert (label, number, address.startswith(page)) == ("台账记录待核实（2 个基地，从最早的开始）", 3, True)
    shown = sign_in(officer).get(address).content.decode()
    assert rows[0].data["voucher"] in shown
    LedgerRow.objects.filter(base=old).update(state="verified")
    LedgerRow.objects.filter(base=new).update(withdrawn_at=clock.now(), withdrawn_by=unit.person)
    assert ledger_duty(officer, shunyi) is None


def test_the_desk_costs_the_same_with_one_row_and_sixty(shunyi: Jurisdiction) -> None:
    officer, base = people(shunyi)[0], make_base(shunyi)
    unit, client = unit_of(base), sign_in(officer)
    row_of(base, "100", unit)
    few = counted(client, HOME)
    for more in (base, *(make_base(shunyi) for _ in range(5))):
        for _ in range(10):
            row_of(more, "100", unit)
    assert counted(client, HOME) == few
