"""Bases of earlier years: taken over into the register, with the ledgers they kept and the reports they filed since."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from assessments.enums import PlaqueState
from assessments.forms.taking_over_rows import check_rows
from assessments.models import Base, GrantLine, LedgerRow, Report
from assessments.selectors.bases import with_terms
from assessments.selectors.due import Expected, expected
from assessments.services import (
    claim_decisions,
    imports,
    payments,
    records,
    register,
    report_files,
    reports,
    taking_over,
)
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.demo.filing import Cast, on
from portal.policy import registry
from portal.policy.ledger import Every, Ledger
from portal.policy.sample import SampleAfter, SampleBase, Samples
from portal.policy.term import months_later
from portal.policy.values import show
from portal.tenancy.models import Jurisdiction

ENTERED = Decimal(1_000_000)  # granted where the policy names no amount
FEW = 3  # one report in so many is what a base that does poorly has filed
MONTHS_OF_BOOKS = 12  # that one workbook holds


def take_over(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> list[tuple[SampleBase, Base]]:
    """Enter every base of earlier years in the register as of its recognition, plaque and first payment included."""
    after, edition = samples.after, registry.current(jurisdiction.code)
    found = []
    for number, sample in enumerate(after.bases if after else (), start=1):
        recognised = sample.recognised(today)
        unit = cast.units[sample.unit][0]
        track = sample.track or unit.track
        naming = edition.naming_of(track)
        row = {
            "name": naming.name(sample.core),
            "unit": unit.name,
            "credit_code": unit.credit_code,
            "district": unit.district,
            "track": edition.track(track).title,
            "recognised_under": sample.under or edition.document_number or edition.title,
            "document_number": sample.document.format(year=recognised.year),
            "recognised_on": recognised.isoformat(),
            "certificate_number": f"{jurisdiction.code[:2].upper()}-{recognised.year}-{number:03d}",
            "plaque_text": naming.plaque,
            "plaque_on": "",
        }
        with clock.travel(on(recognised + timedelta(days=9), 10)):
            base = _entered(cast, jurisdiction, row)
        _settle(cast, base, recognised)
        found.append((sample, base))
    return found


def _entered(cast: Cast, jurisdiction: Jurisdiction, row: dict[str, str]) -> Base:
    checked = check_rows(jurisdiction, [(2, row)])
    if checked.problems:
        raise ValueError(f"{row['name']}: {checked.problems}")
    proposed = taking_over.propose_taking_over(
        jurisdiction=jurisdiction,
        file_name="历史基地.xlsx",
        rows=checked.rows,
        basis=f"{row['document_number']}及认定档案",
        by=cast.officer,
    )
    (base,) = taking_over.approve_taking_over(taking=proposed, by=cast.approver, reason="与档案核对无误")
    return base


def _settle(cast: Cast, base: Base, recognised: date) -> None:
    """Hand the plaque over, and pay what may be paid by then."""
    for support in base.edition.money_of(base.track_key):
        if support.entered:
            with clock.travel(on(recognised + timedelta(days=12), 10)):
                claim = claim_decisions.enter_grant(
                    base=base, support_key=support.key, amount=ENTERED, basis="财政年度预算批复", by=cast.officer
                )
                claim_decisions.approve_second(claim=claim, words="与批复一致，同意拨付。", by=cast.approver)
    with clock.travel(on(recognised + timedelta(days=20), 10)):
        register.record_plaque(
            base=base, state=PlaqueState.HANDED_OVER, on=clock.today(), receiver="基地负责人", by=cast.officer
        )
        for line in GrantLine.objects.filter(grant__account__base=base, state="payable"):
            payments.record_payment(
                line=line, paid_on=clock.today(), voucher=f"拨{clock.today():%Y%m%d}", by=cast.staff["finance"]
            )


def live(cast: Cast, after: SampleAfter, sample: SampleBase, base: Base, today: date) -> None:
    """Let a base keep its books and file its reports until today; what is older than a month and a half is verified."""
    actor = cast.units[sample.unit][1]
    for ledger in base.edition.ledgers:
        if not ledger.tracks or base.track_key in ledger.tracks:
            for books, at in _books(after, sample, base, ledger, today):
                _bring_in(base, ledger, books, actor, at)
    settled = LedgerRow.objects.filter(base=base, on__lt=today - timedelta(days=45))
    if settled.exists():
        with clock.travel(on(today, 9) - timedelta(hours=12)):
            records.verify_rows(rows=settled, by=cast.officer)
    _report(cast, after, sample, base, today)


def _books(
    after: SampleAfter, sample: SampleBase, base: Base, ledger: Ledger, today: date
) -> Iterator[tuple[list[list[str]], datetime]]:
    """Yield the rows of twelve months at a time as the lines of a workbook, with when it was brought in."""
    start = base.recognised_on.replace(day=1)
    while start <= today:
        months = [months_later(start, number) for number in range(MONTHS_OF_BOOKS)]
        end = min(months_later(start, MONTHS_OF_BOOKS), today)
        given = [row for month in months for row in after.rows(sample, ledger.key, month)]
        kept = [row for row in given if base.recognised_on.isoformat() <= row[ledger.dated] < end.isoformat()]
        if kept:
            yield [[show(column, row.get(column.key, "")) for column in ledger.columns] for row in kept], on(end, 8)
        start = months_later(start, MONTHS_OF_BOOKS)


def _bring_in(base: Base, ledger: Ledger, lines: list[list[str]], actor: Actor, at: datetime) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ledger.title)
    sheet.append([column.label for column in ledger.columns])
    for line in lines:
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    with clock.travel(at):
        job = imports.preview_import(
            base=base, ledger=ledger.key, content=content, name=f"{ledger.title}.xlsx", by=actor
        )
        imports.apply_import(pk=job.pk, by=actor)


def _report(cast: Cast, after: SampleAfter, sample: SampleBase, base: Base, today: date) -> None:
    """File what was due, in time; the last report waits for the bureau, and a base that does poorly files few."""
    actor = cast.units[sample.unit][1]
    held = with_terms(Base.objects.filter(pk=base.pk)).get()
    owed = [each for each in expected(held, today) if each.due_on and each.due_on < today]
    owed.sort(key=lambda each: each.due_on or today)
    for each in owed[: len(owed) // FEW] if sample.pace < 50 else owed:
        opens = max(each.opens_on, base.recognised_on + timedelta(days=10))
        day = max(opens, min(each.due_on or today, today) - timedelta(days=4))
        with clock.travel(on(min(day, each.due_on or day), 9)):
            report = _handed_in(cast, after, base, each, actor)
        recent = each.due_on is not None and each.due_on > today - timedelta(days=40)
        if each.report.every is not Every.MONTH and not recent:
            with clock.travel(on((each.due_on or today) + timedelta(days=6), 15)):
                reports.accept_report(report=report, by=cast.officer)


def _handed_in(cast: Cast, after: SampleAfter, base: Base, due: Expected, actor: Actor) -> Report:
    """Write a report, lay its stamped papers in, and hand it in, now."""
    place: dict[str, Any] = {"base_id": base.pk, "key": due.report.key, "start": due.period.start, "by": actor}
    reports.save_report(answers=after.answers(due.report.key), revision=0, **place)
    for material in (each for each in due.report.materials if each.minimum):
        stored = cast.evidence.file(material, base.organisation, actor)
        report_files.add_file(slot=material.key, stored=stored, **place)
    written = Report.objects.get(base=base, key=due.report.key, period_start=due.period.start)
    return reports.submit_report(revision=written.revision, **place)
