"""The period to mend: how long by each policy, cut by the cap, guided, prolonged on a basis, looked at again, given once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from applications.services.moves import WrongState
from assessments.models import Base, Improvement
from assessments.selectors.cases import improvement_of, overdue_improvements, span_of
from assessments.services import case_effects, case_hearings, improvements
from portal.calendars import clock
from portal.documents.models import Document
from reviews.services.refusal import Refused
from tests.assessments.cases_kit import Bureau, at, base_of, bureau, decided, proposed, served, unit_of

pytestmark = pytest.mark.django_db
TITLE = date(2024, 10, 15)
MISSED_BOTH = at("2026-11-02T10:00")


@pytest.fixture
def home(db: Any) -> Iterator[Bureau]:
    with bureau("shunyi") as found:
        yield found


def improving(home: Bureau, base: Base, key: str = "improve", **more: Any) -> Improvement:
    """Return the improvement a base was given today."""
    case = decided(proposed(base, key, home.officer, **more), home.approver, number=base.pk)
    case_effects.carry_out(case=case, by=home.officer)
    return Improvement.objects.get(case=case)


@pytest.mark.rule("SY-A-03")
@pytest.mark.parametrize(
    ("decided_on", "first_year", "starts", "ends", "cut"),
    [
        ("2025-11-03", None, "2025-10-16", "2026-10-15", False),  # the first year was missed: the rest of the term
        ("2026-11-02", None, "2026-10-16", "2026-12-31", True),  # the total was missed: a year more, cut by the cap
        ("2026-11-02", True, "2025-10-16", "2026-10-15", False),  # found out late, but it was the first year
    ],
)
def test_an_improvement_is_computed_from_the_title(  # noqa: PLR0917  # one column a parameter
    home: Bureau, decided_on: str, first_year: bool | None, starts: str, ends: str, cut: bool
) -> None:
    base = base_of(home, "ts", on=TITLE)
    with clock.travel(at(f"{decided_on}T10:00")):
        case = proposed(base, "improve", home.officer, first_year=first_year)
    span = span_of(case, date.fromisoformat(decided_on), base.setting_values)
    assert (f"{span.starts_on}", f"{span.ends_on}", span.cut) == (starts, ends, cut)
    assert ("2027年10月15日" in span.words) is cut


@pytest.mark.rule("SY-A-03")
def test_the_cap_never_ends_it_before_the_term_and_may_be_moved(home: Bureau) -> None:
    late = base_of(home, "ts", on=date(2025, 3, 10))
    with clock.travel(MISSED_BOTH):
        case = proposed(late, "improve", home.officer, first_year=False)
        span = span_of(case, clock.today(), late.setting_values)
        assert (span.ends_on, span.policy_end, span.cut) == (date(2027, 3, 10), date(2028, 3, 10), True)
        free = span_of(case, clock.today(), late.setting_values | {"improve.cap": "2030-12-31"})
        assert (free.ends_on, free.cut) == (date(2028, 3, 10), False)


@pytest.mark.rule("SY-A-03")
def test_a_cut_period_is_prolonged_on_a_basis_and_no_further_than_a_year(home: Bureau) -> None:
    base = base_of(home, "ts", on=TITLE)
    with clock.travel(MISSED_BOTH):
        row = improving(home, base)
        assert "2026年12月31日截断" in Document.objects.get(kind="case_decision").source
        said: dict[str, Any] = {"improvement": row, "basis": "顺人社函〔2026〕12号", "by": home.officer}
        for to in (date(2026, 12, 31), date(2027, 10, 16)):
            with pytest.raises(Refused, match="2027-10-15"):
                improvements.extend(to=to, **said)
        with pytest.raises(Refused, match="延长依据"):
            improvements.extend(**(said | {"to": date(2027, 10, 15), "basis": " "}))
        row = improvements.extend(to=date(2027, 6, 30), **said)
        assert (row.ends_on, row.extended_from) == (date(2027, 6, 30), date(2026, 12, 31))
    with clock.travel(at("2025-11-03T10:00")):
        whole = improving(home, base_of(home, "ts", on=TITLE))
        with pytest.raises(WrongState, match="没有被政策截止日截断"):
            improvements.extend(**(said | {"improvement": whole, "to": date(2027, 1, 1)}))


@pytest.mark.rule("SY-A-03", "SY-A-10")
def test_it_is_given_once_guided_and_leads_to_termination_when_it_fails(home: Bureau) -> None:
    base = base_of(home, "ds", on=TITLE)
    with clock.travel(at("2025-11-03T10:00")):
        row = improving(home, base)
        improvements.add_guidance(
            improvement=row, on=clock.today(), guide="区人力社保局技能科", content="逐项查找差距", by=home.officer
        )
        with pytest.raises(Refused, match="尚未届满"):
            proposed(base, "terminate", home.officer)
        with pytest.raises(Refused, match="只给予一次"):
            proposed(base, "improve", home.officer)
        with pytest.raises(WrongState, match="届满后方可"):
            improvements.close_improvement(improvement=row, passed=False, result="仍未达到", by=home.officer)
        assert not overdue_improvements(Base.objects.all(), clock.today()).exists()
    with clock.travel(at("2026-10-16T00:00")):
        assert overdue_improvements(Base.objects.all(), clock.today()).get() == row
        improvements.close_improvement(improvement=row, passed=False, result="两年内未承办竞赛", by=home.officer)
        with pytest.raises(WrongState, match="已复核"):
            improvements.close_improvement(improvement=row, passed=True, result="改口", by=home.approver)
        case = served(base, "terminate", home.officer)
        case_hearings.waive(case=case, by=unit_of(base))
        case_effects.carry_out(case=decided(case, home.approver), by=home.officer)
    base.refresh_from_db()
    assert (base.state, improvement_of(base)) == ("terminated", row)


def test_a_base_that_mended_cannot_lose_its_title_for_it(home: Bureau) -> None:
    base = base_of(home, "ts", on=TITLE)
    with clock.travel(at("2025-11-03T10:00")):
        row = improving(home, base)
        improvements.close_improvement(improvement=row, passed=True, result="达到要求", by=home.approver)
        with pytest.raises(Refused, match="已达到要求"):
            proposed(base, "terminate", home.officer)


@pytest.mark.rule("KS-A-03")
def test_kunshans_rectification_runs_its_months_and_opens_the_second_trigger() -> None:
    with bureau("kunshan") as home:
        base = base_of(home)
        with clock.travel(at("2025-11-30T10:00")):
            row = improving(home, base, "rectify")
            assert (row.starts_on, row.ends_on, row.once) == (date(2025, 11, 30), date(2026, 2, 28), False)
        with clock.travel(at("2026-03-02T10:00")):
            case = served(base, "breach", home.officer)  # it has run out and nobody found that it was done
            case_hearings.waive(case=case, by=unit_of(base))
            case_effects.carry_out(case=decided(case, home.approver, number=9), by=home.officer)
        row.refresh_from_db()
        base.refresh_from_db()
        assert (base.state, row.state) == ("revoked", "failed")
