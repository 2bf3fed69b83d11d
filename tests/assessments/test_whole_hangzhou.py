"""Hangzhou, the whole line: books, reports and self-assessment of two years, the experts' means, each grade, the plaque."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import LostTitle
from assessments.enums import PlaqueState
from assessments.models import Announcement, Assessment, Base, Case
from assessments.selectors.cases import plaques_to_remove
from assessments.services import (
    case_effects,
    case_hearings,
    rounds,
    rounds_panel,
    rounds_results,
    rounds_self,
    rounds_vetoes,
)
from assessments.services.register import record_plaque
from portal.calendars import clock
from portal.documents.models import Document
from tests.assessments import cases_kit
from tests.assessments import rounds_kit as kit
from tests.assessments.whole_kit import brought_in, case_of, ended, on, reported

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025)
FULL = {6: "4", 7: "3", 8: "3", 9: "5", 10: "10", 11: "5"}
"""What experts give where all is in order; the rest follows from the record and the self-assessment."""
THIRDS = FULL | {6: "11/3", 7: "7/3"}
"""The means of three experts: 3.66 and 2.33, cut to two decimals, 1.01 short of the maximum."""
HISTORIES: tuple[tuple[str, str, tuple[int, int], int, dict[int, str], str], ...] = (
    # grade, points, persons served outside in each year, city contests, experts' means, leased equipment
    ("优秀", "90.00", (1500, 5000), 0, FULL, "0"),
    ("优秀", "90.00", (301, 1500), 1, FULL | {10: "8"}, "0"),  # 88 and a contest: flagged
    ("良好", "89.99", (1501, 1501), 0, THIRDS | {10: "1"}, "0"),
    ("良好", "80.00", (300, 9000), 0, FULL, "0"),
    ("合格", "79.99", (1500, 1501), 0, THIRDS | {10: "1"}, "0"),
    ("合格", "60.00", (0, 9000), 0, FULL | {10: "0"}, "0"),
    ("不合格", "59.99", (1, 300), 0, THIRDS | {10: "6"}, "500"),  # all equipment leased: nothing for item 2
)
GROUP = {
    "client": "杭州北塘机电有限公司", "kind": "training", "project": "数控加工", "hours": "16.0", "application": "yes",
    "agreement": "yes", "booking": "yes", "trainees": "yes",
}  # fmt: skip


def served(quantities: tuple[int, int]) -> list[dict[str, str]]:
    """A group from outside in spring and one in autumn, so many persons in each year; own trainees count nowhere."""
    rows = [GROUP | {"on": f"{year}-03-20", "side": "own", "person_times": "900"} for year in YEARS]
    for year, quantity in zip(YEARS, quantities, strict=True):
        for month, number in ((2, quantity // 2), (12, quantity - quantity // 2)):
            if number:
                rows.append(GROUP | {"on": f"{year}-{month:02}-09", "side": "external", "person_times": str(number)})
    return rows


def contest(number: int) -> dict[str, str]:
    """A contest of the city."""
    name, document = f"第{number + 1}届技能大赛", "竞赛组委会〔2025〕1号"
    return {"on": f"2025-05-{10 + number}", "name": name, "level": "city", "entrants": "80", "document": document}


def lived(base: Base, here: kit.Place, quantities: tuple[int, int], contests: int = 0) -> Any:
    """Let a base keep its books for two years; the officer verifies them. Return a person of its unit."""
    unit = kit.unit_of(base)
    brought_in(base, "service", served(quantities), by=unit, officer=here.officer)
    if contests:
        brought_in(base, "contests", [contest(each) for each in range(contests)], by=unit, officer=here.officer)
    return unit


def self_assessed(row: Assessment, unit: Any, leased: str = "0") -> Assessment:
    """Hand a self-assessment in."""
    said = {"self": kit.SELF["self"] | {"owned": "0" if leased != "0" else "500", "leased": leased}}
    return rounds_self.submit_self(assessment=row, answers=said, by=unit)


def judged(here: kit.Place, row: Assessment, means: dict[int, str]) -> Assessment:
    """Let experts give their means; a grade that the bonus changed is confirmed by their chair. Propose it."""
    row = kit.scored(here, row, means)
    if row.result and row.result["flagged"]:
        rounds_panel.confirm_flag(assessment=row, reason="市级大赛属实", by=kit.chair_of(row))
    return rounds_results.propose_grade(assessment=row, by=here.officer)


@pytest.mark.rule("HZ-A-01")
@pytest.mark.rule("HZ-A-02")
@pytest.mark.rule("HZ-A-04")
def test_two_years_of_seven_bases_come_to_each_grade_at_its_very_edge() -> None:
    with kit.at("hangzhou") as here:
        bases = [kit.make_base(here) for _ in HISTORIES]
        units = [lived(base, here, each[2], each[3]) for base, each in zip(bases, HISTORIES, strict=True)]
        found = rounds.open_round(found=kit.set_up(here), by=here.officer)
        rows = [found.assessments.get(base=base) for base in bases]
        for row, unit, (grade, total, _, _, means, leased) in zip(rows, units, HISTORIES, strict=True):
            done = judged(here, self_assessed(row, unit, leased), means)
            assert done.result is not None
            assert (done.outcome, done.result["total"]) == (grade, total)
            assert done.state == ("hearing" if grade == "不合格" else "proposed")
        flagged = Assessment.objects.get(pk=rows[1].pk)
        assert flagged.result is not None
        assert (flagged.result["by_base"], flagged.flag_reason) == ("良好", "市级大赛属实")
        for row in rows[:-1]:
            rounds_results.approve_result(assessment=row, by=here.approver)
        assert len(rounds.publish_results(found=found, by=here.approver)) == len(rows) - 1
        assert [Case.objects.filter(base=base).count() for base in bases] == [0] * 6 + [1]
        assert ended(case_of(rows[-1]), here.officer, here.approver).state == "revoked"
        assert Base.objects.filter(state="active").count() == len(rows) - 1
        assert Document.objects.filter(kind="assessment_sheet").values("subject_id").distinct().count() == len(rows)
        assert rounds.close_round(found=found, by=here.officer).state == "closed"


def vetoed(here: kit.Place, row: Assessment) -> Assessment:
    """Have a fact recorded and confirmed that decides whatever the points; propose what follows."""
    facts = "2025年11月实训车间发生重大安全事故，经查属实。"
    veto = rounds_vetoes.record_veto(
        assessment=row, code="incident", facts=facts, files=[kit.proof(here.officer)], by=here.officer
    )
    rounds_vetoes.decide_veto(veto=veto, confirmed=True, opinion="属实", by=here.approver)
    return rounds_results.propose_grade(assessment=row, by=here.officer)


@pytest.mark.rule("HZ-A-12")
def test_a_base_with_full_marks_and_an_accident_loses_its_title_its_plaque_and_all_that_hangs_on_it() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        with clock.travel(on(2024, 1, 8)):
            record_plaque(
                base=base, state=PlaqueState.HANDED_OVER, on=clock.today(), receiver="基地经办人", by=here.officer
            )
        unit = lived(base, here, (1600, 1600), 5)
        with clock.travel(on(2026, 1, 14)):
            assert reported(base, unit, ("plan", "annual"), clock.today()) == 4
        row = self_assessed(kit.opened(here, base), unit)
        row = kit.scored(here, row, FULL)
        assert row.result is not None
        assert (row.result["total"], row.result["grade"]) == ("110.00", "优秀")
        row = vetoed(here, row)
        assert (row.outcome, row.consequence, row.state) == ("不合格", "revoke", "hearing")
        case = case_of(row)
        assert "重大安全事故" in case.facts
        case_hearings.serve(case=case, by=here.officer)
        case_hearings.state(case=case, text="事故原因为外部施工，我单位已整改，请予考虑。", by=unit)
        case_hearings.record_hearing(
            case=case, on=clock.today(), text="经复核，事故责任在该单位，意见不予采纳。", by=here.officer
        )
        done = cases_kit.decided(case, here.approver)
        case_effects.carry_out(case=done, by=here.officer)
        lost = Base.objects.get(pk=base.pk)
        assert (lost.state, lost.ended_on, lost.plaque_state) == ("revoked", clock.today(), "handed_over")
        assert list(plaques_to_remove(Base.objects.all())) == [lost]
        record_plaque(base=lost, state=PlaqueState.REMOVED, on=clock.today(), receiver="执法人员", by=here.officer)
        assert list(plaques_to_remove(Base.objects.all())) == []
        told = Announcement.objects.get(case=done)
        title = LostTitle.objects.get(credit_code=base.organisation.credit_code)
        assert (title.base_name, title.kind, title.document_number) == (base.name, "撤销", told.document_number)
        page = Client().get(reverse("assessments:announcement", kwargs={"jurisdiction": "hangzhou", "pk": told.pk}))
        assert base.name in page.content.decode()
        kinds = set(Document.objects.values_list("kind", flat=True))
        assert {"assessment_sheet", "assessment_notice"} < kinds
