"""Repeated parts, withdrawing, giving up, history."""

import pytest

from applications.models import Application, DraftSection
from applications.services.groups import add_instance, move_instance, remove_instance
from applications.services.moves import WrongState
from applications.services.submit import submit_application
from applications.services.withdraw import withdraw_application
from portal.audit.models import Event
from tests.applications.applicant_kit import begin, browser, complete, operator
from tests.applications.test_pages import url
from tests.factories import make_call


def order(application):
    return Application.objects.get(pk=application.pk).groups["project"]


def test_parts_are_added_ordered_and_removed(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    second = add_instance(application_id=application.pk, key="project", by=by)
    third = add_instance(application_id=application.pk, key="project", by=by)
    move_instance(application_id=application.pk, key="project", instance=third, to=0, by=by)
    assert order(application) == [third, "a1", second]
    remove_instance(application_id=application.pk, key="project", instance="a1", by=by)
    assert order(application) == [third, second]
    assert not DraftSection.objects.filter(path__startswith="project/a1/").exists()
    assert Event.objects.get(action="application.part.remove").old_hash


def test_the_form_sets_the_least_and_the_most(hangzhou):
    by = operator()
    application = begin(make_call(hangzhou), by)
    with pytest.raises(WrongState, match="至少填报 1 个项目"):
        remove_instance(application_id=application.pk, key="project", instance=order(application)[0], by=by)
    for _ in range(19):
        add_instance(application_id=application.pk, key="project", by=by)
    with pytest.raises(WrongState, match="最多填报 20 个项目"):
        add_instance(application_id=application.pk, key="project", by=by)


def test_the_page_of_parts_works_by_buttons_and_asks_before_it_removes(hangzhou):
    by = operator()
    client, application = browser(by), complete(make_call(hangzhou), by)
    address = url("groups", application, group="project")
    added = client.post(address, {"act": "add"})
    second = order(application)[1]
    assert added.url == url("section", application, path=f"project/{second}/site")
    client.post(address, {"act": "up", "instance": second})
    assert order(application) == [second, "a1"]
    assert "确认删除" not in client.get(address).text
    assert "确认删除" in client.get(f"{address}?remove=a1").text
    client.post(address, {"act": "remove", "instance": "a1"})
    assert order(application) == [second]


@pytest.mark.rule("P3-03")
def test_a_submitted_file_is_taken_back_until_the_bureau_opens_it(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    submit_application(application_id=application.pk, by=by, declared=True)
    answer = browser(by).post(url("withdraw", application))
    assert answer.url == url("history", application)
    withdrawn = Application.objects.get(pk=application.pk)
    assert (withdrawn.status, withdrawn.versions.count()) == ("withdrawn", 1)
    again = begin(withdrawn.call, by)  # the way is free for another one
    assert DraftSection.objects.get(application=again, path="training").answers["results"]


@pytest.mark.rule("P3-03")
def test_once_opened_it_is_the_bureaus(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    submit_application(application_id=application.pk, by=by, declared=True)
    Application.objects.filter(pk=application.pk).update(status="checking")
    with pytest.raises(WrongState, match="不能自行撤回"):
        withdraw_application(application=application, by=by)
    answer = browser(by).post(url("withdraw", application))
    assert answer.status_code == 422
    assert "不能自行撤回" in answer.text


def test_a_draft_is_given_up(hangzhou):
    by = operator()
    application = begin(make_call(hangzhou), by)
    browser(by).post(url("withdraw", application))
    assert Application.objects.get(pk=application.pk).status == "withdrawn"


def test_the_history_shows_what_is_the_units_to_know(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    submit_application(application_id=application.pk, by=by, declared=True)
    shown = browser(by).get(url("history", application)).text
    assert "第 1 版" in shown
    assert "提交申报" in shown
