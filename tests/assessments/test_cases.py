"""Adverse acts: each consequence as its policy declares it, the hearing by the official calendar, two persons, all effects once."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import IssuedNumber, LostTitle
from applications.services.moves import WrongState
from assessments.enums import PlaqueState
from assessments.models import Announcement, Base, Case, CaseFile, RecoveryOrder
from assessments.selectors.cases import drawable, ending_of
from assessments.services import case_effects, case_hearings, cases
from assessments.services.register import record_plaque
from portal.audit.models import Event
from portal.calendars import clock
from portal.documents.models import Document
from portal.notifications.models import Message
from portal.policy import registry
from reviews.services.document_numbers import next_document_number, take_document_number
from reviews.services.refusal import Refused
from tests.assessments.cases_kit import at, base_of, bureau, decided, proof, proposed, served, unit_of

pytestmark = pytest.mark.django_db
FRIDAY = at("2024-09-27T10:00")  # five working days later is Thursday 10 October, past the holiday


@pytest.mark.rule("HZ-A-12", "P3-13")
def test_a_title_is_revoked_after_five_working_days_by_a_second_person() -> None:
    with bureau("hangzhou") as home:
        base = base_of(home)
        with clock.travel(FRIDAY):
            record_plaque(
                base=base, state=PlaqueState.HANDED_OVER, on=date(2024, 3, 5), receiver="王经办", by=home.officer
            )
            case = served(base, "revoke", home.officer)
        assert case.hearing_until == at("2024-10-11T00:00")
        with clock.travel(at("2024-10-10T23:59")), pytest.raises(WrongState, match="2024-10-10 24:00 届满"):
            decided(case, home.approver)
        with clock.travel(at("2024-10-11T00:00")):
            with pytest.raises(Refused, match="年份"):
                decided(case, home.approver, document_number="测人社决〔2023〕1号")
            case = decided(case, home.approver)
            assert Base.objects.get(pk=base.pk).is_active
            case_effects.carry_out(case=case, by=home.officer)
            case_effects.carry_out(case=case, by=home.approver)
        base.refresh_from_db()
        assert (base.state, base.ended_on) == ("revoked", date(2024, 10, 11))
        assert ending_of(base) == case
        assert Announcement.objects.get().document_number == "测人社决〔2024〕1号"
        assert Event.objects.filter(action__in=("base.end", "case.carry_out")).count() == 2
        lost = LostTitle.objects.get(credit_code=base.organisation.credit_code)
        assert (lost.kind, lost.document_number, lost.barred_until) == ("撤销", "测人社决〔2024〕1号", None)
        assert {each.kind for each in Document.objects.all()} == {"case_notice", "case_decision", "announcement"}
        record_plaque(base=base, state=PlaqueState.REMOVED, on=date(2024, 10, 12), receiver="王经办", by=home.officer)


def test_nobody_decides_what_they_proposed_and_nobody_twice() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        case = served(base_of(home), "revoke", home.officer)
        own = proposed(base_of(home), "revoke", home.approver)
        with clock.travel(at("2024-10-11T09:00")):
            with pytest.raises(PermissionDenied):
                decided(case, home.officer)
            with pytest.raises(PermissionDenied, match="另一位审批人"):
                decided(own, home.approver)
            decided(case, home.approver)
            with pytest.raises(WrongState, match="已决定"):
                decided(case, home.approver, number=2)
            with pytest.raises(WrongState, match="已决定"):
                cases.drop(case=case, reason="重复", by=home.officer)


@pytest.mark.rule("G-08")
def test_a_hearing_that_runs_into_a_year_without_a_calendar_is_refused() -> None:
    with bureau("hangzhou") as home, clock.travel(at("2026-12-28T10:00")):
        case = proposed(base_of(home), "revoke", home.officer)
        with pytest.raises(WrongState, match="缺少2027年工作日历"):
            case_hearings.serve(case=case, by=home.officer)
        case.refresh_from_db()
        assert case.state == "proposed"
        assert not Document.objects.exists()


def test_a_statement_must_be_looked_at_before_the_decision_and_may_shorten_the_wait() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        base = base_of(home)
        case = served(base, "revoke", home.officer)
        with pytest.raises(PermissionDenied):
            case_hearings.state(case=case, text="不同意", by=unit_of(base_of(home)))
        case_hearings.state(case=case, text="我单位已补充台账。", files=[proof("台账.pdf")], by=unit_of(base))
        with pytest.raises(WrongState, match="登记复核情况"):
            decided(case, home.approver)
        case_hearings.record_hearing(
            case=case, on=clock.today(), text="经复核，补充的台账与考核结论无关，不予采纳。", by=home.officer
        )
        with pytest.raises(WrongState, match="已陈述申辩"):
            case_hearings.state(case=case, text="再补充", by=unit_of(base))
        case = decided(case, home.approver)
        assert case.state == "decided"
        assert "不予采纳" in Document.objects.get(kind="case_decision").source


def test_a_late_statement_is_kept_as_late_and_holds_nothing_up() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        base = base_of(home)
        case = served(base, "revoke", home.officer)
        with clock.travel(at("2024-10-11T00:00")):
            with pytest.raises(WrongState, match="届满"):
                case_hearings.waive(case=case, by=unit_of(base))
            late = case_hearings.state(case=case, text="我单位不同意。", by=unit_of(base))
            assert late.statement_late
            decided(case, home.approver)
        assert "逾期提交" in Document.objects.get(kind="case_decision").source


def test_a_unit_may_waive_and_an_oral_hearing_needs_its_signed_record() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        base = base_of(home)
        case = served(base, "revoke", home.officer)
        said = {"case": case, "on": clock.today(), "text": "当面听取了单位负责人的意见。", "by": home.officer}
        with pytest.raises(Refused, match="笔录"):
            case_hearings.record_hearing(**said)
        assert CaseFile.objects.filter(kind="statement").count() == 0
        unit = unit_of(base)
        case_hearings.waive(case=case, by=unit)
        case_hearings.waive(case=case, by=unit)
        with pytest.raises(WrongState):
            case_hearings.state(case=case, text="又想说", by=unit)
        assert decided(case, home.approver).state == "decided"
        assert Event.objects.filter(action="case.waive").count() == 1


@pytest.mark.rule("KS-A-03")
def test_kunshan_rectifies_for_the_second_trigger_alone() -> None:
    rules = {each.key: each for each in registry.get("KS-2021").consequences}
    assert [key for key, each in rules.items() if each.rectify_first] == ["breach"]
    assert all(each.hearing_setting for each in rules.values() if each.ends_title)
    with bureau("kunshan") as home, clock.travel(FRIDAY):
        base = base_of(home)
        for key in ("unlawful", "reputation", "failed"):
            served(base, key, home.officer)
        with pytest.raises(Refused, match="须先给予“整改”"):
            proposed(base, "breach", home.officer)


@pytest.mark.rule("SY-A-10", "SY-A-03")
def test_a_shunyi_base_is_terminated_only_after_its_improvement() -> None:
    with bureau("shunyi") as home, clock.travel(at("2025-11-03T10:00")):
        base = base_of(home, "ds", on=date(2024, 10, 15))
        problems = {each.key: problem for each, problem in drawable(base, clock.today())}
        assert problems["improve"] == problems["misconduct"] == ""
        assert "尚未给予“改进”" in problems["terminate"]


def test_a_case_needs_facts_evidence_and_a_base_that_holds_its_title() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        base = base_of(home)
        for wrong, field in (({"evidence": []}, "evidence"), ({"facts": "不合格"}, "facts")):
            with pytest.raises(Refused) as refused:
                proposed(base, "revoke", home.officer, **wrong)
            assert refused.value.field == field
        with pytest.raises(Refused, match="处置种类"):
            proposed(base, "fine", home.officer)
        with pytest.raises(PermissionDenied):
            proposed(base, "revoke", unit_of(base))
        case = proposed(base, "revoke", home.officer)
        with pytest.raises(Refused, match="未办结"):
            proposed(base, "revoke", home.officer)
        cases.drop(case=case, reason="查无实据", by=home.officer)
        again = proposed(base, "revoke", home.officer)
        case_hearings.serve(case=again, by=home.officer)
        with pytest.raises(WrongState, match="不能再增加证据"):
            cases.add_evidence(case=again, files=[proof()], by=home.officer)
        Base.objects.filter(pk=base.pk).update(state="closed")
        with clock.travel(at("2024-10-11T09:00")), pytest.raises(WrongState, match="已注销"):
            decided(again, home.approver)


def test_a_dropped_case_leaves_the_base_as_it_was() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        base = base_of(home)
        unit = unit_of(base)
        case = cases.drop(case=served(base, "revoke", home.officer), reason="查无实据", by=home.approver)
        with pytest.raises(WrongState, match="不予处理"):
            decided(case, home.approver)
        with pytest.raises(WrongState, match="作出决定后"):
            case_effects.carry_out(case=case, by=home.officer)
        assert Base.objects.get(pk=base.pk).is_active
        assert not LostTitle.objects.exists()
        assert Message.objects.filter(user=unit.user, title="不予处理").exists()


@pytest.mark.rule("P3-13")
def test_a_document_number_is_proposed_without_a_gap_and_given_once() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        place, on = home.place, clock.today()

        def take(number: str) -> Any:
            return take_document_number(jurisdiction=place, number=number, on=on, subject="测试")

        assert next_document_number(place, "测人社决", 2024) == "测人社决〔2024〕1号"
        take("测人社决〔2024〕1号")
        take("测人社决〔2024〕7号")  # the office's own register had gone further
        assert next_document_number(place, "测人社决", 2024) == "测人社决〔2024〕8号"
        assert next_document_number(place, "测人社决", 2025) == "测人社决〔2025〕1号"
        for wrong in ("测人社决〔2024〕7号", "测人社决〔2024〕07号", "测人社决[2024]9号", "测人社决〔2024〕第9号"):
            with pytest.raises(Refused):
                take(wrong)
        assert IssuedNumber.objects.count() == 2


@pytest.mark.rule("SY-A-10")
def test_misconduct_takes_everything_back_and_cancels_what_was_not_paid() -> None:
    with bureau("shunyi") as home, clock.travel(at("2025-11-03T10:00")):
        base = base_of(home, "ts", on=date(2024, 10, 15))
        case = served(base, "misconduct", home.officer)
        case_hearings.waive(case=case, by=unit_of(base))
        case_effects.carry_out(case=decided(case, home.approver), by=home.officer)
        order = RecoveryOrder.objects.get()
        assert (order.recovery_key, order.case_id) == ("misconduct", case.pk)
        base.refresh_from_db()
        assert base.account.cancelled == 1_000_000


def test_cases_stay_in_their_place() -> None:
    with bureau("hangzhou") as home, clock.travel(FRIDAY):
        case = served(base_of(home), "revoke", home.officer)
    with bureau("kunshan") as elsewhere:
        assert not Case.objects.filter(pk=case.pk).exists()
        with pytest.raises((PermissionDenied, Base.DoesNotExist)):
            cases.drop(case=case, reason="越权", by=elsewhere.officer)
