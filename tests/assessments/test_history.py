"""What became of a base: recorded changes, transfers, the end of its unit, its plaque, one line of events."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from PIL import Image

from applications.services.moves import WrongState
from assessments.enums import ChangeKind, PlaqueState
from assessments.models import Base, BaseChange
from assessments.selectors.history import events_of, to_examine
from assessments.services.changes import Change, record_change
from assessments.services.register import record_plaque
from portal.calendars import clock
from reviews.services.refusal import Refused
from tests.assessments.test_register import register
from tests.factories import make_actor, make_unit
from tests.reviews.kit import approver, officer
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted


def paper() -> tuple[str, io.BytesIO]:
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, "PNG")
    content.seek(0)
    return "证明.png", content


def changed(base: Base, kind: ChangeKind, **said: Any) -> BaseChange:
    given = {"on": base.recognised_on + timedelta(days=5), "reason": "据批准文件", "evidence": paper()}
    change = Change(kind=kind, **(given | said))
    return record_change(base=base, change=change, by=officer(base.jurisdiction))


@pytest.fixture
def base(hangzhou: Any) -> Base:
    return register(hangzhou, 1)[0]


@pytest.mark.parametrize("kind", [ChangeKind.TRANSFERRED, ChangeKind.MERGED])
def test_a_base_goes_to_its_new_unit_and_what_was_granted_stays_readable(
    base: Base, kind: ChangeKind, client: Any
) -> None:
    old, new = base.organisation, make_unit("合并后的学院")
    made = changed(base, kind, credit_code=new.credit_code.lower())
    base.refresh_from_db()
    assert (base.organisation, made.from_organisation, made.to_organisation) == (new, old, new)
    assert old.name in made.before
    assert base.source.application.organisation == old
    assert sign_in(make_actor("unit_admin", old)).get(_mine(base)).status_code == 404
    assert sign_in(make_actor("unit_admin", new)).get(_mine(base)).status_code == 200
    page = client.get(reverse("desk:verify"), {"code": base.certificate_number}).content.decode()
    assert new.name in page
    assert f"认定时单位</dt><dd>{old.name}" in page


def test_a_move_needs_a_registered_approved_and_different_unit(base: Base) -> None:
    waiting = make_unit("待审核学院", state="pending")
    for code, words in (
        ("", "请填写新单位"),
        ("91330100MA0000015W", "没有在平台注册"),
        (waiting.credit_code, "尚未审核通过"),
        (base.organisation.credit_code, "现在就属于"),
    ):
        with pytest.raises(Refused, match=words):
            changed(base, ChangeKind.TRANSFERRED, credit_code=code)
    assert not base.changes.exists()


def test_the_end_of_its_unit_ends_the_base_and_names_what_is_to_be_examined(base: Base, client: Any) -> None:
    changed(base, ChangeKind.CLOSED, reason="经批准注销")
    base.refresh_from_db()
    assert (base.state, base.ended_on) == ("closed", base.recognised_on + timedelta(days=5))
    assert any("注销或撤销" in text for text, _ in to_examine(base))
    with pytest.raises(WrongState, match="不能再登记变更"):
        changed(base, ChangeKind.OTHER, after="无")
    with pytest.raises(WrongState, match="不能授牌"):
        record_plaque(
            base=base, state=PlaqueState.HANDED_OVER, on=base.ended_on, receiver="王经办", by=officer(base.jurisdiction)
        )
    page = sign_in(officer(base.jurisdiction)).get(_desk(base)).content.decode()
    assert "所在单位被注销或撤销的" in page
    public = client.get(reverse("place:base", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})).content.decode()
    assert "已注销" in public
    assert "称号不再有效" in public
    listed = client.get("/api/v1/bases/").json()
    rows = listed["results"] if isinstance(listed, dict) else listed
    assert [(row["state"], row["ended_on"]) for row in rows] == [("closed", base.ended_on.isoformat())]


def test_a_change_has_a_plausible_day_a_reason_a_paper_and_an_officer(base: Base) -> None:
    for said, words in (
        ({"on": base.recognised_on - timedelta(days=1)}, "不能早于认定日期"),
        ({"on": clock.today() + timedelta(days=1)}, "不能晚于今天"),
        ({"reason": " "}, "请填写变更原因"),
        ({"evidence": None}, "须上传"),
    ):
        with pytest.raises(Refused, match=words):
            changed(base, ChangeKind.CLOSED, **said)
    with pytest.raises(Refused, match="请填写变更后的情况"):
        changed(base, ChangeKind.PROJECTS)
    change = Change(ChangeKind.PROJECTS, clock.today(), "调整", after="新增项目")
    with pytest.raises(PermissionDenied):
        record_change(base=base, change=change, by=approver(base.jurisdiction))


def test_a_new_name_is_taken_once_and_the_certificate_keeps_the_old_one(hangzhou: Any) -> None:
    first, second = register(hangzhou, 2)
    with pytest.raises(Refused, match="已被其他基地使用"):
        changed(first, ChangeKind.RENAMED, after=second.name)
    granted = first.name
    changed(first, ChangeKind.RENAMED, after="杭州市公共实训基地新名分基地", evidence=None)
    first.refresh_from_db()
    assert (first.name, first.source.name) == ("杭州市公共实训基地新名分基地", granted)
    with pytest.raises(Refused, match="单位名称先由单位管理员"):
        changed(first, ChangeKind.UNIT_RENAMED, after="别的名称")


def test_a_lost_plaque_is_made_again_and_a_plaque_may_be_handed_back(base: Base) -> None:
    def note(state: PlaqueState) -> str:
        record_plaque(base=base, state=state, on=base.recognised_on, receiver="王经办", by=officer(base.jurisdiction))
        base.refresh_from_db()
        return str(base.plaque_state)

    with pytest.raises(WrongState, match="不能登记交回"):
        note(PlaqueState.RETURNED)
    assert note(PlaqueState.HANDED_OVER) == "handed_over"
    assert note(PlaqueState.LOST) == "lost"
    with pytest.raises(WrongState, match="请登记补制"):
        note(PlaqueState.HANDED_OVER)
    assert note(PlaqueState.REMADE) == "handed_over"
    assert note(PlaqueState.RETURNED) == "returned"
    labels = [event.label for event in events_of(base, inside=True)]
    assert labels == ["铭牌已交回", "铭牌已补制", "铭牌遗失（损毁）", "铭牌已授牌", "认定"]


def test_the_page_keeps_what_was_typed_and_its_paper_opens_for_those_it_concerns(base: Base, client: Any) -> None:
    at_desk = sign_in(officer(base.jurisdiction))
    address = reverse("assessments:base_change", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})
    said = {"kind": "equipment", "on": clock.today().isoformat(), "reason": "更新设备", "after": ""}
    answer = at_desk.post(address, said)
    assert answer.status_code == 422
    assert "更新设备" in answer.content.decode()
    name, content = paper()
    content.name = name
    assert at_desk.post(address, said | {"after": "购置数控机床 2 台", "evidence": content}).status_code == 302
    [change] = base.changes.all()
    file = reverse("documents:file", kwargs={"pk": change.evidence_id})
    assert at_desk.get(file).status_code == 200
    assert sign_in(make_actor("unit_operator", base.organisation)).get(file).status_code == 200
    assert sign_in(make_actor("unit_operator", make_unit())).get(file).status_code in (403, 404)
    assert "购置数控机床" in at_desk.get(_desk(base)).content.decode()


def test_a_long_history_costs_the_same(base: Base) -> None:
    at_desk = sign_in(officer(base.jurisdiction))

    def note(count: int) -> None:
        for _ in range(count):
            changed(base, ChangeKind.STAFF, after="调整", evidence=None)

    note(3)
    few = counted(at_desk, _desk(base))
    note(20)
    assert counted(at_desk, _desk(base)) == few


def _desk(base: Base) -> str:
    return reverse("assessments:base", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})


def _mine(base: Base) -> str:
    return reverse("assessments:my_base", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})
