"""A slip in a recorded payment is put right by finance alone: the amount stays, the old words stay, the account balances."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from openpyxl import load_workbook

from assessments.models import Account, MoneyEntry, Payment, PaymentCorrection
from assessments.services.payment_corrections import correct_payment
from portal.audit.models import Event
from portal.calendars import clock
from portal.notifications.models import Message
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused
from tests.assessments.money_kit import TERM_OVER, line_of, make_base, pay, people, unit_of
from tests.assessments.test_money_pages import page, send, url
from tests.factories import make_actor, make_office
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted as queries

pytestmark = pytest.mark.django_db
WRONG = {
    "paid_on": date(2024, 11, 5),
    "voucher": "记-88",
    "document_number": "顺财〔2024〕8号",
    "reason": "凭证号录入有误",
}


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(TERM_OVER):
        yield place


def paid(place: Jurisdiction) -> tuple[Payment, Any]:
    """Return a payment and one of finance."""
    base = make_base(place)
    finance = people(place)[2]
    return pay(line_of(base, "first"), finance), finance


def correct(payment: Payment, by: Any, **said: Any) -> PaymentCorrection:
    return correct_payment(payment=payment, by=by, **(WRONG | said))


def test_a_correction_keeps_both_and_touches_neither_account_nor_journal(shunyi: Jurisdiction) -> None:
    payment, finance = paid(shunyi)
    unit_of(payment.line.grant.account.base)
    account, journal = Account.objects.values().get(), list(MoneyEntry.objects.values())
    old, amount = {"voucher": payment.voucher, "document_number": payment.document_number}, payment.amount
    made = correct(payment, finance, paid_on=payment.paid_on)
    payment.refresh_from_db()
    assert (payment.voucher, payment.document_number, payment.amount) == ("记-88", "顺财〔2024〕8号", amount)
    assert made.before == old | {"paid_on": payment.paid_on.isoformat()}
    assert made.changes == [
        f"凭证号由“{old['voucher']}”更正为“记-88”",
        f"拨款文号由“{old['document_number']}”更正为“顺财〔2024〕8号”",
    ]
    assert (Account.objects.values().get(), list(MoneyEntry.objects.values())) == (account, journal)
    call_command("money", "verify")
    event = Event.objects.get(action="money.correct_payment")
    assert (event.reason, event.data["before"], event.data["after"]) == ("凭证号录入有误", made.before, made.after)
    told = set(Message.objects.filter(key=f"payment_correction:{made.pk}").values_list("body", flat=True))
    assert len(told) == 1 and "记-88" in told.pop()


def test_only_finance_of_the_place_corrects(shunyi: Jurisdiction) -> None:
    payment, _ = paid(shunyi)
    officer, approver, _ = people(shunyi)
    unit, elsewhere = (
        unit_of(payment.line.grant.account.base),
        make_actor("finance", make_office(Jurisdiction.objects.get(code="kunshan"))),
    )
    for actor in (officer, approver, unit, elsewhere):
        with pytest.raises(PermissionDenied):
            correct(payment, actor)
    for actor, status in ((officer, 403), (approver, 403), (unit, 403)):
        assert sign_in(actor).get(url("payment_correct", pk=payment.pk)).status_code == status
    assert not PaymentCorrection.objects.exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("voucher", {"voucher": " "}),
        ("reason", {"reason": " "}),
        ("paid_on", {"paid_on": date(2099, 1, 1)}),
        ("paid_on", {"paid_on": date(2024, 1, 1)}),
        ("voucher", {}),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field(shunyi: Jurisdiction, field: str, said: dict[str, Any]) -> None:
    payment, finance = paid(shunyi)
    same = {"paid_on": payment.paid_on, "voucher": payment.voucher, "document_number": payment.document_number}
    with pytest.raises(Refused) as refusal:
        correct(payment, finance, **(same | said))
    assert refusal.value.field == field
    posted = {**same, "reason": "录入有误", **said}
    posted = {name: value.isoformat() if isinstance(value, date) else value for name, value in posted.items()}
    answer = send(sign_in(finance), "payment_correct", posted, pk=payment.pk)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not PaymentCorrection.objects.exists()


def test_a_corrected_payment_shows_who_when_why_newest_first_and_leaves_corrected(shunyi: Jurisdiction) -> None:
    payment, finance = paid(shunyi)
    client, base = sign_in(finance), payment.line.grant.account.base
    form = page(client, "payment_correct", pk=payment.pk)
    assert f'value="{payment.voucher}"' in form and f'value="{payment.paid_on.isoformat()}"' in form
    for voucher in ("记-88", "记-89"):
        posted = {"paid_on": payment.paid_on.isoformat(), "voucher": voucher, "reason": f"应为{voucher}"}
        assert send(client, "payment_correct", posted, pk=payment.pk).status_code == 302
    told = page(client, "payments")
    assert "已更正" in told and finance.person.name in told
    assert told.index("应为记-89") < told.index("应为记-88")
    assert "应为记-89" in page(client, "base_money", pk=base.pk)
    mine = page(sign_in(unit_of(base)), "my_money", pk=base.pk)
    assert "应为记-89" in mine and finance.person.name not in mine
    sheet = load_workbook(io.BytesIO(client.post(url("payments_export")).content)).worksheets[0]
    assert [row[13] for row in sheet.iter_rows(min_row=2, values_only=True) if row[13]] == ["记-89"]


def test_corrections_are_only_added(shunyi: Jurisdiction) -> None:
    made = correct(*paid(shunyi))
    for act in (made.save, made.delete, PaymentCorrection.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        PaymentCorrection.objects.update(reason="别的")


def test_the_desk_costs_the_same_with_one_and_with_three_corrected_payments(shunyi: Jurisdiction) -> None:
    payment, finance = paid(shunyi)
    correct(payment, finance)
    client = sign_in(finance)
    few = queries(client, url("payments"))
    for _ in range(2):
        correct(pay(line_of(make_base(shunyi), "first"), finance), finance)
    assert queries(client, url("payments")) == few
