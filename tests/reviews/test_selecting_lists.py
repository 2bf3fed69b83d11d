"""From a fixed selection to lists, notices and the document; who drops out makes room for the next alternate."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from applications.models import Application
from applications.services.moves import WrongState
from portal.audit.models import Event
from portal.calendars import clock
from portal.notifications.models import Message
from portal.policy.procedure import Status
from reviews.models import Placement, PublicNotice, RecognitionEntry, Shortlist
from reviews.selectors.lists import candidates_for
from reviews.services import notices, objections, recognition, shortlists
from reviews.services.refusal import Refused
from reviews.tasks import announce_promotion
from tests.reviews.select_kit import Desk, desk, drawn_up, fixed, municipal, national

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("chongqing", cells__funded_digital=2, cells__named_digital=0) as made:
        yield made


@pytest.fixture
def files(bureau: Desk) -> list[Application]:
    """Two selected, two waiting behind them."""
    return [municipal(bureau, score) for score in ("90", "80", "70", "60")]


def a_list(bureau: Desk) -> Shortlist:
    return shortlists.draft_shortlist(call=bureau.call, title="拟入选名单", by=bureau.officer)


def published(bureau: Desk) -> PublicNotice:
    row = a_list(bureau)
    shortlists.list_selected(shortlist=row, by=bureau.officer)
    shortlists.propose_shortlist(shortlist=row, by=bureau.officer)
    shortlists.approve_shortlist(shortlist=row, by=bureau.approver)
    return notices.publish_notice(shortlist=row, title="公示", by=bureau.approver)


def state(application: Application) -> str:
    return Placement.objects.get(application=application).state


def test_only_who_is_selected_by_a_fixed_outcome_goes_on_a_list(bureau: Desk, files: list[Application]) -> None:
    row = a_list(bureau)
    drawn_up(bureau)
    add = {"mode": "unit", "core": "测试", "by": bureau.officer}
    with pytest.raises(Refused, match="拟入选名单"):
        shortlists.add_entry(shortlist=row, application=files[0], **add)
    fixed(bureau)
    with pytest.raises(Refused, match="拟入选名单"):
        shortlists.add_entry(shortlist=row, application=files[2], **add)
    assert set(candidates_for(row, Application.objects.all())) == set(files[:2])
    made = shortlists.list_selected(shortlist=row, by=bureau.officer)
    assert [entry.application for entry in made] == files[:2]
    assert [entry.name_core for entry in made] == [file.organisation.name for file in files[:2]]
    with pytest.raises(Refused, match="没有待列入"):
        shortlists.list_selected(shortlist=row, by=bureau.officer)


def test_names_follow_the_track(bureau: Desk) -> None:
    files = [national(bureau, "90"), municipal(bureau, "80")]
    fixed(bureau)
    made = {
        entry.application_id: entry for entry in shortlists.list_selected(shortlist=a_list(bureau), by=bureau.officer)
    }
    for file in files:
        naming = bureau.call.edition.naming_of(file.track_key)
        assert made[file.pk].granted_name == naming.name(file.organisation.name)
    assert len({bureau.call.edition.naming_of(file.track_key).pattern for file in files}) == 2


@pytest.mark.rule("CQ-A-10")
def test_a_declined_unit_makes_room_for_the_next_alternate_and_the_officer_is_told(
    bureau: Desk, files: list[Application]
) -> None:
    fixed(bureau)
    shortlists.decline_application(application=files[0], reason="单位放弃", by=bureau.approver)
    assert [state(file) for file in files] == ["out", "selected", "selected", "alternate"]
    moved = Placement.objects.get(application=files[2])
    assert (moved.cell, moved.position, moved.promoted_at is not None) == ("funded_digital", 3, True)
    assert Event.objects.filter(action="selection.promote").count() == 1
    announce_promotion(bureau.place.pk, moved.pk)
    told = Message.objects.filter(title="备选单位已递补").values_list("user", flat=True)
    assert list(told) == [bureau.officer.user.pk]


@pytest.mark.rule("CQ-A-10")
def test_an_upheld_objection_moves_the_next_one_up_who_gets_a_notice_of_its_own(
    bureau: Desk, files: list[Application]
) -> None:
    fixed(bureau)
    notice = published(bureau)
    entry = notice.shortlist.entries.get(application=files[1])
    objection, _ = objections.lodge_objection(
        notice=notice, entry=entry, name="王测试", is_unit=False, phone="13800000001", by=bureau.officer,
        text="该单位申报的实训设备与现场不符，请予核实处理。",
    )  # fmt: skip
    objections.handle_objection(objection=objection, finding="属实", by=bureau.officer)
    objections.rule_objection(objection=objection, outcome="upheld", ruling="取消", by=bureau.approver)
    assert [state(file) for file in files] == ["selected", "out", "selected", "alternate"]
    second = published(bureau)
    assert [line["unit"] for line in second.snapshot["entries"]] == [files[2].organisation.name]


def test_on_notice_a_unit_may_only_give_up_and_after_the_document_nobody_moves_up(
    bureau: Desk, files: list[Application]
) -> None:
    fixed(bureau)
    notice = published(bureau)
    with pytest.raises(WrongState, match="书面放弃"):
        shortlists.decline_application(application=files[0], reason="放弃", by=bureau.approver)
    with clock.travel(notice.ends_at + timedelta(days=1)):
        recognition.recognise(
            notice=notice, entries=[notice.shortlist.entries.get(application=files[1])], issued_on=clock.today(),
            document_number=f"渝测〔{clock.today().year}〕1号", title="批建", by=bureau.approver,
        )  # fmt: skip
        shortlists.decline_application(application=files[0], reason="放弃", given_up=True, by=bureau.approver)
    assert [state(file) for file in files] == ["out", "selected", "alternate", "alternate"]
    assert notice.shortlist.entries.get(application=files[0]).removed
    plaque = RecognitionEntry.objects.get().plaque
    assert plaque == bureau.call.edition.naming_of("municipal").plaque


@pytest.mark.rule("CQ-A-02")
def test_an_alternate_promoted_nationally_frees_its_municipal_place_and_its_list_must_be_mended(bureau: Desk) -> None:
    first, second, third = (national(bureau, score, tier="A") for score in ("90", "85", "80"))
    own = municipal(bureau, "95", organisation=third.organisation)
    others = [municipal(bureau, score) for score in ("70", "60")]
    fixed(bureau)
    row = a_list(bureau)
    shortlists.list_selected(shortlist=row, by=bureau.officer)
    shortlists.decline_application(application=first, reason="放弃", by=bureau.approver)
    assert [state(each) for each in (first, second, third, own)] == ["out", "selected", "selected", "released"]
    assert [state(each) for each in others] == ["selected", "selected"]
    with pytest.raises(Refused, match="已让出或退出"):
        shortlists.propose_shortlist(shortlist=row, by=bureau.officer)
    entry = row.entries.get(application=own)
    shortlists.remove_entry(entry=entry, reason="已让出", by=bureau.officer)
    assert shortlists.propose_shortlist(shortlist=row, by=bureau.officer).state == "proposed"
    own.refresh_from_db()
    assert own.status == Status.REVIEWED
