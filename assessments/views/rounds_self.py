"""A unit reads its assessment and writes what it says of itself. Works without scripts; with them nothing typed waits for a button."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from applications.forms.fields import FieldView
from applications.forms.posted import posted_answers
from applications.forms.sheet import SheetView
from applications.services.moves import WrongState
from applications.views.save import page_outcome
from applications.views.section import edited
from assessments.enums import AssessmentState
from assessments.forms import rounds as forms
from assessments.models import Assessment
from assessments.selectors import rounds as selectors
from assessments.selectors import rounds_pages as pages
from assessments.selectors.rounds_self import self_rows, with_prefill
from assessments.services import rounds_self
from assessments.services.rounds_news import unit_page
from assessments.services.together import Clash
from assessments.views.base_pages import own_base
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from portal.policy.proposal import OwnedOnly, Stated
from reviews.views.acts import REFUSALS


@dataclass
class SelfPage:
    """The questions as they are asked, by section and all in a row, and what is wrong with the answers."""

    parts: list[forms.Part]
    problems: list[dict[str, str]]

    @property
    def items(self) -> list[FieldView | SheetView]:
        """Every question of the page."""
        return [item for _, items in self.parts for item in items]

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.problems)


def _own(request: Any, pk: int, assessment_pk: int) -> Assessment:
    """Return an assessment of one of the acting unit's bases; 404 for any other."""
    base = own_base(request, pk)
    rows = selectors.in_full(selectors.readable_assessments(Assessment.objects.filter(base=base), request.actor))
    return get_object_or_404(rows, pk=assessment_pk)


@capability("base.report", methods=("GET", "POST"))
def my_assessment(request: Any, pk: int, assessment_pk: int) -> HttpResponse:
    """One's own assessment: the self-assessment with the official figures beside it, the result once told."""
    row = _own(request, pk, assessment_pk)
    if request.method == "POST":
        return _write(request, row)
    answers, prefilled = with_prefill(row)
    return _own_page(request, row, answers, prefilled=prefilled)


def _write(request: Any, row: Assessment) -> HttpResponse:
    act, given = request.POST.get("act", "stay"), request.POST.get("revision", "0")
    typed = {section.key: edited(posted_answers(section, request.POST), act) for section in row.scheme.sections}
    sent = {"answers": typed, "revision": int(given) if given.isdigit() and len(given) < 10 else 0, "by": request.actor}
    service = rounds_self.submit_self if act == "submit" else rounds_self.save_self
    try:
        try:
            service(assessment=row, **sent)
        except REFUSALS as refusal:
            if row.state == AssessmentState.SELF:
                row = rounds_self.save_self(assessment=row, **sent)
            return _own_page(request, row, typed, refusal=str(refusal), everything=True)
    except Clash as clash:
        row.revision = clash.revision
        return _own_page(request, row, clash.mine, refusal=str(clash), status=409)
    messages.success(request, "自评已提交" if act == "submit" else "自评已保存，尚未提交")
    return HttpResponseRedirect(unit_page(row))


def _page(row: Assessment, answers: dict[str, Any], *, everything: bool = False) -> SelfPage:
    writes = row.state == AssessmentState.SELF
    return SelfPage(*forms.self_page(row, answers, everything=everything)) if writes else SelfPage([], [])


def _own_page(
    request: Any, row: Assessment, answers: dict[str, Any], *, prefilled: list[str] | None = None,
    refusal: str = "", everything: bool = False, status: int = 0,
) -> HttpResponse:  # fmt: skip
    writes = row.state == AssessmentState.SELF
    lines = pages.lines_of(row) if row.state != AssessmentState.EXEMPT else []
    told = row.told_at is not None
    context = {
        "base": row.base,
        "row": row,
        "line": pages.Row.of(row, unit=True),
        "late": pages.is_late(row),
        "writes": writes,
        "page": _page(row, answers, everything=everything),
        "urls": {name: _address(row, f"my_assessment_{name}") for name in ("save", "here")},
        "prefilled": prefilled or [],
        "refusal": refusal,
        "figures": [
            line for line in lines if line.calculation and not isinstance(line.item.formula, (Stated, OwnedOnly))
        ],
        "own_words": [] if writes or not row.submitted_at else self_rows(row),
        "told": told,
        "scored": pages.scored_page(row, lines) if told and row.scores else None,
        "checked": pages.checked_page(row) if told and not row.scored else None,
        "rule": row.edition.consequence(row.consequence) if told and row.consequence else None,
        "cases": list(row.cases.filter(served_at__isnull=False)) if told else [],
        "documents": documents_of(row, "assessment_notice") if told else [],
    }
    return render(request, "assessments/my_assessment.html", context, status=status or (422 if refusal else 200))


def _address(row: Assessment, name: str) -> str:
    names = {"jurisdiction": row.base.jurisdiction.code, "pk": row.base_id, "assessment_pk": row.pk}
    return reverse(f"assessments:{name}", kwargs=names)


@capability("base.report", methods=("POST",))
def save(request: Any, pk: int, assessment_pk: int) -> HttpResponse:
    """Autosave: `{revision, answers, base}` in; time, revision and problems out."""
    row = _own(request, pk, assessment_pk)
    try:
        sent = json.loads(request.body)
        answers, revision, before = dict(sent["answers"]), int(sent["revision"]), sent.get("base")
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"message": "未能读懂发来的内容，请刷新页面后再试"}, status=400)
    try:
        row = rounds_self.save_self(
            assessment=row, answers=_by_section(row, answers), revision=revision, by=request.actor,
            before=_by_section(row, before) if isinstance(before, dict) else None,
        )  # fmt: skip
    except (Clash, WrongState) as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse(_outcome(row, revision))


def _by_section(row: Assessment, flat: dict[str, Any]) -> dict[str, Any]:
    """Give each section the answers of the page; no two questions of it share a key, and each takes its own."""
    return {section.key: flat for section in row.scheme.sections}


def _outcome(row: Assessment, sent: int) -> dict[str, Any]:
    body = {
        "saved_at": f"{clock.local(clock.now()):%H:%M:%S}",
        "revision": row.revision,
        "draft": row.revision,
        "others": [],
        "nav": "",
        "aside": "",
        "next": unit_page(row),
        "gone": False,
        **page_outcome(_page(row, row.answers)),
    }
    if row.revision > sent + 1:
        body["merged"] = {key: value for own in row.answers.values() for key, value in own.items()}
    return body


@capability("base.report", methods=("POST",))
def here(request: Any, pk: int, assessment_pk: int) -> HttpResponse:
    """Heartbeat of an open page: whether someone has saved it since."""
    return JsonResponse({"others": [], "revision": _own(request, pk, assessment_pk).revision})
