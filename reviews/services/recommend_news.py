"""Telling offices and bureau how a recommendation stands, on commit and through a task, and reminding before a window ends."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Membership
from portal.accounts.roles import ROLES
from portal.accounts.selectors import members_of
from portal.calendars import wording
from portal.notifications.services import notify
from portal.policy.procedure import StageKind
from portal.tenancy.models import Organisation
from reviews.models import Recommendation
from reviews.selectors.boards import RunningOut
from reviews.selectors.recommendations import stage_of
from reviews.services.recommending import capability_of


def tell_sealed(recommendation: Recommendation) -> None:
    """Tell the receiving level that a recommendation is in, after commit."""
    _tell(recommendation, "sealed")


def tell_returned(recommendation: Recommendation) -> None:
    """Tell the office that its recommendation has come back, after commit."""
    _tell(recommendation, "returned")


def _tell(recommendation: Recommendation, news: str) -> None:
    jurisdiction_id, pk, turn = recommendation.jurisdiction_id, recommendation.pk, recommendation.round

    def send() -> None:
        from reviews.tasks import announce_recommendation

        announce_recommendation.delay(jurisdiction_id, pk, news, turn)

    transaction.on_commit(send)


def of_recommendation(recommendation: Recommendation, news: str) -> None:
    """Send the message about a seal (to the level above) or a return (to the office); once a round."""
    place, call = recommendation.jurisdiction, recommendation.call
    key = f"recommendation:{recommendation.pk}:{news}:{recommendation.round}"
    if news == "sealed":
        notify(
            memberships=_receivers(recommendation),
            key=key,
            title="收到推荐报送",
            body=f"{recommendation.office.name}已报送“{call.title}”的推荐。",
            link=reverse("reviews:received_one", kwargs={"jurisdiction": place.code, "pk": recommendation.pk}),
            jurisdiction=place,
        )
        return
    due = (
        f"，请于{wording.period_end(recommendation.due_at, with_year=True)}前重新报送" if recommendation.due_at else ""
    )
    notify(
        memberships=members_of(recommendation.office),
        key=key,
        title="推荐已退回",
        body=f"“{call.title}”的推荐已退回{due}。理由：{recommendation.return_reason}",
        link=reverse("reviews:recommend", kwargs={"jurisdiction": place.code, "pk": recommendation.pk}),
        jurisdiction=place,
        urgent=True,
    )


def of_closing(due: RunningOut) -> None:
    """Remind an office that has not handed in, three days and one day before its time is over; once for each."""
    call = due.call
    capability = capability_of(due.stage)
    roles = [role.code for role in ROLES.values() if capability in role.capabilities]
    left = f"还有 {due.days} 天" if due.days else "就在今天"
    notify(
        memberships=members_of(due.office).filter(role_code__in=roles),
        key=f"recommendation:{call.pk}:{due.stage.key}:closing:{due.ends_at:%Y%m%d%H%M}:{1 if due.days <= 1 else 3}",
        title="推荐报送截止提醒",
        body=f"“{call.title}”的推荐尚未报送，截止时间为 {_moment(due.ends_at)}，{left}。逾期不再受理。",
        link=reverse("reviews:recommends", kwargs={"jurisdiction": call.jurisdiction.code}),
        jurisdiction=call.jurisdiction,
        urgent=due.days <= 1,
    )


def _moment(at: datetime) -> str:
    return wording.deadline(at, with_year=False)


def _receivers(recommendation: Recommendation) -> list[Membership]:
    """Return who reads recommendations at the level above: of the bureau, or of the office above the bureau."""
    kind = stage_of(recommendation.call.edition, recommendation.stage).kind
    office = recommendation.office.parent if recommendation.office.parent_id else None
    if kind is StageKind.RECOMMENDATION:
        office = _bureau(recommendation.office)
    if office is None:
        return []
    roles = [role.code for role in ROLES.values() if "recommendation.report" in role.capabilities]
    return list(members_of(office).filter(role_code__in=roles))


def _bureau(office: Organisation) -> Organisation | None:
    """Return the office that runs the calls above a recommending one."""
    from portal.tenancy.enums import Tier

    above = office.parent
    while above is not None and above.tier is not Tier.BUREAU:
        above = above.parent
    return above
