"""Grades through the engine: computed items, means of experts, bonus, facts that decide outright, two persons."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.services.moves import WrongState
from assessments.enums import AssessmentState
from assessments.models import Assessment, Case, Round
from assessments.selectors.rounds_items import item_lines
from assessments.selectors.rounds_pages import plain_text
from assessments.services import case_hearings, cases, rounds, rounds_panel, rounds_results, rounds_vetoes
from portal.calendars import clock
from portal.documents.models import Document
from reviews.services.refusal import Refused
from tests.assessments import rounds_kit as kit
from tests.reviews.test_pages import sign_in

pytestmark = pytest.mark.django_db


def graded(points: str, bonus: str = "0", vetoes: tuple[str, ...] = (), **settings: Any) -> Any:
    """Grade an assessment whose base items add up to `points` through the engine's own arithmetic."""
    with kit.at("hangzhou") as here:
        base = kit.make_base(here, **settings)
        row = Assessment(base=base, scheme_key="biennial", starts_on=kit.RECOGNISED, ends_on=kit.RECOGNISED)
        left, scores = Decimal(points), {}
        for item in base.edition.assessment.items:  # type: ignore[union-attr]
            pool = Decimal(bonus) - sum(map(Decimal, scores.values()), Decimal(0)) if item.bonus else left
            if item.bonus:
                pool = Decimal(bonus) - sum((scores[n] for n in (13, 14) if n in scores), Decimal(0))
            scores[item.number] = min(item.max_points, pool)
            left -= Decimal(0) if item.bonus else scores[item.number]
        row.scores = {str(number): str(value) for number, value in scores.items()}
        return rounds_results.result_data(row, vetoes)


@pytest.mark.rule("HZ-A-01")
@pytest.mark.rule("HZ-A-02")
@pytest.mark.parametrize(
    ("points", "grade"),
    [("89.50", "良好"), ("89.99", "良好"), ("90.00", "优秀"), ("79.99", "合格"), ("80.00", "良好"), ("60.00", "合格"),
     ("59.99", "不合格")],
)  # fmt: skip
def test_grades_are_half_open_and_nothing_is_rounded_up(points: str, grade: str) -> None:
    assert graded(points)["grade"] == grade


@pytest.mark.rule("HZ-A-03")
def test_the_bonus_counts_and_is_flagged_where_it_changes_the_grade() -> None:
    result = graded("78", "14")
    assert (result["grade"], result["by_base"], result["flagged"]) == ("优秀", "合格", True)
    assert graded("92", "14")["flagged"] is False


@pytest.mark.rule("HZ-A-03")
def test_by_the_base_score_the_bonus_changes_nothing() -> None:
    result = graded("78", "14", grade__basis="base")
    assert (result["grade"], result["flagged"], result["base"], result["bonus"]) == ("合格", False, "78", "14")


def test_a_fact_makes_it_the_lowest_grade_whatever_the_points() -> None:
    result = graded("100", "20", ("incident",))
    assert (result["grade"], result["total"], result["flagged"]) == ("不合格", "120", False)


@pytest.mark.parametrize(("quantity", "points"), [(0, 0), (1, 10), (300, 10), (301, 20), (1500, 20), (1501, 30)])
def test_item_12_by_the_year(quantity: int, points: int) -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        kit.recorded(base, here.officer, first=quantity, second=9000)
        line = item_lines(kit.opened(here, base))[11]
        assert line.proposal == points
        assert f"2024 年：已核 {quantity:,} 人次" in line.calculation[0]


@pytest.mark.rule("HZ-A-04")
def test_item_12_takes_the_lower_year_shows_the_mean_and_only_verified_figures() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        kit.figure(base, "service_external", kit.date(2024, 5, 1), 300, 700)
        kit.figure(base, "service_external", kit.date(2025, 5, 1), 1501)
        line = item_lines(kit.opened(here, base))[11]
        assert line.proposal == 10
        assert line.calculation[-1] == "取较低的年度：10 分；如取各年度平均，为 20 分"
        assert "2024 年有 400 人次未核实，未计入" in line.doubts
        assert "2025 年没有台账记录，按 0 人次计" in line.doubts


@pytest.mark.rule("HZ-A-04")
def test_item_12_by_the_mean_where_the_bureau_chose_it() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here, item12__aggregate="mean")
        kit.recorded(base, here.officer, first=300, second=1501)
        assert item_lines(kit.opened(here, base))[11].proposal == 20


@pytest.mark.rule("HZ-A-05")
@pytest.mark.parametrize(
    ("events", "points"),
    [({"contests_city": 1, "contests_province": 1}, 7), ({"contests_city": 3, "contests_province": 1}, 10)],
)
def test_items_13_and_14_count_over_both_years_and_are_capped_once(events: dict[str, int], points: int) -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        kit.recorded(base, here.officer, public_services=7, **events)
        kit.figure(base, "public_services", kit.date(2024, 2, 1), 1)
        lines = item_lines(kit.opened(here, base))
        assert (lines[12].proposal, lines[13].proposal) == (points, 10)


def at_grade(here: kit.Place, means: dict[int, str], **events: int) -> Assessment:
    base = kit.make_base(here)
    kit.recorded(base, here.officer, first=1600, **events)
    return kit.scored(here, kit.submitted(here, base), means)


GOOD = {6: "4", 7: "3", 8: "3", 9: "5", 10: "10", 11: "5"}


def test_the_means_of_experts_are_cut_to_two_decimals_and_computed_items_stand() -> None:
    with kit.at("hangzhou") as here:
        row = at_grade(here, GOOD | {6: "11/3", 12: "1"}, contests_city=1)
        assert (row.scores["6"], row.scores["12"], row.scores["13"]) == ("3.66", "30", "2")
        assert row.result is not None
        assert (row.result["total"], row.result["grade"]) == ("101.66", "优秀")


@pytest.mark.rule("HZ-A-03")
def test_a_flagged_grade_waits_for_the_chair_and_his_reason() -> None:
    with kit.at("hangzhou") as here:
        row = at_grade(here, {9: "5", 10: "0", 11: "5"}, contests_nation=1)
        assert row.result is not None
        assert (row.result["base"], row.result["by_base"], row.result["flagged"]) == ("80.00", "良好", True)
        with pytest.raises(WrongState, match="组长"):
            rounds_results.propose_grade(assessment=row, by=here.officer)
        with pytest.raises(PermissionDenied):
            rounds_panel.confirm_flag(assessment=row, reason="属实", by=here.officer)
        chair = kit.chair_of(row)
        with pytest.raises(Refused, match="理由"):
            rounds_panel.confirm_flag(assessment=row, reason=" ", by=chair)
        rounds_panel.confirm_flag(assessment=row, reason="承办国家级大赛属实", by=chair)
        row = rounds_results.propose_grade(assessment=row, by=here.officer)
        assert (row.state, row.outcome, row.flag_confirmed_by) == ("proposed", "优秀", chair.user)


@pytest.mark.rule("HZ-A-14")
def test_a_result_is_approved_by_another_person_published_and_only_then_told() -> None:
    with kit.at("hangzhou") as here:
        row = at_grade(here, GOOD)
        row = rounds_results.propose_grade(
            assessment=row, by=here.officer, remarks={"焊接": "工位应更新", "数控加工": " "}
        )
        assert row.remarks_by_project == [("焊接", "工位应更新")]
        both = kit.make_actor("bureau_approver", here.desk.bureau, here.officer.user)
        with pytest.raises(PermissionDenied, match="另一位"):
            rounds_results.approve_result(assessment=row, by=both)
        row = rounds_results.approve_result(assessment=row, by=here.approver, opinion="同意")
        with pytest.raises(WrongState):
            rounds_results.approve_result(assessment=row, by=here.approver)
        assert (row.state, row.told_at) == (AssessmentState.DECIDED, None)
        found: Round = row.round  # type: ignore[assignment]
        with pytest.raises(WrongState, match="没有公布"):
            rounds.close_round(found=found, by=here.officer)
        assert [each.pk for each in rounds.publish_results(found=found, by=here.approver)] == [row.pk]
        row.refresh_from_db()
        assert row.told_at == row.published_at == clock.now()
        assert set(Document.objects.values_list("kind", flat=True)) >= {"assessment_sheet", "assessment_notice"}
        assert rounds.close_round(found=found, by=here.officer).state == "closed"


def failed(here: kit.Place) -> tuple[Assessment, Case]:
    row = rounds_results.propose_grade(
        assessment=at_grade(here, dict.fromkeys(range(1, 12), "2"), contests_city=1), by=here.officer
    )
    return row, Case.objects.get(assessment=row)


def test_the_lowest_grade_is_told_heard_and_fixed_by_the_decision_on_the_title() -> None:
    with kit.at("hangzhou") as here:
        row, case = failed(here)
        assert (row.state, row.outcome, case.proposed_by) == ("hearing", "不合格", here.officer.user)
        assert row.told_at is not None
        with pytest.raises(WrongState):
            rounds_results.approve_result(assessment=row, by=here.approver)
        case_hearings.serve(case=case, by=here.officer)
        case.refresh_from_db()
        assert case.hearing_until is not None
        with clock.travel(case.hearing_until):
            cases.decide(
                case=case, reason="考核不合格，陈述申辩期满未提出意见", document_number="测人社发〔2026〕9号",
                issued_on=clock.today(), by=here.approver,
            )  # fmt: skip
            row.refresh_from_db()
            assert (row.state, row.decided_by) == ("decided", here.approver.user)
            assert Document.objects.filter(kind="assessment_notice").count() == 2


def test_points_read_alike_on_the_pages_in_the_notices_and_in_the_decision() -> None:
    with kit.at("hangzhou") as here:
        means = dict.fromkeys(range(1, 12), "2") | {6: "1.1"}
        row = rounds_results.propose_grade(assessment=at_grade(here, means, contests_city=1), by=here.officer)
        case = Case.objects.get(assessment=row)
        case_hearings.serve(case=case, by=here.officer)
        kept, said = str((row.result or {})["base"]), plain_text((row.result or {})["base"])
        assert kept == f"{said}0"
        place = {"jurisdiction": "hangzhou"}
        address = reverse("assessments:assessment", kwargs={**place, "pk": row.pk})
        mine = reverse("assessments:my_assessment", kwargs={**place, "pk": row.base_id, "assessment_pk": row.pk})
        pages = [sign_in(here.officer).get(address), sign_in(kit.unit_of(row.base)).get(mine)]
        papers = Document.objects.filter(kind__in=("assessment_notice", "case_notice")).values_list("source", flat=True)
        told = [case.facts, *papers, *(page.content.decode() for page in pages)]
        assert len(told) == 5
        for text in told:
            assert f"基础部分 {said} 分" in text
            assert kept not in text


@pytest.mark.rule("HZ-A-12")
def test_a_dropped_case_opens_the_result_again() -> None:
    with kit.at("hangzhou") as here:
        row, case = failed(here)
        cases.drop(case=case, reason="陈述属实，台账应予补核", by=here.officer)
        row.refresh_from_db()
        assert (row.state, row.outcome, row.told_at) == ("scored", "", None)
        rounds_panel.recompute(assessment=row, reason="台账已补核", by=here.officer)
        again = rounds_results.propose_grade(assessment=row, by=here.officer)
        assert again.cases.exclude(state="dropped").count() == 1


def vetoed(here: kit.Place, row: Assessment) -> Any:
    return rounds_vetoes.record_veto(
        assessment=row,
        code="refusal",
        facts="两次书面通知后仍拒绝现场考核。",
        files=[kit.proof(here.officer)],
        by=here.officer,
    )


def test_a_veto_has_facts_evidence_and_two_persons_and_needs_no_points() -> None:
    with kit.at("hangzhou") as here:
        row = kit.opened(here, kit.make_base(here))
        with pytest.raises(Refused, match="证据"):
            rounds_vetoes.record_veto(
                assessment=row, code="refusal", facts="两次书面通知后仍拒绝现场考核。", files=[], by=here.officer
            )
        veto = vetoed(here, row)
        both = kit.make_actor("bureau_approver", here.desk.bureau, here.officer.user)
        with pytest.raises(PermissionDenied, match="另一位"):
            rounds_vetoes.decide_veto(veto=veto, confirmed=True, opinion="属实", by=both)
        with pytest.raises(WrongState, match="待认定"):
            rounds_results.propose_grade(assessment=row, by=here.officer)
        rounds_vetoes.decide_veto(veto=veto, confirmed=True, opinion="属实", by=here.approver)
        with pytest.raises(WrongState, match="已认定"):
            rounds_vetoes.decide_veto(veto=veto, confirmed=False, opinion="不属实", by=here.approver)
        row = rounds_results.propose_grade(assessment=row, by=here.officer)
        assert (row.outcome, row.state, row.consequence) == ("不合格", "hearing", "revoke")
        case = Case.objects.get(assessment=row)
        assert (case.files.count(), "拒绝接受市人力社保部门考核管理的" in case.facts) == (1, True)


def test_a_veto_that_is_not_confirmed_counts_for_nothing() -> None:
    with kit.at("hangzhou") as here:
        row = kit.opened(here, kit.make_base(here))
        rounds_vetoes.decide_veto(veto=vetoed(here, row), confirmed=False, opinion="不属实", by=here.approver)
        with pytest.raises(WrongState):
            rounds_results.propose_grade(assessment=row, by=here.officer)
        assert vetoed(here, row).state == "recorded"
