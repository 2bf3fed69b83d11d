"""Writing, handing in, accepting and returning a report: lateness to the second, versions, two people, the numbers it feeds."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_scopes import scope

from applications.services.moves import WrongState
from assessments.models import Base, LedgerRow, Report, ReportVersion
from assessments.selectors.figures import sums
from assessments.selectors.reports import paper_at, versions_of
from assessments.services.records import add_row, verify_rows
from assessments.services.reports import Unfinished, accept_report, return_report, save_report, submit_report
from assessments.services.together import Clash
from portal.audit.models import Event
from portal.calendars import clock
from portal.calendars.models import CalendarYear
from portal.documents.models import Document
from portal.notifications.models import Message
from portal.policy import registry
from portal.policy.ledger import Period
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.services.refusal import Refused
from tests.assessments.ledger_kit import certificate, make_base, reporter
from tests.assessments.reports_kit import FILLED, LAST_SECOND, MARCH, at, handed_in, typed
from tests.factories import make_actor, make_office, make_unit
from tests.reviews.kit import approver, officer


@pytest.fixture
def base(hangzhou: Any) -> Base:
    return make_base(hangzhou, "school")


@pytest.mark.parametrize(("second", "late"), [(0, False), (1, True)])
def test_the_last_second_of_the_due_day_is_in_time_and_the_next_is_late(base: Base, second: int, late: bool) -> None:
    with clock.travel(LAST_SECOND + timedelta(seconds=second)):
        report = handed_in(base, reporter(base))
    report.refresh_from_db()
    assert (report.late, report.due_on, report.state, report.version) == (late, date(2024, 4, 10), "submitted", 1)
    event = Event.objects.get(action="report.submit")
    assert event.data["late"] is late


def test_while_the_calendar_is_missing_a_report_is_taken_and_its_lateness_left_open(db: Any) -> None:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(at(2024, 6, 1)):
        base = make_base(place, "ts")
        CalendarYear.objects.filter(year=2024).delete()
        report = handed_in(base, reporter(base), progress="正常", next="继续")
        assert (report.late, report.due_on) == (None, None)
        assert set(report.figures) == {"trained", "certified", "certified_high", "surveyed", "satisfied", "spent"}


def test_a_second_click_hands_nothing_in_again(base: Base) -> None:
    by = reporter(base)
    with clock.travel(at(2024, 4, 3)):
        report = handed_in(base, by)
        again = submit_report(base_id=base.pk, key="monthly", start=MARCH, revision=report.revision, by=by)
    assert again.pk == report.pk
    assert ReportVersion.objects.count() == Document.objects.filter(kind="base_report").count() == 1


def test_a_draft_keeps_what_is_wrong_and_cannot_be_handed_in(base: Base) -> None:
    by = reporter(base)
    with clock.travel(at(2024, 4, 3)):
        report = typed(base, by, **FILLED | {"classes": "三个班", "analysis": ""})
        with pytest.raises(Unfinished) as trouble:
            submit_report(base_id=base.pk, key="monthly", start=MARCH, revision=report.revision, by=by)
    assert [each.label for each in trouble.value.problems] == ["开设班次", "统计分析"]
    report.refresh_from_db()
    assert (report.state, report.answers["month"]["classes"]) == ("draft", "三个班")


def test_a_report_is_written_only_when_its_period_is_over_and_only_by_its_unit(base: Base) -> None:
    with clock.travel(at(2024, 3, 31)), pytest.raises(WrongState, match="自2024年4月1日起填报"):
        typed(base, reporter(base))
    stranger, officer_ = make_actor("unit_admin", make_unit()), officer(base.jurisdiction)
    said = {"base_id": base.pk, "key": "monthly", "start": MARCH, "answers": FILLED, "revision": 0}
    with clock.travel(at(2024, 4, 3)):
        with pytest.raises(Base.DoesNotExist):
            save_report(**said, by=stranger)
        with pytest.raises(PermissionDenied):
            save_report(**said, by=officer_)
        with pytest.raises(KeyError):
            save_report(**said | {"start": date(2023, 1, 1)}, by=reporter(base))
    assert not Report.objects.exists()


def test_two_people_write_different_answers_and_clash_over_the_same(base: Base) -> None:
    by, other = reporter(base), reporter(base)
    said = {"base_id": base.pk, "key": "monthly", "start": MARCH, "revision": 1}
    with clock.travel(at(2024, 4, 3)):
        typed(base, by)
        save_report(**said, answers=FILLED | {"classes": "4"}, by=by, before=FILLED)
        both = save_report(**said, answers=FILLED | {"hours": "99"}, by=other, before=FILLED)
        assert both.report is not None
        assert (both.report.answers["month"]["classes"], both.report.answers["month"]["hours"]) == ("4", "99")
        with pytest.raises(Clash, match="开设班次"):
            save_report(**said, answers=FILLED | {"classes": "5"}, by=other, before=FILLED)
        with pytest.raises(WrongState, match="重新核对"):
            submit_report(base_id=base.pk, key="monthly", start=MARCH, revision=1, by=by)


def test_a_returned_report_comes_back_as_a_new_version_beside_the_old(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    with clock.travel(at(2024, 4, 3)):
        report = handed_in(base, by)
        with pytest.raises(WrongState, match="已报送"):
            typed(base, by, **FILLED | {"classes": "9"})
        with pytest.raises(Refused, match="退回原因"):
            return_report(report=report, reason=" ", by=boss)
        return_report(report=report, reason="班次与台账不符", by=boss)
    assert "班次与台账不符" in Message.objects.get(title="报告被退回更正", user=by.user).body
    with clock.travel(at(2024, 5, 20)):
        report = handed_in(base, by, **FILLED | {"classes": "9"})
        accept_report(report=report, by=boss)
        with pytest.raises(WrongState, match="审核通过"):
            return_report(report=report, reason="再看", by=boss)
    report.refresh_from_db()
    assert (report.version, report.state, report.late) == (2, "accepted", False)  # first handed in on 3 April
    (second, changes), (first, _) = versions_of(report)
    assert [(each.label, each.old_display, each.new_display) for each in changes] == [("开设班次", "3 班", "9 班")]
    assert (first.returned_reason, first.sha256 != second.sha256) == ("班次与台账不符", True)


def test_only_an_officer_of_the_bases_bureau_accepts(base: Base) -> None:
    with clock.travel(at(2024, 4, 3)):
        report = handed_in(base, reporter(base))
        elsewhere = make_actor("bureau_officer", make_office(Jurisdiction.objects.get(code="kunshan")))
        for by in (approver(base.jurisdiction), elsewhere, reporter(base)):
            with pytest.raises(PermissionDenied):
                accept_report(report=report, by=by)


def test_tallies_are_kept_as_they_were_when_handed_in(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    row = {
        "on": "2024-03-20", "client": "测试服务单位", "side": "对外", "kind": "职业技能实训", "project": "数控", "person_times": "30",
        "application": "是", "agreement": "是", "booking": "是", "trainees": "是",
    }  # fmt: skip
    with clock.travel(at(2024, 4, 3)):
        kept = add_row(base=base, ledger="service", values=row, by=by)
        report = handed_in(base, by)
        assert report.figures["service_external"] == {"reported": "30", "verified": "0", "parts": []}
        verify_rows(rows=LedgerRow.objects.filter(pk=kept.pk), by=boss)
        report.refresh_from_db()
        lines = {line.tally.key: line for line in paper_at(base, "monthly", MARCH).figures()}
    assert (lines["service_external"].reported, lines["service_external"].verified) == (Fraction(30), Fraction(0))


def test_numbers_of_a_report_become_figures_and_are_verified_when_it_is_accepted(db: Any) -> None:
    place = Jurisdiction.objects.get(code="skills_foundation")
    with scope(jurisdiction=place), clock.travel(at(2025, 1, 5)):
        base = make_base(place, registry.current(place.code).tracks[0].key)
        bureau = next(each for each in Organisation.objects.filter(jurisdiction=place) if each.tier is Tier.BUREAU)
        by, boss = reporter(base), make_actor("bureau_officer", bureau)
        said = {
            "trained": "2100",
            "advanced": "700",
            "certified": "600",
            "projects": "研修两期。",
            "experience": "经验。",
        }
        year = Period(date(2024, 1, 1), date(2024, 12, 31))

        def amount() -> tuple[Fraction, Fraction]:
            found = sums(base, ["trained"], year)["trained"]
            return found.reported, found.verified

        report = handed_in(base, by, key="yearly", start=year.start, **said)
        assert amount() == (2100, 0)
        return_report(report=report, reason="请核对", by=boss)
        assert amount() == (0, 0)
        accept_report(report=handed_in(base, by, key="yearly", start=year.start, **said), by=boss)
        assert amount() == (2100, 2100)


@pytest.mark.rule("F17")
def test_certificates_are_told_by_kind_and_level_and_spending_by_item(db: Any) -> None:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(at(2024, 6, 3)):
        base = make_base(place, "ts")
        by, boss = reporter(base), officer(place)
        rows = [add_row(base=base, ledger="certificates", values=certificate(number), by=by) for number in (1, 2)]
        add_row(base=base, ledger="certificates", values=certificate(3, level="五级/初级工"), by=by)
        verify_rows(rows=LedgerRow.objects.filter(pk=rows[0].pk), by=boss)
        report = handed_in(base, by, start=date(2024, 5, 1), progress="正常", next="继续")
        assert report.figures["certified"] == {
            "reported": "3",
            "verified": "1",
            "parts": [["kind", "level", "3", "1"], ["level", "5", "1", "0"], ["level", "3", "2", "1"]],
        }
        (line,) = [
            each for each in paper_at(base, "monthly", date(2024, 5, 1)).figures() if each.tally.key == "certified"
        ]
    assert [(each.title, each.reported_text) for each in line.parts] == [
        ("证书类别：职业技能等级证书", "3"), ("等级：五级/初级工", "1"), ("等级：三级/高级工", "2"),
    ]  # fmt: skip
