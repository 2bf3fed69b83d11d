"""The one sealed submission: what stands in its way, what it moves, what comes after it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from portal.calendars import clock
from portal.policy.recommendation import PaperKind
from reviews.models import Recommendation
from reviews.selectors.recommendations import full
from reviews.services import recommending, sealing, verifying
from reviews.services.refusal import Refused
from reviews.services.sealing import NotSealable
from tests.reviews import recommend_kit as kit

SECOND = timedelta(seconds=1)


@pytest.fixture
def world(db: Any) -> Iterator[kit.Tiers]:
    """The three tiers at noon of 20 July 2024."""
    with clock.travel(kit.NOON), kit.tiers() as made:
        yield made


def seal(world: kit.Tiers, recommendation: Recommendation) -> Recommendation:
    return sealing.seal_recommendation(recommendation=recommendation, by=world.recommender)


def refused(world: kit.Tiers, recommendation: Recommendation) -> list[str]:
    """Seal in vain; return why, after making sure that nothing was written."""
    before = (state_of(recommendation), statuses(recommendation))
    with pytest.raises(NotSealable) as refusal:
        seal(world, recommendation)
    assert (state_of(recommendation), statuses(recommendation)) == before
    return [each.message for each in refusal.value.hindrances]


def state_of(recommendation: Recommendation) -> Any:
    return Recommendation.objects.values_list("state", "round", "sha256", "sealed_by").get(pk=recommendation.pk)


def statuses(recommendation: Recommendation) -> list[Any]:
    return list(recommendation.entries.values_list("application__status", "application__desk", "rank", "sealed_round"))


def test_a_seal_moves_every_file_to_the_bureau_and_says_who_when_and_what(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "school", "enterprise", "other")
    sealed = seal(world, recommendation)
    assert statuses(recommendation) == [
        ("recommended", "bureau", 1, 1),
        ("recommended", "bureau", 2, 1),
        ("recommended", "bureau", None, 1),
    ]
    assert (sealed.state, sealed.round, sealed.sealed_by, sealed.sealed_at) == (
        "sealed", 1, world.recommender.user, clock.now(),
    )  # fmt: skip
    assert len(sealed.sha256) == 64


def test_one_second_too_late_is_refused_and_the_last_second_is_not(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender)
    with clock.travel(kit.CLOSES + SECOND):
        assert refused(world, recommendation) == ["推荐报送已于 7 月 24 日 23:59 截止，逾期不再受理"]
    with clock.travel(kit.CLOSES + timedelta(milliseconds=999)):
        assert seal(world, recommendation).state == "sealed"


def test_before_the_window_opens_nothing_is_sealed(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender)
    with clock.travel(kit.CLOSES - timedelta(days=6) - SECOND):
        assert refused(world, recommendation) == ["推荐报送从 7 月 18 日 23:59 开始，目前尚未开始"]


@pytest.mark.rule("P3-09")
def test_a_second_national_is_one_too_many(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "school", "school")
    assert refused(world, recommendation) == ["“国家级”名额 1 个，已列入 2 个，超出名额（五（一））"]


def test_two_municipal_fit_and_a_third_is_one_too_many(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "enterprise", "other", "enterprise")
    assert refused(world, recommendation) == ["“市级”名额 2 个，已列入 3 个，超出名额（五（一））"]
    recommending.unlist_file(
        recommendation=recommendation, entry_id=recommendation.entries.last().pk, by=world.recommender
    )
    kit.finish(recommendation, world.recommender)
    assert seal(world, recommendation).state == "sealed"


def test_places_given_up_count_as_used_and_need_a_reason(world: kit.Tiers) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    kit.listed(recommendation, world.recommender, "enterprise", "other")
    give = {"recommendation": recommendation, "line": "municipal", "by": world.recommender}
    with pytest.raises(Refused, match="请填写放弃名额的理由"):
        recommending.give_up_places(places=1, reason=" ", **give)
    with pytest.raises(Refused, match="放弃的名额应为 0 至 2 个"):
        recommending.give_up_places(places=3, reason="无", **give)
    recommending.give_up_places(places=1, reason="仅一家符合条件", **give)
    kit.finish(recommendation, world.recommender)
    assert refused(world, recommendation) == ["“市级”名额 2 个，已列入 2 个、放弃 1 个，超出名额（五（一））"]
    recommending.give_up_places(places=0, reason="", **give)
    kit.finish(recommendation, world.recommender)
    assert seal(world, recommendation).state == "sealed"


@pytest.mark.rule("P3-09")
def test_a_rank_is_given_once_and_to_what_is_on_the_list(world: kit.Tiers) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    first, second = kit.listed(recommendation, world.recommender, "enterprise", "other")
    rank = {"recommendation": recommendation, "line": "municipal", "by": world.recommender}
    for order in ([first.pk, first.pk], [first.pk], [first.pk, second.pk, 0]):
        with pytest.raises(Refused, match="同一名次出现两次"):
            recommending.rank_files(order=order, **rank)
    recommending.rank_files(order=[second.pk, first.pk], **rank)
    assert list(recommendation.entries.order_by("rank").values_list("pk", flat=True)) == [second.pk, first.pk]


def test_a_line_without_order_takes_no_ranks(world: kit.Tiers) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    (only,) = kit.listed(recommendation, world.recommender, "school")
    with pytest.raises(Refused, match="该名额不排序"):
        recommending.rank_files(recommendation=recommendation, line="national", order=[only.pk], by=world.recommender)


def test_everything_missing_is_told_at_once(world: kit.Tiers) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    (entry,) = kit.listed(recommendation, world.recommender, "enterprise")
    name = entry.application.organisation.name
    assert refused(world, recommendation) == [
        f"“{name}”的核查数据尚未填写完整",
        "推荐报告“推荐过程”尚未填写",
        "请填写推荐文件的文号",
        "《推荐函》的盖章扫描件尚未上传",
        f"《核查证明表》（{name}）的盖章扫描件尚未上传",
    ]


def test_an_empty_list_is_not_sealed(world: kit.Tiers) -> None:
    assert "尚未列入任何单位" in refused(world, kit.finish(kit.begun(world.call, world.recommender), world.recommender))


def test_a_stamped_letter_is_void_once_the_order_changes(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "enterprise", "other")
    order = list(recommendation.entries.order_by("-rank").values_list("pk", flat=True))
    recommending.rank_files(recommendation=recommendation, line="municipal", order=order, by=world.recommender)
    assert refused(world, recommendation) == ["《推荐函》的盖章扫描件与现在的内容不一致，请重新打印、盖章、上传"]


def test_a_cancelled_call_takes_nothing(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender)
    world.call.state = "cancelled"
    world.call.save()
    assert refused(world, recommendation) == ["本批次目前为“已取消”，不能报送"]


def test_only_the_own_office_works_on_a_recommendation(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender)
    for stranger in (world.neighbour, world.officer, world.superior):
        with pytest.raises(PermissionDenied):
            sealing.seal_recommendation(recommendation=recommendation, by=stranger)
        with pytest.raises(PermissionDenied):
            recommending.write_texts(recommendation=recommendation, texts={}, by=stranger)
    foreign = kit.a_file(world.call, world.districts[1])
    with pytest.raises(PermissionDenied):
        recommending.list_file(recommendation=recommendation, application=foreign, by=world.recommender)


def test_after_the_seal_nothing_changes(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "enterprise")
    entry, mine = recommendation.entries.get(), {"recommendation": recommendation, "by": world.recommender}
    late = kit.a_file(world.call, world.districts[0])
    seal(world, recommendation)
    acts = (
        lambda: seal(world, recommendation),
        lambda: recommending.list_file(application=late, **mine),
        lambda: recommending.unlist_file(entry_id=entry.pk, **mine),
        lambda: recommending.rank_files(line="municipal", order=[entry.pk], **mine),
        lambda: recommending.explain_entry(entry_id=entry.pk, reason="好", **mine),
        lambda: recommending.give_up_places(line="national", places=1, reason="无", **mine),
        lambda: recommending.write_texts(texts={"process": "改"}, **mine),
        lambda: verifying.add_stamped(paper="letter", stored=kit.scan(world.recommender), **mine),
        lambda: recommending.not_recommend(application=entry.application, reason="改", by=world.recommender),
        lambda: verifying.reexamine_application(application=entry.application, reason="改", by=world.recommender),
    )
    before = (state_of(recommendation), statuses(recommendation))
    for act in acts:
        with pytest.raises(WrongState):
            act()
    assert (state_of(recommendation), statuses(recommendation)) == before


def test_a_file_looked_at_again_leaves_the_list_and_those_behind_move_up(world: kit.Tiers) -> None:
    recommendation = kit.begun(world.call, world.recommender)
    first, second = kit.listed(recommendation, world.recommender, "enterprise", "other")
    verifying.reexamine_application(application=first.application, reason="补充核查", by=world.recommender)
    assert list(recommendation.entries.values_list("pk", "rank")) == [(second.pk, 1)]
    recommending.not_recommend(application=second.application, reason="未达标", by=world.recommender)
    second.application.refresh_from_db()
    assert (list(recommendation.entries.all()), second.application.status) == ([], "not_recommended")


def test_what_is_returned_may_be_mended_and_handed_in_after_the_window(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "enterprise", "other")
    seal(world, recommendation)
    first, second = recommendation.entries.select_related("application")
    after, due = kit.CLOSES + timedelta(days=2), kit.CLOSES + timedelta(days=5)
    with clock.travel(after):
        sealing.return_recommendation(
            recommendation=recommendation,
            applications=[second.application],
            reason="材料不全",
            due_at=due,
            by=world.officer,
        )
        assert statuses(recommendation) == [("recommended", "bureau", 1, 1), ("qualified", "recommender", 2, None)]
        mine = {"recommendation": recommendation, "by": world.recommender}
        with pytest.raises(WrongState, match="上级已接收"):
            recommending.rank_files(line="municipal", order=[second.pk, first.pk], **mine)
        with pytest.raises(WrongState, match="上级已接收"):
            recommending.unlist_file(entry_id=first.pk, **mine)
        kit.finish(recommendation, world.recommender)
    with clock.travel(due):
        assert refused(world, recommendation) == ["推荐报送已于 7 月 24 日 23:59 截止，逾期不再受理"]
    with clock.travel(due - SECOND):
        assert seal(world, recommendation).round == 2
    assert statuses(recommendation) == [("recommended", "bureau", 1, 1), ("recommended", "bureau", 2, 2)]


def test_a_return_needs_a_reason_a_time_to_come_and_files_not_taken_over(world: kit.Tiers) -> None:
    recommendation = kit.ready(world.call, world.recommender, "enterprise")
    seal(world, recommendation)
    application = recommendation.entries.get().application
    sound: dict[str, Any] = {"applications": [application], "reason": "材料不全", "due_at": clock.now() + SECOND}
    for wrong in ({"reason": " "}, {"due_at": clock.now()}, {"applications": []}):
        with pytest.raises(Refused):
            sealing.return_recommendation(recommendation=recommendation, by=world.officer, **(sound | wrong))
    for stranger in (world.recommender, world.neighbour, world.superior):
        with pytest.raises(PermissionDenied):
            sealing.return_recommendation(recommendation=recommendation, by=stranger, **sound)
    type(application).objects.filter(pk=application.pk).update(status="accepted")
    with pytest.raises(WrongState, match="不能退回"):
        sealing.return_recommendation(recommendation=recommendation, by=world.officer, **sound)
    assert state_of(recommendation)[0] == "sealed"


def test_the_seal_covers_what_the_papers_say(world: kit.Tiers) -> None:
    """Two recommendations that say different things have different seals; the papers' scans are bound to the same words."""
    from reviews.selectors.recommendations import paper_hash

    recommendation = kit.ready(world.call, world.recommender, "enterprise")
    row = full(Recommendation.objects.all()).get(pk=recommendation.pk)
    before = paper_hash(row, PaperKind.LETTER, None)
    recommending.explain_entry(
        recommendation=row, entry_id=row.entries.get().pk, reason="培训规模最大", by=world.recommender
    )
    row = full(Recommendation.objects.all()).get(pk=recommendation.pk)
    assert paper_hash(row, PaperKind.LETTER, None) != before
    kit.finish(row, world.recommender)
    sealed = seal(world, row)
    assert sealed.sha256 == paper_hash(full(Recommendation.objects.all()).get(pk=row.pk), PaperKind.LETTER, None)
