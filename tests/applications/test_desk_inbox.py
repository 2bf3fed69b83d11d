"""The inbox: filters in the address, constant work, exports of exactly what is shown."""

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from applications.models import Application, ApplicationVersion
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.managers import scopes_disabled
from tests.applications.desk_factories import approver, officer, submitted
from tests.factories import make_actor, make_call, make_office, make_unit

INBOX = reverse("applications:inbox", kwargs={"jurisdiction": "hangzhou"})
QUERIES = 9
TUESDAY = datetime(2024, 9, 3, 10, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def desk(hangzhou, client):
    actor = officer(hangzhou)
    client.force_login(actor.user)
    client.actor = actor
    return client


def numbers(response):
    return [row.application.number for row, _ in response.context["rows"]]


def many(call, count):
    """Make files quickly; the list reads nothing of their answers."""
    first = submitted(call)
    units = [make_unit() for _ in range(5)]
    rows = [
        Application(
            jurisdiction=call.jurisdiction,
            call=call,
            track_key="school",
            organisation=units[n % 5],
            status="withdrawn",
            number=f"HZ-X-{call.batch}-{n:05d}",
            created_by=first.created_by,
            created_at=first.created_at,
            updated_at=first.updated_at,
            submitted_at=first.submitted_at - timedelta(minutes=n + 1),
        )
        for n in range(count - 1)
    ]
    made = Application.objects.bulk_create(rows)
    ApplicationVersion.objects.bulk_create(
        ApplicationVersion(
            application=each,
            number=1,
            answers={},
            manifest=[],
            results=[],
            settings={},
            declaration="",
            sha256="0" * 64,
            submitted_by=first.created_by,
            submitted_at=each.submitted_at,
        )
        for each in made
    )
    for version in ApplicationVersion.objects.filter(application__in=made):
        Application.objects.filter(pk=version.application_id).update(current=version)


def statements(client, **params):
    with scopes_disabled(), CaptureQueriesContext(connection) as captured:
        assert client.get(INBOX, params).status_code == 200
    return len(captured)


def test_the_work_does_not_grow_with_the_list(hangzhou, desk):
    call = make_call(hangzhou)
    many(call, 3)
    desk.get(INBOX)
    assert statements(desk, tab="all") == QUERIES
    many(make_call(hangzhou), 297)
    assert Application.objects.count() == 300
    assert statements(desk, tab="all") == QUERIES
    assert statements(desk, tab="all", page="3", sort="unit", overdue="1", mine="", q="HZ") <= QUERIES


def test_the_list_is_cut_into_pages(hangzhou, desk):
    many(make_call(hangzhou), 120)
    pages = [numbers(desk.get(INBOX, {"tab": "all", "page": page})) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [50, 50, 20, 0]
    assert len({number for page in pages for number in page}) == 120
    for nonsense in ("0", "-1", "x", "九", "99999999999"):
        assert desk.get(INBOX, {"page": nonsense}).status_code == 200


def test_filters_stand_in_the_address(hangzhou, desk):
    call, other = make_call(hangzhou), make_call(hangzhou)
    waiting = submitted(call, unit=make_unit("杭州湘湖智造技师学院"))
    mine = submitted(call, status="checking")
    Application.objects.filter(pk=mine.pk).update(opened_by=desk.actor.user)
    accepted = submitted(other, status="accepted")
    assert set(numbers(desk.get(INBOX))) == {waiting.number, mine.number}
    assert numbers(desk.get(INBOX, {"tab": "passed"})) == [accepted.number]
    assert numbers(desk.get(INBOX, {"mine": "1"})) == [mine.number]
    assert numbers(desk.get(INBOX, {"q": "湘湖"})) == [waiting.number]
    assert numbers(desk.get(INBOX, {"q": waiting.number.lower()})) == [waiting.number]
    assert numbers(desk.get(INBOX, {"tab": "all", "call": other.pk})) == [accepted.number]
    assert numbers(desk.get(INBOX, {"status": "checking"})) == [mine.number]
    assert numbers(desk.get(INBOX, {"tab": "all", "track": "enterprise"})) == []
    assert len(numbers(desk.get(INBOX, {"tab": "nonsense", "status": "nonsense", "call": "x", "sort": "answers"}))) == 2


def test_sorting_goes_both_ways(hangzhou, desk):
    call = make_call(hangzhou)
    files = [submitted(call, unit=make_unit(name)) for name in ("乙学院", "甲学院", "丙学院")]
    by_number = [each.number for each in files]
    assert numbers(desk.get(INBOX, {"sort": "number"})) == by_number
    assert numbers(desk.get(INBOX, {"sort": "-number"})) == by_number[::-1]
    assert numbers(desk.get(INBOX, {"sort": "submitted"})) == by_number
    assert numbers(desk.get(INBOX)) == by_number[::-1]


@pytest.mark.rule("P3-04")
def test_overdue_counts_working_days_and_accepts_nothing(hangzhou, desk):
    with clock.travel(TUESDAY):
        call = make_call(hangzhou)
        # Five working days from Monday 26 August end on 2 September, from the 27th on the 3rd.
        late = submitted(call, at=datetime(2024, 8, 26, 9, 0, tzinfo=clock.SHANGHAI))
        last_day = submitted(call, at=datetime(2024, 8, 27, 9, 0, tzinfo=clock.SHANGHAI))
        missed = submitted(call, status="returned")
        Application.objects.filter(pk=missed.pk).update(correction_due_at=TUESDAY)
        client_page = desk.get(INBOX, {"tab": "all", "overdue": "1"})
        assert set(numbers(client_page)) == {late.number, missed.number}
        shown = {row.application.number: cells for row, cells in desk.get(INBOX).context["rows"]}
        assert "已超期" in shown[late.number]
        assert "剩 1 个工作日" in shown[last_day.number]
        late.refresh_from_db()
        assert late.status == "submitted"


def test_columns_are_chosen_in_the_address(hangzhou, desk):
    submitted(make_call(hangzhou))
    for params in ({"cols": "unit,status,evil"}, {"cols": ["unit", "status"]}):
        assert [column.key for column in desk.get(INBOX, params).context["columns"]] == ["unit", "status"]


def test_the_export_is_what_is_shown_and_holds_no_formula(hangzhou, desk):
    call = make_call(hangzhou)
    submitted(call, unit=make_unit("=HYPERLINK(1)学院"))
    submitted(call, unit=make_unit("乙学院"))
    submitted(call, unit=make_unit("丙学院"), status="accepted")
    listed = {"list": "sort=number&cols=unit&cols=status"}
    texts = b"".join(desk.post(f"{INBOX}export/csv/", listed).streaming_content).decode("utf-8-sig")
    assert list(csv.reader(StringIO(texts))) == [
        ["申报单位", "状态"],
        ["'=HYPERLINK(1)学院", "待受理"],
        ["乙学院", "待受理"],
    ]
    book = load_workbook(BytesIO(desk.post(f"{INBOX}export/xlsx/", listed).content))
    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == list(csv.reader(StringIO(texts)))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}
    assert Event.objects.filter(action="application.export", actor=desk.actor.user).count() == 2
    assert desk.get(f"{INBOX}export/csv/").status_code == 405
    assert desk.post(f"{INBOX}export/exe/").status_code == 404


def test_several_files_are_taken_at_once(hangzhou, desk):
    call = make_call(hangzhou)
    first, second, done = submitted(call), submitted(call), submitted(call, status="accepted")
    response = desk.post(f"{INBOX}take/", {"pk": [first.pk, second.pk, done.pk, "x"], "list": "tab=all"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "已开始审核 2 件",
        f"{done.number} 已由他人开始审核或已办结，未作处理",
    ]
    assert response.request["QUERY_STRING"] == "tab=all"
    assert set(Application.objects.values_list("status", flat=True)) == {"checking", "accepted"}


def test_names_are_text(hangzhou, desk):
    submitted(make_call(hangzhou, title="<script>1</script>"), unit=make_unit("<script>2</script>"))
    shown = desk.get(INBOX, {"q": "<script>", "sort": "<script>", "cols": "unit,call"}).content.decode()
    assert "<script>2" not in shown
    assert "<script>1" not in shown
    assert "&lt;script&gt;2" in shown


def test_who_may_see_the_inbox(hangzhou, client):
    submitted(make_call(hangzhou))
    for role, found in (("bureau_approver", 200), ("supervisor", 200), ("finance", 403), ("expert", 403)):
        client.force_login(make_actor(role, make_office(hangzhou)).user)
        assert client.get(INBOX).status_code == found
        assert client.post(f"{INBOX}take/").status_code == 403
    client.force_login(make_actor("unit_admin", make_unit()).user)
    assert client.get(INBOX).status_code == 403
    client.force_login(approver(hangzhou).user)
    assert "开始审核</button>" not in client.get(INBOX).content.decode()
