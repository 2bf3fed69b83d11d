"""Older bases: the rows of a workbook, two persons, what the register gets, and where their files do not appear."""

import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from applications.models import Application, Call
from applications.permissions import readable_applications, visible_calls
from applications.selectors.dashboard import dashboard
from assessments.forms.taking_over_rows import LAYOUT, check_rows
from assessments.models import Base, TakingOver
from assessments.selectors.due import DueState, expected
from assessments.services.taking_over import approve_taking_over, propose_taking_over, reject_taking_over
from portal.calendars import clock
from portal.policy import registry
from reviews.models import Recognition
from reviews.selectors.naming import taken_names
from reviews.services.refusal import Refused
from tests.assessments.test_register import register
from tests.factories import make_actor, make_office, make_unit
from tests.reviews import assess_kit, kit
from tests.reviews.kit import approver, officer
from tests.reviews.test_pages import sign_in

OLD = "杭人社发〔2013〕480号"


def a_row(unit: Any, serial: int = 1, **said: str) -> dict[str, str]:
    given = {
        "name": f"杭州市公共实训基地旧{serial}分基地", "unit": unit.name, "credit_code": unit.credit_code, "district": "西湖区",
        "track": "院校", "recognised_under": OLD, "document_number": "杭人社发〔2015〕12号", "recognised_on": "2015-03-02",
        "certificate_number": f"HZ-2015-{serial:03}", "plaque_text": "", "plaque_on": "2015年4月1日",
    }  # fmt: skip
    return given | said


def tracks_title(place: Any) -> str:
    return registry.current(place.code).tracks[0].title


@pytest.fixture
def unit(hangzhou: Any) -> Any:
    return make_unit("老基地技师学院")


def proposed(hangzhou: Any, rows: list[dict[str, str]], by: Any = None) -> TakingOver:
    rows = [row | {"track": tracks_title(hangzhou)} for row in rows]
    checked = check_rows(hangzhou, enumerate(rows, start=2))
    assert checked.problems == []
    return propose_taking_over(
        jurisdiction=hangzhou, file_name="旧.xlsx", rows=checked.rows, basis="历史名册", by=by or officer(hangzhou)
    )


def test_every_faulty_row_is_told_what_to_mend(hangzhou: Any, unit: Any) -> None:
    (known,) = register(hangzhou, 1)
    waiting, track = make_unit("待审学院", state="pending"), tracks_title(hangzhou)
    good = a_row(unit, track=track)
    cases = [
        (good, ""),
        (good | {"name": "另一家", "recognised_on": "2015-13-01"}, "无法识别"),
        (good | {"name": "丁", "certificate_number": "X2"} | {"document_number": "杭人社发[2015]12号"}, "六角括号"),
        (good | {"name": "戊", "certificate_number": "X3", "track": "工厂"}, "“类别”应为"),
        (good | {"name": "己", "certificate_number": "X4", "credit_code": "91310115MA1H8R7C6D"}, "校验不通过"),
        (good | {"name": "庚", "certificate_number": "X5", "credit_code": "91330100MA0000015W"}, "请该单位先注册"),
        (good | {"name": "辛", "certificate_number": "X6", "credit_code": waiting.credit_code}, "尚未审核通过"),
        (good | {"name": "壬", "certificate_number": "X7", "unit": "别的名称"}, "不一致"),
        (good | {"name": known.name, "certificate_number": "X8"}, "名册中已有名为"),
        (good | {"name": "癸", "certificate_number": known.certificate_number}, "已在名册中"),
        (good | {"name": "子", "certificate_number": "X9", "document_number": known.document_number}, "平台内签发"),
        (good | {"name": "丑", "certificate_number": "X10", "recognised_under": ""}, "“认定依据”未填写"),
        (good | {"name": "寅", "certificate_number": "X11", "plaque_on": "2014-01-01"}, "早于认定日期"),
    ]
    checked = check_rows(hangzhou, enumerate([row for row, _ in cases], start=2))
    assert [row["name"] for row in checked.rows] == [good["name"]]
    assert (checked.rows[0]["plaque_text"], checked.rows[0]["plaque_on"]) == (good["name"], "2015-04-01")
    told = dict(checked.problems)
    for number, (_, words) in enumerate(cases, start=2):
        assert words in told.get(number, ""), (number, told.get(number))
    assert "证书编号与第 2 行重复" in told[3]


@pytest.mark.rule("HZ-A-11")
def test_an_older_base_is_entered_under_the_present_edition_with_the_policy_of_its_time(
    hangzhou: Any, unit: Any
) -> None:
    taking = proposed(hangzhou, [a_row(unit), a_row(unit, 2), a_row(make_unit("另一学院"), 3)])
    first, second, third = approve_taking_over(taking=taking, by=approver(hangzhou))
    assert (first.recognised_under, first.edition.code) == (OLD, "HZ-2023-115")
    assert (first.recognised_on, first.plaque_state) == (date(2015, 3, 2), "handed_over")
    assert first.source.recognition == third.source.recognition
    assert first.source.application.call != second.source.application.call  # one file a track and unit in a call
    assert first.setting_values["assessment.minimum_months"] is not None
    assert TakingOver.objects.get().state == "approved"
    assert first.name in taken_names([first.name], hangzhou.pk)
    assert not any(each.state is DueState.LATE for each in expected(first, clock.today()))  # it reports from now on


def test_two_persons_and_a_reason_to_hand_back(hangzhou: Any, unit: Any) -> None:
    both = officer(hangzhou)
    taking = proposed(hangzhou, [a_row(unit)], by=both)
    same = make_actor("bureau_approver", make_office(hangzhou), both.user)
    with pytest.raises(Refused, match="两人"):
        approve_taking_over(taking=taking, by=same)
    with pytest.raises(Refused, match="理由"):
        reject_taking_over(taking=taking, reason=" ", by=approver(hangzhou))
    reject_taking_over(taking=taking, reason="文号有误", by=approver(hangzhou))
    assert not Base.objects.exists()


def test_what_changed_meanwhile_is_refused_whole(hangzhou: Any, unit: Any) -> None:
    taking = proposed(hangzhou, [a_row(make_unit("甲学院"), 1), a_row(unit, 2)])
    unit.state = "suspended"
    unit.save()
    with pytest.raises(Refused, match="尚未审核通过"):
        approve_taking_over(taking=taking, by=approver(hangzhou))
    assert not Base.objects.exists()
    assert not Call.objects.filter(state="history").exists()


def test_their_files_are_in_no_list_of_live_files(hangzhou: Any, unit: Any) -> None:
    approve_taking_over(taking=proposed(hangzhou, [a_row(unit)]), by=approver(hangzhou))
    at_desk, own = officer(hangzhou), make_actor("unit_admin", unit)
    for actor in (at_desk, own):
        assert not readable_applications(Application.objects.all(), actor).exists()
        assert not visible_calls(Call.objects.filter(state="history"), actor).exists()
    assert dashboard(unit).cards == []
    client = sign_in(at_desk)
    for name in ("reviews:recognitions", "applications:calls", "applications:inbox"):
        page = client.get(reverse(name, kwargs={"jurisdiction": "hangzhou"})).content.decode()
        assert "历史基地登记" not in page
        assert "〔2015〕12号" not in page
    assert Recognition.objects.get().taken_over


def test_experts_assess_an_imported_base(hangzhou: Any, unit: Any) -> None:
    [base] = approve_taking_over(taking=proposed(hangzhou, [a_row(unit)]), by=approver(hangzhou))
    desk = officer(hangzhou)
    panel, people = assess_kit.working(base.source.application, desk)
    seat = kit.seat(panel, people[0])
    expert = sign_in(people[0])
    for name in ("file", "opinion"):
        assert (
            expert.get(reverse(f"reviews:{name}", kwargs={"jurisdiction": "hangzhou", "pk": seat.pk})).status_code
            == 200
        )
    address = reverse("reviews:assessment_panel", kwargs={"jurisdiction": "hangzhou", "pk": panel.pk})
    assert sign_in(desk).get(address).status_code == 200
    for actor in people:
        assess_kit.hand_in(panel, actor)
    assert assess_kit.closed(panel, desk).state == "closed"


def test_the_pages_preview_propose_and_decide(hangzhou: Any, unit: Any) -> None:
    good, bad = a_row(unit, track=tracks_title(hangzhou)), a_row(unit, 2, track="工厂")
    book = io.BytesIO(LAYOUT.write([list(good.values()), list(bad.values())]))
    book.name = "旧基地.xlsx"
    client, place = sign_in(officer(hangzhou)), {"jurisdiction": "hangzhou"}
    preview = client.post(reverse("assessments:take_over", kwargs=place), {"workbook": book})
    assert "可以登记 1 家，1 行需更正" in preview.content.decode()
    assert not TakingOver.objects.exists()
    again = {"rows": preview.context["rows_json"], "file_name": "旧基地.xlsx"}
    assert client.post(reverse("assessments:take_over", kwargs=place), again).status_code == 422
    done = client.post(reverse("assessments:take_over", kwargs=place), again | {"basis": "历史名册"})
    assert done.status_code == 302
    assert client.get(done.url).status_code == 200
    assert client.post(done.url, {"approve": "yes"}).status_code == 403
    assert sign_in(approver(hangzhou)).post(done.url, {"approve": "yes"}).status_code == 302
    page = client.get(reverse("assessments:taken_over", kwargs=place)).content.decode()
    assert "已登记" in page
    base = Base.objects.get()
    shown = client.get(reverse("assessments:base", kwargs=place | {"pk": base.pk})).content.decode()
    assert OLD in shown
    assert "补录入册" in shown
