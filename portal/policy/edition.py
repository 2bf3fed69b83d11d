"""An edition: one policy, written down whole. Calls pin an edition; an application keeps the one it was filed under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portal.policy.aftercare import Consequence, Scheme
from portal.policy.aggregation import Aggregation
from portal.policy.condition import Condition
from portal.policy.form import Form
from portal.policy.funding import Instalment, MultipleAward, Recovery, StepAward
from portal.policy.indicator import Indicator, Target
from portal.policy.ledger import Ledger, ReportForm, Tally
from portal.policy.material import Material
from portal.policy.notice import NamingPattern, NoticeRule
from portal.policy.procedure import PanelRule, Stage, StageKind
from portal.policy.recommendation import RecommendationRule
from portal.policy.record import RecordItem
from portal.policy.scoring import ReviewSheet, ScoreSheet
from portal.policy.selection import Cell, CombinableTracks, CrossApplication, ExclusiveTracks, RankingRule, Release
from portal.policy.term import BuildPeriod

AFTER_RECOGNITION = "认定后管理环节使用"


class EditionStatus(StrEnum):
    """Whether the policy applies."""

    IN_FORCE = "in_force"
    DRAFT = "draft"  # 征求意见稿: usable, but labelled wherever it is shown
    ARCHIVED = "archived"


EDITION_LABELS = {
    EditionStatus.IN_FORCE: "现行",
    EditionStatus.DRAFT: "征求意见稿",
    EditionStatus.ARCHIVED: "已归档",
}  # what every page and paper calls it


@dataclass(frozen=True)
class Track:
    """A kind of application with its own conditions. `code` goes into the receipt number (two letters).

    `form_title` heads its printed form and `naming` names its bases, where they differ from the edition's.
    """

    key: str
    title: str
    code: str
    text: str = ""
    clause: str = ""
    form_title: str = ""
    naming: NamingPattern | None = None


@dataclass(frozen=True)
class Default:
    """A decision the source leaves open, made visible: question, answer, and the setting that holds it."""

    code: str
    question: str
    answer: str
    setting: str = ""
    value: Any = None
    choices: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True)
class Setting:
    """A number or switch of the edition that a bureau may change with a reason.

    One with a single choice is shown with its question and cannot be changed: no other way of doing it has been built. What
    is read only once a base exists says `AFTER_RECOGNITION` in its note.
    """

    key: str
    label: str
    value: Any
    unit: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    default: str = ""  # code of the Default it belongs to
    note: str = ""

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose between."""
        return len(self.choices) == 1


@dataclass(frozen=True)
class Duty:
    """What a base owes after recognition."""

    title: str
    text: str
    clause: str
    due: str = ""
    default: str = ""


@dataclass(frozen=True)
class Support:
    """Money or other benefits. Amounts are yuan: a grant of `total` paid in `instalments`, or an `award` to be earned.

    `code` is its official code, if it has one; `tracks` are those it is for (empty: all). Money has a `key`, once for a
    track. Where the source promises money without an amount, it is `entered`: the bureau enters what it grants each base.
    """

    title: str
    text: str
    clause: str
    code: str = ""
    tracks: tuple[str, ...] = ()
    total: Decimal | None = None
    instalments: tuple[Instalment, ...] = ()
    award: MultipleAward | StepAward | None = None
    default: str = ""
    key: str = ""
    entered: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it is paid out, and not only a promise or a rule."""
        return bool(self.instalments) or self.award is not None or self.entered


@dataclass(frozen=True)
class Office:
    """An office of the jurisdiction that takes part, for its organisation tree. `parent` is another office's key."""

    key: str
    name: str
    kind: str
    parent: str = ""


@dataclass(frozen=True)
class Profile:
    """How a jurisdiction presents itself before its bureau has edited anything."""

    code: str
    name: str
    short_name: str
    mark: str
    accent: str
    platform_title: str
    issuer: str
    receipt_prefix: str
    offices: tuple[Office, ...]
    districts: tuple[str, ...] = ()
    contact_department: str = ""
    contact_address: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class Window:
    """When the office of one stage may act (`stage` is the stage's key). The end is inclusive to the second."""

    stage: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class OfficialCall:
    """A call the source itself announced, with its true dates; it is loaded as a past call. Instants carry +08:00."""

    title: str
    year: int
    batch: int
    opens_at: datetime
    closes_at: datetime
    windows: tuple[Window, ...] = ()
    summary: str = ""
    default: str = ""


@dataclass(frozen=True)
class Edition:
    """A policy, complete. `code` is unique for ever; `jurisdiction` is the profile it belongs to."""

    code: str
    profile: Profile
    title: str
    short_title: str
    document_number: str
    issuer: str
    status: EditionStatus
    issued_on: date
    effective_from: date
    tracks: tuple[Track, ...]
    form: Form
    materials: tuple[Material, ...]
    conditions: tuple[Condition, ...]
    procedure: tuple[Stage, ...]
    panel: PanelRule
    notice: NoticeRule
    naming: NamingPattern
    assessment: ScoreSheet | None
    settings: tuple[Setting, ...]
    defaults: tuple[Default, ...]
    duties: tuple[Duty, ...] = ()
    support: tuple[Support, ...] = ()
    recoveries: tuple[Recovery, ...] = ()
    build_period: BuildPeriod | None = None
    record: tuple[RecordItem, ...] = ()  # what the register keeps of a base as it was at recognition
    ledgers: tuple[Ledger, ...] = ()
    tallies: tuple[Tally, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Target, ...] = ()
    reports: tuple[ReportForm, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    scope: str = ""
    scope_clause: str = ""
    basis: str = ""
    change_clause: str = ""
    validity: str = ""  # how long the policy holds, in the source's words
    repeals: str = ""
    citation: str = ""  # how documents cite it: 《…》（文号）
    exclusive: tuple[ExclusiveTracks, ...] = ()
    combinable: tuple[CombinableTracks, ...] = ()
    cross_application: CrossApplication | None = None
    cells: tuple[Cell, ...] = ()
    ranking: RankingRule | None = None
    releases: tuple[Release, ...] = ()
    review_sheets: tuple[ReviewSheet, ...] = ()  # the first whose `when` holds is used
    aggregation: Aggregation = field(default_factory=Aggregation)
    official_calls: tuple[OfficialCall, ...] = ()
    act: str = "认定"  # the source's word for what the bureau does in the end: 认定, 批建, 公布
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def jurisdiction(self) -> str:
        """The code of the jurisdiction."""
        return self.profile.code

    def setting_values(self, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return every setting's value, the bureau's own over the edition's."""
        values = {setting.key: setting.value for setting in self.settings}
        return values | {key: value for key, value in (overrides or {}).items() if key in values}

    def track(self, key: str) -> Track:
        """Return a track by key; KeyError if there is none."""
        return {track.key: track for track in self.tracks}[key]

    def condition(self, code: str) -> Condition:
        """Return a condition by code; KeyError if there is none."""
        return {condition.code: condition for condition in self.conditions}[code]

    def material(self, key: str) -> Material:
        """Return a material slot by key; KeyError if there is none."""
        return {material.key: material for material in self.materials}[key]

    def consequence(self, key: str) -> Consequence:
        """Return a consequence by key; KeyError if there is none."""
        return {each.key: each for each in self.consequences}[key]

    def stage(self, kind: StageKind) -> Stage | None:
        """Return the stage of this kind, or None."""
        return next((stage for stage in self.procedure if stage.kind is kind), None)

    def recommendation(self, kind: StageKind = StageKind.RECOMMENDATION) -> RecommendationRule | None:
        """Return how the tier below recommends, or with `StageKind.REPORT` how the bureau reports upward; or None."""
        stage = self.stage(kind)
        return stage.recommendation if stage else None

    def money_of(self, track: str) -> tuple[Support, ...]:
        """Return the money a base of this track may get."""
        return tuple(each for each in self.support if each.is_money and (not each.tracks or track in each.tracks))

    def naming_of(self, track: str) -> NamingPattern:
        """Return how bases of a track are named."""
        return self.track(track).naming or self.naming

    def form_title(self, track: str) -> str:
        """Return the title of the printed form of a track."""
        return self.track(track).form_title or self.form.title

    def panel_of(self, kind: StageKind) -> PanelRule:
        """Return the panel rule of the review, of the re-check or of an assessment: the stage's own, or else the review's."""
        stage = self.stage(kind)
        return stage.panel if stage and stage.panel else self.panel

    @property
    def stage_kinds(self) -> frozenset[StageKind]:
        """The kinds of stage its procedure has."""
        return frozenset(stage.kind for stage in self.procedure)

    def has_stage(self, kind: StageKind) -> bool:
        """Say whether the procedure has a stage of this kind."""
        return any(stage.kind is kind for stage in self.procedure)
