"""The level above: what is reported lies with it, its own experts look again, it publishes or declines; the bureau sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.models import Application
from applications.services.moves import WrongState, locked, move
from assessments.models import Base
from assessments.tasks import sweep_bases
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.homes import duties, rooms
from portal.documents.models import Document
from portal.notifications.models import Message
from portal.policy.procedure import Status
from portal.tenancy.enums import Tier
from portal.tenancy.models import Organisation
from reviews.models import Expert, Panel, Recognition, Shortlist
from reviews.permissions import readable_panels, readable_shortlists
from reviews.selectors.conflicts import conflict_finder
from reviews.selectors.naming import taken_names
from reviews.selectors.rechecks import calls_above, files_above
from reviews.services import draws, notices, opinions, panels, recognition, selecting, shortlists
from reviews.services.refusal import Refused
from reviews.tasks import announce_outcome
from tests.factories import PASSWORD, make_actor
from tests.reviews import kit
from tests.reviews.draw_kit import LOCK
from tests.reviews.select_kit import Desk, desk, file_of, fixed, sample, scored
from tests.reviews.test_pages import sign_in

pytestmark = [pytest.mark.django_db]


@dataclass
class Above:
    """A province's desk, the people of the level above, and files that have been reported to it."""

    desk: Desk
    officer: Actor
    approver: Actor
    files: list[Application]


@pytest.fixture
def above(db: Any) -> Iterator[Above]:
    with desk("skills_foundation") as made:
        offices = Organisation.objects.filter(jurisdiction=made.place)
        top = next(office for office in offices if office.tier is Tier.SUPERIOR)
        files = [reported(made) for _ in range(2)]
        fixed(made)
        row = shortlists.draft_shortlist(call=made.call, title="拟推荐名单", by=made.officer)
        shortlists.list_selected(shortlist=row, by=made.officer)
        shortlists.propose_shortlist(shortlist=row, by=made.officer)
        shortlists.approve_shortlist(shortlist=row, by=made.approver)
        notice = notices.publish_notice(shortlist=row, title="公示", by=made.approver)
        with clock.travel(notice.ends_at + timedelta(days=1)):
            for file in files:
                move(application=locked(file), action="report", by=made.officer)
            yield Above(made, make_actor("bureau_officer", top), make_actor("bureau_approver", top), files)


def reported(made: Desk) -> Application:
    file = file_of(made.call, sample("skills_foundation"))
    scored(file, made.officer, ["", "", ""], against=file.pk % 2)
    return file


def rechecked(above: Above, file: Application) -> Panel:
    panel, people = kit.working_panel(file, above.officer, size=int(above.desk.call.setting_values["recheck.size"]) | 1)
    kit.declare_all(panel, people)
    kit.hand_in_all(panel, people)
    opened = opinions.unseal(panel=panel, by=above.officer)
    return opinions.finish_review(panel=opened, conclusion="符合条件。", by=above.officer)


def publish(above: Above, files: list[Application], by: Actor, number: str = "人社厅函〔2024〕12号") -> Any:
    return recognition.recognise_rechecked(
        call=above.desk.call, applications=files, document_number=number, title="公布", issued_on=clock.today(), by=by
    )


@pytest.mark.rule("GJ-A-04")
def test_from_the_report_to_the_published_base(above: Above) -> None:
    first, second = above.files
    panel = rechecked(above, first)
    assert (panel.stage, Application.objects.get(pk=first.pk).status) == ("recheck", Status.RECHECKED)
    with pytest.raises(Refused, match="尚未复核完成"):
        publish(above, [first, second], above.approver)
    made = publish(above, [first], above.approver)
    sweep_bases()
    base = Base.objects.get()
    assert base.name == f"国家技能根基工程培训基地（{first.organisation.name}）"
    assert base.document_number == "人社厅函〔2024〕12号"
    assert (made.notice, made.issuer) == (None, "人力资源社会保障部")
    source = Document.objects.get(kind="recognition_decision").source
    assert made.issuer in source
    assert "决定公布" in source
    assert Application.objects.get(pk=first.pk).status == Status.RECOGNISED
    assert Application.objects.get(pk=second.pk).status == Status.REPORTED


@pytest.mark.rule("GJ-A-04")
def test_the_whole_region_is_barred_from_the_recheck_not_the_unit_s_own_league_alone(above: Above) -> None:
    """An expert of any league, or listed for the region itself, is left out of the ministry's draw; others are not."""
    file = above.files[0]
    panel = panels.form_panel(application=file, by=above.officer)
    place = file.jurisdiction
    inside = [kit.make_expert(place, district=each)[0].pk for each in ("包头市", "通辽市", "内蒙古自治区")]
    outside = [kit.make_expert(place, district=each)[0].pk for each in ("山西省", "") * 5]
    locked = draws.lock_draw(draw=draws.commit_draw(panel=panel, by=above.officer), by=above.officer, **LOCK)
    said = {each["id"]: [kind for kind, _ in each["reasons"]] for each in locked.snapshot["candidates"]}
    assert {each: said[each] for each in (*inside, *outside)} == {
        **{key: ["same_region"] for key in inside},
        **{key: [] for key in outside},
    }
    seen = conflict_finder(panel)
    assert [bool(seen(expert)) for expert in Expert.objects.filter(pk__in=inside)] == [True] * 3


def test_only_the_level_above_publishes_and_only_what_it_has_looked_at(above: Above) -> None:
    first = above.files[0]
    with pytest.raises(PermissionDenied):
        publish(above, [first], above.officer)
    with pytest.raises(PermissionDenied):
        publish(above, [first], above.desk.approver)
    with pytest.raises(Refused, match="至少选择"):
        publish(above, [first], above.approver)
    rechecked(above, first)
    with pytest.raises(PermissionDenied):
        publish(above, [first], above.desk.approver)


def test_the_bureau_cannot_run_the_recheck_nor_recognise_what_it_reports(above: Above) -> None:
    with pytest.raises(PermissionDenied):
        panels.form_panel(application=above.files[0], by=above.desk.officer)
    entry = above.files[1].listings.get()
    with pytest.raises(WrongState):
        recognition.recognise(
            notice=entry.shortlist.notice, entries=[entry], document_number=f"内人社〔{clock.today().year}〕1号", title="认定",
            issued_on=clock.today(), by=above.desk.approver,
        )  # fmt: skip


def test_a_decline_above_has_a_reason_frees_the_name_and_moves_nobody_up(above: Above) -> None:
    first = above.files[0]
    rechecked(above, first)
    with pytest.raises(Refused, match="理由"):
        shortlists.decline_application(application=first, reason=" ", by=above.approver)
    with pytest.raises(PermissionDenied):
        shortlists.decline_application(application=first, reason="不符合", by=above.desk.approver)
    entry = first.listings.get()
    assert taken_names([entry.granted_name], above.desk.place.pk) == {entry.granted_name}
    shortlists.decline_application(application=first, reason="不符合参考标准", by=above.approver)
    first.refresh_from_db()
    assert first.status == Status.DECLINED
    assert first.placement.state == "selected"
    assert taken_names([entry.granted_name], above.desk.place.pk) == set()
    announce_outcome(above.desk.place.pk, first.pk, "decline")
    told = Message.objects.filter(title="上级未予公布").values_list("user", flat=True)
    assert set(told) == {above.desk.officer.user.pk, above.desk.approver.user.pk}  # type: ignore[union-attr]


def test_each_level_sees_its_own_panels_and_the_bureau_the_outcome(above: Above) -> None:
    first = above.files[0]
    mine = rechecked(above, first)
    assert list(readable_panels(Panel.objects.all(), above.officer)) == [mine]
    assert mine not in readable_panels(Panel.objects.all(), above.desk.officer)
    assert not readable_shortlists(Shortlist.objects.all(), above.approver).exists()
    call = calls_above(Application.objects.filter(desk="superior")).get()
    assert (call.n_reported, call.n_rechecked) == (1, 1)
    lines = files_above(Application.objects.filter(desk="superior"), call)
    assert {line.pk: line.panel_conclusion for line in lines} == {first.pk: "符合条件。", above.files[1].pk: None}


def test_the_home_page_of_the_level_above_has_its_own_work_and_rooms(above: Above) -> None:
    rechecked(above, above.files[0])
    place = above.desk.place
    assert [(duty.label, duty.number) for duty in duties(above.officer, place)] == [("已报送，待复核", 1)]
    assert [(duty.label, duty.number) for duty in duties(above.approver, place)] == [("复核完成，待公布", 1)]
    labels = {room.label for room in rooms(above.officer, place)}
    assert "复核和公布" in labels
    assert not labels & {"拟认定名单", "公示", "异议", "择优排序", "统计"}
    assert "复核和公布" not in {room.label for room in rooms(above.desk.officer, place)}


def test_the_level_above_fixes_no_selection_of_the_bureau(db: Any) -> None:
    with desk("skills_foundation") as made:
        top = next(o for o in Organisation.objects.filter(jurisdiction=made.place) if o.tier is Tier.SUPERIOR)
        reported(made)
        row = selecting.draw_up_selection(call=made.call, by=made.officer)
        with pytest.raises(PermissionDenied):
            selecting.fix_selection(selection=row, by=make_actor("bureau_approver", top))


def test_the_pages_of_the_level_above(above: Above) -> None:
    first, second = above.files
    rechecked(above, first)
    place, call = above.desk.place.code, above.desk.call.pk
    officer, approver, bureau = (sign_in(who) for who in (above.officer, above.approver, above.desk.approver))

    def address(name: str, **arguments: int) -> str:
        return reverse(f"reviews:{name}", kwargs={"jurisdiction": place, **arguments})

    assert officer.get(address("rechecks")).status_code == 200
    assert bureau.get(address("rechecks")).status_code == 403
    listed = approver.get(address("recheck", call_pk=call)).content.decode()
    assert "公布（1 家）…" in listed
    act = address("recheck_recognise", call_pk=call)
    assert officer.get(act).status_code == 403
    assert "关于公布国家技能根基工程培训基地的通知" in approver.get(act).content.decode()
    said = {
        "document_number": f"人社厅函〔{clock.today().year}〕12号", "title": "公布", "issued_on": clock.today().isoformat(),
        "password": PASSWORD,
    }  # fmt: skip
    assert approver.post(act, said | {"applications": [second.pk]}).status_code == 422
    assert approver.post(act, said | {"applications": [first.pk]}).status_code == 302
    decline = address("decline", pk=second.pk)
    assert approver.post(decline, {"reason": "不符合参考标准", "password": PASSWORD}).status_code == 302
    statuses = Application.objects.filter(call=call).order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.RECOGNISED, Status.DECLINED]
    (made,) = Recognition.objects.all()
    for reader in (approver, bureau):
        shown = reader.get(address("recognition", pk=made.pk)).content.decode()
        assert "人力资源社会保障部" in shown
    assert "已公布" in approver.get(address("recheck", call_pk=call)).content.decode()
    assert "已认定" in bureau.get(address("notice_desk", pk=first.listings.get().shortlist.notice.pk)).content.decode()
