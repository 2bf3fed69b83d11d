"""Two people at the same instant: one act holds, the other is refused with the reason, and nothing is half-written.

On PostgreSQL the acts really run at once, each in a transaction of its own (`.ci/run` runs the suite there).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from applications.services.moves import WrongState
from portal.audit.models import Event
from portal.calendars import clock
from reviews.models import Recommendation
from reviews.services import recommending, sealing, verifying
from reviews.services.refusal import Refused
from reviews.services.sealing import NotSealable
from tests.reviews import recommend_kit as kit

TRIES = 3 if connection.vendor == "postgresql" else 1  # a race is run more than once


@pytest.fixture
def world(transactional_db: Any) -> Iterator[kit.Tiers]:
    """The three tiers, committed, so that other connections see them."""
    with clock.travel(kit.NOON), kit.tiers() as made:
        yield made


def ranks(recommendation: Recommendation, line: str = "municipal") -> list[int | None]:
    return list(recommendation.entries.filter(line=line).order_by("rank").values_list("rank", flat=True))


def kinds(outcomes: list[Any]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


@pytest.mark.rule("P3-09")
@pytest.mark.parametrize("turn", range(TRIES))
def test_two_officers_submit_at_once(world: kit.Tiers, turn: int) -> None:
    recommendation = kit.ready(world.call, world.recommender, "school", "enterprise", "other")

    def seal(by: Any) -> Any:
        return lambda: sealing.seal_recommendation(recommendation=recommendation, by=by)

    outcomes = kit.at_once(world.place, seal(world.recommender), seal(world.colleague))
    assert kinds(outcomes) == ["Recommendation", "WrongState"]
    refusal = next(each for each in outcomes if isinstance(each, WrongState))
    assert str(refusal) == "本部门的推荐已经报送，不能重复报送"
    recommendation.refresh_from_db()
    assert (recommendation.state, recommendation.round) == ("sealed", 1)
    moved = recommendation.entries.values_list("application__status", "application__desk", "sealed_round").distinct()
    assert list(moved.order_by()) == [("recommended", "bureau", 1)]
    assert Event.objects.filter(action="recommendation.seal").count() == 1
    assert Event.objects.filter(action="application.recommend").count() == 3


@pytest.mark.parametrize("turn", range(TRIES))
def test_a_second_national_is_listed_while_the_whole_is_submitted(world: kit.Tiers, turn: int) -> None:
    """Whichever comes first: never are two national files handed in."""
    recommendation = kit.ready(world.call, world.recommender, "school")
    second = kit.a_file(world.call, world.districts[0], "school")
    outcomes = kit.at_once(
        world.place,
        lambda: sealing.seal_recommendation(recommendation=recommendation, by=world.recommender),
        lambda: recommending.list_file(recommendation=recommendation, application=second, by=world.colleague),
    )
    recommendation.refresh_from_db()
    entries = list(recommendation.entries.values_list("sealed_round", "application__status"))
    if recommendation.state == "sealed":
        assert kinds(outcomes) == ["Recommendation", "WrongState"]
        assert entries == [(1, "recommended")]
    else:
        assert kinds(outcomes) == ["NotSealable", "RecommendationEntry"]
        refusal = next(each for each in outcomes if isinstance(each, NotSealable))
        assert "“国家级”名额 1 个，已列入 2 个，超出名额（五（一））" in [each.message for each in refusal.hindrances]
        assert entries == [(None, "qualified"), (None, "qualified")]


@pytest.mark.parametrize("turn", range(TRIES))
def test_two_files_are_listed_at_once(world: kit.Tiers, turn: int) -> None:
    """Nobody gets a rank that is taken: both stand on the list, one behind the other."""
    recommendation = kit.begun(world.call, world.recommender)
    files = [kit.a_file(world.call, world.districts[0]) for _ in range(2)]

    def put(at: int, by: Any) -> Any:
        return lambda: recommending.list_file(recommendation=recommendation, application=files[at], by=by)

    outcomes = kit.at_once(world.place, put(0, world.recommender), put(1, world.colleague))
    assert kinds(outcomes) == ["RecommendationEntry", "RecommendationEntry"]
    assert ranks(recommendation) == [1, 2]


@pytest.mark.parametrize("turn", range(TRIES))
def test_the_same_file_is_listed_twice_at_once(world: kit.Tiers, turn: int) -> None:
    recommendation, file = kit.begun(world.call, world.recommender), kit.a_file(world.call, world.districts[0])

    def put(by: Any) -> Any:
        return lambda: recommending.list_file(recommendation=recommendation, application=file, by=by).pk

    first, second = kit.at_once(world.place, put(world.recommender), put(world.colleague))
    assert first == second
    assert ranks(recommendation) == [1]


@pytest.mark.parametrize("turn", range(TRIES))
def test_two_orders_are_saved_at_once(world: kit.Tiers, turn: int) -> None:
    """One order follows the other whole; they are never mixed."""
    recommendation = kit.begun(world.call, world.recommender)
    first, second = (entry.pk for entry in kit.listed(recommendation, world.recommender, "enterprise", "other"))

    def rank(order: list[int], by: Any) -> Any:
        return lambda: recommending.rank_files(recommendation=recommendation, line="municipal", order=order, by=by)

    outcomes = kit.at_once(
        world.place, rank([second, first], world.recommender), rank([first, second], world.colleague)
    )
    assert kinds(outcomes) == ["NoneType", "NoneType"]
    assert ranks(recommendation) == [1, 2]


@pytest.mark.parametrize("turn", range(TRIES))
def test_an_order_is_saved_while_a_file_is_taken_off(world: kit.Tiers, turn: int) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    first, second = (entry.pk for entry in kit.listed(recommendation, world.recommender, "enterprise", "other"))
    outcomes = kit.at_once(
        world.place,
        lambda: recommending.rank_files(
            recommendation=recommendation, line="municipal", order=[second, first], by=world.recommender
        ),
        lambda: recommending.unlist_file(recommendation=recommendation, entry_id=first, by=world.colleague),
    )
    refusals = [each for each in outcomes if each is not None]
    assert all(isinstance(each, Refused) and "名单已有变化" in str(each) for each in refusals)
    assert list(recommendation.entries.values_list("pk", "rank")) == [(second, 1)]


@pytest.mark.parametrize("turn", range(TRIES))
def test_a_file_is_taken_back_into_checking_while_the_whole_is_submitted(world: kit.Tiers, turn: int) -> None:
    """Either it goes along or it stays behind and the seal says so: never is a file sealed that lies with the office."""
    recommendation = kit.ready(world.call, world.recommender, "enterprise")
    file = recommendation.entries.get().application
    outcomes = kit.at_once(
        world.place,
        lambda: sealing.seal_recommendation(recommendation=recommendation, by=world.recommender),
        lambda: verifying.reexamine_application(application=file, reason="补充核查", by=world.colleague),
    )
    recommendation.refresh_from_db()
    file.refresh_from_db()
    if recommendation.state == "sealed":
        assert (kinds(outcomes), file.status) == (["Recommendation", "WrongState"], "recommended")
        assert ranks(recommendation) == [1]
    else:
        assert (kinds(outcomes), file.status) == (["Application", "NotSealable"], "checking")
        assert ranks(recommendation) == []


@pytest.mark.parametrize("turn", range(TRIES))
def test_two_returns_at_once(world: kit.Tiers, turn: int) -> None:
    recommendation = kit.ready(world.call, world.recommender, "enterprise")
    sealing.seal_recommendation(recommendation=recommendation, by=world.recommender)
    file = recommendation.entries.get().application

    def back() -> Recommendation:
        return sealing.return_recommendation(
            recommendation=recommendation, applications=[file], reason="材料不全", due_at=clock.now() + timedelta(days=3),
            by=world.officer,
        )  # fmt: skip

    assert kinds(kit.at_once(world.place, back, back)) == ["Recommendation", "WrongState"]
    file.refresh_from_db()
    assert (file.status, file.desk) == ("qualified", "recommender")
    assert Event.objects.filter(action="recommendation.return").count() == 1


@pytest.mark.parametrize("turn", range(TRIES))
def test_one_office_begins_once(world: kit.Tiers, turn: int) -> None:
    outcomes = kit.at_once(
        world.place,
        lambda: kit.begun(world.call, world.recommender).pk,
        lambda: kit.begun(world.call, world.colleague).pk,
    )
    assert outcomes[0] == outcomes[1]
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize("turn", range(TRIES))
def test_two_offices_do_not_stand_in_each_others_way(world: kit.Tiers, turn: int) -> None:
    first, second = kit.ready(world.call, world.recommender, "school"), kit.ready(world.call, world.neighbour, "school")
    outcomes = kit.at_once(
        world.place,
        lambda: sealing.seal_recommendation(recommendation=first, by=world.recommender),
        lambda: sealing.seal_recommendation(recommendation=second, by=world.neighbour),
    )
    assert kinds(outcomes) == ["Recommendation", "Recommendation"]


def test_the_database_itself_refuses_a_rank_or_a_file_twice(world: kit.Tiers) -> None:
    """Even code that forgets the service cannot write the same rank, or the same file, twice."""
    recommendation = kit.begun(world.call, world.recommender)
    entry, _ = kit.listed(recommendation, world.recommender, "enterprise", "other")
    other = kit.a_file(world.call, world.districts[0])
    for twice in ({"application": other, "rank": 1}, {"application": entry.application, "rank": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            recommendation.entries.create(line="municipal", **twice)
    assert ranks(recommendation) == [1, 2]
