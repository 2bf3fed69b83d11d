"""The pages of cases: for bureau, unit and public, each at every state, and what other jurisdictions see of a lost title."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from applications.models import LostTitle
from applications.selectors.lost_titles import lost_titles, standing_bars
from assessments.models import Announcement, Base, Case, Improvement
from assessments.services import case_effects, case_hearings
from portal.calendars import clock
from tests.applications.desk_factories import checking
from tests.assessments.cases_kit import (
    FACTS,
    REASON,
    Bureau,
    at,
    base_of,
    bureau,
    decided,
    proof,
    proposed,
    served,
    unit_of,
)
from tests.factories import PASSWORD, make_actor, make_office, make_unit
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted

pytestmark = pytest.mark.django_db
FRIDAY, OVER = at("2024-09-27T10:00"), at("2024-10-11T09:00")


@pytest.fixture
def home(db: Any) -> Iterator[Bureau]:
    with bureau("hangzhou") as found:
        yield found


def url(name: str, **arguments: Any) -> str:
    return reverse(f"assessments:{name}", kwargs={"jurisdiction": "hangzhou", **arguments})


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def test_a_case_is_walked_through_the_pages_from_proposal_to_announcement(home: Bureau) -> None:
    base, sure = base_of(home), {"password": PASSWORD}
    officer, approver, unit = sign_in(home.officer), sign_in(home.approver), sign_in(unit_of(base))
    with clock.travel(FRIDAY):
        Base.objects.update(document_number="测人社发〔2024〕1号")
        new = url("case_new", pk=base.pk)
        said: dict[str, Any] = {"consequence": "revoke", "facts": FACTS}
        refused = officer.post(new, said)
        assert (refused.status_code, FACTS in refused.content.decode()) == (422, True)
        assert "请上传证据材料" in refused.content.decode()
        name, content = proof()
        content.name = name
        assert officer.post(new, said | {"evidence": content}).status_code == 302
        case = Case.objects.get()
        page(unit, url("my_case", pk=case.pk), 404)
        assert "5 个工作日陈述申辩，2024年10月10日" in page(officer, url("case_serve", pk=case.pk))
        assert officer.post(url("case_serve", pk=case.pk), sure).status_code == 302
        assert "至 2024年10月10日 24:00" in page(unit, url("my_case", pk=case.pk))
        assert "拟作出的处置" in page(unit, reverse("desk:home"))
        assert unit.post(url("my_case", pk=case.pk), {"text": ""}).status_code == 422
        assert unit.post(url("my_case", pk=case.pk), {"text": "我单位不同意。"}).status_code == 302
        assert "待登记复核情况" in page(officer, url("cases"))
        heard = {"on": "2024-09-27", "text": "经复核，意见不成立，不予采纳。"}
        assert officer.post(url("case_hearing", pk=case.pk), heard).status_code == 302
        assert "测人社发〔2024〕" in page(approver, url("case_decide", pk=case.pk))
        decision = {"reason": REASON, "document_number": "测人社决〔2024〕3号", "issued_on": "2024-09-27"} | sure
        assert approver.post(url("case_decide", pk=case.pk), decision).status_code == 302
        assert officer.post(url("case_carry_out", pk=case.pk), sure).status_code == 302
        assert "测人社决〔2024〕3号" in page(unit, url("my_case", pk=case.pk))
        for client, names in ((officer, ("case", "base_cases")), (unit, ("my_case", "my_base_cases"))):
            assert "撤销" in page(client, url(names[0], pk=case.pk))
            assert "测人社决〔2024〕3号" in page(client, url(names[1], pk=base.pk))


def test_the_public_reads_what_was_announced_and_what_is_revoked(home: Bureau, client: Any) -> None:
    base = base_of(home)
    with clock.travel(FRIDAY):
        case = served(base, "revoke", home.officer)
        case_hearings.waive(case=case, by=unit_of(base))
        case_effects.carry_out(case=decided(case, home.approver), by=home.officer)
    assert base.name in page(client, url("announcements"))
    said = page(client, url("announcement", pk=Announcement.objects.get().pk))
    assert "测人社决〔2024〕1号" in said
    assert FACTS not in said
    for address in (
        reverse("place:base", kwargs={"jurisdiction": "hangzhou", "pk": base.pk}),
        f"{reverse('desk:verify')}?code={base.certificate_number}",
    ):
        assert "已撤销（2024年9月27日，测人社决〔2024〕1号）" in page(client, address).replace("<b>", "").replace(
            "</b>", ""
        )
    listed = reverse("place:directory", kwargs={"jurisdiction": "hangzhou"})
    assert base.name not in page(client, listed)
    assert base.name in page(client, f"{listed}?q={base.name}")
    assert base.name in page(client, f"{listed}?ended")


def test_pages_of_a_case_are_for_its_own_people(home: Bureau) -> None:
    base, other = base_of(home), base_of(home)
    with clock.travel(FRIDAY):
        case = served(base, "revoke", home.officer)
    stranger = sign_in(unit_of(other))
    page(stranger, url("my_case", pk=case.pk), 404)
    page(stranger, url("my_base_cases", pk=base.pk), 404)
    page(stranger, url("case", pk=case.pk), 403)
    finance = sign_in(make_actor("finance", make_office(home.place)))
    page(finance, url("case", pk=case.pk))
    page(finance, url("case_decide", pk=case.pk), 403)


def test_a_period_to_mend_is_kept_through_its_pages() -> None:
    with bureau("kunshan") as home:
        base = base_of(home)
        with clock.travel(FRIDAY):
            case = decided(proposed(base, "rectify", home.officer), home.approver)
            case_effects.carry_out(case=case, by=home.officer)
        row = Improvement.objects.get()

        def act(name: str, **said: str) -> int:
            address = reverse(f"assessments:{name}", kwargs={"jurisdiction": "kunshan", "pk": row.pk})
            client = sign_in(home.officer)  # a session left alone for so long is over
            page(client, address)
            return int(client.post(address, said | {"password": PASSWORD}).status_code)

        with clock.travel(at("2024-10-20T10:00")):
            assert act("improvement_guide", on="2024-10-20", guide="技能科", content="逐项核对协议") == 302
            assert act("improvement_extend", to="2025-12-31", basis="另有依据") == 422
            assert act("improvement_close", passed="no", result="未整改") == 422
        with clock.travel(at("2024-12-28T10:00")):
            officer = sign_in(home.officer)
            cases = reverse("assessments:cases", kwargs={"jurisdiction": "kunshan"})
            assert "改进（整改）期满待复核" in page(officer, cases)
            assert "改进（整改）期满待复核" in page(officer, reverse("desk:home"))
            assert act("improvement_close", passed="no", result="未整改") == 302
        row.refresh_from_db()
        assert row.state == "failed"


def test_a_lost_title_is_read_in_every_jurisdiction_as_information(home: Bureau) -> None:
    base = base_of(home)
    with clock.travel(FRIDAY):
        case = served(base, "revoke", home.officer)
        case_hearings.waive(case=case, by=unit_of(base))
        case_effects.carry_out(case=decided(case, home.approver), by=home.officer)
    with bureau("chongqing") as elsewhere:
        (lost,) = lost_titles(base.organisation)
        assert (lost.base_name, lost.jurisdiction.code) == (base.name, "hangzhou")
        assert lost.link == url("announcement", pk=case.announcement.pk)
        assert lost_titles(make_unit()) == []
        assert standing_bars(base.organisation, elsewhere.place, clock.today()) == []
    LostTitle.objects.update(reapply_years=2)
    assert standing_bars(base.organisation, home.place, at("2026-09-27T08:00").date())
    assert not standing_bars(base.organisation, home.place, at("2026-09-28T08:00").date())


def test_officers_and_applicants_are_told_of_a_lost_title(home: Bureau) -> None:
    with bureau("chongqing") as elsewhere:
        place = elsewhere.place
    with clock.travel(FRIDAY):
        application = checking(home.place)
        unit = application.organisation
        for where, base_name in ((place, "外地样例基地"), (home.place, "本地样例基地")):
            LostTitle.objects.create(
                organisation=unit, credit_code=unit.credit_code, jurisdiction=where, source_key="case:1", base_name=base_name,
                kind="撤销", on=FRIDAY.date(), document_number="测人社决〔2024〕1号", policy="测试", reapply_years=2,
            )  # fmt: skip
        reading = reverse("applications:reading", kwargs={"jurisdiction": "hangzhou", "pk": application.pk})
        said = page(sign_in(home.officer), reading)
        assert ("外地样例基地" in said, place.issuer in said, "仅供参考" in said) == (True, True, True)
        start = reverse("applications:start", kwargs={"jurisdiction": "hangzhou", "call_pk": application.call_id})
        told = page(sign_in(make_actor("unit_admin", unit)), start)
        assert "2026年9月27日前不得重新申报" in told
        assert "外地样例基地" not in told


def test_the_list_costs_the_same_with_3_and_30_cases(home: Bureau) -> None:
    client, bases = sign_in(home.officer), [base_of(home) for _ in range(3)]

    def grow(times: int) -> None:
        Case.objects.bulk_create(
            Case(
                base=base, consequence_key="revoke", state="dropped", facts=FACTS, clause="五", dropped_reason="查无实据",
                proposed_by=home.officer.person, proposed_at=clock.now(),
            )
            for base in bases
            for _ in range(times)
        )  # fmt: skip

    grow(1)
    few = counted(client, url("cases"))
    grow(9)
    assert counted(client, url("cases")) == few
