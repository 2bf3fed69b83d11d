"""What more than one base claims, over a whole jurisdiction: the same trainee, the same certificate."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessments.models import LedgerRow
from assessments.selectors.duplicate_sheet import duplicates_workbook
from assessments.selectors.ledgers import claimed_rows, claims_elsewhere
from assessments.services.ledger_exports import note_duplicates
from assessments.views.records import workbook
from portal.accounts.guards import capability


@capability("base.read")
def duplicates(request: HttpRequest) -> HttpResponse:
    """The rows other bases claim too, those of one trainee together."""
    page = Paginator(_filtered(request), 50).get_page(request.GET.get("page"))
    own: list[LedgerRow] = list(page.object_list)
    claims = claims_elsewhere(own, request.jurisdiction.pk)  # type: ignore[attr-defined]
    export_url = reverse("assessments:duplicates_export", kwargs={"jurisdiction": request.jurisdiction.code})  # type: ignore[attr-defined]
    context = {
        "page": page,
        "rows": [{"row": row, "claims": claims.get(row.pk)} for row in own],
        "export_url": f"{export_url}?{request.GET.urlencode()}",
    }
    return render(request, "assessments/duplicates.html", context)


@capability("base.read", methods=("POST",))
def duplicates_export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, masked; that it was taken is recorded."""
    rows = list(_filtered(request)[:20_000])
    note_duplicates(
        jurisdiction=request.jurisdiction, rows=len(rows), query=request.GET.urlencode(), by=request.actor  # type: ignore[attr-defined]
    )  # fmt: skip
    return workbook("重复核查", duplicates_workbook(rows, claims_elsewhere(rows, request.jurisdiction.pk)))  # type: ignore[attr-defined]


def _filtered(request: Any) -> QuerySet[LedgerRow]:
    return claimed_rows(
        request.jurisdiction.pk, month=request.GET.get("month", ""), words=request.GET.get("q", "")
    ).defer("personal")
