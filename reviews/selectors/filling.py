"""Filling the cells of an edition from standings, one track after the other."""

from collections.abc import Sequence

from portal.policy.edition import Edition
from portal.policy.selection import Placement as Outcome
from portal.policy.selection import allocate, ranked
from reviews.selectors.standings import Standing


def outcome_of(
    edition: Edition, found: Sequence[Standing], places: dict[str, int], decided: Sequence[int]
) -> tuple[Outcome, dict[int, str]]:
    """Fill the cells track by track, winning tracks first; return the outcome and the files released, with the clause.

    Without cells everybody ranked is selected: the policy sets no quota.
    """
    if not edition.cells:
        return _everybody(found, decided), {}
    pools = {cell.key: cell.pool or cell.key for cell in edition.cells}
    winners = {rule.winner for rule in edition.releases}
    tracks = sorted({each.application.track_key for each in found}, key=lambda track: (track not in winners, track))
    holders: dict[int, set[str]] = {}  # unit → the tracks it has a place on
    released: dict[int, str] = {}
    outcomes = []
    for track in tracks:
        mine = [each for each in found if each.application.track_key == track]
        released |= _released(edition, track, mine, holders)
        cells = {cell.key: places[cell.key] for cell in edition.cells if cell.track == track}
        outcome = allocate(
            [each.candidate for each in mine if each.application.pk not in released], cells, pools, decided
        )
        outcomes.append(outcome)
        won = {key for keys in outcome.selected.values() for key in keys}
        for each in mine:
            if each.application.pk in won:
                holders.setdefault(each.application.organisation_id, set()).add(track)
    return _joined(outcomes), released


def _everybody(found: Sequence[Standing], decided: Sequence[int]) -> Outcome:
    candidates = [each.candidate for each in found]
    order = tuple(each.key for each in ranked(candidates, decided))
    return Outcome({"": order} if order else {}, {}, allocate(candidates, {}, {}, decided).ties)


def _released(edition: Edition, track: str, mine: Sequence[Standing], holders: dict[int, set[str]]) -> dict[int, str]:
    """The files of a losing track whose units hold a place on the winning one."""
    return {
        each.application.pk: rule.clause
        for rule in edition.releases
        if rule.loser == track
        for each in mine
        if rule.winner in holders.get(each.application.organisation_id, ())
    }


def _joined(outcomes: Sequence[Outcome]) -> Outcome:
    return Outcome(
        {cell: keys for outcome in outcomes for cell, keys in outcome.selected.items()},
        {pool: keys for outcome in outcomes for pool, keys in outcome.alternates.items()},
        tuple(tie for outcome in outcomes for tie in outcome.ties),
    )
