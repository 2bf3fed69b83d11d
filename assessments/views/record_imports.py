"""Workbooks of ledger rows: the template, a preview that changes nothing, and doing it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.services.moves import WrongState
from assessments.enums import ImportState
from assessments.forms.records import WorkbookForm
from assessments.models import Base, LedgerImport
from assessments.selectors.ledger_sheet import template
from assessments.selectors.ledgers import same_file
from assessments.services import imports as services
from assessments.views.base_pages import own_base
from assessments.views.records import address, own_ledger, posted, workbook
from portal.accounts.guards import capability
from portal.policy.values import show
from reviews.services.refusal import Refused
from reviews.views.acts import write

PROBLEMS = 200  # shown on the page; the workbook has them all


@capability("base.report")
def record_template(request: HttpRequest, pk: int, ledger: str) -> HttpResponse:
    """The workbook to fill in."""
    declared = own_ledger(own_base(request, pk), ledger)
    return workbook(f"{declared.title}（模板）", template(declared))


@capability("base.report", methods=("GET", "POST"))
def record_import(request: HttpRequest, pk: int, ledger: str) -> HttpResponse:
    """Choose a workbook; what it would do is shown on a page of its own."""
    base = own_base(request, pk)
    declared = own_ledger(base, ledger)
    form = WorkbookForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["workbook"]
        made = write(
            form, services.preview_import, base=base, ledger=ledger, content=sent, name=sent.name, by=request.actor  # type: ignore[attr-defined]
        )  # fmt: skip
        if made:
            return redirect(address("record_import_job", base, import_pk=made.pk))
    context = {
        "base": base,
        "ledger": declared,
        "form": form,
        "most_rows": settings.PORTAL_LEDGER_ROWS,
        "most_mb": settings.PORTAL_LEDGER_MB,
        "jobs": LedgerImport.objects.filter(base=base, ledger=ledger).select_related("stored", "uploaded_by").defer("problems", "sample")[:10],
        "list_url": f"{address('my_records', base)}?ledger={ledger}",
    }  # fmt: skip
    return render(request, "assessments/record_import.html", context, status=422 if form.errors else 200)


@capability("base.report", methods=("GET", "POST"))
def record_import_job(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """What a workbook would do, or has done; on POST do it, do it without the faulty rows, or give it up."""
    base = own_base(request, pk)
    job = _own_job(base, import_pk)
    if request.method == "POST":
        return _settle(request, base, job)
    return _job_page(request, base, job, "")


@capability("base.report", methods=("POST",))
def record_import_problems(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """The faulty rows as the unit sent them, each with its problem; that they were taken is recorded."""
    base = own_base(request, pk)
    job = _own_job(base, import_pk)
    content = services.problem_workbook(pk=job.pk, by=request.actor)  # type: ignore[attr-defined]
    return workbook(f"{job.declared.title}（需更正的行）", content)


def _own_job(base: Base, import_pk: int) -> LedgerImport:
    rows = LedgerImport.objects.select_related("stored", "uploaded_by", "settled_by")
    job: LedgerImport = get_object_or_404(rows, pk=import_pk, base=base)
    job.base = base
    return job


def _settle(request: HttpRequest, base: Base, job: LedgerImport) -> HttpResponse:
    by, act = request.actor, request.POST.get("act", "")  # type: ignore[attr-defined]
    try:
        if act == "cancel":
            services.cancel_import(pk=job.pk, by=by)
            messages.success(request, "已取消，未写入任何记录")
            return redirect(address("record_import", base, ledger=job.ledger))
        done = services.apply_import(pk=job.pk, by=by, sound_only=act == "sound")
    except (Refused, WrongState) as refusal:
        return _job_page(request, base, job, str(refusal))
    messages.success(request, f"已导入 {done.counts['new']:,} {job.declared.noun}")
    return redirect(address("record_import_job", base, import_pk=job.pk))


def _job_page(request: HttpRequest, base: Base, job: LedgerImport, problem: str) -> HttpResponse:
    ledger = job.declared
    columns = ledger.columns
    sample = [
        {**line, "shown": [show(column, line["cells"].get(column.key)) for column in columns]} for line in job.sample
    ]
    context = {
        "base": base,
        "ledger": ledger,
        "job": job,
        "sample": sample,
        "waiting": job.state == ImportState.PREVIEWED,
        "problems": job.problems[:PROBLEMS],
        "more_problems": max(0, len(job.problems) - PROBLEMS),
        "same": same_file(job),
        "problem": problem,
        "list_url": f"{address('my_records', base)}?ledger={ledger.key}",
        "import_url": address("record_import", base, ledger=ledger.key),
    }
    return render(request, "assessments/record_import_job.html", context, status=409 if problem else 200)
