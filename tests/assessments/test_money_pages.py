"""The pages of money: the tab, a claim from the unit to finance, the overview and the workbook, scoped and cheap."""

import io
import json
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Claim
from assessments.services import claims
from assessments.services.claim_decisions import approve_first, approve_second
from assessments.services.money import order_recovery, record_spending
from portal.calendars import clock
from portal.desk.homes import duties
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from tests.assessments.money_kit import (
    TERM_OVER,
    counted,
    grown,
    line_of,
    make_base,
    pay,
    pdf,
    people,
    row_of,
    submitted,
    unit_of,
    with_papers,
)
from tests.factories import PASSWORD, make_actor, make_office
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted as queries


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(TERM_OVER):
        yield place


def url(name: str, **more: Any) -> str:
    return reverse(f"assessments:{name}", kwargs={"jurisdiction": "shunyi", **more})


def send(client: Client, name: str, said: dict[str, Any], **more: Any) -> Any:
    """Carry out an official act, confirmed with the password."""
    return client.post(url(name, **more), said | {"password": PASSWORD})


def page(client: Client, name: str, **more: Any) -> str:
    answer = client.get(url(name, **more))
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_a_claim_goes_from_the_unit_over_two_desks_to_finance(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    grown(base, certified=150, certified_high=400, trained=150, surveyed=150, satisfied=150)
    unit = sign_in(unit_of(base))
    officer, approver, finance = (sign_in(each) for each in people(shunyi))
    assert "末次补助资金" in page(unit, "my_money", pk=base.pk)
    bank = {"holder": "某单位", "bank": "样例银行", "number": "62220000111122"}
    assert send(unit, "money_bank", bank, pk=base.pk).status_code == 302
    answer = unit.post(url("claim_open", pk=base.pk, support="grant"))
    claim = Claim.objects.get()
    assert answer["Location"] == url("my_claim", pk=claim.pk)
    refused = unit.post(
        url("my_claim", pk=claim.pk), {"statement": "保留这段文字", "act": "submit", "proof_SY-K01": "名册第 3 页"}
    )
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "保留这段文字" in told and "名册第 3 页" in told
    assert "请填写“建设当年取证人数”的自评等级" in told
    in_pieces(unit, claim, "summary", pdf().getvalue())
    assert claim.files.count() == 1
    with_papers(claim, unit_of(base))
    own = {f"grade_SY-K0{n}": "优秀" for n in range(1, 6)} | {f"proof_SY-K0{n}": f"第 {n} 页" for n in range(1, 6)}
    assert unit.post(url("my_claim", pk=claim.pk), {"statement": "完成", "act": "print", **own}).status_code == 302
    assert "绩效自评报告（第 1 版）" in page(unit, "my_claim", pk=claim.pk)
    assert unit.post(url("my_claim", pk=claim.pk), {"statement": "完成", "act": "submit", **own}).status_code == 302
    said = page(officer, "claim", pk=claim.pk)
    assert "650,000.00" in said and "两项取其小者 150" in said
    assert "认定意见" in page(officer, "claim_first", pk=claim.pk)
    assert send(officer, "claim_first", {"words": "核对无误"}, pk=claim.pk).status_code == 422
    first = {"words": "核对无误", "finding_SY-K05": "专家认定达到"}
    assert send(officer, "claim_first", first, pk=claim.pk).status_code == 302
    assert send(approver, "claim_second", {"words": "同意"}, pk=claim.pk).status_code == 302
    line = line_of(base, "final")
    assert "登记拨付" in page(finance, "payments")
    assert finance.post(url("pay_order", pk=line.pk)).status_code == 302
    paid = {"paid_on": "2026-10-20", "voucher": "记-8", "document_number": "顺财〔2026〕8号"}
    assert send(finance, "pay", paid | {"voucher": ""}, pk=line.pk).status_code == 422
    assert send(finance, "pay", paid, pk=line.pk).status_code == 302
    assert "记-8" in page(unit, "my_money", pk=base.pk)
    assert "初审人认定" in page(approver, "claim", pk=claim.pk)


def test_what_a_claims_buttons_demand_stands_above_them_and_is_told_all_at_once(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    grown(base, certified=150, certified_high=400, trained=150, surveyed=150, satisfied=150)
    unit = sign_in(unit_of(base))
    unit.post(url("claim_open", pk=base.pk, support="grant"))
    claim = Claim.objects.get()
    told = page(unit, "my_claim", pk=claim.pk)
    marks = ('name="statement"', 'name="grade_SY-K01"', 'value="print"', 'id="slot-self_report"', 'value="submit"')
    assert sorted(marks, key=told.index) == list(marks)
    refused = unit.post(url("my_claim", pk=claim.pk), {"act": "print", "proof_SY-K02": "台账第 2 页"})
    told = refused.content.decode()
    wrong = {"statement", *(f"grade_SY-K0{n}" for n in range(1, 6)), *(f"proof_SY-K0{n}" for n in (1, 3, 4, 5))}
    assert refused.status_code == 422 and "台账第 2 页" in told
    assert set(re.findall(r'<a href="#id_([^"]+)">', told)) == wrong == set(re.findall(r'id="id_([^"]+)_error"', told))
    assert unit.post(url("my_claim", pk=claim.pk), {"statement": "草稿", "act": ""}).status_code == 302
    own = {f"{name}_SY-K0{n}": said for name, said in (("grade", "优秀"), ("proof", "台账")) for n in range(1, 6)}
    refused = unit.post(url("my_claim", pk=claim.pk), {"statement": "完成", "act": "submit", **own})
    assert refused.status_code == 422 and "请先上传" in refused.content.decode()
    assert "id_statement_error" not in refused.content.decode()


def in_pieces(unit: Client, claim: Claim, slot: str, content: bytes) -> None:
    """Send a file as the page's script does."""
    at = {"pk": claim.pk, "slot": slot}
    asked = json.dumps({"name": "工作总结.pdf", "size": len(content)})
    token = unit.post(url("claim_upload_begin", **at), asked, "application/json").json()["token"]
    sent = unit.post(
        url("claim_upload_piece", **at, token=token), content, "application/octet-stream", headers={"X-Offset": "0"}
    )
    assert sent.json() == {"received": len(content)}
    finished = url("claim_upload_finish", **at, token=token)
    assert [unit.post(finished).status_code for _ in range(2)] == [200, 200]  # a lost answer is asked for again
    assert unit.post(url("claim_upload_begin", pk=claim.pk, slot="none"), asked, "application/json").status_code == 422


def test_who_reaches_what(shunyi: Jurisdiction) -> None:
    base, other = make_base(shunyi), make_base(shunyi)
    grown(base)
    claim = submitted(base, "grant", unit_of(base))
    stranger = sign_in(unit_of(other))
    for name, pk in (("my_money", base.pk), ("my_claim", claim.pk), ("claim_take_back", claim.pk)):
        assert stranger.get(url(name, pk=pk)).status_code == 404
    officer, _, finance = (sign_in(each) for each in people(shunyi))
    assert stranger.get(url("payments")).status_code == 403
    assert officer.get(url("pay", pk=line_of(base, "first").pk)).status_code == 403
    assert finance.get(url("claim_first", pk=claim.pk)).status_code == 403
    elsewhere = Jurisdiction.objects.get(code="hangzhou")
    assert sign_in(make_actor("finance", make_office(elsewhere))).get(url("payments")).status_code == 403


def test_finance_takes_full_account_numbers_out_and_others_their_last_digits(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    grown(base)
    submitted(base, "grant", unit_of(base))
    officer, _, finance = people(shunyi)
    pay(line_of(base, "first"), finance)
    for actor, number in ((finance, "6222000011112222"), (officer, "****2222")):
        content = sign_in(actor).post(url("payments_export")).content
        rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))
        assert [(row[0], row[5], row[9]) for row in rows] == [("已拨付", number, 400_000)]


def test_what_comes_back_goes_back_or_is_entered_has_its_act(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    officer, approver, finance = people(shunyi)
    pay(line_of(base, "first"), finance)
    counted(base, date(2025, 3, 1), certified=600, trained=1200)
    order = order_recovery(base=base, recovery_key="missed", case=None, by=approver)
    assert order is not None
    back = {"amount": "400000.01", "received_on": "2026-10-20", "voucher": "收-1"}
    till, desk = sign_in(finance), sign_in(officer)
    assert send(till, "receive_back", back, pk=order.pk).status_code == 422
    assert send(till, "receive_back", back | {"amount": "150000"}, pk=order.pk).status_code == 302
    assert "150,000.00" in page(till, "payments")
    unit = unit_of(base)
    claim = submitted(base, "brand", unit, 1)
    assert [(each.label, each.number) for each in duties(officer, shunyi) if "资金" in each.label] == [
        ("资金申请待初审", 1)
    ]
    assert send(desk, "claim_return", {"reason": ""}, pk=claim.pk).status_code == 422
    assert send(desk, "claim_return", {"reason": "名册未盖章"}, pk=claim.pk).status_code == 302
    assert "名册未盖章" in page(sign_in(unit), "my_claim", pk=claim.pk)
    claims.submit_claim(claim=claim, statement="已补正", by=unit)
    approve_first(claim=claim, words="同意", findings={}, by=officer)
    approve_second(claim=claim, words="", by=approver)
    grant = base.account.grants.get(support_key="brand")
    assert send(desk, "award_plaque", {"on": "2026-10-20", "receiver": "王经办"}, pk=grant.pk).status_code == 302
    assert "顺义区特色劳务品牌" in page(desk, "base_money", pk=base.pk)


def test_the_bureau_enters_an_amount_on_its_page(db: Any) -> None:
    place = Jurisdiction.objects.get(code="chongqing")
    with scope(jurisdiction=place), clock.travel(TERM_OVER):
        base = make_base(place, "national")
        officer, approver, _ = (sign_in(each) for each in people(place))
        at = {"jurisdiction": "chongqing"}
        address = reverse("assessments:money_enter", kwargs={**at, "pk": base.pk})
        said = {"support_key": "national", "amount": "5000000", "basis": "渝测〔2026〕5号", "password": PASSWORD}
        assert officer.post(address, said).status_code == 302
        claim = Claim.objects.get()
        second = reverse("assessments:claim_second", kwargs={**at, "pk": claim.pk})
        assert officer.get(second).status_code == 403
        assert approver.post(second, {"words": "", "password": PASSWORD}).status_code == 302
        shown = approver.get(reverse("assessments:base_money", kwargs={**at, "pk": base.pk})).content.decode()
        assert "5,000,000.00" in shown and "渝测〔2026〕5号" in shown


def busy(place: Jurisdiction, count: int) -> Any:
    """So many bases with a payment, spending, a claim and a recovery each."""
    _, approver, finance = people(place)
    for _ in range(count):
        base = make_base(place)
        unit = unit_of(base)
        counted(base, date(2025, 3, 1), certified=600, trained=1200)
        pay(line_of(base, "first"), finance)
        for amount in ("100", "200"):
            record_spending(row=row_of(base, amount, unit), by=unit)
        submitted(base, "brand", unit, 1)
        order_recovery(base=base, recovery_key="missed", case=None, by=approver)
    return base


def test_pages_of_money_cost_the_same_with_few_and_many_rows(shunyi: Jurisdiction) -> None:
    base = busy(shunyi, 1)
    client = sign_in(people(shunyi)[2])
    addresses = [url("money"), url("payments"), url("base_money", pk=base.pk)]
    few = [queries(client, address) for address in addresses]
    busy(shunyi, 4)
    unit = unit_of(base)
    for _ in range(4):
        with clock.travel(datetime(2025, 6, 2, tzinfo=clock.SHANGHAI)):
            row_of(base, "1", unit)
    assert [queries(client, address) for address in addresses] == few
    assert "账目平衡" in page(client, "money")
