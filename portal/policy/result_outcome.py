"""From a ranking to places, on plain values: cells filled track by track, then whoever drops out and whoever moves up."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from portal.policy.selection import Candidate, allocate, ranked


@dataclass(frozen=True)
class Place:
    """Where a file stands: `state` selected, alternate, released or out; `position` from 1 within cell or pool."""

    state: str
    cell: str
    pool: str
    position: int

    def as_json(self) -> dict[str, Any]:
        """Return it as a record holds it."""
        return asdict(self)


@dataclass(frozen=True)
class Outcome:
    """Every listed file's place by its id, the groups of equals nobody has ordered, and changes that break the rules."""

    places: dict[int, Place]
    ties: tuple[tuple[int, ...], ...]
    problems: tuple[str, ...]


Files = Sequence[Mapping[str, Any]]


def placed(record: Mapping[str, Any], files: Files, candidates: Sequence[Candidate]) -> Outcome:
    """Fill the cells of a record with its ranked files and follow its changes."""
    decided = record["decided"]
    if record["cells"]:
        places, ties = _by_cells(record, files, candidates)
    else:
        order = [each.key for each in ranked(candidates, decided)]
        places = {key: Place("selected", "", "", at) for at, key in enumerate(order, start=1)}
        ties = allocate(candidates, {}, {}, decided).ties
    now, problems = _followed(record, files, places)
    return Outcome(now, ties, problems)


def pools_of(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the pool each cell shares its alternates in; without one, its own."""
    return {cell["key"]: cell["pool"] or cell["key"] for cell in record["cells"]}


def _by_cells(
    record: Mapping[str, Any], files: Files, candidates: Sequence[Candidate]
) -> tuple[dict[int, Place], tuple[tuple[int, ...], ...]]:
    """Winning tracks first: a unit that holds a place there frees its file on the losing one."""
    winners = {rule["winner"] for rule in record["releases"]}
    pools, by_key = pools_of(record), {each.key: each for each in candidates}
    holders: dict[int, set[str]] = {}
    places: dict[int, Place] = {}
    ties: list[tuple[int, ...]] = []
    for track in sorted({each["track"] for each in files}, key=lambda track: (track not in winners, track)):
        mine = [each for each in files if each["track"] == track]
        freed = {each["id"] for each in mine if _freed(record, track, holders.get(each["unit_id"], set()))}
        cells = {cell["key"]: int(cell["places"]) for cell in record["cells"] if cell["track"] == track}
        found = allocate(
            [by_key[each["id"]] for each in mine if each["id"] not in freed], cells, pools, record["decided"]
        )
        places |= {
            key: Place("selected", cell, pools[cell], at)
            for cell, keys in found.selected.items()
            for at, key in enumerate(keys, start=1)
        }
        places |= {
            key: Place("alternate", "", pool, at)
            for pool, keys in found.alternates.items()
            for at, key in enumerate(keys, start=1)
        }
        places |= {key: Place("released", "", "", 1) for key in freed}
        ties += found.ties
        for each in mine:
            if each["id"] in places and places[each["id"]].state == "selected":
                holders.setdefault(each["unit_id"], set()).add(track)
    return places, tuple(ties)


def _freed(record: Mapping[str, Any], track: str, held: set[str]) -> bool:
    return any(rule["loser"] == track and rule["winner"] in held for rule in record["releases"])


def _followed(
    record: Mapping[str, Any], files: Files, places: dict[int, Place]
) -> tuple[dict[int, Place], tuple[str, ...]]:
    """Follow the recorded changes one after the other; whichever is not the one the rules lead to is told in Chinese."""
    now, known, problems = dict(places), {each["id"]: each for each in files}, []
    for at, change in enumerate(record["changes"], start=1):
        key, kind = change["id"], change["kind"]
        if key not in now:
            problems.append(f"第 {at} 次变动：申报 {key} 不在名单中")
        elif kind == "promote":
            right = _next(change["cell"], now[key].pool, now, known)
            if right != key:
                first = known[right]["unit"] if right is not None else "无备选"
                problems.append(f"第 {at} 次变动：递补记录为{known[key]['unit']}，按次序应为{first}")
            now[key] = Place("selected", change["cell"], now[key].pool, _last(now, change["cell"]) + 1)
        else:
            if now[key].state not in ("selected", "alternate"):
                problems.append(f"第 {at} 次变动：{known[key]['unit']}此前已退出或让出")
            now[key] = replace(now[key], state="out" if kind == "drop" else "released")
    return now, tuple(problems)


def _next(cell: str, pool: str, now: Mapping[int, Place], files: Mapping[int, Mapping[str, Any]]) -> int | None:
    """The first alternate of a pool who fits a freed cell; None when nobody does."""
    waiting = sorted(
        (place.position, key)
        for key, place in now.items()
        if (place.state, place.pool) == ("alternate", pool) and (not cell or cell in files[key]["cells"])
    )
    return waiting[0][1] if waiting else None


def _last(now: Mapping[int, Place], cell: str) -> int:
    """The last position taken in a cell."""
    return max((place.position for place in now.values() if (place.state, place.cell) == ("selected", cell)), default=0)
