"""Files in the material slots: added, replaced, removed, told which rows they serve. Nothing is ever overwritten."""

from django.db import transaction
from django.db.models import Sum

from applications.models import Application, MaterialFile
from applications.permissions import readable_applications
from applications.selectors.materials import most_bytes, rows_of, sealed_open
from applications.selectors.workspace import load
from applications.services.draft import open_draft
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.material import Material


def open_slot(application_id: int, slot: str, by: Actor) -> tuple[Application, Material]:
    """Lock an application whose slot may be written now; call inside a transaction.

    The stamped scan has a time of its own: after submission, until the bureau decides. Raise `WrongState`, KeyError for a
    slot the edition does not have, `Application.DoesNotExist` for somebody else's file.
    """
    everyone = Application.objects.select_for_update(of=("self",)).select_related("call", "organisation", "current")
    application = readable_applications(everyone, by).get(pk=application_id)
    material = application.edition.material(slot)
    if material.sealed:
        if by.organisation != application.organisation or not by.can("application.edit"):
            raise Application.DoesNotExist
        if not sealed_open(application):
            raise WrongState("盖章扫描件须在提交之后、受理决定之前上传")
        return application, material
    application = open_draft(application_id, by)
    if not load(application).opening.whole(f"#{slot}"):
        raise WrongState("本次补正未开放该项材料，不能更改")
    return application, material


@transaction.atomic
def add_file(
    *, application_id: int, slot: str, stored: StoredFile, by: Actor, replaces: int | None = None
) -> MaterialFile:
    """Put a stored file into a slot; with `replaces`, the old file stays on record as replaced.

    A stamped scan belongs to the version it was made from and takes the place of earlier ones. Raise `WrongState` when
    the slot is full or the whole grows too large.
    """
    application, material = open_slot(application_id, slot, by)
    live = MaterialFile.objects.filter(application=application, removed_at=None)
    old = live.filter(slot=slot, pk=replaces).first() if replaces else None
    leaving = list(live.filter(slot=slot)) if material.sealed else [old] if old else []
    _check_room(application, material, stored, leaving)
    now = clock.now()
    added = MaterialFile.objects.create(
        application=application,
        slot=slot,
        stored=stored,
        rows=old.rows if old else [],
        sealed_version=application.current.number if material.sealed and application.current else None,
        position=old.position if old else live.filter(slot=slot).count() + 1,
        added_by=by.person,
        added_at=now,
    )
    for each in leaving:
        each.removed_at, each.removed_by, each.replaced_by = now, by.user, added
        each.save(update_fields=["removed_at", "removed_by", "replaced_by"])
    _note(application, "application.material.add", added, by)
    return added


def _check_room(application: Application, material: Material, stored: StoredFile, leaving: list[MaterialFile]) -> None:
    gone = [each.pk for each in leaving]
    live = MaterialFile.objects.filter(application=application, removed_at=None).exclude(pk__in=gone)
    if live.filter(slot=material.key).count() >= material.maximum:
        raise WrongState(f"“{material.title}”最多 {material.maximum} 份，请先删除或替换已有文件")
    total = (live.aggregate(total=Sum("stored__size"))["total"] or 0) + stored.size
    most = most_bytes(application)
    if total > most:
        raise WrongState(
            f"全部材料合计不得超过 {most // 1024**2} MB，加上该文件为 {total / 1024**2:.1f} MB，请压缩后再上传"
        )


@transaction.atomic
def remove_file(*, application_id: int, material_id: int, by: Actor) -> MaterialFile:
    """Take a file out of its slot; it stays on record. `MaterialFile.DoesNotExist` when it is not there any more."""
    slot = MaterialFile.objects.get(application=application_id, pk=material_id, removed_at=None).slot
    application, _ = open_slot(application_id, slot, by)
    found = MaterialFile.objects.get(application=application, pk=material_id, removed_at=None)
    found.removed_at, found.removed_by = clock.now(), by.user
    found.save(update_fields=["removed_at", "removed_by"])
    _note(application, "application.material.remove", found, by)
    return found


@transaction.atomic
def assign_rows(*, application_id: int, material_id: int, rows: list[str], by: Actor) -> MaterialFile:
    """Say which rows a file is evidence for; ids that are no rows of the slot's tables are dropped."""
    slot = MaterialFile.objects.get(application=application_id, pk=material_id, removed_at=None).slot
    application, material = open_slot(application_id, slot, by)
    known = [row_id for row_id, _ in rows_of(load(application), material)]
    found = MaterialFile.objects.get(application=application, pk=material_id, removed_at=None)
    found.rows = [each for each in known if each in rows]
    found.save(update_fields=["rows"])
    _note(application, "application.material.rows", found, by)
    return found


def _note(application: Application, action: str, found: MaterialFile, by: Actor) -> None:
    now = clock.now()
    Application.objects.filter(pk=application.pk).update(revision=application.revision + 1, updated_at=now)
    record(
        by=by,
        action=action,
        obj=application,
        jurisdiction_id=application.jurisdiction_id,
        after=found.stored.sha256,
        data={"slot": found.slot, "file": found.stored_id, "name": found.stored.name, "rows": found.rows},
    )
