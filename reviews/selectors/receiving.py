"""What the receiving level sees: each office's recommendation, the whole quota ledger of a call, ranks only once they are open."""

from dataclasses import dataclass

from django.db.models import QuerySet

from applications.models import Application, Call
from portal.calendars import clock
from portal.policy.procedure import Desk, Stage, StageKind, Status
from portal.tenancy.enums import Tier
from portal.tenancy.models import Organisation
from reviews.enums import RecommendationState
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.boards import recommending_offices
from reviews.selectors.recommendations import LedgerRow, places_of, rankings_are_open, rule_of, stage_of

RECEIVES = {Tier.BUREAU: StageKind.RECOMMENDATION, Tier.SUPERIOR: StageKind.REPORT}
RETURNABLE = {
    StageKind.RECOMMENDATION: (Status.RECOMMENDED, Status.CHECKING),
    StageKind.REPORT: (Status.REPORTED,),
}


@dataclass(frozen=True)
class OfficeLine:
    """One office in the quota ledger of a call: how its recommendation stands, and its row for each quota line.

    Before it has been handed in, nothing of it is told to the level above: `rows` count only what was sealed.
    """

    office: Organisation
    recommendation: Recommendation | None
    rows: list[LedgerRow]

    @property
    def sent(self) -> int:
        """How many files have been handed in."""
        return sum(row.used for row in self.rows)

    @property
    def state(self) -> str:
        """The state in a word."""
        if self.recommendation is None or not self.recommendation.round:
            return "未报送"
        return str(self.recommendation.get_state_display())

    @property
    def shape(self) -> str:
        """The shape beside the word."""
        if self.recommendation is None or not self.recommendation.round:
            return "todo"
        return "done" if self.recommendation.state == RecommendationState.SEALED else "attention"


def office_lines(call: Call, stage: Stage, received: QuerySet[Recommendation]) -> list[OfficeLine]:
    """Return every office of a call with what it has handed in, those below `received` only; three queries for any number."""
    offices = list(recommending_offices(call, stage))
    made = received.filter(call=call, stage=stage.key, round__gt=0).select_related("office", "sealed_by")
    by_office = {each.office_id: each for each in made.prefetch_related("entries", "given_up")}
    gone = [each.office for each in by_office.values() if each.office_id not in {office.pk for office in offices}]
    return [
        OfficeLine(each, by_office.get(each.pk), _rows(call, stage, by_office.get(each.pk)))
        for each in [*offices, *gone]
    ]


def _rows(call: Call, stage: Stage, recommendation: Recommendation | None) -> list[LedgerRow]:
    settings = call.setting_values
    entries = sealed_entries(recommendation) if recommendation else []
    sealed = recommendation is not None and recommendation.state == RecommendationState.SEALED
    given_up = {each.line: each.places for each in recommendation.given_up.all()} if recommendation and sealed else {}
    lines = stage.recommendation.lines if stage.recommendation else ()
    return [
        LedgerRow(
            recommendation.office if recommendation else None,
            line,
            places_of(line, settings),
            sum(entry.line == line.key for entry in entries),
            given_up.get(line.key, 0),
            sealed,
        )
        for line in lines
    ]


def sealed_entries(recommendation: Recommendation) -> list[RecommendationEntry]:
    """Return what has been handed in and not been sent back: what the office is working on is not the bureau's to see."""
    return [entry for entry in recommendation.entries.all() if entry.sealed_round is not None]


def totals(lines: list[OfficeLine]) -> list[LedgerRow]:
    """Return a row for each quota line with the sums over all offices."""
    if not lines:
        return []
    sums = []
    for at, first in enumerate(lines[0].rows):
        rows = [line.rows[at] for line in lines]
        places = None if first.places is None else sum(row.places or 0 for row in rows)
        used, given_up = sum(row.used for row in rows), sum(row.given_up for row in rows)
        sums.append(LedgerRow(None, first.line, places, used, given_up))
    return sums


@dataclass(frozen=True)
class ReceivedLine:
    """A quota line as received: its files with their ranks, or in the order of their numbers while ranks are closed."""

    title: str
    ranked: bool
    entries: list[RecommendationEntry]
    given_up: int
    reason: str


@dataclass(frozen=True)
class Received:
    """One office's recommendation as the level above may see it now; with `ranks_open` False it says nothing of the order."""

    recommendation: Recommendation
    ranks_open: bool
    lines: list[ReceivedLine]

    @property
    def returnable(self) -> list[RecommendationEntry]:
        """The files that may still go back: the level above has not taken them over."""
        call = self.recommendation.call
        open_to = RETURNABLE[stage_of(call.edition, self.recommendation.stage).kind]
        return [entry for line in self.lines for entry in line.entries if entry.application.status in open_to]


def received_view(recommendation: Recommendation) -> Received:
    """Return a recommendation loaded with `full` as the level above may see it; costs no query."""
    shown = rankings_are_open(recommendation.call, recommendation.stage, clock.now())
    entries = sealed_entries(recommendation)
    sealed = recommendation.state == RecommendationState.SEALED
    given_up = {each.line: each for each in recommendation.given_up.all()} if sealed else {}
    lines = []
    for line in rule_of(recommendation).lines:
        mine = [entry for entry in entries if entry.line == line.key]
        if not shown:
            mine.sort(key=lambda entry: entry.application.number)
        gone = given_up.get(line.key)
        lines.append(
            ReceivedLine(
                line.title, line.ranked and shown, mine, gone.places if gone else 0, gone.reason if gone else ""
            )
        )
    return Received(recommendation, shown, lines)


def unsent_files(call: Call) -> int:
    """Count the files of a call that still lie with recommending offices."""
    states = [Status.SUBMITTED, Status.CHECKING, Status.RETURNED, Status.RESUBMITTED, Status.QUALIFIED]
    return Application.objects.filter(
        call=call, desk=Desk.RECOMMENDER, status__in=[state.value for state in states]
    ).count()
