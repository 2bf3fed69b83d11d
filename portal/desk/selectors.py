"""What the public pages show, across apps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, When

from applications.models import Call
from assessments.enums import BaseState
from assessments.models import Base
from portal.calendars import clock
from portal.calendars.deadlines import closes_at as first_late
from portal.calendars.deadlines import is_in_time
from portal.calendars.selectors import load_days, remaining
from reviews.enums import NoticeState
from reviews.models import PublicNotice


@dataclass(frozen=True)
class CallLine:
    """One call as the public sees it: a state word with its shape, and how long it is still open."""

    call: Call
    shape: str
    word: str
    left: str
    moment: datetime | None
    urgent: bool = False


def published_calls() -> QuerySet[Call]:
    """Return the published calls of the scope, those that close first on top, closed ones last."""
    return (
        Call.objects.filter(state="published")
        .select_related("jurisdiction")
        .order_by(F("closes_at").asc(nulls_last=True))
    )


def call_lines(calls: QuerySet[Call], *, closed_for_days: int = 60) -> list[CallLine]:
    """Return the lines of the home page: open, coming, and lately closed calls."""
    now = clock.now()
    recent = calls.filter(Q(closes_at__isnull=True) | Q(closes_at__gte=now - timedelta(days=closed_for_days)))
    days = load_days(clock.today(), clock.today() + timedelta(days=400))
    lines = [_line(call, now, days) for call in recent[:60]]
    order = {"attention": 0, "open": 1, "todo": 2, "locked": 3}
    return sorted(lines, key=lambda line: (order[line.shape], line.moment or now + timedelta(days=9999)))


def past_calls(calls: QuerySet[Call], *, closed_for_days: int = 60, most: int = 12) -> list[Call]:
    """Return calls that closed longer ago than `call_lines` shows, the latest first."""
    before = clock.now() - timedelta(days=closed_for_days)
    return list(calls.filter(closes_at__lt=before).order_by("-closes_at")[:most])


def _line(call: Call, now: datetime, days: object) -> CallLine:
    if now < call.opens_at:
        return CallLine(call, "todo", "未开始", f"{clock.local(call.opens_at):%-m月%-d日}开始", call.closes_at)
    if call.closes_at is None:
        return CallLine(call, "open", "申报中", "常年受理", None)
    if not is_in_time(now, call.closes_at):
        return CallLine(call, "locked", "已截止", "已截止", call.closes_at)
    left = remaining(now, first_late(call.closes_at), days=days)  # type: ignore[arg-type]
    today = clock.local_date(call.closes_at) == clock.local_date(now)
    return CallLine(
        call, "attention" if today else "open", "今日截止" if today else "申报中", left.text, call.closes_at, today
    )


def public_notices() -> QuerySet[PublicNotice]:
    """Return the notices of the scope, running ones first, then the newest."""
    running = Q(state=NoticeState.RUNNING) & Q(ends_at__gt=clock.now())
    return (
        PublicNotice.objects.select_related("jurisdiction")
        .annotate(
            units=Count("shortlist__entries", filter=Q(shortlist__entries__removed=False)),
            running=Case(When(running, then=1), default=0),
        )
        .order_by("-running", "-published_at")
    )


def with_time_left(notices: list[PublicNotice]) -> list[tuple[PublicNotice, str]]:
    """Pair each notice with how long it still runs."""
    now = clock.now()
    days = load_days(clock.today(), clock.today() + timedelta(days=60))
    return [
        (notice, remaining(now, notice.ends_at, days=days).text if notice.ends_at > now else "公示期满")
        for notice in notices
    ]


def directory(query: str = "", district: str = "", track: str = "") -> QuerySet[Base]:
    """Return the bases the public may look up, ended ones too, filtered by words in the name and by place."""
    bases = Base.objects.select_related("jurisdiction", "organisation")
    for word in query.split():
        bases = bases.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    if district:
        bases = bases.filter(district=district)
    return bases.filter(track_key=track) if track else bases


def base_counts() -> dict[str, int]:
    """Return the figures of the home page: recognised bases and their training projects."""
    profiles = Base.objects.filter(state=BaseState.ACTIVE).values_list("profile", flat=True)
    return {"bases": len(profiles), "projects": sum(len(profile.get("projects", [])) for profile in profiles)}


def bases_by_district() -> list[tuple[str, int]]:
    """Return how many bases each district has, largest first."""
    counted = Base.objects.filter(state=BaseState.ACTIVE).values_list("district").annotate(n=Count("pk")).order_by("-n")
    return [(district or "未登记", number) for district, number in counted]
