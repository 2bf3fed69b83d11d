"""The invented jurisdiction's bases are assessed every year by the same engine: self-assessment, points, a period to mend."""

from datetime import date, datetime

import pytest

from assessments.models import Base, Case
from assessments.selectors.rounds_items import item_lines
from assessments.services import rounds, rounds_results, rounds_self
from portal.calendars import clock
from portal.policy.lint import lint
from tests.assessments import rounds_kit as kit
from tests.extension.world import World
from tests.reviews.select_kit import Desk

JANUARY = datetime(2026, 1, 20, 10, tzinfo=clock.SHANGHAI)


def of(world: World) -> tuple[kit.Place, Base]:
    bureau = world.officer.organisation
    assert bureau is not None
    desk = Desk(world.place, bureau, world.officer, world.approver, world.call)
    here = kit.Place(world.place, world.officer, world.approver, desk)
    return here, kit.make_base(here, on=date(2024, 8, 1))


@pytest.mark.django_db
def test_a_year_below_sixty_points_is_mended_without_the_engine_knowing_the_place(world: World) -> None:
    assert list(lint(world.call.edition)) == []
    with clock.travel(JANUARY):
        here, base = of(world)
        found = rounds.open_round(found=kit.set_up(here, "yearly", 2025), by=here.officer)
        row = found.assessments.get(base=base)
        said = {"year": {"persons": "320", "opened": "每周开放两天"}}
        row = rounds_self.submit_self(assessment=row, answers=said, by=kit.unit_of(base))
        assert [line.proposal for line in item_lines(row)] == [None, None]
        row = kit.scored(here, row, {1: "30", 2: "89/3"})
        assert row.result is not None
        assert (row.result["total"], row.result["grade"]) == ("59.66", "不合格")
        row = rounds_results.propose_grade(assessment=row, by=here.officer)
        assert row.state == "proposed"
        row = rounds_results.approve_result(assessment=row, by=here.approver)
        assert Case.objects.get(assessment=row).consequence_key == "rectify"
        assert [each.outcome for each in rounds.publish_results(found=found, by=here.approver)] == ["不合格"]
