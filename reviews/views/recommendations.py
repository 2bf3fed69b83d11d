"""A recommending office at its desk: its calls, the board of one, what it does there, the one sealed submission."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from applications.models import Application
from applications.permissions import readable_applications
from portal.accounts.guards import capability
from portal.policy.procedure import StageKind
from portal.tenancy.models import Organisation
from reviews.forms.recommendations import EntryReasonForm, GiveUpForm, ReportForm, ScanForm, read_order
from reviews.models import Recommendation, RecommendationEntry
from reviews.permissions import readable_recommendations
from reviews.selectors.boards import MAKES, Board, board_of, calls_with, office_calls, stage_in
from reviews.selectors.recommendations import LedgerRow, full, ledger, rule_of
from reviews.services import recommending as services
from reviews.services.refusal import Refused
from reviews.services.sealing import NotSealable, seal_recommendation
from reviews.services.stamping import upload_stamped
from reviews.views.acts import Act, perform, tell

WORK = ("recommendation.work", "recommendation.report")


def kind_of(request: HttpRequest) -> StageKind:
    """Return the kind of stage at which the acting office puts files forward."""
    kind = MAKES.get(request.actor.tier)
    if kind is None:
        raise PermissionDenied("当前身份所在部门不承担推荐")
    return kind


def _own(request: HttpRequest, pk: int) -> Recommendation:
    mine = readable_recommendations(full(Recommendation.objects.all()), request.actor)
    return get_object_or_404(mine.filter(office=request.actor.organisation), pk=pk)


def _url(request: HttpRequest, pk: int) -> str:
    return reverse("reviews:recommend", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})


@capability(*WORK)
def recommends(request: HttpRequest) -> HttpResponse:
    """The calls the office puts files forward in."""
    kind, office = kind_of(request), cast("Organisation", request.actor.organisation)
    lines = office_calls(request.jurisdiction, office, kind)
    return render(request, "reviews/recommends.html", {"lines": lines, "report": kind is StageKind.REPORT})


@capability(*WORK, methods=("POST",))
def recommend_begin(request: HttpRequest, call_pk: int) -> HttpResponse:
    """Begin the office's recommendation of a call, or go on with it."""
    kind = kind_of(request)
    call = get_object_or_404(calls_with(request.jurisdiction, kind), pk=call_pk)
    made = services.open_recommendation(call=call, stage=stage_in(call, kind).key, by=request.actor)
    return redirect(_url(request, made.pk))


@capability(*WORK)
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    """The board."""
    found = _own(request, pk)
    return _board(request, found, ReportForm(recommendation=found, rule=rule_of(found)), 200)


def _board(request: HttpRequest, found: Recommendation, form: ReportForm, status: int) -> HttpResponse:
    board = board_of(found)
    context = {
        "board": board,
        "recommendation": found,
        "rule": rule_of(found),
        "form": form,
        "report": board.stage.kind is StageKind.REPORT,
        "mending": _mending(board),
    }
    return render(request, "reviews/recommend.html", context, status=status)


def _mending(board: Board) -> list[tuple[str, str, int | None]]:
    """Return what stands in the way: the sentence, the part of the board, the file in whose reading view it is mended."""
    return [(each.message, each.place, each.application) for each in board.hindrances]


@capability(*WORK, methods=("POST",))
def recommend_list(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """Put a file on the list."""
    found = _own(request, pk)
    application = get_object_or_404(
        readable_applications(Application.objects.select_related("organisation"), request.actor), pk=application_pk
    )
    done = f"“{application.organisation.name}”已列入推荐"
    tell(request, done, services.list_file, recommendation=found, application=application, by=request.actor)
    return redirect(_url(request, pk))


@capability(*WORK, methods=("POST",))
def recommend_unlist(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off the list."""
    entry = _own_entry(request, pk)
    done = f"“{entry.application.organisation.name}”已移出推荐名单"
    found = entry.recommendation
    tell(request, done, services.unlist_file, recommendation=found, entry_id=entry.pk, by=request.actor)
    return redirect(_url(request, found.pk))


@capability(*WORK, methods=("POST",))
def recommend_rank(request: HttpRequest, pk: int, line: str) -> HttpResponse:
    """Save the order of one line, typed or dragged."""
    found = _own(request, pk)
    declared = next((each for each in rule_of(found).lines if each.key == line), None)
    if declared is None:
        raise Http404
    order, problem = read_order(declared, [each for each in found.entries.all() if each.line == line], request.POST)
    if problem:
        messages.error(request, problem)
    else:
        done = f"“{declared.title}”的排序已保存"
        tell(request, done, services.rank_files, recommendation=found, line=line, order=order, by=request.actor)
    return redirect(f"{_url(request, pk)}#line-{line}")


@capability(*WORK, methods=("GET", "POST"))
def recommend_reason(request: HttpRequest, pk: int) -> HttpResponse:
    """Write why a file is put forward."""
    entry = _own_entry(request, pk)
    form = EntryReasonForm(request.POST or None, initial={"reason": entry.reason})
    act = Act(
        title="推荐理由", lead=entry.application.organisation.name, submit_label="保存", done="推荐理由已保存", form=form,
        cancel_url=_url(request, entry.recommendation_id), effects=["写入推荐报告；改动后，已盖章的推荐文书须重新打印、盖章"], official=False,
        do=lambda: services.explain_entry(
            recommendation=entry.recommendation, entry_id=entry.pk, reason=form.cleaned_data["reason"], by=request.actor
        ),
    )  # fmt: skip
    return perform(request, act)


@capability(*WORK, methods=("GET", "POST"))
def recommend_give_up(request: HttpRequest, pk: int, line: str) -> HttpResponse:
    """Give up places of a line, with the reason; 0 takes it back."""
    found = _own(request, pk)
    row = _row(found, line)
    given = next((each.reason for each in found.given_up.all() if each.line == line), "")
    form = GiveUpForm(request.POST or None, row=row, reason=given)
    act = Act(
        title="放弃推荐名额", lead=f"{row.line.title}　名额 {row.places} 个，已列入 {row.used} 个", submit_label="保存", form=form,
        cancel_url=_url(request, pk), done="放弃名额的情况已保存", official=False,
        effects=["未用的名额不放弃也可以报送，留为空额", "填 0 表示不放弃", "放弃的名额和理由随推荐一并报送"],
        do=lambda: services.give_up_places(recommendation=found, line=line, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


def _row(found: Recommendation, line: str) -> LedgerRow:
    row = next((each for each in ledger(found) if each.line.key == line and each.places is not None), None)
    if row is None:
        raise Http404
    return row


@capability(*WORK, methods=("POST",))
def recommend_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Save number, contact and the chapters of the report."""
    found = _own(request, pk)
    form = ReportForm(request.POST, recommendation=found, rule=rule_of(found))
    if not form.is_valid():
        return _board(request, found, form, 422)
    tell(request, "报告内容已保存", services.write_texts, recommendation=found, by=request.actor, **form.written)
    return redirect(f"{_url(request, pk)}#texts")


@capability(*WORK, methods=("POST",))
def recommend_stamp(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """Take in the stamped scan of a paper; `application` names the file where each has its own."""
    found, form = _own(request, pk), ScanForm(request.POST, request.FILES)
    raw = request.POST.get("application", "")
    entry = next((each for each in found.entries.all() if str(each.application_id) == raw), None)
    if raw and entry is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, " ".join(str(message) for found in form.errors.values() for message in found))
    else:
        scan = form.cleaned_data["scan"]
        tell(
            request, "盖章扫描件已上传", upload_stamped, recommendation=found, paper=paper, content=scan.file, name=scan.name,
            application=entry.application if entry else None, by=request.actor,
        )  # fmt: skip
    return redirect(f"{_url(request, pk)}#papers")


@capability(*WORK, methods=("GET", "POST"))
def recommend_seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the whole recommendation in, once, with the password."""
    found = _own(request, pk)
    board = board_of(found)
    act = Act(
        title="报送推荐", submit_label="报送全部推荐", cancel_url=_url(request, pk), done="推荐已报送", lead=found.call.title,
        effects=_effects(board), do=lambda: _seal(found, request),
    )  # fmt: skip
    if request.method != "POST":
        act.problems += [{"label": "", "message": each.message, "anchor": ""} for each in board.hindrances]
    return perform(request, act)


def _seal(found: Recommendation, request: HttpRequest) -> None:
    try:
        seal_recommendation(recommendation=found, by=request.actor)
    except NotSealable as refusal:
        raise Refused(f"{refusal}：{'；'.join(each.message for each in refusal.hindrances)}") from refusal


def _effects(board: Board) -> list[str]:
    """Say exactly what will go out, line by line."""
    said = []
    for line in board.lines:
        names = [each.entry.application.organisation.name for each in line.standings]
        if names:
            told = [f"{at}．{name}" for at, name in enumerate(names, start=1)] if line.row.line.ranked else names
            said.append(f"{line.row.line.title} {len(names)} 个：{'、'.join(told)}")
        if line.row.given_up:
            said.append(f"{line.row.line.title}放弃名额 {line.row.given_up} 个：{line.given_up_reason}")
        elif line.row.left and line.row.left > 0:
            said.append(f"{line.row.line.title}余 {line.row.left} 个名额未用，留为空额")
    if board.unchecked:
        said.append(f"尚有 {board.unchecked} 件未完成审核，报送后不能再列入推荐")
    return [*said, "全部名单、排序和文书一次报送，报送后不能修改；须由上级退回后方可修改"]


def _own_entry(request: HttpRequest, pk: int) -> RecommendationEntry:
    mine = readable_recommendations(Recommendation.objects.all(), request.actor).filter(
        office=request.actor.organisation
    )
    entries = RecommendationEntry.objects.filter(recommendation__in=mine)
    return get_object_or_404(entries.select_related("application__organisation", "recommendation__call"), pk=pk)
