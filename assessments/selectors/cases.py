"""Reading cases: what may be drawn against a base and why not, the period to mend, lists with their deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from assessments.enums import OPEN_CASES, BaseState, CaseState, ImprovementState, PlaqueState
from assessments.models import Announcement, Base, Case, Improvement
from assessments.permissions import readable_bases
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.calendars.wording import chinese_date
from portal.policy.aftercare import Consequence, Effect, Rhythm
from portal.policy.term import months_later
from portal.tenancy.models import Organisation

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """When an improvement runs: `policy_end` without the cap, `words` when the cap cut it."""

    starts_on: date
    ends_on: date
    policy_end: date
    words: str = ""

    @property
    def cut(self) -> bool:
        """Whether the policy's cap shortened it."""
        return self.ends_on < self.policy_end


def improvement_of(base: Base) -> Improvement | None:
    """Return the newest improvement of a base, running or over; None if it never had one."""
    found: Improvement | None = Improvement.objects.filter(base=base).order_by("-id").first()
    return found


def case_rows() -> QuerySet[Case]:
    """Cases with what their pages and rules read."""
    return Case.objects.select_related(
        "base__organisation", "base__jurisdiction", "base__source__application__call", "base__source__recognition",
        "assessment__round", "assessment__base", "proposed_by", "decided_by", "improvement",
    )  # fmt: skip


def readable_cases(cases: QuerySet[Case], actor: Actor) -> QuerySet[Case]:
    """The cases of the bases an actor reaches; a unit sees one once it has been told of it."""
    reached = cases.filter(base__in=readable_bases(Base.objects.all(), actor))
    return reached if actor.can("base.read") else reached.filter(told())


def told() -> Q:
    """The condition that the unit has been told of a case: the notice was served, or the decision made."""
    return Q(served_at__isnull=False) | Q(decided_at__isnull=False)


def cases_in_list(cases: QuerySet[Case], *, state: str = "", words: str = "") -> QuerySet[Case]:
    """Cases by state (`open`: not settled yet) and by the words of base and unit, newest first."""
    if state == "open":
        cases = cases.filter(state__in=OPEN_CASES)
    elif state in CaseState.values:
        cases = cases.filter(state=state)
    for word in words.split():
        cases = cases.filter(Q(base__name__icontains=word) | Q(base__organisation__name__icontains=word))
    return cases.order_by("-id")


def hindrance(base: Base, consequence: Consequence, today: date) -> str:
    """Say why a consequence may not be drawn against a base today; empty when it may."""
    if not base.is_active:
        return f"该基地目前为“{base.get_state_display()}”，不能再作处置"
    if consequence.tracks and base.track_key not in consequence.tracks:
        return f"“{consequence.title}”不适用于该类基地"
    had = Improvement.objects.filter(base=base)
    if consequence.once and had.filter(consequence_key=consequence.key).exists():
        return f"“{consequence.title}”每个基地只给予一次，该基地已经给予过"
    if consequence.effect is Effect.IMPROVE and had.filter(state=ImprovementState.RUNNING).exists():
        return "该基地正处于改进（整改）期，期满复核后方可另行处置"
    if consequence.rectify_first:
        return _not_mended(base, consequence, today)
    return ""


def _not_mended(base: Base, consequence: Consequence, today: date) -> str:
    """Say why a base cannot be said to have failed to mend."""
    first = base.edition.consequence(consequence.rectify_first).title
    rows = Improvement.objects.filter(base=base, consequence_key=consequence.rectify_first)
    last = rows.order_by("-id").first()
    if last is None:
        return f"“{consequence.title}”须先给予“{first}”，期满仍未达到要求的方可作出；该基地尚未给予“{first}”"
    if last.state == ImprovementState.PASSED:
        return f"该基地“{first}”已达到要求，不能据此“{consequence.title}”"
    if last.state == ImprovementState.RUNNING and not last.has_run_out(today):
        return f"“{first}”期限到 {last.ends_on:%Y-%m-%d}，尚未届满"
    return ""


def drawable(base: Base, today: date) -> list[tuple[Consequence, str]]:
    """Every consequence of a base's policy, with why it may not be drawn today."""
    return [
        (each, hindrance(base, each, today))
        for each in base.edition.consequences
        if not each.tracks or base.track_key in each.tracks
    ]


def missed_first_year(case: Case, today: date) -> bool:
    """Say which target an improvement follows: as chosen, by the assessment that led to it, or by how far the term has come."""
    if case.first_year is not None:
        return bool(case.first_year)
    if case.assessment is not None and case.assessment.scheme.rhythm in (Rhythm.FIRST_YEAR, Rhythm.TERM):
        return case.assessment.scheme.rhythm is Rhythm.FIRST_YEAR
    term = case.base.edition.build_period
    return term is not None and today <= term.end(case.base.recognised_on)


def span_of(case: Case, decided_on: date, settings: Mapping[str, Any]) -> Span:
    """Compute when the improvement of a case runs, by the edition's term of building or by its own months."""
    consequence, term = case.consequence, case.base.edition.build_period
    if not consequence.to_term or term is None:
        months = int(settings[consequence.months_setting]) if consequence.months_setting else consequence.months
        end = months_later(decided_on, months)
        return Span(decided_on, end, end)
    start, first = case.base.recognised_on, missed_first_year(case, decided_on)
    cap = date.fromisoformat(str(settings[term.cap_setting])) if term.cap_setting else None
    before = term.first_year_end(start, str(settings.get(term.first_year_setting, ""))) if first else term.end(start)
    wanted = term.improvement_end(start, None, first_year_missed=first).on
    end = term.improvement_end(start, cap, first_year_missed=first).on
    words = f"按政策截止日{chinese_date(cap)}截断，未截断应至{chinese_date(wanted)}" if cap and end < wanted else ""
    return Span(before + ONE_DAY, end, wanted, words)


def answerable_cases(unit: Organisation, now: datetime) -> list[Case]:
    """Return the cases a unit may still answer, the most urgent first; one query."""
    rows = case_rows().filter(base__organisation=unit, state=CaseState.NOTIFIED, hearing_until__gt=now, statement="")
    return list(rows.order_by("hearing_until", "id"))


def overdue_improvements(bases: QuerySet[Base], today: date) -> QuerySet[Improvement]:
    """Improvements that have run out and that nobody has looked at again; what follows from one is not under way either."""
    over = Improvement.objects.filter(base__in=bases, state=ImprovementState.RUNNING, ends_on__lt=today)
    return over.exclude(base__in=Case.objects.filter(state__in=OPEN_CASES).values("base"))


def plaques_to_remove(bases: QuerySet[Base]) -> QuerySet[Base]:
    """Bases whose title has ended and whose plaque still hangs."""
    return bases.exclude(state=BaseState.ACTIVE).filter(plaque_state=PlaqueState.HANDED_OVER)


def announcements() -> QuerySet[Announcement]:
    """What the public may read, newest first."""
    return Announcement.objects.select_related("jurisdiction").order_by("-published_at", "-id")


def ending_of(base: Base) -> Case | None:
    """Return the case that ended a base's title; None while it holds it."""
    if base.is_active:
        return None
    ended: Case | None = (
        Case.objects.filter(base=base, state=CaseState.CARRIED_OUT, improvement__isnull=True)
        .select_related("base", "announcement")
        .order_by("-id")
        .first()
    )
    return ended


def duties(actor: Actor, bases: QuerySet[Base]) -> list[tuple[str, int, str, bool]]:
    """What waits in this room for a bureau's officer or approver: words, number, query of the list, urgent."""
    if not (actor.can("base.keep") or actor.can("base.recognise")):
        return []
    over = Q(state__in=(CaseState.HEARD, CaseState.WAIVED)) | Q(
        state=CaseState.NOTIFIED, hearing_until__lte=clock.now()
    )
    found: dict[str, int] = Case.objects.filter(base__in=bases).aggregate(
        proposed=Count("pk", filter=Q(state=CaseState.PROPOSED)),
        ripe=Count("pk", filter=over),
        decided=Count("pk", filter=Q(state=CaseState.DECIDED)),
    )
    overdue, plaques = overdue_improvements(bases, clock.today()).count(), plaques_to_remove(bases).count()
    lines = [
        ("处置待告知或决定", found["proposed"], "?state=proposed", False),
        ("陈述申辩完成或届满，待决定", found["ripe"], "?state=open", True),
        ("处置决定待执行", found["decided"], "?state=decided", True),
        ("改进（整改）期满待复核", overdue, "#overdue", True),
        ("已撤销、终止，铭牌待收回", plaques, "#plaques", True),
    ]
    return [line for line in lines if line[1]]
