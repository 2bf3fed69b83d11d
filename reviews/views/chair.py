"""The chair's page of a panel: who has handed in and when, never what; handing a sheet back, and asking for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.guards import capability
from reviews.forms.panels import ReasonForm
from reviews.models import Panel, PanelMember
from reviews.permissions import own_memberships, readable_panels
from reviews.selectors.reopening import chair_seats, may_still_reopen, members_for_chair, reopenings_of
from reviews.services import reopening as services
from reviews.views.acts import Act, perform, tell
from reviews.views.panels import panel_url

SHEET = ("panel__application__organisation", "panel__application__call", "panel__jurisdiction", "expert")
EFFECTS = [
    "该专家已提交的评估意见退回本人修改，须重新签名提交",
    "已提交的内容连同 SHA-256、退回人、时间和理由永久保留，记入日志和评审记录",
    "专家组回到“评审中”，全部重新提交后方可启封或办结",
]
LATE_EFFECT = "意见已启封，各方已看到评分：本次退回在记录中注明“启封后退回”"


@capability("review.score")
def chair(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel one chairs, without anybody's scores."""
    seats = chair_seats(request.actor).select_related(*SHEET)
    seat = get_object_or_404(seats, panel=pk)
    context = {
        "seat": seat,
        "panel": seat.panel,
        "application": seat.panel.application,
        "members": members_for_chair(seat.panel),
        "reopenings": reopenings_of(seat.panel),
        "open": may_still_reopen(seat.panel),
    }
    return render(request, "reviews/chair.html", context)


@capability("review.score", methods=("GET", "POST"))
def opinion_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a member's sheet back, as the chair."""
    own = Panel.objects.filter(members__in=chair_seats(request.actor))
    member = get_object_or_404(
        PanelMember.objects.filter(panel__in=own, chair=False).select_related(*SHEET), pk=pk
    )  # fmt: skip
    back = reverse("reviews:chair", kwargs={"jurisdiction": request.jurisdiction.code, "pk": member.panel_id})
    return _reopen(request, member, back)


@capability("review.run", methods=("GET", "POST"))
def chair_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the chair's own sheet back, at the bureau."""
    panels = readable_panels(Panel.objects.all(), request.actor)
    member = get_object_or_404(
        PanelMember.objects.filter(panel__in=panels, chair=True).select_related(*SHEET), pk=pk
    )  # fmt: skip
    return _reopen(request, member, panel_url(request, member.panel))


def _reopen(request: HttpRequest, member: PanelMember, back: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    late = [LATE_EFFECT] if member.panel.unsealed_at else []
    act = Act(
        title=f"退回评估意见：{member.expert.name}", submit_label="退回", cancel_url=back, form=form, risky=True,
        lead=f"{member.panel.application.organisation.name}　{member.panel.title or member.panel.application.number}",
        effects=[*late, *EFFECTS], done=f"已退回{member.expert.name}的评估意见，并通知本人",
        do=lambda: services.reopen_opinion(member=member, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("review.score", methods=("POST",))
def reopen_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for one's own sheet back."""
    seat = get_object_or_404(own_memberships(PanelMember.objects.select_related("panel"), request.actor), pk=pk)
    tell(request, "已通知组长办理退回", services.ask_to_reopen, member=seat, by=request.actor)
    return redirect("reviews:opinion", jurisdiction=request.jurisdiction.code, pk=pk)
