"""News of registrations: to the office that reviews, and back to the unit. Rows are inserted in the news' own transaction."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from portal.accounts.selectors import members_of, members_with
from portal.accounts.signals import account_changed
from portal.calendars import clock
from portal.notifications.services import notify
from portal.tenancy.models import Jurisdiction, Organisation

# action: title, where {name} is the unit
TO_THE_OFFICE = {
    "unit.register": "待审核：{name}注册",
    "unit.resubmit": "待审核：{name}重新提交注册",
    "unit.change_request": "待审核：{name}申请变更名称、代码",
}
TO_THE_UNIT = {
    "unit.approve": "{name}注册审核已通过，可以申报",
    "unit.reject": "{name}注册审核未通过，请修改后重新提交",
    "unit.special_code": "{name}的特殊代码已核准，等待注册审核",
    "unit.change_approve": "{name}的名称、代码变更已生效",
    "unit.change_reject": "{name}的名称、代码变更未通过",
}


@receiver(account_changed)
def tell_of_registrations(sender: Any, *, action: str, obj: Any, reason: str = "", **news: Any) -> None:
    """Put the news before those who act next."""
    if not isinstance(obj, Organisation):
        return
    key = f"{action}:{obj.pk}:{clock.now().timestamp()}"
    if action == "unit.special_code":
        _tell_office(key, obj, "unit.register", news["jurisdiction_id"])
    if action in TO_THE_UNIT:
        link = reverse("accounts:unit" if obj.may_act else "accounts:standing")
        title = TO_THE_UNIT[action].format(name=obj.name)
        notify(
            memberships=members_of(obj), key=key, title=title, body=reason, link=link, urgent=action == "unit.reject"
        )
    elif action in TO_THE_OFFICE:
        _tell_office(key, obj, action, news["jurisdiction_id"])


def _tell_office(key: str, unit: Organisation, action: str, jurisdiction_id: int) -> None:
    place = Jurisdiction.objects.get(pk=jurisdiction_id)
    capability = "account.manage" if unit.waits_for_special_code else "registration.review"
    notify(
        memberships=members_with(capability, place),
        key=key,
        title=TO_THE_OFFICE[action].format(name=unit.name),
        body="代码未通过校验，请先核准特殊代码" if unit.waits_for_special_code else "",
        link=reverse("accounts:registration", kwargs={"pk": unit.pk}),
        jurisdiction=place,
    )
