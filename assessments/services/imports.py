"""Workbooks of ledger rows: looked at first, then applied whole in one transaction, and only once."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from applications.forms.workbook import Unreadable
from applications.services.moves import WrongState
from assessments.enums import ImportState
from assessments.models import Base, LedgerImport, LedgerRow
from assessments.selectors.ledger_sheet import lines_of, with_problems
from assessments.selectors.ledgers import claimed_already
from assessments.selectors.row_reading import ReadRow, Wrong, read_row
from assessments.services.money import record_spending
from assessments.services.records import fill, require_ledger, require_unit, same_certificate
from assessments.services.rollup import CHUNK, Counting, locked_base, save_counted
from portal.accounts.actor import Actor
from portal.accounts.personal import open_bytes
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from portal.policy.ledger import Ledger
from reviews.services.refusal import Refused

SAMPLE = 50  # rows of a preview that are shown
MOST_PROBLEMS = 20_000


@dataclass
class Line:
    """One row of a workbook: sound (`row`), or with what is `wrong`; `known` rows are there already, `repeated` ones above."""

    number: int
    raw: Mapping[str, str]
    row: ReadRow | None
    wrong: list[Wrong]
    known: bool = False
    repeated: bool = False
    elsewhere: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it would be entered."""
        return self.row is not None and not (self.wrong or self.known or self.repeated)


@dataclass
class Check:
    """Checking the rows of one workbook against its ledger, in chunks: so many queries a chunk, so many rows in memory."""

    base: Base
    ledger: Ledger
    today: date
    seen: dict[str, int] = field(default_factory=dict)
    papers: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def chunks(self, content: BinaryIO) -> Iterator[list[Line]]:
        """Yield the checked rows."""
        lines = lines_of(self.ledger, content)
        while chunk := [self._read(number, raw) for number, raw in islice(lines, CHUNK)]:
            self._hold_against_rows([line for line in chunk if line.row and not line.wrong and not line.repeated])
            yield chunk

    def _read(self, number: int, raw: Mapping[str, str]) -> Line:
        row, wrong = read_row(self.base, self.ledger, raw, today=self.today)
        line = Line(number, raw, row, wrong)
        if row is None:
            return line
        if row.fingerprint in self.seen:
            line.repeated = True
            return line
        self.seen[row.fingerprint] = number
        if row.certificate:
            first = self.papers.setdefault(self._paper(row.certificate, row.on), number)
            if first != number:
                line.wrong.append(self._wrong(f"与文件第 {first} 行重复，同一编号只登记一次，请核对后删去其中一行"))
        return line

    def _hold_against_rows(self, lines: list[Line]) -> None:
        rows = LedgerRow.objects.filter(base=self.base, ledger=self.ledger.key, withdrawn_at=None).order_by("-pk")
        prints = {line.row.fingerprint for line in lines if line.row}
        papers = {line.row.certificate for line in lines if line.row and line.row.certificate}
        known: set[str] = set()
        entered: dict[tuple[Any, ...], tuple[int, date]] = {}
        same = rows.filter(Q(fingerprint__in=prints) | Q(certificate__in=papers))
        for pk, on, fingerprint, certificate in same.values_list("pk", "on", "fingerprint", "certificate"):
            known.add(fingerprint)
            entered[self._paper(certificate, on)] = (pk, on)
        people = {line.row.person_hash for line in lines if line.row and line.row.person_hash}
        others = claimed_already(self.base, people, set() if self.ledger.spending else papers)
        for line in lines:
            if (row := line.row) is None:
                continue
            line.known = row.fingerprint in known
            line.elsewhere = row.person_hash in others[0] or row.certificate in others[1]
            place = self._paper(row.certificate, row.on)
            if row.certificate and not line.known and place in entered:
                line.wrong.append(self._wrong(same_certificate(self.ledger, row.certificate, *entered[place])))

    def _paper(self, certificate: str, on: date) -> tuple[Any, ...]:
        """What must not come twice: a certificate at all, a voucher in one month's books."""
        return (certificate, on.year, on.month) if self.ledger.spending else (certificate,)

    def _wrong(self, message: str) -> Wrong:
        return Wrong(self.ledger.certificate, self.ledger.column(self.ledger.certificate).label, message)


@transaction.atomic
def preview_import(*, base: Base, ledger: str, content: BinaryIO, name: str, by: Actor) -> LedgerImport:
    """Keep a workbook (encrypted) and say what it would do; no row is written. Raise `Refused` for one that cannot be read."""
    held = locked_base(base.pk)
    require_unit(held, by)
    declared = require_ledger(held, ledger)
    rules = Rules(allowed=frozenset({Kind.XLSX}), max_bytes=settings.PORTAL_LEDGER_MB * 1024**2)
    try:
        stored = store_file(content=content, name=name, rules=rules, by=by, organisation=held.organisation, sealed=True)
        content.seek(0)
        counts, problems, sample = _look(Check(held, declared, clock.today()), content)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "workbook") from None
    except Unreadable as trouble:
        raise Refused(str(trouble), "workbook") from None
    made: LedgerImport = LedgerImport.objects.create(
        base=held, ledger=ledger, stored=stored, sha256=stored.sha256, counts=counts, problems=problems, sample=sample,
        uploaded_by=by.person, uploaded_at=clock.now(),
    )  # fmt: skip
    _record(by, made, "ledger.preview", counts)
    return made


@transaction.atomic
def apply_import(*, pk: int, by: Actor, sound_only: bool = False) -> LedgerImport:
    """Enter the new rows of a previewed workbook, all or none; asked twice, return what was done.

    With rows that have problems it goes on only when asked to take the `sound_only`. Everything is checked anew.
    """
    job, held = _locked(pk, by)
    if job.state == ImportState.APPLIED:
        return job
    if job.state != ImportState.PREVIEWED:
        raise WrongState("该导入已取消，请重新选择文件")
    declared = require_ledger(held, job.ledger)
    counting = Counting(held, declared)
    counts = _nothing()
    problems: list[dict[str, Any]] = []
    for chunk in Check(held, declared, clock.today()).chunks(io.BytesIO(content_of(job))):
        _count(counts, problems, chunk)
        if counts["faulty"] and not sound_only:
            raise Refused(f"有 {job.counts['faulty']:,} 行存在问题，请更正后重新上传，或只导入无误的行")
        _enter(job, counting, [line for line in chunk if line.is_new], by)
    counting.roll_up()
    job.state, job.counts, job.problems = ImportState.APPLIED, counts, problems
    job.settled_by, job.settled_at = by.person, clock.now()
    job.save()
    _record(by, job, "ledger.import", counts)
    return job


@transaction.atomic
def cancel_import(*, pk: int, by: Actor) -> LedgerImport:
    """Give a previewed workbook up; nothing was written."""
    job, _ = _locked(pk, by)
    if job.state == ImportState.APPLIED:
        raise WrongState("该文件已导入，不能取消；有误的记录请在台账中逐条修改或撤回")
    if job.state == ImportState.PREVIEWED:
        job.state, job.settled_by, job.settled_at = ImportState.CANCELLED, by.person, clock.now()
        job.save(update_fields=["state", "settled_by", "settled_at"])
        _record(by, job, "ledger.cancel", {})
    return job


@transaction.atomic
def problem_workbook(*, pk: int, by: Actor) -> bytes:
    """Return the rows that have problems as the unit brought them in, each with its problems; who took them is recorded."""
    job, held = _locked(pk, by)
    declared = require_ledger(held, job.ledger)
    said: dict[int, list[str]] = {}
    for problem in job.problems:
        said.setdefault(problem["row"], []).append(f"{problem['label']}：{problem['message']}")
    _record(by, job, "ledger.problems", {"rows": len(said)})
    lines = lines_of(declared, io.BytesIO(content_of(job)))
    return with_problems(
        declared, ({**raw, "problem": "；".join(said[number])} for number, raw in lines if number in said)
    )


def content_of(job: LedgerImport) -> bytes:
    """Return the workbook as it was sent."""
    with job.stored.content.open("rb") as stream:
        return open_bytes(stream.read())


def _locked(pk: int, by: Actor) -> tuple[LedgerImport, Base]:
    """Return an import and its base, both under lock, the base first: every writer takes them in this order."""
    held = locked_base(LedgerImport.objects.values_list("base", flat=True).get(pk=pk))
    require_unit(held, by)
    job: LedgerImport = LedgerImport.objects.select_for_update(of=("self",)).select_related("stored").get(pk=pk)
    job.base = held
    return job, held


def _look(check: Check, content: BinaryIO) -> tuple[dict[str, int], list[dict[str, Any]], list[dict[str, Any]]]:
    counts = _nothing()
    problems: list[dict[str, Any]] = []
    sample: list[dict[str, Any]] = []
    for chunk in check.chunks(content):
        _count(counts, problems, chunk)
        sample += [_shown(line) for line in chunk[: SAMPLE - len(sample)]]
    return counts, problems, sample


def _nothing() -> dict[str, int]:
    return dict.fromkeys(("rows", "new", "known", "repeated", "certificates", "elsewhere", "faulty"), 0)


def _count(counts: dict[str, int], problems: list[dict[str, Any]], chunk: Iterable[Line]) -> None:
    for line in chunk:
        counts["rows"] += 1
        counts["new"] += line.is_new
        counts["known"] += line.known
        counts["repeated"] += line.repeated
        counts["certificates"] += bool(line.row and line.wrong)  # all else was right: the number is there already
        counts["elsewhere"] += line.is_new and line.elsewhere
        counts["faulty"] += bool(line.wrong)
        if len(problems) < MOST_PROBLEMS:
            problems += [
                {"row": line.number, "column": each.column, "label": each.label, "message": each.message}
                for each in line.wrong
            ]


def _shown(line: Line) -> dict[str, Any]:
    """What a preview shows of a row: masked where it could be read, and only what is wrong where it could not."""
    return {
        "row": line.number,
        "cells": line.row.shown if line.row else {},
        "known": line.known,
        "repeated": line.repeated,
        "elsewhere": line.elsewhere,
        "wrong": [f"{each.label}：{each.message}" for each in line.wrong],
    }


def _enter(job: LedgerImport, counting: Counting, lines: list[Line], by: Actor) -> None:
    now, rows = clock.now(), []
    for line in lines:
        if line.row is None:
            continue
        row = LedgerRow(
            base=counting.base,
            ledger=job.ledger,
            source=job,
            source_row=line.number,
            recorded_by=by.person,
            recorded_at=now,
        )
        fill(row, line.row)
        rows.append(row)
    if not rows:
        return
    others = counting.assign(rows)
    made = LedgerRow.objects.bulk_create(rows, batch_size=CHUNK)
    save_counted(others)
    if counting.ledger.spending:
        for row in made:
            record_spending(row=row, by=by)


def _record(by: Actor, job: LedgerImport, action: str, data: dict[str, Any]) -> None:
    base = job.base
    said = {"ledger": job.ledger, "import": job.pk, "sha256": job.sha256, **data}
    record(by=by, action=action, obj=base, jurisdiction_id=base.jurisdiction_id, data=said)
