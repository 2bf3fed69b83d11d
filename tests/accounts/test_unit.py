"""A unit's particulars: contacts at once, name and code after review."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import UnitChange
from portal.accounts.services.refusals import Refused
from portal.accounts.services.units import request_unit_change, review_unit_change
from portal.audit.models import Event
from portal.notifications.models import Message
from portal.tenancy.models import Jurisdiction
from tests.factories import credit_code, make_actor, make_office, make_unit

pytestmark = pytest.mark.django_db
CONTACTS = {
    "nature": "college",
    "address": "新路 9 号",
    "postcode": "310000",
    "district": "西湖区",
    "website": "https://example.cn",
    "contact_name": "乙",
    "contact_phone": "0571-00000009",
    "contact_email": "b@example.cn",
}


def test_contacts_change_at_once_and_which_is_recorded(client: Client) -> None:
    admin = make_actor("unit_admin", make_unit(nature="college", postcode="310000"))
    client.force_login(admin.user)
    client.post(reverse("accounts:unit"), CONTACTS | {"name": "想改的名", "state": "closed"})
    unit = admin.organisation
    name = unit.name
    unit.refresh_from_db()
    assert {key: getattr(unit, key) for key in CONTACTS} == CONTACTS
    assert (unit.name, unit.state) == (name, "active")
    changed = Event.objects.get(action="unit.update").data["fields"]
    assert set(changed) == set(CONTACTS) - {"nature", "postcode"}
    client.post(reverse("accounts:unit"), CONTACTS)
    assert Event.objects.filter(action="unit.update").count() == 1


def test_an_operator_does_not_change_the_unit(client: Client) -> None:
    client.force_login(make_actor("unit_operator", make_unit()).user)
    assert client.post(reverse("accounts:unit"), CONTACTS).status_code == 403


def ask(client: Client, place: Jurisdiction, **values: Any) -> Any:
    typed = {"name": "新名学院", "reason": "经批准更名", "review_jurisdiction": place.pk} | values
    return client.post(reverse("accounts:unit_change"), typed)


@pytest.mark.rule("P3-02")
def test_a_new_name_takes_effect_once_reviewed(client: Client, hangzhou: Jurisdiction) -> None:
    officer = make_actor("bureau_officer", make_office(hangzhou))
    admin = make_actor("unit_admin", make_unit("旧名学院", review_jurisdiction=hangzhou))
    unit = admin.organisation
    client.force_login(admin.user)
    ask(client, hangzhou, credit_code=unit.credit_code)
    unit.refresh_from_db()
    assert unit.name == "旧名学院"
    assert "正在审核" in client.get(reverse("accounts:unit")).content.decode()
    assert Message.objects.get(user=officer.user).link == reverse("accounts:registration", args=[unit.pk])
    client.force_login(officer.user)
    assert "旧名学院" in client.get(reverse("accounts:registrations"), {"state": "changes"}).content.decode()
    client.post(reverse("accounts:registration", args=[unit.pk]), {"act": "approve_change"})
    unit.refresh_from_db()
    assert unit.name == "新名学院"
    assert Message.objects.get(user=admin.user).title == "新名学院的名称、代码变更已生效"
    said = Event.objects.get(action="unit.change_approve").data
    assert (said["before"]["name"], said["after"]["name"]) == ("旧名学院", "新名学院")


def test_what_cannot_be_asked_for(client: Client, hangzhou: Jurisdiction) -> None:
    unit, other = make_unit(review_jurisdiction=hangzhou), make_unit()
    client.force_login(make_actor("unit_admin", unit).user)
    assert "无需变更" in ask(client, hangzhou, name=unit.name, credit_code=unit.credit_code).content.decode()
    assert "已注册" in ask(client, hangzhou, credit_code=other.credit_code).content.decode()
    assert "应为 18 位" in ask(client, hangzhou, credit_code="123").content.decode()
    assert not UnitChange.objects.exists()
    ask(client, hangzhou, credit_code=credit_code())
    assert "正在审核" in ask(client, hangzhou, credit_code=credit_code()).content.decode()
    assert UnitChange.objects.count() == 1


def test_a_refusal_keeps_the_old_name_and_says_why(client: Client, hangzhou: Jurisdiction) -> None:
    admin = make_actor("unit_admin", make_unit("旧名学院", review_jurisdiction=hangzhou))
    officer = make_actor("bureau_officer", make_office(hangzhou))
    change = request_unit_change(
        organisation=admin.organisation, name="新名", credit_code=admin.organisation.credit_code, reason="更名",
        review_jurisdiction=hangzhou, by=admin,
    )  # fmt: skip
    with pytest.raises(Refused, match="请填写不通过的原因"):
        review_unit_change(change=change, approve=False, reason="", by=officer)
    review_unit_change(change=change, approve=False, reason="证照未变更", by=officer)
    with pytest.raises(Refused, match="已由他人审核"):
        review_unit_change(change=change, approve=True, reason="", by=officer)
    client.force_login(admin.user)
    page = client.get(reverse("accounts:unit")).content.decode()
    assert "证照未变更" in page
    assert "旧名学院" in page
