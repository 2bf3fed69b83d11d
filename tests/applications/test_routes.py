"""Choosing the recommending office: routes open and closed, one for a unit in a call, tracks that exclude one another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from portal.desk.formats import chinese_moment, end_of_window
from portal.policy.recommendation import Route
from portal.policy.selection import CombinableTracks, ExclusiveTracks
from tests.applications.applicant_kit import browser, operator
from tests.factories import make_actor, make_call, make_unit
from tests.reviews import recommend_kit

ROUTES = (
    Route("place", "属地", ("district",), "向所在区县申报", "三（一）", closed_to=("school",)),
    Route("line", "归口", ("industry",), "向主管部门申报", "三（二）", closed_to=("central",)),
)


@pytest.fixture
def tiers(db, monkeypatch):
    """A place whose policy has two routes, two tracks that exclude one another, two that go together."""
    upward = replace(recommend_kit.UPWARD, routes=ROUTES)
    monkeypatch.setattr(recommend_kit, "UPWARD", upward)
    whole = recommend_kit.edition
    rules = {
        "exclusive": (ExclusiveTracks(("school", "enterprise"), "不可同时申报", "四（一）"),),
        "combinable": (CombinableTracks(("enterprise", "other"), ("enterprise",), "企业可同时申报两类", "四（二）"),),
    }
    monkeypatch.setattr(recommend_kit, "edition", lambda: replace(whole(), **rules))
    with recommend_kit.tiers() as found:
        yield found


def at(call):
    return reverse("applications:start", kwargs={"jurisdiction": "tiers", "call_pk": call.pk})


def opened(tiers):
    return make_call(tiers.place, edition_code="tiers-2024")


def unit_of(tiers, **fields):
    return make_unit(review_jurisdiction=tiers.place, **fields)


def test_the_nearest_office_comes_first(tiers):
    by = operator(unit_of(tiers, nature="enterprise", district="丙区"))
    shown = browser(by).get(at(opened(tiers))).text
    names = [shown.index(f"三级市{each}区人力资源和社会保障局</option>") for each in "丙甲乙丁"]
    assert names == sorted(names)


@pytest.mark.rule("CQ-D-03")
def test_a_closed_route_is_shown_with_its_reason_and_refused(tiers):
    by, call = operator(unit_of(tiers, nature="enterprise", central=True)), opened(tiers)
    assert "中央在地方单位不能经该渠道申报（三（二））" in browser(by).get(at(call)).text
    sent = {"track": "school", "through": f"line:{tiers.districts[0].pk}"}
    answer = browser(by).post(at(call), sent)
    assert (answer.status_code, Application.objects.filter(call=call).count()) == (422, 0)
    assert "请选择推荐部门" in answer.text


def test_one_route_is_kept_for_the_other_tracks(tiers):
    by, call = operator(unit_of(tiers, nature="enterprise")), opened(tiers)
    first, second = tiers.districts[:2]
    browser(by).post(at(call), {"track": "enterprise", "through": f"place:{first.pk}"})
    shown = browser(by).get(at(call)).text
    assert f"{first.name}<span" in shown and 'name="through"' not in shown
    browser(by).post(at(call), {"track": "other", "through": f"place:{second.pk}"})
    assert {(each.recommender, each.route) for each in Application.objects.filter(call=call)} == {(first, "place")}


def test_exclusive_tracks_are_disabled_with_the_clause_and_refused(tiers):
    by, call = operator(unit_of(tiers, nature="enterprise")), opened(tiers)
    browser(by).post(at(call), {"track": "enterprise", "through": f"place:{tiers.districts[0].pk}"})
    shown = browser(by).get(at(call)).text
    assert 'value="school" required disabled' in shown and "不可同时申报（四（一））" in shown
    assert "企业可同时申报两类（四（二））" in shown
    answer = browser(by).post(at(call), {"track": "school"})
    assert (answer.status_code, Application.objects.filter(call=call).count()) == (422, 1)


def test_a_unit_says_that_it_is_central(tiers):
    unit = unit_of(tiers)
    page = browser(make_actor("unit_admin", unit)).get(reverse("accounts:unit")).text
    assert "中央在地方单位" in page


def test_the_page_costs_the_same_for_many_offices(tiers):
    by, call = operator(unit_of(tiers, nature="enterprise")), opened(tiers)
    who = browser(by)
    who.get(at(call))
    counts = []
    for more in (0, 5):
        for number in range(more):
            tiers.bureau.children.create(jurisdiction=tiers.place, kind="district", name=f"增设{number}区")
        with CaptureQueriesContext(connection) as asked:
            who.get(at(call))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_task_list_names_the_office(tiers):
    by, call = operator(unit_of(tiers, nature="enterprise")), opened(tiers)
    office = tiers.districts[0]
    made = browser(by).post(at(call), {"track": "enterprise", "through": f"place:{office.pk}"})
    assert f"推荐部门：{office.name}" in browser(by).get(made.url).text


def test_the_start_tells_each_period_and_lets_a_long_list_be_narrowed(tiers):
    by, call = operator(unit_of(tiers, nature="enterprise")), opened(tiers)
    window = call.windows.create(
        stage="recommendation", opens_at=call.opens_at, closes_at=call.opens_at + timedelta(days=40)
    )
    shown = browser(by).get(at(call)).text
    assert f"{chinese_moment(window.opens_at)} 至 {end_of_window(window.closes_at)}" in shown
    assert 'data-filter="输入名称查找推荐部门"' in shown
    assert "js/filter-select.js" in shown
