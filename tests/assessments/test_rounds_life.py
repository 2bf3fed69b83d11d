"""The life of a round: who takes part, the self-assessment, experts of flesh, the pages and whom they open to, a race."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from applications.services.moves import WrongState
from assessments.models import Assessment, Round
from assessments.selectors.rounds import candidates, due_rounds, obstacle, round_duties
from assessments.selectors.rounds_self import with_prefill
from assessments.services import rounds, rounds_panel, rounds_results, rounds_self
from assessments.services.rounds_checks import excuse
from portal.calendars import clock
from portal.documents.access import may_read_document
from portal.documents.models import Document
from portal.notifications.models import Message
from reviews.selectors.occasions import about
from reviews.services import declarations, opinions, panels
from reviews.services.refusal import Refused
from tests.assessments import rounds_kit as kit
from tests.factories import PASSWORD, make_actor, make_office
from tests.reviews import kit as review_kit
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted

pytestmark = pytest.mark.django_db


def address(name: str, **arguments: Any) -> str:
    return reverse(f"assessments:{name}", kwargs={"jurisdiction": "hangzhou", **arguments})


@pytest.mark.rule("HZ-A-11")
def test_a_base_with_less_than_twelve_months_of_the_cycle_takes_no_part_and_hears_why() -> None:
    with kit.at("hangzhou") as here:
        whole = kit.make_base(here, on=date(2025, 1, 1))
        short = kit.make_base(here, on=date(2025, 1, 2))
        after = kit.make_base(here, on=date(2026, 1, 1))
        gone = kit.make_base(here)
        gone.state, gone.ended_on = "closed", date(2025, 6, 1)
        gone.save()
        found = kit.set_up(here)
        listed = {each.base: each.reason for each in candidates(found)}
        assert (listed[whole], after in listed, "已注销" in listed[gone]) == ("", False, True)
        assert "不满 12 个月" in obstacle(found, short)
        rounds.open_round(found=found, by=here.officer)
        states = dict(Assessment.objects.filter(round=found).values_list("base", "state"))
        assert (states[whole.pk], states[short.pk], states[gone.pk]) == ("self", "exempt", "exempt")
        member = kit.unit_of(short)
        assert member is not None
        row = Assessment.objects.get(base=short)
        with pytest.raises(WrongState):
            rounds_self.submit_self(assessment=row, answers=kit.SELF, by=member)


def test_a_round_waits_for_the_end_of_its_years_and_overlaps_none() -> None:
    with kit.at("hangzhou") as here:
        kit.make_base(here)
        kit.set_up(here)
        with pytest.raises(Refused, match="重叠"):
            kit.set_up(here, first_year=2025)
        with pytest.raises(PermissionDenied):
            rounds.set_up_round(
                place=here.place, edition_code=here.desk.call.edition_code, scheme_key="biennial", first_year=2022,
                by=here.approver,
            )  # fmt: skip
        later = kit.set_up(here, first_year=2026)
        with pytest.raises(WrongState, match="届满后"):
            rounds.open_round(found=later, by=here.officer)
        rounds.drop_round(found=later, by=here.officer)
        assert Round.objects.count() == 1


def test_a_period_that_is_over_without_a_round_waits_on_the_desk() -> None:
    with kit.at("hangzhou") as here:
        kit.make_base(here)
        assert [each.title for each in due_rounds(here.place, clock.today())] == ["2024—2025 年两年一次考核评估"]
        assert ("考核轮次待拟定", 1, False) in round_duties(here.officer, here.place, clock.today())
        assert "考核期已届满" in sign_in(here.officer).get(address("rounds")).content.decode()
        kit.set_up(here)
        assert due_rounds(here.place, clock.today()) == []


def test_a_unit_is_told_when_the_round_is_opened() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        unit = kit.unit_of(base)
        kit.opened(here, base)
        assert Message.objects.filter(user=unit.user, title="考核已启动，请提交自评").count() == 1


def test_a_self_assessment_is_kept_checked_handed_in_returned_and_its_absence_seen() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        row, unit = kit.opened(here, base), kit.unit_of(base)
        rounds_self.save_self(assessment=row, answers={"self": {"owned": "很多"}}, by=unit)
        with pytest.raises(Refused, match="处需要填写"):
            rounds_self.submit_self(assessment=row, answers={"self": {"owned": "很多"}}, by=unit)
        with pytest.raises(PermissionDenied):
            rounds_self.submit_self(assessment=row, answers=kit.SELF, by=kit.unit_of(kit.make_base(here)))
        with pytest.raises(WrongState, match="自评截止日期未过"):
            rounds_panel.form_panel(assessment=row, by=here.officer)
        row = rounds_self.submit_self(assessment=row, answers=kit.SELF, by=unit)
        assert (row.state, row.answers["self"]["owned"]) == ("ready", "500.00")
        row = rounds_self.return_self(assessment=row, reason="请补充设备清单", by=here.officer)
        assert (row.state, row.return_reason) == ("self", "请补充设备清单")
        with clock.travel(clock.now() + timedelta(days=40)):
            row = rounds_self.submit_self(assessment=row, answers=kit.SELF, by=unit)
        assert row.submitted_by == unit.user


def test_what_the_base_said_the_last_time_stands_in_the_form_beforehand() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here, on=date(2021, 5, 1))
        kit.submitted(here, base, first_year=2022)
        row = kit.opened(here, base)
        answers, sources = with_prefill(row)
        assert (answers["self"]["owned"], sources, row.answers) == ("500.00", ["上一轮自评"], {})


def test_a_first_self_assessment_begins_with_what_the_application_said() -> None:
    with kit.at("hangzhou") as here:
        answers, sources = with_prefill(kit.opened(here, kit.make_base(here)))
        assert sources == ["认定时的申报表"]
        assert (answers["self"]["site"], answers["self"]["manager"], float(answers["self"]["owned"]) > 0) == (
            "yes", "yes", True,
        )  # fmt: skip
        assert "funds" not in answers["self"]


def at_work(here: kit.Place, row: Assessment) -> tuple[Any, list[Any]]:
    panel, people = rounds_panel.form_panel(assessment=row, by=here.officer), []
    for number in range(5):
        expert, actor = review_kit.make_expert(here.place)
        panels.add_member(panel=panel, expert=expert, by=here.officer, chair=number == 0, reason=review_kit.BY_HAND)
        people.append(actor)
    panel = panels.convene(panel=panel, by=here.officer)
    for actor in people:
        declarations.declare(
            member=review_kit.seat(panel, actor), conflicts=[], explanation="", undertaking=True, by=actor
        )  # fmt: skip
    return panel, people


GIVEN = {
    "1": "15",
    "2": "15",
    "3": "3",
    "4": "3",
    "5": "4",
    "6": "4",
    "7": "3",
    "8": "3",
    "9": "5",
    "10": "8",
    "11": "4",
}


def test_five_experts_score_on_site_and_their_means_become_the_result(django_capture_on_commit_callbacks: Any) -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        kit.recorded(base, here.officer, contests_province=1)
        row = kit.submitted(here, base)
        panel, people = at_work(here, row)
        told = about(panel)
        assert told.for_bureau[0][1] == address("assessment", pk=row.pk)
        assert "12．对外公共服务情况" in dict(told.sections[0].rows)
        record = sign_in(people[0]).get(address("assessment_record", pk=row.pk))
        assert (record.status_code, "服务台账" in record.content.decode()) == (200, True)
        proposed = {str(line["number"]): line["proposal"] for line in panel.sheet["lines"] if line["mode"] == "auto"}
        for number, actor in enumerate(people):
            opinions.submit_opinion(
                member=review_kit.seat(panel, actor), conclusion="", text=review_kit.LONG, by=actor,
                signature=f"typed:{actor.person.name}", scores=GIVEN | proposed | {"10": "8" if number else "7.5"},
                remarks={"9": "计划总结齐全", **dict.fromkeys(GIVEN, "现场查看")},
            )  # fmt: skip
        review_kit.visited(panel, here.officer)
        panel.refresh_from_db()
        opinions.unseal(panel=panel, by=here.officer)
        with django_capture_on_commit_callbacks(execute=True):
            opinions.finish_review(panel=panel, conclusion="运行规范。", by=here.officer)
        row.refresh_from_db()
        assert (row.state, row.scores["10"], row.scores["12"], row.scores["13"]) == ("scored", "7.90", "20", "5")
        chair = sign_in(people[0])
        page = address("assessment_chair", pk=row.pk)
        assert "86.9 分" in chair.get(page).content.decode()
        assert chair.post(page, {"reason": "省级大赛属实", "password": PASSWORD}).status_code == 302
        assert sign_in(people[1]).get(page).status_code == 404
        row = rounds_results.propose_grade(assessment=row, by=here.officer)
        assert (row.outcome, row.flag_reason) == ("优秀", "省级大赛属实")


def done(here: kit.Place) -> Assessment:
    base = kit.make_base(here)
    kit.recorded(base, here.officer)
    row = kit.scored(here, kit.submitted(here, base), {9: "5", 10: "10", 11: "5", 6: "4", 7: "3", 8: "3"})
    row = rounds_results.propose_grade(assessment=row, by=here.officer)
    return rounds_results.approve_result(assessment=row, by=here.approver)


def test_each_page_opens_to_whom_it_is_for_and_a_unit_learns_nothing_before_it_is_published() -> None:
    with kit.at("hangzhou") as here:
        row = done(here)
        unit, other = kit.unit_of(row.base), kit.unit_of(kit.make_base(here))
        mine = address("my_assessment", pk=row.base_id, assessment_pk=row.pk)
        client = sign_in(unit)
        page = client.get(mine).content.decode()
        assert ("考核中" in page, row.outcome in page) == (True, False)
        sheet = Document.objects.get(kind="assessment_sheet")
        assert (may_read_document(unit, sheet), may_read_document(here.officer, sheet)) == (False, True)
        assert sign_in(other).get(mine).status_code == 404
        assert sign_in(other).get(address("assessment", pk=row.pk)).status_code == 403
        assert client.get(address("result_list", pk=row.round_id)).status_code == 404
        rounds.publish_results(found=row.round, by=here.approver)  # type: ignore[arg-type]
        notice = Document.objects.get(kind="assessment_notice")
        assert (may_read_document(unit, notice), may_read_document(other, notice)) == (True, False)
        assert row.outcome in client.get(mine).content.decode()
        public = Client().get(address("result_list", pk=row.round_id)).content.decode()
        assert (row.base.name in public, row.base.organisation.name in public) == (True, False)
        officer = sign_in(here.officer)
        for name, pk in (("rounds", 0), ("round", row.round_id), ("assessment", row.pk), ("base_rounds", row.base_id)):
            assert officer.get(address(name, **({"pk": pk} if pk else {}))).status_code == 200, name
        assert client.get(address("my_rounds", pk=row.base_id)).status_code == 200
        assert client.get(address("results")).status_code == 200


def test_acts_are_shown_with_what_they_do_and_refusals_keep_what_was_typed() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        kit.recorded(base, here.officer)
        row = kit.opened(here, base)
        officer, unit = sign_in(here.officer), sign_in(kit.unit_of(base))
        for name in (
            "assessment_return",
            "assessment_panel",
            "assessment_recompute",
            "assessment_veto",
            "assessment_propose",
        ):
            assert officer.get(address(name, pk=row.pk)).status_code == 200, name
        mine = address("my_assessment", pk=base.pk, assessment_pk=row.pk)
        assert mine in unit.get(reverse("desk:home")).content.decode()
        answer = unit.post(mine, {"act": "submit", "owned": "很多", "summary": "写了很久的自评"})
        assert (answer.status_code, "写了很久的自评" in answer.content.decode()) == (422, True)
        row.refresh_from_db()
        assert row.answers["self"]["summary"] == "写了很久的自评"
        assert unit.post(mine, {"act": "submit", "revision": "1", **kit.SELF["self"]}).status_code == 302
        veto = officer.post(address("assessment_veto", pk=row.pk), {"code": "refusal", "facts": "两次通知后仍拒绝考核"})
        assert (veto.status_code, "两次通知后仍拒绝考核" in veto.content.decode()) == (422, True)
        assert officer.post(address("assessment_return", pk=row.pk), {"reason": ""}).status_code == 422
        new = address("round_new")
        data = {"scheme": f"{here.desk.call.edition_code}:biennial", "first_year": "2022"}
        assert (officer.get(new).status_code, officer.post(new, data).status_code) == (200, 302)


def test_the_workbook_has_every_item_and_the_list_costs_the_same_with_3_and_30_rows() -> None:
    with kit.at("hangzhou") as here:
        row = done(here)
        officer, page = sign_in(here.officer), address("round", pk=row.round_id)
        content = officer.get(address("round_export", pk=row.round_id)).content
        head, line = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
        assert (len(head), head[5], line[-5], line[16]) == (27, "1．有申报项目所需的实训场地", "优秀", 20)
        bases = [kit.make_base(here) for _ in range(2)]
        for many in (bases, [kit.make_base(here) for _ in range(27)]):
            Assessment.objects.bulk_create(
                Assessment(
                    jurisdiction=here.place, base=base, round=row.round, scheme_key="biennial", starts_on=row.starts_on,
                    ends_on=row.ends_on, state="self", created_at=clock.now(),
                )
                for base in many
            )  # fmt: skip
            if many is bases:
                few = counted(officer, page)
        assert counted(officer, page) == few
        supervisor = make_actor("supervisor", make_office(here.place))
        assert sign_in(supervisor).get(page).status_code == 200


def test_a_base_that_lost_its_title_meanwhile_is_excused_and_holds_no_round_up() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        row = kit.opened(here, base)
        with pytest.raises(WrongState, match="称号有效"):
            excuse(assessment=row, reason="单位申请", by=here.officer)
        base.state, base.ended_on = "revoked", clock.today()
        base.save()
        officer = sign_in(here.officer)
        assert "不再考核" in officer.get(address("assessment", pk=row.pk)).content.decode()
        assert officer.post(address("assessment_excuse", pk=row.pk), {"reason": "已撤销"}).status_code == 302
        found = Round.objects.get(pk=row.round_id)
        assert rounds.close_round(found=found, by=here.officer).state == "closed"


def test_what_is_due_costs_the_same_with_2_and_20_bases() -> None:
    with kit.at("shunyi", kit.JANUARY) as here:
        officer, page = sign_in(here.officer), reverse("assessments:rounds", kwargs={"jurisdiction": "shunyi"})
        for _ in range(2):
            kit.make_base(here, on=date(2024, 10, 18), track="ts")
        few = counted(officer, page)
        for _ in range(18):
            kit.make_base(here, on=date(2024, 10, 18), track="ts")
        assert counted(officer, page) == few
