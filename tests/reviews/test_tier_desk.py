"""A file at the desk of a recommending office: its own words, decisions and letters; at the bureau who recommended it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from applications.models import Application, Check, Decision
from applications.selectors.coming import coming
from applications.selectors.versions import conditions_to_judge
from applications.services.check import write_remark
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.homes import duties
from portal.documents.models import Document
from portal.notifications.models import Message
from portal.tenancy.models import Jurisdiction
from reviews.models import Justification
from reviews.services import recommending, sealing
from reviews.services.refusal import Refused
from reviews.services.verifying import qualify_application
from tests.factories import PASSWORD, make_actor
from tests.reviews import recommend_kit, sample_kit

CLOSED = recommend_kit.CLOSES + timedelta(seconds=1)


@pytest.fixture
def world(db: Any) -> Iterator[recommend_kit.Tiers]:
    """The three tiers at noon of 20 July 2024."""
    with clock.travel(recommend_kit.NOON), recommend_kit.tiers() as made:
        yield made


@pytest.fixture
def league(db: Any) -> Iterator[Application]:
    """A file under check with a league whose policy wants every missed standard justified; one is missed."""
    place = Jurisdiction.objects.get(code="skills_foundation")
    with scope(jurisdiction=place), clock.travel(recommend_kit.NOON):
        unit = sample_kit.samples(place.code, recommender="league2")[0]
        yield sample_kit.filed(sample_kit.the_call(place), unit, "checking", site={"capacity": 100})


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(application: Application, name: str, app: str = "reviews", **more: Any) -> str:
    return reverse(
        f"{app}:{name}", kwargs={"jurisdiction": application.jurisdiction.code, "pk": application.pk, **more}
    )


def page_of(application: Application, actor: Actor) -> str:
    return client_of(actor).get(url(application, "reading", "applications")).content.decode()


def judge_all(application: Application, by: Actor) -> None:
    Check.objects.filter(version=application.current).delete()
    for condition in conditions_to_judge(application, application.current):
        Check.objects.create(
            application=application, version=application.current, code=condition.code, verdict="met", checked_by=by.user,
            checked_at=clock.now(),
        )  # fmt: skip


def sealed_scan_off(application: Application) -> None:
    call = application.call
    call.settings = {**call.settings, "acceptance.sealed_scan": False}
    call.save()


def test_at_the_office_the_decisions_are_its_own(world):
    application = recommend_kit.a_file(world.call, world.districts[0], status="checking")
    page = page_of(application, world.recommender)
    assert [word in page for word in ("审核通过", "退回补正", "不予推荐", "不予受理", ">受理…")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert ("审核中" in page, "受理审核" in page) == (True, False)
    for kind in ("accept", "refuse"):
        answer = client_of(world.recommender).get(url(application, "decide", "applications", kind=kind))
        assert answer.status_code == 302


def test_a_cleared_file_may_be_looked_at_again_or_not_recommended(world):
    application = recommend_kit.a_file(world.call, world.districts[0])
    page = page_of(application, world.recommender)
    assert [word in page for word in ("重新审核", "不予推荐", "退回补正…", "填写核查数据")] == [True, True, False, True]
    answer = client_of(world.recommender).post(
        url(application, "tier_act", act="reexamine"), {"reason": "师资数据有误"}
    )
    application.refresh_from_db()
    assert (answer.status_code, application.status) == (302, "checking")


def test_not_recommending_needs_a_reason_and_sends_the_offices_own_letter(world, django_capture_on_commit_callbacks):
    application = recommend_kit.a_file(world.call, world.districts[0])
    unit = make_actor("unit_operator", application.organisation)
    client = client_of(world.recommender)
    assert client.post(url(application, "tier_act", act="withhold"), {"reason": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            url(application, "tier_act", act="withhold"),
            {"reason": "实训场地不足，建议下一批次申报", "password": PASSWORD},
        )
    application.refresh_from_db()
    assert (answer.status_code, application.status) == (302, "not_recommended")
    letter = Document.objects.get(kind="withholding_notice")
    for words in ("不予推荐告知书", "实训场地不足", world.districts[0].name):
        assert words in letter.source
    assert world.place.issuer not in letter.source.replace(world.districts[0].name, "")
    assert Decision.objects.get().get_kind_display() == "不予推荐"
    assert Message.objects.filter(user=unit.user, title="申报不予推荐").count() == 1


def test_a_return_from_the_office_is_told_in_its_own_name(world):
    application = recommend_kit.a_file(world.call, world.districts[0], status="checking")
    write_remark(application=application, path="basic", text="请补充说明", by=world.recommender)
    answer = client_of(world.recommender).post(
        url(application, "decide", "applications", kind="return"),
        {"days": "1", "also_open": ["basic"], "reason": "", "password": PASSWORD},
    )
    application.refresh_from_db()
    assert (answer.status_code, application.status, application.desk) == (302, "returned", "recommender")
    letter = Document.objects.get(kind="correction_notice")
    assert world.districts[0].name in letter.source


def test_the_bureau_pins_no_remark_that_would_reach_nobody(world):
    application = recommend_kit.a_file(world.call, world.districts[0], status="checking")
    Application.objects.filter(pk=application.pk).update(desk="bureau")
    with pytest.raises(WrongState, match="请退回推荐单位"):
        write_remark(application=application, path="basic", text="请补充说明", by=world.officer)


def test_what_is_left_at_an_office_after_its_window_is_its_duty_and_told_to_the_unit(world):
    application = recommend_kit.a_file(world.call, world.districts[0], status="qualified")
    label = "推荐已截止，未推荐的待告知"
    assert label not in [duty.label for duty in duties(world.recommender, world.place)]
    with clock.travel(CLOSED + timedelta(seconds=1)):
        left = {duty.label: duty.number for duty in duties(world.recommender, world.place)}
        told = coming(Application.objects.get(pk=application.pk))
    assert left[label] == 1
    assert told.startswith("推荐报送已于")
    assert world.districts[0].name in told


@pytest.mark.rule("GJ-A-10")
def test_every_missed_standard_asks_for_a_justification_beside_its_verdict(league):
    (code,) = recommending.missed_standards(league)
    by = make_actor("recommender", league.recommender)
    client = client_of(by)
    page = page_of(league, by)
    assert (page.count('id="justify-'), f'id="field-justify-{code}"' in page) == (1, True)
    answer = client.post(url(league, "justify", code=code), {"text": "  "})
    assert (answer.status_code, f'href="#field-justify-{code}"' in answer.content.decode()) == (422, True)
    long = "长" * 501
    answer = client.post(url(league, "justify", code=code), {"text": long})
    assert (answer.status_code, long in answer.content.decode()) == (422, True)
    answer = client.post(url(league, "justify", code=code), {"text": "已列入扩建计划", "back": "at=conditions"})
    assert answer.status_code == 302
    assert Justification.objects.get().text == "已列入扩建计划"
    assert "已列入扩建计划" in page_of(league, by)


def test_clearance_says_all_that_is_missing_with_the_place_where_it_is_mended(league):
    (code,) = recommending.missed_standards(league)
    by = make_actor("recommender", league.recommender)
    page = page_of(league, by)
    assert ("条条件未认定" in page, f"#condition-{code}" in page) == (True, True)
    with pytest.raises(Refused) as refusal:
        qualify_application(application=league, by=by)
    assert ("条条件未认定" in str(refusal.value), "仍推荐的理由" in str(refusal.value)) == (True, True)
    answer = client_of(by).get(url(league, "tier_act", act="qualify"))
    assert "仍推荐的理由" in answer.content.decode()
    sealed_scan_off(league)
    judge_all(league, by)
    recommending.justify(application=league, code=code, text="已列入扩建计划", by=by)
    assert "条件已逐条认定，可以审核通过" in page_of(league, by)
    answer = client_of(by).post(url(league, "tier_act", act="qualify"))
    league.refresh_from_db()
    assert (answer.status_code, league.status) == (302, "qualified")


def test_the_bureau_sees_who_recommended_and_the_rank_only_after_the_window(world):
    row = recommend_kit.ready(world.call, world.recommender, "enterprise")
    application = row.entries.get().application
    sealing.seal_recommendation(recommendation=row, by=world.recommender)
    page = page_of(application, world.officer)
    assert (world.districts[0].name in page, "推荐截止后公开" in page, "第 1 名" in page) == (True, True, False)
    assert ("核查证明表" in page, "100 人" in page, "开始审核" in page) == (True, True, True)
    with clock.travel(CLOSED):
        page = page_of(application, world.officer)
        assert ("推荐截止后公开" in page, "第 1 名" in page) == (False, True)
        client_of(world.officer).post(url(application, "open", "applications"))
        page = page_of(application, world.officer)
    words = (">受理…", "不予受理…", "退回推荐部门…", "退回补正", "审核通过", "提意见")
    assert [word in page for word in words] == [True, True, True, False, False, False]


def test_the_bureaus_reading_view_costs_two_more_the_entry_with_its_window_and_lost_titles(world):
    row = recommend_kit.ready(world.call, world.recommender, "enterprise")
    application = row.entries.get().application
    sealing.seal_recommendation(recommendation=row, by=world.recommender)
    client, address = client_of(world.officer), url(application, "reading", "applications")
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    assert len(seen) <= 13


def test_what_was_handed_in_is_read_only_for_the_office(world):
    row = recommend_kit.ready(world.call, world.recommender, "enterprise")
    application = row.entries.get().application
    sealing.seal_recommendation(recommendation=row, by=world.recommender)
    page = page_of(application, world.recommender)
    assert [word in page for word in ("开始审核", "审核通过…", "不予推荐…", "重新审核…")] == [False] * 4
    assert client_of(world.recommender).get(url(application, "tier_act", act="reexamine")).status_code == 404


def test_each_office_has_the_tabs_of_its_own_desk(world):
    cleared = recommend_kit.a_file(world.call, world.districts[0])
    row = recommend_kit.ready(world.call, world.recommender, "enterprise")
    sent = row.entries.get().application
    sealing.seal_recommendation(recommendation=row, by=world.recommender)
    address = reverse("applications:inbox", kwargs={"jurisdiction": world.place.code})

    def shown(actor: Actor, tab: str) -> list[bool]:
        page = client_of(actor).get(f"{address}?tab={tab}").content.decode()
        return [each.number in page for each in (cleared, sent)]

    assert [shown(world.recommender, tab) for tab in ("todo", "tier", "sent", "all")] == [
        [False, False], [True, False], [False, True], [True, True],
    ]  # fmt: skip
    assert shown(world.officer, "todo") == [False, True]
    pages = [client_of(actor).get(address).content.decode() for actor in (world.recommender, world.officer)]
    assert [["tab=tier" in page, "tab=sent" in page, "tab=passed" in page] for page in pages] == [
        [True, True, False], [False, False, True],
    ]  # fmt: skip
    assert ["审核推荐" in page for page in pages] == [True, False]


def test_service_time_runs_from_the_day_the_bureau_got_the_file(world):
    application = recommend_kit.a_file(world.call, world.districts[0])
    Application.objects.filter(pk=application.pk).update(desk_since=None)
    row = recommend_kit.begun(world.call, world.recommender)
    recommending.list_file(recommendation=row, application=application, by=world.recommender)
    recommend_kit.finish(row, world.recommender)
    sealing.seal_recommendation(recommendation=row, by=world.recommender)
    application.refresh_from_db()
    assert (application.desk, application.desk_since) == ("bureau", recommend_kit.NOON)


def test_the_reading_view_costs_the_same_for_one_miss_as_for_many(league):
    by = make_actor("recommender", league.recommender)
    client, address = client_of(by), url(league, "reading", "applications")

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    statements()
    few = statements()
    (code,) = recommending.missed_standards(league)
    recommending.justify(application=league, code=code, text="已列入扩建计划", by=by)
    version = league.current
    version.results = [{**each, "verdict": "explain"} if each["verdict"] == "met" else each for each in version.results]
    type(version).objects.filter(pk=version.pk).update(results=version.results)
    assert (statements(), few) == (13, 13)  # one of them asks for titles the unit has lost
