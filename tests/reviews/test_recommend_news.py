"""Who is told of a seal, of a return, and of a window about to close; and that nobody is told twice."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from portal.calendars import clock
from portal.notifications.models import Message
from reviews.selectors.boards import running_out
from reviews.services import sealing
from reviews.tasks import announce_recommendation, remind_recommenders
from tests.reviews import recommend_kit as kit


@pytest.fixture
def world(db: Any) -> Iterator[kit.Tiers]:
    """The three tiers at noon of 20 July 2024."""
    with clock.travel(kit.NOON), kit.tiers() as made:
        yield made


def told(title: str) -> set[Any]:
    return {message.user for message in Message.objects.filter(title=title)}


def test_the_bureau_is_told_of_a_seal_and_the_office_of_a_return(
    world: kit.Tiers, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        recommendation = kit.sealed(world.call, world.recommender)
    assert told("收到推荐报送") == {world.officer.user, world.approver.user}
    with django_capture_on_commit_callbacks(execute=True):
        sealing.return_recommendation(
            recommendation=recommendation, applications=[recommendation.entries.get().application], reason="材料不全",
            due_at=clock.now() + timedelta(days=1), by=world.officer,
        )  # fmt: skip
    assert told("推荐已退回") == {world.recommender.user, world.colleague.user}
    message = Message.objects.filter(title="推荐已退回").first()
    assert "材料不全" in message.body
    assert "7月21日" in message.body


def test_the_level_above_is_told_of_a_report(world: kit.Tiers, django_capture_on_commit_callbacks: Any) -> None:
    from reviews.services import recommending

    report = recommending.open_recommendation(call=world.call, stage="report", by=world.officer)
    file = kit.a_noticed(world.call)
    recommending.list_file(recommendation=report, application=file, by=world.officer)
    kit.finish(report, world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        sealing.seal_recommendation(recommendation=report, by=world.officer)
    assert told("收到推荐报送") == {world.superior.user}


def test_an_announcement_that_comes_late_or_twice_tells_once_and_only_what_still_holds(world: kit.Tiers) -> None:
    recommendation = kit.sealed(world.call, world.recommender)
    for _ in range(2):
        announce_recommendation(world.place.pk, recommendation.pk, "sealed", 1)
    announce_recommendation(world.place.pk, recommendation.pk, "returned", 1)
    assert Message.objects.filter(title="收到推荐报送").count() == 2
    assert told("推荐已退回") == set()


@pytest.mark.parametrize(("days", "reminders"), [(4, 0), (3, 2), (2, 2), (1, 2), (0, 2)])
def test_an_office_with_files_is_reminded_three_days_before(world: kit.Tiers, days: int, reminders: int) -> None:
    kit.a_file(world.call, world.districts[0])
    with clock.travel(kit.CLOSES.replace(hour=9) - timedelta(days=days)):
        for _ in range(2):
            remind_recommenders()
    assert Message.objects.filter(title="推荐报送截止提醒").count() == reminders
    assert told("推荐报送截止提醒") <= {world.recommender.user, world.colleague.user}


def test_the_second_reminder_comes_a_day_before(world: kit.Tiers) -> None:
    kit.a_file(world.call, world.districts[0])
    for days in (3, 2, 1, 0):
        with clock.travel(kit.CLOSES.replace(hour=9) - timedelta(days=days)):
            remind_recommenders()
    mine = Message.objects.filter(user=world.recommender.user, title="推荐报送截止提醒").order_by("id")
    assert list(mine.values_list("urgent", flat=True)) == [False, True]


def test_who_has_handed_in_or_has_no_files_is_not_reminded(world: kit.Tiers) -> None:
    kit.sealed(world.call, world.recommender)
    kit.begun(world.call, world.neighbour)
    with clock.travel(kit.CLOSES - timedelta(days=1)):
        assert [due.office for due in running_out(world.place)] == [world.districts[1]]
    with clock.travel(kit.CLOSES + timedelta(seconds=1)):
        assert running_out(world.place) == []


def test_a_return_is_reminded_of_by_its_own_date(world: kit.Tiers) -> None:
    recommendation = kit.sealed(world.call, world.recommender)
    due = kit.CLOSES + timedelta(days=10)
    with clock.travel(kit.CLOSES + timedelta(days=1)):
        sealing.return_recommendation(
            recommendation=recommendation, applications=[recommendation.entries.get().application], reason="材料不全",
            due_at=due, by=world.officer,
        )  # fmt: skip
        assert running_out(world.place) == []
    with clock.travel(due - timedelta(days=2)):
        assert [(each.office, each.days) for each in running_out(world.place)] == [(world.districts[0], 2)]
