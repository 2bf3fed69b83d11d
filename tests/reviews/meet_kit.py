"""Makers for meetings: two files whose panels share their experts, one of them recused from the second."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from applications.models import Call
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews.models import Meeting, Panel
from reviews.services import declarations, meetings, minutes, panels
from reviews.services.meetings import Decided, Facts, Presence
from tests.factories import make_call
from tests.reviews import kit

BEFORE = timedelta(hours=3)


@dataclass
class Room:
    """Everybody and everything a meeting needs."""

    jurisdiction: Jurisdiction
    officer: Actor
    call: Call
    panels: list[Panel]
    people: list[Actor]

    def facts(self, **other: Any) -> Facts:
        """Facts of a meeting that has just ended."""
        now = clock.now().replace(microsecond=0)
        given = Facts(title="第二批专家评审会", starts_at=now - BEFORE, ends_at=now, place="市人社局三楼会议室")
        return replace(given, **other)

    def opened(self, **other: Any) -> Meeting:
        """A meeting on both files, nothing decided yet."""
        return meetings.open_meeting(call=self.call, panels=self.panels, facts=self.facts(**other), by=self.officer)

    def keep(self, meeting: Meeting, *, away: Mapping[int, str] | None = None, **said: Any) -> Meeting:
        """Decide on every file alike; `away` are reasons by the place of the expert in the list."""
        seats = list(meeting.attendance.order_by("id"))
        presence = {
            each.pk: Presence(present=at not in (away or {}), reason=(away or {}).get(at, ""))
            for at, each in enumerate(seats)
        }
        decided = Decided(**({"decision": "agreed"} | said))
        files = {item.pk: decided for item in meeting.items.all()}
        chair = seats[-1].expert if 0 in (away or {}) else None
        return meetings.keep_minutes(
            meeting=meeting, facts=self.facts(chair=chair), attendance=presence, files=files, by=self.officer
        )

    def settled(self, **said: Any) -> Meeting:
        """A meeting whose minutes wait for signatures."""
        return meetings.settle_minutes(meeting=self.keep(self.opened(), **said), by=self.officer)

    def sign(self, meeting: Meeting, *people: Actor) -> None:
        """Let people sign by hand."""
        for actor in people:
            minutes.sign_minutes(meeting=meeting, signature=kit.signature(), by=actor)


def room(jurisdiction: Jurisdiction, **settings: Any) -> Room:
    """Two working panels of the same six experts; the sixth recuses from the second file."""
    officer = kit.officer(jurisdiction)
    call = make_call(jurisdiction)
    call.settings = {**call.settings, "panel.odd": False, **settings}
    call.save()
    experts = [kit.make_expert(jurisdiction) for _ in range(6)]
    made = []
    for _ in range(2):
        panel = panels.form_panel(application=kit.make_application(call), by=officer)
        for at, (expert, _actor) in enumerate(experts):
            panels.add_member(panel=panel, expert=expert, by=officer, chair=at == 0, reason=kit.BY_HAND)
        made.append(panels.convene(panel=panel, by=officer))
    people = [actor for _, actor in experts]
    declarations.declare(
        member=kit.seat(made[1], people[5]), conflicts=[], explanation="曾任该校兼职教师", undertaking=False, by=people[5]
    )  # fmt: skip
    return Room(jurisdiction, officer, call, made, people)
