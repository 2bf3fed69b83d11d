"""The bureau's side of a review: forming the panel, following it, opening the seal, closing it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.models import Application
from applications.permissions import readable_applications
from portal.accounts.guards import capability
from portal.documents.selectors import documents_of
from portal.policy.procedure import StageKind
from reviews.enums import PanelState
from reviews.forms.panels import ConclusionForm, ReplacementForm
from reviews.models import Expert, Panel, PanelMember, Visit
from reviews.models.panel import PANEL_STAGES
from reviews.permissions import readable_panels
from reviews.selectors.conflicts import conflict_finder, open_alarms
from reviews.selectors.draws import last_drawn, open_draw, replaceable
from reviews.selectors.eligibility import panel_limits, size_problem
from reviews.selectors.experts import experts_in_list
from reviews.selectors.meetings import has_decision
from reviews.selectors.occasions import about
from reviews.selectors.outliers import find_outliers
from reviews.selectors.panel_pages import panel_page
from reviews.selectors.panels import (
    ACTING,
    choosable_experts,
    members_with_progress,
    panels_in_list,
    unsealed_opinions,
    waiting_for_panel,
)
from reviews.selectors.paper_sheets import notes_for_bureau
from reviews.selectors.score_matrix import score_matrix
from reviews.selectors.visit_words import visit_word
from reviews.services import opinions as opinion_services
from reviews.services import panels as services
from reviews.views.acts import Act, perform, tell

BEGUN = {
    StageKind.EXPERT_REVIEW: "申报转为“专家评审中”，申报单位可以看到",
    StageKind.RECHECK: "申报转为“上级复核中”，申报单位可以看到",
    StageKind.ASSESSMENT: "考核评估自此由专家评分，认定状态不变",
}
DECLINABLE = {
    StageKind.EXPERT_REVIEW: ("reviewed", "shortlisted", "in_notice"),
    StageKind.RECHECK: ("reported", "rechecked"),
}
FINISHED = {
    StageKind.EXPERT_REVIEW: "申报转为“评审完成”，可列入拟认定名单",
    StageKind.RECHECK: "申报转为“复核完成”，可以公布",
    StageKind.ASSESSMENT: "各项得分和总分转入本次考核评估，由办理人员确定等次；认定状态不变",
}


PANEL = ("unsealed_by", "application__call", "application__organisation")


def panel_url(request: HttpRequest, panel: Panel) -> str:
    """The page of a panel."""
    return panel_page(panel, request.jurisdiction.code)


def own_panel(request: HttpRequest, pk: int) -> Panel:
    """The panel of that number, if the bureau's own; 404 otherwise."""
    panels = readable_panels(
        Panel.objects.select_related("application__call", "application__organisation", "jurisdiction"), request.actor
    )
    return get_object_or_404(panels, pk=pk)


@capability("review.read")
def panels(request: HttpRequest) -> HttpResponse:
    """Accepted applications without a panel, and every panel there is."""
    state = request.GET.get("state", "")
    rows = panels_in_list(readable_panels(Panel.objects.all(), request.actor))
    stage = request.GET.get("stage", "")
    if state in PanelState.values:
        rows = rows.filter(state=state)
    if stage in dict(PANEL_STAGES):
        rows = rows.filter(stage=stage)
    waiting = waiting_for_panel(readable_applications(Application.objects.all(), request.actor))
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "waiting": waiting[:100],
        "may_run": request.actor.can("review.run"),
        "visit_word": visit_word(request.jurisdiction.code),
        "filters": [
            {"name": "state", "label": "状态", "value": state, "options": [("", "全部状态"), *PanelState.choices]},
            {"name": "stage", "label": "环节", "value": stage, "options": [("", "全部环节"), *PANEL_STAGES]},
        ],
    }
    return render(request, "reviews/panels.html", context)


@capability("review.read", methods=("GET", "POST"))
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """One application's panel. POST begins it."""
    application = get_object_or_404(
        readable_applications(Application.objects.select_related("call", "organisation"), request.actor), pk=pk
    )
    if request.method == "POST":
        tell(request, "已开始组建专家组，请选择成员", services.form_panel, application=application, by=request.actor)
        return redirect("reviews:panel", jurisdiction=request.jurisdiction.code, pk=pk)
    found = (
        readable_panels(
            Panel.objects.filter(application=application, stage=services.stage_at(application)), request.actor
        )
        .select_related(*PANEL)
        .first()
    )
    context = {
        "application": application,
        "panel": found,
        "may_run": request.actor.can("review.run"),
        "may_decline": application.status in DECLINABLE[services.stage_at(application)]
        and request.actor.can("shortlist.approve"),
    }
    if found:
        context |= _panel_context(request, found)
    return render(request, "reviews/panel.html", context)


@capability("review.read")
def assessment_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel that assesses a base; it is begun where the assessment is."""
    rows = Panel.objects.filter(stage=StageKind.ASSESSMENT.value)
    found = get_object_or_404(readable_panels(rows, request.actor).select_related(*PANEL), pk=pk)
    context = {
        "application": found.application,
        "panel": found,
        "may_run": request.actor.can("review.run"),
        "may_decline": False,
    }
    return render(request, "reviews/panel.html", context | _panel_context(request, found))


def _panel_context(request: HttpRequest, panel: Panel) -> dict[str, Any]:
    members = list(members_with_progress(panel))
    acting = [member for member in members if member.state in ACTING]
    minimum, odd = panel_limits(panel)
    open_for_members = panel.state in services.OPEN_STATES and not panel.unsealed_at and request.actor.can("review.run")
    opinions = list(unsealed_opinions(panel))
    return {
        "members": members,
        "acting": acting,
        "handed_in": sum(member.handed_in for member in acting),
        "minimum": minimum,
        "odd": odd,
        "must_visit": panel.rule.visits(panel.application.call.setting_values),
        "has_decision": panel.needs_meeting and has_decision(panel),
        "about": about(panel),
        "problem": size_problem(panel, len(acting))
        or ("" if sum(each.chair for each in acting) == 1 else "请指定一名组长"),
        "candidates": _candidates(request, panel) if open_for_members else None,
        "open_for_members": open_for_members,
        "visit": Visit.objects.filter(panel=panel).select_related("record").first(),
        "opinions": opinions,
        "matrix": score_matrix(panel, opinions),
        "found": find_outliers(panel, opinions) if opinions else [],
        "documents": documents_of(panel, "panel_record"),
        "conclusion_form": ConclusionForm(),
        "words": request.GET.get("q", ""),
        "draw_rule": panel.rule.draw,
        "drawn": last_drawn(panel),
        "drawing": open_draw(panel),
        "replaceable": replaceable(panel) if open_for_members else set(),
        "alarms": open_alarms([panel]),
        **notes_for_bureau(panel, may_run=request.actor.can("review.run")),
    }


def _candidates(request: HttpRequest, panel: Panel) -> Any:
    rows = experts_in_list(choosable_experts(panel), words=request.GET.get("q", ""))
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    conflicts = conflict_finder(panel)
    for expert in page:
        expert.refusal = "；".join(text for _, text in conflicts(expert))
        if expert.user_id is None and not expert.refusal:
            expert.refusal = "尚未关联账号"
    return page


@capability("review.run", methods=("POST",))
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose an expert."""
    found = own_panel(request, pk)
    expert = get_object_or_404(
        Expert.objects.filter(jurisdiction=found.jurisdiction_id), pk=request.POST.get("expert", 0)
    )
    tell(
        request, f"已选用{expert.name}", services.add_member, panel=found, expert=expert, chair="chair" in request.POST,
        reason=request.POST.get("reason", "")[:300], by=request.actor,
    )  # fmt: skip
    return redirect(panel_url(request, found))


@capability("review.run", methods=("POST",))
def member_chair(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the chair."""
    member = _own_member(request, pk)
    tell(request, f"已指定{member.expert.name}为组长", services.name_chair, member=member, by=request.actor)
    return redirect(panel_url(request, member.panel))


@capability("review.run", methods=("GET", "POST"))
def member_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member off, or put another in their place."""
    member = _own_member(request, pk)
    form = ReplacementForm(request.POST or None, experts=choosable_experts(member.panel).filter(user__isnull=False))

    def do() -> None:
        expert, reason = form.cleaned_data["expert"], form.cleaned_data["reason"]
        if expert:
            services.replace_member(member=member, expert=expert, reason=reason, by=request.actor)
        else:
            services.remove_member(member=member, reason=reason, by=request.actor)

    url = panel_url(request, member.panel)
    act = Act(
        title=f"调整专家组成员：{member.expert.name}", submit_label="确认调整", cancel_url=url, form=form, do=do, done="专家组成员已调整",
        effects=["该成员不再能阅看材料，已作的声明保留在记录中", "替换后的专家收到通知，须先作回避声明"], official=False, risky=True,
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def panel_convene(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the panel to work."""
    found = own_panel(request, pk)
    members = [each for each in members_with_progress(found) if each.state in ACTING]
    names = "、".join(f"{each.expert.name}{'（组长）' if each.chair else ''}" for each in members) or "尚未选择"
    act = Act(
        title=f"开始{found.words.act}", submit_label="开始评审", cancel_url=panel_url(request, found), done="评审已开始，已通知各成员作回避声明",
        lead=_lead(found),
        effects=[f"专家组 {len(members)} 人：{names}", BEGUN[StageKind(found.stage)], "各成员收到通知，作回避声明后方可阅看材料"],
        do=lambda: services.convene(panel=found, by=request.actor), official=False,
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def panel_unseal(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the opinions, once."""
    found = own_panel(request, pk)
    asked = found.members.filter(opinion__reopen_asked_at__isnull=False).count()
    pending = [f"{asked} 名专家申请退回意见，尚未办理；启封后一般不能再退回"] if asked else []
    act = Act(
        title="启封专家意见", submit_label="启封", cancel_url=panel_url(request, found), done="专家意见已启封",
        lead=_lead(found),
        effects=[*pending, "全部成员的评估意见和签名自此可见", "启封人和时间记入日志，不能撤销"],
        do=lambda: opinion_services.unseal(panel=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def panel_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the review with the panel's opinion."""
    found = own_panel(request, pk)
    form = ConclusionForm(request.POST or None)
    act = Act(
        title=f"办结{found.words.act}", submit_label="办结评审", cancel_url=panel_url(request, found),
        done=f"评审已办结，{found.record_title}正在生成",
        lead=_lead(found), form=form,
        effects=[FINISHED[StageKind(found.stage)], "专家阅看材料的权限收回", f"生成{found.record_title}（PDF），内含各专家意见和签名"],
        do=lambda: opinion_services.finish_review(panel=found, conclusion=form.cleaned_data["conclusion"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


def _lead(panel: Panel) -> str:
    return f"{panel.application.organisation.name}　{panel.title or panel.application.number}"


def _own_member(request: HttpRequest, pk: int) -> PanelMember:
    members = PanelMember.objects.select_related(
        "panel__application__organisation", "panel__application__call", "expert"
    )
    return get_object_or_404(members.filter(panel__in=readable_panels(Panel.objects.all(), request.actor)), pk=pk)
