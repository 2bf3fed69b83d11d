"""Objections: by name, in time, with a receipt; looked into by one, ruled on by another; each holds up its own unit."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from PIL import Image

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import Document
from reviews.models import Objection, PublicNotice
from reviews.selectors.notices import held_up, recognisable_entries
from reviews.selectors.numbers import is_well_formed
from reviews.services import notices, objections
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office
from tests.reviews.kit import SUNDAY_NOON, a_call, approver, officer, png, published
from tests.reviews.test_pages import sign_in, url

VISITOR = Actor(user=None, membership=None, ip="127.0.0.1")
SAID = {
    "name": "测试市民",
    "is_unit": False,
    "phone": "13800000009",
    "text": "该单位实训场地系租赁，与公示内容不符，请予核查。",
}


@pytest.fixture
def notice(hangzhou: Any) -> PublicNotice:
    """A notice with three units."""
    with clock.travel(SUNDAY_NOON):
        return published(a_call(hangzhou), officer(hangzhou), approver(hangzhou), 3)


def lodge(notice: PublicNotice, at: Any = None, **more: Any) -> tuple[Objection, str]:
    with clock.travel(at or notice.published_at + timedelta(days=1)):
        return objections.lodge_objection(notice=notice, by=VISITOR, **(SAID | more))


def rule(objection: Objection, outcome: str) -> Objection:
    place = objection.notice.jurisdiction
    objections.handle_objection(objection=objection, finding="经核查", by=officer(place))
    return objections.rule_objection(objection=objection, outcome=outcome, ruling="依核查情况处理", by=approver(place))


@pytest.mark.rule("G-15")
@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "匿名"}, {"phone": "12345"}, {"text": "不服"}, {"text": "长" * 3001}]
)
def test_an_anonymous_or_empty_objection_is_refused(notice: PublicNotice, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        lodge(notice, **wrong)
    assert Objection.objects.count() == 0


def test_time_is_the_clocks_to_the_last_moment(notice: PublicNotice) -> None:
    lodge(notice, at=notice.ends_at - timedelta(microseconds=1))
    with pytest.raises(WrongState, match="届满"):
        lodge(notice, at=notice.ends_at)
    assert Objection.objects.count() == 1


@pytest.mark.rule("P3-12")
def test_the_receipt_and_its_code(notice: PublicNotice) -> None:
    first, code = lodge(notice)
    second, _ = lodge(notice)
    assert [first.number[:15], second.number[:15]] == ["HZ-YY-2024-0001-"[:15], "HZ-YY-2024-0002-"[:15]]
    assert is_well_formed(first.number)
    assert code not in first.query_hash
    source = Document.objects.filter(kind="objection_receipt").last().source
    assert first.number in source
    assert code not in source
    assert SAID["phone"] not in source
    page = Client().post(url("reviews:objection_query"), {"number": first.number.lower(), "code": code.lower()})
    assert "已登记" in page.content.decode()
    for wrong in ({"number": first.number, "code": "WRONGONE"}, {"number": "HZ-YY-2024-9999-0", "code": code}):
        assert Client().post(url("reviews:objection_query"), wrong).status_code == 422


def test_evidence_is_looked_into(notice: PublicNotice) -> None:
    good = ("合同.png", io.BytesIO(png(Image.new("RGB", (30, 30)))))
    with pytest.raises(Refused):
        lodge(notice, files=[good, ("脚本.png", io.BytesIO(b"<script>alert(1)</script>"))])
    assert Objection.objects.count() == 0
    kept, _ = lodge(notice, files=[("合同.png", io.BytesIO(png(Image.new("RGB", (30, 30)))))])
    stored = kept.files.get().stored
    for client, status in ((Client(), 404), (sign_in(officer(notice.jurisdiction)), 200)):
        answer = client.get(f"/files/{stored.pk}/")
        if status == 200:
            b"".join(answer.streaming_content)
        assert answer.status_code == status


def test_the_public_page_takes_an_objection_and_shows_the_code_once(notice: PublicNotice) -> None:
    client, entry = Client(), notice.shortlist.entries.first()
    with clock.travel(notice.published_at + timedelta(days=1)):
        answer = client.post(url("reviews:object", pk=notice.pk), {**SAID, "is_unit": "no", "entry": entry.pk})
        page = client.get(answer["Location"]).content.decode()
        other = Client().get(answer["Location"])
        refused = client.post(url("reviews:object", pk=notice.pk), {**SAID, "is_unit": "no", "name": "匿名"})
    objection = Objection.objects.get()
    assert objection.number in page
    assert objection.entry == entry
    assert other.status_code == 302  # the code is nobody else's
    assert "请填写真实姓名" in refused.content.decode()
    assert SAID["text"] in refused.content.decode()


@pytest.mark.rule("G-12")
def test_an_objection_holds_up_its_own_unit_alone(notice: PublicNotice) -> None:
    first, second, third = notice.shortlist.entries.all()
    lodge(notice, entry=first)
    assert held_up(notice) == {first.pk}
    assert set(recognisable_entries(notice)) == {second, third}
    lodge(notice)  # names no unit: it concerns the whole list until the officer knows better
    assert recognisable_entries(notice).count() == 0


@pytest.mark.rule("G-12")
@pytest.mark.parametrize(("outcome", "waits"), [("inadmissible", False), ("dismissed", False), ("review", True)])
def test_a_final_ruling_frees_the_unit(notice: PublicNotice, outcome: str, waits: bool) -> None:
    entry = notice.shortlist.entries.first()
    objection, _ = lodge(notice, entry=entry)
    rule(objection, outcome)
    assert (entry.pk in held_up(notice)) is waits
    if waits:
        rule(objection, "dismissed")
    with pytest.raises(WrongState, match="已办结"):
        rule(objection, "dismissed")
    assert held_up(notice) == set()


@pytest.mark.rule("G-12")
def test_an_upheld_objection_takes_the_unit_off(notice: PublicNotice) -> None:
    entry = notice.shortlist.entries.first()
    objection, _ = lodge(notice)
    with pytest.raises(Refused, match="未指明"):
        rule(objection, "upheld")
    objections.handle_objection(
        objection=objection, finding="场地确系租赁", entry=entry, by=officer(notice.jurisdiction)
    )
    objections.rule_objection(objection=objection, outcome="upheld", ruling="取消", by=approver(notice.jurisdiction))
    entry.refresh_from_db()
    assert (entry.removed, entry.application.status) == (True, "declined")
    assert notice.shortlist.entries.filter(removed=False).count() == 2
    assert recognisable_entries(notice).count() == 2


def test_another_person_rules(hangzhou: Any, notice: PublicNotice) -> None:
    objection, _ = lodge(notice)
    by = officer(hangzhou)
    with pytest.raises(WrongState):
        objections.rule_objection(objection=objection, outcome="dismissed", ruling="维持", by=approver(hangzhou))
    objections.handle_objection(objection=objection, finding="属实", by=by)
    same = make_actor("bureau_approver", make_office(hangzhou), by.user)
    for actor in (same, by, make_actor("supervisor", make_office(hangzhou))):
        with pytest.raises(PermissionDenied):
            objections.rule_objection(objection=objection, outcome="dismissed", ruling="维持", by=actor)


@pytest.mark.rule("G-07")
def test_an_open_objection_keeps_the_notice_open(notice: PublicNotice) -> None:
    boss = approver(notice.jurisdiction)
    objection, _ = lodge(notice, entry=notice.shortlist.entries.first())
    with clock.travel(notice.ends_at), pytest.raises(WrongState, match="1 件异议"):
        notices.close_notice(notice=notice, by=boss)
    rule(objection, "dismissed")
    with clock.travel(notice.ends_at):
        assert notices.close_notice(notice=notice, by=boss).state == "closed"
