"""The calculation sheet of a call: the page, its print, and the record for `manage.py results verify`."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from applications.models import Call
from portal.accounts.guards import capability
from portal.documents.selectors import documents_of
from reviews.models import Selection
from reviews.permissions import readable_selections
from reviews.selectors.result_printing import expert_names, result_sheet
from reviews.selectors.results import record_of
from reviews.selectors.selections import calls_to_select
from reviews.services.result_papers import issue_score_result
from reviews.views.acts import tell


def _call(request: HttpRequest, call_pk: int) -> Call:
    return get_object_or_404(calls_to_select(request.jurisdiction).select_related("jurisdiction"), pk=call_pk)


def _selection(request: HttpRequest, call: Call) -> Selection | None:
    rows = readable_selections(Selection.objects.filter(call=call), request.actor)
    return rows.select_related("call__jurisdiction", "jurisdiction", "drawn_up_by", "fixed_by").first()


@capability("shortlist.read", methods=("GET", "POST"), writes="shortlist.draft")
def result(request: HttpRequest, call_pk: int) -> HttpResponse:
    """How the result follows from the sheets; `names=1` tells whoever runs reviews who the experts are; POST prints it."""
    call = _call(request, call_pk)
    selection = _selection(request, call)
    if request.method == "POST":
        if selection is not None:
            tell(
                request,
                "评分计算表正在生成，稍后刷新页面下载",
                issue_score_result,
                selection=selection,
                by=request.actor,
            )
        return redirect(reverse("reviews:result", args=[request.jurisdiction.code, call_pk]))
    may_name = request.actor.can("review.run")
    named = may_name and request.GET.get("names") == "1"
    context = {
        "call": call,
        "selection": selection,
        "sheet": result_sheet(call, record_of(call), expert_names(call) if named else {}),
        "may_name": may_name,
        "named": named,
        "may_print": selection is not None and request.actor.can("shortlist.draft"),
        "documents": documents_of(selection, "score_result") if selection else [],
    }
    return render(request, "reviews/result.html", context)


@capability("shortlist.read")
def result_record(request: HttpRequest, call_pk: int) -> HttpResponse:
    """The record as a file, experts by number alone."""
    call = _call(request, call_pk)
    text = json.dumps(record_of(call), ensure_ascii=False, indent=1, sort_keys=True)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="result-{call.jurisdiction.code}-{call.pk}.json"'
    return response
