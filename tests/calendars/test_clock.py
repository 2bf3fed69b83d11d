import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine

from portal.calendars import clock

EVENING = datetime(2024, 9, 20, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai


@pytest.mark.rule("G-05")
def test_now_is_the_server_clock_in_utc():
    with time_machine.travel(EVENING, tick=False):
        assert clock.now() == EVENING
        assert clock.now().tzinfo is UTC


@pytest.mark.rule("G-05")
@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2024, 9, 20, 15, 59, 59, tzinfo=UTC), date(2024, 9, 20)),
        (datetime(2024, 9, 20, 16, 0, 0, tzinfo=UTC), date(2024, 9, 21)),
        (datetime(2023, 12, 31, 16, 0, 0, tzinfo=UTC), date(2024, 1, 1)),
    ],
)
def test_the_date_changes_at_midnight_in_shanghai(instant, day):
    with clock.travel(instant):
        assert clock.today() == day


def test_travel_nests_and_ends_even_after_an_error():
    before = clock.now()
    with clock.travel(EVENING):
        with clock.travel(EVENING + timedelta(days=1)):
            assert clock.now() == EVENING + timedelta(days=1)
        assert clock.now() == EVENING
        with pytest.raises(LookupError), clock.travel(EVENING + timedelta(days=2)):
            raise LookupError
        assert clock.now() == EVENING
    assert clock.now() >= before


def test_travel_stays_in_its_own_thread():
    seen = []
    with clock.travel(EVENING):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != EVENING


def test_travel_takes_any_zone_and_answers_in_utc():
    tokyo = timezone(timedelta(hours=9))
    with clock.travel(datetime(2024, 9, 21, 0, 59, 59, tzinfo=tokyo)):
        assert clock.now() == EVENING
        assert clock.now().utcoffset() == timedelta(0)


def test_a_setting_stops_the_clock_of_the_whole_process(settings):
    settings.PORTAL_CLOCK_AT = "2024-09-20T23:59:59+08:00"
    assert clock.now() == EVENING
    with clock.travel(EVENING + timedelta(days=1)):
        assert clock.today() == date(2024, 9, 21)


def test_a_file_lets_several_processes_travel_together(settings, tmp_path):
    instant = tmp_path / "clock"
    settings.PORTAL_CLOCK_AT = f"@{instant}"
    before = clock.now()
    instant.write_text("2024-09-20T23:59:59+08:00\n")
    assert clock.now() == EVENING
    instant.write_text("")
    assert before <= clock.now() < before + timedelta(hours=1)


@pytest.mark.parametrize("use", [clock.local_date, clock.in_utc, clock.local])
def test_an_instant_without_a_zone_is_refused(use):
    with pytest.raises(ValueError, match="naive"):
        use(datetime(2024, 9, 20, 12, 0))  # the mistake under test


def test_a_clock_setting_without_a_zone_is_refused(settings):
    settings.PORTAL_CLOCK_AT = "2024-09-20T23:59:59"
    with pytest.raises(ValueError, match="naive"):
        clock.now()


def test_a_day_runs_from_midnight_to_midnight():
    day = date(2024, 9, 20)
    assert clock.start_of_day(day) == datetime(2024, 9, 19, 16, tzinfo=UTC)
    assert clock.end_of_day(day) == datetime(2024, 9, 20, 16, tzinfo=UTC)
    assert clock.end_of_day(day) == clock.start_of_day(day + timedelta(days=1))


def test_a_file_holds_the_instant_at_which_the_whole_portal_lives(settings, tmp_path):
    settings.PORTAL_CLOCK_AT = f"@{tmp_path / 'clock'}"
    assert not clock.is_fixed()
    clock.fix(EVENING)
    assert (clock.now(), clock.is_fixed()) == (EVENING, True)
    clock.fix(None)
    assert not clock.is_fixed()
    settings.PORTAL_CLOCK_AT = None
    with pytest.raises(ValueError, match="clock file"):
        clock.fix(EVENING)
