"""A unit keeps its particulars up to date; a new name or code takes effect once reviewed."""

from typing import Any

from django.db import transaction

from portal.accounts.actor import Actor
from portal.accounts.enums import ChangeState
from portal.accounts.models import UnitChange
from portal.accounts.services.news import tell
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import one_at_a_time, refuse_taken_code
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction, Organisation

CONTACT_FIELDS = (
    "nature", "central", "address", "postcode", "district", "website", "contact_name", "contact_phone", "contact_email",
)  # fmt: skip


def update_unit(*, organisation: Organisation, values: dict[str, Any], by: Actor) -> list[str]:
    """Write a unit's contact particulars; return the names of the fields that changed."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        _require_own(by, locked)
        changed = [field for field in CONTACT_FIELDS if field in values and getattr(locked, field) != values[field]]
        for field in changed:
            setattr(locked, field, values[field])
        if changed:
            locked.save(update_fields=changed)
            tell(by=by, action="unit.update", obj=locked, data={"fields": changed})
    return changed


def request_unit_change(
    *,
    organisation: Organisation,
    name: str,
    credit_code: str,
    reason: str,
    review_jurisdiction: Jurisdiction,
    by: Actor,
) -> UnitChange:
    """Ask for a new name or code. Raises Refused when one request already waits, nothing changes or the code is taken."""
    with one_at_a_time():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        _require_own(by, locked)
        if (name, credit_code) == (locked.name, locked.credit_code):
            raise Refused("名称和代码与现有信息相同，无需变更", "name")
        if locked.changes.filter(state=ChangeState.PENDING).exists():
            raise Refused("已有一项变更正在审核，审核完成后才能再次申请")
        refuse_taken_code(credit_code, apart_from=locked)
        locked.review_jurisdiction = review_jurisdiction
        locked.save(update_fields=["review_jurisdiction"])
        change = UnitChange.objects.create(
            organisation=locked,
            name=name,
            credit_code=credit_code,
            reason=reason,
            requested_by=by.person,
            requested_at=clock.now(),
        )
        tell(
            by=by,
            action="unit.change_request",
            obj=locked,
            jurisdiction_id=locked.review_jurisdiction_id,
            reason=reason,
            data={"name": name, "credit_code": credit_code},
        )
    return change


def review_unit_change(*, change: UnitChange, approve: bool, reason: str, by: Actor) -> None:
    """Let a new name or code take effect, or not. Raises Refused."""
    with one_at_a_time():
        unit = Organisation.objects.select_for_update().get(pk=change.organisation_id)
        locked = UnitChange.objects.select_for_update().get(pk=change.pk)
        by.require_at("registration.review", unit.review_jurisdiction_id)
        if locked.state != ChangeState.PENDING:
            raise Refused("该变更已由他人审核，请刷新后查看结果")
        if not approve and not reason:
            raise Refused("请填写不通过的原因", "reason")
        before = {"name": unit.name, "credit_code": unit.credit_code}
        if approve:
            refuse_taken_code(locked.credit_code, apart_from=unit)
            unit.name, unit.credit_code = locked.name, locked.credit_code
            unit.save(update_fields=["name", "credit_code"])
        locked.state = ChangeState.APPROVED if approve else ChangeState.REJECTED
        locked.review_reason, locked.reviewed_by, locked.reviewed_at = reason, by.user, clock.now()
        locked.save(update_fields=["state", "review_reason", "reviewed_by", "reviewed_at"])
        tell(
            by=by,
            action="unit.change_approve" if approve else "unit.change_reject",
            obj=unit,
            jurisdiction_id=unit.review_jurisdiction_id,
            reason=reason,
            data={"before": before, "after": {"name": locked.name, "credit_code": locked.credit_code}},
        )


def _require_own(by: Actor, organisation: Organisation) -> None:
    by.require("unit.manage")
    if by.organisation != organisation:
        raise Refused("只能修改本单位的信息")
