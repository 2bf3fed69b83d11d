"""The worked examples on quotas and on applying twice, through the services, in the real tenants."""

from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope

from applications.models import Application
from applications.services.draft import NotOpen, start_application
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Recommendation
from reviews.selectors.hindrances import hindrances
from reviews.services import recommending
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_call, make_unit
from tests.reviews import recommend_kit as kit


@pytest.fixture
def place(request: pytest.FixtureRequest, db: Any) -> Iterator[Jurisdiction]:
    """The tenant named by the test's parameter, in its scope, in the days of its window."""
    found = Jurisdiction.objects.get(code=request.param)
    with scope(jurisdiction=found), clock.travel(kit.NOON):
        yield found


def listed(place: Jurisdiction, *tracks: str) -> tuple[Recommendation, Any]:
    """Return the recommendation of the place's first recommending office, with a file on each of the tracks."""
    office = Organisation.objects.filter(jurisdiction=place, kind__in=("district", "league")).order_by("id")[0]
    recommender = make_actor("recommender", office)
    recommendation = kit.begun(kit.a_call(place), recommender)
    kit.listed(recommendation, recommender, *tracks)
    return recommendation, recommender


def too_many(recommendation: Recommendation) -> list[str]:
    return [each.message for each in hindrances(recommendation) if "超出名额" in each.message]


@pytest.mark.parametrize(
    ("tracks", "refused"),
    [
        (("national", "municipal", "municipal"), False),
        (("national", "national"), True),
        (("municipal", "municipal", "municipal"), True),
    ],
)
@pytest.mark.parametrize("place", ["chongqing"], indirect=True)
def test_a_district_recommends_one_national_and_two_municipal(
    place: Jurisdiction, tracks: tuple[str, ...], refused: bool
) -> None:
    recommendation, _ = listed(place, *tracks)
    assert bool(too_many(recommendation)) is refused


@pytest.mark.rule("GJ-A-08")
@pytest.mark.parametrize("place", ["chongqing", "skills_foundation"], indirect=True)
def test_no_rank_is_given_twice(place: Jurisdiction) -> None:
    line = "municipal" if place.code == "chongqing" else "base"
    recommendation, by = listed(place, line, line)
    first, second = recommendation.entries.order_by("pk")
    key = line_of(recommendation, line)
    with pytest.raises(Refused, match="同一名次出现两次"):
        recommending.rank_files(recommendation=recommendation, line=key, order=[first.pk, first.pk], by=by)
    recommending.rank_files(recommendation=recommendation, line=key, order=[second.pk, first.pk], by=by)
    assert list(recommendation.entries.order_by("rank").values_list("pk", flat=True)) == [second.pk, first.pk]


def line_of(recommendation: Recommendation, track: str) -> str:
    rule = recommendation.call.edition.recommendation()
    assert rule is not None
    return rule.line_for(track).key


@pytest.mark.parametrize(("count", "refused"), [(3, False), (4, True)])
@pytest.mark.parametrize("place", ["skills_foundation"], indirect=True)
def test_a_league_recommends_three_and_no_fourth(place: Jurisdiction, count: int, refused: bool) -> None:
    recommendation, _ = listed(place, *["base"] * count)
    assert bool(too_many(recommendation)) is refused


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [("ts", "cy", False), ("cy", "ts", False), ("ts", "ds", True), ("cy", "ds", True)],
)
@pytest.mark.parametrize("place", ["shunyi"], indirect=True)
def test_one_training_type_and_the_contest_base_beside_it(
    place: Jurisdiction, first: str, second: str, allowed: bool
) -> None:
    by = make_actor("unit_admin", make_unit(nature="enterprise"))
    call = make_call(place)
    start_application(call=call, track_key=first, by=by)
    if allowed:
        assert start_application(call=call, track_key=second, by=by).track_key == second
        return
    with pytest.raises(NotOpen, match="不可同时申报"):
        start_application(call=call, track_key=second, by=by)
    assert Application.objects.filter(call=call).count() == 1
