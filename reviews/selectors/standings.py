"""The standing of every reviewed file of a call, by the edition's ranking rule, and the cells it fits."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Prefetch

from applications.models import Application, Call, Check
from applications.selectors.versions import version_facts
from portal.policy.aggregation import Terms
from portal.policy.condition import Severity
from portal.policy.edition import Edition
from portal.policy.facts import Facts
from portal.policy.procedure import StageKind, Status
from portal.policy.selection import Candidate, RankBy, RankKey
from reviews.enums import Conclusion, MemberState
from reviews.models import Opinion, RecommendationEntry
from reviews.selectors.scores import met_conditions, shown, total_of

IN_SELECTION = (Status.REVIEWED, Status.SHORTLISTED, Status.IN_NOTICE, Status.REPORTED, Status.RECOGNISED)


@dataclass(frozen=True)
class Standing:
    """One file with its figures: exact ones to order by, and as shown."""

    application: Application
    candidate: Candidate
    figures: list[dict[str, str]]


def standings(call: Call) -> list[Standing]:
    """Return the standing of every reviewed file of a call; as many queries for 3 files as for 300."""
    reviewed = Opinion.objects.filter(
        submitted_at__isnull=False,
        member__state=MemberState.DECLARED,
        member__panel__stage=StageKind.EXPERT_REVIEW.value,
        member__panel__unsealed_at__isnull=False,
        member__panel__application__call=call,
    )
    # A panel's frozen sheet is long, and thousands of opinions would each bring it along.
    opinions = reviewed.select_related("member__panel").defer("member__panel__sheet", "member__panel__result")
    by_file: dict[int, list[Opinion]] = {}
    for opinion in opinions:
        by_file.setdefault(opinion.member.panel.application_id, []).append(opinion)
    below = call.edition.stage(StageKind.RECOMMENDATION)
    entries = RecommendationEntry.objects.filter(
        application__call=call, sealed_round__isnull=False, recommendation__stage=below.key if below else ""
    )
    ranks = dict(entries.values_list("application_id", "rank"))
    files = (
        Application.objects.filter(call=call, status__in=[status.value for status in IN_SELECTION])
        .select_related("organisation", "current", "call", "recommender")
        .prefetch_related(Prefetch("checks", Check.objects.all(), to_attr="verdicts"))
        .order_by("pk")
    )
    terms = call.edition.aggregation.terms(call.setting_values)
    return [_standing(file, by_file.get(file.pk, []), ranks.get(file.pk), terms) for file in files]


def _standing(application: Application, opinions: list[Opinion], rank: int | None, terms: Terms) -> Standing:
    edition = application.edition
    assert application.current is not None  # noqa: S101 - what is reviewed has been submitted
    facts = version_facts(application, application.current)
    keys = edition.ranking.keys if edition.ranking else ()
    score = terms.standing([total_of(opinion) for opinion in opinions])
    values = [score if key.by is RankBy.SCORE else _value(key, application, facts, opinions, rank) for key in keys]
    figures = [
        {"title": key.title, "value": _shown(key, value, terms)} for key, value in zip(keys, values, strict=True)
    ]
    standing = tuple(Fraction(-1) if value is None else value for value in values)
    return Standing(application, Candidate(application.pk, cells_of(edition, application, facts), standing), figures)


def cells_of(edition: Edition, application: Application, facts: Facts) -> tuple[str, ...]:
    """Return the cells a file fits, in their order."""
    return tuple(
        cell.key
        for cell in edition.cells
        if cell.track == application.track_key and (cell.when is None or cell.when.check(facts).met is True)
    )


def _value(
    key: RankKey, application: Application, facts: Facts, opinions: list[Opinion], rank: int | None
) -> Fraction | None:
    if key.by is RankBy.VOTES:
        return Fraction(sum(1 for opinion in opinions if opinion.conclusion == Conclusion.RECOMMEND))
    if key.by is RankBy.RECOMMENDED_RANK:
        return None if rank is None else Fraction(-rank)
    if key.by is RankBy.PREFERENCES:
        return Fraction(preferences_met(application))
    return key.measure.measure(facts) if key.measure else None


def preferences_met(application: Application) -> int:
    """Count the preferences an officer found met, or that the computed result says are met where none looked."""
    wanted = {each.code for each in application.edition.conditions if each.severity is Severity.PREFERENCE}
    return len(met_conditions(application, wanted))


def _shown(key: RankKey, value: Fraction | None, terms: Terms) -> str:
    if key.by is RankBy.SCORE or value is None:
        return terms.shown(value)
    if key.by is RankBy.RECOMMENDED_RANK:
        return str(-int(value))
    return shown(value) if value.denominator != 1 else f"{int(value):,}"
