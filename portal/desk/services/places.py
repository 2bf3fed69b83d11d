"""A system administrator keeps jurisdictions and their offices; both stand below the event log, so they are written from here."""

from typing import Any

from django.db import transaction

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.tenancy.enums import OrganisationState
from portal.tenancy.models import Jurisdiction, Organisation

PLACE_FIELDS = (
    "platform_title", "host", "contact_department", "contact_phone", "contact_address", "contact_postcode", "contact_email",
    "icp", "active",
)  # fmt: skip
OFFICE_FIELDS = ("kind", "name", "parent", "contact_name", "contact_phone", "contact_email", "address")


def update_jurisdiction(*, jurisdiction: Jurisdiction, values: dict[str, Any], by: Actor) -> list[str]:
    """Write what a bureau may change of its tenant; return the fields that changed."""
    with transaction.atomic():
        locked = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        by.require_at("system.configure", locked.pk)
        changed = [field for field in PLACE_FIELDS if field in values and getattr(locked, field) != values[field]]
        before = {field: getattr(locked, field) for field in changed}
        for field in changed:
            setattr(locked, field, values[field])
        if changed:
            locked.save(update_fields=changed)
            after = {field: values[field] for field in changed}
            data = {"fields": changed, "before": before, "after": after}
            record(
                by=by,
                action="jurisdiction.update",
                obj=locked,
                jurisdiction_id=locked.pk,
                before=before,
                after=after,
                data=data,
            )
    return changed


def save_office(
    *, jurisdiction: Jurisdiction, values: dict[str, Any], by: Actor, office: Organisation | None = None
) -> Organisation:
    """Create an office of the jurisdiction's tree, or change one."""
    with transaction.atomic():
        by.require_at("system.configure", jurisdiction.pk)
        if office is None:
            saved = Organisation.objects.create(jurisdiction=jurisdiction, **values)
            before = None
        else:
            saved = Organisation.objects.select_for_update().get(pk=office.pk, jurisdiction=jurisdiction)
            before = _facts(saved)
            for field in OFFICE_FIELDS:
                setattr(saved, field, values[field])
            saved.save()
        action = "office.create" if office is None else "office.update"
        after = _facts(saved)
        record(by=by, action=action, obj=saved, jurisdiction_id=jurisdiction.pk, before=before, after=after, data=after)
    return saved


def set_office_open(*, office: Organisation, is_open: bool, reason: str, by: Actor) -> None:
    """Close an office, whose members can then do nothing in it, or open it again; nothing is deleted."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=office.pk)
        by.require_at("system.configure", locked.jurisdiction_id)
        state = OrganisationState.ACTIVE if is_open else OrganisationState.CLOSED
        if locked.state != state:
            locked.state = state
            locked.save(update_fields=["state"])
            action = "office.open" if is_open else "office.close"
            record(by=by, action=action, obj=locked, jurisdiction_id=locked.jurisdiction_id, reason=reason)


def _facts(office: Organisation) -> dict[str, Any]:
    return {"name": office.name, "kind": office.kind, "parent": office.parent_id}
