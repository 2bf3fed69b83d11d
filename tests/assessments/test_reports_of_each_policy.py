"""Every kind of report of every policy: written, handed in on its due day, printed, accepted."""

from typing import Any

import pytest
from django_scopes import scope

from assessments.models import Base, ReportFile
from assessments.selectors.due import DueState, expected
from assessments.selectors.report_printing import report_context
from assessments.selectors.reports import paper_at
from assessments.services.report_files import add_file
from assessments.services.reports import accept_report, submit_report
from portal.calendars import clock
from portal.documents.inspection.rules import Rules
from portal.documents.models import Document
from portal.documents.services.store import store_file
from portal.policy import registry
from portal.policy.form import Field, FieldKind
from portal.policy.ledger import Period
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction, Organisation
from tests.assessments.ledger_kit import make_base, reporter
from tests.assessments.reports_kit import a_pdf, at, typed
from tests.factories import make_actor

KINDS = [(place.code, form.key) for place in registry.profiles() for form in registry.current(place.code).reports]
VALUES = {FieldKind.INTEGER: "5", FieldKind.DECIMAL: "5.5", FieldKind.MONEY: "5", FieldKind.YES_NO: "yes"}


def an_answer(asked: Field) -> str:
    return VALUES.get(asked.kind, "已按计划完成。")


@pytest.mark.rule("F15")
@pytest.mark.rule("F17")
@pytest.mark.rule("F21")
@pytest.mark.parametrize(("code", "key"), sorted(set(KINDS)))
def test_a_report_of_each_kind_is_handed_in_printed_and_accepted(db: Any, code: str, key: str) -> None:
    place = Jurisdiction.objects.get(code=code)
    with scope(jurisdiction=place):
        form = next(each for each in registry.current(code).reports if each.key == key)
        track = form.tracks[0] if form.tracks else registry.current(code).tracks[0].key
        base = make_base(place, track, recognised_on=at(2024, 1, 15).date())
        by, owed = reporter(base), _first_due(base, key)
        assert owed.due_on is not None
        with clock.travel(clock.start_of_day(owed.due_on)):
            answers = {item.key: an_answer(item) for section in form.sections for item in section.fields}
            typed(base, by, key=key, start=owed.period.start, **answers)
            _upload(base, key, owed.period, by)
            report = paper_at(base, key, owed.period.start).report
            assert report is not None
            report = submit_report(base_id=base.pk, key=key, start=owed.period.start, revision=report.revision, by=by)
            assert report.late is False
            bureau = next(each for each in Organisation.objects.filter(jurisdiction=place) if each.tier is Tier.BUREAU)
            accept_report(report=report, by=make_actor("bureau_officer", bureau))
        again = next(
            each for each in expected(base, owed.due_on) if (each.report.key, each.period) == (key, owed.period)
        )
        assert again.state is DueState.ACCEPTED
        document = Document.objects.get(kind="base_report")
        assert f"<h1>{form.title}</h1>" in document.source
        assert len(report_context(report.versions.get())["figures"]) <= len(form.tallies)


def _first_due(base: Base, key: str) -> Any:
    return next(each for each in expected(base, at(2025, 12, 31).date()) if each.report.key == key)


def _upload(base: Base, key: str, period: Period, by: Any) -> None:
    for material in paper_at(base, key, period.start).form.materials:
        if material.minimum:
            stored = store_file(content=a_pdf(), name="报告.pdf", rules=Rules(), by=by, organisation=base.organisation)
            add_file(base_id=base.pk, key=key, start=period.start, slot=material.key, stored=stored, by=by)
    assert ReportFile.objects.count() <= 1
