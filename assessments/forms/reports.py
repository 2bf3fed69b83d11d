"""The page on which a report is written, ready to render; and the reason an officer gives for returning one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from applications.forms.fields import FieldView
from applications.forms.page import PageView, anchor, summary
from applications.forms.sheet import SheetReader, SheetView
from applications.selectors.correction import Opening
from assessments.selectors.reports import Paper
from portal.policy.facts import Facts, filled
from portal.policy.form import Field, Section, Table
from portal.policy.reading import Problem
from portal.policy.validation import SectionPlace, shown
from reviews.forms.fields import PrintedText

EVERYTHING = Opening(everything=True)


class ReturnForm(forms.Form):
    """Why a report goes back, and what to mend."""

    reason = PrintedText(
        label="退回原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明哪一项需要更正、怎样更正，单位会收到原文",
    )


class ReportPage(PageView):
    """A page of questions with the sections they stand in."""

    parts: list[tuple[Section, list[FieldView | SheetView]]]


def report_page(paper: Paper, *, typed: Mapping[str, Any] | None = None, everything: bool = False) -> ReportPage:
    """Return the page as saved, or over what was `typed` but not saved; what is merely not filled in yet is told on demand."""
    answers = dict(typed) if typed is not None else paper.answers
    told = [each for each in paper.checked(answers).problems if everything or not each.missing]
    facts, places = paper.facts(answers), paper.places(answers)
    parts = [(place.section, _items(paper, place, answers, facts, told)) for place in places]
    report = paper.report
    page = ReportPage(
        place=places[0],
        items=[item for _, items in parts for item in items],
        problems=summary(told),
        faults=len(told),
        revision=report.revision if report else 0,
        saved_at=report.saved_at if report and report.revision else None,
        unconfirmed=0,
        writable=True,
    )
    page.parts = parts
    return page


def _items(
    paper: Paper, place: SectionPlace, answers: Mapping[str, Any], facts: Facts, told: list[Problem]
) -> list[FieldView | SheetView]:
    own = place.answers(answers)
    inside = place.facts(facts).within({place.section.key: own})
    return [
        _sheet(place, item, own, inside, told)
        if isinstance(item, Table)
        else _field(paper, place, item, own=own, facts=inside, told=told)
        for item in place.section.items
    ]


def _sheet(place: SectionPlace, item: Table, own: Mapping[str, Any], facts: Facts, told: list[Problem]) -> SheetView:
    reader = SheetReader(item, f"{place.path}/{item.key}", facts, told, {}, EVERYTHING, {})
    return reader.view(own.get(item.key))


def _field(
    paper: Paper, place: SectionPlace, item: Field, *, own: Mapping[str, Any], facts: Facts, told: list[Problem]
) -> FieldView:
    path = f"{place.path}/{item.key}"
    errors = {each.path: each.message for each in told}
    value = own.get(item.key)
    if item.locked and not filled(value):
        value = getattr(paper.base.organisation, item.source, "")
    return FieldView(
        field=item,
        id=anchor(item.key),
        value=value,
        other=str(own.get(f"{item.key}_other") or ""),
        error=errors.get(path, ""),
        other_error=errors.get(f"{path}_other", ""),
        remark=(),
        shown=shown(item.when, facts),
        readonly=item.locked,
    )
