"""The windows of a call: asked for by the form, judged by the service, kept in the event log."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Call
from applications.selectors.stage_periods import stage_periods
from applications.services.calls import create_call, publish_call, update_call
from applications.services.refusals import NotReady
from portal.audit.models import Event
from portal.calendars import clock
from portal.desk.formats import chinese_moment as zh_moment
from portal.desk.formats import end_of_window as zh_deadline
from portal.policy import registry
from tests.applications.applicant_kit import browser
from tests.reviews import recommend_kit


@pytest.fixture
def tiers(db):
    with recommend_kit.tiers() as found:
        yield found


def prepared(tiers, opens=10, closes=20, report=(21, 30)):
    """Prepare a call open from day 1 to day 10; a window is given in days from now."""
    now = clock.now()

    def day(number):
        return now + timedelta(days=number)

    return create_call(
        jurisdiction=tiers.place, edition=registry.get("tiers-2024"), title="测试批次", year=now.year + 1, batch=77,
        opens_at=day(1), closes_at=day(10), by=tiers.officer,
        windows={"recommendation": (day(opens), day(closes)), "report": (day(report[0]), day(report[1]))},
    )  # fmt: skip


def test_windows_are_kept(tiers):
    call = prepared(tiers)
    assert [each.stage for each in call.windows.all()] == ["recommendation", "report"]


@pytest.mark.parametrize(
    ("spans", "field"),
    [
        ({"opens": 0}, "recommendation_opens"),
        ({"closes": 9.9}, "recommendation_closes"),
        ({"closes": 10}, None),
        ({"opens": 12, "closes": 12}, "recommendation_closes"),
        ({"report": (9, 30)}, "report_opens"),
    ],
)
def test_a_window_opens_after_the_step_before_and_ends_no_earlier_than_the_filing(tiers, spans, field):
    given = {"opens": 2} | spans if "closes" in spans and "opens" not in spans else spans
    if field is None:
        assert prepared(tiers, **given).windows.count() == 2
        return
    with pytest.raises(NotReady) as refused:
        prepared(tiers, **given)
    assert [each.field for each in refused.value.obstacles] == [field]


def test_an_update_moves_a_window(tiers):
    call, later = prepared(tiers), clock.now() + timedelta(days=25)
    fields = {name: getattr(call, name) for name in ("title", "year", "batch", "summary", "opens_at", "closes_at")}
    opens = call.windows.get(stage="recommendation").opens_at
    update_call(call=call, by=tiers.officer, **fields, windows={"recommendation": (opens, later)})
    assert Call.objects.get(pk=call.pk).windows.get(stage="recommendation").closes_at == later
    logged = Event.objects.filter(action="call.update").latest("id")
    assert logged.old_hash != logged.new_hash  # nothing but the window has changed


def test_the_form_asks_for_each_window(tiers):
    who = browser(tiers.officer)
    page = reverse("applications:call_edit", kwargs={"jurisdiction": "tiers", "pk": prepared(tiers).pk})
    assert 'name="recommendation_opens"' in who.get(page).text and 'name="report_closes"' in who.get(page).text
    refused = who.post(page, {"title": "测试", "year": 2026, "batch": 77, "opens_at": "2026-12-01T09:00"})
    assert refused.status_code == 422 and "请填写审核推荐开始时间" in refused.text


def test_the_public_page_of_a_call_says_when_offices_recommend(tiers):
    page = reverse("place:call", kwargs={"jurisdiction": "tiers", "pk": tiers.call.pk})
    assert "<dt>审核推荐</dt>" in Client().get(page).text


def test_a_call_is_not_published_without_the_window_of_each_office(tiers):
    call = prepared(tiers)
    call.windows.get(stage="report").delete()
    with pytest.raises(NotReady) as refused:
        publish_call(call=call, by=tiers.approver)
    assert [(each.field, each.message) for each in refused.value.obstacles] == [
        ("report_opens", "请先填写推荐上报的起止时间")
    ]
    call.windows.create(stage="report", opens_at=call.closes_at, closes_at=call.closes_at + timedelta(days=9))
    assert publish_call(call=call, by=tiers.approver).state == "published"


def test_rules_board_and_publication_tell_the_period_of_each_stage(tiers):
    call = prepared(tiers)
    publish_page = reverse("applications:call_publish", kwargs={"jurisdiction": "tiers", "pk": call.pk})
    link = reverse("place:call", kwargs={"jurisdiction": "tiers", "pk": call.pk})
    said = [f"{zh_moment(each.opens_at)} 至 {zh_deadline(each.closes_at)}" for each in stage_periods(call)]
    assert len(said) == 3
    for each in call.windows.all():
        assert f"{each.title}：" in browser(tiers.approver).get(publish_page).text
    publish_call(call=call, by=tiers.approver)
    assert link not in Client().get("/tiers/rules/").text  # another call is open before it
    board = (
        browser(tiers.officer).get(reverse("applications:call", kwargs={"jurisdiction": "tiers", "pk": call.pk})).text
    )
    with clock.travel(call.opens_at):
        rules = Client().get("/tiers/rules/").text
    assert link in rules
    assert all(each in board and each in rules for each in said)
    with clock.travel(call.windows.get(stage="report").closes_at + timedelta(days=1)):
        assert link not in Client().get("/tiers/rules/").text
