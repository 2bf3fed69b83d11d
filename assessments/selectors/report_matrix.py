"""The bureau's table of reports: bases down, periods across; what is filed, late, missing, waiting to be looked at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet

from assessments.enums import ReportState
from assessments.models import Base, Report, ReportVersion
from assessments.selectors.bases import with_terms
from assessments.selectors.due import DueState, Expected, expectations, late_reports
from assessments.selectors.reports import FigureLine, stored_figures, tallies_of
from portal.policy import registry
from portal.policy.form import Field, FieldKind
from portal.policy.ledger import Every, ReportForm, Tally

NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
FILTERS = (
    ("late", "缺报"),
    ("waiting", "待审"),
    ("late_filed", "迟报"),
    ("returned", "已退回"),
    ("accepted", "已报"),
)


@dataclass(frozen=True)
class MatrixRow:
    """One base with what it owes in each column; None where it owes nothing."""

    base: Base
    cells: list[Expected | None]


@dataclass
class Matrix:
    """One kind of report in one year. `columns` are the first days of the periods, None for one column without a date."""

    form: ReportForm
    columns: list[str] = field(default_factory=list)
    rows: list[MatrixRow] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def kinds_of(place: str) -> list[ReportForm]:
    """Return the kinds of report of a jurisdiction's policies, each once; the policy in force says what it is called."""
    found: dict[str, ReportForm] = {}
    for edition in [registry.current(place), *registry.of(place)]:
        for form in edition.reports:
            found.setdefault(form.key, form)
    return list(found.values())


def matrix(
    bases: QuerySet[Base],
    form: ReportForm,
    year: int,
    today: date,
    *,
    words: str = "",
    state: str = "",
    district: str = "",
) -> Matrix:
    """Return the table of one kind and year, filtered; three queries however many bases there are.

    A report that comes once stands in the year in which its period ends.
    """
    rooms = list(with_terms(_found(bases, words, district)).order_by("district", "name", "id"))
    owed = expectations(rooms, today, keys=[form.key], year=year)
    table = Matrix(form, _columns(form, year))
    tally: Counter[str] = Counter()
    for base in rooms:
        cells = _cells(form, owed[base.pk], today)
        marks = {mark for each in cells if each for mark in _marks(each)}
        tally.update(mark for each in cells if each for mark in _marks(each))
        if any(cells) and (not state or state in marks):
            table.rows.append(MatrixRow(base, cells))
    table.counts = dict(tally)
    return table


def _found(bases: QuerySet[Base], words: str, district: str) -> QuerySet[Base]:
    for word in words.split():
        bases = bases.filter(
            Q(name__icontains=word) | Q(organisation__name__icontains=word) | Q(certificate_number__icontains=word)
        )
    return bases.filter(district=district) if district else bases


def _columns(form: ReportForm, year: int) -> list[str]:
    return [f"{month} 月" for month in range(1, 13)] if form.every is Every.MONTH else [f"{year} 年"]


def _cells(form: ReportForm, owed: Iterable[Expected], today: date) -> list[Expected | None]:
    cells: list[Expected | None] = [None] * (12 if form.every is Every.MONTH else 1)
    for each in owed:
        if each.period.start <= today:
            cells[each.period.start.month - 1 if form.every is Every.MONTH else 0] = each
    return cells


def _marks(each: Expected) -> list[str]:
    marks = {
        DueState.LATE: "late",
        DueState.SUBMITTED: "waiting",
        DueState.LATE_SUBMITTED: "waiting",
        DueState.RETURNED: "returned",
        DueState.ACCEPTED: "accepted",
    }
    found = [marks[each.state]] if each.state in marks else []
    return [*found, "late_filed"] if each.late and each.state is not DueState.LATE else found


@dataclass(frozen=True)
class FigureSheet:
    """The numbers of the reports handed in, a row for each report: its tallies, and the numbers it was asked for."""

    tallies: list[Tally]
    questions: list[tuple[str, Field]]  # the section each stands in
    rows: list[tuple[ReportVersion, list[FigureLine]]]


def figure_sheet(bases: QuerySet[Base], form: ReportForm, year: int) -> FigureSheet:
    """Return the numbers of every report of a kind and year as they were last handed in; one query."""
    inside = Q(report__period_end__year=year) if form.every is Every.ONCE else Q(report__period_start__year=year)
    versions = (
        ReportVersion.objects.filter(inside, report__base__in=bases, report__key=form.key, number=F("report__version"))
        .select_related("report__base__organisation", "report__base__jurisdiction")
        .order_by("report__base__name", "report__base", "report__period_start")
    )
    rows = [(each, stored_figures(each.report.base, each.report.form, each.figures)) for each in versions]
    tallies: dict[str, Tally] = {}
    questions: dict[str, tuple[str, Field]] = {}
    for version, _ in rows:
        asked = version.report.form
        for tally in tallies_of(version.report.base, asked):
            tallies.setdefault(tally.key, tally)
        for section in asked.sections:
            for item in section.fields:
                if item.kind in NUMBERS:
                    questions.setdefault(item.key, (section.key, item))
    return FigureSheet(list(tallies.values()), list(questions.values()), rows)


def years_of(bases: QuerySet[Base], today: date) -> list[int]:
    """Return the years since the first recognition, the newest first."""
    first = bases.order_by("recognised_on").values_list("recognised_on", flat=True).first()
    return list(range(today.year, (first or today).year - 1, -1))


@dataclass(frozen=True)
class Waiting:
    """How many reports stand so, and the kind and year of most of them, where the table is to be opened."""

    number: int
    kind: str = ""
    year: int = 0


def under_review(bases: QuerySet[Base]) -> Waiting:
    """Count the reports that wait for the bureau; one query."""
    rows = Report.objects.filter(base__in=bases, state=ReportState.SUBMITTED)
    return _waiting((each.key, each.period_start.year) for each in rows.only("key", "period_start"))


def missing(bases: QuerySet[Base], today: date) -> Waiting:
    """Count the reports that bases are late with; three queries at most."""
    return _waiting((key, year) for _, key, year in late_reports(with_terms(bases), today))


def _waiting(found: Iterable[tuple[str, int]]) -> Waiting:
    counts = Counter(found)
    if not counts:
        return Waiting(0)
    ((kind, year), _), *_ = counts.most_common(1)
    return Waiting(counts.total(), kind, year)


def late_bases(table: Matrix) -> Sequence[Base]:
    """Return the bases of a table that are late with something in it."""
    return [row.base for row in table.rows if any(each and each.state is DueState.LATE for each in row.cells)]


def next_to_review(bases: QuerySet[Base], after: Report) -> Report | None:
    """Return the report that has waited longest for the bureau, besides one; one query."""
    waiting = Report.objects.filter(base__in=bases, state=ReportState.SUBMITTED).exclude(pk=after.pk)
    return waiting.select_related("base").defer("answers", "figures").order_by("submitted_at", "pk").first()
