"""The list of units: free names, a second person, nothing changed behind an approval."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.services.moves import WrongState
from reviews.models import Shortlist
from reviews.services import shortlists
from reviews.services.refusal import Refused
from tests.factories import PASSWORD, make_actor, make_office
from tests.reviews.kit import a_call, approver, listed, make_application, officer
from tests.reviews.test_pages import sign_in, url


@pytest.fixture
def people(hangzhou: Any) -> Any:
    """The drafter, the approver and a call."""
    return officer(hangzhou), approver(hangzhou), a_call(hangzhou)


def test_only_reviewed_units_of_the_call_are_listed(hangzhou: Any, people: Any) -> None:
    by, _, call = people
    shortlist = shortlists.draft_shortlist(call=call, title="名单", by=by)
    for application in (
        make_application(call, status="accepted"),
        make_application(a_call(hangzhou), status="reviewed"),
    ):
        with pytest.raises((WrongState, Refused)):
            shortlists.add_entry(shortlist=shortlist, application=application, mode="unit", core="某学院", by=by)
    assert shortlist.entries.count() == 0


@pytest.mark.parametrize(("mode", "core"), [("unit", ""), ("unit", "长" * 41), ("other", "某学院")])
def test_a_name_follows_the_pattern(people: Any, mode: str, core: str) -> None:
    by, _, call = people
    shortlist = shortlists.draft_shortlist(call=call, title="名单", by=by)
    with pytest.raises(Refused):
        shortlists.add_entry(
            shortlist=shortlist, application=make_application(call, status="reviewed"), mode=mode, core=core, by=by
        )


def test_a_name_is_granted_once(people: Any) -> None:
    by, _, call = people
    first = shortlists.draft_shortlist(call=call, title="一", by=by)
    second = shortlists.draft_shortlist(call=call, title="二", by=by)
    entry = shortlists.add_entry(
        shortlist=first, application=make_application(call, status="reviewed"), mode="region", core="临安", by=by
    )
    other = make_application(call, status="reviewed")
    for shortlist in (first, second):
        with pytest.raises(Refused, match="占用"):
            shortlists.add_entry(shortlist=shortlist, application=other, mode="unit", core=" 临安 ", by=by)
    shortlists.remove_entry(entry=entry, reason="另行研究", by=by)
    assert (
        shortlists.add_entry(shortlist=second, application=other, mode="region", core="临安", by=by).granted_name
        == "杭州市公共实训基地临安分基地"
    )


def test_a_removed_unit_is_reviewed_again(people: Any) -> None:
    by, _, call = people
    entry = listed(call, by).entries.get()
    shortlists.remove_entry(entry=entry, reason="另行研究", by=by)
    entry.refresh_from_db()
    assert (entry.removed, entry.application.status) == (True, "reviewed")


def test_an_empty_list_is_not_proposed(people: Any) -> None:
    by, _, call = people
    with pytest.raises(Refused, match="为空"):
        shortlists.propose_shortlist(shortlist=shortlists.draft_shortlist(call=call, title="名单", by=by), by=by)


def test_a_second_person_approves(hangzhou: Any, people: Any) -> None:
    by, boss, call = people
    shortlist = listed(call, by)
    with pytest.raises(WrongState):
        shortlists.approve_shortlist(shortlist=shortlist, by=boss)
    shortlists.propose_shortlist(shortlist=shortlist, by=by)
    same = make_actor("bureau_approver", make_office(hangzhou), by.user)  # the drafter in another capacity
    with pytest.raises(PermissionDenied, match="另一位"):
        shortlists.approve_shortlist(shortlist=shortlist, by=same)
    with pytest.raises(PermissionDenied):
        shortlists.approve_shortlist(shortlist=shortlist, by=officer(hangzhou))
    shortlists.approve_shortlist(shortlist=shortlist, by=boss)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shortlist.objects.filter(pk=shortlist.pk).update(approved_by=by.user)


def test_a_proposed_list_stands_until_it_is_sent_back(people: Any) -> None:
    by, boss, call = people
    shortlist = listed(call, by)
    entry = shortlist.entries.get()
    shortlists.propose_shortlist(shortlist=shortlist, by=by)
    with pytest.raises(WrongState):
        shortlists.edit_entry(entry=entry, mode="unit", core="另名", by=by)
    with pytest.raises(Refused):
        shortlists.send_back_shortlist(shortlist=shortlist, opinion="", by=boss)
    shortlists.send_back_shortlist(shortlist=shortlist, opinion="名称请核对", by=boss)
    assert (
        shortlists.edit_entry(entry=entry, mode="unit", core="另名", by=by).granted_name
        == "杭州市公共实训基地另名分基地"
    )


def test_an_approver_declines_on_the_page_of_the_review(people: Any) -> None:
    _, boss, call = people
    application = make_application(call, status="reviewed")
    client = sign_in(boss)
    assert (
        url("reviews:decline", pk=application.pk)
        in client.get(url("reviews:panel", pk=application.pk)).content.decode()
    )
    assert (
        client.post(url("reviews:decline", pk=application.pk), {"password": PASSWORD, "reason": ""}).status_code == 422
    )
    client.post(url("reviews:decline", pk=application.pk), {"password": PASSWORD, "reason": "条件不符"})
    application.refresh_from_db()
    assert application.status == "declined"


def test_declining_takes_the_unit_off_and_tells_why(people: Any) -> None:
    by, boss, call = people
    entry = listed(call, by).entries.get()
    with pytest.raises(PermissionDenied):
        shortlists.decline_application(application=entry.application, reason="条件不符", by=by)
    with pytest.raises(Refused):
        shortlists.decline_application(application=entry.application, reason="", by=boss)
    shortlists.decline_application(application=entry.application, reason="条件不符", by=boss)
    entry.refresh_from_db()
    assert (entry.removed, entry.application.status) == (True, "declined")
