"""Drawing up who is selected within the quota and who waits: ranked, and fixed by a second person."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.models import Call
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.selection import Candidate, ranked
from portal.policy.selection import Placement as Outcome
from portal.tenancy.enums import Tier
from reviews.enums import PlacementState, SelectionState
from reviews.models import Placement, PlacesMoved, Selection
from reviews.selectors.filling import outcome_of
from reviews.selectors.places import places_now
from reviews.selectors.standings import Standing, standings
from reviews.services.papers import issue_placement
from reviews.services.refusal import Refused
from reviews.services.result_papers import issue_score_result


@transaction.atomic
def draw_up_selection(*, call: Call, by: Actor) -> Selection:
    """Rank the reviewed files of a call and fill its cells; drawn up again, the draft is replaced."""
    by.require("shortlist.draft", call.jurisdiction_id)
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.edition.ranking is None:
        raise WrongState("本政策不按名次择优，请直接拟定名单")
    row, _ = Selection.objects.select_for_update().get_or_create(
        call=call, defaults={"jurisdiction": call.jurisdiction, "drawn_up_by": by.person, "drawn_up_at": clock.now()}
    )
    _require_draft(row)
    row.drawn_up_by, row.drawn_up_at = by.person, clock.now()
    _write(row, by)
    return row


@transaction.atomic
def decide_order(*, selection: Selection, order: Sequence[int], reason: str, by: Actor) -> Selection:
    """Order files of equal standing (application ids, best first) by a recorded decision; the places follow."""
    row = _draft(selection, by)
    if not reason.strip():
        raise Refused("请写明同分单位排序的理由", "reason")
    known = set(row.placements.values_list("application_id", flat=True))
    if not order or not set(order) <= known or len(set(order)) != len(order):
        raise Refused("名单已有变化，请刷新页面后重新排序", "order")
    before = [each for each in row.decided if each in known and each not in order]
    row.decided, row.decided_reason = [*before, *order], reason.strip()[:500]
    _write(row, by, reason=row.decided_reason)
    return row


@transaction.atomic
def move_places(*, selection: Selection, source: str, target: str, places: int, reason: str, by: Actor) -> PlacesMoved:
    """Move places from one cell to another by a recorded decision."""
    row = _draft(selection, by)
    edition, left = row.call.edition, places_now(row)
    keys = {cell.key for cell in edition.cells}
    if source not in keys or target not in keys or source == target:
        raise Refused("请选择调出和调入的名额", "target")
    if not 1 <= places <= left[source]:
        raise Refused(f"可调出的名额为 {left[source]} 个", "places")
    if not reason.strip():
        raise Refused("请写明调剂名额的依据和理由", "reason")
    made = PlacesMoved.objects.create(
        selection=row, source=source, target=target, places=places, reason=reason.strip()[:500],
        decided_by=by.person, decided_at=clock.now(),
    )  # fmt: skip
    _write(row, by, reason=made.reason)
    return made


@transaction.atomic
def fix_selection(*, selection: Selection, by: Actor) -> Selection:
    """Fix the outcome; not by the person who drew it up, and not while files of equal standing are in no order."""
    row = locked_selection(selection)
    by.require("shortlist.approve", row.jurisdiction_id)
    if by.tier is not Tier.BUREAU:
        raise PermissionDenied("名单由组织评审的部门确定")
    _require_draft(row)
    if by.user is None or row.drawn_up_by_id == by.user.pk:
        raise PermissionDenied("拟制人不能确定自己拟制的名单，请由另一位审批人办理")
    _write(row, by)
    if row.ties:
        raise Refused("尚有同分单位未排定次序，请先作出决定", "order")
    row.state, row.fixed_by, row.fixed_at = SelectionState.FIXED, by.user, clock.now()
    row.save()
    log_selection(row, by, "selection.fix", _contents(row))
    issue_placement(selection=row, by=by)
    issue_score_result(selection=row, by=by)
    return row


def _write(row: Selection, by: Actor, reason: str = "") -> None:
    """Work the places out from the standings and write them, replacing the draft."""
    found = standings(row.call)
    outcome, released = outcome_of(row.call.edition, found, places_now(row), row.decided)
    row.placements.all().delete()
    Placement.objects.bulk_create(_placements(row, found, outcome, released))
    row.ties = [list(each) for each in outcome.ties]
    row.save()
    log_selection(row, by, "selection.draw_up", _contents(row), reason)


def _placements(row: Selection, found: list[Standing], outcome: Outcome, released: dict[int, str]) -> list[Placement]:
    by_file = {each.application.pk: each for each in found}
    tracks: dict[str, list[Candidate]] = {}
    for each in found:
        tracks.setdefault(each.application.track_key, []).append(each.candidate)
    order = {
        each.key: place
        for candidates in tracks.values()
        for place, each in enumerate(ranked(candidates, row.decided), start=1)
    }
    pools = {cell.key: cell.pool or cell.key for cell in row.call.edition.cells}

    def made(key: int, state: PlacementState, **place: Any) -> Placement:
        return Placement(
            selection=row, application_id=key, state=state, overall=order[key], standing=by_file[key].figures, **place
        )

    rows = [
        made(key, PlacementState.SELECTED, cell=cell, pool=pools.get(cell, ""), position=place)
        for cell, keys in outcome.selected.items()
        for place, key in enumerate(keys, start=1)
    ]
    rows += [
        made(key, PlacementState.ALTERNATE, pool=pool, position=place)
        for pool, keys in outcome.alternates.items()
        for place, key in enumerate(keys, start=1)
    ]
    return rows + [made(key, PlacementState.RELEASED, position=1, reason=clause) for key, clause in released.items()]


def _contents(row: Selection) -> dict[str, Any]:
    listed = row.placements.values_list("application_id", "state", "cell", "pool", "position")
    return {"placements": [list(each) for each in listed]}


def locked_selection(selection: Selection) -> Selection:
    """Return the selection's row under lock; call inside a transaction."""
    row: Selection = (
        Selection.objects.select_for_update(of=("self",)).select_related("call", "jurisdiction").get(pk=selection.pk)
    )
    return row


def _draft(selection: Selection, by: Actor) -> Selection:
    row = locked_selection(selection)
    by.require("shortlist.draft", row.jurisdiction_id)
    _require_draft(row)
    return row


def _require_draft(row: Selection) -> None:
    if row.state != SelectionState.DRAFT:
        raise WrongState("该名单已经确定，不能再修改")


def log_selection(row: Selection, by: Actor, action: str, data: dict[str, Any], reason: str = "") -> None:
    """Write one event about a selection."""
    record(by=by, action=action, obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason, data=data)
