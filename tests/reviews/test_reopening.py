"""A sheet comes back by the chair alone, with a reason; what had been handed in stays, and nobody sees more than before."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.chain import canonical
from portal.audit.models import Event
from portal.notifications.models import Message
from reviews.models import Opinion, OpinionVersion, Panel
from reviews.selectors.paper_sheets import notes_for_bureau
from reviews.selectors.printing import panel_record
from reviews.selectors.reopening import members_for_chair, versions_of
from reviews.services import opinions, panels
from reviews.services.refusal import Refused
from reviews.services.reopening import ask_to_reopen, reopen_opinion
from tests.factories import PASSWORD
from tests.reviews import kit, sheet_kit
from tests.reviews.select_kit import Desk, desk
from tests.reviews.test_pages import sign_in

pytestmark = [pytest.mark.django_db]
WHY = "本人申请更正第 2 项评分依据"
Work = tuple[Panel, list[Actor]]


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("kunshan") as made:
        yield made


@pytest.fixture
def work(bureau: Desk) -> Work:
    return sheet_kit.working(bureau)


def address(name: str, **named: Any) -> str:
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": "kunshan", **named})


def complete(work: Work) -> Work:
    panel, people = work
    for actor in people:
        sheet_kit.hand_in(panel, actor)
    return sheet_kit.fresh(panel), people


def test_the_chair_hands_a_sheet_back_and_what_was_handed_in_stays(
    work: Work, django_capture_on_commit_callbacks: Any
) -> None:
    panel, people = complete(work)
    assert panel.state == "complete"
    member = kit.seat(panel, people[2])
    before = Opinion.objects.get(member=member)
    with django_capture_on_commit_callbacks(execute=True):
        after = reopen_opinion(member=member, reason=f" {WHY} ", by=people[0])
    assert (after.submitted_at, after.sha256, after.signature, after.round) == (None, "", "", 1)
    assert (after.scores, after.text) == (before.scores, before.text)
    version = OpinionVersion.objects.get()
    assert (version.round, version.sha256, version.reason) == (0, before.sha256, WHY)
    assert (version.submitted_at, version.reopened_by) == (before.submitted_at, people[0].user)
    assert hashlib.sha256(canonical(version.said).encode()).hexdigest() == before.sha256
    assert sheet_kit.fresh(panel).state == "working"
    event = Event.objects.get(action="opinion.reopen")
    assert (event.reason, event.actor) == (WHY, people[0].user)
    assert event.data == {"member": member.pk, "round": 0, "sha256": before.sha256, "unsealed": False}
    told = Message.objects.get(user=people[2].user, key=f"opinion:{before.pk}:reopened:0")
    assert told.link == address("opinion", pk=member.pk)
    assert WHY in told.body


def test_only_the_declared_chair_of_that_panel_may_and_the_bureau_for_the_chair(bureau: Desk, work: Work) -> None:
    panel, people = complete(work)
    theirs, chairs = kit.seat(panel, people[2]), kit.seat(panel, people[0])
    other_panel, others = sheet_kit.working(bureau)
    assert other_panel.pk != panel.pk
    for actor in (people[1], people[2], others[0]):
        with pytest.raises(WrongState, match="组长"):
            reopen_opinion(member=theirs, reason=WHY, by=actor)
    for actor in (bureau.officer, bureau.approver):
        with pytest.raises(PermissionDenied):
            reopen_opinion(member=theirs, reason=WHY, by=actor)
    for actor in (people[0], people[1], bureau.approver):
        with pytest.raises(PermissionDenied):
            reopen_opinion(member=chairs, reason=WHY, by=actor)
    assert not OpinionVersion.objects.exists()
    reopen_opinion(member=chairs, reason=WHY, by=bureau.officer)
    assert OpinionVersion.objects.get().opinion.member == chairs


def test_a_reason_and_a_handed_in_sheet_are_needed(work: Work) -> None:
    panel, people = work
    member = kit.seat(panel, people[1])
    with pytest.raises(WrongState, match="尚未提交"):
        reopen_opinion(member=member, reason=WHY, by=people[0])
    sheet_kit.hand_in(panel, people[1])
    for reason in ("", "  ", "长" * 301):
        with pytest.raises(Refused, match="理由") as refusal:
            reopen_opinion(member=member, reason=reason, by=people[0])
        assert refusal.value.field == "reason"
    reopen_opinion(member=member, reason=WHY, by=people[0])
    with pytest.raises(WrongState, match="尚未提交"):
        reopen_opinion(member=member, reason=WHY, by=people[0])


def test_each_round_is_kept_and_the_new_sheet_has_its_own_hash(
    bureau: Desk, work: Work, django_capture_on_commit_callbacks: Any
) -> None:
    panel, people = complete(work)
    member = kit.seat(panel, people[1])
    hashes = [Opinion.objects.get(member=member).sha256]
    with django_capture_on_commit_callbacks(execute=True):
        for points in ("11", "10"):
            reopen_opinion(member=member, reason=WHY, by=people[0])
            hashes.append(sheet_kit.hand_in(panel, people[1], p1=points).sha256)
    assert len(set(hashes)) == 3
    assert list(OpinionVersion.objects.values_list("round", "sha256")) == [(0, hashes[0]), (1, hashes[1])]
    told = Message.objects.filter(user=bureau.officer.user, key__startswith=f"panel:{panel.pk}:complete")
    assert told.count() == 1, "asked twice within one transaction, the bureau is told of the last completion"
    opinions.unseal(panel=panel, by=bureau.officer)
    versions = versions_of(sheet_kit.fresh(panel))
    assert [each["changes"] for each in versions] == [
        ["1 体现产业发展导向：12 → 11"],
        ["1 体现产业发展导向：11 → 10"],
    ]


def test_after_the_seal_only_where_the_setting_says_so_and_marked(bureau: Desk, work: Work) -> None:
    panel, people = complete(work)
    opinions.unseal(panel=panel, by=bureau.officer)
    member = kit.seat(panel, people[1])
    with pytest.raises(WrongState, match="已启封"):
        reopen_opinion(member=member, reason=WHY, by=people[0])
    bureau.call.settings = bureau.call.settings | {"review.reopen_after_unseal": True}
    bureau.call.save()
    with kit.clock.travel(kit.clock.now() + kit.timedelta(minutes=5)):
        reopen_opinion(member=kit.seat(panel, people[1]), reason=WHY, by=people[0])
        found = sheet_kit.fresh(panel)
        assert found.state == "working"
        with pytest.raises(WrongState, match="已启封"):
            panels.remove_member(member=kit.seat(panel, people[1]), reason="换人", by=bureau.officer)
        with pytest.raises(WrongState, match="启封"):
            opinions.finish_review(panel=panel, conclusion="建议认定。", by=bureau.officer)
        (version,) = versions_of(found)
        assert (version["late"], version["changes"]) == (True, None)
        sheet_kit.hand_in(panel, people[1], p2="10")
    record = panel_record(sheet_kit.fresh(panel))
    assert [(each["late"], each["reason"]) for each in record["reopenings"]] == [(True, WHY)]
    assert "said" not in record["reopenings"][0]


def test_a_closed_panel_gives_nothing_back(bureau: Desk, work: Work) -> None:
    panel, people = complete(work)
    opinions.unseal(panel=panel, by=bureau.officer)
    kit.visited(panel, bureau.officer)
    opinions.finish_review(panel=panel, conclusion="建议认定。", by=bureau.officer)
    with pytest.raises(WrongState, match="评审结束"):
        reopen_opinion(member=kit.seat(panel, people[1]), reason=WHY, by=people[0])


def test_versions_say_nothing_before_the_seal_is_open(bureau: Desk, work: Work) -> None:
    panel, people = complete(work)
    reopen_opinion(member=kit.seat(panel, people[1]), reason=WHY, by=people[0])
    (version,) = versions_of(sheet_kit.fresh(panel))
    assert set(version) == {"name", "round", "submitted_at", "at", "by", "reason", "sha256", "late"}
    page = sign_in(bureau.officer).get(address("panel", pk=panel.application_id)).content.decode()
    assert WHY in page
    assert kit.LONG not in page
    assert "退回前的内容" not in page


def test_an_expert_asks_without_saying_why_and_the_chair_is_told(
    bureau: Desk, work: Work, django_capture_on_commit_callbacks: Any
) -> None:
    panel, people = complete(work)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            ask_to_reopen(member=kit.seat(panel, people[1]), by=people[1])
        ask_to_reopen(member=kit.seat(panel, people[0]), by=people[0])
    with pytest.raises(WrongState):
        ask_to_reopen(member=kit.seat(panel, people[1]), by=people[2])
    asked = Message.objects.filter(title="专家申请退回评估意见").order_by("id")
    assert {(each.user_id, each.link) for each in asked} == {
        (people[0].user.pk, address("chair", pk=panel.pk)),
        (bureau.officer.user.pk, address("panel", pk=panel.application_id)),
    }
    assert Event.objects.filter(action="opinion.reopen_ask").count() == 2
    unseal = sign_in(bureau.officer).get(address("panel_unseal", pk=panel.pk)).content.decode()
    assert "2 名专家申请退回意见，尚未办理" in unseal
    assert "本人申请退回" in sign_in(people[0]).get(address("chair", pk=panel.pk)).content.decode()
    opinion = reopen_opinion(member=kit.seat(panel, people[1]), reason=WHY, by=people[0])
    assert opinion.reopen_asked_at is None


def test_many_cost_as_many_queries_as_one(bureau: Desk, work: Work) -> None:
    panel, people = complete(work)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            found = sheet_kit.fresh(panel)
            notes = notes_for_bureau(found, may_run=True)
            assert len(list(members_for_chair(found))) == 5
        counts.append((len(notes["reopenings"]), len(notes["paper_seats"])))
        return len(asked)

    counts: list[tuple[int, int]] = []
    reopen_opinion(member=kit.seat(panel, people[1]), reason=WHY, by=people[0])
    one = queries()
    for actor in people[2:]:
        reopen_opinion(member=kit.seat(panel, actor), reason=WHY, by=people[0])
    sheet_kit.entered(panel, people[2], bureau.officer, replaces_draft=True)
    assert (queries(), counts) == (one, [(1, 1), (4, 4)])


def test_the_chairs_page_by_hand(bureau: Desk, work: Work) -> None:
    panel, people = work
    for actor in people[:3]:
        sheet_kit.hand_in(panel, actor)
    chair = sign_in(people[0])
    page = chair.get(address("chair", pk=panel.pk))
    rows = page.context["members"]
    assert [(row.chair, row.handed_in) for row in rows] == [(at == 0, at < 3) for at in range(5)]
    text = page.content.decode()
    assert (kit.LONG in text, text.count("退回修改…"), "94.5" in text) == (False, 2, False)
    target = address("opinion_reopen", pk=kit.seat(panel, people[1]).pk)
    assert chair.get(target).status_code == 200
    assert chair.post(target, {"reason": "", "password": PASSWORD}).status_code == 422
    assert chair.post(target, {"reason": WHY, "password": PASSWORD}).status_code == 302
    assert OpinionVersion.objects.get().reason == WHY
    back = sign_in(people[1]).get(address("opinion", pk=kit.seat(panel, people[1]).pk)).content.decode()
    assert f"退回：{WHY}" in back
    home = sign_in(people[1]).get(address("expert_home")).content.decode()
    assert "意见已退回" in home
    for actor, name, pk in (
        (people[1], "chair", panel.pk),
        (people[1], "opinion_reopen", kit.seat(panel, people[2]).pk),
        (people[0], "opinion_reopen", kit.seat(panel, people[0]).pk),
    ):
        assert sign_in(actor).get(address(name, pk=pk)).status_code == 404
    at_desk = sign_in(bureau.officer)
    reply = at_desk.post(
        address("chair_reopen", pk=kit.seat(panel, people[0]).pk), {"reason": WHY, "password": PASSWORD}
    )
    assert reply.status_code == 302
    assert OpinionVersion.objects.count() == 2
