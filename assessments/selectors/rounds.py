"""Rounds and assessments as pages list them: who takes part and who does not, what is due, what a reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from assessments.enums import AssessmentState, BaseState, ImprovementState
from assessments.models import Assessment, Base, Improvement, Round
from assessments.permissions import readable_bases
from assessments.selectors.bases import with_terms
from portal.accounts.actor import Actor
from portal.policy import registry
from portal.policy.aftercare import Rhythm, Scheme
from portal.policy.edition import Edition
from portal.policy.term import months_later
from portal.tenancy.models import Jurisdiction, Organisation

ONE_DAY = timedelta(days=1)
SINGLE = (Rhythm.AFTER_MONTHS, Rhythm.FIRST_YEAR, Rhythm.TERM, Rhythm.IMPROVEMENT)
BASE = ("base__organisation", "base__jurisdiction", "base__source__application__call", "base__source__recognition")


@dataclass(frozen=True)
class Candidate:
    """A base with what keeps it out of a round; empty: it takes part."""

    base: Base
    reason: str = ""


@dataclass(frozen=True)
class DueCheck:
    """An assessment that is due by the dates in a base's life, and that nobody has begun."""

    base: Base
    scheme: Scheme
    starts_on: date
    ends_on: date
    days: int  # since it fell due


def candidates(found: Round) -> list[Candidate]:
    """Return every base under the round's edition, those that take part first."""
    bases = with_terms(
        Base.objects.filter(jurisdiction=found.jurisdiction_id, edition_code=found.edition_code)
    ).order_by("name", "id")
    listed = [Candidate(base, obstacle(found, base)) for base in bases if base.recognised_on <= found.ends_on]
    return sorted(listed, key=lambda each: bool(each.reason))


def obstacle(found: Round, base: Base) -> str:
    """Say why a base takes no part; empty where nothing does."""
    scheme = found.scheme
    if not scheme.is_for(base.track_key):
        return f"{base.track.title}不在本项考核范围内"
    if base.state != BaseState.ACTIVE:
        ended = f"（{base.ended_on:%Y-%m-%d}）" if base.ended_on else ""
        return f"基地{base.get_state_display()}{ended}"
    months = least_months(scheme, base)
    if months and months_later(base.recognised_on, months) - ONE_DAY > found.ends_on:
        return f"{base.recognised_on:%Y-%m-%d} 认定，至 {found.ends_on:%Y-%m-%d} 考核期末不满 {months} 个月"
    return ""


def least_months(scheme: Scheme, base: Base) -> int:
    """Return how many months before the period's end a base must have been recognised."""
    name = scheme.minimum_months_setting
    return int(base.setting_values.get(name) or 0) if name else 0


@dataclass(frozen=True)
class DueRound:
    """A period of whole years that is over and for which no round was set up."""

    edition: Edition
    scheme: Scheme
    first_year: int

    @property
    def title(self) -> str:
        """Its years and what is assessed."""
        last = self.first_year + self.scheme.every - 1
        years = f"{self.first_year}" if last == self.first_year else f"{self.first_year}—{last}"
        return f"{years} 年{self.scheme.title}"


def due_rounds(place: Jurisdiction, today: date) -> list[DueRound]:
    """Return the rounds that might be set up today: after the last one, or from the first whole year any base was there."""
    found = []
    for edition, scheme in round_schemes(place):
        same = Round.objects.filter(jurisdiction=place, edition_code=edition.code, scheme_key=scheme.key)
        last = same.aggregate(last=Max("ends_on"))["last"]
        if last is None:
            standing = Base.objects.filter(jurisdiction=place, edition_code=edition.code, state=BaseState.ACTIVE)
            last = standing.aggregate(first=Min("recognised_on"))["first"]
        if last is not None and last.year + scheme.every < today.year:
            found.append(DueRound(edition, scheme, last.year + 1))
    return found


def round_schemes(place: Jurisdiction) -> list[tuple[Edition, Scheme]]:
    """Return what is assessed in rounds of calendar years here, under every edition."""
    return [
        (edition, scheme)
        for edition in registry.of(place.code)
        for scheme in edition.schemes
        if scheme.rhythm is Rhythm.CALENDAR_YEARS
    ]


def rounds_in_list(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds with how many bases stand where."""
    states = AssessmentState
    taking_part = ~Q(assessments__state=states.EXEMPT)
    return rounds.annotate(
        n_all=Count("assessments", filter=taking_part),
        n_exempt=Count("assessments", filter=Q(assessments__state=states.EXEMPT)),
        n_decided=Count("assessments", filter=Q(assessments__state=states.DECIDED)),
    ).order_by("-starts_on", "-id")


def readable_rounds(rounds: QuerySet[Round], actor: Actor) -> QuerySet[Round]:
    """A bureau's own rounds."""
    if actor.can("base.read") and actor.jurisdiction_id:
        return rounds.filter(jurisdiction=actor.jurisdiction_id)
    return rounds.none()


def readable_assessments(assessments: QuerySet[Assessment], actor: Actor) -> QuerySet[Assessment]:
    """The assessments of the bases an actor reaches; a unit's once they have begun."""
    mine = assessments.filter(base__in=readable_bases(Base.objects.all(), actor))
    return mine if actor.can("base.read") else mine.exclude(state=AssessmentState.PENDING)


def in_full(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Assessments with their base, its terms and the panel, in the same query."""
    return assessments.select_related(
        *BASE, "jurisdiction", "round", "panel", "submitted_by", "proposed_by", "decided_by", "flag_confirmed_by"
    )  # fmt: skip


def in_list(assessments: QuerySet[Assessment], state: str = "", words: str = "") -> QuerySet[Assessment]:
    """Assessments for a table: filtered by state and by words of the base and its unit."""
    found = assessments.select_related(*BASE, "round", "panel", "proposed_by", "decided_by").annotate(
        n_vetoes=Count("vetoes", filter=~Q(vetoes__state="rejected"))
    )
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(Q(base__name__icontains=word) | Q(base__organisation__name__icontains=word))
    return found.order_by("base__name", "id")


def due_checks(place: Jurisdiction, today: date) -> list[DueCheck]:
    """Return what is due in a jurisdiction today, the longest due first; as many queries for one base as for many."""
    codes = {
        edition.code for edition in registry.of(place.code) if any(each.rhythm in SINGLE for each in edition.schemes)
    }
    if not codes:
        return []
    bases = list(with_terms(Base.objects.filter(jurisdiction=place, state=BaseState.ACTIVE, edition_code__in=codes)))
    found = due_of_bases(bases, today)
    return sorted(found, key=lambda each: (each.ends_on, each.base.pk))


def due_of_bases(bases: Sequence[Base], today: date) -> list[DueCheck]:
    """Return what is due for these bases; two queries."""
    periods: dict[int, list[Improvement]] = {}
    for each in Improvement.objects.filter(base__in=[base.pk for base in bases]).order_by("id"):
        periods.setdefault(each.base_id, []).append(each)
    begun = set(
        Assessment.objects.filter(base__in=[base.pk for base in bases], round__isnull=True).values_list(
            "base_id", "scheme_key", "ends_on"
        )
    )
    return [
        DueCheck(base, scheme, base.recognised_on, ends_on, (today - ends_on).days)
        for base in bases
        for scheme, ends_on in _ends(base, periods.get(base.pk, []))
        if ends_on < today and (base.pk, scheme.key, ends_on) not in begun
    ]


def _ends(base: Base, improvements: Sequence[Improvement]) -> Iterable[tuple[Scheme, date]]:
    """Yield each assessment a base meets in its life with the last day of what it is about."""
    build, settings = base.edition.build_period, base.setting_values
    for scheme in base.edition.schemes:
        if not scheme.is_for(base.track_key):
            continue
        if scheme.rhythm is Rhythm.AFTER_MONTHS:
            yield scheme, months_later(base.recognised_on, scheme.every)
        elif scheme.rhythm is Rhythm.FIRST_YEAR and build:
            mode = str(settings.get(build.first_year_setting, "12m"))
            yield scheme, build.first_year_end(base.recognised_on, mode)
        elif scheme.rhythm is Rhythm.TERM and build:
            end = build.end(base.recognised_on)
            # An improvement that fills the rest of the term is followed by its own check on the same figures.
            if not any(each.starts_on <= end <= each.ends_on for each in improvements):
                yield scheme, end
        elif scheme.rhythm is Rhythm.IMPROVEMENT:
            yield from ((scheme, each.ends_on) for each in improvements if each.state == ImprovementState.RUNNING)


def round_duties(actor: Actor, place: Jurisdiction, today: date) -> list[tuple[str, int, bool]]:
    """What waits in this room for an officer or an approver: words, number, urgent."""
    keeps, decides = actor.can("base.keep"), actor.can("base.recognise")
    if not (keeps or decides):
        return []
    mine = readable_assessments(Assessment.objects.filter(jurisdiction=place), actor)
    states = AssessmentState
    counted: dict[str, int] = mine.aggregate(
        scored=Count("pk", filter=Q(state=states.SCORED)),
        proposed=Count("pk", filter=Q(state=states.PROPOSED)),
        ready=Count("pk", filter=Q(state=states.READY)),
    )
    lines = []
    if keeps:
        lines += [
            ("基地待核验", len(due_checks(place, today)), True),
            ("考核轮次待拟定", len(due_rounds(place, today)), False),
            ("基地待考核", counted["ready"], False),
            ("考核结果待拟定", counted["scored"], False),
        ]
    if decides:
        lines.append(("考核结果待审批", counted["proposed"], False))
    return [line for line in lines if line[1]]


def waiting_of_unit(organisation: Organisation) -> QuerySet[Assessment]:
    """The self-assessments a unit still owes, of all its bases."""
    return in_full(
        Assessment.objects.filter(base__organisation=organisation, state=AssessmentState.SELF)
    ).order_by("round__self_due_on", "id")  # fmt: skip
