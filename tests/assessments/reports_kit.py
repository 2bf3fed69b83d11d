"""Makers for reports: Hangzhou's monthly statistics typed and handed in, Shanghai instants, files."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from pypdf import PdfWriter

from assessments.models import Base, Report
from assessments.selectors.reports import paper_at
from assessments.services.reports import save_report, submit_report
from portal.accounts.actor import Actor
from portal.calendars import clock

MARCH = date(2024, 3, 1)
FILLED = {
    "classes": "3", "hours": "120.5", "evaluated": "40", "machine_hours": "300", "analysis": "本月实训情况平稳。",
    "problems": "",
}  # fmt: skip


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """Return an instant on a Shanghai clock."""
    return datetime(year, month, day, hour, tzinfo=clock.SHANGHAI)


LAST_SECOND = at(2024, 4, 11, 0) - timedelta(seconds=1)


def typed(base: Base, by: Actor, *, key: str = "monthly", start: date = MARCH, **answers: Any) -> Report:
    """Return a report with what was typed saved, over what it held."""
    report = paper_at(base, key, start).report
    paper = save_report(
        base_id=base.pk,
        key=key,
        start=start,
        answers=answers or FILLED,
        revision=report.revision if report else 0,
        by=by,
    )
    assert paper.report is not None
    return paper.report


def handed_in(base: Base, by: Actor, *, key: str = "monthly", start: date = MARCH, **answers: Any) -> Report:
    """Return a report written and handed in."""
    report = typed(base, by, key=key, start=start, **answers)
    return submit_report(base_id=base.pk, key=key, start=start, revision=report.revision, by=by)


def a_pdf() -> io.BytesIO:
    """Return a PDF of one page."""
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(stream)
    stream.seek(0)
    return stream
