"""One report of a base, put together: what is asked, what stands in it, what the ledgers say, what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from applications.selectors.characters import refuse_undrawable
from applications.selectors.printing import printed_form
from assessments.enums import RowState
from assessments.models import Base, Report, ReportFile, ReportVersion
from assessments.selectors.due import Expected, expected
from assessments.selectors.duties import opens_on
from assessments.selectors.figures import quantity, source_rows, sums
from portal.calendars import clock
from portal.policy.changes import Change, diff
from portal.policy.edition import Edition
from portal.policy.facts import Facts
from portal.policy.form import Form, Section
from portal.policy.ledger import Every, Period, ReportForm, Tally
from portal.policy.material import Material
from portal.policy.measures import show_number
from portal.policy.reading import Problem
from portal.policy.validation import (
    Checked,
    SectionPlace,
    check_form,
    check_materials,
    facts_for,
    settled,
    visible_sections,
)

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class FigurePart:
    """What of a tally belongs to one value of a column: 证书类别：国家职业资格证书."""

    column: str
    value: str
    title: str
    reported: Fraction
    verified: Fraction

    @property
    def reported_text(self) -> str:
        """The number as people read it."""
        return show_number(self.reported)

    @property
    def verified_text(self) -> str:
        """The verified number as people read it."""
        return show_number(self.verified)


@dataclass(frozen=True)
class FigureLine:
    """One tally of a report: as the base says, and as far as it is verified; `parts` are its breakdowns."""

    tally: Tally
    reported: Fraction
    verified: Fraction
    parts: tuple[FigurePart, ...] = ()

    @property
    def reported_text(self) -> str:
        """The number as people read it."""
        return show_number(self.reported)

    @property
    def verified_text(self) -> str:
        """The verified number as people read it."""
        return show_number(self.verified)


@dataclass
class Paper:
    """A report as its pages and papers need it; `report` is None until something has been typed."""

    base: Base
    form: ReportForm
    period: Period
    report: Report | None = None
    files: list[ReportFile] = field(default_factory=list)
    entry: Expected | None = None  # how it stands in what the base owes; None where it is not owed

    @property
    def title(self) -> str:
        """月度实训统计（2024 年 3 月）."""
        return f"{self.form.title}（{self.period.title}）"

    @property
    def month(self) -> str:
        """The month it is about (2024-03), by which a ledger's rows are chosen; empty for a longer period."""
        return f"{self.period.start:%Y-%m}" if self.form.every is Every.MONTH else ""

    @cached_property
    def edition(self) -> Edition:
        """The base's edition with this report in the place of its application form."""
        return replace(self.base.edition, form=Form(self.form.title, self.form.sections), materials=self.form.materials)

    @property
    def sections(self) -> tuple[Section, ...]:
        """What it asks."""
        return self.form.sections

    @property
    def answers(self) -> dict[str, Any]:
        """What stands in it, keyed by section and field."""
        return dict(self.report.answers) if self.report else {}

    def facts(self, answers: Answers | None = None) -> Facts:
        """Return what is known, over answers not saved where they are given."""
        counts: dict[str, int] = {}
        for each in self.files:
            counts[each.slot] = counts.get(each.slot, 0) + 1
        known = self.answers if answers is None else answers
        values = self.base.setting_values
        return settled(
            self.edition, facts_for(self.edition, self.base.track_key, known, counts, values, on=clock.today())
        )

    def places(self, answers: Answers | None = None) -> list[SectionPlace]:
        """Return the sections asked for now."""
        return visible_sections(self.edition, self.facts(answers))

    def checked(self, answers: Answers | None = None) -> Checked:
        """Return the readable answers in stored form, and what is wrong with the rest."""
        return check_form(self.edition, self.facts(answers), refuse_undrawable)

    @property
    def problems(self) -> list[Problem]:
        """Everything that stands in the way of handing it in."""
        return [*self.checked().problems, *check_materials(self.edition, self.facts())]

    def printed(self, answers: Answers | None = None) -> list[dict[str, Any]]:
        """Return its pages as people read them."""
        return printed_form(self.edition, self.facts(answers))

    def figures(self) -> list[FigureLine]:
        """Return its tallies: as the ledgers say now while it is written, as they were once it has been handed in."""
        if self.report is not None and not self.report.writable:
            return stored_figures(self.base, self.form, self.report.figures)
        found = sums(self.base, self.form.tallies, self.period)
        return [
            FigureLine(
                each,
                found[each.key].reported,
                found[each.key].verified,
                _parts(self.base, self.form, each, self.period),
            )
            for each in tallies_of(self.base, self.form)
        ]

    def changes(self, older: Answers, newer: Answers) -> list[Change]:
        """Return what one version changed against another."""
        return diff(older, newer, self.edition)

    def material(self, slot: str) -> Material:
        """Return a slot for files; KeyError if there is none."""
        return self.edition.material(slot)


def tallies_of(base: Base, form: ReportForm) -> list[Tally]:
    """Return the tallies a report shows, in its order; those of the base's track that exist."""
    known = {tally.key: tally for tally in base.edition.tallies}
    ledgers = {each.key: each for each in base.edition.ledgers}
    found = [known[key] for key in form.tallies if key in known]
    return [
        each
        for each in found
        if not each.ledger or not ledgers[each.ledger].tracks or base.track_key in ledgers[each.ledger].tracks
    ]


def figures_kept(lines: Iterable[FigureLine]) -> dict[str, Any]:
    """Return tallies as they are kept with a report that is handed in; exact numbers as text."""
    return {
        line.tally.key: {
            "reported": str(line.reported),
            "verified": str(line.verified),
            "parts": [[each.column, each.value, str(each.reported), str(each.verified)] for each in line.parts],
        }
        for line in lines
    }


def stored_figures(base: Base, form: ReportForm, kept: Mapping[str, Any]) -> list[FigureLine]:
    """Return the tallies kept with a report that was handed in."""
    found = []
    for each in tallies_of(base, form):
        if numbers := kept.get(each.key):
            words = _options(base, each)
            parts = tuple(
                FigurePart(column, value, words.get((column, value), value), Fraction(reported), Fraction(verified))
                for column, value, reported, verified in numbers.get("parts", ())
            )
            found.append(FigureLine(each, Fraction(numbers["reported"]), Fraction(numbers["verified"]), parts))
    return found


def _parts(base: Base, form: ReportForm, tally: Tally, period: Period) -> tuple[FigurePart, ...]:
    """Break a tally down by the columns its report names; values that do not occur are left out. One query."""
    columns = [column for key, column in form.breakdowns if key == tally.key]
    if not columns:
        return ()
    words = _options(base, tally)
    found: dict[tuple[str, str], list[Fraction]] = {}
    for data, state in source_rows(base, tally.key, period).order_by().values_list("data", "state"):
        number = Fraction(quantity(tally, data))
        for column in columns:
            amounts = found.setdefault((column, str(data.get(column) or "")), [Fraction(0), Fraction(0)])
            amounts[0] += number
            amounts[1] += number if state == RowState.VERIFIED else 0
    return tuple(
        FigurePart(column, value, title, *found[column, value])
        for (column, value), title in words.items()
        if column in columns and (column, value) in found
    )


def _options(base: Base, tally: Tally) -> dict[tuple[str, str], str]:
    """Return what each option of a tally's ledger is called, in the order of the ledger."""
    return {
        (column.key, option.value): f"{column.label}：{option.label}"
        for ledger in base.edition.ledgers
        if ledger.key == tally.ledger
        for column in ledger.columns
        for option in column.options
    }


def paper_at(base: Base, key: str, start: date) -> Paper:
    """Return the report of a kind about the period that begins on a day; KeyError where the base has and owes none."""
    form = {each.key: each for each in base.edition.reports}[key]
    report = (
        Report.objects.filter(base=base, key=key, period_start=start)
        .select_related("saved_by", "accepted_by", "submitted_by")
        .first()
    )
    entry = next(
        (each for each in expected(base, clock.today()) if (each.report.key, each.period.start) == (key, start)), None
    )
    if report is None and entry is None:
        raise KeyError(key)
    if report is not None:
        report.base = base
    period = entry.period if entry else Period(start, report.period_end) if report else Period(start, start)
    files = list(live_files(report)) if report else []
    return Paper(base, form, period, report, files, entry)


def paper_of(report: Report) -> Paper:
    """Return a report that exists; its base comes `with_terms`."""
    form = report.form
    return Paper(report.base, form, report.period, report, list(live_files(report)))


def live_files(report: Report) -> QuerySet[ReportFile]:
    """Return the files that lie in the slots now."""
    return ReportFile.objects.filter(report=report, removed_at=None).select_related("stored", "added_by")


def versions_of(report: Report) -> list[tuple[ReportVersion, list[Change]]]:
    """Return the versions handed in, the newest first, each with what it changed against the one before."""
    paper, before = paper_of(report), None
    found: list[tuple[ReportVersion, list[Change]]] = []
    for version in report.versions.select_related("submitted_by").order_by("number"):
        found.append((version, paper.changes(before.answers, version.answers) if before else []))
        before = version
    return found[::-1]


def opens(paper: Paper) -> date:
    """Return the day from which it can be handed in."""
    return opens_on(paper.form, paper.period)
