"""Telling the experts of a meeting, and the office that minutes it, how the minutes stand; after commit, through a task."""

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Membership
from portal.accounts.selectors import members_with
from portal.notifications.services import notify
from portal.policy.procedure import StageKind
from portal.tenancy.enums import Tier
from reviews.enums import MeetingState
from reviews.models import Meeting

TIER_AT = {StageKind.EXPERT_REVIEW.value: Tier.BUREAU, StageKind.RECHECK.value: Tier.SUPERIOR}
SETTLED, REOPENED, CLOSED = "settled", "reopened", "closed"
STANDS = {SETTLED: MeetingState.SIGNING, REOPENED: MeetingState.DRAFT, CLOSED: MeetingState.CLOSED}


def tell_settled(meeting: Meeting) -> None:
    """Ask everybody present to sign."""
    _tell(meeting, SETTLED, meeting.sha256)


def tell_reopened(meeting: Meeting, old: str) -> None:
    """Tell everybody present that the minutes hashed as `old` are being changed and signatures are void."""
    _tell(meeting, REOPENED, old)


def tell_closed(meeting: Meeting) -> None:
    """Tell the office that all have signed."""
    _tell(meeting, CLOSED, meeting.sha256)


def _tell(meeting: Meeting, news: str, sha256: str) -> None:
    jurisdiction_id, pk = meeting.jurisdiction_id, meeting.pk

    def send() -> None:
        from reviews.tasks import announce_meeting

        announce_meeting.delay(jurisdiction_id, pk, news, sha256)

    transaction.on_commit(send)


def of_meeting(meeting: Meeting, news: str, sha256: str) -> None:
    """Send one piece of news about the minutes with this hash; what has happened since tells itself."""
    if meeting.state != STANDS[news] or (meeting.sha256 and meeting.sha256 != sha256):
        return
    {SETTLED: _settled, REOPENED: _reopened, CLOSED: _closed}[news](meeting, sha256)


def _settled(meeting: Meeting, sha256: str) -> None:
    place = meeting.jurisdiction
    notify(
        memberships=_there(meeting),
        key=f"meeting:{meeting.pk}:settled:{sha256[:16]}",
        title="评审会议纪要待签名",
        body=f"{meeting.title}的纪要已定稿，请阅看全文后签名。",
        link=reverse("reviews:meeting_sign", kwargs={"jurisdiction": place.code, "pk": meeting.pk}),
        jurisdiction=place,
        urgent=True,
    )


def _reopened(meeting: Meeting, sha256: str) -> None:
    notify(
        memberships=_there(meeting),
        key=f"meeting:{meeting.pk}:reopened:{sha256[:16]}",
        title="评审会议纪要退回修改",
        body=f"{meeting.title}的纪要退回修改，已作的签名作废；重新定稿后另行通知签名。",
        link=reverse("reviews:expert_meetings", kwargs={"jurisdiction": meeting.jurisdiction.code}),
        jurisdiction=meeting.jurisdiction,
    )


def _closed(meeting: Meeting, sha256: str) -> None:
    place, tier = meeting.jurisdiction, TIER_AT[meeting.stage]
    office = members_with("review.run", place).select_related("user", "organisation__parent")
    notify(
        memberships=[each for each in office if each.organisation.tier is tier],
        key=f"meeting:{meeting.pk}:closed",
        title="评审会议纪要已签齐",
        body=f"{meeting.title}的到会专家已全部签名，纪要已办结。",
        link=reverse("reviews:meeting", kwargs={"jurisdiction": place.code, "pk": meeting.pk}),
        jurisdiction=place,
    )


def _there(meeting: Meeting) -> list[Membership]:
    """The capacities in which the experts who were present act in the meeting's jurisdiction."""
    users = meeting.attendance.filter(present=True, expert__user__isnull=False).values("expert__user")
    return list(
        Membership.objects.filter(
            active=True, user__in=users, role_code="expert", organisation__jurisdiction=meeting.jurisdiction_id
        ).select_related("user")
    )
