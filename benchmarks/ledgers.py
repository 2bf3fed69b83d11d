"""A workbook of 10,000 trainees with their certificates: looked at, applied, looked at again, verified.

Rows a second, and by how much the process grew at its highest (Linux tells); a workbook of a tenth of the rows goes before,
so that what is loaded once is not counted. Run alone: `python -m benchmarks --ledger`.
"""

import gc
import io
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection
from django_scopes import scope
from openpyxl import Workbook

from assessments.models import Base, LedgerRow
from assessments.services import imports, records
from assessments.services.rollup import check_figures
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy import registry
from portal.policy.form import Field, FieldKind
from portal.policy.ledger import Ledger
from portal.policy.values import complete_id_number
from portal.tenancy.models import Jurisdiction
from tests.assessments.ledger_kit import make_base, reporter
from tests.factories import make_actor, make_office

ROWS = 10_000
ROW = "{:<44} {:>9} {:>9} {:>9} {:>9}"
Took = tuple[float, float, float]  # seconds, of them on the processor, MB more


def measure(scale: int = 1) -> str:
    """Return the table: seconds, rows a second, growth in MB."""
    place, track, ledger = _kept_somewhere()
    with scope(jurisdiction=place):
        base, other = make_base(place, track), make_base(place, track)
        officer = make_actor("bureau_officer", make_office(place))
        _bring_in(other, ledger, max(50, ROWS // scale // 10), 0)
        lines = [
            f"{connection.vendor}; a ledger of {ROWS // scale:,} rows",
            ROW.format("", "s", "rows/s", "CPU s", "MB more"),
        ]
        for label, did in _bring_in(base, ledger, ROWS // scale, 50):
            lines.append(_line(label, did, ROWS // scale))
        lines.append(_line("verify all", _timed(lambda: _verify(base, officer)), ROWS // scale))
        differences = check_figures(base_pk=base.pk)
        lines.append("figures equal the rows" if not differences else f"{len(differences)} differences")
    return "\n".join(lines)


def _bring_in(base: Base, ledger: Ledger, rows: int, first: int) -> list[tuple[str, Took]]:
    by, content = reporter(base), _workbook(ledger, rows, first)

    def look() -> Any:
        return imports.preview_import(
            base=base, ledger=ledger.key, content=io.BytesIO(content), name="台账.xlsx", by=by
        )

    done = [("look at it (preview)", _timed(look))]
    job = base.imports.first()
    if job is None or job.counts["new"] != rows:
        raise RuntimeError(f"not all rows are new: {job and (job.counts, job.problems[:3])}")
    done.append(("apply it", _timed(lambda: imports.apply_import(pk=job.pk, by=by))))
    done.append(("look at it again (nothing is new)", _timed(look)))
    if LedgerRow.objects.filter(base=base).count() != rows:
        raise RuntimeError("rows were lost or doubled")
    return done


def _verify(base: Base, officer: Actor) -> int:
    return records.verify_rows(rows=LedgerRow.objects.filter(base=base), by=officer)


def _timed(work: Callable[[], Any]) -> Took:
    """Return the seconds, those of this process on the processor, and by how many MB the process grew at its highest."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the highest memory is counted from here on
    before, began, busy = _memory("VmRSS"), time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - busy, _memory("VmHWM") - before


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def _line(label: str, did: Took, rows: int) -> str:
    return ROW.format(label, f"{did[0]:.1f}", f"{rows / did[0]:,.0f}", f"{did[1]:.1f}", f"{did[2]:.0f}")


def _kept_somewhere() -> tuple[Jurisdiction, str, Ledger]:
    """Return the first ledger of trainees with certificates that must be filled in, and where it is kept."""
    for profile in registry.profiles():
        edition = registry.current(profile.code)
        for ledger in edition.ledgers:
            if ledger.person and ledger.certificate and ledger.column(ledger.certificate).required:
                track = ledger.tracks[0] if ledger.tracks else edition.tracks[0].key
                return Jurisdiction.objects.get(code=profile.code), track, ledger
    raise LookupError("no policy keeps a ledger of certificates")


def _workbook(ledger: Ledger, rows: int, first: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append([column.label for column in ledger.columns])
    for number in range(first, first + rows):
        sheet.append([_cell(ledger, column, number) for column in ledger.columns])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(ledger: Ledger, column: Field, number: int) -> str:
    if column.key == ledger.dated:
        return (clock.today() - timedelta(days=number % 300)).isoformat()
    if column.kind is FieldKind.ID_NUMBER:
        day = clock.today().replace(year=1990, day=1) + timedelta(days=number // 1000)
        return complete_id_number(f"110113{day:%Y%m%d}{number % 1000:03d}")
    if column.options:
        return column.options[number % len(column.options)].label
    if column.kind is FieldKind.YES_NO:
        return "是"
    return f"{column.label}{number:08d}" if column.key == ledger.certificate else f"测量{number % 97}"


if __name__ == "__main__":
    print(measure(int(os.environ.get("BENCH_SCALE", "1"))))
    sys.exit(0)
