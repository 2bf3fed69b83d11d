"""The event log for auditors."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.accounts.guards import capability
from portal.audit.export import MOST
from portal.audit.forms import FilterForm
from portal.audit.labels import action_label
from portal.audit.selectors import chains_of, readable
from portal.audit.services import export_log, verify_log

BOUND = 50_000  # events checked while the auditor waits; the command checks all
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@capability("audit.read")
def log(request: HttpRequest) -> HttpResponse:
    """List the events, filtered by the address."""
    actor = request.actor  # type: ignore[attr-defined]
    form = _filters(request)
    page = Paginator(readable(actor, form.filters()), 100).get_page(request.GET.get("page"))
    rows = [(event, action_label(event.action)) for event in page]
    context = {"form": form, "page": page, "rows": rows, "may_export": actor.can("audit.export"), "most": MOST}
    return render(request, "audit/log.html", context)


@capability("audit.read", methods=("POST",))
def verify(request: HttpRequest) -> HttpResponse:
    """Verify the chains within the auditor's reach, or of one object, and show the result; that it was done is recorded."""
    actor = request.actor  # type: ignore[attr-defined]
    key = request.POST.get("object", "").strip()[:100]
    whole = not key and actor.jurisdiction_id is None
    report = verify_log(chains=chains_of(actor, key), most=BOUND, by=actor, whole=whole)
    return render(request, "audit/verification.html", {"report": report, "object": key, "bound": BOUND})


@capability("audit.export", methods=("POST",))
def export(request: HttpRequest) -> HttpResponse:
    """Give out exactly what is shown, as .csv or .xlsx; the export itself is recorded."""
    actor = request.actor  # type: ignore[attr-defined]
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    content = export_log(events=readable(actor, _filters(request).filters()), kind=kind, by=actor)
    response = HttpResponse(content, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="audit-log.{kind}"'
    return response


def _filters(request: HttpRequest) -> FilterForm:
    return FilterForm(request.GET, everywhere=request.actor.jurisdiction_id is None)  # type: ignore[attr-defined]
