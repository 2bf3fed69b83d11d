"""Forming a panel: who may sit on it, how many, and what each change leaves behind."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from portal.audit.models import Event
from portal.policy.text import plain_name
from reviews.models import Panel
from reviews.services import panels
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office
from tests.reviews.kit import (
    BY_HAND,
    a_call,
    approver,
    declare_all,
    hand_in,
    make_application,
    make_expert,
    officer,
    seat,
    working_panel,
)


def test_only_an_accepted_application_gets_a_panel_and_only_one(hangzhou: Any) -> None:
    by, call = officer(hangzhou), a_call(hangzhou)
    with pytest.raises(WrongState):
        panels.form_panel(application=make_application(call, status="checking"), by=by)
    application = make_application(call)
    first = panels.form_panel(application=application, by=by)
    assert panels.form_panel(application=application, by=by) == first


@pytest.mark.parametrize("role", ["bureau_approver", "supervisor", "expert", "finance", "security_admin"])
def test_others_form_no_panel(hangzhou: Any, role: str) -> None:
    application = make_application(a_call(hangzhou))
    with pytest.raises(PermissionDenied):
        panels.form_panel(application=application, by=make_actor(role, make_office(hangzhou)))
    assert Panel.objects.count() == 0


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6])
def test_a_panel_of_the_wrong_size_does_not_begin(hangzhou: Any, size: int) -> None:
    application = make_application(a_call(hangzhou))
    with pytest.raises(Refused, match=r"不少于 5 人|单数"):
        working_panel(application, officer(hangzhou), size)
    application.refresh_from_db()
    assert application.status == "accepted"


@pytest.mark.parametrize("size", [5, 7])
def test_an_odd_panel_of_enough_members_begins(hangzhou: Any, size: int) -> None:
    application = make_application(a_call(hangzhou))
    panel, _ = working_panel(application, officer(hangzhou), size)
    application.refresh_from_db()
    assert (panel.state, application.status) == ("working", "in_review")


def test_the_bureau_may_change_size_and_parity(hangzhou: Any) -> None:
    call = a_call(hangzhou)
    call.settings = {**call.settings, "panel.minimum": 4, "panel.odd": False}
    call.save()
    panel, _ = working_panel(make_application(call), officer(hangzhou), 4)
    assert panel.state == "working"


@pytest.mark.parametrize("same", ["code", "name"])
def test_the_system_recuses_experts_of_the_same_unit(hangzhou: Any, same: str) -> None:
    by, application = officer(hangzhou), make_application(a_call(hangzhou), name="杭州凤山（智造）技师学院")
    fields = (
        {"unit_credit_code": application.organisation.credit_code}
        if same == "code"
        else {"unit_name": "杭州凤山(智造) 技师学院"}
    )
    expert, _ = make_expert(hangzhou, **fields)
    panel = panels.form_panel(application=application, by=by)
    with pytest.raises(Refused, match="应当回避"):
        panels.add_member(panel=panel, expert=expert, by=by, reason=BY_HAND)
    assert panel.members.count() == 0


def test_names_are_compared_as_people_read_them() -> None:
    assert plain_name("杭州 凤山（智造）·学院") == plain_name("杭州凤山(智造)学院")
    assert plain_name("杭州凤山学院") != plain_name("杭州凤山职业学院")


@pytest.mark.parametrize("fields", [{"state": "paused"}, {"state": "removed"}, {"user": None}])
def test_who_cannot_act_is_not_chosen(hangzhou: Any, fields: dict[str, Any]) -> None:
    by = officer(hangzhou)
    panel = panels.form_panel(application=make_application(a_call(hangzhou)), by=by)
    expert, _ = make_expert(hangzhou, **fields)
    with pytest.raises(Refused):
        panels.add_member(panel=panel, expert=expert, by=by, reason=BY_HAND)


def test_a_panel_needs_exactly_one_chair(hangzhou: Any) -> None:
    by = officer(hangzhou)
    panel = panels.form_panel(application=make_application(a_call(hangzhou)), by=by)
    for _ in range(5):
        panels.add_member(panel=panel, expert=make_expert(hangzhou)[0], by=by, reason=BY_HAND)
    with pytest.raises(Refused, match="组长"):
        panels.convene(panel=panel, by=by)
    first, second = panel.members.all()[:2]
    panels.name_chair(member=first, by=by)
    panels.name_chair(member=second, by=by)
    assert list(panel.members.filter(chair=True)) == [second]
    assert panels.convene(panel=panel, by=by).state == "working"


def test_who_was_taken_off_before_the_start_may_be_chosen_again(hangzhou: Any) -> None:
    by = officer(hangzhou)
    panel = panels.form_panel(application=make_application(a_call(hangzhou)), by=by)
    expert, _ = make_expert(hangzhou)
    member = panels.add_member(panel=panel, expert=expert, by=by, reason=BY_HAND)
    panels.remove_member(member=member, reason="误选", by=by)
    assert panels.add_member(panel=panel, expert=expert, by=by, reason=BY_HAND).pk == member.pk


def test_a_replacement_takes_the_chair_and_the_old_member_loses_the_file(hangzhou: Any) -> None:
    by, application = officer(hangzhou), make_application(a_call(hangzhou))
    panel, people = working_panel(application, by)
    declare_all(panel, people)
    newcomer, _ = make_expert(hangzhou)
    panels.replace_member(member=seat(panel, people[0]), expert=newcomer, reason="因公出差", by=by)
    gone = seat(panel, people[0])
    assert (gone.state, gone.chair, gone.reason) == ("removed", False, "因公出差")
    assert panel.members.get(chair=True).expert == newcomer
    assert not people[0].user.has_perm("applications.read_file", application)
    assert people[1].user.has_perm("applications.read_file", application)
    actions = list(Event.objects.filter(chain__key=f"reviews.panel:{panel.pk}").values_list("action", flat=True))
    assert actions[:3] == ["panel.chair", "panel.remove", "panel.add"]  # newest first


def test_who_has_handed_in_stays_and_a_reason_is_needed(hangzhou: Any) -> None:
    by = officer(hangzhou)
    panel, people = working_panel(make_application(a_call(hangzhou)), by)
    declare_all(panel, people)
    hand_in(panel, people[1])
    with pytest.raises(WrongState, match="已提交评估意见"):
        panels.remove_member(member=seat(panel, people[1]), reason="调整", by=by)
    with pytest.raises(Refused, match="理由"):
        panels.remove_member(member=seat(panel, people[2]), reason=" ", by=by)


def test_an_approver_may_look_but_not_change(hangzhou: Any) -> None:
    panel, people = working_panel(make_application(a_call(hangzhou)), officer(hangzhou))
    with pytest.raises(PermissionDenied):
        panels.remove_member(member=seat(panel, people[2]), reason="调整", by=approver(hangzhou))
