"""Who hears of a registration, and when."""

import pytest

from portal.accounts.services.registration import approve_special_code, register_unit, review_registration
from portal.notifications.models import Message
from portal.tenancy.models import Jurisdiction, Organisation
from tests.factories import make_actor, make_office
from tests.notifications.details import PERSON, unit_details

pytestmark = pytest.mark.django_db


def heard_by(user: object) -> list[str]:
    return list(Message.objects.filter(user=user).order_by("id").values_list("title", flat=True))


def test_the_office_hears_of_it_and_the_unit_of_the_answer(hangzhou: Jurisdiction) -> None:
    office = make_office(hangzhou)
    officer, approver = make_actor("bureau_officer", office), make_actor("bureau_approver", office)
    admin = register_unit(unit=unit_details(), person=PERSON, review_jurisdiction=hangzhou, ip="")
    assert (heard_by(officer.user), heard_by(approver.user)) == (["待审核：甲校注册"], [])
    unit = Organisation.objects.get(name="甲校")
    review_registration(organisation=unit, approve=False, reason="名称不符", by=officer)
    message = Message.objects.get(user=admin)
    assert (message.title, message.body, message.urgent) == ("甲校注册审核未通过，请修改后重新提交", "名称不符", True)


def test_a_special_code_goes_to_the_security_administrator_first(hangzhou: Jurisdiction) -> None:
    office = make_office(hangzhou)
    officer, security = make_actor("bureau_officer", office), make_actor("security_admin", office)
    unit = unit_details(special_code_reason="登记机关核发")
    admin = register_unit(unit=unit, person=PERSON, review_jurisdiction=hangzhou, ip="")
    assert (heard_by(officer.user), heard_by(security.user)) == ([], ["待审核：甲校注册"])
    approve_special_code(organisation=Organisation.objects.get(name="甲校"), reason="已查验", by=security)
    assert heard_by(officer.user) == ["待审核：甲校注册"]
    assert heard_by(admin) == ["甲校的特殊代码已核准，等待注册审核"]
