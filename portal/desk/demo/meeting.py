"""A panel meeting on files that have been reviewed: held, minuted, settled, signed by everybody who was there."""

from datetime import datetime, timedelta

from applications.models import Call
from portal.calendars import clock
from portal.desk.demo.filing import Cast
from reviews.models import Expert, Meeting, Panel
from reviews.selectors.wording import TYPED_PREFIX
from reviews.services import meetings, minutes
from reviews.services.meetings import Decided, Facts, Presence

DISCUSSION = (
    "专家组组长分别介绍现场考察和材料评审情况。与会专家认为，申报单位实训场地和主要设备与申报材料一致，师资队伍稳定，"
    "管理制度健全；个别设备操作规程尚需补充。会议逐件议决如下。"
)
CONDITION = "公示前补齐设备操作规程，由受理处室核对"


def held(cast: Cast, call: Call, panels: list[Panel], starts_at: datetime) -> Meeting:
    """Hold a meeting of two and a half hours: the last file is agreed on a condition, one expert is away if many are expected."""
    ends_at = starts_at + timedelta(hours=2, minutes=30)
    facts = Facts(
        title=f"{call.title}专家评审会"[:100], starts_at=starts_at, ends_at=ends_at, discussion=DISCUSSION,
        place=f"{call.jurisdiction.issuer}三楼会议室",
    )  # fmt: skip
    with clock.travel(starts_at):
        meeting = meetings.open_meeting(call=call, panels=panels, facts=facts, by=cast.officer)
    with clock.travel(ends_at + timedelta(minutes=20)):
        items = list(meeting.items.order_by("position"))
        files = {item.pk: Decided("agreed") for item in items}
        files[items[-1].pk] = Decided("conditional", conditions=CONDITION)
        seats = list(meeting.attendance.order_by("id"))
        away = {seats[-1].pk: Presence(present=False, reason="外出培训")} if _spare(meeting, seats[-1].expert) else {}
        meetings.keep_minutes(meeting=meeting, facts=facts, attendance=away, files=files, by=cast.officer)
        meetings.settle_minutes(meeting=meeting, by=cast.officer)
    for at, seat in enumerate(meeting.attendance.filter(present=True).select_related("expert")):
        with clock.travel(ends_at + timedelta(hours=1, minutes=7 * at)):
            actor = next(each for each in cast.experts if each.user == seat.expert.user)
            minutes.sign_minutes(meeting=meeting, signature=f"{TYPED_PREFIX}{seat.expert.name}", by=actor)
    return meeting


def _spare(meeting: Meeting, expert: Expert) -> bool:
    """Whether the meeting can do without an expert: not its chair, and more are expected than one panel has."""
    return meeting.chair_id != expert.pk and meeting.attendance.count() > 5
