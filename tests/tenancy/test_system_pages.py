"""The system administrator's pages: jurisdictions, offices, the working calendar."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.calendars.models import CalendarDay, CalendarYear
from portal.calendars.services import DATA_DIR
from portal.desk.services.places import save_office, set_office_open, update_jurisdiction
from portal.tenancy.models import Jurisdiction, Organisation
from tests.factories import make_actor, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, hangzhou: Jurisdiction) -> Actor:
    actor = make_actor("system_admin", make_office(hangzhou))
    client.force_login(actor.user)
    return actor


@pytest.fixture
def elsewhere() -> Jurisdiction:
    return Jurisdiction.objects.create(code="elsewhere", name="别处", short_name="别", mark="别", receipt_prefix="EL")


def particulars(place: Jurisdiction, **changes: Any) -> dict[str, Any]:
    return {"platform_title": place.platform_title, "active": "on", "contact_phone": "0571-00000002"} | changes


def test_a_bureau_keeps_its_particulars(client: Client, hangzhou: Jurisdiction, admin: Actor) -> None:
    client.post(reverse("system:place", args=[hangzhou.pk]), particulars(hangzhou, code="stolen", issuer="他人"))
    issuer = hangzhou.issuer
    hangzhou.refresh_from_db()
    assert (hangzhou.contact_phone, hangzhou.code, hangzhou.issuer) == ("0571-00000002", "hangzhou", issuer)
    event = Event.objects.get(action="jurisdiction.update")
    assert event.data["after"]["contact_phone"] == "0571-00000002"


def test_an_administrator_reaches_their_own_place_only(client: Client, admin: Actor, elsewhere: Jurisdiction) -> None:
    assert [place.code for place in client.get(reverse("system:places")).context["places"]] == ["hangzhou"]
    assert client.get(reverse("system:place", args=[elsewhere.pk])).status_code == 404
    assert client.post(reverse("system:new_office", args=[elsewhere.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        update_jurisdiction(jurisdiction=elsewhere, values={"icp": "x"}, by=admin)
    with pytest.raises(PermissionDenied):
        save_office(jurisdiction=elsewhere, values={"name": "x", "kind": "town"}, by=admin)


def test_an_office_is_added_moved_and_closed(client: Client, hangzhou: Jurisdiction, admin: Actor) -> None:
    top = make_office(hangzhou)
    new = {"kind": "town", "name": "测试街道", "parent": top.pk}
    client.post(reverse("system:new_office", args=[hangzhou.pk]), new)
    office = Organisation.objects.get(name="测试街道")
    assert (office.jurisdiction, office.parent) == (hangzhou, top)
    member = make_actor("recommender", office)
    address = reverse("system:office", args=[office.pk])
    client.post(address, new | {"name": "测试镇"})
    client.post(address, {"act": "close", "reason": "撤并"})
    office.refresh_from_db()
    assert (office.name, office.state) == ("测试镇", "closed")
    theirs = Client()
    theirs.force_login(member.user)
    assert theirs.get(reverse("accounts:profile")).wsgi_request.actor.membership is None
    set_office_open(office=office, is_open=True, reason="", by=admin)
    actions = Event.objects.filter(chain__key=f"tenancy.organisation:{office.pk}").order_by("id")
    assert [event.action for event in actions] == ["office.create", "office.update", "office.close", "office.open"]


def test_the_tree_has_no_circle(client: Client, hangzhou: Jurisdiction, admin: Actor) -> None:
    top = make_office(hangzhou)
    below = Organisation.objects.filter(parent=top)[0]
    answer = client.post(
        reverse("system:office", args=[top.pk]), {"kind": top.kind, "name": top.name, "parent": below.pk}
    )
    assert answer.status_code == 400
    assert "不能是本机构的下级" in answer.content.decode()


def arrangement(year: int) -> bytes:
    days = [{"name": "元旦", "date": f"{year}-01-01", "isOffDay": True}]
    return json.dumps({"year": year, "papers": [], "days": days}, ensure_ascii=False).encode()


@pytest.mark.rule("P3-20")
def test_a_calendar_is_imported_and_recorded(
    client: Client, admin: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    CalendarYear.objects.filter(year=2025).delete()
    typed = {"year": 2025, "source_document": "国办发明电〔2024〕12号"}
    with django_capture_on_commit_callbacks(execute=True):
        file = SimpleUploadedFile("2025.json", (DATA_DIR / "2025.json").read_bytes())
        answer = client.post(reverse("system:calendar"), typed | {"file": file})
    assert answer.status_code == 302
    assert CalendarYear.objects.get(year=2025).state == "official"
    event = Event.objects.get(action="calendar.import")
    assert (event.actor_label, event.reason) == (admin.label, "国办发明电〔2024〕12号")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source_document": "通知"}, "来源文号"),
        ({"year": "明年"}, "年度应为 4 位数字"),
        ({"file": None}, "请选择文件"),
        ({"file": SimpleUploadedFile("x.json", b"{")}, "安排文件"),
        ({"file": SimpleUploadedFile("x.json", b" " * (1024 * 1024 + 1))}, "文件超过 1 MB"),
    ],
)
def test_what_cannot_be_imported(client: Client, admin: Actor, changes: dict[str, Any], message: str) -> None:
    typed = {
        "year": 2027,
        "source_document": "国办发明电〔2026〕9号",
        "file": SimpleUploadedFile("a", arrangement(2027)),
    }
    answer = client.post(reverse("system:calendar"), {k: v for k, v in (typed | changes).items() if v is not None})
    assert answer.status_code == 400
    assert message in answer.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.rule("P3-20")
def test_a_day_is_corrected(client: Client, admin: Actor, django_capture_on_commit_callbacks: Any) -> None:
    address = reverse("system:calendar_year", args=[2024])
    typed = {"day": "2024-09-12", "is_workday": "0", "name": "台风停工", "source_document": "国办发明电〔2024〕99号"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, typed).url == address
    assert not CalendarDay.objects.get(date="2024-09-12").is_workday
    assert "台风停工" in client.get(address).content.decode()
    assert Event.objects.filter(action="calendar.correct").count() == 1
    assert client.get(reverse("system:calendar_year", args=[1999])).status_code == 404
