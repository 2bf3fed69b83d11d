"""The self-assessment is kept as it is typed: by itself, for two people at once, and never handed in unseen."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from applications.services.moves import WrongState
from assessments.models import Assessment
from assessments.selectors.rounds_self import with_prefill
from assessments.services import rounds_self
from assessments.services.together import Clash
from tests.assessments import rounds_kit as kit
from tests.reviews.test_pages import sign_in

pytestmark = pytest.mark.django_db
SELF: dict[str, str] = kit.SELF["self"]


def address(row: Assessment, name: str = "") -> str:
    kwargs = {"jurisdiction": "hangzhou", "pk": row.base_id, "assessment_pk": row.pk}
    return reverse(f"assessments:my_assessment{name}", kwargs=kwargs)


def sent(client: Client, row: Assessment, revision: int, answers: dict[str, Any], base: dict[str, Any]) -> HttpResponse:
    body = json.dumps({"revision": revision, "answers": answers, "base": base})
    return client.post(address(row, "_save"), body, "application/json")


def test_autosave_keeps_what_is_typed_and_tells_what_is_wrong() -> None:
    with kit.at("hangzhou") as here:
        row = kit.opened(here, kit.make_base(here))
        client = sign_in(kit.unit_of(row.base))
        page = client.get(address(row)).content.decode()
        assert (f'data-autosave="{address(row, "_save")}"' in page, "js/form.js" in page) == (True, True)
        answer = json.loads(sent(client, row, 0, SELF | {"owned": "很多"}, {}).content)
        assert (answer["revision"], bool(answer["fields"]["f-owned"]), "owned" in answer["hidden"]) == (1, True, False)
        row.refresh_from_db()
        assert (row.answers["self"]["owned"], row.state, row.saved_at is None) == ("很多", "self", False)
        assert json.loads(sent(client, row, 1, SELF | {"owned": "很多"}, {}).content)["revision"] == 1
        assert client.post(address(row, "_here")).json() == {"others": [], "revision": 1}
        assert client.post(address(row, "_save"), "[]", "application/json").status_code == 400
        assert "已保存" in client.get(address(row)).content.decode()


def test_two_people_at_once_lose_nothing() -> None:
    with kit.at("hangzhou") as here:
        row = kit.opened(here, kit.make_base(here))
        prefilled: dict[str, Any] = with_prefill(row)[0]["self"]
        one, other = sign_in(kit.unit_of(row.base)), sign_in(kit.unit_of(row.base))
        assert sent(one, row, 0, prefilled | {"funds": "20"}, prefilled).status_code == 200
        merged = json.loads(sent(other, row, 0, prefilled | {"rules": "齐全"}, prefilled).content)
        assert (merged["merged"]["funds"], merged["merged"]["rules"], merged["revision"]) == ("20", "齐全", 2)
        clash = sent(other, row, 1, prefilled | {"funds": "30", "rules": "齐全"}, prefilled)
        assert (clash.status_code, "配套经费" in json.loads(clash.content)["message"]) == (409, True)
        plain = other.post(address(row), {"act": "stay", "revision": "1", **SELF, "funds": "30"})
        assert (plain.status_code, 'value="30"' in plain.content.decode()) == (409, True)
        row.refresh_from_db()
        assert row.answers["self"]["funds"] == "20"


def test_what_another_has_changed_meanwhile_is_not_handed_in_unseen() -> None:
    with kit.at("hangzhou") as here:
        row = kit.opened(here, kit.make_base(here))
        unit = kit.unit_of(row.base)
        rounds_self.save_self(assessment=row, answers=kit.SELF, by=unit, revision=0)
        stale = {"self": SELF | {"funds": "30"}}
        with pytest.raises(WrongState, match="已被他人修改"):
            rounds_self.submit_self(assessment=row, answers=stale, by=unit, revision=0)
        with pytest.raises(Clash):
            rounds_self.save_self(assessment=row, answers=stale, by=unit, revision=0)
        refused = sign_in(unit).post(address(row), {"act": "submit", "revision": "0", **SELF, "funds": "30"})
        assert (refused.status_code, Assessment.objects.get(pk=row.pk).state) == (409, "self")
        assert sign_in(unit).post(address(row), {"act": "submit", "revision": "0", **SELF}).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.revision) == ("ready", 2)
        late = sent(sign_in(unit), row, 2, SELF | {"funds": "40"}, SELF)
        assert (late.status_code, "自评" in json.loads(late.content)["message"]) == (409, False)
        assert Assessment.objects.get(pk=row.pk).answers["self"]["funds"] == "20.00"


def test_only_the_unit_of_the_base_writes() -> None:
    with kit.at("hangzhou") as here:
        row = kit.opened(here, kit.make_base(here))
        stranger = sign_in(kit.unit_of(kit.make_base(here)))
        assert [sent(stranger, row, 0, SELF, {}).status_code, stranger.post(address(row, "_here")).status_code] == [
            404,
            404,
        ]
        assert sent(sign_in(here.officer), row, 0, SELF, {}).status_code == 403
