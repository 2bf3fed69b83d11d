"""Official acts on a case and on a period to mend, each asked once more before it is done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from assessments.forms.cases import DecisionForm, DropForm, ExtensionForm, GuidanceForm, RecheckForm
from assessments.models import Base, Improvement
from assessments.permissions import readable_bases
from assessments.selectors.case_pages import decision_effects, first_number, serving_effects
from assessments.services import case_effects, case_hearings, cases, improvements
from assessments.views.cases import own_case
from portal.accounts.guards import capability
from portal.calendars import clock
from reviews.views.acts import Act, perform


def _page(request: Any, pk: int) -> str:
    return reverse("assessments:case", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})


@capability("base.keep", methods=("GET", "POST"))
def case_serve(request: Any, pk: int) -> HttpResponse:
    """Tell the unit."""
    found = own_case(request, pk)
    act = Act(
        title="书面告知单位", submit_label="告知", cancel_url=_page(request, pk), done="告知书已出具，单位已收到通知",
        lead=f"{found.base.organisation.name}：{found.base.name}", effects=serving_effects(found),
        do=lambda: case_hearings.serve(case=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.recognise", methods=("GET", "POST"))
def case_decide(request: Any, pk: int) -> HttpResponse:
    """Decide, as a second person."""
    found = own_case(request, pk)
    initial = {"document_number": first_number(found), "issued_on": clock.today()}
    form = DecisionForm(request.POST or None, initial=initial)
    act = Act(
        title=f"决定：{found.consequence.title}", submit_label="作出决定", form=form, risky=found.consequence.ends_title,
        cancel_url=_page(request, pk), done="决定已作出，决定书已出具并通知单位",
        lead=f"{found.base.organisation.name}：{found.base.name}", effects=decision_effects(found),
        do=lambda: cases.decide(case=found, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", "base.recognise", methods=("GET", "POST"))
def case_drop(request: Any, pk: int) -> HttpResponse:
    """Let the case rest."""
    found = own_case(request, pk)
    form = DropForm(request.POST or None)
    act = Act(
        title="不予处理", submit_label="不予处理", form=form, cancel_url=_page(request, pk), done="该件已作不予处理",
        effects=["该件办结，不对基地产生影响；已告知单位的，同时通知单位"],
        do=lambda: cases.drop(case=found, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", "base.recognise", methods=("GET", "POST"))
def case_carry_out(request: Any, pk: int) -> HttpResponse:
    """Carry out the decision."""
    found = own_case(request, pk)
    act = Act(
        title=f"执行：{found.consequence.title}", submit_label="执行", risky=found.consequence.ends_title,
        cancel_url=_page(request, pk), done="决定已执行", lead=f"{found.document_number}　{found.base.name}",
        effects=decision_effects(found, decided=True),
        do=lambda: case_effects.carry_out(case=found, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


def _improvement(request: Any, pk: int) -> Improvement:
    reached = Improvement.objects.filter(base__in=readable_bases(Base.objects.all(), request.actor))
    return get_object_or_404(reached.select_related("base__organisation", "case"), pk=pk)


def _tab(request: Any, found: Improvement) -> str:
    return reverse(
        "assessments:base_cases", kwargs={"jurisdiction": request.jurisdiction.code, "pk": found.base_id}
    )  # fmt: skip


@capability("base.keep", methods=("GET", "POST"))
def improvement_guide(request: Any, pk: int) -> HttpResponse:
    """Enter guidance in the log."""
    found = _improvement(request, pk)
    form = GuidanceForm(request.POST or None, initial={"on": clock.today()})
    act = Act(
        title="登记改进指导", submit_label="登记", form=form, cancel_url=_tab(request, found), done="指导记录已登记",
        official=False, effects=["记入改进（整改）指导记录，单位可以看到并收到通知"],
        do=lambda: improvements.add_guidance(improvement=found, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", methods=("GET", "POST"))
def improvement_extend(request: Any, pk: int) -> HttpResponse:
    """Prolong a period the cap has cut."""
    found = _improvement(request, pk)
    form = ExtensionForm(request.POST or None, initial={"to": found.policy_end})
    act = Act(
        title="延长改进期", submit_label="延长", form=form, cancel_url=_tab(request, found), done="改进期已延长",
        effects=[f"目前到 {found.ends_on:%Y-%m-%d}；最迟可以延长到 {found.policy_end:%Y-%m-%d}，依据记入档案并通知单位"],
        do=lambda: improvements.extend(improvement=found, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("base.keep", "base.recognise", methods=("GET", "POST"))
def improvement_close(request: Any, pk: int) -> HttpResponse:
    """Write down the re-check."""
    found = _improvement(request, pk)
    form = RecheckForm(request.POST or None)
    act = Act(
        title="登记复核结论", submit_label="登记", form=form, cancel_url=_tab(request, found), done="复核结论已登记",
        effects=[
            f"改进（整改）期到 {found.ends_on:%Y-%m-%d}；届满前可以认定已达到，届满后方可认定仍未达到",
            "认定仍未达到的，不自动撤销或者终止，须另行提出处置并由另一人决定",
        ],
        do=lambda: improvements.close_improvement(improvement=found, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)
