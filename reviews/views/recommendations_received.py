"""The receiving level: what each office has handed in, the quota ledger of a call, sending files back."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from applications.models import Call
from applications.views.desk_export import as_xlsx
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from portal.policy.procedure import StageKind
from reviews.forms.recommendations import ReturnForm
from reviews.models import Recommendation
from reviews.permissions import readable_recommendations
from reviews.selectors.boards import calls_with, stage_in, time_left
from reviews.selectors.receiving import (
    RECEIVES,
    RETURNABLE,
    OfficeLine,
    office_lines,
    received_view,
    totals,
    unsent_files,
)
from reviews.selectors.recommendations import full, rankings_are_open, rule_of
from reviews.services.sealing import RETURNS, return_recommendation
from reviews.views.acts import Act, perform

READ = "recommendation.read"


def _kind(request: HttpRequest) -> StageKind:
    kind = RECEIVES.get(request.actor.tier)
    if kind is None:
        raise PermissionDenied("当前身份所在部门不接收推荐")
    return kind


def _call(request: HttpRequest, pk: int) -> Call:
    return get_object_or_404(calls_with(request.jurisdiction, _kind(request)), pk=pk)


def _below(request: HttpRequest, pk: int) -> Recommendation:
    """Return a recommendation that has come in from below; the office's own is not for these pages."""
    _kind(request)
    sent = readable_recommendations(full(Recommendation.objects.all()), request.actor).filter(round__gt=0)
    return get_object_or_404(sent.exclude(office=request.actor.organisation), pk=pk)


@capability(READ)
def received(request: HttpRequest) -> HttpResponse:
    """The calls in which offices recommend to this one."""
    kind = _kind(request)
    calls = list(calls_with(request.jurisdiction, kind)[:50])
    sent = readable_recommendations(Recommendation.objects.filter(call__in=calls, round__gt=0), request.actor)
    counts: dict[int, dict[str, int]] = {}
    for call_id, state in sent.exclude(office=request.actor.organisation).values_list("call_id", "state"):
        mine = counts.setdefault(call_id, {"sealed": 0, "returned": 0})
        mine[state] = mine.get(state, 0) + 1
    lines = [
        {
            "call": call,
            "time": time_left(call, stage_in(call, kind).key, None),
            "sealed": counts.get(call.pk, {}).get("sealed", 0),
            "returned": counts.get(call.pk, {}).get("returned", 0),
        }
        for call in calls
    ]
    return render(request, "reviews/recommends_received.html", {"lines": lines, "kind": kind})


@capability(READ)
def received_call(request: HttpRequest, call_pk: int) -> HttpResponse:
    """One call: every office with its state, and the quota ledger, which counts only what has been handed in."""
    call = _call(request, call_pk)
    stage = stage_in(call, _kind(request))
    lines = _lines(request, call)
    shown = request.GET.get("state", "")
    chosen = [line for line in lines if not shown or line.shape == shown]
    context = {
        "call": call,
        "stage": stage,
        "time": time_left(call, stage.key, None),
        "ranks_open": rankings_are_open(call, stage.key, clock.now()),
        "lines": chosen,
        "shown": shown,
        "totals": totals(lines),
        "filters": _filters(lines),
        "unsent": unsent_files(call) if stage.kind is StageKind.RECOMMENDATION else 0,
    }
    return render(request, "reviews/recommend_received_call.html", context)


def _filters(lines: list[OfficeLine]) -> list[tuple[str, str, int]]:
    words = (("", "全部"), ("done", "已报送"), ("attention", "已退回"), ("todo", "未报送"))
    return [(key, word, sum(not key or line.shape == key for line in lines)) for key, word in words]


def _lines(request: HttpRequest, call: Call) -> list[OfficeLine]:
    mine = readable_recommendations(Recommendation.objects.all(), request.actor)
    return office_lines(call, stage_in(call, _kind(request)), mine)


@capability(READ)
def received_ledger(request: HttpRequest, call_pk: int) -> HttpResponse:
    """The quota ledger as a workbook."""
    call = _call(request, call_pk)
    lines = _lines(request, call)
    titles = [row.line.title for row in lines[0].rows] if lines else []
    head = ["推荐部门", "状态", "报送时间"]
    head += [f"{title}：{what}" for title in titles for what in ("名额", "已报送", "放弃", "剩余")]
    return as_xlsx(f"{call.title} 推荐名额台账", head, [_cells(line) for line in lines])


def _cells(line: OfficeLine) -> list[str]:
    sealed_at = line.recommendation.sealed_at if line.recommendation else None
    cells = [line.office.name, line.state, f"{clock.local(sealed_at):%Y-%m-%d %H:%M:%S}" if sealed_at else ""]
    for row in line.rows:
        unlimited = row.places is None
        cells += ["不限" if unlimited else str(row.places), str(row.used), str(row.given_up)]
        cells.append("不限" if unlimited else str(row.left))
    return cells


@capability(READ)
def received_one(request: HttpRequest, pk: int) -> HttpResponse:
    """What one office has handed in; who was ranked where only once the window has closed."""
    found = _below(request, pk)
    view = received_view(found)
    sealed = found.state == "sealed"
    context = {
        "recommendation": found,
        "rule": rule_of(found),
        "view": view,
        "sealed": sealed,
        "window": time_left(found.call, found.stage, None),
        "papers": _papers(found, ranks_open=view.ranks_open) if sealed else [],
        "documents": documents_of(found) if sealed and view.ranks_open else [],
        "returnable_status": RETURNABLE[_kind(request)][0].value,
        "may_return": sealed and request.actor.can(RETURNS[_kind(request)][1]) and bool(view.returnable),
    }
    return render(request, "reviews/recommend_received.html", context)


def _papers(found: Recommendation, *, ranks_open: bool) -> list[dict[str, object]]:
    """Return the stamped scans: those about the whole list say the order, and stay closed as long as the order does."""
    titles = {paper.key: paper.title for paper in rule_of(found).papers}
    return [
        {
            "title": titles.get(each.paper, each.paper),
            "unit": each.application.organisation.name if each.application else "",
            "stored": each.stored if ranks_open or each.application_id else None,
        }
        for each in found.stamped.all()
    ]


@capability(*(name for _, name in RETURNS.values()), methods=("GET", "POST"))
def received_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send files back to the office, with the reason and until when it may hand in again."""
    found = _below(request, pk)
    if not request.actor.can(RETURNS[_kind(request)][1]):
        raise PermissionDenied("当前身份不能退回推荐")
    entries = received_view(found).returnable
    by_id = {str(each.application_id): each.application for each in entries}
    until = (clock.local(clock.now()) + timedelta(days=3)).replace(hour=18, minute=0, second=0, microsecond=0)
    form = ReturnForm(request.POST or None, entries=entries, initial={"due_at": until})
    url = reverse("reviews:received_one", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})
    act = Act(
        title="退回推荐", submit_label="退回", risky=True, cancel_url=url, form=form, done="推荐已退回", lead=found.office.name,
        effects=["选中的申报退回报送部门重新办理，其余申报保持原次序，不受影响", "报送部门收到通知，可以在期限前修改后重新报送一次"],
        do=lambda: return_recommendation(
            recommendation=found, applications=[by_id[each] for each in form.cleaned_data["applications"]],
            reason=form.cleaned_data["reason"], due_at=form.cleaned_data["due_at"], by=request.actor,
        ),
    )  # fmt: skip
    return perform(request, act)
