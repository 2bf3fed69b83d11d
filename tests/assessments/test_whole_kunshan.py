"""Kunshan, the whole line: a year that is enough, one to rectify and one that fails, and an agreement that is broken twice."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.urls import reverse

from applications.models import LostTitle
from assessments.models import Announcement, Assessment, Base, Improvement, Round
from assessments.selectors.rounds_checks import check_lines, suggestion
from assessments.services import case_effects, improvements, rounds, rounds_checks, rounds_results
from portal.accounts.actor import Actor
from portal.calendars import clock
from reviews.services.refusal import Refused
from tests.assessments import cases_kit
from tests.assessments import rounds_kit as kit
from tests.assessments.ledger_kit import id_number
from tests.assessments.whole_kit import brought_in, case_of, ended, on, reported
from tests.reviews.test_pages import sign_in

pytestmark = pytest.mark.django_db
PAPERS = ("plan", "data", "summary")


def trained(base: Base, year: int, number: int, certified: int) -> Iterable[dict[str, str]]:
    """Yield the ledger of a year: so many trained at level three, of whom the first so many got their certificate."""
    for each in range(number):
        got = each < certified
        yield {
            "on": f"{year}-06-20", "name": "测试学员", "id_number": id_number(base.pk * 200 + each), "occupation": "电工",
            "level": "3", "certified": "yes" if got else "no",
            "certificate": f"KS{base.pk}-{year}-{each:04}" if got else "",
        }  # fmt: skip


def round_of(here: kit.Place, year: int) -> Round:
    """Return the round of a year, open."""
    return rounds.open_round(found=kit.set_up(here, "annual", year), by=here.officer)


def approved(row: Assessment, here: kit.Place, outcome: str, reason: str = "") -> Assessment:
    """Propose an outcome; approve it where that is not left to the decision on the title."""
    row = rounds_results.propose_outcome(assessment=row, outcome=outcome, reason=reason, by=here.officer)
    return row if row.state == "hearing" else rounds_results.approve_result(assessment=row, by=here.approver)


def rectifying(here: kit.Place, row: Assessment) -> Improvement:
    """Have the base put right what is wrong."""
    case_effects.carry_out(case=cases_kit.decided(case_of(row), here.approver, number=row.pk), by=here.officer)
    return Improvement.objects.get(case__assessment=row)


@pytest.mark.rule("KS-A-02")
@pytest.mark.rule("KS-A-04")
def test_a_year_of_a_hundred_and_fifty_with_seven_tenths_certified_and_three_papers_passes_by_itself() -> None:
    with kit.at("kunshan") as here:
        base = kit.make_base(here)
        unit: Actor = kit.unit_of(base)
        with clock.travel(on(2025, 12, 20)):
            brought_in(base, "training", [*trained(base, 2025, 150, 105)], by=unit, officer=here.officer)
        assert reported(base, unit, PAPERS, date(2026, 2, 1)) >= len(PAPERS)
        row = round_of(here, 2025).assessments.get(base=base)
        assert (suggestion(row.scheme, check_lines(row)), approved(row, here, "passed").outcome_title) == (
            "passed",
            "合格",
        )
        (told,) = rounds.publish_results(found=row.round, by=here.approver)  # type: ignore[arg-type]
        assert (told.outcome, Base.objects.get(pk=base.pk).is_active) == ("passed", True)


@pytest.mark.rule("KS-A-03")
def test_a_poor_year_is_rectified_and_the_next_that_fails_costs_the_title() -> None:
    with kit.at("kunshan", on(2025, 2, 10)) as here:
        base = kit.make_base(here)
        unit: Actor = kit.unit_of(base)
        with clock.travel(on(2024, 12, 20)):
            brought_in(base, "training", [*trained(base, 2024, 3, 1)], by=unit, officer=here.officer)
        row = round_of(here, 2024).assessments.get(base=base)
        assert suggestion(row.scheme, check_lines(row)) == ""
        with pytest.raises(Refused, match="理由"):
            approved(row, here, "rectify")
        period = rectifying(here, approved(row, here, "rectify", "培训人数不足，第一次未完成，限期整改"))
        assert (period.starts_on, period.ends_on > clock.today()) == (date(2025, 2, 10), True)
        assert "年度总结：应报 1 份，已报 0 份" in period.case.facts
        place = {"jurisdiction": here.place.code, "pk": row.pk}
        page = sign_in(here.officer).get(reverse("assessments:assessment", kwargs=place))
        assert "年度总结：应报 1 份，已报 0 份" in page.content.decode()
        with clock.travel(on(2025, 7, 1)):
            improvements.close_improvement(improvement=period, passed=True, result="已补办班次", by=here.officer)
        with clock.travel(on(2026, 1, 15)):
            row = approved(round_of(here, 2025).assessments.get(base=base), here, "failed", "两项指标连续两年未完成")
            assert (row.state, row.consequence) == ("hearing", "failed")
            gone = ended(case_of(row), here.officer, here.approver)
        assert (gone.state, case_of(row).clause, Announcement.objects.count()) == ("revoked", "五（二）4", 1)
        assert LostTitle.objects.get(credit_code=base.organisation.credit_code).kind == "撤销"


@pytest.mark.rule("KS-A-03")
def test_an_agreement_broken_and_not_mended_ends_in_revocation_by_the_second_trigger() -> None:
    with kit.at("kunshan", on(2025, 2, 10)) as here:
        base = kit.make_base(here)
        row = rounds_checks.begin_check(base=base, scheme_key="agreement", by=here.officer)
        period = rectifying(here, approved(row, here, "rectify", "未按协议开设免费班次"))
        with pytest.raises(Refused, match="尚未届满"):
            cases_kit.proposed(base, "breach", here.officer)
        with clock.travel(on(2025, 12, 10)):
            assert period.has_run_out(clock.today())
            improvements.close_improvement(improvement=period, passed=False, result="复查仍未开班", by=here.officer)
            gone = ended(cases_kit.proposed(base, "breach", here.officer), here.officer, here.approver)
        assert (gone.state, Announcement.objects.count()) == ("revoked", 1)
