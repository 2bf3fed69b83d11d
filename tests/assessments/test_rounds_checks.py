"""Checks through the engine: Kunshan's year, Shunyi's first year, term and improvement, Chongqing's defaults, an inspection."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from assessments.enums import ReportState
from assessments.models import Assessment, Base, Case, Improvement, Report
from assessments.selectors.rounds import due_checks, round_duties
from assessments.selectors.rounds_checks import check_lines, choices, suggestion
from assessments.selectors.rounds_pages import checked_page
from assessments.services import case_effects, cases, rounds, rounds_checks, rounds_results
from portal.calendars import clock
from portal.documents.models import Document
from reviews.services.refusal import Refused
from tests.assessments import rounds_kit as kit

pytestmark = pytest.mark.django_db
SHUNYI = date(2024, 10, 18)


def day(year: int, month: int, number: int = 20) -> datetime:
    return datetime(year, month, number, 10, tzinfo=clock.SHANGHAI)


def filed(base: Base, by: Any, *keys: str, year: int = 2025) -> None:
    for key in keys:
        Report.objects.create(
            base=base, key=key, period_start=date(year, 1, 1), period_end=date(year, 12, 31), state=ReportState.ACCEPTED,
            version=1, saved_at=clock.now(), submitted_at=clock.now(), first_submitted_at=clock.now(), sha256="0" * 64,
            submitted_by=by.person,
        )  # fmt: skip


def year_of(here: kit.Place, high: int, certified: int, *reports: str) -> Assessment:
    base = kit.make_base(here)
    kit.figure(base, "high", date(2025, 5, 1), high)
    kit.figure(base, "certified", date(2025, 5, 1), certified)
    filed(base, here.officer, *reports)
    return kit.opened(here, base, "annual", 2025)


@pytest.mark.rule("KS-A-02")
@pytest.mark.rule("KS-A-04")
def test_kunshans_year_passes_by_itself_and_is_approved_by_another_person() -> None:
    with kit.at("kunshan") as here:
        row = year_of(here, 150, 105, "plan", "data", "summary")
        lines = check_lines(row)
        assert [line.met for line in lines] == [True] * 5
        assert suggestion(row.scheme, lines) == "passed"
        row = rounds_results.propose_outcome(assessment=row, outcome="passed", by=here.officer)
        row = rounds_results.approve_result(assessment=row, by=here.approver)
        assert (row.state, row.outcome_title, row.lines[0]["met"]) == ("decided", "合格", True)
        rounds.publish_results(found=row.round, by=here.approver)  # type: ignore[arg-type]
        assert Document.objects.get(kind="assessment_notice").title == "年度绩效考核结果通知"


@pytest.mark.rule("KS-A-02")
@pytest.mark.parametrize(
    ("high", "certified", "reports"),
    [(149, 149, ("plan", "data", "summary")), (150, 104, ("plan", "data", "summary")), (150, 105, ("plan", "summary"))],
)
def test_anything_missing_leaves_kunshans_year_open_until_an_officer_says_why(
    high: int, certified: int, reports: tuple[str, ...]
) -> None:
    with kit.at("kunshan") as here:
        row = year_of(here, high, certified, *reports)
        assert suggestion(row.scheme, check_lines(row)) == ""
        with pytest.raises(Refused, match="理由"):
            rounds_results.propose_outcome(assessment=row, outcome="passed", by=here.officer)
        row = rounds_results.propose_outcome(assessment=row, outcome="passed", reason="年末补训完成", by=here.officer)
        assert (row.suggested, row.outcome) == ("", "passed")


@pytest.mark.rule("KS-A-03")
def test_only_a_breach_is_mended_first_and_a_failed_year_goes_to_revocation_through_a_hearing() -> None:
    with kit.at("kunshan") as here:
        row = year_of(here, 10, 1)
        row = rounds_results.propose_outcome(
            assessment=row, outcome="failed", reason="两项指标均未完成", by=here.officer
        )
        assert (row.state, Case.objects.get(assessment=row).consequence_key) == ("hearing", "failed")
        other = kit.make_base(here)
        review = rounds_checks.begin_check(base=other, scheme_key="agreement", by=here.officer)
        assert check_lines(review) == []
        review = rounds_results.propose_outcome(
            assessment=review, outcome="rectify", reason="未按协议开班", by=here.officer
        )
        assert review.state == "proposed"
        review = rounds_results.approve_result(assessment=review, by=here.approver)
        case = Case.objects.get(assessment=review)
        assert (review.told_at is not None, case.consequence_key, case.proposed_by) == (
            True,
            "rectify",
            here.officer.user,
        )


def shunyi(here: kit.Place, first: int, second: int = 0, **settings: Any) -> Base:
    base = kit.make_base(here, on=SHUNYI, track="ts", **settings)
    for month, number in ((date(2025, 3, 1), first), (date(2026, 3, 1), second)):
        for tally in ("certified", "trained", "surveyed", "satisfied"):
            kit.figure(base, tally, month, number)
    return base


def begun(here: kit.Place, base: Base) -> Assessment:
    (due,) = [each for each in due_checks(here.place, clock.today()) if each.base == base]
    return rounds_checks.begin_check(base=base, scheme_key=due.scheme.key, ends_on=due.ends_on, by=here.officer)


def improved(here: kit.Place, row: Assessment) -> Improvement:
    """Propose a miss, approve it, decide and carry out the improvement."""
    rounds_results.propose_outcome(assessment=row, outcome="missed", by=here.officer)
    rounds_results.approve_result(assessment=row, by=here.approver)
    case = Case.objects.get(assessment=row)
    year = clock.today().year
    cases.decide(
        case=case,
        reason="未达到产出指标",
        document_number=f"测人社发〔{year}〕{row.pk}号",
        issued_on=clock.today(),
        by=here.approver,
    )
    case_effects.carry_out(case=case, by=here.officer)
    return Improvement.objects.get(base=row.base)


@pytest.mark.rule("SY-A-02")
def test_a_first_year_is_due_the_day_after_its_last_and_waits_on_the_desk() -> None:
    with kit.at("shunyi", day(2025, 10, 18)) as here:
        base = shunyi(here, 600)
        assert due_checks(here.place, clock.today()) == []
        with clock.travel(day(2025, 10, 19)):
            (due,) = due_checks(here.place, clock.today())
            assert (due.scheme.key, due.ends_on, due.days) == ("year1", SHUNYI.replace(year=2025), 1)
            assert ("基地待核验", 1, True) in round_duties(here.officer, here.place, clock.today())
            with pytest.raises(WrongState, match="没有到期"):
                rounds_checks.begin_check(
                    base=base, scheme_key="term", ends_on=SHUNYI.replace(year=2026), by=here.officer
                )
            row = begun(here, base)
            assert rounds_checks.begin_check(
                base=base, scheme_key="year1", ends_on=due.ends_on, by=here.officer
            ) == row  # fmt: skip
            assert suggestion(row.scheme, check_lines(row)) == "met"


@pytest.mark.rule("SY-A-03")
def test_a_missed_first_year_is_improved_in_the_second_and_never_again() -> None:
    with kit.at("shunyi", day(2025, 10, 20)) as here:
        base = shunyi(here, 599)
        row = begun(here, base)
        assert [each.key for each in choices(row.scheme, check_lines(row))] == ["missed"]
        with pytest.raises(Refused):
            rounds_results.propose_outcome(assessment=row, outcome="met", reason="基本达到", by=here.officer)
        period = improved(here, row)
        assert (period.ends_on, period.cut) == (SHUNYI.replace(year=2026), False)
        with clock.travel(day(2026, 10, 20)):
            (due,) = due_checks(here.place, clock.today())
            assert (due.scheme.key, due.ends_on) == ("improved", period.ends_on)
            again = begun(here, base)
            judged(here, again)
            again = rounds_results.propose_outcome(assessment=again, outcome="missed", by=here.officer)
            assert (again.state, again.consequence) == ("hearing", "terminate")


def judged(here: kit.Place, row: Assessment, *, met: bool = True) -> None:
    for line in check_lines(row):
        if line.judged:
            rounds_checks.judge(assessment=row, code=line.code, met=met, words="查看教室、设备和师资", by=here.officer)
    row.refresh_from_db()


@pytest.mark.rule("SY-A-03")
def test_a_missed_term_gets_a_year_that_the_cap_cuts_with_a_warning() -> None:
    with kit.at("shunyi", day(2026, 10, 20)) as here:
        base = shunyi(here, 600, 1000)
        rounds_checks.begin_check(base=base, scheme_key="year1", ends_on=SHUNYI.replace(year=2025), by=here.officer)
        row = begun(here, base)
        assert row.scheme_key == "term"
        with pytest.raises(Refused, match="请先认定"):
            rounds_results.propose_outcome(assessment=row, outcome="missed", by=here.officer)
        with pytest.raises(Refused, match="认定依据"):
            rounds_checks.judge(assessment=row, code="SY-K05", met=True, words=" ", by=here.officer)
        judged(here, row)
        assert checked_page(row)["cut"] == "如给予改进期，按政策截止日只能到 2026-12-31（未截断应至 2027-10-18）"
        period = improved(here, row)
        assert (period.ends_on, period.cut) == (date(2026, 12, 31), True)


@pytest.mark.rule("SY-A-07")
def test_nine_tenths_may_be_accepted_in_writing_only_where_the_setting_says_so() -> None:
    with kit.at("shunyi", day(2026, 10, 20)) as here:
        for tolerance, expected in (("strict", ["missed"]), ("ninety", ["accepted", "missed"])):
            base = shunyi(here, 600, 1100, final__tolerance=tolerance)
            rounds_checks.begin_check(base=base, scheme_key="year1", ends_on=SHUNYI.replace(year=2025), by=here.officer)
            row = begun(here, base)
            judged(here, row)
            lines = check_lines(row)
            assert [each.key for each in choices(row.scheme, lines)] == expected
        with pytest.raises(Refused, match="理由"):
            rounds_results.propose_outcome(assessment=row, outcome="accepted", by=here.officer)
        row = rounds_results.propose_outcome(assessment=row, outcome="accepted", reason="已完成 94%", by=here.officer)
        assert row.consequence == ""


def test_an_improvement_that_is_met_is_closed_by_the_approval() -> None:
    with kit.at("shunyi", day(2025, 10, 20)) as here:
        base = shunyi(here, 500, 1300)
        improved(here, begun(here, base))
        with clock.travel(day(2026, 10, 20)):
            row = begun(here, base)
            judged(here, row)
            row = rounds_results.propose_outcome(assessment=row, outcome="met", by=here.officer)
            rounds_results.approve_result(assessment=row, by=here.approver)
            assert Improvement.objects.get(base=base).state == "passed"


@pytest.mark.rule("CQ-D-04")
def test_chongqings_midterm_acceptance_and_recheck_are_marked_defaults() -> None:
    with kit.at("chongqing", day(2025, 10, 20)) as here:
        base = kit.make_base(here, on=date(2024, 9, 1), track="national")
        schemes = {each.key: each for each in base.edition.schemes}
        assert {each.default for each in schemes.values()} == {"CQ-D-04"}
        row = begun(here, base)
        assert (row.scheme_key, row.ends_on) == ("midterm", date(2025, 9, 1))
        judged(here, row, met=False)
        lines = check_lines(row)
        assert [line.met for line in lines] == [False, False]
        with pytest.raises(Refused, match="理由"):
            rounds_results.propose_outcome(assessment=row, outcome="rectify", by=here.officer)
        row = rounds_results.propose_outcome(
            assessment=row, outcome="rectify", reason="培训体系未形成", by=here.officer
        )
        assert row.consequence == "rectify"


@pytest.mark.rule("CQ-D-04")
def test_chongqings_acceptance_proposes_failure_and_the_recheck_cancels() -> None:
    with kit.at("chongqing", day(2026, 10, 20)) as here:
        base = kit.make_base(here, on=date(2024, 9, 1), track="national")
        rounds_checks.begin_check(base=base, scheme_key="midterm", ends_on=date(2025, 9, 1), by=here.officer)
        row = begun(here, base)
        judged(here, row)
        assert suggestion(row.scheme, check_lines(row)) == "failed"
        row = rounds_results.propose_outcome(assessment=row, outcome="failed", by=here.officer)
        assert row.consequence == "rectify"
        assert base.edition.schemes[2].outcome("failed").leads_to == "cancel"


def test_an_inspection_of_a_national_base_is_a_record_and_takes_two_persons() -> None:
    with kit.at("skills_foundation") as here:
        base = kit.make_base(here, on=date(2023, 3, 1))
        row = rounds_checks.begin_check(base=base, scheme_key="inspection", by=here.officer)
        row = rounds_results.propose_outcome(assessment=row, outcome="improve", reason="年度数据未报", by=here.officer)
        with pytest.raises(PermissionDenied):
            rounds_results.approve_result(assessment=row, by=here.officer)
        row = rounds_results.send_back(assessment=row, opinion="请补充现场情况", by=here.approver)
        assert (row.state, row.outcome, row.opinion) == ("ready", "", "请补充现场情况")
        row = rounds_results.propose_outcome(
            assessment=row, outcome="improve", reason="现场已看，数据未报", by=here.officer
        )
        assert rounds_results.approve_result(assessment=row, by=here.approver).consequence == ""
