"""The indicators of a jurisdiction with five hundred bases that have kept records for two years.

Also alone: `make bench ARGS=--bases`.
"""

import os
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection
from django_scopes import scope, scopes_disabled

from applications.models import Application, ApplicationVersion, Call
from assessments.models import Base, Figure
from benchmarks import data, load, scores
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy import registry
from portal.policy.term import months_later
from portal.tenancy.models import Jurisdiction
from reviews.models import Recognition, RecognitionEntry

if TYPE_CHECKING:
    from benchmarks.report import Line

BASES, MONTHS, DAYS = 500, 20, 60
OFFICER = "bench-bases"


def a_place_that_builds() -> Jurisdiction:
    """Return the place whose policy has the most targets over a term of building."""
    codes = [each.code for each in registry.profiles() if registry.current(each.code).build_period]
    return Jurisdiction.objects.get(code=max(codes, key=lambda code: len(registry.current(code).targets)))


def fill(place: Jurisdiction, by: Actor, scale: int) -> int:
    """Make `BASES` // scale bases, recognised on sixty different days, with figures for every tally and month; return how many."""
    call_command("calendar", "load", verbosity=0)  # what is missing depends on working days
    edition, count = registry.current(place.code), BASES // scale
    call = data.make_call(place, edition, 2)
    files = _files(call, by, count)
    paper = Recognition.objects.create(
        jurisdiction=place, taken_over=True, document_number="测人社发〔2000〕1号", title="测量", issued_on=clock.today(),
        decided_by=by.person, decided_at=clock.now(),
    )  # fmt: skip
    entries = RecognitionEntry.objects.bulk_create(
        [
            RecognitionEntry(
                recognition=paper,
                application=file,
                name=f"测量基地{at}",
                plaque="测量",
                certificate_number=f"BENCH-{at}",
            )
            for at, file in enumerate(files)
        ],
        batch_size=500,
    )
    start = months_later(clock.today().replace(day=1), -MONTHS)
    bases = Base.objects.bulk_create(
        [_base(place, entry, start + timedelta(days=at % DAYS)) for at, entry in enumerate(entries)], batch_size=200
    )
    tallies = [tally.key for tally in edition.tallies]
    for base in bases:
        Figure.objects.bulk_create(
            [
                Figure(
                    base=base,
                    tally=tally,
                    month=month,
                    reported=Decimal(40 + base.pk % 30),
                    verified=Decimal(30 + base.pk % 10),
                )
                for month in (months_later(base.recognised_on.replace(day=1), at) for at in range(MONTHS))
                for tally in tallies
            ]
        )
    return count


def _files(call: Call, by: Actor, count: int) -> list[Application]:
    now, tracks = clock.now(), call.edition.tracks
    rows = Application.objects.bulk_create(
        [
            Application(
                jurisdiction=call.jurisdiction, call=call, track_key=tracks[at % len(tracks)].key, organisation=unit, status="draft",
                created_by=by.person, created_at=now, updated_at=now,
            )
            for at, unit in enumerate(data.units(800_000, count))
        ],
        batch_size=500,
    )  # fmt: skip
    versions = ApplicationVersion.objects.bulk_create(
        [
            ApplicationVersion(
                application=row, number=1, answers={}, manifest=[], results=[], settings=call.settings, declaration="",
                sha256=f"{row.pk:064d}", submitted_by=by.person, submitted_at=now,
            )
            for row in rows
        ],
        batch_size=200,
    )  # fmt: skip
    for row, version in zip(rows, versions, strict=True):
        row.current, row.submitted_at, row.status = version, now, "recognised"
    Application.objects.bulk_update(rows, ["current", "submitted_at", "status"], batch_size=200)
    return rows


def _base(place: Jurisdiction, entry: RecognitionEntry, on: date) -> Base:
    file = entry.application
    return Base(
        jurisdiction=place, organisation=file.organisation, source=entry, edition_code=file.call.edition_code,
        track_key=file.track_key, name=entry.name, plaque_text=entry.plaque, certificate_number=entry.certificate_number,
        document_number="测", recognised_on=on, created_at=clock.now(),
    )  # fmt: skip


def measure(port: int, scale: int, times: int) -> "list[Line]":
    """Fill, and ask for the first page by turns with the bare view: over the terms of building, and over a year."""
    from benchmarks.measure import Session, race
    from benchmarks.probes import Page
    from benchmarks.report import Line
    from benchmarks.statements import browser, statements

    place = a_place_that_builds()
    officer = load.member(OFFICER, "bureau_officer", scores.bureau_of(place))
    with scope(jurisdiction=place):
        count = fill(place, officer, scale)
        draft = Application.objects.latest("pk").pk
    load.settle()
    session, lines = Session(port), []
    session.sign_in(OFFICER, load.PASSWORD)
    bare = ("GET", f"/bench/select/{draft}/", None, {})
    for label, query in (("terms of building", "period=term"), ("a year", f"period={clock.today().year}")):
        probe = Page(f"indicators of {count} bases, {label}", f"/{place.code}/desk/indicators/?{query}")
        sent = len(statements(browser(officer.person), probe))
        (found,) = race([(session, probe)], bare, times, 2)
        lines.append(Line(found, 250, sent, 16))
    return lines


def main() -> int:
    """Measure this alone; 1 when a target is missed on PostgreSQL."""
    from benchmarks.report import table

    scale = int(os.environ.get("BENCH_SCALE", "1"))
    with scopes_disabled():
        lines = measure(int(os.environ["BENCH_PORT"]), scale, max(8, 30 // scale))
    print(table(lines, connection.vendor))
    return int(connection.vendor == "postgresql" and not all(line.met for line in lines))


if __name__ == "__main__":
    sys.exit(main())
