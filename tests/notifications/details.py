"""What a unit and its administrator say when they register."""

from dataclasses import replace

from portal.accounts.services.registration import PersonDetails, UnitDetails
from tests.factories import PASSWORD, credit_code

PERSON = PersonDetails(username="admin-a", name="管理员", phone="13800000001", email="a@example.cn", password=PASSWORD)


def unit_details(**changes: str) -> UnitDetails:
    """Return a unit with a fresh code."""
    unit = UnitDetails(
        name="甲校",
        credit_code=credit_code(),
        nature="college",
        address="测试路 1 号",
        postcode="310000",
        district="西湖区",
        website="",
        contact_name="联系人",
        contact_phone="0571-00000001",
        contact_email="a@example.cn",
    )
    return replace(unit, **changes)
