"""An assessment that falls away takes its panel with it: visit, file, tasks of the experts; in one transaction, logged."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from applications.permissions import readable_applications
from applications.services.moves import WrongState
from assessments.models import Assessment
from assessments.selectors.rounds_record import assessments_of_expert
from assessments.services import rounds_checks, rounds_panel, rounds_results, rounds_vetoes
from portal.audit.models import Event
from portal.calendars import clock
from portal.notifications.models import Message
from reviews.models import Panel, Visit
from reviews.services import opinions, visits
from reviews.services.assessment_panels import dissolve_assessment_panel
from tests.assessments import rounds_kit as kit
from tests.assessments.test_rounds_life import at_work
from tests.reviews import kit as review_kit
from tests.reviews.test_pages import sign_in
from tests.reviews.test_visits import a_plan

pytestmark = pytest.mark.django_db


def revoked(row: Assessment) -> None:
    row.base.state, row.base.ended_on = "revoked", clock.today()
    row.base.save()


def begun(here: kit.Place) -> tuple[Assessment, Panel, list[Any]]:
    row = kit.submitted(here, kit.make_base(here))
    kit.recorded(row.base, here.officer)
    panel, people = at_work(here, row)
    row.refresh_from_db()
    return row, panel, people


def test_a_dropped_assessment_ends_its_panel_and_its_experts_are_told(django_capture_on_commit_callbacks: Any) -> None:
    with kit.at("hangzhou") as here:
        row, panel, people = begun(here)
        visits.plan_visit(panel=panel, by=here.officer, **a_plan(24))
        seat = review_kit.seat(panel, people[1])
        assert readable_applications(Application.objects.all(), people[1]).exists()
        revoked(row)
        with django_capture_on_commit_callbacks(execute=True):
            rounds_checks.excuse(assessment=row, reason="基地已撤销", by=here.officer)
        panel.refresh_from_db()
        row.refresh_from_db()
        assert (row.state, panel.state, Visit.objects.get().state) == ("exempt", "dissolved", "cancelled")
        told = Message.objects.filter(title="专家组已解散，不再评审")
        assert set(told.values_list("user", flat=True)) == {each.user.pk for each in people}
        assert "基地已撤销" in told[0].body
        assert not readable_applications(Application.objects.all(), people[1]).exists()
        assert not assessments_of_expert(people[1]).exists()
        with pytest.raises(WrongState, match="已解散"):
            opinions.save_opinion(member=seat, conclusion="", text="还想写", by=people[1])
        event = Event.objects.get(action="panel.dissolve")
        assert (event.data["from"], len(event.data["experts"])) == ("working", 5)
        home = sign_in(people[1]).get(reverse("reviews:expert_home", kwargs={"jurisdiction": "hangzhou"}))
        assert ("专家组已解散" in home.content.decode(), "填写意见" in home.content.decode()) == (True, False)
        desk: Client = sign_in(here.officer)
        page = desk.get(reverse("reviews:assessment_panel", kwargs={"jurisdiction": "hangzhou", "pk": panel.pk}))
        assert ("已解散" in page.content.decode(), "启封专家意见" in page.content.decode()) == (True, False)


def test_before_the_experts_were_asked_nobody_is_told_and_twice_is_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with kit.at("hangzhou") as here:
        row = kit.submitted(here, kit.make_base(here))
        kit.recorded(row.base, here.officer)
        panel = rounds_panel.form_panel(assessment=row, by=here.officer)
        revoked(row)
        with django_capture_on_commit_callbacks(execute=True):
            rounds_checks.excuse(assessment=row, reason="基地已撤销", by=here.officer)
            dissolve_assessment_panel(panel=panel, reason="再来一次", by=here.officer)
        assert Event.objects.filter(action="panel.dissolve").count() == 1
        assert not Message.objects.filter(title="专家组已解散，不再评审").exists()


def test_a_closed_panel_stays_as_it_is() -> None:
    with kit.at("hangzhou") as here:
        base = kit.make_base(here)
        kit.recorded(base, here.officer)
        row = kit.scored(here, kit.submitted(here, base), {})
        revoked(row)
        rounds_checks.excuse(assessment=row, reason="基地已撤销", by=here.officer)
        assert Panel.objects.get().state == "closed"


def test_facts_that_decide_outright_end_the_panel_once_the_result_is_fixed() -> None:
    with kit.at("hangzhou") as here:
        row, panel, _ = begun(here)
        veto = rounds_vetoes.record_veto(
            assessment=row, code="refusal", facts="两次书面通知后仍拒绝接受考核", files=[kit.proof(here.officer)],
            by=here.officer,
        )  # fmt: skip
        rounds_vetoes.decide_veto(veto=veto, confirmed=True, opinion="属实", by=here.approver)
        row = rounds_results.propose_grade(assessment=row, by=here.officer)
        panel.refresh_from_db()
        assert (row.state, panel.state) == ("hearing", "working")
        case = row.cases.get()
        case.state, case.decision_reason = "decided", "属实"
        row = rounds_results.settle_by_case(case=case, by=here.approver)  # type: ignore[assignment]
        panel.refresh_from_db()
        assert (row.state, panel.state) == ("decided", "dissolved")
