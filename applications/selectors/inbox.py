"""An office's inbox: every submitted file it may read, filtered, sorted and cut into pages by the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from applications.models import Application, Call
from applications.selectors.service_time import WAITING, acceptance_days, overdue_before, received_before
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.calendars.working_days import Days
from portal.policy.procedure import Desk, Status
from portal.tenancy.enums import Tier

PAGE_SIZE = 50
COUNT_CAP = 1000  # an exact count of a long list costs more than the page it stands on
DEFAULT_SORT = "-submitted"
SORTS = {
    "number": "number",
    "unit": "organisation__name",
    "call": "call__title",
    "track": "track_key",
    "district": "organisation__district",
    "recommender": "recommender__name",
    "status": "status",
    "submitted": "submitted_at",
    "received": "current__submitted_at",
    "officer": "opened_by__name",
    "updated": "updated_at",
}
_OVER = (Status.RECOGNISED, Status.DECLINED, Status.REFUSED, Status.NOT_RECOMMENDED, Status.WITHDRAWN)
TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "todo": ("待办", WAITING),
    "returned": ("待补正", (Status.RETURNED.value,)),
    "tier": ("待推荐", (Status.QUALIFIED.value,)),
    "sent": ("已推荐", ()),
    "passed": (
        "已受理",
        tuple(
            status.value
            for status in (
                Status.ACCEPTED,
                Status.IN_REVIEW,
                Status.REVIEWED,
                Status.SHORTLISTED,
                Status.IN_NOTICE,
                Status.REPORTED,
                Status.IN_RECHECK,
                Status.RECHECKED,
            )
        ),
    ),
    "closed": (
        "已办结",
        tuple(status.value for status in _OVER),
    ),
    "all": ("全部", ()),
}


AT_RECOMMENDER = ("todo", "returned", "tier", "sent", "closed", "all")
AT_BUREAU = ("todo", "returned", "passed", "closed", "all")
_OPEN_TABS = ("todo", "returned", "tier")  # at a recommending office: what lies on its own desk


def tabs_for(actor: Actor) -> dict[str, str]:
    """Return the tabs of an office's inbox: what is called accepted above is only handed on where it was recommended."""
    keys = AT_RECOMMENDER if actor.tier is Tier.RECOMMENDER else AT_BUREAU
    return {key: TABS[key][0] for key in keys}


@dataclass(frozen=True)
class InboxQuery:
    """What an address asks of the inbox; unknown values are read as if they were not there."""

    tab: str = "todo"
    status: str = ""
    track: str = ""
    call: int | None = None
    text: str = ""
    overdue: bool = False
    mine: bool = False
    sort: str = DEFAULT_SORT

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "InboxQuery":
        """Read the parameters of an address."""
        sort, status = params.get("sort", ""), params.get("status", "")
        tab, call = params.get("tab", ""), params.get("call", "")
        return cls(
            tab=tab if tab in TABS else "todo",
            status=status if status in set(Status) else "",
            track=params.get("track", "")[:30],
            call=int(call) if call.isascii() and call.isdigit() and len(call) < 10 else None,
            text=params.get("q", "").strip()[:60],
            overdue=params.get("overdue") == "1",
            mine=params.get("mine") == "1",
            sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        )


@dataclass(frozen=True)
class ListPage:
    """One page of a list whose whole length is counted up to `COUNT_CAP` only."""

    rows: list[Application]
    number: int
    total: int
    has_next: bool
    start: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", (self.number - 1) * PAGE_SIZE + 1)

    @property
    def end(self) -> int:
        """The place of the last row, counted from 1."""
        return self.start + len(self.rows) - 1

    @property
    def capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.total > COUNT_CAP


def inbox(
    applications: QuerySet[Application], query: InboxQuery, *, actor: Actor, calls: list[Call], days: Days
) -> QuerySet[Application]:
    """Return the files an address asks for, in its order. `applications` are already those the actor may read."""
    found = applications.filter(submitted_at__isnull=False)
    statuses = (query.status,) if query.status else TABS[query.tab][1]
    if statuses:
        found = found.filter(status__in=statuses)
    if actor.tier is Tier.RECOMMENDER and not query.status:
        found = _at_recommender(found, query.tab)
    if query.track:
        found = found.filter(track_key=query.track)
    if query.call is not None:
        found = found.filter(call_id=query.call)
    if query.mine:
        found = found.filter(opened_by=actor.user)
    if query.text:
        found = found.filter(Q(number__icontains=query.text) | Q(organisation__name__icontains=query.text))
    if query.overdue:
        # Only what waits can be late: said apart, so that the index on the state narrows the search first.
        found = found.filter(status__in=[*WAITING, Status.RETURNED.value]).filter(_overdue(calls, days))
    return _in_order(found, query.sort)


def _at_recommender(found: QuerySet[Application], tab: str) -> QuerySet[Application]:
    """A recommending office's own desk apart from what it has handed on: the same states occur at both."""
    if tab in _OPEN_TABS:
        return found.filter(desk=Desk.RECOMMENDER)
    return found.exclude(desk=Desk.RECOMMENDER).exclude(status__in=_OVER) if tab == "sent" else found


def for_listing(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Fetch what a row of the list shows and nothing of the answers; calls are put in by `with_calls`."""
    return applications.select_related("organisation", "opened_by", "current", "recommender").only(
        "number",
        "track_key",
        "status",
        "desk",
        "desk_since",
        "recommender__name",
        "submitted_at",
        "updated_at",
        "correction_due_at",
        "jurisdiction_id",
        "organisation__name",
        "organisation__district",
        "call_id",
        "opened_by__name",
        "current__number",
        "current__submitted_at",
    )


def with_calls(applications: Iterable[Application], calls: list[Call]) -> list[Application]:
    """Give each row its call out of those already fetched: a call's settings are read once, not once a row."""
    by_pk, rows = {call.pk: call for call in calls}, list(applications)
    for row in rows:
        if row.call_id in by_pk:
            row.call = by_pk[row.call_id]
    return rows


def list_page(applications: QuerySet[Application], calls: list[Call], number: int) -> ListPage:
    """Return one page; two queries, neither of which grows with the length of the list."""
    number = max(1, min(number, 10_000))
    start = (number - 1) * PAGE_SIZE
    rows = with_calls(for_listing(applications)[start : start + PAGE_SIZE + 1], calls)
    total = applications.order_by().values("pk")[: COUNT_CAP + 1].count()
    return ListPage(rows[:PAGE_SIZE], number, total, len(rows) > PAGE_SIZE)


def calls_of_office(calls: QuerySet[Call]) -> list[Call]:
    """Return the calls a filter offers, newest first; one query."""
    return list(calls.only("title", "edition_code", "settings", "year", "batch", "state").order_by("-year", "-batch"))


def _in_order(applications: QuerySet[Application], sort: str) -> QuerySet[Application]:
    column = SORTS[sort.removeprefix("-")]
    if column == "submitted_at":  # never empty here, so the index serves both directions as it is
        return applications.order_by(sort.replace("submitted", "submitted_at"), "-id" if sort[0] == "-" else "id")
    if sort.startswith("-"):
        return applications.order_by(F(column).desc(nulls_last=True), "-id")
    return applications.order_by(F(column).asc(nulls_last=True), "id")


def _overdue(calls: list[Call], days: Days) -> Q:
    """Waiting files received too long ago, by the setting of their call, and corrections not handed in in time."""
    late = Q(status=Status.RETURNED.value, correction_due_at__lte=clock.now())
    limits: dict[int, list[int]] = {}
    for call in calls:
        limits.setdefault(acceptance_days(call), []).append(call.pk)
    for allowed, pks in limits.items():
        before = overdue_before(allowed, days) if allowed else None
        if before is not None:
            late |= Q(call__in=pks) & received_before(before)
    return late
