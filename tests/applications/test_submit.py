"""Submitting: in time, whole, once."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application, ApplicationVersion
from applications.services.numbers import check_character, is_valid
from applications.services.submit import NotReady, TooLate, submit_application
from portal.audit.models import Event
from portal.calendars import clock
from portal.documents.models import Document
from tests.applications.applicant_kit import begin, complete, operator
from tests.factories import make_call


def test_a_complete_draft_becomes_a_version_with_a_receipt_number(hangzhou):
    by = operator()
    draft = complete(make_call(hangzhou, year=2024, batch=2), by)
    version = submit_application(application_id=draft.pk, by=by, declared=True)
    application = Application.objects.get(pk=draft.pk)
    assert (application.status, application.current, version.number) == ("submitted", version, 1)
    assert re.fullmatch(r"HZ-2024-02-YX-0001-[0-9A-Z]", application.number)
    assert is_valid(application.number)
    assert len(version.sha256) == 64
    assert version.answers["standard"]["enrol"] == 268
    assert {entry["slot"] for entry in version.manifest} >= {"licence", "contracts"}
    assert Event.objects.filter(action="application.submit", new_hash__gt="").count() == 1


def test_the_second_submission_of_a_double_click_gives_the_same_version(hangzhou):
    by = operator()
    draft = complete(make_call(hangzhou), by)
    first = submit_application(application_id=draft.pk, by=by, declared=True)
    assert submit_application(application_id=draft.pk, by=by, declared=True) == first
    assert ApplicationVersion.objects.count() == 1


@pytest.mark.rule("G-05")
@pytest.mark.parametrize(
    ("late_by", "accepted"), [(timedelta(0), True), (timedelta(milliseconds=999), True), (timedelta(seconds=1), False)]
)
def test_the_clock_of_the_server_decides(hangzhou, late_by, accepted):
    by, closes_at = operator(), (clock.now() + timedelta(days=1)).replace(microsecond=0)
    draft = complete(make_call(hangzhou, closes_at=closes_at), by)
    with clock.travel(closes_at + late_by):
        if accepted:
            assert submit_application(application_id=draft.pk, by=by, declared=True).number == 1
        else:
            with pytest.raises(TooLate, match="截止时间已过"):
                submit_application(application_id=draft.pk, by=by, declared=True)
    assert ApplicationVersion.objects.exists() is accepted
    assert Application.objects.get(pk=draft.pk).drafts.count() > 0


def test_an_unfinished_draft_is_refused_with_every_problem(hangzhou):
    by = operator()
    draft = begin(make_call(hangzhou), by)
    with pytest.raises(NotReady) as refusal:
        submit_application(application_id=draft.pk, by=by, declared=True)
    assert {"training/results", "#licence"} <= {problem.path for problem in refusal.value.problems}


def test_a_hard_condition_that_is_not_met_blocks_submission(hangzhou):
    by = operator()
    draft = complete(make_call(hangzhou), by, social_trainees="420")
    with pytest.raises(NotReady) as refusal:
        submit_application(application_id=draft.pk, by=by, declared=True)
    assert ["要求 ≥500 人，填报 420 人" in problem.message for problem in refusal.value.problems] == [True]


def test_another_unit_cannot_submit_it(hangzhou):
    draft = complete(make_call(hangzhou), operator())
    with pytest.raises(PermissionDenied):
        submit_application(application_id=draft.pk, by=operator(), declared=True)


def test_the_form_is_printed_after_submission(hangzhou, django_capture_on_commit_callbacks):
    by = operator()
    draft = complete(make_call(hangzhou), by)
    with django_capture_on_commit_callbacks(execute=True):
        submit_application(application_id=draft.pk, by=by, declared=True)
    assert Document.objects.get(kind="application_form").subject == Application.objects.get(pk=draft.pk).current


@pytest.mark.rule("P3-05")
def test_numbers_of_one_call_have_no_gap_and_a_sound_check_character(hangzhou):
    call = make_call(hangzhou, year=2024, batch=7)
    numbers = []
    for _ in range(3):
        by = operator()
        draft = complete(call, by)
        submit_application(application_id=draft.pk, by=by, declared=True)
        numbers.append(Application.objects.get(pk=draft.pk).number)
    assert [number.split("-")[4] for number in numbers] == ["0001", "0002", "0003"]
    assert all(is_valid(number) for number in numbers)


@pytest.mark.rule("P3-05")
def test_a_slip_of_the_hand_in_a_number_is_found():
    body = "HZ-2024-02-YX-0037"
    number = f"{body}-{check_character(body)}"
    assert is_valid(number)
    assert not is_valid(number.replace("0037", "0073"))
    assert not is_valid(number.replace("0037", "0038"))
