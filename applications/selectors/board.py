"""A call as a board of its stages, and the counts a statistics page shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q, QuerySet

from applications.enums import BUREAU_LABELS, STATUS_SHAPES
from applications.models import Application, Call
from applications.selectors.service_time import acceptance_days, overdue_before, received_before
from portal.calendars import clock
from portal.calendars.working_days import Days
from portal.policy.edition import Edition
from portal.policy.places import chinese_number
from portal.policy.procedure import StageKind, Status
from portal.tenancy.models import Jurisdiction

STAGE_OF = {
    Status.DRAFT: StageKind.FILING,
    Status.SUBMITTED: StageKind.ACCEPTANCE,
    Status.CHECKING: StageKind.ACCEPTANCE,
    Status.RETURNED: StageKind.ACCEPTANCE,
    Status.RESUBMITTED: StageKind.ACCEPTANCE,
    Status.QUALIFIED: StageKind.RECOMMENDATION,
    Status.RECOMMENDED: StageKind.ACCEPTANCE,
    Status.ACCEPTED: StageKind.EXPERT_REVIEW,
    Status.IN_REVIEW: StageKind.EXPERT_REVIEW,
    Status.REVIEWED: StageKind.SHORTLIST,
    Status.SHORTLISTED: StageKind.SHORTLIST,
    Status.IN_NOTICE: StageKind.NOTICE,
    Status.REPORTED: StageKind.REPORT,
    Status.IN_RECHECK: StageKind.RECHECK,
    Status.RECHECKED: StageKind.RECHECK,
    Status.RECOGNISED: StageKind.RECOGNITION,
}
OVER = (Status.REFUSED, Status.NOT_RECOMMENDED, Status.DECLINED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Tally:
    """How many files stand in one state, and how many of them are late."""

    status: Status
    count: int
    overdue: int = 0

    @property
    def label(self) -> str:
        """The state in words."""
        return BUREAU_LABELS[self.status]

    @property
    def shape(self) -> str:
        """The shape beside the words."""
        return STATUS_SHAPES[self.status]


@dataclass(frozen=True)
class StageTally:
    """One stage of the procedure with the states files stand in there."""

    title: str
    clause: str
    tallies: list[Tally] = field(default_factory=list)

    @property
    def count(self) -> int:
        """All files in the stage."""
        return sum(each.count for each in self.tallies)

    @property
    def overdue(self) -> int:
        """Those of them that are late."""
        return sum(each.overdue for each in self.tallies)


def tallies(call: Call, days: Days) -> dict[Status, Tally]:
    """Count a call's files by state, the late ones among them; one query."""
    late = Q(status=Status.RETURNED.value, correction_due_at__lte=clock.now())
    before = overdue_before(allowed, days) if (allowed := acceptance_days(call)) else None
    if before is not None:
        late |= received_before(before)
    rows = (
        Application.objects.filter(call=call)
        .order_by()
        .values_list("status")
        .annotate(count=Count("pk"), overdue=Count("pk", filter=late))
    )
    return {Status(status): Tally(Status(status), count, overdue) for status, count, overdue in rows}


def board(call: Call, days: Days) -> tuple[list[StageTally], list[Tally]]:
    """Return the stages of the call's procedure with their counts, and what has ended otherwise; one query."""
    counted = tallies(call, days)
    stages = []
    for stage in call.edition.procedure:
        states = [status for status, kind in STAGE_OF.items() if kind is stage.kind]
        if states:
            found = [counted.get(status, Tally(status, 0)) for status in states]
            stages.append(StageTally(stage.title, stage.clause, found))
    return stages, [counted[status] for status in OVER if status in counted]


def next_batch(jurisdiction: Jurisdiction, year: int) -> int:
    """Return the number of a year's next batch."""
    last = Call.objects.filter(jurisdiction=jurisdiction, year=year).aggregate(last=Max("batch"))["last"]
    return (last or 0) + 1


def usual_title(edition: Edition, year: int, batch: int) -> str:
    """Return what a call is called unless its bureau calls it something else: 2026 年第三批…认定."""
    return f"{year} 年第{chinese_number(batch)}批{edition.short_title}"


def calls_with_counts(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Add `started` (drafts included) and `filed` (submitted at least once) to each call."""
    filed = Count("applications", filter=Q(applications__submitted_at__isnull=False))
    return calls.annotate(started=Count("applications"), filed=filed).select_related("created_by", "published_by")


def statistics(applications: QuerySet[Application]) -> dict[str, list[tuple[str, int]]]:
    """Count submitted files by `status`, `track` (key), `district` and `call` (title); four grouped queries.

    Each list is (value, count), the largest first; nothing is counted that has never been submitted.
    """
    filed = applications.filter(submitted_at__isnull=False).order_by()
    by = {"status": "status", "track": "track_key", "district": "organisation__district", "call": "call__title"}
    return {name: _ranked(filed.values_list(column).annotate(count=Count("pk"))) for name, column in by.items()}


def _ranked(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(((str(value or "未填"), count) for value, count in rows), key=lambda row: (-row[1], row[0]))
