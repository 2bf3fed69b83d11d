"""What the reading view shows of recommending: at the office's desk what is still due, at the bureau who recommended it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import F, FilteredRelation, Prefetch, Q, prefetch_related_objects
from django.urls import reverse

from applications.models import Application, CallWindow
from applications.permissions import holds
from applications.selectors.reading import Reading
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy.condition import Verdict
from portal.policy.procedure import Desk, StageKind, Status
from portal.policy.recommendation import RecommendationRule
from portal.tenancy.enums import Tier
from reviews.models import Justification, RecommendationEntry, Verification
from reviews.selectors.recommendation_printing import missed_of
from reviews.selectors.recommendations import is_over, verifies
from reviews.selectors.verifications import VerifiedFile, verified_by


@dataclass(frozen=True)
class Due:
    """Something clearance still waits for, and where it is mended."""

    message: str
    link: str


@dataclass(frozen=True)
class TierDesk:
    """Recommending in the reading view. `mine`: the file lies on the desk of the actor's office, which recommends.

    `justified` maps a missed reference standard's code to its justification. `entry` is the sealed one, told to the level
    above; its rank only once rankings are open (`rank`, 0: none or not yet).
    """

    rule: RecommendationRule
    application: Application
    mine: bool
    working: bool
    missed: list[dict[str, str]]
    justified: dict[str, Justification]
    asks_figures: bool
    verified: VerifiedFile | None
    entry: RecommendationEntry | None
    rank: int
    rank_later: bool
    due: list[Due]

    @property
    def to_justify(self) -> list[str]:
        """The codes of the reference standards missed, where each needs a justification."""
        return [each["code"] for each in self.missed] if self.rule.justify else []

    @property
    def accounts(self) -> list[tuple[str, Justification | None]]:
        """Each of those codes with its justification, None while there is none."""
        return [(code, self.justified.get(code)) for code in self.to_justify]


def tier_additions(reading: Reading, actor: Actor) -> dict[str, Any]:
    """Return `tier` (TierDesk) for a file whose policy has a recommending tier and that goes through one; else nothing."""
    application = reading.application
    rule = application.edition.recommendation()
    if rule is None or application.current is None or application.recommender_id is None:
        return {}
    mine = application.desk == Desk.RECOMMENDER and holds(actor, application) and actor.tier is Tier.RECOMMENDER
    asks, justified = verifies(rule, application), rule.justify and _misses(application)
    _load(application, justified=justified, verified=asks and mine)
    texts = list(application.justifications.all()) if justified else []
    entry = None if mine else _sealed(application, actor)
    rank, later = _rank(entry)
    working = mine and actor.can("application.check") and application.status in (Status.CHECKING, Status.QUALIFIED)
    missed = missed_of(application) if justified else []
    desk = TierDesk(
        rule, application, mine, working, missed, {each.code: each for each in texts}, asks,
        verified_by(application, _verification(application, entry, mine=mine)) if asks else None, entry, rank, later,
        _due(reading, rule, missed) if mine and application.status == Status.CHECKING else [],
    )  # fmt: skip
    return {"tier": desk}


def _misses(application: Application) -> bool:
    results = application.current.results if application.current else []
    return any(each["verdict"] == Verdict.EXPLAIN.value for each in results)


def _load(application: Application, *, justified: bool, verified: bool) -> None:
    """Fetch what recommending has written about a file, and nothing a policy does not ask for."""
    written = Prefetch("justifications", Justification.objects.select_related("written_by", "office"))
    wanted: list[Any] = [*([written] if justified else []), *(["verification"] if verified else [])]
    if wanted:
        prefetch_related_objects([application], *wanted)


def _sealed(application: Application, actor: Actor) -> RecommendationEntry | None:
    """Return the sealed entry at the stage below the bureau, for whoever stands above or handed it in."""
    stage = application.edition.stage(StageKind.RECOMMENDATION)
    if stage is None or not actor.can("recommendation.read"):
        return None
    entries = RecommendationEntry.objects.filter(
        application=application, sealed_round__isnull=False, recommendation__stage=stage.key
    )
    path = "recommendation__call__windows"  # of this stage, with the entry: the reading view has no statement to spare
    windows = FilteredRelation(path, condition=Q(**{f"{path}__stage": stage.key}))
    # Not "window": PostgreSQL keeps that word for itself, and an alias of a relation is written unquoted.
    found = entries.annotate(
        call_window=windows, window_opens=F("call_window__opens_at"), window_closes=F("call_window__closes_at")
    )
    return found.select_related("recommendation__office", "application__verification").first()


def _verification(application: Application, entry: RecommendationEntry | None, *, mine: bool) -> Verification | None:
    """Return the figures the reader may see: the office its own, the level above those handed in."""
    if mine:
        return getattr(application, "verification", None)
    return getattr(entry.application, "verification", None) if entry else None


def _rank(entry: RecommendationEntry | None) -> tuple[int, bool]:
    """Return the rank as far as it may be told, and whether it will be told later."""
    if entry is None or entry.rank is None:
        return 0, False
    opens, closes = entry.window_opens, entry.window_closes  # type: ignore[attr-defined]
    window = CallWindow(opens_at=opens, closes_at=closes) if opens else None
    return (entry.rank, False) if is_over(window, clock.now()) else (0, True)


def _place(application: Application, sentence: str) -> str:
    """Return the view in which an obstacle is mended: the slot of a missing scan, the remarks of the last round, the check."""
    if "盖章扫描件" in sentence:
        return next((f"#{each.key}" for each in application.edition.materials if each.sealed), "conditions")
    return "review" if "上次意见" in sentence or "未解决" in sentence else "conditions"


def _due(reading: Reading, rule: RecommendationRule, missed: list[dict[str, str]]) -> list[Due]:
    """Return what clearance asks for and does not have yet; the service asks the same under its lock."""
    application = reading.application
    code, pk = application.jurisdiction.code, application.pk
    here = reverse("applications:reading", kwargs={"jurisdiction": code, "pk": pk})
    found = [
        Due(sentence, f"{here}?at={quote(_place(application, sentence))}") for sentence in reading.acceptance_waits_for
    ]
    if rule.justify:
        found += [
            Due(
                f"参考标准“{each['title']}”未达到，须说明仍推荐的理由", f"{here}?at=conditions#condition-{each['code']}"
            )
            for each in missed
            if not each["text"]
        ]
    return found
