"""Reading recommendations: an office's board, the quota ledger of a call, what still stands in the way of sealing."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from applications.models import Application, Call, CallWindow
from portal.policy.edition import Edition
from portal.policy.procedure import Desk, Stage, StageKind, Status
from portal.policy.recommendation import PaperKind, QuotaLine, RecommendationRule
from portal.tenancy.models import Organisation
from reviews.enums import RecommendationState
from reviews.models import Recommendation, RecommendationEntry, StampedPaper

READY = {StageKind.RECOMMENDATION: Status.QUALIFIED, StageKind.REPORT: Status.IN_NOTICE}


def stage_of(edition: Edition, key: str) -> Stage:
    """Return a recommending stage by its key; KeyError if the edition has none such."""
    return {stage.key: stage for stage in edition.procedure if stage.recommendation}[key]


def rule_of(recommendation: Recommendation) -> RecommendationRule:
    """Return the rule a recommendation is made under."""
    rule = stage_of(recommendation.call.edition, recommendation.stage).recommendation
    assert rule is not None  # noqa: S101 - `stage_of` finds only stages with one
    return rule


def window_of(call: Call, stage: str) -> CallWindow | None:
    """Return the window of a stage of a call, or None when the call sets none."""
    return next((window for window in call.windows.all() if window.stage == stage), None)


def full(recommendations: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """Load what a board shows: call, windows, office, entries with their files; as many queries for 3 files as for 300."""
    entries = RecommendationEntry.objects.select_related(
        "application__organisation",
        "application__current",
        "application__call",
        "application__verification",
        "application__recommender",
    ).prefetch_related("application__justifications")
    stamped = StampedPaper.objects.filter(removed_at__isnull=True).select_related("stored", "application__organisation")
    return recommendations.select_related("call", "office", "jurisdiction", "sealed_by").prefetch_related(
        "call__windows", "given_up", Prefetch("entries", entries), Prefetch("stamped", stamped)
    )


def waiting_files(call: Call, stage: Stage, office: Organisation) -> QuerySet[Application]:
    """Return the files an office could put forward now and has not listed yet."""
    ready = Application.objects.filter(call=call, status=READY[stage.kind].value)
    mine = ready.filter(recommender=office, desk=Desk.RECOMMENDER) if stage.kind is StageKind.RECOMMENDATION else ready
    listed = RecommendationEntry.objects.filter(
        recommendation__call=call, recommendation__stage=stage.key, recommendation__office=office
    )
    return mine.exclude(pk__in=listed.values("application_id")).select_related("organisation", "current", "call")


@dataclass(frozen=True)
class LedgerRow:
    """One quota line of one office: places by the call's settings (None: no limit), used, given up."""

    office: Organisation | None
    line: QuotaLine
    places: int | None
    used: int
    given_up: int = 0
    sealed: bool = False

    @property
    def left(self) -> int | None:
        """Places neither used nor given up; below 0 when the quota is exceeded."""
        return None if self.places is None else self.places - self.used - self.given_up


def places_of(line: QuotaLine, settings: dict[str, Any]) -> int | None:
    """Return how many places a line has under these settings, or None for no limit."""
    return int(settings[line.places_setting]) if line.places_setting else None


def ledger(recommendation: Recommendation) -> list[LedgerRow]:
    """Return the quota lines of one office; costs no query on a recommendation loaded with `full`."""
    settings = recommendation.call.setting_values
    used = [entry.line for entry in recommendation.entries.all()]
    given_up = {each.line: each.places for each in recommendation.given_up.all()}
    sealed = recommendation.state == RecommendationState.SEALED
    return [
        LedgerRow(
            recommendation.office,
            line,
            places_of(line, settings),
            used.count(line.key),
            given_up.get(line.key, 0),
            sealed,
        )
        for line in rule_of(recommendation).lines
    ]


def call_ledger(call: Call, stage: Stage, recommendations: Iterable[Recommendation]) -> list[LedgerRow]:
    """Return the quota ledger of a call: every office that has begun a recommendation, each line."""
    return [
        row for each in recommendations if each.call_id == call.pk and each.stage == stage.key for row in ledger(each)
    ]


def content(recommendation: Recommendation) -> dict[str, Any]:
    """Return what a recommendation says, as plain data: what its papers print and what its seal covers."""
    return {
        "call": recommendation.call_id,
        "stage": recommendation.stage,
        "office": recommendation.office.name,
        "document_number": recommendation.document_number,
        "contact": [recommendation.contact, recommendation.contact_phone],
        "texts": recommendation.texts,
        "bases": recommendation.bases,
        "given_up": sorted([each.line, each.places, each.reason] for each in recommendation.given_up.all()),
        "entries": [
            [entry.line, entry.rank, entry.application.number, entry.reason, _version_hash(entry.application)]
            for entry in recommendation.entries.all()
        ],
        "figures": {
            entry.application.number: [
                verification_hash(entry.application),
                {each.code: each.text for each in entry.application.justifications.all()},
            ]
            for entry in recommendation.entries.all()
        },
    }


def content_hash(recommendation: Recommendation) -> str:
    """Return the SHA-256 of what a recommendation says; a stamped scan made from anything else is void."""
    return _hash(content(recommendation))


def verification_hash(application: Application) -> str:
    """Return the SHA-256 of an office's verified figures of one file."""
    found = getattr(application, "verification", None)
    return _hash({"application": application.number, "answers": found.answers if found else {}})


def paper_hash(recommendation: Recommendation, kind: PaperKind, application: Application | None) -> str:
    """Return the SHA-256 of what a paper says now."""
    if kind is PaperKind.VERIFICATION and application is not None:
        return verification_hash(application)
    return content_hash(recommendation)


def _hash(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _version_hash(application: Application) -> str:
    return application.current.sha256 if application.current else ""


@dataclass(frozen=True)
class NeededPaper:
    """A paper the rule asks for: with its file when it is one for each file, its live scan, whether that scan is void."""

    key: str
    title: str
    kind: PaperKind
    stamped: bool
    application: Application | None = None
    scan: StampedPaper | None = None
    void: bool = False
    clause: str = ""

    @property
    def missing(self) -> bool:
        """Whether a valid stamped scan is asked for and not there."""
        return self.stamped and (self.scan is None or self.void)


def needed_papers(recommendation: Recommendation) -> list[NeededPaper]:
    """Return every paper a recommendation needs with the state of its scan."""
    rule, found = rule_of(recommendation), []
    for paper in rule.papers:
        each_file = paper.kind is PaperKind.VERIFICATION
        entries = [entry for entry in recommendation.entries.all() if verifies(rule, entry.application)]
        for application in [entry.application for entry in entries] if each_file else [None]:
            scan = _scan(recommendation, paper.key, application)
            void = scan is not None and scan.content_sha256 != paper_hash(recommendation, paper.kind, application)
            found.append(
                NeededPaper(paper.key, paper.title, paper.kind, paper.stamped, application, scan, void, paper.clause)
            )
    return found


def verifies(rule: RecommendationRule, application: Application) -> bool:
    """Say whether an office must verify the figures of this file itself."""
    return rule.verification is not None and (not rule.verified_tracks or application.track_key in rule.verified_tracks)


def _scan(recommendation: Recommendation, paper: str, application: Application | None) -> StampedPaper | None:
    wanted = application.pk if application else None
    fitting = [each for each in recommendation.stamped.all() if each.paper == paper and each.application_id == wanted]
    return fitting[-1] if fitting else None


def rankings_are_open(call: Call, stage: str, at: datetime) -> bool:
    """Say whether the level above may see who ranked whom: once the window of the stage has closed, or if there is none."""
    return is_over(window_of(call, stage), at)


def is_over(window: CallWindow | None, at: datetime) -> bool:
    """Say whether a window has closed; where none is set, there is none to wait for."""
    return window is None or (at >= window.opens_at and not window.is_open(at))
