"""The draw of a panel's experts in three steps, watched by whoever may read reviews, done by those who run them."""

import json
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.enums import DrawKind, DrawState, PanelState
from reviews.forms.draws import AgainForm, AlarmForm, LockForm, RequestForm, RunForm
from reviews.forms.panels import ReasonForm
from reviews.models import ConflictAlarm, Draw, Expert, Panel, PanelMember
from reviews.permissions import readable_experts, readable_panels
from reviews.selectors.candidates import own_regions
from reviews.selectors.draw_printing import draw_record
from reviews.selectors.draws import fields_in_file, last_drawn, open_draw, places_of, record_of
from reviews.selectors.experts import known_fields
from reviews.services import conflicts, draws, substitutions
from reviews.services.panels import OPEN_STATES
from reviews.views.acts import Act, perform
from reviews.views.panels import own_panel, panel_url


def draw_url(request: HttpRequest, panel: Panel) -> str:
    """The page of a panel's draws."""
    return reverse("reviews:draw", kwargs={"jurisdiction": request.jurisdiction.code, "pk": panel.pk})


def _drawn_panel(request: HttpRequest, pk: int) -> Panel:
    found = own_panel(request, pk)
    if found.rule.draw is None:
        raise Http404("本政策未规定随机抽取专家")
    return found


@capability("review.read")
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the draw stands, and every round there was."""
    found = _drawn_panel(request, pk)
    may_run = request.actor.can("review.run") and found.state in OPEN_STATES
    assert found.rule.draw is not None  # noqa: S101 - `_drawn_panel` finds only panels that are drawn
    context = {
        "panel": found,
        "application": found.application,
        "record": draw_record(found),
        "current": open_draw(found),
        "drawn": last_drawn(found),
        "places": places_of(found, found.rule.draw),
        "requests": found.recusal_requests.select_related("expert", "ruled_by"),
        "documents": documents_of(found, "draw_record"),
        "may_run": may_run,
    }
    return render(request, "reviews/draw.html", context)


@capability("review.run", methods=("GET", "POST"))
def draw_commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 1: a seed is made and its hash published; after the first round with a reason."""
    found = _drawn_panel(request, pk)
    again = last_drawn(found) is not None
    form = AgainForm(request.POST or None, redraw=found.state == PanelState.FORMING) if again else None

    def do() -> None:
        answers = form.cleaned_data if form else {"kind": DrawKind.FIRST, "reason": ""}
        draws.commit_draw(panel=found, kind=DrawKind(answers["kind"]), reason=answers["reason"], by=request.actor)

    act = Act(
        title="生成种子并公布哈希", submit_label="生成并公布", cancel_url=draw_url(request, found), form=form, do=do,
        lead=_lead(found), done="种子哈希已公布，请锁定可抽取名单",
        effects=["系统生成随机种子，种子本身在抽取前对任何人保密", "种子的 SHA-256 立即公布并写入日志，此后不能更换",
                 "本轮只能抽取一次；作废须写明理由，记录保留"],
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def draw_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2: who may be drawn is frozen, everybody else with the reason."""
    found, current = _current(request, pk, DrawState.COMMITTED)
    known = known_fields(readable_experts(Expert.objects.all(), request.actor))
    today = clock.today()
    initial = {
        "required": fields_in_file(found.application, known),
        "since": today,
        "until": today + timedelta(days=30),
        "regions": "、".join(own_regions(found)),
    }
    form = LockForm(request.POST or None, initial=initial, fields=known, stratified=found.rule.draw.stratified)
    act = Act(
        title="锁定可抽取名单", submit_label="锁定名单", cancel_url=draw_url(request, found), form=form, lead=_lead(found),
        do=lambda: draws.lock_draw(draw=current, by=request.actor, **form.values), done="名单已锁定，请核对后抽取",
        effects=[
            f"按专家库此刻的信息逐人核对，抽取 {places_of(found, found.rule.draw).free} 人",
            "可抽取名单、排除人员和理由随即固定，其 SHA-256 写入日志",
            "此时种子尚未公布，任何人不能预知结果",
        ],
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def draw_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 3: the lots are drawn, the seed is published, the drawn have their seats."""
    found, current = _current(request, pk, DrawState.LOCKED)
    form = RunForm(request.POST or None)
    act = Act(
        title="抽取专家并公布种子", submit_label="抽取", cancel_url=draw_url(request, found), form=form, lead=_lead(found),
        do=lambda: draws.run_draw(draw=current, by=request.actor, **form.cleaned_data), done="抽取完成，种子已公布，抽取记录正在生成",
        effects=[
            f"从锁定的名单中抽取 {current.frozen['size']} 人、候补 {current.frozen['alternates']} 人，直接进入专家组",
            "种子随即公布，任何人可据此重算；不能撤销",
            "生成专家抽取记录（PDF 和记录文件）",
        ],
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def draw_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a round that has not been drawn."""
    found = _drawn_panel(request, pk)
    current = open_draw(found)
    if current is None:
        raise Http404("没有进行中的抽取")
    form = ReasonForm(request.POST or None)
    act = Act(
        title=f"作废第 {current.number} 轮抽取", submit_label="作废", cancel_url=draw_url(request, found), form=form, risky=True,
        do=lambda: draws.void_draw(draw=current, reason=form.cleaned_data["reason"], by=request.actor), done="本轮已作废",
        lead=_lead(found), effects=["本轮种子公布，不再用于抽取", "本轮保留在抽取记录中，注明作废理由"],
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def draw_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the recusal an applicant asks for, and rule on it."""
    found = _drawn_panel(request, pk)
    experts = readable_experts(Expert.objects.exclude(state="removed"), request.actor)
    form = RequestForm(request.POST or None, experts=experts)
    act = Act(
        title="登记申请单位的回避申请", submit_label="登记", cancel_url=draw_url(request, found), form=form, lead=_lead(found),
        do=lambda: substitutions.rule_on_request(panel=found, by=request.actor, **form.cleaned_data), done="回避申请已登记",
        effects=["理由成立的，该专家不参加此后的抽取，理由列入抽取记录", "申请和处理意见写入日志"], official=False,
    )  # fmt: skip
    return perform(request, act)


@capability("review.run", methods=("GET", "POST"))
def member_substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """The next alternate takes a member's place."""
    members = PanelMember.objects.select_related(
        "panel__application__organisation", "panel__application__call", "expert"
    )
    member = get_object_or_404(members.filter(panel__in=readable_panels(Panel.objects.all(), request.actor)), pk=pk)
    form = ReasonForm(request.POST or None)
    act = Act(
        title=f"候补递补：{member.expert.name}", submit_label="由候补递补", cancel_url=panel_url(request, member.panel),
        do=lambda: substitutions.substitute(member=member, reason=form.cleaned_data["reason"], by=request.actor),
        done="已由候补递补", form=form, risky=True,
        effects=["该成员退出专家组，不再能阅看材料", "按抽取顺序由候补递补，须有人承担的领域优先", "递补和理由列入抽取记录，重新生成 PDF"],
    )  # fmt: skip
    return perform(request, act)


@capability("review.read")
def draw_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """The published hashes as a text to keep, before and after the draw."""
    found = _drawn_panel(request, pk)
    context = {"record": draw_record(found), "place": found.jurisdiction.name}
    response = render(request, "reviews/draw_commitment.txt", context, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draw-{found.application.number}-hashes.txt"'
    return response


@capability("review.read")
def draw_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as a file for `manage.py draw verify`."""
    found = _drawn_panel(request, pk)
    text = json.dumps(record_of(found), ensure_ascii=False, indent=1, sort_keys=True)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draw-{found.application.number}.json"'
    return response


@capability("review.run", methods=("GET", "POST"))
def alarm_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule on a conflict that came up later."""
    alarms = ConflictAlarm.objects.select_related(
        "member__panel__application__organisation", "member__panel__application__call", "member__expert"
    )
    alarm = get_object_or_404(
        alarms.filter(member__panel__in=readable_panels(Panel.objects.all(), request.actor)), pk=pk
    )
    form = AlarmForm(request.POST or None)
    act = Act(
        title=f"处理利害关系警示：{alarm.member.expert.name}", submit_label="确定处理", lead=alarm.detail, form=form,
        cancel_url=panel_url(request, alarm.member.panel), done="警示已处理",
        do=lambda: conflicts.rule_on_alarm(
            alarm=alarm, recuse=form.cleaned_data["recuse"], reason=form.cleaned_data["reason"], by=request.actor
        ),
        effects=["继续评审的，该专家的评审解除锁定", "应当回避的，其意见不计入，不再能阅看材料，缺额由候补递补", "处理和理由写入日志"],
    )  # fmt: skip
    return perform(request, act)


def _current(request: HttpRequest, pk: int, state: DrawState) -> tuple[Any, Draw]:
    found = _drawn_panel(request, pk)
    current = open_draw(found)
    if current is None or current.state != state:
        raise Http404("本轮抽取不在这一步")
    return found, current


def _lead(panel: Panel) -> str:
    return f"{panel.application.organisation.name}　{panel.title or panel.application.number}"
