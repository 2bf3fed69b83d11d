"""The score board of a call (评分矩阵): files by experts once the seals are open, and what stands out. Reading only."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from applications.models import Call
from applications.views.desk_export import as_xlsx
from portal.accounts.guards import capability
from reviews.models import Panel, Selection
from reviews.permissions import readable_panels, readable_selections
from reviews.selectors.score_board import Scores, Track, call_scores
from reviews.selectors.score_board_items import sheets_of
from reviews.selectors.score_board_other import other_method
from reviews.selectors.score_board_rows import (
    METHODS,
    foot_of,
    groups_of,
    matrix_of,
    outlier_lines,
    rules_told,
    scale_of,
)
from reviews.selectors.score_board_sheet import items_sheet, matrix_sheet

VIEWS = (("", "评分矩阵"), ("items", "逐项分析"))
SCALES = (("", "只看原始分"), ("standard", "并列标准化分"))


def _scores(request: HttpRequest, call_pk: int) -> Scores:
    actor = request.actor
    calls = Call.objects.filter(jurisdiction=request.jurisdiction).exclude(state__in=("draft", "history"))
    call = get_object_or_404(calls.select_related("jurisdiction"), pk=call_pk)
    panels = readable_panels(Panel.objects.all(), actor)
    return call_scores(call, panels, names=actor.can("review.run"), placed=actor.can("shortlist.read"))


def _asked(request: HttpRequest, scores: Scores) -> tuple[Track | None, str, bool]:
    """Return the tab, the view and whether standardised scores are asked for; what is not known is left out."""
    view = request.GET.get("view", "")
    known = view if view in dict(VIEWS) else ""
    return scores.track(request.GET.get("track", "")), known, request.GET.get("show") == "standard" and not known


@capability("review.read")
def score_board(request: HttpRequest, call_pk: int) -> HttpResponse:
    """The matrix of one track, or its items."""
    scores = _scores(request, call_pk)
    track, view, scaled = _asked(request, scores)
    asked = {"track": track.key if track else "", "view": view, "show": "standard" if scaled else ""}
    context: dict[str, Any] = {
        "call": scores.call,
        "track": track,
        "view": view,
        "scaled": scaled,
        "query": _query(asked),
        "tabs": [
            (each.title, _query({**asked, "track": each.key}), each == track, each.opened) for each in scores.tracks
        ],
        "views": [(label, _query({**asked, "view": key, "show": ""}), key == view) for key, label in VIEWS],
        "scales": [(label, _query({**asked, "show": key}), (key == "standard") is scaled) for key, label in SCALES],
        "may_select": request.actor.can("shortlist.read") and scores.call.edition.ranking is not None,
    }
    if track and view:
        context["sheets"] = sheets_of(scores, track.key)
    elif track:
        context |= _matrix_context(request, scores, track, scaled=scaled)
    return render(request, "reviews/score_board.html", context)


def _matrix_context(request: HttpRequest, scores: Scores, track: Track, *, scaled: bool) -> dict[str, Any]:
    matrix = matrix_of(scores, track.key)
    if matrix is None:
        return {"matrix": None}
    found = readable_selections(Selection.objects.filter(call=scores.call), request.actor)
    groups, foot = groups_of(matrix, scaled=scaled), foot_of(matrix)
    return {
        "matrix": matrix,
        "groups": groups,
        "foot": foot,
        "titled": any(group["title"] for group in groups),
        "before": METHODS[matrix.own.terms.method],
        "after": METHODS[matrix.other.terms.method],
        "sentences": other_method(matrix, found.select_related("call").first()),
        "outliers": outlier_lines(matrix),
        "outlier_rule": matrix.scores.terms.told_outlier(),
        "rule": matrix.scores.terms.told(),
        "flag_rules": rules_told(),
        "flagged": [each["told"] for each in foot if each.get("told")],
        "axis": scale_of([total for file in matrix.files for total in file.totals.values()]),
        "rest": 7 if scaled else 5,
        "width": len(matrix.columns) + (9 if scaled else 7),
    }


@capability("review.read")
def score_board_sheet(request: HttpRequest, call_pk: int) -> HttpResponse:
    """What the page shows, as a workbook."""
    scores = _scores(request, call_pk)
    track, view, scaled = _asked(request, scores)
    if view:
        head, rows = items_sheet(sheets_of(scores, track.key) if track else [])
    else:
        head, rows = matrix_sheet(
            matrix_of(scores, track.key) if track else None, scaled=scaled, sealed=track.sealed if track else 0
        )
    return as_xlsx(f"{scores.call.title} {dict(VIEWS)[view]}", head, rows)


def _query(asked: dict[str, str]) -> str:
    """Return the part of an address that asks for this; empty where nothing is asked."""
    found = urlencode({key: value for key, value in asked.items() if value})
    return f"?{found}" if found else ""
