"""The expert list: who keeps it, what an import takes and what it gives back."""

import io
import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import Workbook, load_workbook

from portal.audit.models import Event
from reviews.enums import ExpertState
from reviews.forms.expert_rows import preview_of
from reviews.models import Expert
from reviews.selectors import expert_sheet
from reviews.services import experts
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office, make_user
from tests.reviews.kit import approver, make_expert, officer
from tests.reviews.test_pages import sign_in, url

HEAD = [label for _, label, _ in expert_sheet.COLUMNS]
VALUES = {"name": "测试专家", "unit_name": "浙江测试大学", "fields": ["数控加工"]}


def workbook(*rows: list[Any], head: list[str] | None = None) -> io.BytesIO:
    book = Workbook()
    book.active.append(head or HEAD)
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def test_an_expert_is_listed_once(hangzhou: Any) -> None:
    by = officer(hangzhou)
    experts.add_expert(jurisdiction=hangzhou, by=by, **VALUES)
    with pytest.raises(Refused, match="已在专家库"):
        experts.add_expert(jurisdiction=hangzhou, by=by, **(VALUES | {"unit_name": "浙江 测试大学"}))
    with pytest.raises(PermissionDenied):
        experts.add_expert(jurisdiction=hangzhou, by=approver(hangzhou), **(VALUES | {"name": "另一人"}))
    assert Expert.objects.count() == 1


def test_a_change_of_state_is_recorded_with_its_reason(hangzhou: Any) -> None:
    by, (expert, _) = officer(hangzhou), make_expert(hangzhou)
    with pytest.raises(Refused):
        experts.set_expert_state(expert=expert, state=ExpertState.PAUSED, reason="", by=by)
    experts.set_expert_state(expert=expert, state=ExpertState.PAUSED, reason="出国访学", by=by)
    expert.refresh_from_db()
    assert expert.state == "paused"
    assert Event.objects.get(action="expert.state").reason == "出国访学"


def test_only_an_experts_account_is_linked_and_only_once(hangzhou: Any) -> None:
    by = officer(hangzhou)
    (_, taken), (expert, _) = make_expert(hangzhou), make_expert(hangzhou, user=None)
    for user in (make_user(), by.user, taken.user):
        with pytest.raises(Refused):
            experts.link_expert(expert=expert, user=user, by=by)
    fresh = make_actor("expert", make_office(hangzhou))
    assert experts.link_expert(expert=expert, user=fresh.user, by=by).user == fresh.user


def test_an_import_is_previewed_row_by_row_before_anything_changes(hangzhou: Any) -> None:
    rows, problem = expert_sheet.LAYOUT.read(
        workbook(
            ["甲", "测试一大学", "", "教授", "数控加工、焊接", "西湖区", 13800000001],
            ["", "测试二大学", "", "", "焊接", "", ""],
            [None] * 7,
            ["乙", "测试三大学", "91310115MA1H8R7C6D", "", "焊接", "", ""],
            ["甲", "测试一大学", "", "", "焊接", "", ""],
        )
    )
    preview = preview_of(rows)
    assert problem == ""
    assert [row["name"] for row in preview.rows] == ["甲"]
    assert preview.rows[0]["fields"] == ["数控加工", "焊接"]
    assert preview.rows[0]["phone"] == "13800000001"
    assert [number for number, _ in preview.problems] == [3, 5, 6]
    assert Expert.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"name,unit\n", workbook(head=["名字"]).read(), workbook().read()]
)
def test_a_workbook_that_cannot_be_read_is_answered_clearly(content: bytes) -> None:
    rows, problem = expert_sheet.LAYOUT.read(io.BytesIO(content))
    assert rows == []
    assert problem


def test_the_import_page_previews_then_writes_and_twice_changes_nothing(hangzhou: Any) -> None:
    client = sign_in(officer(hangzhou))
    file = workbook(["甲", "测试一大学", "", "教授", "数控加工", "西湖区", ""], ["乙", "", "", "", "焊接", "", ""])
    file.name = "experts.xlsx"
    page = client.post(url("reviews:experts_import"), {"workbook": file})
    assert "第 3 行" in page.content.decode()
    assert Expert.objects.count() == 0
    rows = page.context["rows_json"]
    for _ in range(2):
        client.post(url("reviews:experts_import"), {"rows": rows})
    assert list(Expert.objects.values_list("name", "fields")) == [("甲", ["数控加工"])]
    client.post(url("reviews:experts_import"), {"rows": json.dumps([{"name": "丙"}])})
    client.post(url("reviews:experts_import"), {"rows": "not json"})
    assert Expert.objects.count() == 1


def test_the_export_holds_exactly_what_is_filtered(hangzhou: Any) -> None:
    make_expert(hangzhou, fields=["焊接"], name="焊接专家")
    make_expert(hangzhou)
    content = sign_in(officer(hangzhou)).get(url("reviews:experts_export"), {"field": "焊接"}).content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["焊接专家"]
