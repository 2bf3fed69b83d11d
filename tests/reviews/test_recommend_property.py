"""Whatever people do in whatever order: quotas hold, ranks are 1 to k, no file stands twice, files lie where the list says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.models import Application
from applications.services.moves import WrongState
from portal.calendars import clock
from reviews.models import Recommendation, RecommendationEntry
from reviews.services import recommending, sealing, verifying
from reviews.services.refusal import Refused
from reviews.services.sealing import NotSealable
from tests.reviews import recommend_kit as kit

REFUSALS = (Refused, WrongState, NotSealable, PermissionDenied)
PLACES = {"national": 1, "municipal": 2}
TRACKS = ("school", "school", "enterprise", "other", "enterprise", "other")
NUMBERS = st.integers(0, len(TRACKS) - 1)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "list",
                "list",
                "list",
                "unlist",
                "rank",
                "give_up",
                "finish",
                "seal",
                "seal",
                "return",
                "reexamine",
                "qualify",
            ]
        ),
        NUMBERS,
        NUMBERS,
    ),
    max_size=30,
)


@dataclass
class Office:
    """An office with its files, on which the acts are tried."""

    world: kit.Tiers
    recommendation: Recommendation
    files: list[Application] = field(default_factory=list)

    def act(self, name: str, at: int, other: int) -> None:
        """Try an act; a refusal is an answer too, and must have written nothing."""
        before = self.written()
        try:
            with transaction.atomic():
                self.acts()[name](at, other)
        except REFUSALS:
            assert self.written() == before, f"{name} was refused and wrote all the same"

    def acts(self) -> dict[str, Callable[[int, int], Any]]:
        mine = {"recommendation": self.recommendation, "by": self.world.recommender}
        return {
            "list": lambda at, _: recommending.list_file(application=self.files[at], **mine),
            "unlist": lambda at, _: recommending.unlist_file(entry_id=self.entry(at), **mine),
            "rank": lambda at, other: recommending.rank_files(line="municipal", order=self.order(at, other), **mine),
            "give_up": lambda at, other: recommending.give_up_places(
                line=("national", "municipal")[at % 2], places=other % 3, reason="无合适单位", **mine
            ),
            "finish": lambda *_: kit.finish(self.recommendation, self.world.recommender),
            "seal": lambda *_: sealing.seal_recommendation(**mine),
            "return": lambda at, _: sealing.return_recommendation(
                recommendation=self.recommendation, applications=[self.files[at]], reason="材料不全",
                due_at=clock.now() + timedelta(days=30), by=self.world.officer,
            ),
            "reexamine": lambda at, _: verifying.reexamine_application(
                application=self.files[at], reason="补充核查", by=self.world.recommender
            ),
            "qualify": lambda at, _: self.qualify(at),
        }  # fmt: skip

    def qualify(self, at: int) -> None:
        """Clear a file again, as far as moves are concerned: its conditions are not the matter here."""
        from applications.services.moves import locked, move

        move(application=locked(self.files[at]), action="qualify", by=self.world.recommender)

    def entry(self, at: int) -> int:
        found = self.recommendation.entries.filter(application=self.files[at]).first()
        return found.pk if found else 0

    def order(self, at: int, other: int) -> list[int]:
        """Return the line turned by `at`; with `other` 0 a rank is named twice."""
        entries = list(
            self.recommendation.entries.filter(line="municipal").order_by("rank").values_list("pk", flat=True)
        )
        turn = at % len(entries) if entries else 0
        turned = entries[turn:] + entries[:turn]
        return turned if other or len(turned) < 2 else [turned[0], *turned[:-1]]

    def written(self) -> Any:
        return (
            Recommendation.objects.values_list("state", "round", "sha256", "due_at").get(pk=self.recommendation.pk),
            list(self.recommendation.entries.order_by("pk").values_list("pk", "line", "rank", "sealed_round")),
            list(self.recommendation.given_up.order_by("line").values_list("line", "places")),
            list(Application.objects.order_by("pk").values_list("pk", "status", "desk")),
        )


def check(office: Office) -> None:
    """Assert every invariant."""
    row = Recommendation.objects.get(pk=office.recommendation.pk)
    entries = list(row.entries.select_related("application"))
    given_up = dict(row.given_up.values_list("line", "places"))
    assert len({entry.application_id for entry in entries}) == len(entries)
    municipal = sorted(entry.rank or 0 for entry in entries if entry.line == "municipal")
    assert municipal == list(range(1, len(municipal) + 1))
    assert {entry.rank for entry in entries if entry.line == "national"} <= {None}
    for line, places in PLACES.items():
        handed_in = [entry for entry in entries if entry.line == line and entry.sealed_round is not None]
        assert len(handed_in) <= places
        if row.state == "sealed":
            assert len(handed_in) + given_up.get(line, 0) <= places
    for entry in entries:
        sealed = entry.sealed_round is not None
        where = (entry.application.status, entry.application.desk)
        assert where == (("recommended", "bureau") if sealed else ("qualified", "recommender"))
    if row.state == "sealed":
        assert entries
        assert all(entry.sealed_round is not None and entry.sealed_round <= row.round for entry in entries)
    listed = {entry.application_id for entry in entries}
    strays = Application.objects.filter(desk="bureau").exclude(pk__in=listed)
    assert not strays.exists()
    assert RecommendationEntry.objects.exclude(recommendation=row).count() == 0


@pytest.fixture
def world(db: Any) -> Iterator[kit.Tiers]:
    """The three tiers at noon of 20 July 2024."""
    with clock.travel(kit.NOON), kit.tiers() as made:
        yield made


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=ACTS)
def test_quota_and_ranking_hold_under_any_interleaving(world: kit.Tiers, acts: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        office = Office(world, kit.begun(world.call, world.recommender))
        office.files = [kit.a_file(world.call, world.districts[0], track) for track in TRACKS]
        for name, at, other in acts:
            office.act(name, at, other)
            check(office)
        transaction.set_rollback(True)


def test_the_walk_reaches_a_seal_a_return_and_a_second_seal(world: kit.Tiers) -> None:
    """The acts of the property can go all the way: otherwise it would prove little."""
    office = Office(world, kit.begun(world.call, world.recommender))
    office.files = [kit.a_file(world.call, world.districts[0], track) for track in TRACKS]
    steps = ("list", 2), ("list", 0), ("finish", 0), ("seal", 0), ("return", 2), ("list", 3), ("finish", 0), ("seal", 0)
    for name, at in steps:
        office.act(name, at, 1)
        check(office)
    office.recommendation.refresh_from_db()
    assert (office.recommendation.state, office.recommendation.round) == ("sealed", 2)
