"""The pages of a cross-application: offered with the commitment and its clause, confirmed once, named on both sides."""

import pytest
from django.urls import reverse
from django_scopes import scope

from applications.models import Application
from applications.services.cross import cross_apply
from applications.services.submit import submit_application
from applications.services.withdraw import withdraw_application
from portal.tenancy.models import Jurisdiction
from tests.applications.applicant_kit import browser
from tests.applications.cross_kit import CODE, begin, finish, office, sourced
from tests.factories import make_actor

pytestmark = pytest.mark.rule("CQ-A-01")
COMMITMENT = "保持国家级基地建设目标计划、配套投入等不变"
LABEL = "一键生成市级申报"


@pytest.fixture
def city(db):
    jurisdiction = Jurisdiction.objects.get(code=CODE)
    with scope(jurisdiction=jurisdiction):
        yield jurisdiction


def url(name, **where):
    return reverse(f"applications:{name}", kwargs={"jurisdiction": CODE, **where})


@pytest.mark.parametrize("page", ["tasklist", "start"])
def test_it_is_offered_with_the_commitment_and_its_clause(city, page):
    by, source = sourced(city)
    where = {"pk": source.pk} if page == "tasklist" else {"call_pk": source.call_id}
    shown = browser(by).get(url(page, **where)).text
    assert LABEL in shown and f"承诺“{COMMITMENT}”的" in shown and "（五（二））" in shown
    assert f'href="{url("cross", pk=source.pk)}"' in shown


def test_it_is_not_offered_once_the_unit_applies_there_by_itself_or_the_source_is_given_up(city):
    by, source = sourced(city)
    person = browser(by)
    begin(source.call, by, "municipal")
    assert LABEL not in person.get(url("tasklist", pk=source.pk)).text
    other, given_up = sourced(city)
    withdraw_application(application=given_up, by=other)
    assert LABEL not in browser(other).get(url("tasklist", pk=given_up.pk)).text


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("keep_first", "按顺序保留前 3 个专业，写入市级申报后不能修改、删除或调整顺序（五（二））"),
        ("reserve_first", "前 3 个专业留在原申报，其后的写入市级申报（五（二））"),
    ],
)
def test_the_commitment_is_ticked_before_anything_is_made(city, mode, said):
    by, source = sourced(city, mode)
    person, address = browser(by), url("cross", pk=source.pk)
    shown = person.get(address).text
    assert said in shown and f"本单位承诺：{COMMITMENT}" in shown
    refused = person.post(address)
    assert (refused.status_code, "请先勾选承诺" in refused.text) == (422, True)
    assert Application.objects.filter(call=source.call).count() == 1
    made = person.post(address, {"commitment": "yes"}, follow=True)
    assert made.context["application"].cross_from == source


def test_each_side_names_the_other(city):
    by, source = sourced(city)
    version = submit_application(application_id=source.pk, by=by, declared=True)
    number = version.application.number
    made = cross_apply(application=source, by=by)
    person = browser(by)
    shown = person.get(url("tasklist", pk=made.pk)).text
    assert f'<a href="{url("history", pk=source.pk)}">国家级申报 {number}</a>生成' in shown
    assert "须上传“同时申请参评市级基地承诺书”" in shown
    assert f'已由本申报生成<a href="{url("tasklist", pk=made.pk)}">' in person.get(url("tasklist", pk=source.pk)).text
    submit_application(application_id=finish(made).pk, by=by, declared=True)
    clerk = browser(make_actor("recommender", office(city)))
    assert f"由国家级申报 {number}生成，同时申请参评" in clerk.get(url("reading", pk=made.pk)).text
    withdraw_application(application=source, by=by)
    assert f"由国家级申报 {number}（已撤回）生成" in clerk.get(url("reading", pk=made.pk)).text
