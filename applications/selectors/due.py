"""What a sweep finds due: calls to announce, drafts and corrections about to run out, versions without a printed form."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.enums import CallState
from applications.models import Application, ApplicationVersion, Call
from applications.selectors.inbox import InboxQuery, inbox
from applications.selectors.live import APPLICATION_FORM
from applications.selectors.service_time import days_around
from portal.accounts.actor import SYSTEM
from portal.calendars import clock
from portal.calendars.deadlines import closes_at
from portal.documents.models import Document
from portal.policy.procedure import Status
from portal.tenancy.models import Jurisdiction

REMIND_WITHIN = 3  # days
LATE_FORM = timedelta(minutes=5)
OLDEST_FORM = timedelta(days=60)


def calls_to_announce(jurisdiction: Jurisdiction) -> QuerySet[Call]:
    """Return the published calls that have opened or closed without anybody having been told."""
    now = clock.now()
    opened = Q(opening_announced_at__isnull=True, opens_at__lte=now)
    closed = Q(closing_announced_at__isnull=True, closes_at__lte=now)
    return Call.objects.filter(opened | closed, jurisdiction=jurisdiction, state=CallState.PUBLISHED)


def running_out(jurisdiction: Jurisdiction) -> list[tuple[Application, datetime, int, bool]]:
    """Return (application, deadline, days left, whether a correction) for what is due within three days; two queries."""
    now, until = clock.now(), clock.end_of_day(clock.today() + timedelta(days=REMIND_WITHIN))
    rows = Application.objects.filter(jurisdiction=jurisdiction).select_related("call", "organisation", "jurisdiction")
    drafts = rows.filter(
        status=Status.DRAFT.value, call__state=CallState.PUBLISHED, call__closes_at__gt=now, call__closes_at__lt=until
    )
    returned = rows.filter(
        status=Status.RETURNED.value, correction_due_at__gt=now, correction_due_at__lte=until + timedelta(seconds=1)
    )
    found = [(each, each.call.closes_at, False) for each in drafts]
    found += [(each, each.correction_due_at, True) for each in returned]
    return [(each, at, _days_left(at, correction=correction), correction) for each, at, correction in found if at]


def overdue_files(jurisdiction: Jurisdiction) -> int:
    """Count the files the bureau itself is late with."""
    calls = list(Call.objects.filter(jurisdiction=jurisdiction).only("edition_code", "settings"))
    rows = Application.objects.filter(jurisdiction=jurisdiction)
    query = InboxQuery(tab="todo", overdue=True)
    return inbox(rows, query, actor=SYSTEM, calls=calls, days=days_around(clock.today())).count()


def unprinted_versions(jurisdiction: Jurisdiction) -> QuerySet[ApplicationVersion]:
    """Return recent versions whose printed form was never issued: the task was lost with its worker."""
    now = clock.now()
    kind = ContentType.objects.get_for_model(ApplicationVersion)
    printed = Document.objects.filter(kind=APPLICATION_FORM, subject_type=kind, subject_id=OuterRef("pk"))
    return ApplicationVersion.objects.filter(
        ~Exists(printed),
        application__jurisdiction=jurisdiction,
        submitted_at__lte=now - LATE_FORM,
        submitted_at__gte=now - OLDEST_FORM,
    )


def drafts_left_behind(call: Call) -> QuerySet[Application]:
    """Return the drafts of a call that were never submitted."""
    return Application.objects.filter(call=call, status=Status.DRAFT.value).select_related(
        "organisation", "jurisdiction"
    )


def has_closed(call: Call) -> bool:
    """Say whether the last accepted second of a call is over."""
    return call.closes_at is not None and clock.now() >= closes_at(call.closes_at)


def _days_left(ends_at: datetime, *, correction: bool) -> int:
    last = ends_at - timedelta(microseconds=1) if correction else ends_at
    return (clock.local_date(last) - clock.today()).days
