"""Panel meetings: whose files, who was there, who is recused, quorum, votes, and whose meeting it is."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_scopes import scope

from portal.calendars import clock
from portal.policy.meeting import Quorum, least_present
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Meeting
from reviews.permissions import readable_meetings
from reviews.selectors.meetings import gaps
from reviews.selectors.minutes import content
from reviews.services import meetings, panels
from reviews.services.meetings import Decided
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_call, make_unit
from tests.reviews import kit
from tests.reviews.meet_kit import BEFORE, Room, room


@pytest.fixture
def here(hangzhou: Any) -> Room:
    """Two files, six experts."""
    return room(hangzhou)


def missing(meeting: Meeting) -> list[str]:
    meeting.refresh_from_db()
    return [gap.message for gap in gaps(meeting, clock.now())]


def unit(here: Room, at: int) -> str:
    return here.panels[at].application.organisation.name


@pytest.mark.parametrize(
    ("quorum", "least"),
    [("none", [0, 0, 0, 0]), ("half", [2, 3, 3, 4]), ("two_thirds", [2, 3, 4, 4]), ("all", [3, 4, 5, 6])],
)
def test_the_least_attendance(quorum: str, least: list[int]) -> None:
    assert [least_present(Quorum(quorum), members) for members in (3, 4, 5, 6)] == least


def test_experts_and_recusals_are_taken_over_from_the_panels(here: Room) -> None:
    meeting = here.opened()
    assert [(each.expert.user, each.present) for each in meeting.attendance.order_by("id")] == [
        (actor.user, True) for actor in here.people
    ]
    first, second = meeting.items.order_by("position")
    assert (first.recused, [each["reason"] for each in second.recused]) == ([], ["曾任该校兼职教师"])
    assert (meeting.stage, meeting.chair.user, meeting.minuted_by) == (
        "expert_review", here.people[0].user, here.officer.user,
    )  # fmt: skip


def test_only_files_under_review_of_the_call_are_dealt_with(here: Room) -> None:
    elsewhere, _ = kit.working_panel(kit.make_application(make_call(here.jurisdiction)), here.officer)
    forming = panels.form_panel(application=kit.make_application(here.call), by=here.officer)
    for chosen in ([], [elsewhere], [here.panels[0], forming]):
        with pytest.raises(Refused) as refused:
            meetings.open_meeting(call=here.call, panels=chosen, facts=here.facts(), by=here.officer)
        assert refused.value.field == "panels"
    with pytest.raises(Refused, match="结束时间应晚于开始时间"):
        here.opened(ends_at=clock.now() - 2 * BEFORE)
    assert Meeting.objects.count() == 0


def test_nobody_but_the_office_that_runs_the_review_writes(here: Room) -> None:
    meeting = here.opened()
    for actor in (here.people[0], make_actor("unit_admin", make_unit())):
        with pytest.raises(PermissionDenied):
            meetings.settle_minutes(meeting=meeting, by=actor)
        with pytest.raises(PermissionDenied):
            meetings.open_meeting(call=here.call, panels=here.panels, facts=here.facts(), by=actor)
    Meeting.objects.filter(pk=meeting.pk).update(stage="recheck")  # one of the level above
    with pytest.raises(PermissionDenied):
        meetings.settle_minutes(meeting=meeting, by=here.officer)


def test_files_come_and_go_with_their_experts(here: Room) -> None:
    third, more = kit.working_panel(kit.make_application(here.call), here.officer)
    meeting = here.keep(here.opened(), note="留")
    meetings.choose_files(meeting=meeting, panels=[here.panels[1], third], by=here.officer)
    items = list(meeting.items.order_by("position"))
    assert [(each.application, each.note) for each in items] == [
        (here.panels[1].application, "留"), (third.application, ""),
    ]  # fmt: skip
    # The sixth is recused from the one file that is left of the two; the five of the new one are expected.
    assert {each.expert.user for each in meeting.attendance.all()} == {
        actor.user for actor in [*here.people[:5], *more]
    }
    meetings.choose_files(meeting=meeting, panels=[third], by=here.officer)
    meeting.refresh_from_db()
    assert meeting.chair.user == more[0].user


def test_what_is_missing_is_said_before_and_at_the_settling(here: Room) -> None:
    meeting = here.opened(ends_at=clock.now() + BEFORE)
    assert missing(meeting) == [
        "会议结束时间晚于现在，请在会议结束后定稿，或按实际结束时间更正",
        f"“{unit(here, 0)}”尚未填写决定",
        f"“{unit(here, 1)}”尚未填写决定",
    ]
    here.keep(meeting, decision="conditional", away={1: ""})
    assert missing(meeting) == [
        f"{here.people[1].user.name}未到会，请写明缺席原因",
        f"“{unit(here, 0)}”为附条件同意，请写明条件",
        f"“{unit(here, 1)}”为附条件同意，请写明条件",
    ]
    with pytest.raises(Refused, match="为附条件同意，请写明条件；“"):
        meetings.settle_minutes(meeting=meeting, by=here.officer)
    here.keep(meeting, conditions="一个月内补齐设备台账")
    assert len(missing(meeting)) == 2
    here.keep(meeting, decision="conditional", conditions="一个月内补齐设备台账")
    assert missing(meeting) == []


@pytest.mark.parametrize(
    ("quorum", "away", "told"),
    [
        ("two_thirds", 2, ""),
        ("two_thirds", 3, "会议应到 6 人，实到 3 人，未达到三分之二以上（至少 4 人），不能定稿"),
        ("half", 3, "会议应到 6 人，实到 3 人，未达到过半数（至少 4 人），不能定稿"),
        ("all", 1, "会议应到 6 人，实到 5 人，未达到全体（至少 6 人），不能定稿"),
        ("none", 4, ""),
    ],
)
def test_too_few_cannot_decide(hangzhou: Any, quorum: str, away: int, told: str) -> None:
    here = room(hangzhou, **{"meeting.quorum": quorum})
    meeting = here.keep(here.opened(), away=dict.fromkeys(range(6 - away, 6), "外出"))
    assert missing(meeting) == ([told] if told else [])
    if told:
        with pytest.raises(Refused) as refused:
            meetings.settle_minutes(meeting=meeting, by=here.officer)
        assert str(refused.value) == told


def test_each_file_needs_its_own_panel(here: Room) -> None:
    third, more = kit.working_panel(kit.make_application(here.call), here.officer)
    here.panels = [here.panels[0], third]
    meeting = here.keep(here.opened(), away=dict.fromkeys(range(6, 9), "外出"))
    assert missing(meeting) == [
        f"“{third.application.organisation.name}”专家组应到 5 人，实到 2 人，未达到三分之二以上（至少 4 人），不能定稿"
    ]
    assert len(more) == 5


def test_votes_add_up_to_who_is_there_and_not_recused(hangzhou: Any) -> None:
    here = room(hangzhou, **{"meeting.votes": "counted"})
    meeting = here.keep(here.opened(), away={1: "外出"}, votes=(4, 1, 0))
    # The first file: five of six are there; from the second one of them is recused besides.
    assert missing(meeting) == [f"“{unit(here, 1)}”同意、不同意、弃权共 5 票，与到会且未回避的 4 人不符，请核对票数"]
    here.keep(meeting, decision="adjourned", away={1: "外出"})
    assert missing(meeting) == []  # what is put off need not be voted on
    first, second = meeting.items.order_by("position")
    leaving = frozenset({meeting.attendance.order_by("id")[2].expert_id})
    files = {
        first.pk: Decided("agreed", votes=(3, 0, 1), recused=leaving, recused_names=("记录员甲",)),
        second.pk: Decided("rejected", votes=(1, 2, 1)),
    }
    meetings.keep_minutes(meeting=meeting, facts=here.facts(), attendance={}, files=files, by=here.officer)
    assert missing(meeting) == []
    said = content(meeting, clock.now())["files"]
    assert [each["votes"] for each in said] == [[3, 0, 1], [1, 2, 1]]
    assert [each["name"] for each in said[0]["recused"]] == [here.people[2].user.name, "记录员甲"]


def test_without_a_vote_none_is_kept_or_printed(here: Room) -> None:
    meeting = here.keep(here.opened(), votes=(1, 2, 3))
    assert list(meeting.items.values_list("votes_for", flat=True)) == [0, 0]
    assert [each["votes"] for each in content(meeting, clock.now())["files"]] == [None, None]


def test_the_level_above_holds_meetings_of_its_own(db: None) -> None:
    place = Jurisdiction.objects.get(code="skills_foundation")
    with scope(jurisdiction=place):
        offices = Organisation.objects.filter(jurisdiction=place)
        top = make_actor("bureau_officer", next(each for each in offices if each.tier is Tier.SUPERIOR))
        bureau = make_actor("bureau_officer", next(each for each in offices if each.tier is Tier.BUREAU))
        call = make_call(place)
        call.settings |= {"meeting.votes": "counted", "recheck_meeting.quorum": "all"}
        call.save()
        file = kit.make_application(call, status="reported")
        file.desk, file.track_key = "superior", call.edition.tracks[0].key
        file.save()
        panel, people = kit.working_panel(file, top)
        here = Room(place, top, call, [panel], people)
        with pytest.raises(Refused, match="不属于本批次、本环节"):
            meetings.open_meeting(call=call, panels=[panel], facts=here.facts(), by=bureau)
        meeting = here.keep(here.opened(), away={4: "出差"})
        assert missing(meeting) == ["会议应到 5 人，实到 4 人，未达到全体（至少 5 人），不能定稿"]
        with pytest.raises(PermissionDenied):
            meetings.settle_minutes(meeting=here.keep(meeting), by=bureau)
        meetings.settle_minutes(meeting=meeting, by=top)  # the region's votes are not the ministry's
        held = [list(readable_meetings(Meeting.objects.all(), actor)) for actor in (top, bureau)]
        assert held == [[meeting], []]
