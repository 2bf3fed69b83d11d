"""Keeping a fixed selection full: who drops out makes room for the next alternate, as long as the document is not out."""

from django.db import transaction
from django.db.models import Max

from applications.models import Application
from portal.accounts.actor import Actor
from portal.calendars import clock
from reviews.enums import PlacementState, SelectionState
from reviews.models import Placement, Selection
from reviews.selectors.selections import is_final
from reviews.selectors.standings import standings
from reviews.services.news import tell_promoted
from reviews.services.papers import issue_placement
from reviews.services.result_papers import issue_score_result
from reviews.services.selecting import locked_selection, log_selection


@transaction.atomic
def drop_out(*, application: Application, reason: str, by: Actor) -> Placement | None:
    """Take a file out of the selection; of a fixed one, the next alternate of its pool moves up. Return who moved up.

    After the final document nobody moves up any more (发文前递补): the place stays empty.
    """
    found = Placement.objects.filter(application=application).select_related("selection").first()
    if found is None:
        return None
    row = locked_selection(found.selection)
    placement: Placement = row.placements.select_for_update(of=("self",)).get(pk=found.pk)
    if placement.state in (PlacementState.OUT, PlacementState.RELEASED):
        return None
    was_selected, cell, pool = placement.state == PlacementState.SELECTED, placement.cell, placement.pool
    placement.state, placement.reason = PlacementState.OUT, reason.strip()[:500]
    placement.save(update_fields=["state", "reason"])
    log_selection(row, by, "selection.drop", {"application": application.pk, "cell": cell}, reason)
    if row.state != SelectionState.FIXED:
        return None
    moved_up = _promote(row, cell, pool, by) if was_selected and not is_final(row.call) else None
    issue_placement(selection=row, by=by)
    issue_score_result(selection=row, by=by)
    return moved_up


def _promote(row: Selection, cell: str, pool: str, by: Actor) -> Placement | None:
    """Move the first alternate that fits the freed cell up; one whose unit holds a winning place stays out."""
    by_file = {each.application.pk: each for each in standings(row.call)}
    waiting = row.placements.select_for_update(of=("self",)).filter(state=PlacementState.ALTERNATE, pool=pool)
    for each in waiting.order_by("position").select_related("application__organisation"):
        standing = by_file.get(each.application_id)
        if standing is None or (cell and cell not in standing.candidate.cells):
            continue
        last = row.placements.filter(state=PlacementState.SELECTED, cell=cell).aggregate(last=Max("position"))["last"]
        each.state, each.cell, each.promoted_at = PlacementState.SELECTED, cell, clock.now()
        each.position = (last or 0) + 1
        each.save(update_fields=["state", "cell", "promoted_at", "position"])
        log_selection(row, by, "selection.promote", {"application": each.application_id, "cell": cell})
        tell_promoted(each)
        _release(row, each, by)
        return each
    return None


def _release(row: Selection, winner: Placement, by: Actor) -> None:
    """Free the place on the losing track of a unit that has just been selected on the winning one."""
    for rule in row.call.edition.releases:
        if winner.application.track_key != rule.winner:
            continue
        losing = row.placements.filter(
            application__track_key=rule.loser,
            application__organisation=winner.application.organisation_id,
            state__in=[PlacementState.SELECTED, PlacementState.ALTERNATE],
        )
        for each in losing.select_for_update(of=("self",)):
            freed = each.state == PlacementState.SELECTED
            each.state, each.reason = PlacementState.RELEASED, rule.clause
            each.save(update_fields=["state", "reason"])
            log_selection(row, by, "selection.release", {"application": each.application_id, "cell": each.cell})
            if freed:
                _promote(row, each.cell, each.pool, by)
