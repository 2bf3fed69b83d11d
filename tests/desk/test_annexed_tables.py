"""The annexed table a source promises and does not bring is shown empty, and with what the bureau has filled in."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from applications.services.settings import change_setting
from portal.policy import registry
from portal.tenancy.models import Jurisdiction
from tests.factories import make_actor, make_office

PAGE = "/chongqing/rules/"


@pytest.mark.rule("F7")
@pytest.mark.rule("CQ-D-05")
def test_a_tier_of_annex_one_is_filled_by_its_setting(db: Any, client: Client) -> None:
    assert "国家级高技能人才培训基地建设项目分类分档对照表" in client.get(PAGE).text
    place = Jurisdiction.objects.get(code="chongqing")
    with scope(jurisdiction=place):
        change_setting(
            jurisdiction=place,
            edition=registry.current("chongqing"),
            key="tiers.A",
            value="新建；5000；2000；8；无;500",
            reason="取得附件1",
            by=make_actor("bureau_approver", make_office(place)),
        )
    shown = " ".join(client.get(PAGE).text.split())
    row = shown[shown.index("<td>A 档</td>") : shown.index("<td>B 档</td>")]
    assert "".join(f"<td>{each}</td>" for each in ("A 档", "新建", "5000", "2000", "8", "无", "500")) in row
