"""The fall-back on paper: a print of one seat, typed in by one person, checked by another, marked wherever it is shown."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.documents.access import may_read_document, may_read_file
from portal.documents.models import Document
from portal.notifications.models import Message
from reviews.models import Opinion, Panel, PaperEntry
from reviews.selectors.panels import unsealed_opinions
from reviews.selectors.paper_sheets import hash_on, paper_seats, sheet_sha256
from reviews.selectors.printing import panel_record
from reviews.services import opinions, paper_sheets
from reviews.services.refusal import Refused
from reviews.services.reopening import reopen_opinion
from tests.documents.reading import pages_of
from tests.factories import PASSWORD, make_actor
from tests.reviews import kit, sheet_kit
from tests.reviews.select_kit import Desk, desk
from tests.reviews.sheet_kit import FULL, REMARKS
from tests.reviews.test_pages import sign_in

pytestmark = [pytest.mark.django_db]
Work = tuple[Panel, list[Actor]]


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("kunshan") as made:
        yield made


@pytest.fixture
def work(bureau: Desk) -> Work:
    return sheet_kit.working(bureau)


@pytest.fixture
def second(bureau: Desk) -> Actor:
    return make_actor("bureau_officer", bureau.bureau)


def address(name: str, **named: Any) -> str:
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": "kunshan", **named})


def seat_address(panel: Panel, expert: Actor, name: str = "paper_entry") -> str:
    return address(name, panel_pk=panel.pk, member_pk=kit.seat(panel, expert).pk)


def picture(name: str = "评分表.jpg") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (60, 80), (250, 250, 250)).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def body(code: str, **changed: Any) -> dict[str, Any]:
    typed = {f"score_{key}": points for key, points in FULL.items()}
    typed |= {f"remark_{key}": text for key, text in REMARKS.items()}
    return {"code": code, "conclusion": "recommend", "text": kit.LONG, "signed": "on", **typed} | changed


def test_the_print_names_the_seat_by_number_and_leads_back_to_it(bureau: Desk, work: Work) -> None:
    panel, people = work
    sheet_kit.hand_in(panel, people[0], text="只有本人知道的一句话，启封之前任何人不能看到。", p1="7.5")
    member = kit.seat(panel, people[1])
    document = paper_sheets.print_sheet(member=member, by=bureau.officer)
    assert paper_sheets.print_own_sheet(member=member, by=people[1]) == document, "the same sheet is the same print"
    assert hash_on(document) == sheet_sha256(sheet_kit.fresh(panel))
    source = document.source
    for item in sheet_kit.fresh(panel).sheet["lines"]:
        assert item["title"] in source
        assert item["rule"] in source
    assert "系统建议 20 分" in source
    assert (member.expert.name in source, "只有本人知道" in source, ">7.5<" in source) == (False, False, False)
    assert "<td>2 号</td>" in source
    readers = {actor: may_read_document(actor, document) for actor in (*people[:3], bureau.officer, bureau.approver)}
    assert readers == {
        people[0]: False, people[1]: True, people[2]: False, bureau.officer: True, bureau.approver: True,
    }  # fmt: skip
    with pytest.raises(WrongState, match="现任成员"):
        paper_sheets.print_own_sheet(member=member, by=people[2])


def test_one_types_another_checks_and_only_then_it_counts(
    bureau: Desk, work: Work, second: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    panel, people = work
    with django_capture_on_commit_callbacks(execute=True):
        entry = sheet_kit.entered(panel, people[1], bureau.officer)
        assert not Opinion.objects.exists()
        for actor in (bureau.officer, people[1]):
            with pytest.raises((WrongState, PermissionDenied)):
                paper_sheets.claim_check(entry=entry, by=actor)
        with pytest.raises(WrongState, match="由我核对"):
            paper_sheets.confirm_paper(entry=entry, by=second)
        paper_sheets.claim_check(entry=entry, by=bureau.approver)
        with pytest.raises(WrongState, match="他人核对"):
            paper_sheets.claim_check(entry=entry, by=second)
        with pytest.raises(WrongState, match="由我核对"):
            paper_sheets.confirm_paper(entry=entry, by=second)
        opinion = paper_sheets.confirm_paper(entry=entry, by=bureau.approver)
    assert (opinion.scores, opinion.paper, opinion.signature) == (FULL, entry.paper, "")
    assert (opinion.entered_by, opinion.checked_by) == (bureau.officer.user, bureau.approver.user)
    assert opinion.sha256 == opinions.opinion_hash(Opinion.objects.get())
    events = Event.objects.filter(action__startswith="paper.").order_by("id")
    assert [(each.action, each.actor) for each in events] == [
        ("paper.enter", bureau.officer.user),
        ("paper.check", bureau.approver.user),
        ("paper.confirm", bureau.approver.user),
    ]
    assert kit.LONG not in str(list(Event.objects.values_list("data", "reason")))
    assert {each.user for each in Message.objects.filter(key=f"paper:{entry.pk}:entered")} == {
        second.user, bureau.approver.user,
    }  # fmt: skip
    told = Message.objects.get(key=f"paper:{entry.pk}:confirmed")
    assert (told.user, told.link) == (people[1].user, address("opinion", pk=entry.member_id))
    assert kit.LONG not in told.body


@pytest.mark.parametrize("case", ["other seat", "no print", "changed", "bad points", "no text", "foreign scan"])
def test_what_cannot_be_taken_is_refused_with_its_field(bureau: Desk, work: Work, second: Actor, case: str) -> None:
    panel, people = work
    changed: dict[str, Any] = {}
    if case == "other seat":
        changed["code"] = paper_sheets.print_sheet(member=kit.seat(panel, people[2]), by=bureau.officer).code
    elif case == "no print":
        changed["code"] = "0000-0000-0000-0000"
    elif case == "changed":
        changed["code"] = paper_sheets.print_sheet(member=kit.seat(panel, people[1]), by=bureau.officer).code
        bureau.call.settings = bureau.call.settings | _first_maximum(panel, 14)
        bureau.call.save()
    elif case == "bad points":
        changed["scores"] = FULL | {"1": "15.5"}
    elif case == "no text":
        changed["text"] = "太短"
    else:
        changed["scan"] = sheet_kit.scan(second)
    field, words = {
        "other seat": ("code", "不是本席位"),
        "no print": ("code", "不是本席位"),
        "changed": ("code", "评分表已更新，请重新打印"),
        "bad points": ("score_1", "应在 0 至 15 分之间"),
        "no text": ("text", "至少应填"),
        "foreign scan": ("scan", "重新选择扫描件"),
    }[case]
    with pytest.raises(Refused, match=words) as refusal:
        sheet_kit.entered(sheet_kit.fresh(panel), people[1], bureau.officer, **changed)
    assert refusal.value.field == field
    assert not PaperEntry.objects.exists()


def _first_maximum(panel: Panel, points: int) -> dict[str, int]:
    """The setting that holds the first item's maximum on this file's own sheet."""
    from reviews.selectors.scores import sheet_of

    sheet = sheet_of(sheet_kit.fresh(panel).application)
    assert sheet is not None
    return {f"{sheet.settings_prefix}.1": points}


def test_a_draft_on_line_stands_in_the_way_and_is_kept_when_paper_replaces_it(
    bureau: Desk, work: Work, second: Actor
) -> None:
    panel, people = work
    member = kit.seat(panel, people[1])
    opinions.save_opinion(member=member, conclusion="", text="在线草稿一句", by=people[1], scores={"1": "3"})
    with pytest.raises(Refused, match="在线填写") as refusal:
        sheet_kit.entered(panel, people[1], bureau.officer)
    assert refusal.value.field == "replaces_draft"
    sheet_kit.confirmed(panel, people[1], bureau.officer, second, replaces_draft=True)
    entry = PaperEntry.objects.get()
    assert (entry.replaced["text"], entry.replaced["scores"]) == ("在线草稿一句", {"1": "3"})
    own = sign_in(people[1]).get(address("opinion", pk=member.pk)).content.decode()
    assert "在线草稿一句" in own
    assert "纸质评分，2024年9月2日由" in own
    at_desk = sign_in(second).get(seat_address(panel, people[1])).content.decode()
    assert ("在线草稿一句" in at_desk, kit.LONG in at_desk) == (False, False)


def test_a_draft_begun_after_the_entry_or_a_sheet_sent_on_line_wins(bureau: Desk, work: Work, second: Actor) -> None:
    panel, people = work
    entry = sheet_kit.entered(panel, people[1], bureau.officer)
    paper_sheets.claim_check(entry=entry, by=second)
    opinions.save_opinion(member=kit.seat(panel, people[1]), conclusion="", text="后来的草稿", by=people[1])
    with pytest.raises(WrongState, match="又在线填写了草稿"):
        paper_sheets.confirm_paper(entry=entry, by=second)
    sheet_kit.hand_in(panel, people[1], p1="9")
    with pytest.raises(WrongState, match="已提交并锁定"):
        paper_sheets.confirm_paper(entry=entry, by=second)
    paper_sheets.return_paper(entry=entry, reason="本人已在线提交", by=second)
    assert Opinion.objects.get().scores["1"] == "9"
    assert not Opinion.objects.get().paper
    with pytest.raises(WrongState, match="已提交并锁定"):
        sheet_kit.entered(panel, people[1], bureau.officer, code="X")


def test_an_entry_comes_back_with_a_reason_and_can_be_typed_anew(
    bureau: Desk, work: Work, second: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    panel, people = work
    entry = sheet_kit.entered(panel, people[1], bureau.officer)
    with pytest.raises(WrongState, match="等待核对"):
        sheet_kit.entered(panel, people[1], second)
    with pytest.raises(WrongState, match="录入人和核对人"):
        paper_sheets.return_paper(entry=entry, reason="不符", by=second)
    paper_sheets.claim_check(entry=entry, by=second)
    with pytest.raises(Refused, match="理由"):
        paper_sheets.return_paper(entry=entry, reason=" ", by=second)
    with django_capture_on_commit_callbacks(execute=True):
        paper_sheets.return_paper(entry=entry, reason="第 2 项与扫描件不符", by=second)
    assert Message.objects.get(key=f"paper:{entry.pk}:returned").user == bureau.officer.user
    again = sign_in(bureau.officer).get(seat_address(panel, people[1]))
    assert again.context["form"]["score_2"].value() == "18.5"
    assert sign_in(second).get(seat_address(panel, people[1])).context["form"]["score_2"].value() is None
    entry = sheet_kit.entered(panel, people[1], bureau.officer, scan=entry.paper)
    paper_sheets.return_paper(entry=entry, reason="录错了", by=bureau.officer)
    assert list(PaperEntry.objects.values_list("state", flat=True)) == ["returned", "returned"]


def test_who_may_open_the_scan_at_each_step(bureau: Desk, work: Work, second: Actor) -> None:
    panel, people = work
    for actor in (people[0], *people[2:]):
        sheet_kit.hand_in(panel, actor)
    entry = sheet_kit.entered(panel, people[1], bureau.officer)
    everyone = {
        "typist": bureau.officer,
        "second": second,
        "boss": bureau.approver,
        "self": people[1],
        "chair": people[0],
    }

    def openers() -> set[str]:
        return {name for name, actor in everyone.items() if may_read_file(actor, entry.paper)}

    assert openers() == {"typist", "self"}
    paper_sheets.claim_check(entry=entry, by=second)
    assert openers() == {"typist", "second", "self"}
    paper_sheets.confirm_paper(entry=entry, by=second)
    assert openers() == {"self"}
    opinions.unseal(panel=panel, by=bureau.officer)
    assert openers() == {"typist", "second", "boss", "self"}


def test_it_is_marked_wherever_it_is_shown(bureau: Desk, work: Work, second: Actor) -> None:
    panel, people = work
    for actor in (people[0], *people[2:]):
        sheet_kit.hand_in(panel, actor)
    sheet_kit.confirmed(panel, people[1], bureau.officer, second)
    assert sheet_kit.fresh(panel).state == "complete"
    opinions.unseal(panel=panel, by=bureau.officer)
    note = f"纸质评分，2024年9月2日由{bureau.officer.user.name}录入、{second.user.name}核对"
    found = sheet_kit.fresh(panel)
    assert [each.paper_note for each in unsealed_opinions(found)] == ["", note, "", "", ""]
    assert note in sign_in(bureau.approver).get(address("panel", pk=panel.application_id)).content.decode()
    assert [each["paper_note"] for each in panel_record(found)["opinions"]] == ["", note, "", "", ""]
    kit.visited(found, bureau.officer)
    opinions.finish_review(panel=found, conclusion="建议认定。", by=bureau.officer)
    source = Document.objects.get(kind="panel_record").source
    assert (note in source, source.count("见纸质评分表")) == (True, 1)


def test_a_paper_sheet_comes_back_like_any_other(bureau: Desk, work: Work, second: Actor) -> None:
    panel, people = work
    before = sheet_kit.confirmed(panel, people[1], bureau.officer, second)
    opinion = reopen_opinion(member=kit.seat(panel, people[1]), reason="与纸质评分表不符", by=people[0])
    assert (opinion.paper, opinion.entered_by, opinion.checked_by) == (None, None, None)
    version = opinion.versions.get()
    assert (version.sha256, version.said["paper"]) == (before.sha256, "5" * 64)
    assert not sheet_kit.hand_in(panel, people[1], p1="11").paper_note


def test_the_way_by_hand(bureau: Desk, work: Work, second: Actor) -> None:
    panel, people = work
    desk_of, checker = sign_in(bureau.officer), sign_in(second)
    printed = desk_of.post(seat_address(panel, people[1], "paper_print"))
    document = Document.objects.get(kind="score_sheet")
    assert printed.url == reverse("documents:document", kwargs={"pk": document.pk})
    opens = [client.get(printed.url).status_code for client in (desk_of, sign_in(people[1]), sign_in(people[2]))]
    assert opens == [202, 202, 404], "on its way to whoever may have it"
    page = seat_address(panel, people[1])
    opened = desk_of.get(f"{page}?code={document.code}")
    assert opened.context["form"]["code"].value() == document.code
    wrong = desk_of.post(page, body(document.code, score_1="99", scan=picture()))
    assert wrong.status_code == 422
    assert "应在 0 至 15 分之间" in wrong.content.decode()
    kept = wrong.context["scan_mark"]
    right = desk_of.post(page, body(document.code, kept_scan=kept))
    assert right.status_code == 302, right.content.decode()[-3000:]
    entry = PaperEntry.objects.get()
    assert entry.paper.name == "评分表.jpg"
    assert kit.LONG in desk_of.get(page).content.decode(), "the typist still sees it"
    assert kit.LONG not in checker.get(page).content.decode(), "nobody else does before taking the check on"
    for step in ("paper_check", "paper_confirm"):
        target = address(step, pk=entry.pk)
        assert checker.get(target).status_code == 200
        assert checker.post(target, {"password": PASSWORD}).status_code == 302
        assert (kit.LONG in checker.get(page).content.decode()) is (step == "paper_check")
    assert kit.LONG not in desk_of.get(page).content.decode(), "once sealed, not the typist either"
    assert Opinion.objects.get().sha256


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"signed": ""}, "没有专家签名"), ({"kept_scan": "forged"}, "请选择纸质评分表的扫描件"),
     ({"scan": SimpleUploadedFile("评分表.pdf", b"MZ\x90 not a pdf")}, "评分表.pdf")],
)  # fmt: skip
def test_a_page_that_is_not_whole_says_what_is_missing(
    bureau: Desk, work: Work, changed: dict[str, Any], words: str
) -> None:
    panel, people = work
    code = paper_sheets.print_sheet(member=kit.seat(panel, people[1]), by=bureau.officer).code
    answer = sign_in(bureau.officer).post(seat_address(panel, people[1]), body(code, **changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["form"]["score_2"].value() == "18.5"


def test_who_reaches_the_pages(bureau: Desk, work: Work) -> None:
    panel, people = work
    entry = sheet_kit.entered(panel, people[1], bureau.officer)
    page, check = seat_address(panel, people[1]), address("paper_check", pk=entry.pk)
    boss = sign_in(bureau.approver)
    assert (boss.get(page).status_code, boss.get(check).status_code) == (200, 200)
    assert boss.post(page, body("X")).status_code == 403
    supervisor, unit = make_actor("supervisor", bureau.bureau), panel.application.created_by
    for client in (sign_in(people[0]), sign_in(people[1]), sign_in(supervisor)):
        assert (client.get(page).status_code, client.get(check).status_code) == (403, 403)
    assert sign_in(Actor(unit, None)).get(page).status_code == 403
    assert [(seat.number, bool(seat.entry)) for seat in paper_seats(panel)] == [
        (1, False), (2, True), (3, False), (4, False), (5, False),
    ]  # fmt: skip


def test_the_print_as_paper(bureau: Desk, work: Work) -> None:
    from portal.documents.rendering.engine import render

    panel, people = work
    document = paper_sheets.print_sheet(member=kit.seat(panel, people[1]), by=bureau.officer)
    rendered = render(document.source, resources={})
    pages = pages_of(rendered.pdf)
    assert rendered.warnings == ()
    assert [document.code in page for page in pages] == [True] * rendered.pages
    whole = "".join(pages)
    for words in (
        "专家评分表（纸质）",
        "2号",
        "☐建议认定",
        "☐建议整改后认定",
        "☐建议不予认定",
        "专家签名",
        "系统建议20分",
    ):
        assert words in whole
