"""A deadline on a rest day stays there, unless the bureau's switch moves it to the next working day (G-06)."""

from datetime import datetime

import pytest
from django_scopes import scope

from applications.services.calls import create_call
from applications.services.refusals import NotReady
from applications.services.settings import change_call_setting, change_setting
from portal.calendars import clock
from portal.policy import registry
from portal.tenancy.models import Jurisdiction
from tests.applications.desk_factories import approver, officer
from tests.factories import make_actor, make_office

ROLL = "deadline.roll_to_workday"
EDITION = registry.current("hangzhou")


def at(day: str, hour: str = "18:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _in_august():
    with clock.travel(at("2024-08-01", "09:00")):
        yield


def call_until(place, day, by):
    return create_call(
        jurisdiction=place, title="试行批次", year=2024, opens_at=at("2024-08-02"), closes_at=at(day), by=by
    )


def turn_on(place):
    change_setting(jurisdiction=place, edition=EDITION, key=ROLL, value="True", reason="按惯例顺延", by=approver(place))


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(
    ("on", "day", "closes"),
    [
        (False, "2024-08-31", "2024-08-31"),
        (True, "2024-08-31", "2024-09-02"),
        (True, "2024-08-30", "2024-08-30"),
        (True, "2024-09-14", "2024-09-14"),
        (True, "2024-10-01", "2024-10-08"),
    ],
)
def test_the_hour_stays_and_the_day_moves_only_by_the_switch(hangzhou, on, day, closes):
    if on:
        turn_on(hangzhou)
    assert call_until(hangzhou, day, officer(hangzhou)).closes_at == at(closes)


@pytest.mark.rule("G-06")
def test_the_switch_of_one_call_moves_its_own_deadline(hangzhou):
    by = officer(hangzhou)
    call = call_until(hangzhou, "2024-08-31", by)
    change_call_setting(call=call, key=ROLL, value="True", reason="按惯例顺延", by=by)
    call.refresh_from_db()
    assert call.closes_at == at("2024-09-02")


@pytest.mark.rule("G-08")
def test_without_the_calendar_of_the_year_nothing_is_moved(hangzhou):
    turn_on(hangzhou)
    with pytest.raises(NotReady) as refused:
        call_until(hangzhou, "2031-08-30", officer(hangzhou))
    assert refused.value.obstacles[0].field == "closes_at"
    assert "缺少2031年工作日历" in str(refused.value)


@pytest.mark.rule("G-06")
def test_the_windows_of_the_offices_move_with_it(db):
    place = Jurisdiction.objects.get(code="chongqing")
    by = make_actor("bureau_officer", make_office(place))
    with scope(jurisdiction=place):
        call = create_call(
            jurisdiction=place,
            title="第二批",
            year=2024,
            opens_at=at("2024-08-02"),
            closes_at=at("2024-08-16"),
            by=by,
            windows={"recommendation": (at("2024-08-17"), at("2024-08-31"))},
        )
        assert call.windows.get().closes_at == at("2024-08-31")
        change_call_setting(call=call, key=ROLL, value="True", reason="按惯例顺延", by=by)
        assert call.windows.get().closes_at == at("2024-09-02")
