"""Saving a draft: nothing typed is lost, nothing foreign gets in."""

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application, DraftSection
from applications.selectors.workspace import load
from applications.services.draft import (
    Conflict,
    ExistingDraft,
    NotOpen,
    confirm_prefilled,
    save_section,
    start_application,
)
from applications.services.moves import WrongState
from applications.services.submit import submit_application
from portal.calendars import clock
from tests.applications.applicant_kit import begin, complete, operator
from tests.factories import make_call, make_unit

EQUIPMENT = "project/a1/equipment"


def save(application, path, answers, by, revision=0, **more):
    return save_section(application_id=application.pk, path=path, answers=answers, revision=revision, by=by, **more)


def page(application, path):
    return DraftSection.objects.get(application=application, path=path)


@pytest.mark.rule("G-11")
def test_a_second_draft_is_not_made_but_the_first_one_offered(hangzhou):
    by, call = operator(), make_call(hangzhou)
    first = begin(call, by)
    with pytest.raises(ExistingDraft) as offered:
        start_application(call=call, track_key="school", by=by)
    assert (offered.value.application, Application.objects.count()) == (first, 1)
    start_application(call=call, track_key="enterprise", by=by)  # another track is another application
    assert Application.objects.count() == 2


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_a_call_that_is_not_open_takes_nothing(hangzhou, state):
    with pytest.raises(NotOpen):
        begin(make_call(hangzhou, state=state), operator())


def test_a_call_opens_and_closes_to_the_second(hangzhou):
    call = make_call(hangzhou)
    opened = call.opens_at.replace(microsecond=0)
    call.opens_at = opened
    call.save()
    with clock.travel(opened), pytest.raises((NotOpen, PermissionDenied)):
        begin(call, operator(make_unit(state="pending")))
    with clock.travel(opened.replace(year=opened.year - 1)), pytest.raises(NotOpen):
        begin(call, operator())
    with clock.travel(opened):
        assert begin(call, operator()).status == "draft"


def test_the_profile_and_the_last_application_prefill_marked_with_their_source(hangzhou):
    by = operator()
    submit_application(application_id=complete(make_call(hangzhou), by).pk, by=by, declared=True)
    second = begin(make_call(hangzhou), by)
    basic, equipment = page(second, "basic"), page(second, EQUIPMENT)
    assert basic.prefilled["address"] == "单位资料"
    assert basic.prefilled["intro"] == f"{clock.today():%Y} 年申报"
    assert set(equipment.prefilled) == {"items/r1", "items/r2", "items/r3"}
    told = [each for each in load(second).blocking if each.path == f"{EQUIPMENT}/items/r1"]
    assert [each.message for each in told] == [f"取自{clock.today():%Y} 年申报，请核对后点“确认无误”"]
    confirm_prefilled(application_id=second.pk, path=EQUIPMENT, keys=["items/r1"], by=by)
    assert set(page(second, EQUIPMENT).prefilled) == {"items/r2", "items/r3"}


def test_a_changed_row_needs_no_confirmation_and_reading_on_confirms_single_answers(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    DraftSection.objects.filter(path=EQUIPMENT).update(prefilled={"items/r1": "2022 年申报", "items/r2": "2022 年申报"})
    DraftSection.objects.filter(path="training").update(prefilled={"results": "2022 年申报"})
    rows = page(application, EQUIPMENT).answers["items"]
    rows[0]["quantity"] = "5"
    save(application, EQUIPMENT, {"items": rows}, by, 1, confirmed=True)
    save(application, "training", page(application, "training").answers, by, 1, confirmed=True)
    assert page(application, EQUIPMENT).prefilled == {"items/r2": "2022 年申报"}
    assert page(application, "training").prefilled == {}


def test_a_draft_keeps_what_cannot_be_taken(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    answers = page(application, "standard").answers | {"enrol": "大约二百", "social_trainees": "-3"}
    workspace = save(application, "standard", answers, by, 1)
    assert page(application, "standard").answers["enrol"] == "大约二百"
    assert {each.path for each in workspace.blocking} >= {"standard/enrol", "standard/social_trainees"}


def test_unknown_questions_and_locked_answers_do_not_get_in(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    save(application, "cover", {"unit_name": "别的单位", "evil": "x", "contact": "陈经办"}, by, 1)
    assert page(application, "cover").answers == {"unit_name": by.organisation.name, "contact": "陈经办"}


def test_a_save_on_an_older_page_is_a_conflict_and_changes_nothing(hangzhou):
    by = operator()
    colleague = operator(by.organisation)
    application = complete(make_call(hangzhou), by)
    save(application, "training", {"results": "对方的内容"}, colleague, 1)
    with pytest.raises(Conflict) as conflict:
        save(application, "training", {"results": "我的内容"}, by, 1)
    assert (conflict.value.draft.answers, conflict.value.mine) == ({"results": "对方的内容"}, {"results": "我的内容"})
    assert page(application, "training").answers == {"results": "对方的内容"}


def test_changes_to_different_cells_are_put_together(hangzhou):
    by = operator()
    colleague = operator(by.organisation)
    application = complete(make_call(hangzhou), by)
    base = page(application, EQUIPMENT).answers
    theirs = {"items": [base["items"][0] | {"model": "他改的"}, *base["items"][1:]]}
    mine = {"items": [base["items"][0] | {"quantity": "9"}, *base["items"][1:]]}
    save(application, EQUIPMENT, theirs, colleague, 1)
    save(application, EQUIPMENT, mine, by, 1, base=base)
    first = page(application, EQUIPMENT).answers["items"][0]
    assert (first["model"], first["quantity"]) == ("他改的", "9")
    with pytest.raises(Conflict) as conflict:
        save(application, EQUIPMENT, {"items": [base["items"][0] | {"model": "我改的"}]}, by, 1, base=base)
    assert conflict.value.clashes == {"items"}


def test_nobody_else_and_not_after_submission(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    with pytest.raises(Application.DoesNotExist):
        save(application, "training", {"results": "x"}, operator(), 1)
    submit_application(application_id=application.pk, by=by, declared=True)
    with pytest.raises(WrongState, match="不能再修改"):
        save(application, "training", {"results": "x"}, by, 1)


def test_a_character_no_font_has_is_refused_at_its_field(hangzhou):
    by = operator()
    application = complete(make_call(hangzhou), by)
    workspace = save(application, "training", {"results": "实训\U0002f800中心😀"}, by, 1)
    [problem] = [each for each in workspace.blocking if each.path == "training/results"]
    assert "“😀”" in problem.message
