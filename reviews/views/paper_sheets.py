"""Score sheets on paper: printed, typed in with their scan, checked by a second person."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.guards import capability
from portal.documents.models import Document, StoredFile
from reviews.forms.panels import ReasonForm
from reviews.forms.paper_sheets import PaperEntryForm
from reviews.models import Opinion, Panel, PanelMember, PaperEntry
from reviews.permissions import own_memberships, readable_panels
from reviews.selectors.paper_sheets import draft_begun, last_returned, number_of, open_entry
from reviews.selectors.scores import panel_sheet, plain, sheet_lines
from reviews.services import paper_sheets as services
from reviews.services.refusal import Refused
from reviews.views.acts import REFUSALS, Act, perform, write

AT_DESK = ("review.run", "shortlist.approve")


def _seat(request: HttpRequest, panel_pk: int, member_pk: int) -> PanelMember:
    panels = readable_panels(Panel.objects.filter(pk=panel_pk), request.actor)
    rows = PanelMember.objects.filter(panel__in=panels).select_related(
        "expert", "panel__jurisdiction", "panel__application__organisation", "panel__application__call",
        "panel__application__current",
    )  # fmt: skip
    return get_object_or_404(rows, pk=member_pk)


def _entry(request: HttpRequest, pk: int) -> PaperEntry:
    panels = readable_panels(Panel.objects.all(), request.actor)
    rows = PaperEntry.objects.filter(member__panel__in=panels)
    return get_object_or_404(rows.select_related("member__expert", "member__panel__application__organisation"), pk=pk)


def paper_url(request: HttpRequest, member: PanelMember) -> str:
    """The page of one seat's paper sheet."""
    where = {"jurisdiction": request.jurisdiction.code, "panel_pk": member.panel_id, "member_pk": member.pk}
    return reverse("reviews:paper_entry", kwargs=where)


@capability("review.score", methods=("POST",))
def seat_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the paper sheet of one's own seat."""
    seats = own_memberships(PanelMember.objects.select_related("panel", "expert"), request.actor)
    seat = get_object_or_404(seats, pk=pk)
    return _printed(request, services.print_own_sheet, seat) or redirect(
        "reviews:opinion", jurisdiction=request.jurisdiction.code, pk=pk
    )


@capability("review.run", methods=("POST",))
def paper_print(request: HttpRequest, panel_pk: int, member_pk: int) -> HttpResponse:
    """Print the paper sheet of a seat at the bureau."""
    seat = _seat(request, panel_pk, member_pk)
    return _printed(request, services.print_sheet, seat) or redirect(paper_url(request, seat))


def _printed(request: HttpRequest, service: Callable[..., Document], seat: PanelMember) -> HttpResponse | None:
    """Issue a sheet and lead to its PDF; a refusal becomes the message of the page one came from."""
    try:
        document = service(member=seat, by=request.actor)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return None
    return redirect("documents:document", pk=document.pk)


@capability(*AT_DESK, methods=("GET", "POST"), writes="review.run")
def paper_entry(request: HttpRequest, panel_pk: int, member_pk: int) -> HttpResponse:
    """One seat's paper sheet: typed in here, and here it waits for its check. No other seat's is shown."""
    seat = _seat(request, panel_pk, member_pk)
    lines, kept, waiting = sheet_lines(seat.panel), last_returned(seat, request.actor), open_entry(seat)
    begun = draft_begun(seat)
    form = PaperEntryForm(
        request.POST or None, request.FILES or None, member=seat, begun=begun, lines=lines,
        initial=PaperEntryForm.initial_of_entry(kept, lines, request.GET.get("code", "")[:24]),
    )  # fmt: skip
    scan = form.kept() or (kept.paper if kept else None)
    if request.method == "POST" and not waiting:
        scan = _scan(request, form) or scan
        if _entered(request, seat, form, scan):
            return redirect(paper_url(request, seat))
    opinion = Opinion.objects.filter(member=seat, submitted_at__isnull=False).first()
    context = {
        "seat": seat,
        "application": seat.panel.application,
        "number": number_of(seat),
        "form": form,
        "sheet": panel_sheet(seat.panel),
        "scan": scan,
        "scan_mark": form.mark(scan) if scan else "",
        "returned": kept,
        "begun": begun,
        "handed_in": opinion is not None,
        "entry": waiting,
        "typed": _typed(request, waiting, lines),
        "may_run": request.actor.can("review.run"),
    }
    return render(request, "reviews/paper_entry.html", context, status=422 if form.errors else 200)


def _scan(request: HttpRequest, form: PaperEntryForm) -> StoredFile | None:
    """Store a scan as soon as it is here, so that a page shown again for another reason need not ask for it again."""
    upload: Any = request.FILES.get("scan")
    if upload is None:
        return None
    try:
        return services.store_scan(content=upload.file, name=upload.name, by=request.actor)
    except Refused as refusal:
        form.is_valid()
        form.add_error("scan", refusal.message)
        return None


def _entered(request: HttpRequest, seat: PanelMember, form: PaperEntryForm, scan: StoredFile | None) -> Any:
    if form.is_valid():
        form.refuse_unfinished()
        if scan is None:
            form.add_error("scan", "请选择纸质评分表的扫描件")
    if form.errors or scan is None:
        return None
    answers = form.cleaned_data
    return write(
        form, services.enter_paper, member=seat, code=answers["code"], scan=scan, conclusion=answers.get("conclusion", ""),
        text=answers["text"], scores=form.points(), remarks=form.remarks(), by=request.actor,
        replaces_draft=answers.get("replaces_draft", False),
    )  # fmt: skip


def _typed(request: HttpRequest, entry: PaperEntry | None, lines: Any) -> dict[str, Any] | None:
    """What was typed, for the two who know it: the typist, and the one who has taken on the check."""
    if entry is None or request.actor.user.pk not in (entry.entered_by_id, entry.checked_by_id):
        return None
    rows = [
        {
            "number": line.item.number,
            "title": line.item.title,
            "maximum": plain(line.maximum),
            "points": entry.scores.get(line.key, "—"),
            "remark": entry.score_remarks.get(line.key, ""),
        }
        for line in lines
    ]
    checking = entry.checked_by_id == request.actor.user.pk
    return {"rows": rows, "total": plain(entry.total), "checking": checking}


@capability(*AT_DESK, methods=("GET", "POST"))
def paper_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the check of an entry on oneself."""
    entry = _entry(request, pk)
    act = Act(
        title="核对纸质评分表", submit_label="由我核对", cancel_url=paper_url(request, entry.member), lead=_lead(entry),
        done="请对照扫描件逐项核对", official=False,
        effects=["您将看到这一份评分表录入的内容和扫描件，记入日志", "启封前不得向任何人透露其内容", "录入人以外的一人核对，其他人不能查看"],
        do=lambda: services.claim_check(entry=entry, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability(*AT_DESK, methods=("GET", "POST"))
def paper_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that what was typed is what the scan shows."""
    entry = _entry(request, pk)
    act = Act(
        title="确认与扫描件一致", submit_label="核对无误，计入", cancel_url=paper_url(request, entry.member), lead=_lead(entry),
        done="纸质评分表已计入并封存",
        effects=["该专家的评估意见按录入内容提交并锁定，封存至启封", "注明纸质评分及录入人、核对人，扫描件随同保存",
                 "通知专家本人查看录入的内容；启封前可申请退回"],
        do=lambda: services.confirm_paper(entry=entry, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability(*AT_DESK, methods=("GET", "POST"))
def paper_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an entry back to be typed anew."""
    entry = _entry(request, pk)
    form = ReasonForm(request.POST or None)
    act = Act(
        title="退回录入", submit_label="退回", cancel_url=paper_url(request, entry.member), lead=_lead(entry), form=form,
        done="录入已退回", official=False, risky=True,
        effects=["这次录入不计入评分，记录保留", "录入人可以在原内容上更正后重新录入", "理由中不要写评分内容"],
        do=lambda: services.return_paper(entry=entry, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


def _lead(entry: PaperEntry) -> str:
    return f"{entry.member.panel.application.organisation.name}　专家 {number_of(entry.member)} 号"
