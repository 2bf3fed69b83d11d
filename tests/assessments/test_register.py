"""The register: who reads it, what a plaque's record takes, what an export holds."""

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from applications.services.moves import WrongState
from assessments.enums import PlaqueState
from assessments.models import Base
from assessments.permissions import readable_bases
from assessments.selectors.bases import bases_in_list
from assessments.services.register import record_plaque, register_base
from portal.calendars import clock
from reviews.services.recognition import recognise
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office
from tests.reviews.kit import SUNDAY_NOON, a_call, approver, officer, published
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted

HANDED_OVER, REMOVED = PlaqueState.HANDED_OVER, PlaqueState.REMOVED


def register(hangzhou: Any, count: int, number: int = 1) -> list[Base]:
    """Return bases that came the whole way from a notice."""
    with clock.travel(SUNDAY_NOON):
        notice = published(a_call(hangzhou), officer(hangzhou), approver(hangzhou), count)
    with clock.travel(notice.ends_at):
        done = recognise(
            notice=notice,
            entries=list(notice.shortlist.entries.all()),
            document_number=f"测人社发〔2024〕{number}号",
            title="认定",
            issued_on=clock.today(),
            by=approver(hangzhou),
        )
        return [register_base(entry=entry) for entry in done.entries.all()]


def plaque(base: Base, state: PlaqueState, on: date, **more: Any) -> Any:
    said = {"receiver": "王经办", "by": officer(base.jurisdiction)}
    return record_plaque(base=base, state=state, on=on, **(said | more))


def test_what_was_known_at_recognition_is_kept(hangzhou: Any) -> None:
    (base,) = register(hangzhou, 1)
    assert base.profile["projects"] == ["数控加工实训中心"]
    assert {"group": "人员", "title": "师资", "value": "1", "unit": "人"} in base.profile["record"]
    assert base.profile["version"] == 1
    page = sign_in(officer(hangzhou)).get(
        reverse("assessments:base", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})
    )
    assert "师资</dt><dd>1 人" in page.content.decode()


def test_a_plaque_is_handed_over_once_and_taken_down_after(hangzhou: Any) -> None:
    (base,) = register(hangzhou, 1)
    day = base.recognised_on + timedelta(days=3)
    with pytest.raises(WrongState, match="尚未授牌"):
        plaque(base, REMOVED, day)
    plaque(base, HANDED_OVER, day, note="授牌仪式")
    with pytest.raises(WrongState, match="已授牌"):
        plaque(base, HANDED_OVER, day)
    plaque(base, REMOVED, day)
    base.refresh_from_db()
    assert base.plaque_state == "removed"
    assert list(base.plaque_events.values_list("state", flat=True)) == ["handed_over", "removed"]


def test_a_plaques_record_has_a_plausible_date_a_name_and_an_officer(hangzhou: Any) -> None:
    (base,) = register(hangzhou, 1)
    for on, receiver in (
        (base.recognised_on - timedelta(days=1), "王经办"),
        (clock.today() + timedelta(days=1), "王经办"),
        (base.recognised_on, " "),
    ):
        with pytest.raises(Refused):
            plaque(base, HANDED_OVER, on, receiver=receiver)
    with pytest.raises(PermissionDenied):
        plaque(base, HANDED_OVER, base.recognised_on, by=approver(hangzhou))
    assert base.plaque_events.count() == 0


@pytest.mark.parametrize(
    ("state", "now", "offered"),
    [
        ("active", "to_make", ["handed_over"]),
        ("active", "handed_over", ["removed", "returned", "lost", "remade"]),
        ("active", "lost", ["remade"]),
        ("active", "returned", ["handed_over"]),
        ("revoked", "handed_over", ["removed", "returned", "lost"]),
        ("revoked", "removed", []),
        ("terminated", "to_make", []),
    ],
)
def test_the_form_of_a_plaque_offers_exactly_what_is_taken(
    hangzhou: Any, state: str, now: str, offered: list[str]
) -> None:
    (base,) = register(hangzhou, 1)
    ended = None if state == "active" else base.recognised_on
    Base.objects.filter(pk=base.pk).update(state=state, plaque_state=now, ended_on=ended)
    base.refresh_from_db()
    client = sign_in(officer(hangzhou))
    page = client.get(reverse("assessments:base", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})).content.decode()
    assert re.findall(r'name="state" value="(\w+)"', page) == offered
    assert ("没有可以登记的事项" in page) == (not offered)
    address = reverse("assessments:plaque", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})
    taken = [each for each in PlaqueState.values if each != "to_make" and _posted(client, address, base, each) == 302]
    assert taken == offered


def _posted(client: Any, address: str, base: Base, act: str) -> int:
    """Post an act on a base that is put back to where it was."""
    before = {"plaque_state": base.plaque_state}
    answer = client.post(address, {"state": act, "on": base.recognised_on.isoformat(), "receiver": "李经手"})
    Base.objects.filter(pk=base.pk).update(**before)
    return int(answer.status_code)


def test_a_unit_sees_its_own_bases_and_others_none(hangzhou: Any) -> None:
    first, _ = register(hangzhou, 2)
    unit = make_actor("unit_admin", first.organisation)
    assert list(readable_bases(Base.objects.all(), unit)) == [first]
    for role, expected in (
        ("finance", 2),
        ("supervisor", 2),
        ("bureau_approver", 2),
        ("expert", 0),
        ("security_admin", 0),
    ):
        assert readable_bases(Base.objects.all(), make_actor(role, make_office(hangzhou))).count() == expected


def test_the_register_is_searched_filtered_and_sorted(hangzhou: Any) -> None:
    first, second = register(hangzhou, 2)
    assert list(bases_in_list(Base.objects.all(), words=first.certificate_number)) == [first]
    assert list(
        bases_in_list(
            Base.objects.all(), words="数控 实训", state="active", plaque="to_make", sort="-certificate_number"
        )
    ) == [second, first]
    assert not bases_in_list(Base.objects.all(), district="别的区").exists()


def test_the_export_holds_what_is_shown_and_the_page_its_papers(hangzhou: Any) -> None:
    first, second = register(hangzhou, 2)
    client = sign_in(officer(hangzhou))
    address = reverse("assessments:bases_export", kwargs={"jurisdiction": "hangzhou"})
    content = client.get(address, {"q": second.name}).content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[6] for row in rows] == [second.certificate_number]
    page = client.get(reverse("assessments:base", kwargs={"jurisdiction": "hangzhou", "pk": first.pk})).content.decode()
    assert first.plaque_text in page
    assert "认定证书" in page


def test_a_refused_plaque_keeps_what_was_typed(hangzhou: Any) -> None:
    (base,) = register(hangzhou, 1)
    address = reverse("assessments:plaque", kwargs={"jurisdiction": "hangzhou", "pk": base.pk})
    client = sign_in(officer(hangzhou))
    said = {"state": "removed", "on": base.recognised_on.isoformat(), "receiver": "李经手"}
    answer = client.post(address, said)
    assert answer.status_code == 422
    assert "李经手" in answer.content.decode()
    assert "尚未授牌" in answer.content.decode()
    assert client.post(address, said | {"state": "handed_over"}).status_code == 302


def test_the_register_costs_the_same_with_3_and_30_rows(hangzhou: Any) -> None:
    client, address = sign_in(officer(hangzhou)), reverse("assessments:bases", kwargs={"jurisdiction": "hangzhou"})
    register(hangzhou, 3)
    few = counted(client, address)
    register(hangzhou, 27, 2)
    assert counted(client, address) == few
