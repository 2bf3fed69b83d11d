"""The words of the messages reviews send; each is sent once a person, however often it is asked for."""

from django.urls import reverse

from applications.models import Application
from portal.accounts.models import Membership
from portal.accounts.selectors import members_of, members_with
from portal.audit.models import Event
from portal.audit.services import chain_key
from portal.calendars import clock, wording
from portal.notifications.services import notify
from portal.policy.procedure import StageKind
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction
from reviews.enums import VisitState
from reviews.models import (
    ConflictAlarm,
    Objection,
    OpinionVersion,
    Panel,
    PanelMember,
    Placement,
    PublicNotice,
    Shortlist,
    Visit,
)
from reviews.selectors.panel_pages import panel_page

TIER_OF = {
    StageKind.EXPERT_REVIEW.value: Tier.BUREAU,
    StageKind.RECHECK.value: Tier.SUPERIOR,
    StageKind.ASSESSMENT.value: Tier.BUREAU,
}
OUTCOMES = {
    "begin_review": ("申报进入专家评审", "{number} 已组建专家组，进入专家评审{visit}。"),
    "recognise": ("申报已认定", "{number} 已认定为“{name}”，认定文件和证书可以下载。"),
    "decline": ("申报未认定", "{number} 未予认定。理由：{reason}"),
}
OUTCOMES_ABOVE = {
    "recognise": ("上级已公布", "报送的{unit}（{number}）经复核已公布。"),
    "decline": ("上级未予公布", "报送的{unit}（{number}）经复核未予公布，理由见办理记录。"),
}


def to_invited_member(member: PanelMember) -> None:
    """Ask an expert to declare before anything opens."""
    jurisdiction = member.panel.jurisdiction
    notify(
        memberships=seats_of([member]),
        key=f"panel:{member.panel_id}:invited:{member.pk}",
        title="请作回避声明",
        body=member.panel.words.invited,
        link=reverse("reviews:declare", kwargs={"jurisdiction": jurisdiction.code, "pk": member.pk}),
        jurisdiction=jurisdiction,
        urgent=True,
    )


def of_dissolved(panel: Panel, members: list[PanelMember], reason: str) -> None:
    """Tell experts that there is nothing left to assess."""
    notify(
        memberships=seats_of(members),
        key=f"panel:{panel.pk}:dissolved",
        title="专家组已解散，不再评审",
        body=f"{panel.label}：{reason}。专家组已解散，不须再评审，材料不再开放；已下载到设备的材料请删除。",
        link=reverse("reviews:expert_home", kwargs={"jurisdiction": panel.jurisdiction.code}),
        jurisdiction=panel.jurisdiction,
        urgent=True,
    )


def of_outcome(application: Application, move: str) -> None:
    """Tell the unit that its review has begun, or how it ended."""
    title, body = OUTCOMES[move]
    name = application.recognised.name if move == "recognise" else ""
    last = Event.objects.filter(chain__key=chain_key(application), action=f"application.{move}").first()
    rule = application.edition.panel
    visit = f"，{rule.visit_word}时间另行通知" if rule.visits(application.call.setting_values) else ""
    notify(
        memberships=members_of(application.organisation),
        key=f"application:{application.pk}:{move}",
        title=title,
        body=body.format(number=application.number, name=name, reason=last.reason if last else "", visit=visit),
        link=reverse(
            "applications:history", kwargs={"jurisdiction": application.jurisdiction.code, "pk": application.pk}
        ),
        jurisdiction=application.jurisdiction,
        urgent=move == "decline",
    )


def of_outcome_above(application: Application, move: str) -> None:
    """Tell the bureau what the level above has made of a file that it reported."""
    title, body = OUTCOMES_ABOVE[move]
    place = application.jurisdiction
    notify(
        memberships=_at("recommendation.report", place, Tier.BUREAU),
        key=f"application:{application.pk}:{move}:above",
        title=title,
        body=body.format(unit=application.organisation.name, number=application.number),
        link=reverse("applications:reading", kwargs={"jurisdiction": place.code, "pk": application.pk}),
        jurisdiction=place,
    )


def of_proposed_list(shortlist: Shortlist) -> None:
    """Ask those who approve lists to look at one; the drafter is not among them."""
    place = shortlist.jurisdiction
    notify(
        memberships=[
            each for each in _at("shortlist.approve", place, Tier.BUREAU) if each.user != shortlist.drafted_by
        ],
        key=f"shortlist:{shortlist.pk}:proposed:{shortlist.proposals}",
        title="拟认定名单待审批",
        body=f"{shortlist.title}已由{shortlist.drafted_by.name}送审。",
        link=reverse("reviews:shortlist", kwargs={"jurisdiction": place.code, "pk": shortlist.pk}),
        jurisdiction=place,
    )


def of_promotion(placement: Placement) -> None:
    """Tell those who draft lists who has moved up, and what that unit needs."""
    selection, place = placement.selection, placement.selection.jurisdiction
    notify(
        memberships=_at("shortlist.draft", place, Tier.BUREAU),
        key=f"placement:{placement.pk}:promoted",
        title="备选单位已递补",
        body=f"{selection.call.title}：{placement.application.organisation.name}已递补为拟入选单位。未在已公示名单中的，请另行拟定名单并公示。",
        link=reverse("reviews:selection", kwargs={"jurisdiction": place.code, "call_pk": selection.call_id}),
        jurisdiction=place,
        urgent=True,
    )


def of_visit(visit: Visit, said: str = "") -> None:
    """Tell members and applicant when and where, what has changed before and after, or that it is called off and why."""
    panel, jurisdiction = visit.panel, visit.panel.jurisdiction
    unit = panel.application.organisation.name
    day = wording.chinese_date(clock.local_date(visit.starts_at), with_weekday=True)
    word = panel.rule.visit_word
    title = f"{word}安排有调整" if visit.sequence else f"{word}安排"
    if visit.state == VisitState.CANCELLED:
        title = f"{word}已取消"
    told = f"{said.rstrip('。')}。" if said else ""
    declared = [each for each in panel.members.select_related("expert") if each.state == "declared"]
    notify(
        memberships=[*seats_of(declared), *members_of(panel.application.organisation)],
        key=f"visit:{visit.pk}:{visit.sequence}",
        title=title,
        body=f"{unit}，{day}{wording.chinese_time(visit.starts_at)}—{wording.chinese_time(visit.ends_at)}，{visit.place}。{told}",
        link=reverse("reviews:visit_sheet", kwargs={"jurisdiction": jurisdiction.code, "pk": visit.pk}),
        jurisdiction=jurisdiction,
        urgent=True,
    )


def of_complete_panel(panel: Panel) -> None:
    """Tell the bureau that every opinion is in: once, and again each time that one had been handed back."""
    again = OpinionVersion.objects.filter(opinion__member__panel=panel).count()
    notify(
        memberships=_at("review.run", panel.jurisdiction, TIER_OF[panel.stage]),
        key=f"panel:{panel.pk}:complete" + (f":{again}" if again else ""),
        title="退回的意见已重新提交" if panel.unsealed_at else "专家意见已齐，可以启封",
        body=f"{panel.label}的专家意见已全部提交。",
        link=panel_page(panel, panel.jurisdiction.code),
        jurisdiction=panel.jurisdiction,
    )


def of_notice(notice: PublicNotice) -> None:
    """Tell the listed units that the notice runs."""
    for entry in notice.shortlist.entries.filter(removed=False).select_related("application__organisation"):
        notify(
            memberships=members_of(entry.application.organisation),
            key=f"notice:{notice.pk}:published",
            title="拟认定名单已公示",
            body=f"{notice.title}，{wording.period_end(notice.ends_at, with_year=True)}截止。",
            link=reverse("reviews:notice", kwargs={"jurisdiction": notice.jurisdiction.code, "pk": notice.pk}),
            jurisdiction=notice.jurisdiction,
        )


def of_ended_notice(notice: PublicNotice) -> None:
    """Tell the bureau that a notice's time is over."""
    notify(
        memberships=members_with("notice.publish", notice.jurisdiction),
        key=f"notice:{notice.pk}:ended",
        title="公示期满",
        body=f"{notice.title}已期满，无未办结异议的单位可以认定。",
        link=reverse("reviews:notice_desk", kwargs={"jurisdiction": notice.jurisdiction.code, "pk": notice.pk}),
        jurisdiction=notice.jurisdiction,
    )


def of_objection(objection: Objection) -> None:
    """Tell those who handle objections, and those who supervise."""
    jurisdiction = objection.notice.jurisdiction
    notify(
        memberships=members_with("objection.read", jurisdiction),
        key=f"objection:{objection.pk}",
        title="收到一件异议",
        body=f"{objection.notice.title}，回执编号 {objection.number}。",
        link=reverse("reviews:objection", kwargs={"jurisdiction": jurisdiction.code, "pk": objection.pk}),
        jurisdiction=jurisdiction,
        urgent=True,
    )


def of_alarm(alarm: ConflictAlarm) -> None:
    """Ask those who run reviews to rule on a conflict."""
    panel = alarm.member.panel
    notify(
        memberships=_at("review.run", panel.jurisdiction, TIER_OF[panel.stage]),
        key=f"alarm:{alarm.pk}",
        title="专家出现利害关系警示，请处理",
        body=f"{panel.label}的评审专家：{alarm.detail}。处理前其评审已锁定。",
        link=panel_page(panel, panel.jurisdiction.code),
        jurisdiction=panel.jurisdiction,
        urgent=True,
    )


def _at(capability: str, place: Jurisdiction, tier: Tier) -> list[Membership]:
    """Those who hold a capability in the offices of one tier."""
    found = members_with(capability, place).select_related("user", "organisation__parent")
    return [membership for membership in found if membership.organisation.tier is tier]


def seats_of(members: list[PanelMember]) -> list[Membership]:
    """The capacities in which experts act in the panel's jurisdiction."""
    users = [member.expert.user_id for member in members]
    if not users:
        return []
    return list(
        Membership.objects.filter(
            active=True, user__in=users, role_code="expert", organisation__jurisdiction=members[0].panel.jurisdiction_id
        ).select_related("user")
    )
