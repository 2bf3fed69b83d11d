"""原件已核: the officer has seen the original of a scanned licence."""

from django.db import transaction

from applications.models import Application, MaterialFile
from applications.services.moves import WrongState, locked, require_at_desk
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import Status


@transaction.atomic
def mark_original(*, application: Application, material_id: int, seen: bool, by: Actor) -> MaterialFile:
    """Note that the original was shown, or take the note back while the file is being checked."""
    application = locked(application)
    require_at_desk("application.check", application, by)
    if application.status != Status.CHECKING:
        raise WrongState(f"该申报目前为“{application.bureau_label}”，原件核对须在“受理审核中”办理")
    slots = [material.key for material in application.edition.materials if material.original_on_site]
    file = (
        MaterialFile.objects.select_for_update(of=("self",))
        .select_related("stored")
        .filter(application=application, pk=material_id, slot__in=slots, removed_at__isnull=True)
        .first()
    )
    if file is None:
        raise WrongState("该文件无须核对原件，或已被替换，请刷新页面")
    file.original_seen_by = by.user if seen else None
    file.original_seen_at = clock.now() if seen else None
    file.save(update_fields=["original_seen_by", "original_seen_at"])
    record(
        by=by,
        action="application.original",
        obj=application,
        jurisdiction_id=application.jurisdiction_id,
        data={"file": file.stored.name, "sha256": file.stored.sha256, "seen": seen},
    )
    return file
