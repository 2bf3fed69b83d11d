"""Two devices of one expert at the same instant: one is written, the other told; the same sending twice is written once.

On PostgreSQL the acts really run at once, each in a transaction of its own (`.ci/run` runs the suite there).
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from portal.audit.models import Event
from portal.calendars import clock
from reviews.models import SheetEntry, VisitPhoto
from reviews.services.entries import Entry, Sending, write_entries
from reviews.services.from_devices import Shot, Submission, photo_from_device, submit_from_device
from reviews.services.visits import plan_visit
from tests.reviews.onsite_kit import Work, at_work, whole_sheet
from tests.reviews.recommend_kit import NOON, at_once
from tests.reviews.test_scores import FULL
from tests.reviews.test_visits import a_plan, picture

TRIES = 3 if connection.vendor == "postgresql" else 1  # a race is run more than once


@pytest.fixture
def work(transactional_db: Any) -> Iterator[Work]:
    """A panel at work, committed, so that other connections see it."""
    with at_work() as made:
        yield made


def writes(work: Work, *values: tuple[str, str], operation: Any = None) -> Callable[[], Any]:
    """Return the act of one device that sends these entries, in the order given."""
    seat, by = work.seat(), work.people[0]
    entries = [Entry(operation or uuid4(), seat.pk, key, value) for key, value in values]
    return lambda: [each.outcome for each in write_entries(entries=entries, sending=Sending(str(uuid4())), by=by)]


@pytest.mark.parametrize("turn", range(TRIES))
def test_two_devices_write_one_entry_at_once(work: Work, turn: int) -> None:
    outcomes = at_once(work.bureau.place, *(writes(work, ("score.1", value)) for value in ("12", "13")))
    assert sorted(outcomes) == [["conflict"], ["written"]]
    written, aside = SheetEntry.objects.get(outcome="written"), SheetEntry.objects.get(outcome="conflict")
    assert work.opinion().scores == {"1": written.value}
    assert (aside.stood, {aside.value, written.value}) == (written.value, {"12", "13"})
    assert work.opinion().revisions == {"score.1": 1}


@pytest.mark.parametrize("turn", range(TRIES))
def test_the_same_operation_at_once_is_written_once(work: Work, turn: int) -> None:
    act = writes(work, ("score.1", "12"), operation=uuid4())
    assert at_once(work.bureau.place, act, act, act) == [["written"]] * 3
    assert SheetEntry.objects.count() == 1
    assert work.opinion().revisions == {"score.1": 1}
    assert Event.objects.filter(action="panel.freeze").count() == 1


@pytest.mark.parametrize("turn", range(TRIES))
def test_two_devices_with_different_entries_lose_nothing(work: Work, turn: int) -> None:
    one = writes(work, *((f"score.{item}", "5") for item in (1, 2, 3)))
    two = writes(work, *((f"score.{item}", "6") for item in (6, 5, 4)))
    assert at_once(work.bureau.place, one, two) == [["written"] * 3] * 2
    assert work.opinion().scores == {"1": "5", "2": "5", "3": "5", "4": "6", "5": "6", "6": "6"}


@pytest.mark.parametrize("turn", range(TRIES))
def test_a_sheet_is_handed_in_once_while_an_entry_comes(work: Work, turn: int) -> None:
    """Whichever comes first: what was handed in never changes afterwards, and what came too late is kept."""
    seat, by = work.seat(), work.people[0]
    entries = [Entry(uuid4(), seat.pk, each["key"], each["value"]) for each in whole_sheet(seat, FULL)]
    with clock.travel(NOON):
        write_entries(entries=entries, sending=Sending("first"), by=by)
    seen = work.opinion().revisions
    submission = Submission(uuid4(), seat.pk, 0, seen, f"typed:{seat.expert.name}")

    def hand_in() -> str:
        return str(submit_from_device(submission=submission, sending=Sending("first"), by=by).outcome)

    late = Entry(uuid4(), seat.pk, "score.1", "14", base=1)
    outcomes = at_once(
        work.bureau.place,
        hand_in,
        hand_in,
        lambda: write_entries(entries=[late], sending=Sending("second"), by=by)[0].outcome,
    )
    opinion = work.opinion()
    if outcomes[2] == "written":
        assert outcomes[:2] == ["conflict", "conflict"]
        assert (opinion.scores["1"], opinion.submitted_at) == ("14", None)
    else:
        assert (sorted(outcomes[:2]), outcomes[2]) == (["same", "written"], "refused")
        assert opinion.scores["1"] == FULL["1"]
    assert Event.objects.filter(action="opinion.submit").count() == int(opinion.submitted_at is not None)
    assert SheetEntry.objects.get(operation=late.operation).value == "14"


@pytest.mark.parametrize("turn", range(TRIES))
def test_a_photo_sent_twice_at_once_is_kept_once(work: Work, turn: int) -> None:
    plan_visit(panel=work.panel, by=work.bureau.officer, **a_plan(24))
    operation, content = uuid4(), picture((30, 20)).read()

    def send() -> int:
        shot = Shot(operation, work.seat().pk, BytesIO(content))
        return photo_from_device(shot=shot, by=work.people[0])[1].pk

    first, second = at_once(work.bureau.place, send, send)
    assert first == second
    assert VisitPhoto.objects.count() == 1
