"""The pages of the recommending office and of the level that receives: who opens them, what they show when, how fast."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk import homes
from portal.tenancy.models import Organisation
from reviews.models import Recommendation, StampedPaper
from reviews.services import recommending, sealing
from tests.factories import PASSWORD
from tests.reviews import recommend_kit as kit
from tests.reviews.kit import png

CLOSED = kit.CLOSES + timedelta(seconds=1)


@pytest.fixture
def world(db: Any) -> Iterator[kit.Tiers]:
    """The three tiers at noon of 20 July 2024."""
    with clock.travel(kit.NOON), kit.tiers() as made:
        yield made


def url(name: str, **arguments: Any) -> str:
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": "tiers", **arguments})


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(actor: Actor, address: str) -> str:
    answer = client_of(actor).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def post(actor: Actor, address: str, **data: Any) -> Any:
    return client_of(actor).post(address, {"password": PASSWORD, **data})


def said(answer: Any, actor: Actor) -> str:
    """Return what the page after a redirect tells."""
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer.wsgi_request._messages._queued_messages[0])


def test_an_office_walks_from_its_list_to_the_sealed_submission(world: kit.Tiers) -> None:
    office, who = world.districts[0], world.recommender
    files = [kit.a_file(world.call, office, track) for track in ("enterprise", "other")]
    assert world.call.title in page(who, url("recommends"))
    begin = post(who, url("recommend_begin", call_pk=world.call.pk))
    recommendation = Recommendation.objects.get()
    assert begin.url == url("recommend", pk=recommendation.pk)
    for file in files:
        post(who, url("recommend_list", pk=recommendation.pk, application_pk=file.pk))
    first, second = recommendation.entries.order_by("rank")
    typed = {f"rank-{first.pk}": "2", f"rank-{second.pk}": "1"}
    assert "排序已保存" in said(post(who, url("recommend_rank", pk=recommendation.pk, line="municipal"), **typed), who)
    first.refresh_from_db()
    assert first.rank == 2
    text = page(who, url("recommend", pk=recommendation.pk))
    assert "尚有 5 处需完善" in text
    post(
        who,
        url("recommend_texts", pk=recommendation.pk),
        document_number="三级人社〔2024〕1号",
        **{"text-process": "经公开遴选。"},
    )
    kit.finish(recommendation, who)
    text = page(who, url("recommend", pk=recommendation.pk))
    assert "可以报送" in text
    sealed = post(who, url("recommend_seal", pk=recommendation.pk))
    assert sealed.status_code == 302
    recommendation.refresh_from_db()
    assert recommendation.state == "sealed"
    text = page(who, url("recommend", pk=recommendation.pk))
    assert "已报送" in text
    assert "保存排序" not in text
    assert recommendation.sha256[:8] in text


def test_the_submission_asks_for_the_password(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender)
    answer = post(world.recommender, url("recommend_seal", pk=recommendation.pk), password="wrong")
    assert (answer.status_code, "密码不正确" in answer.content.decode()) == (422, True)
    recommendation.refresh_from_db()
    assert recommendation.state == "draft"


def test_what_stands_in_the_way_is_told_where_it_is_pressed(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "school", "school")
    answer = post(world.recommender, url("recommend_seal", pk=recommendation.pk))
    assert (answer.status_code, "已列入 2 个，超出名额" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (("1", "1"), "第 1 名出现两次"),
        (("1", "3"), "名次有空缺"),
        (("1", ""), "应为 1 至 2 的整数"),
        (("1", "二"), "应为 1 至 2 的整数"),
        (("0", "1"), "名次有空缺"),
    ],
)
def test_typed_places_are_a_total_order(world: kit.Tiers, typed: tuple[str, str], problem: str) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    entries = kit.listed(recommendation, world.recommender, "enterprise", "other")
    data = {f"rank-{entry.pk}": place for entry, place in zip(entries, typed, strict=True)}
    answer = post(world.recommender, url("recommend_rank", pk=recommendation.pk, line="municipal"), **data)
    assert problem in said(answer, world.recommender)
    assert list(recommendation.entries.order_by("rank").values_list("pk", flat=True)) == [each.pk for each in entries]


def test_a_stamped_scan_is_taken_in_and_replaced(world: kit.Tiers) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    kit.listed(recommendation, world.recommender, "enterprise")
    address = url("recommend_stamp", pk=recommendation.pk, paper="letter")
    picture = png(Image.new("RGB", (20, 20)))
    for _ in range(2):
        upload = io.BytesIO(picture)
        upload.name = "推荐函.png"
        assert "已上传" in said(post(world.recommender, address, scan=upload), world.recommender)
    assert [(each.paper, each.removed_at is None) for each in StampedPaper.objects.all()] == [
        ("letter", False),
        ("letter", True),
    ]
    wrong = io.BytesIO(b"MZ no picture")
    wrong.name = "推荐函.pdf"
    assert "已上传" not in said(post(world.recommender, address, scan=wrong), world.recommender)
    assert StampedPaper.objects.count() == 2


def test_no_office_reaches_anothers_board_and_the_bureau_only_what_was_handed_in(world: kit.Tiers) -> None:
    draft = kit.begun(world.call, world.recommender)
    assert client_of(world.neighbour).get(url("recommend", pk=draft.pk)).status_code == 404
    assert client_of(world.officer).get(url("recommend", pk=draft.pk)).status_code == 404
    assert client_of(world.officer).get(url("received_one", pk=draft.pk)).status_code == 404
    for actor in (world.recommender, world.neighbour):
        assert client_of(actor).get(url("received")).status_code == 403
        assert client_of(actor).get(url("received_one", pk=draft.pk)).status_code == 403
        assert client_of(actor).get(url("received_call", call_pk=world.call.pk)).status_code == 403
    assert client_of(world.superior).get(url("recommends")).status_code == 403


def test_before_the_window_closes_the_bureau_sees_files_but_no_order(world: kit.Tiers) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    first, second = kit.listed(recommendation, world.recommender, "enterprise", "other")
    recommending.explain_entry(
        recommendation=recommendation, entry_id=second.pk, reason="规模最大", by=world.recommender
    )
    order = [second.pk, first.pk]
    recommending.rank_files(recommendation=recommendation, line="municipal", order=order, by=world.recommender)
    kit.finish(recommendation, world.recommender)
    sealing.seal_recommendation(recommendation=recommendation, by=world.recommender)
    letter = StampedPaper.objects.get(paper="letter")
    names = [entry.application.organisation.name for entry in (first, second)]
    scan = reverse("documents:file", kwargs={"pk": letter.stored_id})

    text = page(world.officer, url("received_one", pk=recommendation.pk))
    assert text.index(names[0]) < text.index(names[1])  # by their numbers
    assert ("规模最大" in text, "按推荐次序排列" in text, scan in text) == (False, False, False)
    assert '<b class="rank__place"></b>' in text
    assert client_of(world.officer).get(scan).status_code in {403, 404}
    assert client_of(world.recommender).get(scan).status_code == 200
    assert client_of(world.neighbour).get(scan).status_code in {403, 404}
    with clock.travel(CLOSED):
        text = page(world.officer, url("received_one", pk=recommendation.pk))
        assert text.index(names[1]) < text.index(names[0])  # by their ranks
        assert ("规模最大" in text, "按推荐次序排列" in text, scan in text) == (True, True, True)
        assert client_of(world.officer).get(scan).status_code == 200
        assert client_of(world.neighbour).get(url("received_one", pk=recommendation.pk)).status_code == 403


def test_the_bureau_sends_a_file_back_and_sees_nothing_of_the_mending(world: kit.Tiers) -> None:
    recommendation = kit.sealed(world.call, world.recommender, "enterprise", "other")
    kept, back = recommendation.entries.order_by("rank")
    due = (clock.local(clock.now()) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    data = {"applications": [back.application_id], "reason": "核查证明表未盖章", "due_at": due}
    assert post(world.officer, url("received_return", pk=recommendation.pk), **data).status_code == 302
    recommendation.refresh_from_db()
    assert (recommendation.state, recommendation.return_reason) == ("returned", "核查证明表未盖章")
    text = page(world.officer, url("received_one", pk=recommendation.pk))
    assert kept.application.organisation.name in text
    assert back.application.organisation.name not in text
    text = page(world.recommender, url("recommend", pk=recommendation.pk))
    assert "核查证明表未盖章" in text
    assert "上级已接收，名次不变" in text


def test_a_return_without_files_or_reason_says_what_is_missing(world: kit.Tiers) -> None:
    recommendation = kit.sealed(world.call, world.recommender)
    answer = post(world.officer, url("received_return", pk=recommendation.pk), due_at="2024-07-01T00:00")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(each in text for each in ("请选择要退回的申报", "重新报送的期限应晚于现在"))
    assert client_of(world.superior).get(url("received_return", pk=recommendation.pk)).status_code == 404


def test_the_ledger_of_a_call_counts_what_was_handed_in(world: kit.Tiers) -> None:
    kit.sealed(world.call, world.recommender, "school", "enterprise")
    kit.listed(kit.begun(world.call, world.neighbour), world.neighbour, "enterprise")
    answer = client_of(world.officer).get(url("received_ledger", call_pk=world.call.pk))
    rows = [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert rows[0][3:] == [
        f"{line}：{what}" for line in ("国家级", "市级") for what in ("名额", "已报送", "放弃", "剩余")
    ]
    assert [row[0] for row in rows[1:]] == [office.name for office in world.districts]
    assert rows[1][1:] == ["已报送", "2024-07-20 12:00:00", "1", "1", "0", "0", "2", "1", "0", "1"]
    assert [value or "" for value in rows[2][1:]] == ["未报送", "", "1", "0", "0", "1", "2", "0", "0", "2"]


def test_the_bureau_reports_to_the_level_above(world: kit.Tiers) -> None:
    for track in ("school", "enterprise"):
        kit.a_noticed(world.call, track)
    report = recommending.open_recommendation(call=world.call, stage="report", by=world.officer)
    for each in page(world.officer, url("recommend", pk=report.pk)).split("/list/")[1:]:
        post(world.officer, url("recommend_list", pk=report.pk, application_pk=int(each.split("/")[0])))
    assert report.entries.count() == 2
    recommending.write_texts(recommendation=report, texts={}, by=world.officer, document_number="三级人社报〔2024〕1号")
    kit.finish(report, world.officer)
    assert client_of(world.superior).get(url("received_one", pk=report.pk)).status_code == 404
    sealing.seal_recommendation(recommendation=report, by=world.approver)
    assert set(report.entries.values_list("application__status", "application__desk")) == {("reported", "superior")}
    assert "报送" in page(world.superior, url("received_one", pk=report.pk))
    assert world.bureau.name in page(world.superior, url("received_call", call_pk=world.call.pk))


def test_rooms_and_duties_follow_the_tier(world: kit.Tiers) -> None:
    def seen(actor: Actor) -> set[str]:
        return {room.label for room in homes.rooms(actor, world.place)} & {"推荐排序", "推荐上报", "推荐接收"}

    assert seen(world.recommender) == {"推荐排序"}
    assert seen(world.officer) == {"推荐上报", "推荐接收"}
    assert seen(world.superior) == {"推荐接收"}
    recommendation = kit.sealed(world.call, world.recommender)
    sealing.return_recommendation(
        recommendation=recommendation, applications=[recommendation.entries.get().application], reason="材料不全",
        due_at=clock.now() + timedelta(days=1), by=world.officer,
    )  # fmt: skip
    duties = {duty.label: duty.number for duty in homes.duties(world.recommender, world.place)}
    assert duties["推荐已退回，待重新报送"] == 1


@pytest.mark.parametrize("number", [3, 300])
def test_a_board_asks_as_many_statements_for_three_files_as_for_three_hundred(
    world: kit.Tiers, number: int, django_assert_num_queries: Any
) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    kit.many_files(world.call, world.districts[0], number, listed_in=recommendation)
    kit.many_files(world.call, world.districts[0], number)
    client = client_of(world.recommender)
    with django_assert_num_queries(17):
        text = client.get(url("recommend", pk=recommendation.pk)).content.decode()
    assert (text.count('data-entry="'), text.count("列入推荐：")) == (number, number)
    entries = list(recommendation.entries.order_by("-rank").values_list("pk", flat=True))
    data = {f"rank-{pk}": str(place) for place, pk in enumerate(entries, start=1)}
    with django_assert_num_queries(22):
        client.post(url("recommend_rank", pk=recommendation.pk, line="municipal"), data)
    assert list(recommendation.entries.order_by("rank").values_list("pk", flat=True)) == entries


@pytest.mark.parametrize("number", [3, 300])
def test_lists_of_calls_and_offices_ask_as_many_statements_for_three_as_for_three_hundred(
    world: kit.Tiers, number: int, django_assert_num_queries: Any
) -> None:
    offices = Organisation.objects.bulk_create(
        Organisation(jurisdiction=world.place, kind="district", name=f"三级市第{at}区人社局", parent=world.bureau)
        for at in range(number)
    )
    Recommendation.objects.bulk_create(
        Recommendation(
            jurisdiction=world.place, call=world.call, stage="recommendation", office=office, state="sealed", round=1,
            sealed_by=world.recommender.user, sealed_at=clock.now(), created_at=clock.now(),
        )
        for office in offices
    )  # fmt: skip
    kit.many_files(world.call, world.districts[0], number)
    office, bureau = client_of(world.recommender), client_of(world.officer)
    with django_assert_num_queries(14):
        assert world.call.title in office.get(url("recommends")).content.decode()
    with django_assert_num_queries(16):
        text = bureau.get(url("received_call", call_pk=world.call.pk)).content.decode()
    assert text.count("<tr>") == number + len(world.districts) + 2
    with django_assert_num_queries(9):
        bureau.get(url("received"))
    with django_assert_num_queries(10):
        bureau.get(url("received_ledger", call_pk=world.call.pk))


@pytest.mark.parametrize("number", [3, 300])
def test_what_was_received_asks_as_many_statements_for_three_files_as_for_three_hundred(
    world: kit.Tiers, number: int, django_assert_num_queries: Any
) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    kit.many_files(world.call, world.districts[0], number, listed_in=recommendation)
    recommendation.entries.update(sealed_round=1)
    Recommendation.objects.update(
        state="sealed", round=1, sha256="0" * 64, sealed_at=clock.now(), sealed_by=world.recommender.user
    )
    bureau = client_of(world.officer)
    with clock.travel(CLOSED), django_assert_num_queries(16):
        text = bureau.get(url("received_one", pk=recommendation.pk)).content.decode()
    assert text.count('class="rank__place"') == number
