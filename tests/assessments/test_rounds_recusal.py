"""A base that has changed hands: the people of its unit, of the one it was taken from and of who applied keep off its panel."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from assessments.enums import ChangeKind
from assessments.models import Assessment
from assessments.services import rounds_panel
from assessments.services.changes import Change, record_change
from portal.accounts.actor import SYSTEM
from portal.calendars import clock
from portal.notifications.models import Message
from portal.tenancy.models import Organisation
from reviews.models import ConflictAlarm, Panel
from reviews.selectors.candidates import candidates_for, occasion_of
from reviews.selectors.conflicts import conflict_finder, seats_at_risk
from reviews.selectors.judged import units_judged
from reviews.services import panels
from reviews.services.conflicts import raise_alarms
from reviews.services.declarations import declare
from reviews.services.refusal import Refused
from tests.assessments import rounds_kit as kit
from tests.assessments.test_history import paper
from tests.assessments.test_rounds_life import at_work
from tests.factories import make_actor, make_unit
from tests.reviews import kit as review_kit
from tests.reviews.test_pages import sign_in

pytestmark = pytest.mark.django_db


def moved(here: kit.Place, row: Assessment, to: Organisation) -> None:
    change = Change(
        kind=ChangeKind.TRANSFERRED, on=clock.today() - timedelta(days=1), reason="据批准文件", credit_code=to.credit_code,
        evidence=paper(),
    )  # fmt: skip
    record_change(base=row.base, change=change, by=here.officer)
    row.base.refresh_from_db()


def ready(here: kit.Place) -> Assessment:
    row = kit.submitted(here, kit.make_base(here))
    kit.recorded(row.base, here.officer)
    return row


def refusal(panel: Panel, unit: Organisation, by: Any) -> str:
    expert, _ = review_kit.make_expert(panel.jurisdiction)
    expert.unit_name, expert.unit_credit_code = unit.name, unit.credit_code
    expert.save()
    assert conflict_finder(panel)(expert)
    with pytest.raises(Refused) as refused:
        panels.add_member(panel=panel, expert=expert, by=by, reason=review_kit.BY_HAND)
    return str(refused.value)


def test_nobody_of_the_holder_a_former_holder_or_who_applied_is_seated() -> None:
    with kit.at("hangzhou") as here:
        row = ready(here)
        first, second, third = row.base.organisation, make_unit("接收学院"), make_unit("再接收学院")
        moved(here, row, second)
        moved(here, row, third)
        panel = rounds_panel.form_panel(assessment=row, by=here.officer)
        assert units_judged(panel) == [third, second, first]
        for unit in (first, second, third):
            assert unit.name in refusal(panel, unit, here.officer) or unit.credit_code in refusal(
                panel, unit, here.officer
            )
        other = make_unit("无关学院")
        expert, _ = review_kit.make_expert(here.place)
        expert.unit_name, expert.unit_credit_code = other.name, other.credit_code
        expert.save()
        assert conflict_finder(panel)(expert) == ()


def test_the_draw_is_for_the_holder_and_counts_the_others_as_related() -> None:
    with kit.at("hangzhou") as here:
        row = ready(here)
        first, second = row.base.organisation, make_unit("接收学院", district="滨江区")
        moved(here, row, second)
        panel = rounds_panel.form_panel(assessment=row, by=here.officer)
        rule = panel.rule.draw
        assert rule is not None
        occasion = occasion_of(panel, rule, related=("上级集团",), regions=(), since="2026-02-01", until="2026-02-02")
        assert (occasion.unit, occasion.code, occasion.related) == (
            second.name,
            second.credit_code,
            ("上级集团", first.name),
        )
        assert candidates_for(panel) == []


def test_a_move_while_experts_are_at_work_raises_an_alarm_and_recuses_who_declares_later() -> None:
    with kit.at("hangzhou") as here:
        row = ready(here)
        panel, people = at_work(here, row)
        new = make_unit("接收学院")
        seat = review_kit.seat(panel, people[2])
        seat.expert.unit_name, seat.expert.unit_credit_code = new.name, new.credit_code
        seat.expert.save()
        assert raise_alarms(members=seats_at_risk(), by=SYSTEM) == 0
        moved(here, row, new)
        assert raise_alarms(members=seats_at_risk(), by=SYSTEM) == 1
        assert new.credit_code in ConflictAlarm.objects.get(member=seat).detail
        late, actor = review_kit.make_expert(here.place)
        member = panels.add_member(panel=panel, expert=late, by=here.officer, reason=review_kit.BY_HAND)
        late.unit_name, late.unit_credit_code = new.name, new.credit_code
        late.save()
        page = sign_in(actor).get(reverse("reviews:declare", kwargs={"jurisdiction": "hangzhou", "pk": member.pk}))
        assert f"<h1>{new.name}</h1>" in page.content.decode()
        said = {"conflicts": [], "explanation": "", "undertaking": True}
        assert declare(member=review_kit.seat(panel, actor), by=actor, **said).state == "recused"


def test_both_units_are_told_of_the_move_once() -> None:
    with kit.at("hangzhou") as here:
        row = ready(here)
        old, new = row.base.organisation, make_unit("接收学院")
        giver, taker = make_actor("unit_admin", old), make_actor("unit_operator", new)
        moved(here, row, new)
        lost = Message.objects.get(user=giver.user, title="基地已移交其他单位")
        won = Message.objects.get(user=taker.user, title="基地已移交本单位")
        assert (new.name in lost.body, old.name in won.body, row.base.name in lost.body) == (True, True, True)
        assert sign_in(giver).get(lost.link).status_code == 200
        assert sign_in(taker).get(won.link).status_code == 200
