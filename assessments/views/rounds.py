"""The bureau's pages of rounds: what is due, the rounds, one round with its bases, its acts and its workbook."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from assessments.enums import AssessmentState, RoundState
from assessments.forms.rounds import OpenForm, RoundForm
from assessments.models import Assessment, Round
from assessments.selectors import rounds as selectors
from assessments.selectors.rounds_pages import Row, round_shape
from assessments.selectors.rounds_sheet import results_workbook
from assessments.services import rounds as services
from assessments.views.bases import XLSX
from portal.accounts.guards import capability
from portal.calendars import clock
from reviews.views.acts import Act, perform


def own_round(request: Any, pk: int) -> Round:
    """Return a round the reader reaches; 404 for every other."""
    rows = selectors.readable_rounds(Round.objects.select_related("jurisdiction", "created_by"), request.actor)
    return get_object_or_404(selectors.rounds_in_list(rows), pk=pk)


def round_url(request: Any, pk: int) -> str:
    """Return a round's address."""
    return reverse("assessments:round", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})


@capability("base.read")
def rounds(request: Any) -> HttpResponse:
    """What is due by each base's dates, and all rounds."""
    rows = selectors.rounds_in_list(selectors.readable_rounds(Round.objects.all(), request.actor))
    page: Any = Paginator(rows, 30).get_page(request.GET.get("page"))
    single = selectors.in_list(
        selectors.readable_assessments(Assessment.objects.filter(round__isnull=True), request.actor)
    ).order_by("-id")
    context = {
        "page": page,
        "lines": [{"round": each, "shape": round_shape(each)} for each in page],
        "due": selectors.due_checks(request.jurisdiction, clock.today()),
        "due_rounds": selectors.due_rounds(request.jurisdiction, clock.today()),
        "single": [Row.of(each) for each in single[:50]],
        "in_rounds": bool(selectors.round_schemes(request.jurisdiction)),
        "may_keep": request.actor.can("base.keep"),
    }
    return render(request, "assessments/rounds.html", context)


@capability("base.keep", methods=("GET", "POST"))
def round_new(request: Any) -> HttpResponse:
    """Set a round up."""
    schemes = selectors.round_schemes(request.jurisdiction)
    initial: dict[str, Any] = {"first_year": clock.today().year - 1}
    if wanted := selectors.due_rounds(request.jurisdiction, clock.today()):
        initial = {"scheme": f"{wanted[0].edition.code}:{wanted[0].scheme.key}", "first_year": wanted[0].first_year}
    elif schemes:
        edition, scheme = schemes[0]
        initial = {"scheme": f"{edition.code}:{scheme.key}", "first_year": clock.today().year - scheme.every}
    form = RoundForm(request.POST or None, schemes=schemes, initial=initial)
    made: list[Round] = []

    def do() -> None:
        code, _, key = form.cleaned_data["scheme"].partition(":")
        made.append(
            services.set_up_round(
                place=request.jurisdiction, edition_code=code, scheme_key=key, by=request.actor,
                first_year=form.cleaned_data["first_year"], title=form.cleaned_data["title"],
            )
        )  # fmt: skip

    back = reverse("assessments:rounds", kwargs={"jurisdiction": request.jurisdiction.code})
    act = Act(
        title="拟定考核轮次", submit_label="拟定", cancel_url=back, form=form, official=False, do=do,
        done="考核轮次已拟定，请核对参评基地后启动",
        effects=["考核期为整自然年，由首个年度起算", "拟定后先核对参评和不参评的基地，启动前各单位看不到"],
    )  # fmt: skip
    return perform(request, act)


@capability("base.read")
def round_page(request: Any, pk: int) -> HttpResponse:
    """One round: who would take part before it is opened, how each base stands after."""
    found = own_round(request, pk)
    state, words = request.GET.get("state", ""), request.GET.get("q", "")
    draft = found.state == RoundState.DRAFT
    rows = selectors.in_list(Assessment.objects.filter(round=found), state, words)
    page: Any = Paginator(rows, 50).get_page(request.GET.get("page"))
    listed = selectors.candidates(found) if draft else []
    export = reverse("assessments:round_export", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})
    context = {
        "found": found,
        "shape": round_shape(found),
        "scheme": found.scheme,
        "candidates": listed,
        "n_taking_part": sum(not each.reason for each in listed),
        "page": page,
        "lines": [Row.of(each) for each in page],
        "unpublished": Assessment.objects.filter(
            round=found, state=AssessmentState.DECIDED, published_at__isnull=True
        ).count(),
        "search_value": words,
        "filters": [
            {"name": "state", "label": "状态", "value": state, "options": [("", "全部状态"), *AssessmentState.choices]}
        ],
        "exports": [("导出 .xlsx", f"{export}?{request.GET.urlencode()}")],
        "may_keep": request.actor.can("base.keep"),
        "may_publish": request.actor.can("base.recognise"),
    }
    return render(request, "assessments/round.html", context)


@capability("base.keep", methods=("GET", "POST"))
def round_open(request: Any, pk: int) -> HttpResponse:
    """Open a round."""
    found = own_round(request, pk)
    listed = selectors.candidates(found)
    taking_part = sum(not each.reason for each in listed)
    asks = bool(found.scheme.sections)
    form = OpenForm(request.POST or None, initial={"self_due_on": found.self_due_on}) if asks else None
    act = Act(
        title="启动考核", submit_label="启动", cancel_url=round_url(request, pk), form=form, lead=found.title,
        done="考核已启动，已通知各基地",
        effects=[
            f"{taking_part} 个基地参评，{len(listed) - taking_part} 个不参评，并通知各单位",
            "参评的基地可以在平台填报自评" if asks else "台账和报送材料作为核验依据",
        ],
        do=lambda: services.open_round(
            found=found, by=request.actor, self_due_on=form.cleaned_data["self_due_on"] if form else None
        ),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", methods=("GET", "POST"))
def round_drop(request: Any, pk: int) -> HttpResponse:
    """Take back a round that was not opened."""
    found = own_round(request, pk)
    back = reverse("assessments:rounds", kwargs={"jurisdiction": request.jurisdiction.code})
    act = Act(
        title="取消考核轮次", submit_label="取消该轮次", cancel_url=round_url(request, pk), success_url=back, risky=True,
        lead=found.title, done="考核轮次已取消", official=False, effects=["尚未启动，各单位不受影响"],
        do=lambda: services.drop_round(found=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", methods=("GET", "POST"))
def round_close(request: Any, pk: int) -> HttpResponse:
    """Close a round."""
    found = own_round(request, pk)
    act = Act(
        title="办结考核", submit_label="办结", cancel_url=round_url(request, pk), lead=found.title, done="该轮考核已办结",
        effects=["全部结果确定并公布后方可办结", "办结后不再变动"], official=False,
        do=lambda: services.close_round(found=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.recognise", methods=("GET", "POST"))
def round_publish(request: Any, pk: int) -> HttpResponse:
    """Publish the results that are decided."""
    found = own_round(request, pk)
    waiting = Assessment.objects.filter(round=found, state=AssessmentState.DECIDED, published_at__isnull=True).count()
    act = Act(
        title="公布考核结果", submit_label="公布", cancel_url=round_url(request, pk), lead=found.title,
        done="考核结果已公布，结果通知正在生成",
        effects=[f"公布 {waiting} 个已确定的结果，公开页面只列基地名称和结果", "逐一通知各单位，并生成结果通知书"],
        do=lambda: services.publish_results(found=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.read")
def round_export(request: Any, pk: int) -> HttpResponse:
    """The round's assessments exactly as filtered."""
    found = own_round(request, pk)
    rows = selectors.in_list(
        Assessment.objects.filter(round=found), request.GET.get("state", ""), request.GET.get("q", "")
    )
    response = HttpResponse(results_workbook(found, rows), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="assessments.xlsx"'
    return response
