"""Assessments of one base, for the bureau and for its unit; what an expert reads of it; the chair's confirmation."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from assessments.forms import rounds as forms
from assessments.models import Assessment
from assessments.selectors import rounds as selectors
from assessments.selectors import rounds_pages as pages
from assessments.selectors.reports import paper_of
from assessments.selectors.rounds_record import assessments_of_expert, reports_for_expert, rows_for_expert
from assessments.services import rounds_checks, rounds_panel
from assessments.services.rounds_news import desk_page
from assessments.views.base_pages import own_base
from assessments.views.rounds_one import base_url
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.policy.aftercare import Rhythm
from portal.policy.values import show
from reviews.views.acts import Act, perform


@capability("base.read")
def base_rounds(request: Any, pk: int) -> HttpResponse:
    """Every assessment of one base, and what is due or may be begun."""
    base = own_base(request, pk)
    context = {
        "base": base,
        "lines": [pages.Row.of(each) for each in _of_base(request, base)],
        "due": selectors.due_of_bases([base], clock.today()) if base.is_active else [],
        "on_demand": _on_demand(base) if base.is_active and request.actor.can("base.keep") else [],
        "may_keep": request.actor.can("base.keep"),
        "desk": True,
    }
    return render(request, "assessments/base_rounds.html", context)


@capability("base.report")
def my_rounds(request: Any, pk: int) -> HttpResponse:
    """The assessments of one's own base; results once one has been told."""
    base = own_base(request, pk)
    lines = [pages.Row.of(each, unit=True) for each in _of_base(request, base)]
    return render(request, "assessments/base_rounds.html", {"base": base, "lines": lines})


@capability("base.keep", methods=("GET", "POST"))
def check_begin(request: Any, pk: int) -> HttpResponse:
    """Begin a check that is due, or one the bureau wants now."""
    base = own_base(request, pk)
    due = {(each.scheme.key, each.ends_on): each for each in selectors.due_of_bases([base], clock.today())}
    on = _day(request.GET.get("on", ""))
    wanted = due.get((request.GET.get("scheme", ""), on)) if on else None
    form = None if wanted else forms.BeginForm(request.POST or None, schemes=_on_demand(base))
    made: list[Assessment] = []

    def do() -> None:
        key, day = (wanted.scheme.key, wanted.ends_on) if wanted else (form.cleaned_data["scheme"], None)  # type: ignore[union-attr]
        made.append(rounds_checks.begin_check(base=base, scheme_key=key, ends_on=day, by=request.actor))

    if wanted is None and not _on_demand(base):
        raise Http404("没有到期或可以随时办理的考核")
    act = Act(
        title=f"开始{wanted.scheme.title}" if wanted else "开始考核", submit_label="开始", cancel_url=base_url(request, pk),
        lead=base.name, form=form, do=do, done="已开始，请逐项核对", official=False,
        effects=[
            f"考核期至 {wanted.ends_on:%Y-%m-%d}，按已核数据逐项核对" if wanted else "考核期至今天，按已核数据逐项核对",
            "须由人认定的指标，先登记认定依据再拟定结果",
        ],
    )  # fmt: skip
    answer = perform(request, act)
    if made:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": desk_page(made[0])})
        return HttpResponseRedirect(desk_page(made[0]))
    return answer


@capability("review.score", methods=("GET", "POST"))
def assessment_chair(request: Any, pk: int) -> HttpResponse:
    """Let the chair of a panel confirm a grade that the bonus has changed."""
    rows = selectors.in_full(
        Assessment.objects.filter(
            jurisdiction=request.jurisdiction, panel__members__chair=True, panel__members__state="declared",
            panel__members__expert__user=request.actor.user, panel__closed_at__isnull=False,
        )
    )  # fmt: skip
    row = get_object_or_404(rows, pk=pk)
    result, form = row.result or {}, forms.ReasonForm(request.POST or None, label="确认理由")
    points = pages.sums(result)
    back = reverse("reviews:expert_home", kwargs={"jurisdiction": request.jurisdiction.code})
    act = Act(
        title="确认加分对等次的影响", submit_label="确认", cancel_url=back, form=form, done="已确认",
        lead=f"{row.base.name}　{row.title}",
        effects=[
            f"基础部分 {points.get('base', '—')} 分，对应“{result.get('by_base', '—')}”",
            f"计入加分 {points.get('bonus', '—')} 分后，总分 {points.get('total', '—')} 分，对应“{result.get('by_total', '—')}”",
            "确认后方可拟定结果；加分不属实的，不要确认，请向主管部门说明",
        ],
        do=lambda: rounds_panel.confirm_flag(assessment=row, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


def _of_base(request: Any, base: Any) -> Any:
    rows = selectors.readable_assessments(Assessment.objects.filter(base=base), request.actor)
    return selectors.in_list(rows).order_by("-ends_on", "-id")


def _on_demand(base: Any) -> list[Any]:
    return [
        each for each in base.edition.schemes if each.rhythm is Rhythm.ON_DEMAND and each.is_for(base.track_key)
    ]  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@capability("review.score")
def assessment_record(request: Any, pk: int) -> HttpResponse:
    """What an expert reads of the base they assess: one ledger, veiled, or one report at a time."""
    row = get_object_or_404(assessments_of_expert(request.actor), pk=pk)
    reports = reports_for_expert(row)
    ledgers = [each for each in row.edition.ledgers if not each.tracks or row.base.track_key in each.tracks]
    shown = next((each for each in ledgers if each.key == request.GET.get("ledger")), ledgers[0] if ledgers else None)
    report = reports.filter(pk=request.GET["report"]).first() if request.GET.get("report", "").isdigit() else None
    rows: Any = rows_for_expert(row, shown.key) if shown else []
    page: Any = Paginator(rows, 50).get_page(request.GET.get("page"))
    titles = {form.key: form.title for form in row.edition.reports}
    context = {
        "row": row,
        "ledgers": ledgers,
        "ledger": shown,
        "page": page,
        "lines": [[show(column, each.shown.get(column.key)) for column in shown.columns] + [each.get_state_display()]
                  for each in page] if shown else [],
        "reports": [(titles.get(each.key, each.key), each) for each in reports],
        "report": report,
        "parts": paper_of(report).printed() if report else [],
    }  # fmt: skip
    return render(request, "assessments/assessment_record.html", context)
