"""Makers for whole histories: books brought in as workbooks and verified, reports filed when due, a case walked to its end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from assessments.models import Account, Assessment, Base, Case, LedgerRow
from assessments.selectors.bases import with_terms
from assessments.selectors.due import expected
from assessments.services import case_effects, case_hearings, imports, records
from assessments.services.money_account import faults_of
from assessments.services.reports import save_report, submit_report
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy.sample import samples_of
from tests.assessments import cases_kit
from tests.assessments.ledger_kit import workbook

Rows = Sequence[Mapping[str, Any]]


def on(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """Return an instant on a Shanghai clock."""
    return datetime(year, month, day, hour, tzinfo=clock.SHANGHAI)


def brought_in(base: Base, ledger: str, rows: Rows, *, by: Actor, officer: Actor | None = None) -> None:
    """Bring rows in as a workbook, today; `officer` verifies them."""
    declared = next(each for each in base.edition.ledgers if each.key == ledger)
    content = workbook(declared, [dict(row) for row in rows])
    job = imports.preview_import(base=base, ledger=ledger, content=content, name=f"{declared.title}.xlsx", by=by)
    assert job.problems == []
    imports.apply_import(pk=job.pk, by=by)
    if officer is not None:
        records.verify_rows(rows=LedgerRow.objects.filter(base=base), by=officer)


def reported(base: Base, by: Actor, keys: Iterable[str], until: date) -> int:
    """File every report of these keys that is due by a day, each on its last day; return how many that was."""
    samples = samples_of(base.jurisdiction.code)
    assert samples is not None
    assert samples.after is not None
    held = with_terms(Base.objects.filter(pk=base.pk)).get()
    wanted, filed = set(keys), 0
    for each in expected(held, until):
        if each.report.key in wanted and each.due_on and each.due_on <= until:
            place: dict[str, Any] = {"base_id": base.pk, "key": each.report.key, "start": each.period.start, "by": by}
            with clock.travel(datetime.combine(each.due_on, datetime.min.time(), clock.SHANGHAI) + timedelta(hours=17)):
                paper = save_report(answers=samples.after.answers(each.report.key), revision=0, **place)
                assert paper.report is not None
                assert submit_report(revision=paper.report.revision, **place).state == "submitted"
            filed += 1
    return filed


def balanced(base: Base) -> dict[str, int]:
    """Return the sums of a base's account in whole yuan; its journal explains them, and they balance."""
    account = Account.objects.get(base=base)
    assert faults_of(account, account.entries.all()) == []
    found = {name: int(float(text)) for name, text in account.figures().items()}
    assert found["granted"] == found["paid"] + found["due"] + found["cancelled"]
    assert found["paid"] == found["spent"] + found["unspent"]
    assert found["recovered"] <= found["ordered"] <= found["paid"]
    return found


def case_of(row: Assessment) -> Case:
    """Return the case that an assessment's result has led to."""
    return Case.objects.get(assessment=row)


def ended(case: Case, officer: Actor, approver: Actor) -> Base:
    """Tell the unit, wait until its days are over, decide and carry out; return the base as it is then."""
    case_hearings.serve(case=case, by=officer)
    case.refresh_from_db()
    assert case.hearing_until is not None
    with clock.travel(case.hearing_until):
        done = cases_kit.decided(case, approver, number=case.pk)
        case_effects.carry_out(case=done, by=officer)
    case.refresh_from_db()
    return Base.objects.get(pk=case.base_id)
