"""A unit registers and a bureau reviews it (P3-02, P3-19)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Membership, User
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import CODE_TAKEN, approve_special_code, review_registration
from portal.audit.models import Event
from portal.tenancy.models import Jurisdiction, Organisation
from tests.factories import PASSWORD, credit_code, make_actor, make_office, make_unit

pytestmark = pytest.mark.django_db


def typed(jurisdiction: Jurisdiction, **changes: Any) -> dict[str, Any]:
    """What a person types into the registration page."""
    return {
        "name": "钱塘测试职业技术学校",
        "credit_code": credit_code(),
        "nature": "vocational",
        "address": "测试路 8 号",
        "postcode": "310018",
        "district": "钱塘区",
        "website": "",
        "contact_name": "联系人甲",
        "contact_phone": "0571-00000008",
        "contact_email": "school@example.cn",
        "review_jurisdiction": jurisdiction.pk,
        "person_name": "管理员甲",
        "phone": "13800000008",
        "email": "admin8@example.cn",
        "username": "qiantang8",
        "password": PASSWORD,
        "password_again": PASSWORD,
    } | changes


def register(client: Client, jurisdiction: Jurisdiction, **changes: Any) -> Any:
    return client.post(reverse("accounts:register"), typed(jurisdiction, **changes))


def test_a_registered_unit_waits_and_its_administrator_sees_how_it_stands(
    client: Client, hangzhou: Jurisdiction
) -> None:
    answer = register(client, hangzhou)
    assert (answer.status_code, answer.url) == (302, reverse("accounts:standing"))
    unit = Organisation.objects.get(name="钱塘测试职业技术学校")
    assert (unit.state, unit.review_jurisdiction) == ("pending", hangzhou)
    member = Membership.objects.get(organisation=unit)
    assert (member.role_code, member.user.username) == ("unit_admin", "qiantang8")
    assert list(Event.objects.values_list("action", "jurisdiction", "actor")) == [
        ("unit.register", hangzhou.pk, member.user_id)
    ]
    page = client.get(reverse("accounts:standing")).content.decode()
    assert "待审核" in page
    assert unit.credit_code in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"credit_code": "91330100MA000000"}, "应为 18 位，现为 16 位"),
        ({"credit_code": "91330100MA0000000I"}, "不使用 I、O、S、V、Z"),
        ({"postcode": "31001"}, "邮编应为 6 位数字"),
        ({"contact_phone": "12345"}, "号码格式不正确"),
        ({"phone": "0571-00000000"}, "请填写11 位手机号码"),
        ({"username": "Qian Tang"}, "登录名应为 4 至 40 位小写字母"),
        ({"password": "short1A", "password_again": "short1A"}, "密码"),
        ({"password_again": "Another-horse-2"}, "两次输入的密码不一致"),
        ({"review_jurisdiction": ""}, "请选择审核地区"),
        ({"contact_email": "no"}, "电子邮箱格式不正确"),
        ({"name": "校" * 101}, "单位名称不超过 100 字"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, hangzhou: Jurisdiction, changes: dict[str, str], message: str
) -> None:
    answer = register(client, hangzhou, **changes)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert message in page
    assert "测试路 8 号" in page
    assert PASSWORD not in page
    assert not User.objects.exists()


def test_a_code_is_taken_with_blanks_and_in_lower_case(client: Client, hangzhou: Jurisdiction) -> None:
    code = credit_code()
    register(client, hangzhou, credit_code=f" {code[:8].lower()} {code[8:].lower()} ")
    assert Organisation.objects.filter(credit_code=code).exists()


def test_a_second_registration_of_a_unit_is_led_to_its_administrator(client: Client, hangzhou: Jurisdiction) -> None:
    unit = make_unit()
    answer = register(client, hangzhou, credit_code=unit.credit_code)
    assert CODE_TAKEN in answer.content.decode()
    assert not User.objects.filter(username="qiantang8").exists()


def test_a_taken_login_name_is_said_beside_its_field(client: Client, hangzhou: Jurisdiction) -> None:
    User.objects.create_user(username="qiantang8", password=PASSWORD, name="先到者")
    answer = register(client, hangzhou)
    assert answer.context["person"].errors == {"username": ["该登录名已被使用，请换一个"]}
    assert not Organisation.objects.filter(kind="unit").exists()


def test_names_are_shown_as_text(client: Client, hangzhou: Jurisdiction) -> None:
    register(client, hangzhou, name="<script>alert(1)</script>学校")
    officer = make_actor("bureau_officer", make_office(hangzhou))
    client.force_login(officer.user)
    unit = Organisation.objects.get(kind="unit")
    for address in (reverse("accounts:registrations"), reverse("accounts:registration", args=[unit.pk])):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.rule("P3-02")
def test_an_officer_lets_the_unit_act(client: Client, hangzhou: Jurisdiction) -> None:
    register(client, hangzhou)
    unit = Organisation.objects.get(kind="unit")
    member = Membership.objects.get(organisation=unit)
    officer = make_actor("bureau_officer", make_office(hangzhou))
    client.force_login(officer.user)
    answer = client.post(reverse("accounts:registration", args=[unit.pk]), {"act": "approve"})
    assert answer.status_code == 302
    unit.refresh_from_db()
    assert unit.state == "active"
    client.force_login(member.user)
    assert client.get(reverse("accounts:standing")).url == reverse("desk:home")


def test_a_rejection_needs_a_reason_and_the_unit_mends_it(client: Client, hangzhou: Jurisdiction) -> None:
    register(client, hangzhou)
    unit = Organisation.objects.get(kind="unit")
    admin = Membership.objects.get(organisation=unit).user
    officer = make_actor("bureau_officer", make_office(hangzhou))
    client.force_login(officer.user)
    address = reverse("accounts:registration", args=[unit.pk])
    assert "请填写不通过的原因" in client.post(address, {"act": "reject"}).content.decode()
    client.post(address, {"act": "reject", "reason": "名称与证照不一致"})
    client.force_login(admin)
    assert "名称与证照不一致" in client.get(reverse("accounts:standing")).content.decode()
    answer = client.post(
        reverse("accounts:amend"), typed(hangzhou, name="钱塘测试技工学校", credit_code=unit.credit_code)
    )
    assert answer.url == reverse("accounts:standing")
    unit.refresh_from_db()
    assert (unit.state, unit.name, unit.review_reason) == ("pending", "钱塘测试技工学校", "")
    assert list(
        Event.objects.filter(chain__key=f"tenancy.organisation:{unit.pk}").values_list("action", flat=True)
    ) == [
        "unit.resubmit",
        "unit.reject",
        "unit.register",
    ]


@pytest.mark.rule("P3-02")
def test_until_review_nothing_opens_and_nothing_can_be_done(client: Client, hangzhou: Jurisdiction) -> None:
    register(client, hangzhou)
    unit = Organisation.objects.get(kind="unit")
    actor = make_actor("unit_admin", unit)
    assert not actor.can("application.edit")
    assert client.get(reverse("accounts:members")).url == reverse("accounts:standing")


def test_two_officers_decide_once(hangzhou: Jurisdiction) -> None:
    unit = make_unit(state="pending", review_jurisdiction=hangzhou)
    officer = make_actor("bureau_officer", make_office(hangzhou))
    review_registration(organisation=unit, approve=True, reason="", by=officer)
    with pytest.raises(Refused, match="已由他人审核"):
        review_registration(organisation=unit, approve=False, reason="重复", by=officer)


@pytest.mark.rule("P3-19")
def test_a_special_code_waits_for_the_security_administrator(client: Client, hangzhou: Jurisdiction) -> None:
    code = credit_code()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert "校验码不符" in register(client, hangzhou, credit_code=wrong).content.decode()
    register(client, hangzhou, credit_code=wrong, special_code_reason="2015 年由登记机关核发")
    unit = Organisation.objects.get(credit_code=wrong)
    officer, security = (make_actor(role, make_office(hangzhou)) for role in ("bureau_officer", "security_admin"))
    with pytest.raises(Refused, match="须先由安全管理员核准"):
        review_registration(organisation=unit, approve=True, reason="", by=officer)
    client.force_login(security.user)
    client.post(reverse("accounts:registration", args=[unit.pk]), {"act": "special_code", "reason": "已查验证书原件"})
    event = Event.objects.get(action="unit.special_code")
    assert (event.reason, event.data) == ("已查验证书原件", {"credit_code": wrong})
    review_registration(organisation=unit, approve=True, reason="", by=officer)
    unit.refresh_from_db()
    assert unit.state == "active"


def test_nobody_else_reviews(client: Client, hangzhou: Jurisdiction) -> None:
    unit = make_unit(state="pending", review_jurisdiction=hangzhou)
    for role in ("bureau_approver", "supervisor", "expert", "system_admin"):
        client.force_login(make_actor(role, make_office(hangzhou)).user)
        assert client.get(reverse("accounts:registration", args=[unit.pk])).status_code == 403
    with pytest.raises(Refused, match="没有待核准"):
        approve_special_code(organisation=unit, reason="x", by=make_actor("security_admin", make_office(hangzhou)))
