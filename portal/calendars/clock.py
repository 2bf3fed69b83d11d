"""The one clock of the portal: the server's, in UTC, shown and compared in Asia/Shanghai (G-05).

Nothing else may ask for the current time. Two overrides exist, for tests and demonstrations: `travel(at)` for the code
it surrounds, and the setting `PORTAL_CLOCK_AT` for a whole process: an ISO instant, or `@` and the path of a file that
holds one, by which several running processes travel together (no file, or an empty one: the real time). Under either
the clock stands still.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_travelled: ContextVar[datetime | None] = ContextVar("portal_clock", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    travelled = _travelled.get()
    if travelled is not None:
        return travelled
    if fixed := _fixed():
        return in_utc(datetime.fromisoformat(fixed))
    return datetime.now(UTC)


def is_fixed() -> bool:
    """Say whether this process lives at an instant of its own (a demonstration), as everyone who looks at it should know."""
    return bool(_fixed())


def fix(at: datetime | None) -> None:
    """Let every process that shares the clock file live at `at`; None gives them the real time back.

    ValueError where this deployment has no such file.
    """
    named = getattr(settings, "PORTAL_CLOCK_AT", None) or ""
    if not named.startswith("@"):
        raise ValueError("this deployment has no clock file")
    file = Path(named.removeprefix("@"))
    if at is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(in_utc(at).isoformat())


def _fixed() -> str:
    fixed: str = getattr(settings, "PORTAL_CLOCK_AT", None) or ""
    if not fixed.startswith("@"):
        return fixed
    try:
        return Path(fixed.removeprefix("@")).read_text().strip()
    except FileNotFoundError:
        return ""


def today() -> date:
    """The current date in Asia/Shanghai."""
    return local_date(now())


@contextmanager
def travel(at: datetime) -> Iterator[datetime]:
    """Stop the clock at the aware instant `at` inside the block; blocks nest. Other threads keep their own time."""
    token = _travelled.set(in_utc(at))
    try:
        yield in_utc(at)
    finally:
        _travelled.reset(token)


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive datetime: an instant without a zone is not an instant."""
    if at.tzinfo is None:
        raise ValueError(f"naive datetime {at!r}: every instant of the portal carries a zone")
    return at.astimezone(UTC)


def local(at: datetime) -> datetime:
    """The same instant on a Shanghai clock."""
    return in_utc(at).astimezone(SHANGHAI)


def local_date(at: datetime) -> date:
    """The date in Asia/Shanghai at the aware instant `at`."""
    return local(at).date()


def start_of_day(day: date) -> datetime:
    """00:00 of `day` in Asia/Shanghai, as a UTC instant."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """24:00 of `day` in Asia/Shanghai, as a UTC instant: 00:00 of the next day, itself no longer part of `day`."""
    return start_of_day(day + timedelta(days=1))
