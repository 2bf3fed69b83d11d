"""The applicant's pages: reached by its own people only, constant in queries, working without scripts."""

import pytest
from django.urls import reverse

from applications.models import Application, DraftSection
from tests.applications.applicant_kit import begin, browser, complete, operator
from tests.factories import make_call

PAGES = ["tasklist", "materials", "preview", "history", "withdraw"]


def url(name: str, application: Application, **more: object) -> str:
    return reverse(f"applications:{name}", kwargs={"jurisdiction": "hangzhou", "pk": application.pk, **more})


def test_the_whole_line_works_without_scripts(hangzhou):
    by, call = operator(), make_call(hangzhou)
    client = browser(by)
    started = client.post(
        reverse("applications:start", kwargs={"jurisdiction": "hangzhou", "call_pk": call.pk}), {"track": "school"}
    )
    application = Application.objects.get(organisation=by.organisation)
    assert started.url == url("tasklist", application)
    cover = client.get(url("section", application, path="cover"))
    assert cover.status_code == 200
    posted = {"revision": "0", "contact": "陈经办", "phone": "0571-00000002", "filled_on": "2024-08-29", "act": "next"}
    saved = client.post(url("section", application, path="cover"), posted)
    assert saved.url == url("section", application, path="basic")
    draft = DraftSection.objects.get(application=application, path="cover")
    assert draft.answers == {
        "unit_name": by.organisation.name,
        "contact": "陈经办",
        "phone": "0571-00000002",
        "filled_on": "2024-08-29",
    }
    assert draft.prefilled == {}


def test_submitting_leads_to_the_receipt(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    client = browser(by)
    preview = client.get(url("preview", application))
    assert "可以提交" in preview.text
    answer = client.post(url("submit", application), {"declared": "yes"}, follow=True)
    application.refresh_from_db()
    assert application.number in answer.text
    assert application.current.sha256[:8] in answer.text
    again = client.post(url("submit", application), {"declared": "yes"})
    assert again.url == url("receipt", application)


def test_an_old_session_gives_the_password_first(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    client = browser(by, fresh=False)
    answer = client.post(url("submit", application), {"declared": "yes"})
    assert (answer.status_code, Application.objects.get().status) == (422, "draft")
    assert "请输入登录密码" in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_the_unit_and_for_nobody_else(hangzhou, page):
    by = operator()
    application = begin(make_call(hangzhou), by)
    assert browser(by).get(url(page, application)).status_code == 200
    assert browser(operator()).get(url(page, application)).status_code == 404


def test_every_page_of_the_form_opens(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    client = browser(by)
    paths = ["cover", "basic", "training", "standard", "pledge"]
    paths += [f"project/a1/{key}" for key in ("site", "equipment", "staff", "prospects")]
    opened = {path: client.get(url("section", application, path=path)).status_code for path in paths}
    assert opened == dict.fromkeys(paths, 200)
    assert client.get(url("section", application, path="nowhere")).status_code == 404


def test_a_page_costs_the_same_with_1_row_and_with_100(hangzhou, django_assert_num_queries):
    by = operator()
    application = complete(make_call(hangzhou), by)
    client = browser(by)
    page = DraftSection.objects.get(application=application, path="project/a1/equipment")
    rows = page.answers["items"]
    client.get(url("section", application, path=page.path))  # the session notes that the person is here
    for count in (1, 100):
        page.answers = {"items": [{**rows[0], "_id": f"r{number}"} for number in range(count)]}
        page.save()
        with django_assert_num_queries(9):
            assert client.get(url("section", application, path=page.path)).status_code == 200
