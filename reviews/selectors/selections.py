"""Reading selections: cells with who fills them, places that stay empty, who waits for which pool, who has dropped out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from applications.models import Application, Call
from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.procedure import Status
from portal.policy.selection import Cell, RankBy, RankKey
from portal.tenancy.models import Jurisdiction
from reviews.enums import PlacementState, SelectionState
from reviews.models import Placement, Recognition, Selection, Shortlist, ShortlistEntry

HOW = {
    RankBy.PREFERENCES: "同等条件下优先，不计分",
    RankBy.MEASURE: "按申报数据，多者在前",
    RankBy.VOTES: "建议认定的专家人数，多者在前",
    RankBy.RECOMMENDED_RANK: "次序小者在前",
}
UNDER_REVIEW = (Status.ACCEPTED.value, Status.IN_REVIEW.value)


@dataclass(frozen=True)
class CellLines:
    """A cell with its places as they are now, who fills it, and how many stay empty. `cell` is None without a quota."""

    cell: Cell | None
    title: str
    places: int | None
    selected: list[Placement]

    @property
    def empty(self) -> range:
        """One for each place nobody fills."""
        return range(max(0, (self.places or 0) - len(self.selected)))


@dataclass(frozen=True)
class Pool:
    """Cells that are filled from one ranking, and who waits behind them in order."""

    title: str
    cells: list[CellLines]
    alternates: list[Placement]


@dataclass(frozen=True)
class TrackLines:
    """The outcome of one track; without cells the tracks stand together in one."""

    title: str
    pools: list[Pool]
    gone: list[Placement]  # released or dropped out


def calls_to_select(place: Jurisdiction) -> QuerySet[Call]:
    """Return the calls of a jurisdiction whose policy ranks, newest first, with how many files stand where."""
    codes = [edition.code for edition in registry.of(place.code) if edition.ranking is not None]
    calls = Call.objects.filter(jurisdiction=place, edition_code__in=codes).exclude(state__in=("draft", "history"))
    return (
        calls.select_related("selection__drawn_up_by", "selection__fixed_by")
        .annotate(
            reviewed_count=Count("applications", filter=Q(applications__status=Status.REVIEWED.value)),
            waiting_count=Count("applications", filter=Q(applications__status__in=UNDER_REVIEW)),
        )
        .order_by("-opens_at", "-id")
    )


def placements_of(selection: Selection) -> list[Placement]:
    """Return every placement with its file and unit, in order; one query."""
    rows = selection.placements.select_related(
        "application__organisation", "application__call", "application__recommender"
    )
    return list(rows.order_by("overall", "application_id"))


def outcome(selection: Selection, rows: Sequence[Placement], places: dict[str, int]) -> list[TrackLines]:
    """Group placements by track, pool and cell, as the edition declares them."""
    edition = selection.call.edition
    if not edition.cells:
        chosen = _in_order(row for row in rows if row.state == PlacementState.SELECTED)
        waiting = _in_order(row for row in rows if row.state == PlacementState.ALTERNATE)
        pool = Pool("备选", [CellLines(None, "拟入选", None, chosen)], waiting)
        return [TrackLines("全部申报", [pool], [row for row in rows if row.state in _GONE])]
    found = []
    for track in edition.tracks:
        cells = [cell for cell in edition.cells if cell.track == track.key]
        mine = [row for row in rows if row.application.track_key == track.key]
        if cells:
            pools = [_pool(key, cells, mine, places) for key in dict.fromkeys(cell.pool or cell.key for cell in cells)]
            found.append(TrackLines(track.title, pools, [row for row in mine if row.state in _GONE]))
    return found


_GONE = (PlacementState.RELEASED, PlacementState.OUT)


def _pool(key: str, cells: Sequence[Cell], rows: Sequence[Placement], places: dict[str, int]) -> Pool:
    mine = [cell for cell in cells if (cell.pool or cell.key) == key]
    lines = [
        CellLines(
            cell,
            cell.title,
            places[cell.key],
            _in_order(row for row in rows if row.state == PlacementState.SELECTED and row.cell == cell.key),
        )
        for cell in mine
    ]
    waiting = _in_order(row for row in rows if row.state == PlacementState.ALTERNATE and row.pool == key)
    return Pool("、".join(cell.title for cell in mine), lines, waiting)


def _in_order(rows: Iterable[Placement]) -> list[Placement]:
    return sorted(rows, key=lambda row: (row.position, row.overall))


def rule_lines(edition: Edition, settings: Mapping[str, Any] | None = None) -> list[dict[str, str]]:
    """Return the keys of the order with what each means, exactly; `settings` are the call's."""
    keys: tuple[RankKey, ...] = edition.ranking.keys if edition.ranking else ()
    score = edition.aggregation.terms(edition.setting_values(settings)).told()
    return [{"title": key.title, "how": score if key.by is RankBy.SCORE else HOW[key.by]} for key in keys]


def tie_groups(selection: Selection, rows: Sequence[Placement]) -> list[list[Placement]]:
    """Return the files whose order has to be decided, group by group; then, as a last group, those decided already."""
    by_file = {row.application_id: row for row in rows}
    groups = [[by_file[key] for key in group if key in by_file] for group in selection.ties]
    decided = [by_file[key] for key in selection.decided if key in by_file]
    return [group for group in (*groups, decided) if group]


def not_placed(selection: Selection) -> QuerySet[Application]:
    """Return reviewed files of the call that the selection does not know: reviewed since it was drawn up."""
    return Application.objects.filter(
        call=selection.call_id, status=Status.REVIEWED.value, placement__isnull=True
    ).select_related("organisation")


def selected_for(shortlist: Shortlist) -> QuerySet[Placement]:
    """Return the placements that may go on a call's lists: selected, by an outcome that is fixed; in their order."""
    return Placement.objects.filter(
        selection__call=shortlist.call_id, selection__state=SelectionState.FIXED, state=PlacementState.SELECTED
    ).order_by("overall", "application_id")


def lost_places(shortlist: Shortlist) -> list[ShortlistEntry]:
    """Return the standing entries of a list whose units have given up, or freed, their place since."""
    rows = shortlist.entries.filter(removed=False, application__placement__state__in=_GONE)
    return list(rows.select_related("application__organisation"))


def is_final(call: Call) -> bool:
    """Say whether the final document of a call is out, after which no alternate moves up, or its list has gone up."""
    issued = Recognition.objects.filter(entries__application__call=call).exists()
    above = (Status.REPORTED, Status.IN_RECHECK, Status.RECHECKED, Status.RECOGNISED)
    return issued or Application.objects.filter(call=call, status__in=[status.value for status in above]).exists()


def sheet_rows(edition: Edition, tracks: Sequence[TrackLines]) -> list[list[Any]]:
    """Return the outcome as rows of texts for a workbook, empty places included; `sheet_head` heads them."""
    width = len(edition.ranking.keys) if edition.ranking else 0
    rows: list[list[Any]] = []
    for track in tracks:
        for pool in track.pools:
            for cell in pool.cells:
                rows += [_row(track, cell.title, "拟入选", row) for row in cell.selected]
                rows += [[track.title, cell.title, "空缺", "", "", "", "", *[""] * width, ""] for _ in cell.empty]
            rows += [_row(track, pool.title, "备选", row) for row in pool.alternates]
        rows += [_row(track, "", row.get_state_display(), row) for row in track.gone]
    return rows


def sheet_head(edition: Edition) -> list[str]:
    """Return the heads of `sheet_rows`."""
    return ["申报类别", "名额", "结果", "次序", "总次序", "申报单位", "受理编号",
            *(rule["title"] for rule in rule_lines(edition)), "说明"]  # fmt: skip


def _row(track: TrackLines, title: str, state: str, row: Placement) -> list[str]:
    figures = [figure["value"] for figure in row.standing]
    unit = row.application.organisation.name
    return [track.title, title, state, str(row.position), str(row.overall), unit, row.application.number or "",
            *figures, row.reason]  # fmt: skip
