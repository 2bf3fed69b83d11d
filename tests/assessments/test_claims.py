"""Claims for money: checked line by line over verified figures, awards, two persons, documents, what stands in the way."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from assessments.access import may_read_claim_file
from assessments.enums import ImprovementState
from assessments.models import Account, Base, Case, Claim, Improvement
from assessments.selectors.claim_pages import claimable
from assessments.selectors.money_printing import capitals
from assessments.services import claims
from assessments.services.claim_decisions import approve_first, approve_second, refuse_claim, return_claim
from assessments.services.payments import record_award_plaque
from portal.calendars import clock
from portal.documents.models import Document
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused
from tests.assessments.money_kit import (
    TERM_OVER,
    D,
    counted,
    grown,
    line_of,
    make_base,
    pay,
    pdf,
    people,
    submitted,
    unit_of,
    with_papers,
)
from tests.assessments.test_money import figures
from tests.factories import make_actor

JUDGED = {"SY-K05": "专家组核查，已形成技能人才培训体系，培养能力达到要求", "SY-K10": "专家组核查，达到要求"}
Y1 = date(2025, 3, 1)


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(TERM_OVER):
        yield place


def approved(claim: Claim, place: Jurisdiction) -> Claim:
    officer, approver, _ = people(place)
    approve_first(claim=claim, words="核对无误", findings=JUDGED, by=officer)
    approve_second(claim=claim, words="同意", by=approver)
    claim.refresh_from_db()
    return claim


@pytest.mark.rule("F19")
@pytest.mark.rule("SY-F3")
@pytest.mark.rule("SY-F4")
@pytest.mark.rule("SY-F5")
@pytest.mark.rule("SY-A-06")
@pytest.mark.parametrize(
    ("more", "high", "baseline", "award"),
    [(150, 400, "excess", 50_000), (1200, 1200, "excess", 500_000), (0, 400, "excess", 0), (0, 400, "all", 200_000)],
)
def test_the_last_claim_brings_the_instalment_and_the_award_for_high_skill(
    shunyi: Jurisdiction, more: int, high: int, baseline: str, award: int
) -> None:
    base = make_base(shunyi, award__baseline=baseline)
    grown(base, certified=more, certified_high=high, trained=more, surveyed=more, satisfied=more)
    claim = submitted(base, "grant", unit_of(base))
    assert claim.amount == 600_000 + award
    assert [line["verdict"] for line in claim.checks] == ["met", "met", "met", "met", "met", "finding", "met"]
    claim = approved(claim, shunyi)
    assert claim.state == "second"
    assert figures(base)["granted"] == 1_000_000 + award
    assert line_of(base, "final").fiscal_year == 2026
    finance = people(shunyi)[2]
    lines = [line for grant in base.account.grants.all() for line in grant.lines.filter(state="payable")]
    for line in lines:
        pay(line, finance, date(2026, 10, 20))
    claim.refresh_from_db()
    assert (claim.state, figures(base)["due"]) == ("paid", 0)
    assert set(Document.objects.values_list("kind", flat=True)) == {"money_claim", "pay_order"}
    with pytest.raises(WrongState):
        claims.open_claim(base=base, support_key="grant", by=unit_of(base))


@pytest.mark.rule("SY-F5")
def test_a_claim_is_complete_and_meets_every_line_by_what_the_unit_itself_says(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    unit = unit_of(base)
    claim = claims.open_claim(base=base, support_key="grant", by=unit)
    with pytest.raises(Refused, match="自评等级"):
        claims.submit_claim(claim=claim, statement="", by=unit)
    with pytest.raises(Refused, match="PDF"):
        claims.add_file(claim=claim, material="summary", content=io.BytesIO(b"no paper"), name="总结.pdf", by=unit)
    kept = claims.add_file(claim=claim, material="summary", content=pdf(), name="总结.pdf", by=unit)
    assert may_read_claim_file(unit, kept.stored)
    assert not may_read_claim_file(people(shunyi)[0], kept.stored)
    with_papers(claim, unit)
    for file in claim.files.filter(material="summary"):
        claims.remove_file(file=file, by=unit)
    with pytest.raises(Refused, match="请先上传基地建设工作总结"):
        claims.submit_claim(claim=claim, statement="", by=unit)
    with_papers(claim, unit)
    with pytest.raises(Refused, match="两年内取证总人数：未达到"):
        claims.submit_claim(claim=claim, statement="", by=unit)
    grown(base)
    with clock.travel(datetime(2026, 10, 18, 23, tzinfo=clock.SHANGHAI)), pytest.raises(Refused, match="建设期已届满"):
        claims.submit_claim(claim=claim, statement="", by=unit)
    assert claims.submit_claim(claim=claim, statement="完成", by=unit).state == "submitted"
    with pytest.raises(WrongState, match="不能再作此项修改"):
        claims.save_claim(claim=claim, statement="", by=unit)


@pytest.mark.rule("G-14")
def test_what_is_only_reported_lets_a_unit_ask_and_nobody_approve(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi, "cy")
    for on, number in ((Y1, 300), (date(2026, 3, 1), 600)):
        counted(base, on, verified=False, certified=number, trained=number, surveyed=number, satisfied=number)
    claim = submitted(base, "grant", unit_of(base))
    officer, _, _ = people(shunyi)
    with pytest.raises(Refused, match="按已核数据尚不符合条件"):
        approve_first(claim=claim, words="同意", findings=JUDGED, by=officer)


@pytest.mark.rule("SY-F5")
def test_what_only_a_person_can_judge_takes_words(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    grown(base)
    claim = submitted(base, "grant", unit_of(base))
    officer, _, _ = people(shunyi)
    with pytest.raises(Refused, match="认定意见"):
        approve_first(claim=claim, words="同意", findings={}, by=officer)
    approve_first(claim=claim, words="同意", findings=JUDGED, by=officer)
    claim.refresh_from_db()
    assert claim.findings == {"SY-K05": JUDGED["SY-K05"]}


@pytest.mark.rule("SY-A-07")
@pytest.mark.parametrize(("tolerance", "accepted"), [("none", False), ("ninety", True)])
def test_nine_tenths_may_be_accepted_with_a_reason_where_the_bureau_has_opened_it(
    shunyi: Jurisdiction, tolerance: str, accepted: bool
) -> None:
    base = make_base(shunyi, final__tolerance=tolerance)
    for on, number in ((Y1, 600), (date(2026, 3, 1), 1020)):
        counted(base, on, certified=number, trained=number, surveyed=number, satisfied=number)
    unit = unit_of(base)
    if not accepted:
        with pytest.raises(Refused, match="两年内取证总人数：未达到"):
            submitted(base, "grant", unit)
        return
    claim = submitted(base, "grant", unit)
    officer, _, _ = people(shunyi)
    with pytest.raises(Refused, match="两年内取证总人数"):
        approve_first(claim=claim, words="同意", findings=JUDGED, by=officer)
    approve_first(claim=claim, words="同意", findings={**JUDGED, "SY-K02": "受场地搬迁影响，已达九成"}, by=officer)


@pytest.mark.rule("F20")
@pytest.mark.rule("SY-F2")
@pytest.mark.rule("SY-A-05")
@pytest.mark.parametrize(
    "case",
    [
        ("ts", "yearly", 1, 600, 1200, True), ("ts", "yearly", 1, 600, 1199, False), ("ts", "yearly", 1, 599, 1200, False),
        ("ts", "yearly", 2, 1200, 2400, True), ("ts", "yearly", 2, 1200, 2399, False), ("ts", "first", 2, 600, 1200, True),
        ("cy", "yearly", 1, 300, 600, True), ("cy", "yearly", 2, 600, 1200, True), ("cy", "yearly", 2, 599, 1200, False),
        ("cy", "first", 2, 300, 600, True),
    ],
)  # fmt: skip
def test_the_brand_award_asks_for_the_years_target_and_twice_it(
    shunyi: Jurisdiction, case: tuple[str, str, int, int, int, bool]
) -> None:
    track, setting, year, certified, trained, earned = case
    base = make_base(shunyi, track, brand__base=setting)
    counted(base, Y1 if year == 1 else date(2026, 3, 1), certified=certified, trained=trained)
    claim = claims.open_claim(base=base, support_key="brand", year=year, by=unit_of(base))
    found = claims.reckon(claim, clock.today())
    assert (found.hindrances(verified=True) == []) is earned
    assert [part.amount for part in found.verified] == [50_000]


@pytest.mark.rule("SY-F2")
def test_the_brand_award_is_given_once_a_base_with_its_plaque_and_at_any_time(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    counted(base, Y1, certified=600, trained=1300)
    unit = unit_of(base)
    with clock.travel(datetime(2025, 6, 2, 10, tzinfo=clock.SHANGHAI)):
        assert list(next(each for each in claimable(base, clock.today()) if each.support.key == "brand").years) == [1]
        claim = submitted(base, "brand", unit, 1)
        with pytest.raises(WrongState, match="已有一份申请"):
            claims.open_claim(base=base, support_key="brand", year=1, by=unit)
        approved(claim, shunyi)
        pay(line_of(base, "award"), people(shunyi)[2], date(2025, 6, 2))
    with pytest.raises(WrongState, match="不能重复申请"):
        claims.open_claim(base=base, support_key="brand", year=2, by=unit)
    with pytest.raises(Refused, match="末次资金申请中一并提出"):
        claims.open_claim(base=base, support_key="high_skill", by=unit)
    grant = base.account.grants.get(support_key="brand")
    officer, _, _ = people(shunyi)
    assert record_award_plaque(grant=grant, on=date(2026, 1, 5), receiver="王经办", by=officer).plaque_text
    with pytest.raises(WrongState, match="重复登记"):
        record_award_plaque(grant=grant, on=date(2026, 1, 5), receiver="王经办", by=officer)


def test_two_persons_approve_and_neither_acts_for_the_other(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    grown(base)
    unit = unit_of(base)
    claim = submitted(base, "grant", unit)
    officer, approver, finance = people(shunyi)
    for wrong in (approver, finance, unit):
        with pytest.raises(PermissionDenied):
            approve_first(claim=claim, words="同意", findings=JUDGED, by=wrong)
    approve_first(claim=claim, words="同意", findings=JUDGED, by=officer)
    both = make_actor("bureau_approver", approver.organisation, officer.user)
    for wrong in (officer, both, unit):
        with pytest.raises(PermissionDenied):
            approve_second(claim=claim, words="同意", by=wrong)
    with pytest.raises(PermissionDenied):
        claims.take_back_claim(claim=claim, by=unit_of(make_base(shunyi)))
    assert figures(base)["granted"] == 1_000_000


def test_a_claim_goes_back_with_a_reason_and_may_be_refused(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    grown(base)
    unit = unit_of(base)
    claim = submitted(base, "grant", unit)
    officer, approver, _ = people(shunyi)
    with pytest.raises(Refused, match="原因"):
        return_claim(claim=claim, reason=" ", by=officer)
    return_claim(claim=claim, reason="工作总结未盖章", by=officer)
    claims.submit_claim(claim=claim, statement="已补正", by=unit)
    approve_first(claim=claim, words="同意", findings=JUDGED, by=officer)
    refuse_claim(claim=claim, reason="佐证不实", by=approver)
    with pytest.raises(WrongState):
        return_claim(claim=claim, reason="x", by=approver)
    assert claims.open_claim(base=base, support_key="grant", by=unit).state == "draft"


def case_against(base: Base, key: str) -> Case:
    return Case.objects.create(
        base=base, consequence_key=key, facts="事实", clause="工作要求（三）", proposed_at=clock.now(),
        proposed_by=people(base.jurisdiction)[0].person,
    )  # fmt: skip


@pytest.mark.rule("SY-F5")
def test_nothing_is_approved_or_paid_while_a_termination_is_under_way(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    grown(base)
    claim = submitted(base, "grant", unit_of(base))
    officer, approver, finance = people(shunyi)
    approve_first(claim=claim, words="同意", findings=JUDGED, by=officer)
    case = case_against(base, "terminate")
    with pytest.raises(WrongState, match="正在办理"):
        approve_second(claim=claim, words="同意", by=approver)
    Case.objects.filter(pk=case.pk).update(state="dropped")
    approve_second(claim=claim, words="同意", by=approver)
    Case.objects.filter(pk=case.pk).update(state="proposed")
    with pytest.raises(WrongState, match="正在办理"):
        pay(line_of(base, "final"), finance, date(2026, 10, 20))


@pytest.mark.rule("SY-A-03")
def test_an_improvement_lets_the_last_claim_come_at_its_end_and_warns_past_the_scheme(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi)
    target = {"certified": 600, "trained": 600, "surveyed": 600, "satisfied": 600}
    counted(base, Y1, **target)
    counted(base, date(2026, 3, 1), **target)
    counted(base, date(2026, 11, 1), certified=600, trained=600, surveyed=600, satisfied=600)
    Improvement.objects.create(
        case=case_against(base, "improve"), base=base, consequence_key="improve", starts_on=date(2026, 10, 19),
        ends_on=date(2026, 12, 31), policy_end=date(2027, 10, 18), cut=True, cut_words="按政策截止日截断",
        state=ImprovementState.RUNNING,
    )  # fmt: skip
    unit = unit_of(base)
    with pytest.raises(Refused, match="改进期已届满：未达到"):
        submitted(base, "grant", unit)
    claim = Claim.objects.get(base=base)
    with clock.travel(datetime(2027, 1, 4, 10, tzinfo=clock.SHANGHAI)):
        claim = claims.submit_claim(claim=claim, statement="改进后完成", by=unit)
    assert any("2026-12-31" in warning for warning in claim.warnings)
    assert claim.amount == D(600_000)


@pytest.mark.rule("SY-A-03")
@pytest.mark.parametrize(("second", "mended"), [(1300, True), (1299, False)])
def test_a_first_year_missed_is_mended_by_the_two_years_total(shunyi: Jurisdiction, second: int, mended: bool) -> None:
    base = make_base(shunyi)
    for on, number in ((Y1, 500), (date(2026, 3, 1), second)):
        counted(base, on, certified=number, trained=number, surveyed=number, satisfied=number)
    unit = unit_of(base)
    with pytest.raises(Refused, match="建设当年取证人数：未达到"):
        submitted(base, "grant", unit)
    Improvement.objects.create(
        case=case_against(base, "improve"), base=base, consequence_key="improve", starts_on=date(2025, 10, 19),
        ends_on=date(2026, 10, 18), policy_end=date(2026, 10, 18), state=ImprovementState.PASSED,
    )  # fmt: skip
    claim = Claim.objects.get(base=base)
    if mended:
        assert claims.submit_claim(claim=claim, statement="改进后完成", by=unit).amount == D(600_000)
    else:
        with pytest.raises(Refused, match="两年内取证总人数：未达到"):
            claims.submit_claim(claim=claim, statement="", by=unit)


def test_a_unit_reaches_its_own_claims_and_account_only(shunyi: Jurisdiction) -> None:
    base, other = make_base(shunyi), make_base(shunyi)
    with pytest.raises(PermissionDenied):
        claims.open_claim(base=base, support_key="grant", by=unit_of(other))
    with pytest.raises(PermissionDenied):
        claims.register_bank(base=base, holder="x", bank="x", number="62220000", by=people(shunyi)[2])
    with pytest.raises(Refused, match="8 至 30 位"):
        claims.register_bank(base=base, holder="x", bank="x", number="6222-0000", by=unit_of(base))
    claims.register_bank(base=base, holder="x", bank="x", number="6222 0000 1111 2222", by=unit_of(base))
    account = Account.objects.get(base=base)
    assert (account.bank_tail, "62220000" in account.bank_number) == ("2222", False)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("400000", "肆拾万元整"), ("125000.05", "壹拾贰万伍仟元零伍分"), ("1000000", "壹佰万元整"), ("0", "零元整"),
        ("10005.50", "壹万零伍元伍角整"), ("0.30", "叁角整"), ("100000000", "壹亿元整"), ("1010.01", "壹仟零壹拾元零壹分"),
    ],
)  # fmt: skip
def test_amounts_in_capitals(amount: str, words: str) -> None:
    assert capitals(D(amount)) == words
