"""What the slow pages may cost: so many statements, however much there is to show. Times are measured by `make bench`."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application, ApplicationVersion, Decision, DraftSection
from applications.services.submit import submit_application
from portal.calendars import clock
from tests.applications.applicant_kit import browser, complete, operator
from tests.applications.desk_factories import add_file, submitted
from tests.factories import make_actor, make_call, make_office, make_unit

MOST = 12  # statements of a bureau's page, sign-in and permissions included
# Place, session, person, memberships; the file under lock, its pages, its materials; two updates; a savepoint around it.
SAVE = 11
# The file under lock, its pages and materials; the version, the receipt number, the move, the event; savepoints.
SUBMIT = 20


def address(name, **more):
    return reverse(f"applications:{name}", kwargs={"jurisdiction": "hangzhou", **more})


def statements(ask):
    """Return the statements of the second of two requests: the first notes in the session that the person is here."""
    ask()
    with CaptureQueriesContext(connection) as caught:
        answer = ask()
    assert answer.status_code == 200
    return len(caught)


def multiply(call, number):
    """Fill a call's inbox up to `number` files."""
    first = submitted(call)
    now, answers = clock.now(), first.current.answers
    for _ in range(number - 1):
        unit = make_unit()
        row = Application.objects.create(
            jurisdiction=call.jurisdiction,
            call=call,
            track_key="school",
            organisation=unit,
            created_by=first.created_by,
            created_at=now,
            updated_at=now,
        )
        version = ApplicationVersion.objects.create(
            application=row,
            number=1,
            answers=answers,
            manifest=[],
            results=first.current.results,
            settings={},
            declaration="",
            sha256=f"{row.pk:064d}",
            submitted_by=first.created_by,
            submitted_at=now,
        )
        Application.objects.filter(pk=row.pk).update(
            current=version, submitted_at=now, status="submitted", number=f"N-{row.pk}"
        )
    return first


@pytest.mark.parametrize("query", ["", "?tab=all", "?tab=all&q=测试&overdue=1&sort=unit"])
def test_the_inbox_costs_the_same_with_3_and_with_300_files(hangzhou, query):
    client = browser(make_actor("bureau_officer", make_office(hangzhou)))
    costs = []
    for number in (3, 300):
        multiply(make_call(hangzhou), number)
        costs.append(statements(lambda: client.get(address("inbox") + query)))
    assert costs[0] == costs[1] <= MOST


@pytest.mark.parametrize("at", ["", "at=project/a1/equipment", "at=%23contracts", "at=log"])
def test_the_reading_view_costs_the_same_with_few_and_with_many_files(hangzhou, at):
    client = browser(make_actor("bureau_officer", make_office(hangzhou)))
    call = make_call(hangzhou)
    application = multiply(call, 3)
    where = address("reading", pk=application.pk) + f"?list=tab%3Dall&{at}"
    few = statements(lambda: client.get(where))
    multiply(make_call(hangzhou), 60)
    for _ in range(20):
        add_file(application, "contracts")
    assert statements(lambda: client.get(where)) == few <= MOST


@pytest.mark.parametrize("at", ["", "at=log"])
def test_the_reading_view_of_a_decided_file_costs_no_more(hangzhou, at):
    client = browser(make_actor("bureau_officer", make_office(hangzhou)))
    application = multiply(make_call(hangzhou), 3)
    Application.objects.filter(pk=application.pk).update(status="returned")
    for _ in range(2):
        Decision.objects.create(
            application=application,
            version=application.current,
            kind="return",
            due_at=clock.now(),
            decided_by=application.created_by,
            decided_at=clock.now(),
        )
    where = address("reading", pk=application.pk) + f"?list=tab%3Dall&{at}"
    assert statements(lambda: client.get(where)) <= MOST


@pytest.mark.parametrize("at", ["", "at=log"])
def test_the_reading_view_of_a_corrected_file_that_waits_costs_no_more(hangzhou, at):
    client = browser(make_actor("bureau_officer", make_office(hangzhou)))
    application = multiply(make_call(hangzhou), 3)
    first = application.current
    again = ApplicationVersion.objects.create(
        application=application,
        number=2,
        answers=first.answers,
        manifest=[],
        results=first.results,
        settings={},
        declaration="",
        sha256="a" * 64,
        submitted_by=application.created_by,
        submitted_at=clock.now(),
    )
    Decision.objects.create(
        application=application,
        version=first,
        kind="return",
        due_at=clock.now(),
        decided_by=application.created_by,
        decided_at=clock.now(),
    )
    Application.objects.filter(pk=application.pk).update(status="resubmitted", current=again)
    where = address("reading", pk=application.pk) + f"?list=tab%3Dall&{at}"
    assert statements(lambda: client.get(where)) <= MOST


@pytest.mark.parametrize("rows", [1, 200])
def test_an_autosave_costs_the_same_with_1_row_and_with_200(hangzhou, rows):
    by = operator()
    application = complete(make_call(hangzhou), by)
    page = DraftSection.objects.get(application=application, path="project/a1/equipment")
    first, client = page.answers["items"][0], browser(by)

    def save():
        revision = DraftSection.objects.values_list("revision", flat=True).get(pk=page.pk)
        items = [{**first, "_id": f"r{number}", "name": f"设备{revision}"} for number in range(rows)]
        body = json.dumps({"revision": revision, "answers": {"items": items}})
        return client.post(address("save", pk=application.pk, path=page.path), body, content_type="application/json")

    assert statements(save) == SAVE + 1  # this test's own question for the revision


def test_a_submission_sends_so_many_statements(hangzhou, django_assert_num_queries):
    by = operator()
    application = complete(make_call(hangzhou), by)
    with django_assert_num_queries(SUBMIT):
        submit_application(application_id=application.pk, by=by, declared=True)
