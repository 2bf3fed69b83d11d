"""受理期限: how long the bureau has had a file, counted in working days. Nothing is accepted by silence."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from applications.models import Application, Call
from portal.calendars import clock, selectors, working_days
from portal.calendars.working_days import Days, MissingCalendarYear
from portal.policy.procedure import Desk, StageKind, Status

WAITING = (Status.SUBMITTED.value, Status.RESUBMITTED.value, Status.RECOMMENDED.value, Status.CHECKING.value)
LONGEST = 400  # days looked back: a file that has waited longer is overdue under any setting


@dataclass(frozen=True)
class ServiceTime:
    """`due_at` is the first instant too late; `left` working days remain, today included (0 when overdue)."""

    due_at: datetime
    left: int
    overdue: bool


def acceptance_days(call: Call) -> int:
    """Return the working days a call's bureau has to answer; 0 when its edition sets none."""
    stage = next((each for each in call.edition.procedure if each.kind is StageKind.ACCEPTANCE), None)
    value = call.setting_values.get(stage.days_setting) if stage and stage.days_setting else 0
    return int(value or 0)


def days_around(today: date) -> Days:
    """Load the calendar that service times of waiting files need; one query."""
    return selectors.load_days(today - timedelta(days=LONGEST), today + timedelta(days=120))


def service_time(application: Application, received_at: datetime, days: Days) -> ServiceTime | None:
    """Return the service time of a waiting file; None when it waits for somebody else or the calendar has a gap.

    What was handed on to the bureau is counted from then. A recommending office's time is its window, not this.
    """
    allowed = acceptance_days(application.call)
    if application.status not in WAITING or not allowed or application.desk == Desk.RECOMMENDER:
        return None
    received_at = max(received_at, application.desk_since or received_at)
    today = clock.today()
    try:
        last = working_days.add_working_days(days, clock.local_date(received_at), allowed)
        left = working_days.working_days_between(days, today, last, count_start=True)
    except MissingCalendarYear:
        return None
    return ServiceTime(clock.end_of_day(last), left, today > last)


def received_before(instant: datetime) -> Q:
    """Return which files at the bureau have waited since before an instant; those handed on, since they were."""
    at_bureau = Q(desk=Desk.BUREAU, status__in=WAITING, current__submitted_at__lt=instant)
    return at_bureau & (Q(desk_since__isnull=True) | Q(desk_since__lt=instant))


def overdue_before(allowed: int, days: Days) -> datetime | None:
    """Return the instant before which a file must have been received to be overdue today; None without a calendar."""
    today = clock.today()
    for back in range(allowed, LONGEST):
        received = today - timedelta(days=back)
        try:
            if working_days.add_working_days(days, received, allowed) < today:
                return clock.end_of_day(received)
        except MissingCalendarYear:
            return None
    return None
