"""The minutes of a meeting: signed by everybody who was there, issued as a document, closed with the last signature."""

import hashlib

from django.conf import settings
from django.db import transaction

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import Document
from portal.documents.services.issue import issue_document
from reviews.enums import MeetingState
from reviews.models import Attendance, Meeting
from reviews.permissions import own_meetings
from reviews.selectors.minutes import holds, minutes
from reviews.services.meeting_news import tell_closed
from reviews.services.signatures import checked_signature


@transaction.atomic
def sign_minutes(*, meeting: Meeting, signature: str, by: Actor) -> Attendance:
    """Sign settled minutes as one who was there; with the last signature they are closed and issued with all of them.

    `signature` is a PNG as a data URL, or `typed:` and the expert's own name. `WrongState` for anybody who was not there.
    """
    row = locked_meeting(meeting)
    by.require("review.score", row.jurisdiction_id)
    if not own_meetings(Meeting.objects.filter(pk=row.pk), by).exists():
        raise WrongState("您不是本次会议的到会专家，或会议纪要尚未定稿，不能签名")
    seat: Attendance = row.attendance.select_related("expert").get(expert__user=by.person)
    if seat.signed_at is not None:
        raise WrongState("您已签名，不能重复签名")
    if not holds(row):
        raise WrongState("会议纪要与定稿时的内容摘要不符，不能签名，请联系受理处室")
    seat.signature, seat.signed_at = checked_signature(signature, seat.expert.name), clock.now()
    seat.save(update_fields=["signature", "signed_at"])
    record(
        by=by, action="meeting.sign", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"expert": seat.expert_id, "sha256": row.sha256, "signature": hashlib.sha256(seat.signature.encode()).hexdigest()},
    )  # fmt: skip
    if not row.attendance.filter(present=True, signed_at__isnull=True).exists():
        _close(row, by)
    return seat


def issue_minutes(*, meeting: Meeting, by: Actor) -> Document:
    """The minutes as they stand, with the signatures given so far (评审会议纪要)."""
    said = minutes(meeting)
    return issue_document(
        kind="minutes",
        subject=meeting,
        title="评审会议纪要",
        template="documents/minutes.html",
        context={**said, "title": said["heading"]},
        by=by,
        jurisdiction=meeting.jurisdiction,
        css=("official", "minutes"),
        verify_url=f"{settings.PORTAL_BASE_URL}/{meeting.jurisdiction.code}/verify/?code=",
    )


def locked_meeting(meeting: Meeting) -> Meeting:
    """Return the meeting's row under lock; call inside a transaction."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("call", "chair", "jurisdiction", "minuted_by")
    found: Meeting = rows.get(pk=meeting.pk)
    return found


def _close(meeting: Meeting, by: Actor) -> None:
    meeting.state, meeting.closed_at = MeetingState.CLOSED, clock.now()
    meeting.save(update_fields=["state", "closed_at"])
    record(
        by=by, action="meeting.close", obj=meeting, jurisdiction_id=meeting.jurisdiction_id,
        data={"sha256": meeting.sha256},
    )  # fmt: skip
    issue_minutes(meeting=meeting, by=by)
    tell_closed(meeting)
