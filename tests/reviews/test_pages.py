"""Every page of reviews opens for those it is for, at each stage, and the whole line can be walked through them."""

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from assessments.models import Base
from portal.accounts.actor import Actor
from portal.calendars import clock
from reviews.models import Objection, Panel, PublicNotice, Recognition, Shortlist
from tests.factories import PASSWORD
from tests.reviews.kit import (
    BY_HAND,
    LONG,
    SUNDAY_NOON,
    a_call,
    approver,
    declare_all,
    hand_in_all,
    make_application,
    make_expert,
    officer,
    signature,
    visited,
)


def url(name: str, **arguments: Any) -> str:
    return reverse(name, kwargs={"jurisdiction": "hangzhou", **arguments})


def sign_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client: Client, address: str, **data: Any) -> Any:
    answer = client.post(address, {"password": PASSWORD, **data})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer


@pytest.fixture
def people(hangzhou: Any) -> dict[str, Any]:
    """An officer, an approver, five experts, an accepted application."""
    with clock.travel(SUNDAY_NOON):
        call = a_call(hangzhou)
        return {
            "officer": officer(hangzhou),
            "approver": approver(hangzhou),
            "experts": [make_expert(hangzhou) for _ in range(5)],
            "application": make_application(call),
            "call": call,
        }


def test_the_whole_line_by_pages(people: dict[str, Any]) -> None:
    with clock.travel(SUNDAY_NOON):
        panel = convene(people)
        review(people, panel)
        notice = publish(people)
    with clock.travel(notice.ends_at):
        boss = sign_in(people["approver"])
        entry = notice.shortlist.entries.get()
        post(
            boss, url("reviews:notice_recognise", pk=notice.pk), document_number="测人社发〔2024〕3号", title="关于认定的通知",
            issued_on=clock.today().isoformat(), entries=entry.pk,
        )  # fmt: skip
        post(boss, url("reviews:notice_close", pk=notice.pk))
        for name, pk in (
            ("recognition", Recognition.objects.get().pk),
            ("notice_desk", notice.pk),
            ("notice", notice.pk),
        ):
            assert boss.get(url(f"reviews:{name}", pk=pk)).status_code == 200
        assert boss.get(url("reviews:recognitions")).status_code == 200
    assert Application.objects.get().status == "recognised"


def convene(people: dict[str, Any]) -> Panel:
    desk, application = sign_in(people["officer"]), people["application"]
    assert desk.get(url("reviews:panels")).status_code == 200
    post(desk, url("reviews:panel", pk=application.pk))
    panel = Panel.objects.get()
    for at, (expert, _) in enumerate(people["experts"]):
        post(
            desk,
            url("reviews:member_add", pk=panel.pk),
            expert=expert.pk,
            reason=BY_HAND,
            **({"chair": "1"} if at == 0 else {}),
        )
    assert "开始评审" in desk.get(url("reviews:panel", pk=application.pk)).content.decode()
    post(desk, url("reviews:panel_convene", pk=panel.pk))
    panel.refresh_from_db()
    assert panel.state == "working"
    return panel


def review(people: dict[str, Any], panel: Panel) -> None:
    (_, first), *others = people["experts"]
    seat = panel.members.get(expert__user=first.user)
    expert = sign_in(first)
    assert expert.get(url("reviews:expert_home")).status_code == 200
    assert expert.get(url("reviews:file", pk=seat.pk)).status_code == 404
    post(expert, url("reviews:declare", pk=seat.pk), undertaking="on")
    page = expert.get(url("reviews:file", pk=seat.pk)).content.decode()
    assert "数控加工实训中心" in page
    assert "吴师资" not in page
    assert "吴**" in page
    post(expert, url("reviews:opinion", pk=seat.pk), conclusion="recommend", text="尚未写完", save="1")
    post(
        expert, url("reviews:opinion", pk=seat.pk), conclusion="recommend", text=LONG, signature=signature(), submit="1"
    )
    rest = [actor for _, actor in others]
    declare_all(panel, rest)
    hand_in_all(panel, rest)
    visited(panel, people["officer"])
    desk = sign_in(people["officer"])
    post(desk, url("reviews:panel_unseal", pk=panel.pk))
    assert LONG in desk.get(url("reviews:panel", pk=panel.application_id)).content.decode()
    post(desk, url("reviews:panel_finish", pk=panel.pk), conclusion="专家组一致建议认定。")


def publish(people: dict[str, Any]) -> PublicNotice:
    desk, boss, application = sign_in(people["officer"]), sign_in(people["approver"]), people["application"]
    post(desk, url("reviews:shortlists"), call=people["call"].pk, title="第一批名单")
    shortlist = Shortlist.objects.get()
    preview = desk.get(url("reviews:name_preview", application_pk=application.pk), {"core": "临安", "mode": "region"})
    assert "杭州市公共实训基地临安分基地" in preview.content.decode()
    post(desk, url("reviews:entry_add", pk=shortlist.pk, application_pk=application.pk), mode="region", core="临安")
    post(desk, url("reviews:shortlist_propose", pk=shortlist.pk))
    assert boss.get(url("reviews:shortlist", pk=shortlist.pk)).status_code == 200
    post(boss, url("reviews:shortlist_approve", pk=shortlist.pk))
    post(boss, url("reviews:shortlist_publish", pk=shortlist.pk), title="关于第一批名单的公示")
    notice = PublicNotice.objects.get()
    page = Client().get(url("reviews:notice", pk=notice.pk)).content.decode()
    assert "临安" in page
    assert "提出异议" in page
    workbook = b"".join(Client().get(url("reviews:notice_list", pk=notice.pk)).streaming_content)
    assert hashlib.sha256(workbook).hexdigest() == notice.listing.sha256
    return notice


def test_the_lists_open_when_empty(people: dict[str, Any]) -> None:
    desk = sign_in(people["officer"])
    for name in (
        "experts",
        "expert_new",
        "experts_import",
        "panels",
        "shortlists",
        "notices",
        "objections",
        "recognitions",
    ):
        assert desk.get(url(f"reviews:{name}")).status_code == 200, name
    assert desk.get(url("assessments:bases")).status_code == 200
    assert Base.objects.count() == Objection.objects.count() == 0
