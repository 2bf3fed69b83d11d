"""The words of the messages about sheets handed back and sheets typed in from paper. None of them says what a sheet says:
messages go out by mail too."""

from django.urls import reverse

from portal.accounts.models import Membership
from portal.accounts.selectors import members_with
from portal.notifications.services import notify
from reviews.enums import PaperState
from reviews.models import Opinion, OpinionVersion, Panel, PanelMember, PaperEntry
from reviews.selectors.panel_pages import panel_page
from reviews.services.messages import TIER_OF, seats_of


def of_reopened(version: OpinionVersion) -> None:
    """Tell an expert that their sheet has come back, with the reason."""
    member = version.opinion.member
    notify(
        memberships=seats_of([member]),
        key=f"opinion:{version.opinion_id}:reopened:{version.round}",
        title="评估意见已退回，请修改后重新提交",
        body=f"{member.panel.label}：您的评估意见已由{version.reopened_by.name}退回。理由：{version.reason}",
        link=_opinion_page(member),
        jurisdiction=member.panel.jurisdiction,
        urgent=True,
    )


def of_reopen_asked(opinion: Opinion) -> None:
    """Tell the chair that an expert asks for their sheet; the bureau, when the chair asks for their own."""
    member = opinion.member
    panel = member.panel
    code = panel.jurisdiction.code
    chairs = list(panel.members.filter(chair=True, state="declared").select_related("panel", "expert"))
    if member.chair:
        people = _bureau("review.run", panel)
        link = panel_page(panel, code)
    else:
        people = seats_of(chairs)
        link = reverse("reviews:chair", kwargs={"jurisdiction": code, "pk": panel.pk})
    notify(
        memberships=people,
        key=f"opinion:{opinion.pk}:asked:{opinion.round}",
        title="专家申请退回评估意见",
        body=f"{panel.label}：{member.expert.name}申请退回已提交的评估意见，请办理。",
        link=link,
        jurisdiction=panel.jurisdiction,
        urgent=True,
    )


def of_paper_entered(entry: PaperEntry) -> None:
    """Ask everybody but the typist and the expert who may check it to do so."""
    panel = entry.member.panel
    around = [*_bureau("review.run", panel), *_bureau("shortlist.approve", panel)]
    own = {entry.entered_by_id, entry.member.expert.user_id}
    notify(
        memberships=[each for each in around if each.user_id not in own],
        key=f"paper:{entry.pk}:entered",
        title="纸质评分表待核对",
        body=f"{panel.label}：一份纸质评分表已录入，请另一人对照扫描件核对后计入。",
        link=_paper_page(entry),
        jurisdiction=panel.jurisdiction,
    )


def of_paper_settled(entry: PaperEntry) -> None:
    """Tell the expert that a sheet counts in their name; or the typist that it came back."""
    member = entry.member
    place = member.panel.jurisdiction
    if entry.state == PaperState.CONFIRMED and entry.checked_by:
        notify(
            memberships=seats_of([member]),
            key=f"paper:{entry.pk}:confirmed",
            title="您的纸质评分表已录入",
            body=f"{member.panel.label}：由{entry.entered_by.name}录入、{entry.checked_by.name}核对。"
            "请查看录入的内容；与纸质评分表不符的，请在意见启封前申请退回。",
            link=_opinion_page(member),
            jurisdiction=place,
            urgent=True,
        )
    elif entry.state == PaperState.RETURNED and entry.checked_by_id not in (None, entry.entered_by_id):
        typist = [each for each in _bureau("review.run", member.panel) if each.user_id == entry.entered_by_id]
        notify(
            memberships=typist,
            key=f"paper:{entry.pk}:returned",
            title="录入的纸质评分表被退回",
            body=f"{member.panel.label}：核对后退回。理由：{entry.reason}",
            link=_paper_page(entry),
            jurisdiction=place,
        )


def _bureau(capability: str, panel: Panel) -> list[Membership]:
    found = members_with(capability, panel.jurisdiction).select_related("user", "organisation__parent")
    return [membership for membership in found if membership.organisation.tier is TIER_OF[panel.stage]]


def _opinion_page(member: PanelMember) -> str:
    return reverse("reviews:opinion", kwargs={"jurisdiction": member.panel.jurisdiction.code, "pk": member.pk})


def _paper_page(entry: PaperEntry) -> str:
    panel = entry.member.panel
    where = {"jurisdiction": panel.jurisdiction.code, "panel_pk": panel.pk, "member_pk": entry.member_id}
    return reverse("reviews:paper_entry", kwargs=where)
