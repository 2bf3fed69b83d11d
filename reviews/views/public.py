"""What anybody may open: a notice, its list, the way to object and to ask what became of it."""

from django.contrib.auth.hashers import check_password
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from portal.accounts.guards import visitor
from portal.calendars import clock, wording
from portal.documents.selectors import documents_of
from reviews.forms.lists import ObjectionForm, ObjectionQueryForm
from reviews.models import Objection, PublicNotice
from reviews.selectors.notices import period_of, phase
from reviews.services.objections import lodge_objection
from reviews.views.acts import write

RECEIPT_KEY = "objection_receipt"


def _published(pk: int) -> PublicNotice:
    return get_object_or_404(PublicNotice.objects.select_related("jurisdiction", "shortlist__call", "listing"), pk=pk)


@visitor()
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice: what was published, how long it runs, how to object."""
    found, now = _published(pk), clock.now()
    document = documents_of(found, "public_notice").first()
    kind, word = phase(found, now)
    period = period_of(found, now)
    context = {
        "notice": found,
        "said": found.snapshot,
        "kind": kind,
        "word": word,
        "period": period,
        "period_note": _note(found, period),
        "over": now >= found.ends_at,
        "document": document,
        "published_on": clock.local_date(found.published_at),
    }
    return render(request, "reviews/notice.html", context)


def _note(found: PublicNotice, period: dict[str, object]) -> str:
    end = wording.period_end(found.ends_at)
    if period["over"]:
        return f"{wording.period_end(found.ends_at, with_year=True)}届满"
    return f"今天不计。{end} 截止" if not period["left"].is_last_day else f"{end} 截止"  # type: ignore[attr-defined]


@visitor()
def notice_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list of a notice as the workbook stored at publication."""
    found = _published(pk)
    if found.listing is None:
        raise Http404("没有这份名单")
    stream = found.listing.content.open("rb")
    return FileResponse(
        stream, as_attachment=True, filename=found.listing.name, content_type=found.listing.content_type
    )


@visitor(methods=("GET", "POST"))
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object by name; the receipt follows, its query code is shown once."""
    found = _published(pk)
    entries = found.shortlist.entries.filter(removed=False).select_related("application__organisation")
    form = ObjectionForm(
        request.POST or None, request.FILES or None, entries=entries, initial={"entry": request.GET.get("entry")}
    )
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        files = [(upload.name, upload.file) for upload in answers.pop("files") or []]
        made = write(form, lodge_objection, notice=found, files=files, by=request.actor, **answers)
        if made:
            request.session[RECEIPT_KEY] = {"notice": pk, "pk": made[0].pk, "code": made[1]}
            return redirect("reviews:object_receipt", jurisdiction=request.jurisdiction.code, pk=pk)
    over = clock.now() >= found.ends_at
    context = {"notice": found, "form": form, "over": over, "ends": wording.period_end(found.ends_at, with_year=True)}
    return render(request, "reviews/object.html", context, status=422 if form.errors else 200)


@visitor()
def object_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt, to whoever has just objected from this browser; the code is gone with the session."""
    kept = request.session.get(RECEIPT_KEY) or {}
    if kept.get("notice") != pk:
        return redirect("reviews:object", jurisdiction=request.jurisdiction.code, pk=pk)
    found = get_object_or_404(
        Objection.objects.select_related("notice", "entry__application__organisation"), pk=kept["pk"]
    )
    return render(
        request, "reviews/object_receipt.html", {"notice": found.notice, "objection": found, "code": kept["code"]}
    )


@visitor(methods=("GET", "POST"))
def objection_query(request: HttpRequest) -> HttpResponse:
    """What became of an objection, for whoever knows its number and code."""
    form = ObjectionQueryForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        number, code = form.cleaned_data["number"].strip().upper(), form.cleaned_data["code"].strip().upper()
        found = (
            Objection.objects.select_related("notice", "entry__application__organisation").filter(number=number).first()
        )
        if found is None or not check_password(code, found.query_hash):
            found = None
            form.add_error(None, "回执编号或查询码不正确，请核对后重新输入")
    return render(
        request, "reviews/objection_query.html", {"form": form, "objection": found}, status=422 if form.errors else 200
    )
