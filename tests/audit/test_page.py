"""The auditor's page: filters by address, reach, verification, export."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from portal.accounts.actor import SYSTEM, Actor
from portal.audit import triggers
from portal.audit.models import Event
from portal.audit.services import record
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction, Organisation
from tests.factories import make_actor, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db
LOG = reverse("audit:log")


def elsewhere() -> Jurisdiction:
    return Jurisdiction.objects.create(code="elsewhere", name="别处", short_name="别", mark="别", receipt_prefix="EL")


def platform() -> Organisation:
    return Organisation.objects.create(kind="platform", name="平台运行管理单位")


def enter(client: Client, actor: Actor) -> Client:
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def shown(client: Client, **query: str) -> list[str]:
    return [event.object_label for event, _ in client.get(LOG, query).context["rows"]]


def test_an_auditor_reads_their_own_jurisdiction_the_platform_all(client: Client, hangzhou: Jurisdiction) -> None:
    here, there, nowhere = make_unit("甲校"), make_unit("乙校"), make_unit("丙校")
    record(by=SYSTEM, action="unit.approve", obj=here, jurisdiction_id=hangzhou.pk)
    record(by=SYSTEM, action="unit.approve", obj=there, jurisdiction_id=elsewhere().pk)
    record(by=SYSTEM, action="unit.update", obj=nowhere)
    for role in ("audit_admin", "supervisor"):
        assert shown(enter(client, make_actor(role, make_office(hangzhou)))) == ["甲校"]
    assert shown(enter(client, make_actor("audit_admin", platform()))) == ["丙校", "乙校", "甲校"]


def test_filters(client: Client, hangzhou: Jurisdiction) -> None:
    unit, other = make_unit("甲校"), make_unit("乙校")
    officer = make_actor("bureau_officer", make_office(hangzhou), make_user("王"))
    with clock.travel(datetime(2024, 7, 17, 23, 59, tzinfo=clock.SHANGHAI)):
        record(by=officer, action="unit.approve", obj=unit)
    with clock.travel(datetime(2024, 7, 18, 0, 0, tzinfo=clock.SHANGHAI)):
        record(by=officer, action="unit.reject", obj=other, reason="名称不符")
    enter(client, make_actor("audit_admin", make_office(hangzhou)))
    assert shown(client, until="2024-07-17") == ["甲校"]
    assert shown(client, since="2024-07-18") == ["乙校"]
    assert shown(client, since="2024-07-17", until="2024-07-18") == ["乙校", "甲校"]
    assert shown(client, action="unit.reject") == ["乙校"]
    assert shown(client, obj="甲") == ["甲校"]
    assert shown(client, obj=f"tenancy.organisation:{other.pk}") == ["乙校"]
    assert shown(client, actor="王") == ["乙校", "甲校"]
    assert shown(client, actor="127.0.0.1") == ["乙校", "甲校"]
    assert shown(client, actor="10.") == []
    page = client.get(LOG, {"since": "昨天"})
    assert "日期应如 2024-07-17" in page.content.decode()
    assert len(page.context["rows"]) == 2


def test_what_people_wrote_is_shown_as_text(client: Client, hangzhou: Jurisdiction) -> None:
    record(
        by=SYSTEM,
        action="unit.reject",
        obj=make_unit("<b>甲</b>"),
        reason="<script>1</script>",
        jurisdiction_id=hangzhou.pk,
    )
    page = enter(client, make_actor("supervisor", make_office(hangzhou))).get(LOG).content.decode()
    assert "<script>1" not in page
    assert "<b>甲" not in page
    assert "注册审核不通过" in page


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_costs_the_same(
    client: Client, hangzhou: Jurisdiction, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        record(by=SYSTEM, action="unit.update", obj=make_unit(), jurisdiction_id=hangzhou.pk)
    enter(client, make_actor("audit_admin", make_office(hangzhou)))
    client.get(LOG)
    with django_assert_num_queries(7):
        client.get(LOG)


def test_verification_on_the_page_is_bounded_to_the_auditors_reach_and_recorded(
    client: Client, hangzhou: Jurisdiction
) -> None:
    unit = make_unit("甲校")
    record(by=SYSTEM, action="unit.approve", obj=unit, jurisdiction_id=hangzhou.pk)
    record(by=SYSTEM, action="unit.approve", obj=make_unit(), jurisdiction_id=elsewhere().pk)
    auditor = make_actor("audit_admin", make_office(hangzhou))
    enter(client, auditor)
    page = client.post(reverse("audit:verify"))
    assert (page.context["report"].sound, page.context["report"].events) == (True, 1)
    triggers.remove(connection)
    Event.objects.filter(object_label="甲校").update(reason="改写")
    page = client.post(reverse("audit:verify"), {"object": f"tenancy.Organisation:{unit.pk}"}).content.decode()
    assert f"tenancy.organisation:{unit.pk} 第 1 条：内容与摘要不符" in page
    done = Event.objects.filter(action="audit.verify").order_by("id")
    assert [(event.actor, event.data["findings"]) for event in done] == [(auditor.user, 0), (auditor.user, 1)]


def test_export_gives_what_is_shown_keeps_formulas_as_text_and_is_recorded(
    client: Client, hangzhou: Jurisdiction
) -> None:
    record(by=SYSTEM, action="unit.approve", obj=make_unit("=HYPERLINK(1)"), reason="+1", jurisdiction_id=hangzhou.pk)
    record(by=SYSTEM, action="unit.reject", obj=make_unit("乙校"), jurisdiction_id=hangzhou.pk)
    enter(client, make_actor("audit_admin", make_office(hangzhou)))
    address = reverse("audit:export") + "?action=unit.approve"
    table = list(csv.reader(io.StringIO(client.post(address, {"format": "csv"}).content.decode("utf-8-sig"))))
    assert (len(table), table[1][3], table[1][5], table[1][7]) == (2, "注册审核通过", "'=HYPERLINK(1)", "'+1")
    book = load_workbook(io.BytesIO(client.post(address, {"format": "xlsx"}).content))
    cell = book.active.cell(row=2, column=6)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    exports = Event.objects.filter(action="audit.export").order_by("id")
    assert [event.data for event in exports] == [{"format": "csv", "events": 1}, {"format": "xlsx", "events": 1}]


@pytest.mark.rule("P3-23")
def test_a_supervisor_reads_but_takes_nothing_out(client: Client, hangzhou: Jurisdiction) -> None:
    enter(client, make_actor("supervisor", make_office(hangzhou)))
    assert "导出 .csv" not in client.get(LOG).content.decode()
    assert client.post(reverse("audit:export")).status_code == 403
    assert client.get(reverse("audit:export")).status_code == 405
