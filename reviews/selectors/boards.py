"""The board of a recommending office: its calls, its lines with what is on them, the files that wait, the time left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from applications.enums import CallState
from applications.models import Application, Call
from portal.calendars import clock
from portal.calendars.selectors import load_days, remaining
from portal.policy import registry
from portal.policy.condition import Verdict
from portal.policy.procedure import Desk, Stage, StageKind, Status
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.enums import RecommendationState
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.hindrances import Hindrance, hindrances
from reviews.selectors.recommendations import (
    READY,
    LedgerRow,
    NeededPaper,
    ledger,
    needed_papers,
    rule_of,
    stage_of,
    verifies,
    waiting_files,
    window_of,
)

MAKES = {Tier.RECOMMENDER: StageKind.RECOMMENDATION, Tier.BUREAU: StageKind.REPORT}
MOST_PIPS = 10  # squares beside a quota; a larger one is told in figures alone
REMIND_WITHIN = 3  # days
UNCHECKED = (Status.SUBMITTED, Status.RESUBMITTED, Status.CHECKING, Status.RETURNED)


def has_stage(place: Jurisdiction, kind: StageKind) -> bool:
    """Say whether any policy of a jurisdiction has such a stage."""
    return bool(_codes(place, kind))


def _codes(place: Jurisdiction, kind: StageKind) -> list[str]:
    stages = ((edition, edition.stage(kind)) for edition in registry.of(place.code))
    return [edition.code for edition, stage in stages if stage and stage.recommendation]


def calls_with(place: Jurisdiction, kind: StageKind) -> QuerySet[Call]:
    """Return the published or cancelled calls of policies in which somebody recommends at such a stage, newest first."""
    shown = Call.objects.filter(jurisdiction=place, edition_code__in=_codes(place, kind))
    return (
        shown.exclude(state__in=(CallState.DRAFT, CallState.HISTORY))
        .prefetch_related("windows")
        .order_by("-opens_at", "-id")
    )


def stage_in(call: Call, kind: StageKind) -> Stage:
    """Return the stage of this kind at which a call's offices recommend; KeyError if there is none."""
    stage = call.edition.stage(kind)
    if stage is None or stage.recommendation is None:
        raise KeyError(kind)
    return stage


def recommending_offices(call: Call, stage: Stage) -> QuerySet[Organisation]:
    """Return every office that may put files forward at a stage of a call, in the order of the profile."""
    offices = Organisation.objects.filter(jurisdiction=call.jurisdiction_id, state="active").select_related("parent")
    if stage.kind is StageKind.REPORT:
        bureaus = [office.pk for office in offices if office.tier is Tier.BUREAU]
        return offices.filter(pk__in=bureaus[:1])
    assert stage.recommendation is not None  # noqa: S101 - `stage_in` and `stage_of` find only stages with one
    kinds = {kind for route in stage.recommendation.routes for kind in route.kinds}
    below = offices.filter(kind__in=kinds, parent__isnull=False).exclude(parent__kind="ministry")
    return below.order_by("pk")


@dataclass(frozen=True)
class TimeLeft:
    """When a recommendation may be handed in; `working_days` is None where the official calendar lacks a year."""

    opens_at: datetime | None
    ends_at: datetime | None
    working_days: int | None
    open: bool
    over: bool


def time_left(call: Call, stage: str, recommendation: Recommendation | None, days: Any = None) -> TimeLeft:
    """Return what is left for an office: until the end of the window, or of what a return has granted it."""
    now, window = clock.now(), window_of(call, stage)
    again = recommendation.due_at if recommendation else None
    if again is not None and now < again:
        return TimeLeft(None, again, remaining(now, again, days=days).working_days, open=True, over=False)
    if window is None:
        return TimeLeft(None, None, None, open=True, over=False)
    left = remaining(now, window.closes_at + timedelta(seconds=1), days=days)
    is_open = window.is_open(now)
    over = now >= window.opens_at and not is_open
    return TimeLeft(window.opens_at, window.closes_at, left.working_days, is_open, over)


@dataclass(frozen=True)
class CallLine:
    """A call in an office's list: what it has listed, what still waits, how its own recommendation stands."""

    call: Call
    stage: Stage
    time: TimeLeft
    recommendation: Recommendation | None
    listed: int
    waiting: int
    unchecked: int


def office_calls(place: Jurisdiction, office: Organisation, kind: StageKind) -> list[CallLine]:
    """Return the calls an office puts files forward in; as many queries for one call as for many."""
    calls = list(calls_with(place, kind)[:50])
    mine = Recommendation.objects.filter(call__in=calls, office=office).annotate(n=Count("entries"))
    made = {(each.call_id, each.stage): each for each in mine}
    waiting = _waiting_by_call(calls, office, kind)
    unchecked = _unchecked_by_call(calls, office) if kind is StageKind.RECOMMENDATION else {}
    lines = []
    days = load_days(clock.today(), clock.today() + timedelta(days=120))
    for call in calls:
        stage = stage_in(call, kind)
        found = made.get((call.pk, stage.key))
        left = time_left(call, stage.key, found, days)
        listed = getattr(found, "n", 0)
        lines.append(CallLine(call, stage, left, found, listed, waiting.get(call.pk, 0), unchecked.get(call.pk, 0)))
    return lines


def _waiting_by_call(calls: list[Call], office: Organisation, kind: StageKind) -> dict[int, int]:
    ready = Application.objects.filter(call__in=calls, status=READY[kind].value)
    if kind is StageKind.RECOMMENDATION:
        ready = ready.filter(recommender=office, desk=Desk.RECOMMENDER)
    listed = RecommendationEntry.objects.filter(recommendation__office=office, recommendation__call__in=calls)
    return _counted(ready.exclude(pk__in=listed.values("application_id")))


def _unchecked_by_call(calls: list[Call], office: Organisation) -> dict[int, int]:
    states = [status.value for status in UNCHECKED]
    return _counted(
        Application.objects.filter(call__in=calls, recommender=office, desk=Desk.RECOMMENDER, status__in=states)
    )


def _counted(files: QuerySet[Application]) -> dict[int, int]:
    return dict(files.order_by().values_list("call_id").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Standing:
    """An entry as a board shows it: its verification paper, and how many reference standards missed are accounted for."""

    entry: RecommendationEntry
    kept: bool  # the level above has taken it over: it keeps its place
    verified: bool | None  # None: no verification is asked for
    missed: int
    justified: int


@dataclass(frozen=True)
class BoardLine:
    """A quota line with its entries in order and its squares (True: taken), as far as they can be drawn."""

    row: LedgerRow
    standings: list[Standing]
    waiting: list[Application]
    pips: list[bool]
    given_up_reason: str
    basis: str

    @property
    def over(self) -> int:
        """How many are listed beyond the quota."""
        return max(-(self.row.left or 0), 0)


@dataclass(frozen=True)
class Board:
    """All of an office's board of one call."""

    recommendation: Recommendation
    stage: Stage
    lines: list[BoardLine]
    papers: list[NeededPaper]
    hindrances: list[Hindrance]
    time: TimeLeft
    unchecked: int

    @property
    def editable(self) -> bool:
        """Whether anything on it may still change."""
        return self.recommendation.editable


def board_of(recommendation: Recommendation) -> Board:
    """Return the board of a recommendation loaded with `full`; as many queries for 3 files as for 300."""
    call = recommendation.call
    stage = stage_of(call.edition, recommendation.stage)
    waiting = list(waiting_files(call, stage, recommendation.office).order_by("number", "pk"))
    papers = needed_papers(recommendation)
    counts = _unchecked_by_call([call], recommendation.office) if stage.kind is StageKind.RECOMMENDATION else {}
    return Board(
        recommendation,
        stage,
        board_lines(recommendation, waiting if recommendation.editable else []),
        papers,
        hindrances(recommendation) if recommendation.editable else [],
        time_left(call, recommendation.stage, recommendation),
        counts.get(call.pk, 0),
    )


def board_lines(recommendation: Recommendation, waiting: Iterable[Application] = ()) -> list[BoardLine]:
    """Return the quota lines of a recommendation loaded with `full`, each with its entries; costs no query."""
    rule = rule_of(recommendation)
    given_up = {each.line: each.reason for each in recommendation.given_up.all()}
    entries, waits = list(recommendation.entries.all()), list(waiting)
    return [
        BoardLine(
            row,
            [_standing(recommendation, each) for each in entries if each.line == row.line.key],
            [each for each in waits if rule.line_for(each.track_key) == row.line],
            _pips(row),
            given_up.get(row.line.key, ""),
            str(recommendation.bases.get(row.line.key, "")),
        )
        for row in ledger(recommendation)
    ]


def _pips(row: LedgerRow) -> list[bool]:
    if row.places is None or row.places > MOST_PIPS:
        return []
    return [at < row.used for at in range(row.places - row.given_up)]


def _standing(recommendation: Recommendation, entry: RecommendationEntry) -> Standing:
    rule, application = rule_of(recommendation), entry.application
    found = getattr(application, "verification", None)
    results = application.current.results if application.current else []
    missed = {result["code"] for result in results if result["verdict"] == Verdict.EXPLAIN.value}
    said = {each.code for each in application.justifications.all()} if rule.justify else set()
    return Standing(
        entry,
        kept=entry.sealed_round is not None,
        verified=bool(found and found.complete) if verifies(rule, application) else None,
        missed=len(missed) if rule.justify else 0,
        justified=len(missed & said),
    )


@dataclass(frozen=True)
class RunningOut:
    """An office that has not handed in although its time runs out; `days` until then."""

    office: Organisation
    call: Call
    stage: Stage
    ends_at: datetime
    days: int


def running_out(place: Jurisdiction) -> list[RunningOut]:
    """Return the offices with files that have not handed in within three days of the end of their window."""
    found = []
    for kind in (StageKind.RECOMMENDATION, StageKind.REPORT):
        for call in calls_with(place, kind).filter(state=CallState.PUBLISHED):
            stage = stage_in(call, kind)
            found += list(_late_offices(call, stage))
    return found


def _late_offices(call: Call, stage: Stage) -> Iterable[RunningOut]:
    made = {each.office_id: each for each in Recommendation.objects.filter(call=call, stage=stage.key)}
    window, now = window_of(call, stage.key), clock.now()
    busy = set(made) | set(
        Application.objects.filter(call=call, desk=Desk.RECOMMENDER).values_list("recommender_id", flat=True)
    )
    for office in recommending_offices(call, stage):
        mine = made.get(office.pk)
        if (mine is not None and mine.state == RecommendationState.SEALED) or (
            office.pk not in busy and stage.kind is StageKind.RECOMMENDATION
        ):
            continue
        again = mine.due_at if mine else None
        ends_at = again if again and now < again else window.closes_at if window and window.is_open(now) else None
        if ends_at and (days := (clock.local_date(ends_at) - clock.today()).days) <= REMIND_WITHIN:
            yield RunningOut(office, call, stage, ends_at, days)
