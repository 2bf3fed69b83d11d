"""Changing a setting: for the calls made from now on, or for one call not yet published. Each change has its reason."""

from typing import Any

from django.db import transaction

from applications.enums import CallState
from applications.models import Call, SettingChange
from applications.selectors.settings import bureau_values, read_setting
from applications.services.calls import ROLL_SETTING, settle_deadlines
from applications.services.moves import WrongState
from applications.services.refusals import NotReady, Obstacle, clean_text
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.edition import Edition, Setting
from portal.tenancy.models import Jurisdiction

REASON_LIMIT = 300


@transaction.atomic
def change_setting(
    *, jurisdiction: Jurisdiction, edition: Edition, key: str, value: str, reason: str, by: Actor
) -> SettingChange:
    """Set the bureau's own value. Calls made later take it over; calls already made keep theirs (G-10)."""
    by.require("edition.configure", jurisdiction.pk)
    setting, new, why = _checked(edition, key, value, reason)
    old = bureau_values(jurisdiction, edition)[key]
    _refuse_same(setting, old, new)
    change = SettingChange.objects.create(
        jurisdiction=jurisdiction,
        edition_code=edition.code,
        key=key,
        value=new,
        reason=why,
        changed_by=by.person,
        changed_at=clock.now(),
    )
    data = {"edition": edition.code, "key": key, "from": old, "to": new}
    record(
        by=by,
        action="edition.setting",
        obj=jurisdiction,
        jurisdiction_id=jurisdiction.pk,
        reason=why,
        before=old,
        after=new,
        data=data,
    )
    return change


@transaction.atomic
def change_call_setting(*, call: Call, key: str, value: str, reason: str, by: Actor) -> Call:
    """Set a value for one call that has not been published; the edition and the other calls keep theirs."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    by.require("call.prepare", call.jurisdiction_id)
    if call.state != CallState.DRAFT:
        raise WrongState("批次发布后设置不能再改，请先取消或另建批次")
    setting, new, why = _checked(call.edition, key, value, reason)
    old = call.setting_values[key]
    _refuse_same(setting, old, new)
    call.settings = {**call.setting_values, key: new}
    call.save(update_fields=["settings"])
    if key == ROLL_SETTING:
        settle_deadlines(call)
    data = {"key": key, "from": old, "to": new}
    record(
        by=by,
        action="call.setting",
        obj=call,
        jurisdiction_id=call.jurisdiction_id,
        reason=why,
        before=old,
        after=new,
        data=data,
    )
    return call


def _checked(edition: Edition, key: str, value: str, reason: str) -> tuple[Setting, Any, str]:
    setting = next((each for each in edition.settings if each.key == key), None)
    if setting is None:
        raise NotReady(Obstacle("没有这项设置，请刷新页面"))
    if setting.fixed:
        raise NotReady(Obstacle(f"“{setting.label}”只有一种做法，不能修改", "value"))
    try:
        new = read_setting(setting, value)
    except ValueError as wrong:
        raise NotReady(Obstacle(str(wrong), "value")) from None
    return setting, new, clean_text(reason, field="reason", limit=REASON_LIMIT, what="修改理由")


def _refuse_same(setting: Setting, old: Any, new: Any) -> None:
    if old == new:
        raise NotReady(Obstacle(f"“{setting.label}”现在就是这个值，没有改动", "value"))
