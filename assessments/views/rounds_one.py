"""The bureau's page of one assessment and everything that is done on it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.enums import AssessmentState
from assessments.forms import rounds as forms
from assessments.models import Assessment, Veto
from assessments.selectors import rounds as selectors
from assessments.selectors import rounds_pages as pages
from assessments.selectors.rounds_checks import check_lines, choices, suggestion
from assessments.selectors.rounds_self import self_rows
from assessments.services import rounds_panel, rounds_results, rounds_self, rounds_vetoes
from assessments.services.rounds_checks import excuse, judge
from assessments.services.rounds_news import desk_page
from portal.accounts.guards import capability
from portal.documents.selectors import documents_of
from reviews.views.acts import Act, perform, write


def own(request: Any, pk: int) -> Assessment:
    """Return an assessment the reader reaches, with its vetoes; 404 for every other."""
    rows = selectors.in_full(selectors.readable_assessments(Assessment.objects.all(), request.actor))
    return get_object_or_404(rows.prefetch_related("vetoes__files", "vetoes__recorded_by", "vetoes__decided_by"), pk=pk)


def _act(
    request: Any, row: Assessment, do: Callable[[], Any], *, title: str, done: str, effects: list[str], form: Any = None,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    act = Act(
        title=title, submit_label=more.pop("label", title), cancel_url=desk_page(row), lead=f"{row.base.name}　{row.title}",
        effects=effects, form=form, do=do, done=done, **more,
    )  # fmt: skip
    return perform(request, act)


@capability("base.read")
def assessment(request: Any, pk: int) -> HttpResponse:
    """One assessment: what the base says, what is computed or checked, experts, facts, result, papers."""
    row = own(request, pk)
    lines = pages.lines_of(row)
    context = {
        "row": row,
        "base": row.base,
        "line": pages.Row.of(row),
        "own_words": self_rows(row) if row.submitted_at else [],
        "late": pages.is_late(row),
        "scored": pages.scored_page(row, lines) if row.scored else None,
        "sources": {line.item.number: pages.ledger_address(row, line) for line in lines},
        "checked": None if row.scored else pages.checked_page(row),
        "vetoes": list(row.vetoes.all()),
        "panel_url": pages.panel_address(row),
        "rule": row.edition.consequence(row.consequence) if row.consequence else None,
        "cases": list(row.cases.order_by("id")),
        "documents": documents_of(row),
        "may": pages.acts(row, request.actor),
    }
    return render(request, "assessments/assessment.html", context)


@capability("base.keep", methods=("GET", "POST"))
def assessment_return(request: Any, pk: int) -> HttpResponse:
    """Give a self-assessment back."""
    row, form = own(request, pk), forms.ReasonForm(request.POST or None, label="退回理由")
    return _act(
        request, row, title="退回自评", form=form, official=False, done="自评已退回，并通知单位",
        effects=["单位修改后须重新提交", "退回理由原文通知单位"],
        do=lambda: rounds_self.return_self(assessment=row, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip


@capability("base.keep", methods=("GET", "POST"))
def assessment_panel(request: Any, pk: int) -> HttpResponse:
    """Form the panel with the computed sheet."""
    row, form = own(request, pk), forms.NoteForm(request.POST or None)
    doubts = [doubt for line in pages.lines_of(row) for doubt in line.doubts]
    return _act(
        request, row, title="组建专家组", form=form, done="专家组已建立，请选择或抽取专家",
        effects=[*doubts, "系统计分和建议分按目前已核数据固定，此后不再随台账变动", "各专家现场评分后，取各项平均分计入"],
        do=lambda: rounds_panel.form_panel(assessment=row, note=form.cleaned_data["note"], by=request.actor),
    )  # fmt: skip


@capability("base.keep", methods=("GET", "POST"))
def assessment_recompute(request: Any, pk: int) -> HttpResponse:
    """Compute the computed items again."""
    row, form = own(request, pk), forms.ReasonForm(request.POST or None)
    return _act(
        request, row, title="重新计算", form=form, done="系统计分已重新计算",
        effects=["按目前已核数据重新计算系统计分的项目，专家评分不变", "加分改变等次的，须由组长重新确认"],
        do=lambda: rounds_panel.recompute(assessment=row, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip


@capability("base.keep", methods=("GET", "POST"))
def assessment_veto(request: Any, pk: int) -> HttpResponse:
    """Record a fact that decides outright, with its evidence."""
    row = own(request, pk)
    sheet = row.edition.assessment
    if sheet is None or not row.scored:
        raise Http404("该项考核不按评分办理")
    form = forms.VetoForm(request.POST or None, request.FILES or None, vetoes=sheet.vetoes)
    if request.method == "POST" and form.is_valid():
        given = [(each.name, each.file) for each in form.cleaned_data["files"]]
        said = {key: form.cleaned_data[key] for key in ("code", "facts")}
        if write(form, rounds_vetoes.record_veto, assessment=row, files=given, by=request.actor, **said):
            return redirect(desk_page(row))
    context = {"row": row, "form": form, "back": desk_page(row)}
    return render(request, "assessments/assessment_veto.html", context, status=422 if form.errors else 200)


@capability("base.recognise", methods=("GET", "POST"))
def veto_decide(request: Any, pk: int) -> HttpResponse:
    """Confirm a recorded fact, or not."""
    reached = selectors.readable_assessments(Assessment.objects.all(), request.actor)
    found = get_object_or_404(Veto.objects.filter(assessment__in=reached), pk=pk)
    row = own(request, found.assessment_id)
    form = forms.VerdictForm(request.POST or None, yes="情况属实，予以认定", no="不予认定", label="认定意见")
    return _act(
        request, row, title="认定直接认定情形", label="认定", form=form, risky=True, done="认定意见已登记",
        effects=[f"{found.text}（{found.clause}）", f"事实：{found.facts}", "认定后，考核结果直接为最低等次"],
        do=lambda: rounds_vetoes.decide_veto(
            veto=found, confirmed=form.cleaned_data["met"], opinion=form.cleaned_data["words"], by=request.actor
        ),
    )  # fmt: skip


@capability("base.keep", methods=("GET", "POST"))
def assessment_judge(request: Any, pk: int, code: str) -> HttpResponse:
    """Find whether a target is reached that no figure can tell."""
    row = own(request, pk)
    target = next((each for each in row.edition.targets if each.code == code and each.judged), None)
    if target is None or code not in row.scheme.targets:
        raise Http404("没有这项须认定的指标")
    words = next((line.words for line in check_lines(row) if line.code == code), target.title)
    form = forms.VerdictForm(request.POST or None, yes="达到", no="未达到")
    return _act(
        request, row, title=f"认定：{target.title}", label="登记认定", form=form, official=False, done="认定已登记",
        effects=[words, "认定依据写入结果通知"],
        do=lambda: judge(
            assessment=row, code=code, met=form.cleaned_data["met"], words=form.cleaned_data["words"], by=request.actor
        ),
    )  # fmt: skip


@capability("base.keep", methods=("GET", "POST"))
def assessment_excuse(request: Any, pk: int) -> HttpResponse:
    """Let a base that has lost its title take no part any more."""
    row, form = own(request, pk), forms.ReasonForm(request.POST or None)
    return _act(
        request, row, title="不再考核", form=form, official=False, done="已登记为不参评",
        effects=[
            f"该基地目前为“{row.base.get_state_display()}”", "登记后该基地不参评，其余基地不受影响",
            *(["专家组随之解散，已安排的考察取消，专家收到消息，材料不再开放"] if row.state == AssessmentState.PANEL else []),
        ],
        do=lambda: excuse(assessment=row, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip


@capability("base.keep", methods=("GET", "POST"))
def assessment_propose(request: Any, pk: int) -> HttpResponse:
    """Propose the result."""
    row = own(request, pk)
    return _propose_grade(request, row) if row.scored else _propose_outcome(request, row)


def _propose_grade(request: Any, row: Assessment) -> HttpResponse:
    form = forms.GradeForm(request.POST or None, projects=list(row.base.profile.get("projects") or []))
    effects = ["等次按得分和已认定的情形自动确定，由另一位审批人确定", "项目意见只作说明，不影响等次"]
    if row.scheme.failing:
        rule = row.edition.consequence(row.scheme.failing)
        effects.append(f"最低等次将导致“{rule.title}”，先告知单位、听取陈述申辩，由处置决定一并确定" if rule.hearing_setting
                       else f"最低等次将导致“{rule.title}”")  # fmt: skip
    return _act(
        request, row, title="拟定考核结果", label="拟定", form=form, done="考核结果已拟定", effects=effects,
        do=lambda: rounds_results.propose_grade(
            assessment=row, reason=form.cleaned_data["reason"], remarks=form.remarks(), by=request.actor
        ),
    )  # fmt: skip


def _propose_outcome(request: Any, row: Assessment) -> HttpResponse:
    lines = check_lines(row) if row.state == AssessmentState.READY else []
    suggested = suggestion(row.scheme, lines)
    form = forms.OutcomeForm(
        request.POST or None, outcomes=choices(row.scheme, lines), initial={"outcome": suggested}
    )  # fmt: skip
    word = row.scheme.outcome(suggested).title if suggested else "待定"
    return _act(
        request, row, title="拟定核验结果", label="拟定", form=form, done="核验结果已拟定",
        effects=[f"系统建议：{word}", "由另一位审批人确定；导致处置的，依政策转入处置程序"],
        do=lambda: rounds_results.propose_outcome(
            assessment=row, outcome=form.cleaned_data["outcome"], reason=form.cleaned_data["reason"], by=request.actor
        ),
    )  # fmt: skip


@capability("base.recognise", methods=("GET", "POST"))
def assessment_approve(request: Any, pk: int) -> HttpResponse:
    """Approve a proposed result."""
    row, form = own(request, pk), forms.OpinionForm(request.POST or None)
    after = "结果在公布时通知单位" if row.round_id else "结果通知书随即生成并通知单位"
    effects = [f"考核结果确定为“{row.outcome_title}”", after]
    if row.consequence:
        effects.append(f"随即提出“{row.edition.consequence(row.consequence).title}”，请在处置中决定")
    return _act(
        request, row, title="确定考核结果", label="确定", form=form, done="考核结果已确定", effects=effects,
        do=lambda: rounds_results.approve_result(
            assessment=row, opinion=form.cleaned_data["opinion"], by=request.actor
        ),
    )  # fmt: skip


@capability("base.recognise", methods=("GET", "POST"))
def assessment_send_back(request: Any, pk: int) -> HttpResponse:
    """Send a proposed result back."""
    row, form = own(request, pk), forms.ReasonForm(request.POST or None, label="退回意见")
    return _act(
        request, row, title="退回考核结果", form=form, official=False, done="考核结果已退回，并通知经办人",
        effects=["经办人核实后重新拟定"],
        do=lambda: rounds_results.send_back(assessment=row, opinion=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip


def base_url(request: Any, pk: int) -> str:
    """Return a base's tab of assessments for the bureau."""
    return reverse("assessments:base_rounds", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})
