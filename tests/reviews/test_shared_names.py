"""Bases that may bear one name: the core may be left out, and two units of one list get the same name and their own base."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assessments.models import Base
from assessments.tasks import sweep_bases
from portal.calendars import clock
from portal.policy import registry
from portal.policy.notice import NamingPattern
from reviews.selectors.naming import parts_of_name
from reviews.services import notices, shortlists
from reviews.services.recognition import recognise
from tests.reviews.kit import SUNDAY_NOON, a_call, approver, make_application, officer
from tests.reviews.test_pages import sign_in, url

NAMING = NamingPattern(
    "测试公共实训基地{core}", "测试公共实训基地", (("with", "可加注"),), "三", bracket="（{core}专业）"
)


@pytest.fixture
def call(hangzhou: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A call of a policy under which names need not differ."""
    made = a_call(hangzhou)
    edition = replace(registry.get(made.edition_code), naming=NAMING)
    monkeypatch.setitem(registry.registry._editions, made.edition_code, edition)
    return made


def test_two_units_are_recognised_under_one_name(hangzhou: Any, call: Any) -> None:
    by, boss = officer(hangzhou), approver(hangzhou)
    with clock.travel(SUNDAY_NOON):
        shortlist = shortlists.draft_shortlist(call=call, title="名单", by=by)
        for core in ("", "", "数控"):
            application = make_application(call, status="reviewed")
            shortlists.add_entry(shortlist=shortlist, application=application, mode="with", core=core, by=by)
        shortlists.propose_shortlist(shortlist=shortlist, by=by)
        shortlists.approve_shortlist(shortlist=shortlist, by=boss)
        notice = notices.publish_notice(shortlist=shortlist, title="公示", by=boss)
    with clock.travel(notice.ends_at + timedelta(days=1)):
        entries = list(shortlist.entries.all())
        number = f"测人社发〔{clock.today().year}〕12号"
        recognise(
            notice=notice, entries=entries, document_number=number, title="认定", issued_on=clock.today(), by=boss
        )
        sweep_bases()
    names = sorted(Base.objects.values_list("name", flat=True))
    assert names == ["测试公共实训基地", "测试公共实训基地", "测试公共实训基地（数控专业）"]


def test_the_page_asks_for_no_core(hangzhou: Any, call: Any) -> None:
    by = officer(hangzhou)
    shortlist = shortlists.draft_shortlist(call=call, title="名单", by=by)
    application = make_application(call, status="reviewed")
    client = sign_in(by)
    path = url("reviews:entry_add", pk=shortlist.pk, application_pk=application.pk)
    assert "测试公共实训基地</b>" in client.get(path).content.decode()
    assert client.post(path, {"mode": "with", "core": ""}).status_code == 302
    assert shortlist.entries.get().granted_name == "测试公共实训基地"


@pytest.mark.parametrize(
    ("core", "parts"), [("", ("测试公共实训基地", "", "")), (" 数控 ", ("测试公共实训基地（", "数控", "专业）"))]
)
def test_a_name_falls_into_parts(core: str, parts: tuple[str, str, str]) -> None:
    assert parts_of_name(NAMING, core) == parts
