"""Repeated parts of the form (项目一…n): added, ordered, removed."""

from django.db import transaction

from applications.models import Application, DraftSection
from applications.selectors.cross import kept_in
from applications.selectors.workspace import group_of, load
from applications.services.answers import new_row_id
from applications.services.draft import open_draft
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.form import Group


def _locked(application_id: int, key: str, by: Actor) -> tuple[Application, Group, list[str]]:
    application = open_draft(application_id, by)
    group = group_of(application.edition, key)
    if not load(application).opening.whole(key):
        raise WrongState(f"本次补正未开放增减{group.noun}")
    return application, group, list(application.groups.get(key, []))


def _require_not_kept(application: Application, key: str, instance: str) -> int:
    """Return how many instances a cross-application keeps in front; `WrongState` if this is one of them."""
    kept = kept_in(application)
    ids = kept.instances_of(key) if kept else ()
    if kept and instance in ids:
        raise WrongState(kept.explanation)
    return len(ids)


def _write(application: Application, key: str, order: list[str]) -> Application:
    application.groups = {**application.groups, key: order}
    application.revision, application.updated_at = application.revision + 1, clock.now()
    application.save(update_fields=["groups", "revision", "updated_at"])
    return application


@transaction.atomic
def add_instance(*, application_id: int, key: str, by: Actor) -> str:
    """Add an empty instance at the end and return its id; `WrongState` at the form's maximum."""
    application, group, order = _locked(application_id, key, by)
    if len(order) >= group.maximum:
        raise WrongState(f"最多填报 {group.maximum} 个{group.noun}")
    instance = new_row_id()
    _write(application, key, [*order, instance])
    return instance


@transaction.atomic
def move_instance(*, application_id: int, key: str, instance: str, to: int, by: Actor) -> Application:
    """Put an instance at place `to` (from 0); places outside the list are its ends. KeyError: no such instance.

    What a cross-application keeps stays in front: `WrongState` for one of those, and no other comes before them.
    """
    application, _, order = _locked(application_id, key, by)
    if instance not in order:
        raise KeyError(instance)
    first = _require_not_kept(application, key, instance)
    order.remove(instance)
    order.insert(max(first, min(to, len(order))), instance)
    return _write(application, key, order)


@transaction.atomic
def remove_instance(*, application_id: int, key: str, instance: str, by: Actor) -> Application:
    """Remove an instance with all its pages; the event log keeps the hash of what was removed. KeyError: none such.

    `WrongState` at the form's minimum, and for one that a cross-application keeps.
    """
    application, group, order = _locked(application_id, key, by)
    if instance not in order:
        raise KeyError(instance)
    _require_not_kept(application, key, instance)
    if len(order) <= group.minimum:
        raise WrongState(f"至少填报 {group.minimum} 个{group.noun}，不能再删除")
    pages = DraftSection.objects.filter(application=application, path__startswith=f"{key}/{instance}/")
    removed = {page.path: page.answers for page in pages}
    pages.delete()
    order.remove(instance)
    record(
        by=by,
        action="application.part.remove",
        obj=application,
        jurisdiction_id=application.jurisdiction_id,
        before=removed,
        data={"part": group.noun, "pages": sorted(removed)},
    )
    return _write(application, key, order)
