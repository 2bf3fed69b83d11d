"""The home page of each role: what waits, which rooms, and no page that is not there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from portal.accounts.roles import ROLES
from portal.calendars import clock
from portal.desk import homes
from portal.tenancy.models import Jurisdiction
from tests.factories import make_actor, make_call, make_office, make_unit
from tests.reviews.kit import make_application

OFFICE_ROLES = [code for code in ROLES if code not in ("unit_admin", "unit_operator", "expert", "recommender")]


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_every_room_on_a_home_page_opens(hangzhou: Jurisdiction, client: Client, role: str) -> None:
    actor = make_actor(role, make_office(hangzhou))
    make_application(make_call(hangzhou), status="submitted")
    client.force_login(actor.person)
    assert client.get("/home/").status_code == 200
    for room in [*homes.rooms(actor, hangzhou), *homes.staff_rooms(actor)]:
        assert client.get(room.url).status_code == 200, room
    for duty in homes.duties(actor, hangzhou):
        assert client.get(duty.url).status_code == 200, duty


def test_an_officer_sees_how_many_files_wait(hangzhou: Jurisdiction, client: Client) -> None:
    call = make_call(hangzhou)
    for status in ("submitted", "submitted", "checking", "reviewed"):
        make_application(call, status=status)
    actor = make_actor("bureau_officer", make_office(hangzhou))
    found = {duty.label: duty.number for duty in homes.duties(actor, hangzhou)}
    assert found == {"待受理": 2, "受理审核中": 1, "评审完成": 1}
    [line] = homes.call_progress(actor, hangzhou)
    assert dict(line["steps"]) == {"待受理": 3, "待补正": 0, "评审": 1, "名单与公示": 0, "已认定": 0, "未认定": 0}


def test_a_unit_sees_its_own_files_returned_ones_first(hangzhou: Jurisdiction, client: Client) -> None:
    call = make_call(hangzhou)
    other = make_application(call, name="别家技师学院", status="submitted")
    mine = make_application(call, name="本院技师学院", status="returned")
    client.force_login(mine.created_by)
    page = client.get("/home/").content.decode()
    assert mine.number in page
    assert "is-returned" in page
    assert other.number not in page


def test_an_expert_is_led_to_their_own_day(hangzhou: Jurisdiction, client: Client) -> None:
    actor = make_actor("expert", make_office(hangzhou))
    client.force_login(actor.person)
    answer: Any = client.get("/home/")
    assert answer.url == reverse("reviews:expert_home", kwargs={"jurisdiction": "hangzhou"})
    assert resolve(answer.url).url_name == "expert_home"


def test_a_unit_without_files_is_told_how_to_begin(hangzhou: Jurisdiction, client: Client) -> None:
    client.force_login(make_actor("unit_admin", make_unit()).person)
    assert "还没有申报" in client.get("/home/").content.decode()


def test_statistics_count_what_was_filed(hangzhou: Jurisdiction, client: Client) -> None:
    call = make_call(hangzhou)
    for status in ("submitted", "accepted", "accepted"):
        make_application(call, status=status)
    client.force_login(make_actor("bureau_officer", make_office(hangzhou)).person)
    page = client.get("/hangzhou/desk/statistics/").content.decode()
    assert f"各批次申报：{call.title} 3 件" in page
    assert "办理状态：已受理，待组建专家组 2 件，待受理 1 件" in page
    client.force_login(make_actor("unit_admin", make_unit()).person)
    assert client.get("/hangzhou/desk/statistics/").status_code == 403


def test_a_correction_past_its_time_says_so(hangzhou: Jurisdiction, client: Client) -> None:
    mine = make_application(make_call(hangzhou), status="returned")
    mine.correction_due_at = clock.now() - timedelta(hours=1)
    mine.save()
    client.force_login(mine.created_by)
    page = client.get("/home/").content.decode()
    assert "补正期限已过" in page
    mine.correction_due_at = clock.now() + timedelta(hours=1)
    mine.save()
    assert "按意见补正后重新提交" in client.get("/home/").content.decode()
