"""Autosave: few statements, clear answers, whatever is sent."""

import json

import pytest
from django.test import Client

from applications.models import Application, DraftSection
from applications.services.submit import submit_application
from tests.applications.applicant_kit import begin, browser, complete, operator
from tests.applications.test_pages import url
from tests.factories import make_call

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def send(client, application, path, answers, revision=1, **more):
    body = json.dumps({"revision": revision, "answers": answers, **more})
    return client.post(
        url("save", application, path=path),
        body,
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def test_a_save_tells_what_follows_from_it(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    answers = DraftSection.objects.get(application=application, path="standard").answers
    body = send(browser(by), application, "standard", answers | {"social_trainees": "420", "enrol": "百"}).json()
    assert (body["revision"], body["gone"]) == (2, False)
    assert body["fields"]["f-enrol"] == "“百”不是数字，请只填数字，不带单位"
    assert "要求 ≥500 人，填报 420 人" in body["aside"]
    assert "1 处需完善" in body["nav"]
    assert "enrol_note" in body["hidden"]


def test_a_question_appears_when_its_condition_is_met(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    answers = DraftSection.objects.get(application=application, path="standard").answers
    body = send(browser(by), application, "standard", answers | {"enrol": "180"}).json()
    assert "enrol_note" not in body["hidden"]


@pytest.mark.parametrize("rows", [1, 200])
def test_an_autosave_takes_few_statements_however_long_the_table(hangzhou, django_assert_max_num_queries, rows):
    by = operator()
    application = complete(make_call(hangzhou), by)
    page = DraftSection.objects.get(application=application, path="project/a1/equipment")
    items = [{**page.answers["items"][0], "_id": f"r{number}"} for number in range(rows)]
    client = browser(by)
    client.get(url("tasklist", application))  # the session notes once a minute that it is in use
    with django_assert_max_num_queries(
        11
    ):  # tenant, session, user, capacity; begin, lock, drafts, files, two writes, end
        assert send(client, application, page.path, {"items": items}).status_code == 200


def test_a_conflict_shows_both_contents_and_writes_nothing(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    first, second = browser(by), browser(operator(by.organisation))
    assert send(first, application, "training", {"results": "第一个人的内容"}).status_code == 200
    answer = send(second, application, "training", {"results": "第二个人的内容"})
    assert answer.status_code == 409
    assert "第一个人的内容" in answer.json()["html"]
    assert "第二个人的内容" in answer.json()["html"]
    chosen = {
        "revision": answer.json()["revision"],
        "results": "第二个人的内容",
        "choose.results": "theirs",
        "act": "stay",
    }
    second.post(url("section", application, path="training"), chosen)
    assert DraftSection.objects.get(path="training").answers == {"results": "第一个人的内容"}


def test_two_tabs_without_scripts_lose_nothing_either(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    client, address = browser(by), url("section", application, path="training")
    client.post(address, {"revision": "1", "results": "第一个窗口", "act": "stay"})
    answer = client.post(address, {"revision": "1", "results": "第二个窗口", "act": "stay"})
    assert answer.status_code == 409
    assert "第一个窗口" in answer.text
    assert "第二个窗口" in answer.text


def test_a_lost_session_is_said_so_and_not_redirected(hangzhou):
    application = complete(make_call(hangzhou), operator())
    assert send(Client(), application, "training", {"results": "x"}).status_code == 401


def test_somebody_elses_draft_is_not_there(hangzhou):
    application = complete(make_call(hangzhou), operator())
    assert send(browser(operator()), application, "training", {"results": "x"}).status_code == 404


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"revision": 1}', '{"revision": "1", "answers": {}}', '{"answers": []}']
)
def test_a_body_that_is_no_answer_is_refused_in_words(hangzhou, body):
    by = operator()
    application = begin(make_call(hangzhou), by)
    answer = browser(by).post(url("save", application, path="cover"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["message"]) == (400, "未能读懂发来的内容，请刷新页面后再试")


def test_after_submission_the_answer_says_why_and_keeps_nothing(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    submit_application(application_id=application.pk, by=by, declared=True)
    answer = send(browser(by), application, "training", {"results": "太晚了"})
    assert answer.status_code == 409
    assert "不能再修改" in answer.json()["message"]


def test_the_second_person_is_told_of_the_first(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    colleague = operator(by.organisation)
    here = url("here", application, path="training")
    assert browser(by).post(here).json() == {"others": [], "revision": 1}
    assert browser(colleague).post(here).json()["others"] == [by.user.name]
    assert browser(by).post(here, {"left": "1"}).json() == {}
    assert browser(colleague).post(here).json()["others"] == []
    assert browser(operator()).post(here).status_code == 404


def test_a_script_in_every_text_is_shown_as_text(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    for draft in DraftSection.objects.filter(application=application):
        draft.answers = {key: _poisoned(value) for key, value in draft.answers.items()}
        draft.save()
    client = browser(by)
    pages = [url("section", application, path=draft.path) for draft in DraftSection.objects.all()]
    pages += [
        url(name, application) for name in ("tasklist", "preview", "groups", "materials", "history") if name != "groups"
    ]
    pages.append(url("groups", application, group="project"))
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert SCRIPT not in answer.text
        assert "<img src=x" not in answer.text
    saved = send(client, application, "training", {"results": SCRIPT}).json()
    assert all("<img src=x" not in str(value) for value in saved.values())


def _poisoned(value):
    if isinstance(value, list):
        return [
            {key: each if key == "_id" else SCRIPT for key, each in row.items()} if isinstance(row, dict) else SCRIPT
            for row in value
        ]
    return SCRIPT


def test_the_application_is_the_same_row(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    before = application.revision
    send(browser(by), application, "training", {"results": "新内容"})
    assert Application.objects.get(pk=application.pk).revision == before + 1
