"""A bureau reports upward: only what has stood its notice, more than 原则上 with a basis, and a return from the level above."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application
from applications.services.moves import WrongState
from portal.calendars import clock
from portal.tenancy.enums import Tier
from reviews.models import PublicNotice, Recommendation, Shortlist
from reviews.services import recommending, sealing
from reviews.services.sealing import NotSealable
from tests.reviews import recommend_kit as kit


@pytest.fixture
def world(db: Any) -> Iterator[kit.Tiers]:
    """The three tiers at noon of 20 July 2024."""
    with clock.travel(kit.NOON), kit.tiers() as made:
        yield made


def reported(world: kit.Tiers, *files: Application) -> Recommendation:
    """Return a report with these files on it and nothing else missing."""
    report = recommending.open_recommendation(call=world.call, stage="report", by=world.officer)
    for file in files:
        recommending.list_file(recommendation=report, application=file, by=world.officer)
    recommending.write_texts(recommendation=report, texts={}, by=world.officer, document_number="三级人社报〔2024〕1号")
    return kit.finish(report, world.officer)


def on_notice(world: kit.Tiers, file: Application, ends_at: Any) -> PublicNotice:
    """Put a file on a published notice that ends at an instant (exclusive)."""
    shortlist = Shortlist.objects.create(
        jurisdiction=world.place, call=world.call, title="名单", state="published", drafted_by=world.officer.user,
        drafted_at=clock.now(),
    )  # fmt: skip
    shortlist.entries.create(application=file, granted_name="名称", name_core="名称", position=1, name_mode="unit")
    return PublicNotice.objects.create(
        jurisdiction=world.place, shortlist=shortlist, title="公示", published_at=clock.now(), ends_at=ends_at, days=5,
        published_by=world.officer.user, place="网站", snapshot={}, sha256="0" * 64,
    )  # fmt: skip


def why_not(world: kit.Tiers, report: Recommendation) -> list[str]:
    with pytest.raises(NotSealable) as refusal:
        sealing.seal_recommendation(recommendation=report, by=world.officer)
    return [each.message for each in refusal.value.hindrances]


def test_more_than_in_principle_needs_a_recorded_basis(world: kit.Tiers) -> None:
    report = reported(world, *(kit.a_noticed(world.call) for _ in range(3)))
    assert why_not(world, report) == ["“全部类别”名额 2 个，已列入 3 个，超出“原则上”的数量，须写明依据（六）"]
    recommending.write_texts(recommendation=report, texts={"basis.all": "经部同意增加 1 个。"}, by=world.officer)
    report = kit.finish(report, world.officer)
    assert sealing.seal_recommendation(recommendation=report, by=world.officer).bases == {"all": "经部同意增加 1 个。"}


def test_what_is_still_on_notice_or_objected_to_is_not_reported(world: kit.Tiers) -> None:
    file = kit.a_noticed(world.call)
    name, end = file.organisation.name, kit.NOON + timedelta(days=1)
    notice = on_notice(world, file, end)
    report = reported(world, file)
    with clock.travel(end - timedelta(seconds=1)):
        assert why_not(world, report) == [f"“{name}”的公示期尚未届满，不能报送"]
    with clock.travel(end):
        objection = notice.objections.create(
            number="YY-1", name="异议人", phone="13800000001", text="理由", query_hash="x", received_at=kit.NOON,
            entry=notice.shortlist.entries.get(),
        )  # fmt: skip
        assert why_not(world, report) == [f"“{name}”有未办结的异议，办结前不能报送"]
        type(objection).objects.update(state="dismissed")
        assert sealing.seal_recommendation(recommendation=report, by=world.officer).state == "sealed"


def test_the_level_above_sends_back_and_the_bureau_hands_in_again(world: kit.Tiers) -> None:
    first, second = kit.a_noticed(world.call), kit.a_noticed(world.call, "enterprise")
    report = reported(world, first, second)
    sealing.seal_recommendation(recommendation=report, by=world.officer)
    back = {
        "recommendation": report,
        "applications": [second],
        "reason": "材料不全",
        "due_at": clock.now() + timedelta(days=3),
    }
    for stranger in (world.officer, world.recommender):
        with pytest.raises(PermissionDenied):
            sealing.return_recommendation(by=stranger, **back)
    assert world.superior.tier is Tier.SUPERIOR
    sealing.return_recommendation(by=world.superior, **back)
    second.refresh_from_db()
    assert (second.status, second.desk) == ("in_notice", "bureau")
    with pytest.raises(WrongState, match="上级已接收"):
        recommending.unlist_file(
            recommendation=report, entry_id=report.entries.get(application=first).pk, by=world.officer
        )
    kit.finish(report, world.officer)
    assert sealing.seal_recommendation(recommendation=report, by=world.officer).round == 2
    assert list(report.entries.order_by("rank").values_list("rank", "sealed_round", "application__status")) == [
        (1, 1, "reported"),
        (2, 2, "reported"),
    ]


def test_what_the_level_above_already_rechecks_does_not_go_back(world: kit.Tiers) -> None:
    report = reported(world, kit.a_noticed(world.call))
    sealing.seal_recommendation(recommendation=report, by=world.officer)
    file = report.entries.get().application
    Application.objects.update(status="in_recheck")
    with pytest.raises(WrongState, match="不能退回"):
        sealing.return_recommendation(
            recommendation=report, applications=[file], reason="材料不全", due_at=clock.now() + timedelta(days=3),
            by=world.superior,
        )  # fmt: skip
