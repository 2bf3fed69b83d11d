"""The table of moves: every state can be reached, and nothing leaves an ended application."""

from itertools import combinations

import pytest

from portal.policy.procedure import MOVES, Desk, StageKind, Status, find_move

ENDED = {Status.REFUSED, Status.NOT_RECOMMENDED, Status.RECOGNISED, Status.DECLINED, Status.WITHDRAWN}


def test_every_status_can_be_reached_and_every_live_one_can_be_left() -> None:
    reached, frontier = {Status.DRAFT}, {Status.DRAFT}
    while frontier:
        frontier = {move.target for move in MOVES if move.sources & frontier} - reached
        reached |= frontier
    assert reached == set(Status)
    assert {status for status in Status if not any(status in move.sources for move in MOVES)} == ENDED


def test_an_action_leads_to_one_place_from_each_state() -> None:
    """Two rows for one action at one desk exclude each other by the stages of the procedure."""
    for one, other in combinations(MOVES, 2):
        if one.action == other.action and one.sources & other.sources and one.desks & other.desks:
            assert one.unless == other.needs or other.unless == one.needs, (one, other)


def test_with_a_recommending_tier_a_file_goes_there_first_and_never_past_it() -> None:
    tiered = {StageKind.FILING, StageKind.RECOMMENDATION, StageKind.ACCEPTANCE, StageKind.RECOGNITION}
    plain = tiered - {StageKind.RECOMMENDATION}
    to_tier, to_bureau = (find_move("draft", "submit", "bureau", kinds) for kinds in (tiered, plain))
    assert to_tier is not None and to_tier.to is Desk.RECOMMENDER
    assert to_bureau is not None and to_bureau.to is None
    assert find_move("checking", "return", "bureau", tiered) is None
    assert find_move("qualified", "recommend", "bureau", tiered) is None
    assert find_move("submitted", "open", "recommender", plain) is None


@pytest.mark.parametrize(
    ("status", "action", "target"),
    [
        ("draft", "submit", "submitted"),
        ("submitted", "withdraw", "withdrawn"),
        ("checking", "return", "returned"),
        ("returned", "resubmit", "resubmitted"),
        ("in_notice", "recognise", "recognised"),
    ],
)
def test_moves(status: str, action: str, target: str) -> None:
    move = find_move(status, action)
    assert move is not None
    assert move.target == target


@pytest.mark.parametrize(
    ("status", "action"),
    [("checking", "withdraw"), ("draft", "accept"), ("recognised", "submit"), ("nowhere", "submit")],
)
def test_closed_moves(status: str, action: str) -> None:
    assert find_move(status, action) is None
