"""An opinion is nobody's to read before all are in and the seal is opened; then it is for good as it was handed in."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application
from applications.permissions import readable_applications
from applications.services.moves import WrongState
from portal.audit.models import Event
from portal.documents.models import Document
from reviews.models import Opinion
from reviews.selectors.panels import unsealed_opinions
from reviews.selectors.printing import panel_record
from reviews.services import declarations, opinions, panels
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office
from tests.reviews.kit import (
    LONG,
    a_call,
    approver,
    declare_all,
    hand_in,
    hand_in_all,
    make_application,
    make_expert,
    officer,
    seat,
    signature,
    visited,
    working_panel,
)
from tests.reviews.test_pages import sign_in, url

SECRET = "这一句只在启封之后才可以被看到，请按规定办理。"


def declared(hangzhou: Any) -> tuple[Any, Any, Any]:
    by = officer(hangzhou)
    panel, people = working_panel(make_application(a_call(hangzhou)), by)
    declare_all(panel, people)
    return by, panel, people


@pytest.mark.rule("P3-10")
def test_nothing_opens_before_declaring_and_nothing_after_recusal(hangzhou: Any) -> None:
    by = officer(hangzhou)
    panel, people = working_panel(make_application(a_call(hangzhou)), by)
    own = panel.application.edition.panel.recusals[0]
    assert not readable_applications(Application.objects.all(), people[0]).exists()
    declarations.declare(member=seat(panel, people[0]), conflicts=[own], explanation="", undertaking=True, by=people[0])
    gone = seat(panel, people[0])
    assert (gone.state, gone.chair, gone.reason) == ("recused", False, own)
    assert not readable_applications(Application.objects.all(), people[0]).exists()
    with pytest.raises(WrongState):
        declarations.declare(member=gone, conflicts=[], explanation="", undertaking=True, by=people[0])
    for name in ("file", "opinion"):
        assert sign_in(people[0]).get(url(f"reviews:{name}", pk=gone.pk)).status_code == 404


def test_declaring_nothing_needs_the_undertaking(hangzhou: Any) -> None:
    panel, people = working_panel(make_application(a_call(hangzhou)), officer(hangzhou))
    with pytest.raises(Refused, match="保密协议"):
        declarations.declare(
            member=seat(panel, people[0]), conflicts=[], explanation="", undertaking=False, by=people[0]
        )
    declarations.declare(member=seat(panel, people[0]), conflicts=[], explanation="", undertaking=True, by=people[0])
    assert list(readable_applications(Application.objects.all(), people[0])) == [panel.application]


def test_an_expert_declares_and_writes_only_for_themselves(hangzhou: Any) -> None:
    _, panel, people = declared(hangzhou)
    outsider = make_actor("expert", make_office(hangzhou))
    for stranger in (people[1], outsider, officer(hangzhou), approver(hangzhou)):
        with pytest.raises((WrongState, PermissionDenied)):
            opinions.submit_opinion(
                member=seat(panel, people[0]), conclusion="recommend", text=LONG, signature=signature(), by=stranger
            )
    assert Opinion.objects.count() == 0


@pytest.mark.parametrize(
    ("conclusion", "text", "drawn"),
    [("", LONG, signature()), ("maybe", LONG, signature()), ("recommend", "太短", signature()), ("recommend", "长" * 3001, signature()),
     ("recommend", LONG, ""), ("recommend", LONG, "typed:他人"), ("recommend", LONG, "data:image/png;base64,AAAA")],
)  # fmt: skip
def test_an_unfinished_opinion_is_refused(hangzhou: Any, conclusion: str, text: str, drawn: str) -> None:
    _, panel, people = declared(hangzhou)
    with pytest.raises(Refused):
        opinions.submit_opinion(
            member=seat(panel, people[0]), conclusion=conclusion, text=text, signature=drawn, by=people[0]
        )
    assert Opinion.objects.count() == 0


def test_the_own_name_confirms_where_nothing_can_be_drawn(hangzhou: Any) -> None:
    _, panel, people = declared(hangzhou)
    kept = opinions.submit_opinion(
        member=seat(panel, people[0]),
        conclusion="against",
        text=LONG,
        signature=f"typed:{people[0].user.name}",
        by=people[0],
    )
    assert kept.signature == f"typed:{people[0].user.name}"


@pytest.mark.rule("P3-11")
def test_an_opinion_is_locked_and_hashed_when_handed_in(hangzhou: Any) -> None:
    _, panel, people = declared(hangzhou)
    opinions.save_opinion(member=seat(panel, people[0]), conclusion="", text="草稿", by=people[0])
    kept = hand_in(panel, people[0])
    assert kept.sha256 == opinions.opinion_hash(Opinion.objects.get())
    with pytest.raises(WrongState, match="锁定"):
        hand_in(panel, people[0], "另一个意见" * 10)
    with pytest.raises(WrongState, match="锁定"):
        opinions.save_opinion(member=seat(panel, people[0]), conclusion="", text="改", by=people[0])
    assert Opinion.objects.get().text == LONG


def test_no_surface_shows_a_sealed_opinion(hangzhou: Any) -> None:
    by, panel, people = declared(hangzhou)
    for actor in people[:4]:
        hand_in(panel, actor, SECRET)
    with pytest.raises(WrongState, match="尚有成员"):
        opinions.unseal(panel=panel, by=by)
    assert not unsealed_opinions(panel).exists()
    assert SECRET not in str(panel_record(panel))
    readers = [by, approver(hangzhou), make_actor("supervisor", make_office(hangzhou))]
    pages = [sign_in(reader).get(url("reviews:panel", pk=panel.application_id)) for reader in readers]
    pages += [sign_in(reader).get(url("reviews:panels")) for reader in readers]
    others = sign_in(people[4])
    pages += [others.get(url("reviews:opinion", pk=seat(panel, people[4]).pk)), others.get(url("reviews:expert_home"))]
    for page in pages:
        assert page.status_code == 200
        assert SECRET not in page.content.decode()
    assert others.get(url("reviews:opinion", pk=seat(panel, people[0]).pk)).status_code == 404
    assert SECRET not in str(list(Event.objects.values_list("data", "reason")))
    assert SECRET not in "".join(Document.objects.values_list("source", flat=True))


@pytest.mark.rule("P3-11")
def test_complete_is_still_sealed_until_one_recorded_act(hangzhou: Any) -> None:
    by, panel, people = declared(hangzhou)
    hand_in_all(panel, people)
    panel.refresh_from_db()
    assert panel.state == "complete"
    assert not unsealed_opinions(panel).exists()
    with pytest.raises(PermissionDenied):
        opinions.unseal(panel=panel, by=approver(hangzhou))
    opinions.unseal(panel=panel, by=by)
    opinions.unseal(panel=panel, by=by)
    panel.refresh_from_db()
    assert unsealed_opinions(panel).count() == 5
    assert panel.unsealed_by == by.user
    assert Event.objects.filter(action="panel.unseal").count() == 1


def test_a_panel_short_of_a_member_is_not_complete(hangzhou: Any) -> None:
    by = officer(hangzhou)
    panel, people = working_panel(make_application(a_call(hangzhou)), by)
    declarations.declare(
        member=seat(panel, people[4]), conflicts=[], explanation="近亲属任职", undertaking=False, by=people[4]
    )
    declare_all(panel, people[:4])
    hand_in_all(panel, people[:4])
    panel.refresh_from_db()
    assert panel.state == "working"
    expert, newcomer = make_expert(hangzhou)
    panels.replace_member(member=seat(panel, people[4]), expert=expert, reason="回避补选", by=by)
    declare_all(panel, [newcomer])
    hand_in(panel, newcomer)
    panel.refresh_from_db()
    assert panel.state == "complete"


def test_a_review_ends_only_unsealed_visited_and_with_a_conclusion(hangzhou: Any) -> None:
    by, panel, people = declared(hangzhou)
    hand_in_all(panel, people)
    with pytest.raises(WrongState):
        opinions.finish_review(panel=panel, conclusion="建议认定", by=by)
    opinions.unseal(panel=panel, by=by)
    with pytest.raises(WrongState, match="现场考察"):
        opinions.finish_review(panel=panel, conclusion="建议认定", by=by)
    visited(panel, by)
    with pytest.raises(Refused):
        opinions.finish_review(panel=panel, conclusion=" ", by=by)
    opinions.finish_review(panel=panel, conclusion="建议认定", by=by)
    panel.application.refresh_from_db()
    assert panel.application.status == "reviewed"
    assert not readable_applications(Application.objects.all(), people[0]).exists()
    source = Document.objects.get(kind="panel_record").source
    assert source.count("data:image/png;base64,") == 5
