"""A round of correction: only what the remarks opened, until the deadline, with a new version beside the old."""

from datetime import timedelta

import pytest

from applications.enums import RemarkState
from applications.models import Application, DraftSection, Remark
from applications.services.draft import save_section
from applications.services.groups import add_instance
from applications.services.moves import WrongState
from applications.services.submit import TooLate, submit_application
from portal.calendars import clock
from tests.applications.applicant_kit import browser, complete, operator
from tests.applications.test_pages import url
from tests.factories import make_call

EQUIPMENT = "project/a1/equipment"


def returned(hangzhou, by, *paths):
    """Return a file sent back with a remark on each path."""
    application = complete(make_call(hangzhou), by)
    version = submit_application(application_id=application.pk, by=by, declared=True)
    application = Application.objects.get(pk=application.pk)
    application.status, application.unlocked = "returned", list(paths)
    application.correction_due_at = clock.now() + timedelta(days=5)
    application.save()
    for number, path in enumerate(paths, start=1):
        Remark.objects.create(
            application=application,
            version=version,
            path=path,
            label=f"位置{number}",
            text=f"请更正第 {number} 处",
            state=RemarkState.SENT,
            made_by=by.user,
            made_at=clock.now(),
        )
    return application


def answers(path):
    return DraftSection.objects.get(path=path).answers


def test_only_opened_cells_rows_and_fields_change(hangzhou):
    by = operator()
    application = returned(hangzhou, by, f"{EQUIPMENT}/items/r1/model", f"{EQUIPMENT}/items/r2", "basic/postcode")
    rows = [{**row, "model": "新型号", "quantity": "99"} for row in answers(EQUIPMENT)["items"]]
    save_section(application_id=application.pk, path=EQUIPMENT, answers={"items": rows[:2]}, revision=1, by=by)
    after = {row["_id"]: row for row in answers(EQUIPMENT)["items"]}
    assert {key: (row["model"], str(row["quantity"])) for key, row in after.items()} == {
        "r1": ("新型号", "4"),
        "r2": ("新型号", "99"),
        "r3": ("IR-12T", "12"),
    }
    save_section(
        application_id=application.pk,
        path="basic",
        answers=answers("basic") | {"postcode": "310000", "address": "别处"},
        revision=1,
        by=by,
    )
    assert (answers("basic")["postcode"], answers("basic")["address"]) == ("310000", "杭州市余杭区测试路 1 号")
    with pytest.raises(WrongState, match="未开放增减项目"):
        add_instance(application_id=application.pk, key="project", by=by)


def test_a_remark_on_a_column_opens_its_table_and_one_on_a_condition_what_it_reads(hangzhou):
    by = operator()
    application = returned(hangzhou, by, f"{EQUIPMENT}/items/tenure", "@HZ-S02")
    rows = answers(EQUIPMENT)["items"]
    save_section(application_id=application.pk, path=EQUIPMENT, answers={"items": rows[:1]}, revision=1, by=by)
    assert len(answers(EQUIPMENT)["items"]) == 1
    typed = answers("standard") | {"social_trainees": "600", "enrol": "1"}
    save_section(application_id=application.pk, path="standard", answers=typed, revision=1, by=by)
    assert (answers("standard")["social_trainees"], answers("standard")["enrol"]) == ("600", 268)


def test_remarks_stand_at_the_top_and_at_their_places(hangzhou):
    by = operator()
    application = returned(hangzhou, by, "basic/postcode", f"{EQUIPMENT}/items/r2", "#licence")
    client = browser(by)
    top = client.get(url("tasklist", application)).text
    assert all(f"请更正第 {number} 处" in top for number in (1, 2, 3))
    basic = client.get(url("section", application, path="basic")).text
    assert "请更正第 1 处" in basic
    assert 'name="address"' in basic
    assert basic.count("readonly") == 9  # nine of the page's ten questions stay locked
    assert "请更正第 2 处" in client.get(url("section", application, path=EQUIPMENT)).text
    assert "请更正第 3 处" in client.get(url("materials", application)).text
    locked = client.get(url("section", application, path="training")).text
    assert "只读" in locked


def test_handing_in_makes_a_second_version_under_the_same_number(hangzhou):
    by = operator()
    application = returned(hangzhou, by, "basic/postcode")
    save_section(
        application_id=application.pk,
        path="basic",
        answers=answers("basic") | {"postcode": "310000"},
        revision=1,
        by=by,
    )
    version = submit_application(application_id=application.pk, by=by, declared=True)
    after = Application.objects.get(pk=application.pk)
    assert (version.number, after.status, after.number, after.unlocked) == (2, "resubmitted", application.number, [])
    changes = browser(by).get(url("version_changes", application, number=2)).text
    assert "311100" in changes
    assert "310000" in changes


def test_the_term_of_correction_ends_with_its_last_day(hangzhou):
    by = operator()
    application = returned(hangzhou, by, "basic/postcode")
    with clock.travel(application.correction_due_at), pytest.raises(TooLate, match="补正期限已过"):
        submit_application(application_id=application.pk, by=by, declared=True)
    with clock.travel(application.correction_due_at - timedelta(seconds=1)):
        assert submit_application(application_id=application.pk, by=by, declared=True).number == 2
