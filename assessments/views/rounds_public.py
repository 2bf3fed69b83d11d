"""Published results, for everybody: base and grade, nothing else."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from assessments.models import Assessment, Round
from portal.accounts.guards import visitor


def _published(request: Any) -> Any:
    return Round.objects.filter(jurisdiction=request.jurisdiction, published_at__isnull=False)


@visitor()
def results(request: Any) -> HttpResponse:
    """Every round whose results are public."""
    page = Paginator(_published(request).order_by("-published_at"), 30).get_page(request.GET.get("page"))
    return render(request, "assessments/results.html", {"page": page})


@visitor()
def result_list(request: Any, pk: int) -> HttpResponse:
    """The results of one round."""
    found = get_object_or_404(_published(request), pk=pk)
    rows = (
        Assessment.objects.filter(round=found, published_at__isnull=False)
        .select_related("base", "round")
        .order_by("base__name", "id")
    )
    return render(request, "assessments/result_list.html", {"found": found, "rows": rows, "edition": found.edition})
