"""Selection: quota cells filled from a ranking, ordered alternates behind them, and how tracks bear on one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.policy.condition import Measure, Test


@dataclass(frozen=True)
class Cell:
    """A place in the quota: so many (`places_setting`) of one track, of those for which `when` holds.

    Cells are filled in the order declared: the best-ranked candidate takes the first cell that takes them. `pool` joins
    cells that are filled from one ranking (资金补助 before 命名支持 in the same category) and share their alternates.
    """

    key: str
    title: str
    track: str
    places_setting: str
    clause: str
    when: Test | None = None
    pool: str = ""
    default: str = ""


class RankBy(StrEnum):
    """What candidates are ordered by."""

    SCORE = "score"  # the panel's mean
    PREFERENCES = "preferences"  # how many preferences are satisfied: a tie-break, never points
    MEASURE = "measure"
    VOTES = "votes"  # experts in favour
    RECOMMENDED_RANK = "recommended_rank"  # the recommender's own order, best first


@dataclass(frozen=True)
class RankKey:
    """One key of the order; higher is better, but a recommended rank is better the lower it is."""

    by: RankBy
    title: str
    measure: Measure | None = None


@dataclass(frozen=True)
class RankingRule:
    """The keys in order; what they leave equal, the bureau orders by a recorded decision."""

    keys: tuple[RankKey, ...]
    clause: str = ""
    default: str = ""


@dataclass(frozen=True)
class Candidate:
    """An application to be placed: its id, the cells it fits in their order, its standing (bigger is better, per key)."""

    key: int
    cells: tuple[str, ...]
    standing: tuple[Any, ...]


@dataclass(frozen=True)
class Placement:
    """Who got which cell, who waits for which pool in which order, and who cannot be told apart."""

    selected: Mapping[str, tuple[int, ...]]
    alternates: Mapping[str, tuple[int, ...]]
    ties: tuple[tuple[int, ...], ...]


def ranked(candidates: Sequence[Candidate], decided: Sequence[int] = ()) -> list[Candidate]:
    """Order candidates best first. Equal ones stand as in `decided` (ids, best first), otherwise by id, provisionally."""
    places = {key: place for place, key in enumerate(decided)}
    by_decision = sorted(candidates, key=lambda each: (places.get(each.key, len(places)), each.key))
    return sorted(by_decision, key=lambda each: each.standing, reverse=True)  # stable: equal ones keep that order


def allocate(
    candidates: Sequence[Candidate],
    places: Mapping[str, int],
    pools: Mapping[str, str],
    decided: Sequence[int] = (),
) -> Placement:
    """Fill the cells (`places` by cell, in their order) from the ranking; `pools` names the pool of each cell.

    A cell nobody fits stays empty. The rest wait, in order, in the pool of their first cell. `ties` lists groups of equal
    standing whose order `decided` does not settle.
    """
    order = ranked(candidates, decided)
    left = dict(places)
    selected: dict[str, list[int]] = {cell: [] for cell in places}
    alternates: dict[str, list[int]] = {}
    for each in order:
        cell = next((cell for cell in each.cells if left.get(cell, 0) > 0), None)
        if cell is not None:
            selected[cell].append(each.key)
            left[cell] -= 1
        elif each.cells:
            alternates.setdefault(pools.get(each.cells[0]) or each.cells[0], []).append(each.key)
    return Placement(
        {cell: tuple(keys) for cell, keys in selected.items()},
        {pool: tuple(keys) for pool, keys in alternates.items()},
        _ties(order, set(decided)),
    )


def _ties(order: Sequence[Candidate], decided: set[int]) -> tuple[tuple[int, ...], ...]:
    groups: dict[tuple[Any, ...], list[int]] = {}
    for each in order:
        groups.setdefault(each.standing, []).append(each.key)
    return tuple(tuple(keys) for keys in groups.values() if len(keys) > 1 and not set(keys) <= decided)


@dataclass(frozen=True)
class ExclusiveTracks:
    """A unit may have a live application on at most one of these tracks in a call."""

    tracks: tuple[str, ...]
    text: str
    clause: str
    default: str = ""


@dataclass(frozen=True)
class CombinableTracks:
    """A unit may apply on these tracks together; units of another nature than `natures` too, but flagged to the officer."""

    tracks: tuple[str, ...]
    natures: tuple[str, ...]
    text: str
    clause: str
    default: str = ""


@dataclass(frozen=True)
class CrossApplication:
    """One click makes an application on `target` out of the unit's one on `source`.

    `table` is the reference of the ordered professions; its first `keep` rows go along in order, locked, in mode
    `keep_first`; in mode `reserve_first` they stay behind and only later rows may be taken. `mode_setting` holds the mode.
    `copies` are pairs of references (from, to) taken over. `letter` is the material slot of the commitment letter, whose
    wording is `commitment`. `along` are pairs of groups (from, to) whose instances stand in the table's order and are cut
    or left behind with its rows. `flag` is the reference of a YES_NO answer the copy begins with, `yes`.
    """

    source: str
    target: str
    table: str
    target_table: str
    keep: int
    mode_setting: str
    letter: str
    commitment: str
    copies: tuple[tuple[str, str], ...]
    clause: str
    default: str = ""
    along: tuple[tuple[str, str], ...] = ()
    flag: str = ""


@dataclass(frozen=True)
class Release:
    """Being selected on `winner` frees the unit's place on `loser`; the next alternate moves up."""

    winner: str
    loser: str
    clause: str
    default: str = ""
