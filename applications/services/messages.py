"""The words of the messages about applications and calls; each reaches a person once, however often it is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.enums import DecisionKind
from applications.models import Application, ApplicationVersion, Call, Decision, Remark
from portal.accounts.models import Membership
from portal.accounts.selectors import members_of, members_with
from portal.calendars import clock, wording
from portal.notifications.services import notify
from portal.policy.procedure import Desk
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction

TO_OFFICE = {
    "submit": ("新申报待受理", "{unit} 提交了“{call}”的申报，受理编号 {number}，请在受理期限内开始审核。"),
    "resubmit": ("已补正，待复核", "{unit} 已按意见补正 {number}（第 {version} 版），请复核。"),
}
TO_RECOMMENDER = {
    "submit": ("新申报待审核", "{unit} 提交了“{call}”的申报，受理编号 {number}，请在推荐期限内审核。"),
}  # where a recommending office is told otherwise than the bureau
TO_UNIT = {
    "submit": ("申报已提交", "“{call}”的申报已提交，受理编号 {number}。请打印申报表盖章，并将扫描件上传到材料页。"),
    "resubmit": (
        "补正材料已提交",
        "{number} 的补正材料已提交（第 {version} 版）。请重新打印申报表盖章，并上传扫描件。",
    ),
    "open": ("已开始审核", "{number} 已开始审核，此后不能撤回。"),
    "accept": ("申报已受理", "{number} 已受理，受理通知书可在申报页下载。"),
    "refuse": ("申报不予受理", "{number} 不予受理，理由见不予受理通知书。"),
    "recommend": ("申报已推荐", "{number} 已由{recommender}推荐报送，等待受理。"),
    "not_recommend": ("申报不予推荐", "{number} 不予推荐，理由见不予推荐告知书。"),
    "report": ("申报已报送上级", "{number} 已报送上级部门，等待复核。"),
    "return": ("申报需要补正", "{number} 有 {remarks} 条意见需要补正，请于{due}前修改并重新提交；逾期平台不再接收。"),
}
URGENT = frozenset({"return", "refuse", "not_recommend"})


def of_move(application: Application, version: ApplicationVersion, move: str) -> None:
    """Tell the unit, and the office where it has something to do, what has just happened to a version."""
    place, facts = application.jurisdiction, _facts(application, version, move)
    key = f"application:{application.pk}:{move}:{version.number}"
    if move in TO_UNIT:
        title, body = TO_UNIT[move]
        link = _address(place, "tasklist" if move == "return" else "history", application.pk)
        news = _News(key, title, body.format(**facts), link, urgent=move in URGENT)
        _send(members_of(application.organisation), place, news)
    if move in TO_OFFICE:
        title, body = (application.desk == Desk.RECOMMENDER and TO_RECOMMENDER.get(move)) or TO_OFFICE[move]
        news = _News(f"{key}:office", title, body.format(**facts), _address(place, "reading", application.pk))
        _send(_office(application), place, news)


def _office(application: Application) -> Iterable[Membership]:
    """Return who checks a file where it lies: its recommending office's people, or the bureau's."""
    people = members_with("application.check", application.jurisdiction).select_related("user", "organisation__parent")
    if application.desk == Desk.RECOMMENDER:
        return [each for each in people if each.organisation_id == application.recommender_id]
    return [each for each in people if each.organisation.tier is Tier.BUREAU]


def of_opening(call: Call) -> None:
    """Tell the bureau, and the units that have applied here before, that a call has opened."""
    place = call.jurisdiction
    known = Application.objects.filter(jurisdiction=place).values("organisation")
    units = Membership.objects.filter(active=True, user__is_active=True, organisation__in=known).select_related("user")
    ends = f"{wording.deadline(call.closes_at)}截止" if call.closes_at else "常年受理"
    body, key = f"“{call.title}”已开始申报，{ends}。", f"call:{call.pk}:{call.opens_at:%Y%m%d%H%M}:opened"
    public = reverse("place:call", kwargs={"jurisdiction": place.code, "pk": call.pk})
    _send(units, place, _News(key, "申报开始", body, public))
    officers = members_with("application.check", place)
    _send(officers, place, _News(key, "申报开始", body, _address(place, "call", call.pk)))


def of_closing(call: Call, filed: int, drafts: Iterable[Application]) -> None:
    """Tell the bureau what has come in, and the units with drafts that they have not been received."""
    place, key = call.jurisdiction, f"call:{call.pk}:{call.closes_at:%Y%m%d%H%M}:closed"
    body = f"“{call.title}”已截止，共收到申报 {filed} 件。"
    officers = members_with("application.check", place)
    _send(officers, place, _News(key, "申报截止", body, _address(place, "call", call.pk)))
    body = f"“{call.title}”已截止，本单位的草稿没有提交，未被接收；填写的内容仍为您保留。"
    for draft in drafts:
        news = _News(f"{key}:{draft.pk}", "申报已截止，草稿未提交", body, _address(place, "tasklist", draft.pk))
        _send(members_of(draft.organisation), place, news)


def of_deadline(application: Application, ends_at: datetime, days: int, *, correction: bool) -> None:
    """Remind a unit of a draft or a correction that is not handed in; once for each deadline and distance."""
    what = "补正" if correction else "申报"
    shown = wording.period_end(ends_at) if correction else wording.deadline(ends_at, with_year=False)
    left = f"还有 {days} 天" if days else "就在今天"
    name = application.number or f"“{application.call.title}”的草稿"
    news = _News(
        key=f"deadline:{application.pk}:{ends_at:%Y%m%d%H%M}:{1 if days <= 1 else 3}",
        title=f"{what}截止提醒",
        body=f"{name}尚未提交，{what}截止时间为 {shown}，{left}。",
        link=_address(application.jurisdiction, "tasklist", application.pk),
        urgent=days <= 1,
    )
    _send(members_of(application.organisation), application.jurisdiction, news)


def of_overdue(jurisdiction: Jurisdiction, count: int) -> None:
    """Warn the office that files have waited longer than their service time; once a day. Nothing is accepted by silence."""
    news = _News(
        key=f"overdue:{jurisdiction.pk}:{clock.today():%Y%m%d}",
        title="受理超期提醒",
        body=f"有 {count} 件申报已超过办理期限，请尽快作出处理。平台不会自动受理。",
        link=reverse("applications:inbox", kwargs={"jurisdiction": jurisdiction.code}) + "?tab=all&overdue=1",
        urgent=True,
    )
    _send(members_with("application.check", jurisdiction), jurisdiction, news)


def _address(jurisdiction: Jurisdiction, page: str, pk: int) -> str:
    return reverse(f"applications:{page}", kwargs={"jurisdiction": jurisdiction.code, "pk": pk})


def _facts(application: Application, version: ApplicationVersion, move: str) -> dict[str, Any]:
    facts = {
        "unit": application.organisation.name,
        "call": application.call.title,
        "number": application.number,
        "version": version.number,
        "recommender": application.recommender.name if application.recommender else "推荐部门",
    }
    decision = Decision.objects.filter(version=version, kind=DecisionKind.RETURN).first() if move == "return" else None
    if decision and decision.due_at:
        facts["due"] = wording.period_end(decision.due_at)
        facts["remarks"] = Remark.objects.filter(decision=decision).count()
    return facts


@dataclass(frozen=True)
class _News:
    key: str
    title: str
    body: str
    link: str
    urgent: bool = False


def _send(people: Iterable[Membership], jurisdiction: Jurisdiction, news: _News) -> None:
    notify(
        memberships=people,
        key=news.key,
        title=news.title,
        body=news.body,
        link=news.link,
        jurisdiction=jurisdiction,
        urgent=news.urgent,
    )
