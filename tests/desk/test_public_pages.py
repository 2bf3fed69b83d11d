"""The pages everybody sees: what they show, and that a longer list costs no more queries."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from applications.models import Application
from assessments.models import Base
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews.models import Recognition, RecognitionEntry, Shortlist, ShortlistEntry
from tests.factories import make_actor, make_call, make_office
from tests.reviews.kit import make_application


def bases(jurisdiction: Jurisdiction, number: int) -> list[Base]:
    """Put so many bases into the register, past everything that leads to one."""
    from reviews.models import PublicNotice

    call, officer = make_call(jurisdiction), make_actor("bureau_officer", make_office(jurisdiction))
    now = clock.now()
    shortlist = Shortlist.objects.create(
        jurisdiction=jurisdiction, call=call, title="名单", drafted_by=officer.user, drafted_at=now
    )
    notice = PublicNotice.objects.create(
        jurisdiction=jurisdiction, shortlist=shortlist, title="关于名单的公示", days=5, published_at=now,
        published_by=officer.user, ends_at=now + timedelta(days=7), place="官网", snapshot={}, sha256="0" * 64,
    )  # fmt: skip
    decision = Recognition.objects.create(
        jurisdiction=jurisdiction, notice=notice, document_number=f"测〔2024〕{call.pk}号", title="认定",
        issued_on=date(2024, 9, 1), decided_by=officer.user, decided_at=now,
    )  # fmt: skip
    return [_base(decision, shortlist, make_application(call, status="recognised"), at) for at in range(number)]


def _base(decision: Recognition, shortlist: Shortlist, application: Application, at: int) -> Base:
    name = f"杭州市公共实训基地测试{application.pk}分基地"
    entry = ShortlistEntry.objects.create(
        shortlist=shortlist,
        application=application,
        position=at,
        name_mode="unit",
        name_core=str(at),
        granted_name=name,
    )
    source = RecognitionEntry.objects.create(
        recognition=decision,
        entry=entry,
        application=application,
        name=name,
        plaque="铭牌",
        certificate_number=f"C-{application.pk}",
    )
    return Base.objects.create(
        jurisdiction=application.jurisdiction, organisation=application.organisation, source=source,
        edition_code=application.call.edition_code, track_key="school", name=name, plaque_text="铭牌",
        certificate_number=source.certificate_number, document_number=decision.document_number,
        recognised_on=decision.issued_on, district="余杭区", profile={"projects": ["数控"]}, created_at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/", "/bases/", "/hangzhou/bases/", "/notices/", "/hangzhou/notices/", "/api/v1/bases/"]
)
def test_a_longer_list_costs_no_more_queries(
    hangzhou: Jurisdiction, client: Client, django_assert_num_queries: Any, path: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bases(hangzhou, 3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(path).status_code == 200
    bases(hangzhou, 40)
    with django_assert_num_queries(len(few)):
        assert client.get(path).status_code == 200
    assert len(few) <= 12


def test_the_home_page_says_how_long_each_call_is_open(hangzhou: Jurisdiction, client: Client) -> None:
    now = clock.now()
    make_call(hangzhou, title="开放的批次")
    make_call(hangzhou, title="将来的批次", opens_at=now + timedelta(days=3), closes_at=now + timedelta(days=30))
    make_call(hangzhou, title="已过的批次", opens_at=now - timedelta(days=30), closes_at=now - timedelta(days=3))
    make_call(hangzhou, title="未发布的批次", state="draft")
    page = client.get("/hangzhou/").content.decode()
    assert page.index("开放的批次") < page.index("将来的批次") < page.index("已过的批次")
    assert "未发布的批次" not in page
    assert {"申报中", "未开始", "已截止"} <= {word for word in ("申报中", "未开始", "已截止") if word in page}


def test_a_call_not_published_has_no_page(hangzhou: Jurisdiction, client: Client) -> None:
    hidden = make_call(hangzhou, state="draft")
    assert client.get(f"/hangzhou/calls/{hidden.pk}/").status_code == 404
    shown = make_call(hangzhou)
    assert client.get(f"/hangzhou/calls/{shown.pk}/").status_code == 200
    assert client.get(f"/nowhere/calls/{shown.pk}/").status_code == 404


def test_every_condition_stands_on_the_rules_page_with_its_clause(hangzhou: Jurisdiction, client: Client) -> None:
    from portal.policy import registry

    page = client.get("/hangzhou/rules/").content.decode()
    edition = registry.current("hangzhou")
    missing = [c.code for c in edition.conditions if c.code not in page or c.clause not in page]
    assert missing == []
    assert [d.code for d in edition.defaults if d.code not in page] == []
    assert [i.title for i in (edition.assessment.items if edition.assessment else ()) if i.title not in page] == []


def test_a_certificate_is_verified_by_its_number(hangzhou: Jurisdiction, client: Client) -> None:
    [base] = bases(hangzhou, 1)
    page = client.get("/verify/", {"code": base.certificate_number.lower()}).content.decode()
    assert "证书属实" in page
    assert base.name in page
    assert "没有查到" in client.get("/verify/", {"code": "<script>"}).content.decode()


def test_a_receipt_number_tells_no_name(hangzhou: Jurisdiction, client: Client) -> None:
    application = make_application(make_call(hangzhou))
    page = client.get("/verify/", {"code": application.number}).content.decode()
    assert "编号属实" in page
    assert application.organisation.name not in page


def test_the_interface_shows_each_caller_their_own(hangzhou: Jurisdiction, client: Client) -> None:
    call = make_call(hangzhou)
    mine, other = make_application(call), make_application(call)
    assert client.get("/api/v1/applications/").status_code in (401, 403)
    user = mine.created_by
    client.force_login(user)
    answer = client.get("/api/v1/applications/").json()
    assert [row["id"] for row in answer["results"]] == [mine.pk]
    assert "status" not in answer["results"][0]
    assert client.get(f"/api/v1/applications/{other.pk}/").status_code == 404


def test_the_interface_serves_the_policy_as_exported(client: Client, db: Any) -> None:
    answer = client.get("/api/v1/policies/hangzhou/").json()
    assert answer["document_number"] == "杭人社发〔2023〕115号"
    assert client.get("/api/v1/policies/nowhere/").status_code == 404


def test_search_finds_only_what_the_actor_may_read(hangzhou: Jurisdiction, client: Client) -> None:
    call = make_call(hangzhou)
    mine = make_application(call, name="可见技师学院")
    make_application(call, name="不可见技师学院")
    client.force_login(mine.created_by)
    page = client.get("/search/", {"q": "技师学院"}).content.decode()
    assert "可见技师学院" in page
    assert "不可见技师学院" not in page.replace("可见技师学院", "", 1)


@pytest.mark.rule("P3-18")
def test_elder_mode_stays_with_the_browser_and_leads_nowhere_else(client: Client, db: Any) -> None:
    answer = client.post("/elder/", {"elder": "1", "next": "https://example.com/"})
    assert answer.url == "/"
    assert client.cookies["elder"].value == "1"
    assert "data-elder" in client.get("/rules/").content.decode()


def test_scopes_hold_on_pages_of_one_place(hangzhou: Jurisdiction, client: Client) -> None:
    with scopes_disabled():
        other = Jurisdiction.objects.create(
            code="elsewhere",
            name="别处",
            short_name="别",
            mark="别",
            platform_title="别处",
            issuer="别处局",
            receipt_prefix="BC",
        )
    [base] = bases(hangzhou, 1)
    assert client.get(f"/{other.code}/bases/{base.pk}/").status_code == 404
    assert client.get(f"/hangzhou/bases/{base.pk}/").status_code == 200


@pytest.mark.rule("P3-25")
def test_every_page_ends_with_who_runs_it_and_the_pages_a_government_site_has(
    hangzhou: Jurisdiction, client: Client
) -> None:
    Jurisdiction.objects.filter(pk=hangzhou.pk).update(icp="浙ICP备00000000号", contact_phone="0571-00000000")
    foot = client.get("/hangzhou/").content.decode().partition('<footer class="footer">')[2]
    for words in (f"主办单位：{hangzhou.issuer}", "浙ICP备00000000号", "0571-00000000"):
        assert words in foot
    for page, words in (("site-map", "站点地图"), ("privacy", "隐私政策"), ("manual", "操作手册")):
        assert f'<a href="/{page}/">{words}</a>' in foot
        assert client.get(f"/{page}/").status_code == 200
