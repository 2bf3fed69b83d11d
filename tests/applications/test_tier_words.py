"""What a unit is told while its file is with a recommending office or the level above: what happened, what comes next, no rank."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.enums import APPLICANT_LABELS
from applications.models import Decision
from applications.selectors.coming import coming, waiting_for
from applications.services.decide import withhold_recommendation
from applications.services.messages import TO_OFFICE, TO_RECOMMENDER, TO_UNIT
from applications.tasks import announce_move
from portal.accounts.actor import SYSTEM
from portal.audit.services import record
from portal.calendars import clock
from portal.notifications.models import Message
from portal.policy.procedure import MOVES, Status
from tests.reviews import recommend_kit as kit


@pytest.fixture
def tiers(db):
    with clock.travel(kit.NOON), kit.tiers() as found:
        yield found


def page(user, name, **kwargs):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"applications:{name}", kwargs={"jurisdiction": "tiers", **kwargs})).content.decode()


NEW = ("qualified", "not_recommended", "recommended", "reported", "in_recheck", "rechecked")
NEXT = {
    "qualified": "2024年7月24日（周三）23:59:59前统一报送推荐名单",
    "not_recommended": "理由见不予推荐告知书",
    "recommended": "等待三级市人力资源和社会保障局受理审核",
    "reported": "上级部门将组织复核",
    "in_recheck": "上级部门正在复核",
    "rechecked": "上级部门正在复核",
}


@pytest.mark.parametrize("status", NEW)
def test_each_page_of_the_unit_says_the_state_and_what_comes_next(tiers, status):
    desk = {"qualified": "recommender", "not_recommended": "recommender", "recommended": "bureau"}.get(
        status, "superior"
    )
    file = kit._file(tiers.call, "enterprise", status, desk=desk, recommender=tiers.districts[0], route="place")
    for name in ("history", "receipt"):
        shown = page(file.created_by, name, pk=file.pk)
        assert APPLICANT_LABELS[Status(status)] in shown
        assert NEXT[status] in shown
        assert "三级市甲区人力资源和社会保障局" in shown
    client = Client()
    client.force_login(file.created_by)
    home = client.get("/home/").content.decode()
    assert APPLICANT_LABELS[Status(status)] in home
    assert waiting_for(file) in home
    assert bool(waiting_for(file)) == (status != "not_recommended")


@pytest.mark.parametrize("status", Status)
def test_no_word_about_a_file_tells_of_rank_or_points(tiers, status):
    file = kit.a_file(tiers.call, tiers.districts[0])
    for desk in ("recommender", "bureau", "superior"):
        file.status, file.desk = status.value, desk
        said = coming(file) + waiting_for(file) + file.applicant_label
        assert not any(word in said for word in ("名次", "排序", "分数", "得分", "备选", "第 "))


def test_the_timeline_shows_the_way_of_a_file_but_not_what_offices_write_to_each_other(tiers):
    file = kit.a_file(tiers.call, tiers.districts[0])
    for action in ("qualify", "recommend", "hand_back", "report", "finish_recheck", "finish_review", "shortlist"):
        record(by=SYSTEM, action=f"application.{action}", obj=file, jurisdiction_id=tiers.place.pk, reason="内部理由")
    record(by=SYSTEM, action="application.return", obj=file, jurisdiction_id=tiers.place.pk, reason="请补正第三页")
    shown = page(file.created_by, "history", pk=file.pk)
    for label in ("推荐审核通过", "推荐报送", "退回推荐部门", "报送上级", "请补正第三页"):
        assert label in shown
    for hidden in ("内部理由", "办结上级复核", "办结评审", "列入拟认定名单"):
        assert hidden not in shown


def test_a_unit_is_told_why_it_is_not_recommended(tiers, django_capture_on_commit_callbacks):
    file = kit.a_file(tiers.call, tiers.districts[0])
    with django_capture_on_commit_callbacks(execute=True):
        withhold_recommendation(application=file, reason="场地面积与填报不符。", by=tiers.recommender)
    assert [each.title for each in Message.objects.filter(user=file.created_by)] == ["申报不予推荐"]
    assert "场地面积与填报不符。" in page(file.created_by, "history", pk=file.pk)


def test_every_move_told_has_words_and_is_told_once(tiers):
    file = kit.a_file(tiers.call, tiers.districts[0])
    Decision.objects.create(
        application=file, version=file.current, kind="return", reason="", due_at=kit.CLOSES,
        decided_by=tiers.recommender.user, decided_at=kit.NOON,
    )  # fmt: skip
    for move in TO_UNIT:
        for _ in range(2):
            announce_move(tiers.place.pk, file.current_id, move)
    told = Message.objects.filter(user=file.created_by)
    assert sorted(each.title for each in told) == sorted(title for title, _ in TO_UNIT.values())
    assert not any("{" in each.body for each in told)
    assert "已由三级市甲区人力资源和社会保障局推荐报送" in told.get(title="申报已推荐").body


def test_what_is_told_are_moves_and_work_within_an_office_is_not_told():
    moves = {each.action for each in MOVES}
    assert set(TO_UNIT) | set(TO_OFFICE) | set(TO_RECOMMENDER) <= moves
    assert not {"qualify", "reexamine", "hand_back"} & set(TO_UNIT)


def test_a_recommending_office_is_asked_to_examine_not_to_accept(tiers):
    file = kit.a_file(tiers.call, tiers.districts[0], status="submitted")
    announce_move(tiers.place.pk, file.current_id, "submit")
    assert set(Message.objects.filter(title="新申报待审核").values_list("user", flat=True)) == {
        tiers.recommender.user.pk, tiers.colleague.user.pk,
    }  # fmt: skip
    assert not Message.objects.filter(title="新申报待受理").exists()


def test_the_bureau_sees_who_recommends_and_the_office_does_not_need_to(tiers):
    file = kit._file(
        tiers.call, "enterprise", "recommended", desk="bureau", recommender=tiers.districts[0], route="place"
    )
    shown = page(tiers.officer.person, "inbox")
    assert 'data-label="推荐部门" class="">三级市甲区人力资源和社会保障局' in shown
    assert "推荐部门：三级市甲区人力资源和社会保障局" in page(tiers.officer.person, "reading", pk=file.pk)
    kit.a_file(tiers.call, tiers.districts[0], status="submitted")
    assert 'data-label="推荐部门"' not in page(tiers.recommender.person, "inbox")


def test_without_the_tier_there_is_no_such_column(tiers, hangzhou):
    from tests.applications.desk_factories import officer, submitted
    from tests.factories import make_call

    submitted(make_call(hangzhou))
    client = Client()
    client.force_login(officer(hangzhou).person)
    for query in ("", "?cols=number,recommender"):
        assert "推荐部门" not in client.get(f"/hangzhou/desk/inbox/{query}").content.decode()


def test_the_column_costs_no_statement_more_the_longer_the_list(tiers):
    kit.many_files(tiers.call, tiers.districts[0], 3)
    tiers.call.applications.update(status="recommended", desk="bureau")
    client = Client()
    client.force_login(tiers.officer.person)
    address = reverse("applications:inbox", kwargs={"jurisdiction": "tiers"})
    client.get(address)
    counts = []
    for more in (0, 297):
        if more:
            kit.many_files(tiers.call, tiers.districts[1], more)
            tiers.call.applications.update(status="recommended", desk="bureau")
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12
